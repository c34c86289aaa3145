"""The program's own list of side effects, and the static get-help list with the words that call for it.

Both are data in ``resources/content`` (``symptoms.json``, ``red-flags.json``), each line with its sources. A text the
person typed is searched in both languages; negation is ignored on purpose: showing the page once too often is the
safe side.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from companion.content.grammar import grammar
from companion.domain.reactions import Symptom, SymptomKind

_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORDS = re.compile("[0-9]+(?=[a-z])|[a-z0-9]+")
WINDOW = 10
"""How many words apart the parts of a "together" trigger may stand."""


@dataclass(frozen=True, slots=True)
class HelpCategory:
    """One section of the get-help page, in one language. ``urgency`` is emergency, call-today or tell-doctor."""

    id: str
    urgency: str
    title: str
    why: str
    action: str
    signs: tuple[str, ...]
    sources: tuple[str, ...]


@cache
def _load(folder: Path, name: str) -> Any:
    return json.loads((folder / "content" / name).read_text(encoding="utf-8"))


@cache
def symptoms(folder: Path) -> tuple[Symptom, ...]:
    """Return the list in its own order; ``folder`` is the ``resources`` folder."""
    return tuple(
        Symptom(line["code"], SymptomKind(line["kind"]), line["category"], bool(line["common"]))
        for line in _load(folder, "symptoms.json")
    )


@cache
def symptom_names(folder: Path, language: str) -> dict[str, str]:
    """Return the plain name of every symptom code in ``language``."""
    return {line["code"]: line[language] for line in _load(folder, "symptoms.json")}


def help_checked_on(folder: Path) -> str:
    """Return the ISO date the get-help list was last compared with its sources."""
    return str(_load(folder, "red-flags.json")["checked"])


@cache
def help_categories(folder: Path, language: str) -> tuple[HelpCategory, ...]:
    """Return the get-help list in ``language``, most urgent first."""
    return tuple(
        HelpCategory(
            id=line["id"],
            urgency=line["urgency"],
            title=line["title"][language],
            why=line["why"][language],
            action=line["action"][language],
            signs=tuple(sign[language] for sign in line["signs"]),
            sources=tuple(line["sources"]),
        )
        for line in _load(folder, "red-flags.json")["categories"]
    )


def fold(text: str) -> list[str]:
    """Return the words of ``text`` in lower case without accents; everything else separates words, and "7am" is two."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _WORDS.findall(plain)


@dataclass(frozen=True, slots=True)
class _Triggers:
    """Phrases, and groups of parts that must stand close together; each as it is looked for in a spaced text."""

    phrases: tuple[str, ...]
    groups: tuple[tuple[tuple[str, ...], ...], ...]

    def hit(self, spaced: str) -> bool:
        """Return whether a text with a space before and after it holds a phrase or a group."""
        return any(phrase in spaced for phrase in self.phrases) or any(_close(spaced, group) for group in self.groups)


def _sought(trigger: str, spellings: Mapping[str, str]) -> str:
    """Return ``" words "``, or ``" words"`` for a trigger that ends in ``*``: whole words, without a pattern."""
    if trigger.endswith("*"):
        *whole, beginning = trigger.removesuffix("*").split()
        return f" {' '.join([_respelt(' '.join(whole), spellings), beginning]).strip()}"
    return f" {_respelt(trigger, spellings)} "


def _respelt(flat: str, spellings: Mapping[str, str]) -> str:
    return " ".join(spellings.get(word, word) for word in flat.split())


def _read(phrases: Iterable[str], groups: Iterable[Iterable[Iterable[str]]], spellings: Mapping[str, str]) -> _Triggers:
    def sought(part: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_sought(phrase, spellings) for phrase in part))

    return _Triggers(sought(phrases), tuple(tuple(sought(part) for part in group) for group in groups))


@cache
def _help_triggers(folder: Path) -> tuple[tuple[str, _Triggers], ...]:
    data = _load(folder, "red-flags.json")
    return tuple(
        (
            line["id"],
            _read(
                [phrase for phrases in line["triggers"].values() for phrase in phrases],
                [group for groups in line.get("together", {}).values() for group in groups],
                data["spellings"],
            ),
        )
        for line in data["categories"]
    )


@cache
def _ask_triggers(folder: Path, name: str) -> _Triggers:
    by_language = _load(folder, "ask.json")[name].values()
    return _read(
        [phrase for each in by_language for phrase in each["phrases"]],
        [group for each in by_language for group in each["together"]],
        {},
    )


def help_needed(folder: Path, text: str) -> tuple[str, ...]:
    """Return the categories a typed text calls for, most urgent first; empty when none does."""
    flat = " ".join(fold(text))
    for phrases in _load(folder, "red-flags.json")["harmless"].values():
        flat = without(flat, phrases)
    return urgent_in(folder, flat)


def urgent_in(folder: Path, flat: str) -> tuple[str, ...]:
    """Return the categories a folded text calls for, most urgent first.

    Among those of one urgency, a category that a sign first means comes before one that it may also mean.
    """
    data = _load(folder, "red-flags.json")
    spaced = f" {_respelt(flat, data['spellings'])} "
    first, also = grammar(folder).signs(flat)
    first |= {category for category, triggers in _help_triggers(folder) if triggers.hit(spaced)}
    order = data["matching"]["highest_urgency_first"]
    found = [line for line in data["categories"] if line["id"] in first | also]
    found.sort(key=lambda line: (order.index(line["urgency"]), line["id"] not in first))
    return tuple(line["id"] for line in found)


def matches(folder: Path, flat: str, name: str) -> bool:
    """Return whether a folded text holds one of the triggers named ``name`` in ``ask.json``, in any language."""
    return _ask_triggers(folder, name).hit(f" {flat} ")


@cache
def _light_words(folder: Path) -> dict[str, frozenset[str]]:
    stop = _load(folder, "ask.json")["stop"]
    return {language: frozenset(word for entry in stop[language] for word in fold(entry)) for language in stop}


def spoken_in(folder: Path, flat: str, otherwise: str = "") -> str:
    """Return the language whose words of little meaning a folded text holds most of, or ``otherwise`` in a tie."""
    words = flat.split()
    count = {language: sum(word in light for word in words) for language, light in _light_words(folder).items()}
    most = max(count.values())
    found = [language for language, each in count.items() if each == most]
    return found[0] if len(found) == 1 else otherwise


def in_doubt(folder: Path, flat: str, language: str = "") -> bool:
    """Return whether a folded text may call for help though it names no sign.

    It tells of something that happens to the body or mind of a person now, and not of what is known to be mild.
    ``language`` is the reader's, for a text that may be of either.
    """
    return grammar(folder).says(flat, "doubt", spoken_in(folder, flat, language))


def unsure(folder: Path, flat: str, language: str = "") -> bool:
    """Return whether a folded text tells something of a person or a body, and nothing known explains what."""
    return grammar(folder).says(flat, "unsure", spoken_in(folder, flat, language))


def is_of_a_body(folder: Path, flat: str, language: str = "") -> bool:
    """Return whether a folded text that nothing answers speaks of a body, or of something bad, and asks nothing."""
    return grammar(folder).says(flat, "unanswered", spoken_in(folder, flat, language))


def only_informs(folder: Path, flat: str, language: str = "") -> bool:
    """Return whether a folded text asks what is known, of trials or of people in general, and tells of nobody."""
    rules, spoken = grammar(folder), spoken_in(folder, flat, language)
    return rules.says(flat, "informs", spoken) and not rules.says(flat, "personal", spoken)


def asks_dose(folder: Path, flat: str) -> bool:
    """Return whether a folded text asks to change what is put on, how often, where, for how long or on whom."""
    return matches(folder, flat, "doctor_first") or grammar(folder).says(flat, "dose")


def plans_treatment(folder: Path, flat: str, language: str = "") -> bool:
    """Return whether a folded text is of something the person means to do, or asks leave for, with their treatment."""
    return grammar(folder).says(flat, "plan", spoken_in(folder, flat, language))


def tells_pregnancy(folder: Path, flat: str) -> bool:
    """Return whether a folded text speaks of being pregnant, wishing to be, or breastfeeding."""
    return grammar(folder).says(flat, "pregnancy")


def without(flat: str, phrases: Iterable[str]) -> str:
    """Return a folded text with ``phrases`` taken out; what stood on both sides of one does not join."""
    spaced = f" {flat} "
    for phrase in phrases:
        sought = _sought(phrase, {})
        while (at := spaced.find(sought)) >= 0:
            end = spaced.index(" ", at + len(sought) - 1)
            spaced = f"{spaced[:at]} | {spaced[end + 1 :]}"
    return " ".join(spaced.split())


def _places(spaced: str, part: tuple[str, ...]) -> list[int]:
    """Return at which words of a text the phrases of ``part`` start."""
    found = []
    for phrase in part:
        at = spaced.find(phrase)
        while at >= 0:
            found.append(spaced.count(" ", 0, at))
            at = spaced.find(phrase, at + 1)
    return found


def _close(spaced: str, group: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether every part of a group is hit within :data:`WINDOW` words of the others."""
    places: list[list[int]] = []
    for part in group:
        found = _places(spaced, part)
        if not found:
            return False
        places.append(found)
    return any(
        all(any(abs(place - first) <= WINDOW for place in others) for others in places[1:]) for first in places[0]
    )

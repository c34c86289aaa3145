"""The program's own list of side effects, and the static get-help list with the words that call for it.

Both are data in ``resources/content`` (``symptoms.json``, ``red-flags.json``), each line with its sources. A text the
person typed is searched in both languages; negation is ignored on purpose: showing the page once too often is the
safe side.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from companion.domain.reactions import Symptom, SymptomKind

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
    """Return the words of ``text`` in lower case without accents; everything else separates words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain)


def _pattern(trigger: str) -> str:
    words = trigger.removesuffix("*").split()
    return r"\b" + r" ".join(map(re.escape, words)) + (r"\w*" if trigger.endswith("*") else r"\b")


@cache
def _triggers(folder: Path) -> tuple[tuple[str, re.Pattern[str], tuple[tuple[re.Pattern[str], ...], ...]], ...]:
    compiled = []
    for line in _load(folder, "red-flags.json")["categories"]:
        phrases = [phrase for language in line["triggers"].values() for phrase in language]
        groups = [group for language in line.get("together", {}).values() for group in language]
        compiled.append(
            (
                line["id"],
                re.compile("|".join(map(_pattern, phrases)) or r"(?!)"),
                tuple(tuple(re.compile("|".join(map(_pattern, part))) for part in group) for group in groups),
            )
        )
    return tuple(compiled)


def help_needed(folder: Path, text: str) -> tuple[str, ...]:
    """Return the categories a typed text calls for, most urgent first; empty when none does."""
    flat = " ".join(fold(text))
    for phrases in _load(folder, "red-flags.json").get("harmless", {}).values():
        flat = without(flat, tuple(phrases))
    return urgent_in(folder, flat)


def urgent_in(folder: Path, flat: str) -> tuple[str, ...]:
    """Return the categories a folded text calls for, most urgent first."""
    found = []
    for category, phrases, groups in _triggers(folder):
        if phrases.search(flat) or any(_close(flat, group) for group in groups):
            found.append(category)
    return tuple(found)


@cache
def _said(folder: Path, name: str, language: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], ...], ...]]:
    triggers = _load(folder, "ask.json")[name][language]
    return (
        re.compile("|".join(map(_pattern, triggers["phrases"])) or r"(?!)"),
        tuple(tuple(re.compile("|".join(map(_pattern, part))) for part in group) for group in triggers["together"]),
    )


def matches(folder: Path, flat: str, name: str, language: str) -> bool:
    """Return whether a folded text holds one of the phrases, or of the groups, named ``name`` in ``ask.json``."""
    phrases, groups = _said(folder, name, language)
    return bool(phrases.search(flat)) or any(_close(flat, group) for group in groups)


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, phrases)))


def holds(flat: str, phrases: tuple[str, ...]) -> bool:
    """Return whether a folded text holds one of ``phrases``."""
    return bool(_any_of(phrases).search(flat))


def without(flat: str, phrases: tuple[str, ...]) -> str:
    """Return a folded text with ``phrases`` taken out; what stood on both sides of one does not join."""
    return " ".join(_any_of(phrases).sub("|", flat).split())


def _close(flat: str, parts: tuple[re.Pattern[str], ...]) -> bool:
    """Return whether every part is hit within :data:`WINDOW` words of the others."""
    places = [[flat.count(" ", 0, hit.start()) for hit in part.finditer(flat)] for part in parts]
    if not all(places):
        return False
    return any(
        all(any(abs(place - first) <= WINDOW for place in others) for others in places[1:]) for first in places[0]
    )

"""Recognise what a text asks by its parts: a body part and what is wrong with it, a verb of change and the cream.

``grammar.json`` names elements, each a list of words (``swell*`` takes any ending) and phrases, and says which
elements make a sign or a question about a dose when they stand close together, so that wordings nobody has seen are
recognised too. Long words may be misspelt: a doubled or single letter, or one letter wrong, missing, added or
exchanged. Words that are right as they stand are named in the file and never taken for others.

Beside the signs it tells who speaks of what: of something that happens to a person now, of something to know, or of
something they mean to do. So a text is taken for urgent, or for one about a dose, though nobody listed its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

WINDOW = 8
"""How many words apart the parts of a rule may stand where it does not say."""
LEAST_MISSPELT, LEAST_BEGINNING = 5, 6
"""From how many letters on a word, and a beginning of words, may be misspelt."""
KINDS = ("signs", "personal", "informs", "doubt", "unsure", "unanswered", "dose", "plan", "pregnancy")
"""What rules there are: of signs, of what happens to a person, of what they want to know, ..."""
_DOUBLED = re.compile(r"(.)\1+")

Places = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Elements that must stand close together, each part any of several; those that must not stand near, or nowhere."""

    parts: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    nowhere: tuple[str, ...]
    within: int

    def holds(self, places: Places) -> bool:
        """Return whether a text with its elements at ``places`` fulfils the rule."""
        if any(name in places for name in self.nowhere):
            return False
        found = [_of(places, part) for part in self.parts]
        if not all(found):
            return False
        against = _of(places, self.unless)
        return any(not self._is_spoilt(span, against) for span in self._spans(found))

    def _spans(self, found: Sequence[Sequence[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
        """Yield from where to where the parts stand together, each in words of its own."""
        for first in found[0]:
            taken = [first]
            for others in found[1:]:
                near = min(
                    (each for each in others if all(_apart(each, one) > 0 for one in taken)),
                    key=lambda each: _apart(each, first),
                    default=None,
                )
                if near is None or _apart(near, first) > self.within:
                    break
                taken.append(near)
            else:
                yield min(start for start, _ in taken), max(end for _, end in taken)

    @staticmethod
    def _is_spoilt(span: tuple[int, int], against: Iterable[tuple[int, int]]) -> bool:
        return any(start <= span[1] + WINDOW and end >= span[0] - WINDOW for start, end in against)


def _of(places: Places, names: Iterable[str]) -> list[tuple[int, int]]:
    return [place for name in names for place in places.get(name, ())]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many words apart two places stand; 0 or less where they share a word."""
    return max(one[0] - other[1], other[0] - one[1])


def _rule(text: str) -> _Rule:
    """Read ``"leg + swelling|size @ 6 - patch|cream ! study"``: parts, how close, what not near, what nowhere."""
    text, _, nowhere = text.partition(" ! ")
    wanted, _, unless = text.partition(" - ")
    parts, _, within = wanted.partition(" @ ")
    return _Rule(
        tuple(tuple(part.strip().split("|")) for part in parts.split(" + ")),
        tuple(name for name in unless.strip().split("|") if name),
        tuple(name for name in nowhere.strip().split("|") if name),
        int(within) if within else WINDOW,
    )


def _spelled(flat: str, spellings: dict[str, str]) -> str:
    return " ".join(spellings.get(word, word) for word in flat.split())


class _Lexicon:
    """The words of one language's elements, and how each may be misspelt."""

    def __init__(
        self, elements: dict[str, list[str]], right: Iterable[str], exact: frozenset[str], spellings: dict[str, str]
    ) -> None:
        """``right``: words that are never misspelt ones; ``exact``: elements whose words are never guessed."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._right = frozenset(right)
        self._alike: dict[str, list[tuple[str, str]]] = {}
        guessed: set[str] = set()
        words: set[str] = set()
        for name, entries in elements.items():
            spoken = words if name in exact else guessed
            for entry in entries:
                atoms = tuple(entry.split()) if " " in entry else (entry,)
                if not spellings.keys().isdisjoint(atoms):
                    atoms = tuple(_spelled(entry, spellings).split())
                self._phrases.setdefault(atoms[0], []).append((atoms, name))
                spoken.update(atoms)
        words |= guessed
        self._words = frozenset(words)
        self._shortest_ending = min((len(atom) for atom in words if atom[0] == "*"), default=0) - 1
        self._longest = max(map(len, words), default=0)
        for atom in guessed:
            if len(atom) >= LEAST_MISSPELT:
                single = _DOUBLED.sub(r"\1", atom.removesuffix("*"))
                if len(single) >= (LEAST_BEGINNING if atom.endswith("*") else LEAST_MISSPELT):
                    self._alike.setdefault(atom[0], []).append((single, atom))
        self._readings = lru_cache(maxsize=4096)(self._read)

    def _known(self, word: str) -> set[str]:
        """Return the entries that a word as it stands is one of."""
        # No entry is longer than the longest: a "word" of a pasted novel's length must not be cut in all its ways.
        found = {f"{word[:length]}*" for length in range(2, min(len(word), self._longest) + 1)} & self._words
        if self._shortest_ending > 0:
            earliest = max(1, len(word) - self._longest)
            found |= {f"*{word[at:]}" for at in range(earliest, len(word) - self._shortest_ending + 1)} & self._words
        return found | ({word} & self._words)

    def _read(self, word: str) -> frozenset[str]:
        """Return the entries a word may stand for: itself, or what it is a slip away from."""
        found = self._known(word)
        if found or word in self._right or len(word) < LEAST_MISSPELT or word.isdigit():
            return frozenset(found)
        single = _DOUBLED.sub(r"\1", word)
        for entry, atom in self._alike.get(word[0], ()):
            size = len(entry)
            lengths = (size - 1, size, size + 1) if atom.endswith("*") else (len(single),)
            if any(_is_slip(single[:length], entry) for length in lengths):
                found.add(atom)
        return frozenset(found)

    def places(self, words: Sequence[str]) -> Places:
        """Return for each element the places (first and last word) where a text holds it."""
        read = [self._readings(word) for word in words]
        found: Places = {}
        for at, readings in enumerate(read):
            for reading in readings:
                for atoms, name in self._phrases.get(reading, ()):
                    end = at + len(atoms)
                    if end <= len(read) and all(atom in read[at + i] for i, atom in enumerate(atoms)):
                        found.setdefault(name, []).append((at, end - 1))
        return found

    def slip_of(self, word: str) -> frozenset[str]:
        """Return what a word that is no entry is taken for."""
        return frozenset() if self._known(word) else self._readings(word)


def _is_slip(one: str, other: str) -> bool:
    """Return whether at most one letter is wrong, missing, added or exchanged; never the first."""
    if one == other:
        return True
    if not one or not other or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        exchanged = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return exchanged or one[at + 1 :] == other[at + 1 :]
    short, long = sorted((one, other), key=len)
    return short[at:] == long[at + 1 :]


class Grammar:
    """The rules of every language."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._spellings: dict[str, str] = data["spellings"]
        self._lexicons = {
            language: _Lexicon(elements, data["right"][language], frozenset(data["exact"]), self._spellings)
            for language, elements in data["elements"].items()
        }
        self._rules = {
            kind: [
                (language, tuple(line.get("for", ())), _rule(rule))
                for language, lines in data[kind].items()
                for line in lines
                for rule in line["when"]
            ]
            for kind in KINDS
        }
        self._places = lru_cache(maxsize=8)(self._find)

    def _find(self, flat: str) -> dict[str, Places]:
        words = _spelled(flat, self._spellings).split()
        return {language: lexicon.places(words) for language, lexicon in self._lexicons.items()}

    def signs(self, flat: str) -> tuple[set[str], set[str]]:
        """Return the get-help categories that the signs in a folded text first mean, and those they may also mean."""
        places = self._places(flat)
        found = [categories for language, categories, rule in self._rules["signs"] if rule.holds(places[language])]
        return {each[0] for each in found}, {category for each in found for category in each[1:]}

    def says(self, flat: str, kind: str, spoken: str = "") -> bool:
        """Return whether a folded text fulfils one of the rules of a ``kind`` (:data:`KINDS`).

        They are those of the language ``spoken``, or of any where none is named.
        """
        places = self._places(flat)
        return any(rule.holds(places[each]) for each, _, rule in self._rules[kind] if spoken in ("", each))

    def slips(self, language: str, words: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the words that are taken for misspelt entries, and for which."""
        lexicon = self._lexicons[language]
        return {word: taken for word in words if (taken := lexicon.slip_of(word))}


@cache
def grammar(folder: Path) -> Grammar:
    """Return the grammar; ``folder`` is the ``resources`` folder."""
    return Grammar(json.loads((folder / "content" / "grammar.json").read_text(encoding="utf-8")))

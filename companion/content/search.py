"""Answer a question by quoting the articles, or say that there is no answer. All local.

The index is SQLite's FTS5 in memory over word stems (Snowball, English and Italian), built when the first question is
asked. Beside its own words a section is found by ``asks.json``: the ways people ask for what it holds. They are never
shown; what is quoted is the section. A question is answered only when enough of its meaning-bearing words, weighed by
how rare they are, meet one section; a word that no section knows weighs more than half of the rarest one. What
sounds urgent or asks for another dose is said first, whatever the articles hold.
"""

from __future__ import annotations

import difflib
import json
import math
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from companion.content import library, reactions
from companion.domain.articles import Article, Level, Section
from companion.domain.leaflet import Leaflet

MAX_QUESTION = 500
MAX_PASSAGES = 3
LEAST_COVERAGE = 0.55
LEAST_LIKENESS = 0.3
"""What a section must hold of a question's weight, and how like one of its ways of asking the question must be.
Tuned on the "tune" part of ``questions.json`` only."""
SHARE_OF_QUESTION = 0.7
"""How much more the question counts than the way of asking, when the two are compared."""
UNKNOWN_WEIGHT = 0.6
LEAST_FUZZY, FUZZY = 6, 0.86
"""From how many letters on, and how alike, an unknown word is taken for a misspelt one."""
HEADING_BONUS = 0.2
TITLE_BONUS = 0.1
RANK_BONUS = 0.3
NEXT_LEVELS = {
    Level.PLAIN: (Level.MORE, Level.CLINICAL),
    Level.MORE: (Level.PLAIN, Level.CLINICAL),
    Level.CLINICAL: (Level.MORE, Level.PLAIN),
}


class AnswerKind(StrEnum):
    """What is said to a question."""

    ANSWER = "answer"
    URGENT = "urgent"
    ASK_YOUR_DOCTOR = "ask-your-doctor"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Passage:
    """A section that answers: where it stands, its words as this reader sees them, and its source ids."""

    article: str
    title: str
    anchor: str
    heading: str
    level: Level
    text: str
    sources: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question. ``category`` names the get-help section when ``kind`` is urgent."""

    kind: AnswerKind
    passages: tuple[Passage, ...] = ()
    category: str | None = None


@cache
def _words(folder: Path) -> Any:
    """Return ``ask.json`` by language: stop words, synonyms, and the triggers of what the doctor is asked first
    and of what the articles leave out (prices, insurance, diets, brands)."""
    return json.loads((folder / "content" / "ask.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def _stem(word: str, language: str) -> str:
    import snowballstemmer

    return str(_stemmer(language, snowballstemmer).stemWord(word))


@cache
def _stemmer(language: str, module: Any) -> Any:
    return module.stemmer({"en": "english", "it": "italian"}[language])


@cache
def _asks(folder: Path) -> Any:
    """Return ``asks.json``: for each ``slug#anchor`` the ways people ask for it, by language."""
    return json.loads((folder / "content" / "asks.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Stems:
    """The stems of one section: of all its words, of its heading and title, and of each way of asking for it."""

    all: frozenset[str]
    heading: frozenset[str]
    title: frozenset[str]
    asks: tuple[frozenset[str], ...]


class Index:
    """The passages of one language for readers of one leaflet."""

    def __init__(self, folder: Path, language: str, leaflet: Leaflet) -> None:
        self._folder = folder
        self._language = language
        self._stop = {word for entry in _words(folder)["stop"][language] for word in reactions.fold(entry)}
        self._synonyms = self._read_synonyms()
        self._passages: list[Passage] = []
        self._stems: list[_Stems] = []
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE passage USING fts5(body, level UNINDEXED, tokenize='ascii')")
        for article in library.articles(folder, language):
            for level, sections in article.levels.items():
                for section in sections:
                    self._add(article, level, section, leaflet)
        self._weights = self._rarity()

    def _read_synonyms(self) -> dict[str, frozenset[str]]:
        """Return for each stem the stems that mean the same here; groups hold single words."""
        table: dict[str, frozenset[str]] = {}
        for group in _words(self._folder)["synonyms"][self._language]:
            stems = frozenset(
                _stem(word, self._language) for entry in group for word in reactions.fold(entry)
            )
            for stem in stems:
                table[stem] = table.get(stem, frozenset()) | stems
        return table

    def stems(self, text: str) -> list[str]:
        """Return the stems of the words that carry meaning."""
        return [_stem(word, self._language) for word in reactions.fold(text) if word not in self._stop]

    def _add(self, article: Article, level: Level, section: Section, leaflet: Leaflet) -> None:
        blocks = section.seen_by(leaflet)
        text = "\n".join(block.text for block in blocks)
        if not text.strip():
            return
        sources = tuple(dict.fromkeys(source for block in blocks for source in block.sources))
        self._passages.append(
            Passage(article.slug, article.title, section.anchor, section.heading, level, text, sources, 0.0)
        )
        body, heading, title = self.stems(text), self.stems(section.heading), self.stems(article.title)
        ways = _asks(self._folder).get(f"{article.slug}#{section.anchor}", {}).get(self._language, ())
        asks = tuple(frozenset(self.stems(way)) for way in ways)
        everything = frozenset(body) | frozenset(heading) | frozenset(title) | frozenset().union(*asks)
        self._stems.append(_Stems(everything, frozenset(heading), frozenset(title), asks))
        asked = [stem for way in asks for stem in way]
        self._db.execute(
            "INSERT INTO passage(rowid, body, level) VALUES (?, ?, ?)",
            (len(self._passages), " ".join([*body, *heading, *title, *asked]), level.value),
        )

    def _rarity(self) -> dict[str, float]:
        total = len(self._passages)
        counts: dict[str, int] = {}
        for section in self._stems:
            for stem in section.all:
                counts[stem] = counts.get(stem, 0) + 1
        return {stem: math.log(1 + total / count) for stem, count in counts.items()}

    def ask(self, question: str, level: Level = Level.PLAIN) -> Answer:
        """Return the answer to ``question`` (its first 500 characters) for a reader of ``level``."""
        question = question[:MAX_QUESTION]
        passages = self.find(question, level)
        urgent = reactions.help_needed(self._folder, question)
        if urgent:
            return Answer(AnswerKind.URGENT, passages, urgent[0])
        if self._says(question, "not_covered"):
            return Answer(AnswerKind.NONE)
        if self._says(question, "doctor_first"):
            return Answer(AnswerKind.ASK_YOUR_DOCTOR, passages)
        return Answer(AnswerKind.ANSWER if passages else AnswerKind.NONE, passages)

    def find(self, question: str, level: Level) -> tuple[Passage, ...]:
        """Return up to three passages of ``level`` that answer, best first; of another level when it has none."""
        wanted = list(dict.fromkeys(self._known(stem) for stem in self.stems(question)))
        if not wanted:
            return ()
        for each in (level, *NEXT_LEVELS[level]):
            found = self._of_level(wanted, each)
            if found:
                return found
        return ()

    def _known(self, stem: str) -> str:
        """Return ``stem``, or the one stem of the articles that a slip of the finger could have meant."""
        if stem in self._weights or stem in self._synonyms or len(stem) < LEAST_FUZZY:
            return stem
        close = difflib.get_close_matches(stem, self._weights, n=1, cutoff=FUZZY)
        return close[0] if close else stem

    def _of_level(self, wanted: list[str], level: Level) -> tuple[Passage, ...]:
        options = {stem: self._synonyms.get(stem, frozenset()) | {stem} for stem in wanted}
        terms = sorted({option for group in options.values() for option in group})
        query = " OR ".join(f'"{term}"' for term in terms)
        rows = self._db.execute(
            "SELECT rowid, -bm25(passage) AS score FROM passage WHERE passage MATCH ? AND level = ?"
            " ORDER BY score DESC LIMIT 40",
            (query, level.value),
        ).fetchall()
        if not rows:
            return ()
        top = max(score for _, score in rows) or 1.0
        unknown = UNKNOWN_WEIGHT * max(self._weights.values())
        weights = {
            stem: max((self._weights[each] for each in group if each in self._weights), default=unknown)
            for stem, group in options.items()
        }
        ranked = []
        for row, score in rows:
            likeness, value = self._value(self._stems[row - 1], options, weights)
            if likeness:
                ranked.append((value + RANK_BONUS * score / top, row))
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(self._scored(row, value) for value, row in ranked[:MAX_PASSAGES])

    def _value(
        self, section: _Stems, options: dict[str, frozenset[str]], weights: dict[str, float]
    ) -> tuple[bool, float]:
        """Return whether a section answers at all, and how well, without its rank in the full-text search."""
        whole = sum(weights.values())

        def held(stems: frozenset[str]) -> float:
            return sum(weights[stem] for stem, group in options.items() if group & stems)

        likeness = max(
            (
                (met := held(way))
                / (SHARE_OF_QUESTION * whole + (1 - SHARE_OF_QUESTION) * max(met, self._weight(way)))
                for way in section.asks
            ),
            default=0.0,
        )
        covered = held(section.all) / whole
        value = covered + likeness + HEADING_BONUS * held(section.heading) / whole
        value += TITLE_BONUS * held(section.title) / whole
        return covered >= LEAST_COVERAGE and likeness >= LEAST_LIKENESS, value

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(self._weights.get(stem, 0.0) for stem in stems)

    def _scored(self, row: int, value: float) -> Passage:
        known = self._passages[row - 1]
        return Passage(
            known.article,
            known.title,
            known.anchor,
            known.heading,
            known.level,
            known.text,
            known.sources,
            round(value, 3),
        )

    def _says(self, question: str, triggers: str) -> bool:
        """Return whether a question holds one of the ``triggers`` of ``ask.json``, in whichever language."""
        flat = " ".join(reactions.fold(question))
        return any(reactions.matches(flat, each) for each in _words(self._folder)[triggers].values())


@lru_cache(maxsize=6)
def index(folder: Path, language: str, leaflet: Leaflet) -> Index:
    """Return the index of ``language`` for readers of ``leaflet``, built once."""
    return Index(folder, language, leaflet)

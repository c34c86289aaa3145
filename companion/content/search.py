"""Answer a question by quoting the articles, or say that there is no answer. All local.

The index is SQLite's FTS5 in memory over word stems (Snowball, English and Italian), built when the first question is
asked. A question is answered only when enough of its meaning-bearing words, weighed by how rare they are, stand in
one passage; a word that no article knows weighs as much as the rarest one. What sounds urgent or asks for another
dose is said first, whatever the articles hold.
"""

from __future__ import annotations

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
LEAST_COVERAGE = 0.62
"""The share of a question's weight that one passage must hold. Tuned on two thirds of ``questions.json`` only."""
HEADING_BONUS = 0.35
TITLE_BONUS = 0.15
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
    """Return ``ask.json``: stop words, synonyms and doctor-first triggers by language."""
    return json.loads((folder / "content" / "ask.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def _stem(word: str, language: str) -> str:
    import snowballstemmer

    return str(_stemmer(language, snowballstemmer).stemWord(word))


@cache
def _stemmer(language: str, module: Any) -> Any:
    return module.stemmer({"en": "english", "it": "italian"}[language])


class Index:
    """The passages of one language for readers of one leaflet."""

    def __init__(self, folder: Path, language: str, leaflet: Leaflet) -> None:
        self._folder = folder
        self._language = language
        self._stop = {word for entry in _words(folder)["stop"][language] for word in reactions.fold(entry)}
        self._synonyms = self._read_synonyms()
        self._passages: list[Passage] = []
        self._stems: list[tuple[frozenset[str], frozenset[str], frozenset[str]]] = []
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
        self._stems.append((frozenset(body), frozenset(heading), frozenset(title)))
        self._db.execute(
            "INSERT INTO passage(rowid, body, level) VALUES (?, ?, ?)",
            (len(self._passages), " ".join([*body, *heading, *title]), level.value),
        )

    def _rarity(self) -> dict[str, float]:
        total = len(self._passages)
        counts: dict[str, int] = {}
        for body, heading, title in self._stems:
            for stem in body | heading | title:
                counts[stem] = counts.get(stem, 0) + 1
        return {stem: math.log(1 + total / count) for stem, count in counts.items()}

    def ask(self, question: str, level: Level = Level.PLAIN) -> Answer:
        """Return the answer to ``question`` (its first 500 characters) for a reader of ``level``."""
        question = question[:MAX_QUESTION]
        passages = self.find(question, level)
        urgent = reactions.help_needed(self._folder, question)
        if urgent:
            return Answer(AnswerKind.URGENT, passages, urgent[0])
        if self._asks_for_a_dose(question):
            return Answer(AnswerKind.ASK_YOUR_DOCTOR, passages)
        return Answer(AnswerKind.ANSWER if passages else AnswerKind.NONE, passages)

    def find(self, question: str, level: Level) -> tuple[Passage, ...]:
        """Return up to three passages of ``level`` that answer, best first; of another level when it has none."""
        wanted = list(dict.fromkeys(self.stems(question)))
        if not wanted:
            return ()
        for each in (level, *NEXT_LEVELS[level]):
            found = self._of_level(wanted, each)
            if found:
                return found
        return ()

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
        heaviest = max(self._weights.values())
        weights = {
            stem: max((self._weights[each] for each in group if each in self._weights), default=heaviest)
            for stem, group in options.items()
        }
        whole = sum(weights.values())
        ranked = []
        for row, score in rows:
            body, heading, title = self._stems[row - 1]
            covered = sum(weights[s] for s, group in options.items() if group & (body | heading | title)) / whole
            if covered < LEAST_COVERAGE:
                continue
            in_heading = sum(weights[s] for s, group in options.items() if group & heading) / whole
            in_title = sum(weights[s] for s, group in options.items() if group & title) / whole
            value = covered + HEADING_BONUS * in_heading + TITLE_BONUS * in_title + 0.5 * score / top
            ranked.append((value, row))
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(self._scored(row, value) for value, row in ranked[:MAX_PASSAGES])

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

    def _asks_for_a_dose(self, question: str) -> bool:
        flat = " ".join(reactions.fold(question))
        return any(
            reactions.matches(flat, _words(self._folder)["doctor_first"][language]) for language in ("en", "it")
        )


@lru_cache(maxsize=6)
def index(folder: Path, language: str, leaflet: Leaflet) -> Index:
    """Return the index of ``language`` for readers of ``leaflet``, built once."""
    return Index(folder, language, leaflet)

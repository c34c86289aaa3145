"""Answer a question by quoting the articles, or say that there is no answer. All local.

A question is compared with the ways people ask for each section (``asks.json``, never shown), its headings and its
own words; see :mod:`companion.content.likeness`. SQLite's FTS5, in memory, ranks the sections' text beside it. Both are
built when the first question is asked. Nothing is answered unless one section meets enough of the question; what
sounds urgent or asks for another dose is said first, whatever the articles hold.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from companion.content import library, reactions
from companion.content.likeness import Ways, stem
from companion.domain.articles import Article, Level, Section
from companion.domain.leaflet import Leaflet

MAX_QUESTION = 500
MAX_PASSAGES = 3
GATES = ((0.58, False, 0.2), (0.4, True, 0.3), (0.0, True, 0.38), (0.0, False, 0.7))
"""How much of a question a section must meet to answer it, by how much of the question is in words the articles know
and whether it has to name what they are about. Tuned on the "tune" part of ``questions.json``."""
PREGNANCY = "using-the-cream#pregnancy"
"""What each leaflet says to those who are pregnant, may be, or breastfeed."""
DISTRESS = "distress"
"""The get-help section that a question always calls for, in whatever form it is asked."""
LEADS = (("missed_more", "using-the-cream#missed"), ("lamp", "light-therapy#care"))
"""Questions for the doctor that a section bears on, which then comes first: what they hold, and the section."""
MAX_ERRAND = 16
"""The most words of a question about a shop or a waiting list; what is longer tells of something else as well."""
CAUSE = "what-is-vitiligo#why"
"""What is known of why it comes, for those who ask whether it is catching or runs in a family."""
LEAST_OF_LIGHT = 0.7
"""The same for a question of nothing but words of little meaning ("why me")."""
RANK_BONUS = 0.08
"""What the first place in the full-text search adds."""
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
    """The answer to a question. ``categories`` names the get-help sections when it is urgent, the first first.

    An urgent answer without any is a doubt: every emergency is shown. ``doctor`` says that the question is also one
    for the doctor, about a dose or a pregnancy.
    """

    kind: AnswerKind
    passages: tuple[Passage, ...] = ()
    categories: tuple[str, ...] = ()
    doctor: bool = False

    @property
    def category(self) -> str | None:
        """The get-help section that comes first."""
        return self.categories[0] if self.categories else None


@cache
def _words(folder: Path) -> Any:
    """Return ``ask.json``: words of little meaning and synonyms by language; the triggers of what the doctor is asked
    first and of what the articles leave out (prices, diets, brands); how one asks about an illness from afar."""
    return json.loads((folder / "content" / "ask.json").read_text(encoding="utf-8"))


@cache
def _asks(folder: Path) -> Any:
    """Return ``asks.json``: for each ``slug#anchor`` the ways people ask for it, by language."""
    return json.loads((folder / "content" / "asks.json").read_text(encoding="utf-8"))


def _key(passage: Passage) -> str:
    return f"{passage.article}#{passage.anchor}"


class Index:
    """The passages of one language for readers of one leaflet."""

    def __init__(self, folder: Path, language: str, leaflet: Leaflet) -> None:
        self._folder = folder
        self._language = language
        self._passages: dict[tuple[str, Level], Passage] = {}
        self._texts: dict[str, set[str]] = {}
        self._headings: dict[str, set[str]] = {}
        self._stop = frozenset(word for entry in _words(folder)["stop"][language] for word in reactions.fold(entry))
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE passage USING fts5(section UNINDEXED, level UNINDEXED, body)")
        for article in library.articles(folder, language):
            for level, sections in article.levels.items():
                for section in sections:
                    self._add(article, level, section, leaflet)
        ways = {
            key: [reactions.fold(way) for way in (*by_language[language], *sorted(self._headings[key]))]
            for key, by_language in _asks(folder).items()
            if key in self._texts
        }
        self._ways = Ways(language, self._stop, self._read_synonyms(), ways, self._texts)

    def _read_synonyms(self) -> dict[str, frozenset[str]]:
        """Return for each stem the stems that mean the same here; groups hold single words."""
        table: dict[str, frozenset[str]] = {}
        for group in _words(self._folder)["synonyms"][self._language]:
            stems = frozenset(stem(word, self._language) for entry in group for word in reactions.fold(entry))
            for each in stems:
                table[each] = table.get(each, frozenset()) | stems
        return table

    def _add(self, article: Article, level: Level, section: Section, leaflet: Leaflet) -> None:
        blocks = section.seen_by(leaflet)
        text = "\n".join(block.text for block in blocks)
        if not text.strip():
            return
        key = f"{article.slug}#{section.anchor}"
        sources = tuple(dict.fromkeys(source for block in blocks for source in block.sources))
        self._passages[key, level] = Passage(
            article.slug, article.title, section.anchor, section.heading, level, text, sources, 0.0
        )
        words = reactions.fold(f"{section.heading} {article.title} {text}")
        self._headings.setdefault(key, set()).add(section.heading)
        own = self._texts.setdefault(key, set())
        if level is Level.PLAIN:  # the other levels add little to what the ways and the table know, and take time
            own.update(words)
        self._db.execute("INSERT INTO passage VALUES (?, ?, ?)", (key, level.value, " ".join(words)))

    def ask(self, question: str, level: Level = Level.PLAIN) -> Answer:
        """Return the answer to ``question`` (its first 500 characters) for a reader of ``level``."""
        question = question[:MAX_QUESTION]
        passages = self.find(question, level)
        categories = self._urgent(question)
        flat = " ".join(reactions.fold(question))
        pregnant = reactions.tells_pregnancy(self._folder, flat)
        if pregnant:
            passages = self._with(PREGNANCY, passages, level)
        lead = next((section for triggers, section in LEADS if self._says(question, triggers)), "")
        if lead:
            passages = self._with(lead, tuple(each for each in passages if _key(each) != lead), level)
        doctor = pregnant or bool(lead) or self._asks_dose(question, flat)
        if not (categories or pregnant or lead) and self._is_errand(question, flat):
            return Answer(AnswerKind.NONE)
        inherited = self._says(question, "inherited") and not pregnant
        if categories or (not inherited and reactions.in_doubt(self._folder, flat, self._language)):
            return Answer(AnswerKind.URGENT, passages, categories, doctor or self._plans(question, flat))
        if inherited:
            return Answer(AnswerKind.ANSWER, self._with(CAUSE, passages, level))
        if doctor:
            return Answer(AnswerKind.ASK_YOUR_DOCTOR, passages, doctor=True)
        if reactions.unsure(self._folder, flat, self._language):
            return Answer(AnswerKind.URGENT, passages)
        if self._says(question, "not_covered"):
            return Answer(AnswerKind.NONE)
        if self._plans(question, flat):
            return Answer(AnswerKind.ASK_YOUR_DOCTOR, passages, doctor=True)
        if passages:
            return Answer(AnswerKind.ANSWER, passages)
        in_doubt = reactions.is_of_a_body(self._folder, flat, self._language)
        return Answer(AnswerKind.URGENT if in_doubt else AnswerKind.NONE)

    def find(self, question: str, level: Level) -> tuple[Passage, ...]:
        """Return up to three passages that answer, best first; of ``level``, or of another where it has none."""
        words = reactions.fold(question)
        least = self._gate(question, words)
        ranks = self._ranks(words, level)
        found = [
            (score + RANK_BONUS * ranks.get(section, 0.0), section)
            for section, (score, likeness) in self._ways.compare(words).items()
            if likeness >= least
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return tuple(self._passage(section, level, score) for score, section in found[:MAX_PASSAGES])

    def _with(self, section: str, passages: tuple[Passage, ...], level: Level) -> tuple[Passage, ...]:
        """Return passages with one that must be among them; it comes first where it was not found."""
        if any(_key(each) == section for each in passages):
            return passages
        return (self._passage(section, level, 1.0), *passages[: MAX_PASSAGES - 1])

    def _gate(self, question: str, words: list[str]) -> float:
        """Return how much of the question a section must meet."""
        if all(word in self._stop for word in words):
            return LEAST_OF_LIGHT
        known, on_topic = self._ways.known(words), self._says(question, "topic")
        return next(least for share, topic, least in GATES if known >= share and (on_topic or not topic))

    def _ranks(self, words: list[str], level: Level) -> dict[str, float]:
        """Return the sections whose text holds words of the question, from 1 (the best) down.

        A stem is looked for as the beginning of a word, so that the table need not be stemmed.
        """
        terms = sorted({stem(word, self._language) for word in words if word not in self._stop})
        if not terms:
            return {}
        rows = self._db.execute(
            "SELECT section, -bm25(passage) AS score FROM passage WHERE passage MATCH ? AND level = ?"
            " ORDER BY score DESC LIMIT 40",
            (" OR ".join(f'"{term}" *' for term in terms), level.value),
        ).fetchall()
        top = max((score for _, score in rows), default=0.0) or 1.0
        return {section: score / top for section, score in rows}

    def _passage(self, section: str, level: Level, score: float) -> Passage:
        known = next(
            self._passages[section, each] for each in (level, *NEXT_LEVELS[level]) if (section, each) in self._passages
        )
        return replace(known, score=round(score, 3))

    def _urgent(self, question: str) -> tuple[str, ...]:
        """Return the categories a question calls for, most urgent first.

        A question about an illness that the leaflets name ("can the cream cause a stroke?") is not itself a call for
        help, unless it says more than the name.
        """
        found = reactions.help_needed(self._folder, question)
        if found and self._says(question, "about"):
            flat = " ".join(reactions.fold(question))
            for triggers in _words(self._folder)["illnesses"].values():
                flat = reactions.without(flat, triggers)
            found = reactions.urgent_in(self._folder, flat)
        if DISTRESS not in found and reactions.only_informs(
            self._folder, " ".join(reactions.fold(question)), self._language
        ):
            return ()
        return found

    def _asks_dose(self, question: str, flat: str) -> bool:
        """Return whether a question is about another dose, and not about what happened to those who changed it."""
        about_others = self._says(question, "outcome") or reactions.only_informs(self._folder, flat, self._language)
        outcome = about_others and not self._says(question, "permission")
        return reactions.asks_dose(self._folder, flat) and not outcome

    def _plans(self, question: str, flat: str) -> bool:
        """Return whether a question may be about another dose though it names none: a plan, or leave for something."""
        return reactions.plans_treatment(self._folder, flat, self._language) and not self._says(question, "outcome")

    def _is_errand(self, question: str, flat: str) -> bool:
        """Return whether a question is about a shop, a waiting list, a result or what somebody did or thinks.

        No article can know, whichever words of a body or a day it holds. A story, or a wish to change something, is
        no errand.
        """
        if len(flat.split()) > MAX_ERRAND or not self._says(question, "logistics"):
            return False
        for ways in _words(self._folder)["asks_how"].values():
            flat = reactions.without(flat, ways)
        return not any(reactions.matches(self._folder, flat, each) for each in ("permission", "doctor_first"))

    def _says(self, question: str, triggers: str) -> bool:
        """Return whether a question holds one of the ``triggers`` of ``ask.json``, in whichever language."""
        return reactions.matches(self._folder, " ".join(reactions.fold(question)), triggers)


@lru_cache(maxsize=6)
def index(folder: Path, language: str, leaflet: Leaflet) -> Index:
    """Return the index of ``language`` for readers of ``leaflet``, built once."""
    return Index(folder, language, leaflet)

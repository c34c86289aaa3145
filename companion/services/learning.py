"""The articles for a reader: their language, their level, their leaflet; and answers to their questions."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from companion.content import library
from companion.domain.articles import Article, Block, BlockKind, Level, Section, Source, Term
from companion.domain.leaflet import Leaflet
from companion.domain.values import value
from companion.wording import LANGUAGES, language, resources

if TYPE_CHECKING:
    from companion.content.search import Answer
    from companion.services.changes import Done
    from companion.services.treatment import Care

READ = "learn_read"
"""The setting that remembers which articles were read to the end."""
BOOKMARK = "learn_bookmark"
"""The setting that remembers where the person read last."""
LANGUAGE = "learn_language"
"""The setting that remembers in which language the person reads; empty for that of the program."""
LEVEL = "learn_level"
"""The setting of an example that remembers how deep its articles go."""
OLD_AFTER = timedelta(days=365)
"""From this age on a page says that the current leaflet may say something else."""
JAKS = ("JAK1", "JAK2", "JAK3", "TYK2")
SIGNALS = ("what-the-cream-blocks", "signals")
BLOCKERS = ("jak-family-and-drugs", "status")


@value
class Bookmark:
    """A place in an article: its section, and how far into the section (0 to 1)."""

    slug: str
    anchor: str = ""
    share: float = 0.0


@value
class Answered:
    """An answer and the language of the articles it quotes."""

    answer: Answer
    lang: str


@value
class Pairing:
    """One row of a table of the articles: what it names, the Janus kinases it concerns, what is said of it."""

    name: str
    jaks: tuple[str, ...]
    text: str
    sources: tuple[str, ...]


@value
class Arm:
    """One group of a trial: ``per_100`` people, and the exact percentage."""

    label: str
    per_100: int
    percent: float


@value
class IconArray:
    """A result for pictures of 100 people, the groups side by side. ``measure`` says what was counted and when."""

    id: str
    title: str
    measure: str
    arms: tuple[Arm, ...]
    sources: tuple[str, ...]


# The shelf


def shelf(lang: str | None = None) -> tuple[Article, ...]:
    """Return every article in reading order, in ``lang`` or the language spoken now."""
    return library.shelf(resources.root(), lang or language())


def article(slug: str, lang: str | None = None) -> Article | None:
    """Return one article, or ``None`` when there is none of that name."""
    return next((each for each in shelf(lang) if each.slug == slug), None)


def section(slug: str, anchor: str, level: Level, lang: str | None = None) -> Section | None:
    """Return one section of an article, or ``None``."""
    found = article(slug, lang)
    sections = found.levels[level] if found is not None else ()
    return next((each for each in sections if each.anchor == anchor), None)


def sources() -> dict[str, Source]:
    """Return the source table by id."""
    return library.sources(resources.root())


def glossary(lang: str | None = None) -> dict[str, Term]:
    """Return the glossary by id, in ``lang`` or the language spoken now."""
    return library.glossary(resources.root(), lang or language())


def is_old(checked: date, today: date) -> bool:
    """Return whether something was last checked over a year ago."""
    return today - checked > OLD_AFTER


# Questions


def ask(question: str, level: Level = Level.PLAIN, leaflet: Leaflet = Leaflet.OTHER, lang: str | None = None) -> Answer:
    """Return the answer to a question: quoted passages with their sources, or that there is none."""
    from companion.content import search

    return search.index(resources.root(), lang or language(), leaflet).ask(question, level)


def warm(lang: str, leaflet: Leaflet) -> None:
    """Make the next question quick: build the index that it needs. For a background thread."""
    ask("", Level.PLAIN, leaflet, lang)


def ask_either(question: str, level: Level, leaflet: Leaflet, lang: str | None = None) -> Answered:
    """Return the answer and its language: a question in the other language is answered in it."""
    from companion.content.search import AnswerKind

    first = lang or language()
    answer = ask(question, level, leaflet, first)
    if answer.kind is AnswerKind.NONE:
        for other in LANGUAGES:
            if other != first:
                second = ask(question, level, leaflet, other)
                if second.kind is not AnswerKind.NONE:
                    return Answered(second, other)
    return Answered(answer, first)


# Data for the pictures, read from the articles' own tables


@cache
def signals(level: Level, lang: str) -> tuple[Pairing, ...]:
    """Return which Janus kinases each immune signal uses. Plain shows the short table of More detail."""
    return _pairings(*SIGNALS, level, lang, jaks=1, text=2)


@cache
def blockers(level: Level, lang: str) -> tuple[Pairing, ...]:
    """Return which Janus kinases each medicine blocks, and its status in vitiligo."""
    return _pairings(*BLOCKERS, level, lang, jaks=1, text=3)


def _pairings(slug: str, anchor: str, level: Level, lang: str, jaks: int, text: int) -> tuple[Pairing, ...]:
    found = section(slug, anchor, Level.MORE if level is Level.PLAIN else level, lang)
    rows = [block for block in found.blocks if block.kind is BlockKind.ROW] if found is not None else []
    return tuple(
        Pairing(_cell(row, 0), jaks_in(_cell(row, jaks)), _cell(row, text), row.sources)
        for row in rows
        if len(row.cells) > text
    )


def _cell(row: Block, at: int) -> str:
    return "".join(run.text for run in row.cells[at]).strip()


def jaks_in(text: str) -> tuple[str, ...]:
    """Return the Janus kinases a cell names; one that names none means the whole family."""
    return tuple(jak for jak in JAKS if re.search(rf"\b{jak}\b", text)) or JAKS


@cache
def icon_arrays(lang: str) -> dict[str, IconArray]:
    """Return the trial results that are shown as 100 people, by id. Groups of results are in :func:`members`."""
    return {
        key: IconArray(
            key,
            line["title"][lang],
            line["measure"][lang],
            tuple(Arm(arm["label"][lang], arm["per_100"], float(arm["percent"])) for arm in line["arms"]),
            tuple(line["sources"]),
        )
        for key, line in _arrays().items()
    }


def members(key: str) -> tuple[str, ...]:
    """Return the results a group consists of, or the result itself."""
    return tuple(_arrays()[key].get("members", (key,)))


@cache
def _arrays() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads(resources.read_text("content/icon-arrays.json"))
    return loaded


# What the person has read


class Reading:
    """What this person has read, kept in the record."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def read(self) -> frozenset[str]:
        """Return the slugs of the articles read to the end."""
        text = self._care.setting(READ)
        return frozenset(json.loads(text)) if text else frozenset()

    def mark(self, slug: str) -> Done | None:
        """Remember that an article was read to the end; ``None`` when that was known."""
        known = self.read()
        if slug in known:
            return None
        return self._care.put_setting(READ, json.dumps(sorted(known | {slug})))

    def bookmark(self) -> Bookmark | None:
        """Return where the person read last."""
        text = self._care.setting(BOOKMARK)
        if not text:
            return None
        slug, anchor, share = json.loads(text)
        return Bookmark(str(slug), str(anchor), float(share))

    def keep(self, place: Bookmark) -> Done:
        """Remember where the person reads."""
        return self._care.put_setting(BOOKMARK, json.dumps([place.slug, place.anchor, round(place.share, 3)]))

    def language(self) -> str:
        """Return the language the person reads in, or an empty text for that of the program."""
        kept = self._care.setting(LANGUAGE) or ""
        return kept if kept in LANGUAGES else ""

    def level(self) -> Level | None:
        """Return the level of detail kept in the record; only an example keeps one, a person's is the computer's."""
        kept = self._care.setting(LEVEL)
        return Level(kept) if kept in set(Level) else None

    def keep_level(self, level: Level) -> Done:
        """Remember a level of detail in the record."""
        return self._care.put_setting(LEVEL, level.value)

    def keep_language(self, lang: str) -> Done:
        """Remember the language to read in; empty for that of the program."""
        return self._care.put_setting(LANGUAGE, lang)

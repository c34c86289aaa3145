"""The articles for a reader: their language, their level, their leaflet; and answers to their questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from companion.content import library
from companion.domain.articles import Article, Level, Source, Term
from companion.domain.leaflet import Leaflet
from companion.wording import language, resources

if TYPE_CHECKING:
    from companion.content.search import Answer
    from companion.services.treatment import Care

READ = "learn_read"
"""The setting that remembers which articles were read to the end."""


def shelf(lang: str | None = None) -> tuple[Article, ...]:
    """Return every article in reading order, in ``lang`` or the language spoken now."""
    return library.articles(resources.root(), lang or language())


def article(slug: str, lang: str | None = None) -> Article | None:
    """Return one article, or ``None`` when there is none of that name."""
    return next((each for each in shelf(lang) if each.slug == slug), None)


def sources() -> dict[str, Source]:
    """Return the source table by id."""
    return library.sources(resources.root())


def glossary(lang: str | None = None) -> dict[str, Term]:
    """Return the glossary by id, in ``lang`` or the language spoken now."""
    return library.glossary(resources.root(), lang or language())


def ask(
    question: str, level: Level = Level.PLAIN, leaflet: Leaflet = Leaflet.OTHER, lang: str | None = None
) -> Answer:
    """Return the answer to a question: quoted passages with their sources, or that there is none."""
    from companion.content import search

    return search.index(resources.root(), lang or language(), leaflet).ask(question, level)


class Reading:
    """What this person has read, kept in the record."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def read(self) -> frozenset[str]:
        """Return the slugs of the articles read to the end."""
        text = self._care.setting(READ)
        return frozenset(json.loads(text)) if text else frozenset()

    def mark(self, slug: str) -> None:
        """Remember that an article was read to the end."""
        known = self.read()
        if slug not in known:
            self._care.put_setting(READ, json.dumps(sorted(known | {slug})))

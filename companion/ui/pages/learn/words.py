"""What stands around the words of an article, in the language it is read in: names, labels, source lines."""

from __future__ import annotations

import re
from datetime import date

from companion.domain.articles import Article, Level, Source
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui.widgets.article_view_popover import Note
from companion.ui.widgets.article_view_text import Kind, Span
from companion.wording import dates, phrasebook

LEVELS = tuple(Level)
_SHORT = 64
"""How many letters of a title are enough to know it."""
_BRACKETS = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$")


class ReadingWords:
    """Words for one reading language and one reader's leaflet."""

    def __init__(self, lang: str, leaflet: Leaflet) -> None:
        self.lang = lang
        self._own = leaflet
        self.book = phrasebook(lang)

    def say(self, key: str, /, **values: object) -> str:
        """Return a phrase in the reading language."""
        return self.book.say(key, **values)

    def day(self, day: date) -> str:
        """Return a day, such as 21 November 2026."""
        return dates.long_day(day, self.book)

    # The text asks these

    def describe(self, span: Span) -> tuple[str, str]:
        """Return the accessible name and description of a stretch that can be pressed."""
        if span.kind is Kind.TERM:
            term = learning.glossary(self.lang).get(span.targets[0])
            return self.say("learn.term", words=span.words), term.text if term else ""
        if span.kind is Kind.ARTICLE:
            found = learning.article(span.targets[0].partition("#")[0], self.lang)
            title = found.title if found else ""
            return self.say("learn.link", words=span.words), self.say("learn.link_to", title=title)
        known = learning.sources()
        cited = [known[each] for each in span.targets if each in known]
        numbers = span.words.replace(",", ", ")
        names = "; ".join(self.short(each) for each in cited)
        return (
            self.say("learn.source", count=len(cited), numbers=numbers, names=names),
            " ".join(map(self.more, cited)),
        )

    def leaflet(self, leaflet: Leaflet) -> str:
        """Return the label of a block for the readers of one leaflet."""
        own = "own" if leaflet is self._own else "other"
        return self.say(f"learn.leaflet.{own}.{leaflet.value}")

    def place(self, number: int, of: int) -> str:
        """Return how a screen reader is told which section begins."""
        return self.say("learn.section_of", number=number, of=of)

    # Sources and dates

    def short(self, source: Source) -> str:
        """Return which source it is in a few words and its year: what tells it from the next one in a row of marks."""
        title = short_title(source.title)
        if source.year is None or str(source.year) in title:
            return title
        return self.say("learn.source_short", title=title, year=source.year)

    def source_line(self, source: Source) -> str:
        """Return title, publisher, year and the day of the check in one line."""
        return self.say(
            "learn.source_line", title=source.title, where=self.published(source), day=self.day(source.checked)
        )

    def more(self, source: Source) -> str:
        """Return what :meth:`short` left out: the publisher, the day of the check, and a title that was cut."""
        if short_title(source.title) != source.title:
            return self.source_line(source)
        return self.say("learn.source_more", where=source.publisher, day=self.day(source.checked))

    def published(self, source: Source) -> str:
        """Return publisher and year."""
        if source.year is None:
            return self.say("learn.published_undated", publisher=source.publisher)
        return self.say("learn.published", publisher=source.publisher, year=source.year)

    def notes(self, span: Span) -> list[Note]:
        """Return what the card of a term or a source mark says."""
        if span.kind is Kind.TERM:
            term = learning.glossary(self.lang).get(span.targets[0])
            return [Note(term.term[:1].upper() + term.term[1:], term.text)] if term else []
        if span.kind is Kind.SOURCE:
            known = learning.sources()
            return [self.source_note(known[each]) for each in span.targets if each in known]
        return []

    def source_note(self, source: Source) -> Note:
        """Return one source as an entry of a card."""
        return Note(
            source.title,
            self.published(source),
            source.address,
            self.say("learn.checked", day=self.day(source.checked)),
        )

    def cite(self, sources: tuple[str, ...]) -> str:
        """Return one line that names sources and the day of their check; for below a picture."""
        known = learning.sources()
        cited = [known[each] for each in sources if each in known]
        if not cited:
            return ""
        names = "; ".join(self.published(source) if source.year else source.publisher for source in cited)
        oldest = min(source.checked for source in cited)
        return self.say("mechanism.sources", count=len(cited), list=names, day=self.day(oldest))

    def review(self, article: Article) -> str:
        """Return who has and who has not looked at an article."""
        return self.say(f"learn.review.{article.review}", day=self.day(article.checked))

    def minutes(self, article: Article) -> str:
        """Return how long an article takes to read."""
        return self.say("learn.minutes", count=article.minutes)


def short_title(title: str) -> str:
    """Return a title; of a long one without what stands in brackets at its end, and cut at a word if need be."""
    if len(title) <= _SHORT:
        return title
    kept = _BRACKETS.sub("", title).strip() or title
    if len(kept) <= _SHORT:
        return kept
    return kept[: _SHORT + 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

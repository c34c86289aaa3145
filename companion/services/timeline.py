"""Everything that was noted in one list, searched as it is typed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from companion.domain.care import CareEntry
from companion.domain.dosing import Application
from companion.domain.folding import folded
from companion.domain.moments import DAY, Clock, instant_of, zone_info
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.timeline import ALL, EntryKind, Filter, Item, Page
from companion.domain.treatment import Tube
from companion.services.journal import symptom_name
from companion.wording import language, say
from companion.wording.places import place_name

if TYPE_CHECKING:
    from companion.storage.record import Record
    from companion.storage.stores.timeline import Line, Lines, Span
    from companion.storage.unit_of_work import UnitOfWork

NOON = time(12)


class Timeline:
    """The timeline of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock
        self._lines: Lines | None = None
        self._names: tuple[str, str, dict[int, str]] = ("", "", {})

    def page(self, wanted: Filter = ALL, before: datetime | None = None, limit: int = 50) -> Page:
        """Return the newest items before ``before``: ``limit``, and all of the last one's instant."""
        if limit < 1:
            raise ValueError("a page has at least one item")
        words = folded(wanted.text).split()
        with self._record.unit_of_work() as work:
            if words:
                return self._found(work, wanted, words, before, limit)
            return self._read(work, wanted, before, limit)

    def counts(self, wanted: Filter = ALL) -> Mapping[EntryKind, int]:
        """Return how many items of each kind answer to ``wanted``, whatever kinds it names; none is left out."""
        words = folded(wanted.text).split()
        with self._record.unit_of_work() as work:
            if words:
                return Counter(line.kind for line in self._hits(work, wanted, words))
            span = self._span(wanted)
            counts = work.timeline.counts(span)
            tubes = sum(1 for _ in self._tubes(work, span))
        return {**counts, EntryKind.TUBE: tubes} if tubes else counts

    def warm(self) -> None:
        """Read what a search looks through, so that the first letter is as quick as the others; for the background."""
        with self._record.unit_of_work() as work:
            self._refreshed(work)

    def _read(self, work: UnitOfWork, wanted: Filter, before: datetime | None, limit: int) -> Page:
        kinds, span = wanted.kinds or frozenset(EntryKind), self._span(wanted)
        found, more = work.timeline.page(kinds, span, limit + 1, before)
        items = [_item(each) for each in found]
        if EntryKind.TUBE in kinds:
            items += [item for item in self._tubes(work, span) if before is None or item.at < before]
        items.sort(key=_newness, reverse=True)
        cut = _with_ties([item.at for item in items], limit)
        left = more or cut < len(items)
        return Page(tuple(items[:cut]), items[cut - 1].at if left and cut else None)

    def _found(self, work: UnitOfWork, wanted: Filter, words: list[str], before: datetime | None, limit: int) -> Page:
        from companion.storage.stores.timeline import table_of

        hits: list[Line] = []
        more = False
        for line in self._hits(work, wanted, words):
            if (wanted.kinds and line.kind not in wanted.kinds) or (before is not None and line.at >= before):
                continue
            if len(hits) >= limit and line.at != hits[-1].at:
                more = True
                break
            hits.append(line)
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for line in hits:
            if line.kind is not EntryKind.TUBE:
                ids[table_of(line.kind)].add(line.id)
        entries = work.timeline.listed(ids)
        tubes = {item.id: item for item in self._tubes(work, self._span(wanted))}
        items = (
            tubes[line.id] if line.kind is EntryKind.TUBE else _item(entries[table_of(line.kind), line.id])
            for line in hits
        )
        return Page(tuple(items), hits[-1].at if more else None)

    def _hits(self, work: UnitOfWork, wanted: Filter, words: list[str]) -> Iterator[Line]:
        """Go through the lines that hold every word, of any kind, newest first."""
        span = self._span(wanted)
        first, *others = words
        for line in self._refreshed(work):
            if first not in line.text or not all(word in line.text for word in others):
                continue
            if (span.first is not None and line.at < span.first) or (span.end is not None and line.at >= span.end):
                continue
            if not span.places or not span.places.isdisjoint(line.places):
                yield line

    def _refreshed(self, work: UnitOfWork) -> list[Line]:
        from companion.storage.stores.timeline import Line, Lines

        places = {place.id: place_name(place) for place in work.places.all(include_archived=True)}
        names = (language(), self._clock.zone(), places)
        if self._lines is None or self._names != names:
            self._lines, self._names = Lines(), names
        named = _namer()

        def tubes() -> list[Line]:
            found = [(item, item.entry) for item in self._tubes(work, self._span(ALL))]
            name = named(EntryKind.TUBE, "")
            return [
                Line(item.at, item.kind, tube.id, (), folded(f"{name}\n{tube.lot}"))
                for item, tube in found
                if isinstance(tube, Tube)
            ]

        work.timeline.refresh(self._lines, named, places, tubes)
        return self._lines.newest_first

    def _tubes(self, work: UnitOfWork, span: Span) -> Iterator[Item]:
        """Go through the tubes of a span. They are of no place."""
        if span.places:
            return
        zone = self._clock.zone()
        for tube in work.tubes.all():
            at = instant_of(tube.opened_on, NOON, zone) or self._midnight(tube.opened_on)
            if (span.first is None or at >= span.first) and (span.end is None or at < span.end):
                yield Item(EntryKind.TUBE, at, zone, tube)

    def _span(self, wanted: Filter) -> Span:
        from companion.storage.stores.timeline import Span

        return Span(
            self._midnight(wanted.first) if wanted.first and wanted.first.year > MINYEAR else None,
            self._midnight(wanted.last + DAY) if wanted.last and wanted.last.year < MAXYEAR else None,
            wanted.places,
        )

    def _midnight(self, day: date) -> datetime:
        zone = self._clock.zone()
        return instant_of(day, time(0), zone) or datetime.combine(day, time(0), zone_info(zone)).astimezone(UTC)


def _namer() -> Callable[[EntryKind, str], str]:
    """Return what gives the words a search finds an entry by, besides those written in it."""

    @cache
    def named(kind: EntryKind, code: str) -> str:
        name = say(f"care.kind.{kind.value}")
        if kind is EntryKind.SYMPTOM:
            return f"{name}\n{symptom_name(code)}"
        room = _CHOICES.get(kind)
        return f"{name}\n{say(f'care.{room}.{code}')}" if room is not None else name

    return named


_CHOICES = {
    EntryKind.LIGHT: "device",
    EntryKind.TREATMENT: "form",
    EntryKind.SKIN_DAY: "on_skin",
    EntryKind.NOTICING: "level",
}


def _item(entry: SymptomEntry | NoteEntry | CareEntry | Application) -> Item:
    match entry:
        case SymptomEntry():
            kind = EntryKind.SYMPTOM
        case NoteEntry():
            kind = EntryKind.NOTE
        case Application():
            kind = EntryKind.APPLICATION
        case CareEntry():
            kind = EntryKind(entry.kind.value)
    return Item(kind, entry.at, entry.zone, entry)


def _newness(item: Item) -> tuple[datetime, str, int]:
    return item.at, item.kind, item.id


def _with_ties(instants: list[datetime], limit: int) -> int:
    """Return how many of ``instants``, newest first, make a page: ``limit``, and those of the last one's instant."""
    cut = min(limit, len(instants))
    while 0 < cut < len(instants) and instants[cut] == instants[cut - 1]:
        cut += 1
    return cut

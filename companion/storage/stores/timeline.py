"""All kinds of entries in one order: pages of them, how many there are, and what a search looks through.

A search reads every text there is. They are folded once and kept by whoever searches, for as long as nothing is
written: the hundredth letter typed costs no reading. An index in the database would hold every word a second time,
and keep words in it that were deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, Text, bindparam, func, select

from companion.domain import care
from companion.domain.care import CareEntry, CareKind
from companion.domain.dosing import Application
from companion.domain.folding import folded
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.timeline import CARE_KINDS, EntryKind
from companion.domain.values import value
from companion.storage import care_rows, rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Pages, Row, Store, columns_of
from companion.storage.tables import application, care_entry, note, symptom
from companion.storage.values import ids_out, instant_out

Timed = SymptomEntry | NoteEntry | CareEntry | Application
"""The entries that have an instant. Tubes have a day only, and are few."""


@value
class Span:
    """Entries from ``first`` (included) to ``end`` (not included) that name one of ``places``, if any is given."""

    first: datetime | None = None
    end: datetime | None = None
    places: frozenset[int] = frozenset()


class Line(NamedTuple):
    """What a search knows of an entry: when it is, what it is, where, and all that is written in it, folded."""

    at: datetime
    kind: EntryKind
    id: int
    places: tuple[int, ...]
    text: str


Named = Callable[[EntryKind, str], str]
"""What a kind of entry, and the code that was chosen in it, are called in words."""


class Lines:
    """What searches look through: made by :meth:`Timeline.refresh`, newest first."""

    def __init__(self) -> None:
        self.newest_first: list[Line] = []
        self.version = -1
        self.known: dict[tuple[str, int], tuple[tuple[Any, ...], Line]] = {}


@value
class _Source:
    """A table, how a row of it becomes an entry, and which rows are of the timeline."""

    table: Table
    columns: tuple[str, ...]
    build: Callable[[Row], Timed]
    kept: ColumnElement[bool]


def _binned(table: Table, columns: Collection[str], build: Callable[[Row], Timed]) -> _Source:
    return _Source(table, tuple(columns), build, table.c.deleted_at.is_(None))


_SOURCES = {
    "symptom": _binned(symptom, rows.SYMPTOM, rows.symptom),
    "note": _binned(note, rows.NOTE, rows.note),
    "care_entry": _binned(care_entry, care_rows.CARE, care_rows.entry),
    "application": _Source(application, tuple(rows.APPLICATION), rows.application, application.c.note != ""),
}
_CARE = "care_entry"


def table_of(kind: EntryKind) -> str:
    """Return the table an entry of a kind lies in."""
    return _CARE if kind in CARE_KINDS else kind.value


def _elements(name: str) -> Any:
    return func.json_each(bindparam(name, type_=Text)).table_valued("value", name=f"those_{name}").c.value


@value
class _Narrow:
    """Which of the conditions of a span a statement has."""

    first: bool
    end: bool
    places: bool
    kinds: bool = False

    def of(self, source: _Source, core: Select[Any]) -> Select[Any]:
        """Return ``core`` with the conditions."""
        c = source.table.c
        core = core.where(source.kept)
        if self.first:
            core = core.where(c.at >= bindparam("first"))
        if self.end:
            core = core.where(c.at < bindparam("end"))
        if self.kinds:
            core = core.where(c.kind.in_(select(_elements("kinds"))))
        if self.places:
            listed = func.json_each(c.places).table_valued("value", name="listed").c.value
            core = core.where(select(listed).where(listed.in_(select(_elements("places")))).exists())
        return core


@cache
def _pages(name: str, narrow: _Narrow) -> Pages:
    source = _SOURCES[name]
    c = source.table.c
    core = select(*columns_of(source.table, source.columns)).order_by(c.at.desc(), c.id.desc())
    return Pages(narrow.of(source, core), c.at)


@cache
def _counted(name: str, narrow: _Narrow) -> Statement:
    source = _SOURCES[name]
    if name != _CARE:
        return Statement(narrow.of(source, select(func.count()).select_from(source.table)))
    kind = source.table.c.kind
    return Statement(narrow.of(source, select(kind, func.count())).group_by(kind))


@cache
def _listed(name: str) -> Statement:
    source = _SOURCES[name]
    core = select(*columns_of(source.table, source.columns))
    return Statement(core.where(source.kept, source.table.c.id.in_(select(_elements("ids")))))


def _texts(name: str, columns: str) -> Statement:
    source = _SOURCES[name]
    return Statement(select(*columns_of(source.table, ("id", "at", *columns.split()))).where(source.kept))


_TEXTS = {
    "symptom": _texts("symptom", "places code note action"),
    "note": _texts("note", "text"),
    "care_entry": _texts("care_entry", "places kind value note"),
    "application": _texts("application", "places note"),
}
_VERSION = Statement(select(func.total_changes()))


class Timeline(Store):
    """Side effects, notes, care and the notes on applications in one list."""

    def page(
        self, kinds: Collection[EntryKind], span: Span, limit: int, before: datetime | None
    ) -> tuple[list[Timed], bool]:
        """Return, in no order, at least the newest ``limit`` entries before ``before``, with all of an instant.

        And whether a kind may have more than was read.
        """
        found: list[Timed] = []
        more = False
        for name, narrow, values in self._asked(kinds, span):
            read = self._page(_SOURCES[name].build, _pages(name, narrow), limit, before, values)
            more = more or len(read) >= limit
            found += read
        return found, more

    def counts(self, span: Span) -> dict[EntryKind, int]:
        """Return how many entries of each kind there are; kinds of which there are none are left out."""
        found: dict[EntryKind, int] = {}
        for name, narrow, values in self._asked(frozenset(EntryKind), span):
            for row in self._session.rows(_counted(name, narrow), values):
                kind = EntryKind(row[0].value) if name == _CARE else EntryKind(name)
                found[kind] = int(row[-1])
        return {kind: count for kind, count in found.items() if count}

    def listed(self, wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], Timed]:
        """Return the entries with these ids, by table and id; those that are gone are left out."""
        found: dict[tuple[str, int], Timed] = {}
        for name, ids in wanted.items():
            for each in self._all(_SOURCES[name].build, _listed(name), {"ids": json.dumps(sorted(ids))}):
                found[name, each.id] = each
        return found

    def refresh(self, lines: Lines, named: Named, places: Mapping[int, str], others: Callable[[], list[Line]]) -> None:
        """Bring ``lines`` up to date; nothing is read when nothing was written since the last time.

        ``places`` are the names of the places, which are looked through too; ``others`` gives the lines of what has
        no instant.
        """
        ((version,),) = self._session.rows(_VERSION, {})
        if version == lines.version:
            return
        names = {str(number): name for number, name in places.items()}
        known: dict[tuple[str, int], tuple[tuple[Any, ...], Line]] = {}
        for name, statement in _TEXTS.items():
            for raw in self._session.run(statement, {}):  # as it lies: most of it is known already
                key = (name, raw[0])
                before = lines.known.get(key)
                known[key] = before if before and before[0] == raw else (raw, _line(name, raw, named, names))
        lines.known = known
        lines.newest_first = sorted([*others(), *(line for _, line in known.values())], key=newness, reverse=True)
        lines.version = version

    @staticmethod
    def _asked(kinds: Collection[EntryKind], span: Span) -> list[tuple[str, _Narrow, dict[str, Any]]]:
        """Return which tables to ask, under which conditions, with which values."""
        given = {"first": span.first, "end": span.end}
        values: dict[str, Any] = {name: bound for name, bound in given.items() if bound is not None}
        if span.places:
            values["places"] = json.dumps(sorted(span.places))
        narrow = _Narrow(span.first is not None, span.end is not None, bool(span.places))
        asked = []
        for name in _SOURCES:
            mine = [kind for kind in kinds if table_of(kind) == name]
            if not mine or (name == "note" and span.places):
                continue
            if name == _CARE and len(mine) < len(CareKind):
                chosen = json.dumps(sorted(kind.value for kind in mine))
                narrowed = _Narrow(narrow.first, narrow.end, narrow.places, kinds=True)
                asked.append((name, narrowed, {**values, "kinds": chosen}))
            else:
                asked.append((name, narrow, values))
        return asked


def newness(line: Line) -> tuple[datetime, str, int]:
    """Return what lines are sorted by."""
    return line.at, line.kind, line.id


def _line(name: str, raw: tuple[Any, ...], named: Named, names: Mapping[str, str]) -> Line:
    number, at, *rest = raw
    kind, code, texts = _KIND_OF[name], "", [rest[-1]]
    if name == "symptom":
        code, texts = rest[1], rest[2:]
    elif name == _CARE:
        known = _alike if rest[1] in _CHOSEN_ONLY else _fact
        kind, code, typed = known(rest[1], rest[2], rest[0])
        texts = [typed, rest[3]]
    if name == "note" or rest[0] == "[]":
        return Line(instant_out(at), kind, number, (), folded("\n".join((named(kind, code), *texts))))
    places = _ids(rest[0])
    where = [names.get(str(place), "") for place in places]
    return Line(instant_out(at), kind, number, places, folded("\n".join((named(kind, code), *where, *texts))))


_KIND_OF = {
    "symptom": EntryKind.SYMPTOM,
    "note": EntryKind.NOTE,
    "care_entry": EntryKind.TREATMENT,
    "application": EntryKind.APPLICATION,
}
_ids = lru_cache(maxsize=256)(ids_out)


def _fact(kind: str, stored: str, places: str) -> tuple[EntryKind, str, str]:
    """Return the kind of a stored fact, what was chosen in it, and what was typed."""
    what = care_rows.fact_out(CareKind(kind), stored, _ids(places))
    return EntryKind(kind), care.choice(what), care.typed(what)


# Many of these are alike. Of the others nothing is kept here: what a person typed is gone with the record.
_CHOSEN_ONLY = frozenset({CareKind.LIGHT, CareKind.SKIN_DAY, CareKind.ESTIMATE, CareKind.NOTICING})
_alike = lru_cache(maxsize=512)(_fact)

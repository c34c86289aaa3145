"""Tables of everything else a treatment is made of, as :mod:`companion.export.csv` writes them: one file a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from companion.domain.care import (
    CareEntry,
    CareKind,
    Estimate,
    Fact,
    LightSession,
    Noticing,
    OtherTreatment,
    Prescription,
    Score,
    SkinDay,
    Visit,
)
from companion.domain.moments import local
from companion.export.csv import Table, Value, listed

_WHEN = ("id", "day", "at", "zone")
_WHERE = ("place_ids", "places")


def tables(entries: Iterable[CareEntry], names: Mapping[int, str]) -> tuple[Table, ...]:
    """Return one table for each kind, also for those of which there is none; ``names`` is what each place is called.

    A score has one row a region; its handprints times its percent are its points.
    """
    by_kind: dict[CareKind, list[CareEntry]] = {kind: [] for kind in CareKind}
    for each in entries:
        by_kind[each.kind].append(each)
    made = []
    for kind, (name, columns, cells) in _KINDS.items():
        where = _WHERE if kind not in (CareKind.SCORE, CareKind.VISIT) else ()
        rows = tuple(
            (*_when(each), *(listed(each.places, names) if where else ()), *told, each.note)
            for each in by_kind[kind]
            for told in cells(each.what, each)
        )
        made.append(Table(name, (*_WHEN, *where, *columns, "note"), rows))
    return tuple(made)


def prescription(facts: Prescription) -> Table:
    """Return what stands on the prescription, one row for each fact that was written."""
    told: list[tuple[Value, ...]] = [(each.name, getattr(facts, each.name)) for each in fields(Prescription)]
    return Table("prescription", ("fact", "value"), tuple(row for row in told if row[1]))


def _when(each: CareEntry) -> tuple[Value, ...]:
    return each.id, each.day, local(each.at, each.zone), each.zone


Cells = Callable[[Fact, CareEntry], Iterable[tuple[Value, ...]]]


def _light(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, LightSession)
    return [(what.device.value, what.minutes)]


def _treatment(what: Fact, entry: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, OtherTreatment)
    return [(entry.ended_on, what.name, what.form.value)]


def _skin_day(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, SkinDay)
    return [(what.what.value,)]


def _estimate(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, Estimate)
    return [(what.handprints,)]


def _score(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, Score)
    return [
        (each.region.value, each.units, each.percent, each.points, what.face_included, what.by) for each in what.regions
    ]


def _noticing(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, Noticing)
    return [(what.level,)]


def _visit(what: Fact, _: CareEntry) -> Iterable[tuple[Value, ...]]:
    assert isinstance(what, Visit)
    return [(what.asked, what.said, what.next_on)]


_KINDS: dict[CareKind, tuple[str, tuple[str, ...], Cells]] = {
    CareKind.LIGHT: ("light_sessions", ("device", "minutes"), _light),
    CareKind.TREATMENT: ("other_treatments", ("ended_on", "name", "form"), _treatment),
    CareKind.SKIN_DAY: ("skin_days", ("what",), _skin_day),
    CareKind.ESTIMATE: ("estimates", ("handprints",), _estimate),
    CareKind.SCORE: (
        "scores", ("region", "handprints", "percent", "points", "face_included", "scored_by"), _score,
    ),
    CareKind.NOTICING: ("noticing", ("level",), _noticing),
    CareKind.VISIT: ("visits", ("asked", "said", "next_on"), _visit),
}  # fmt: skip

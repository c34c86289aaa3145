"""Entries of care and of the history of edits as rows, both ways. Kept apart from ``rows``: the start needs none.

A fact lies as a JSON object; a decimal is TEXT in it, because a quarter must stay a quarter. The place of an estimate
is the entry's only place and not told twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from companion.domain.care import (
    CareEntry,
    CareKind,
    Device,
    Estimate,
    Fact,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.history import Kept, Noun
from companion.storage import rows
from companion.storage.rows import Decoder, Row, decoded
from companion.storage.values import day_out, decimal_in, decimal_out, ids_out, instant_out

CARE: dict[str, Decoder] = {
    "id": None,
    "kind": CareKind,
    "at": instant_out,
    "zone": None,
    "day": day_out,
    "ended_on": day_out,
    "places": ids_out,
    "value": None,
    "note": None,
    "help_shown_at": instant_out,
    "deleted_at": instant_out,
}

KEPT: dict[Noun, tuple[dict[str, Decoder], Callable[[Row], Kept]]]
"""Of each noun with a history, its columns and how a row of them becomes a value."""


def fact_in(what: Fact) -> str:
    """Return a fact as it is stored."""
    return json.dumps(_object(what), ensure_ascii=False, separators=(",", ":"))


def fact_out(kind: CareKind, stored: str, places: tuple[int, ...]) -> Fact:
    """Return a stored fact of ``kind`` that was noted at ``places``."""
    return _FACTS[kind](json.loads(stored), places)


def entry(row: Row) -> CareEntry:
    """Return an entry from a row of ``CARE``."""
    number, kind, at, zone, day, ended_on, places, stored, note, help_shown_at, deleted_at = row
    what = fact_out(kind, stored, places)
    return CareEntry(number, what, at, zone, day, ended_on, places, note, help_shown_at, deleted_at is not None)


def kept(noun: Noun, before: str) -> Kept:
    """Return an entry as a row of the history holds it: its columns as a JSON object, as they were stored."""
    columns, build = KEPT[noun]
    stored = json.loads(before)
    return build(decoded(columns, [stored.get(name) for name in columns]))


def _object(what: Fact) -> dict[str, Any]:
    match what:
        case LightSession(device, minutes):
            return {"device": device.value, "minutes": _decimal(minutes)}
        case OtherTreatment(name, form):
            return {"name": name, "form": form.value}
        case SkinDay(on_skin):
            return {"what": on_skin.value}
        case Estimate(_, handprints):
            return {"handprints": decimal_in(handprints)}
        case Score(regions, face_included, by):
            lines = [[each.region.value, decimal_in(each.units), each.percent] for each in regions]
            return {"regions": lines, "face_included": face_included, "by": by}
        case Noticing(level):
            return {"level": level}
        case Visit(asked, said, next_on):
            return {"asked": asked, "said": said, "next_on": next_on.isoformat() if next_on else None}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else decimal_in(number)


def _light(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    minutes = stored["minutes"]
    return LightSession(Device(stored["device"]), None if minutes is None else decimal_out(minutes))


def _treatment(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    return OtherTreatment(stored["name"], Form(stored["form"]))


def _skin_day(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    return SkinDay(OnSkin(stored["what"]))


def _estimate(stored: Mapping[str, Any], places: tuple[int, ...]) -> Fact:
    return Estimate(places[0], decimal_out(stored["handprints"]))


def _score(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    lines = tuple(RegionScore(ScoreRegion(of), decimal_out(units), share) for of, units, share in stored["regions"])
    return Score(lines, stored["face_included"], stored["by"])


def _noticing(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    return Noticing(stored["level"])


def _visit(stored: Mapping[str, Any], _: tuple[int, ...]) -> Fact:
    next_on = stored["next_on"]
    return Visit(stored["asked"], stored["said"], date.fromisoformat(next_on) if next_on else None)


_FACTS: dict[CareKind, Callable[[Mapping[str, Any], tuple[int, ...]], Fact]] = {
    CareKind.LIGHT: _light,
    CareKind.TREATMENT: _treatment,
    CareKind.SKIN_DAY: _skin_day,
    CareKind.ESTIMATE: _estimate,
    CareKind.SCORE: _score,
    CareKind.NOTICING: _noticing,
    CareKind.VISIT: _visit,
}

KEPT = {
    Noun.SYMPTOM: (rows.SYMPTOM, rows.symptom),
    Noun.NOTE: (rows.NOTE, rows.note),
    Noun.TUBE: (rows.TUBE, rows.tube),
    Noun.CARE_ENTRY: (CARE, entry),
    Noun.APPLICATION: (rows.APPLICATION, rows.application),
}

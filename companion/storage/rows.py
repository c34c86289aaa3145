"""Rows as values of the domain. The start page and the stores build them here, from the same columns in one order.

A row holds decoded values (see ``values``): SQLAlchemy's column types decode for the stores, :func:`decoded` does for
plain SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from companion.domain.dosing import Application, Outcome
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part, Slot
from companion.domain.photos import Photo, PhotoKind, TakenSource
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.reminders import Key, Kind, Told
from companion.domain.treatment import Pause, Place, Times, Treatment, Tube
from companion.storage.values import day_out, decimal_out, ids_out, instant_out, time_out, weekdays_out

Decoder = Callable[[Any], Any] | None
Row = Sequence[Any]

TREATMENT: dict[str, Decoder] = {"id": None, "leaflet": Leaflet, "started_on": day_out, "ended_on": day_out}
TIMES: dict[str, Decoder] = {
    "valid_from": day_out,
    "morning": time_out,
    "evening": time_out,
    "other_days": weekdays_out,
    "other_morning": time_out,
    "other_evening": time_out,
}
PAUSE: dict[str, Decoder] = {"id": None, "first_day": day_out, "last_day": day_out}
PLACE: dict[str, Decoder] = {
    "id": None,
    "region": None,
    "label": None,
    "handprints": decimal_out,
    "intimate": bool,
    "treated": bool,
    "archived": bool,
}
APPLICATION: dict[str, Decoder] = {
    "id": None,
    "day": day_out,
    "part": Part,
    "outcome": Outcome,
    "at": instant_out,
    "zone": None,
    "places": ids_out,
    "grams": None,
    "note": None,
    "ordinal": None,
}
SYMPTOM: dict[str, Decoder] = {
    "id": None,
    "code": None,
    "at": instant_out,
    "zone": None,
    "bad": None,
    "bothers": None,
    "places": ids_out,
    "ended_on": day_out,
    "action": None,
    "told_doctor": bool,
    "note": None,
    "help_shown_at": instant_out,
    "deleted_at": instant_out,
}
NOTE: dict[str, Decoder] = {
    "id": None,
    "at": instant_out,
    "zone": None,
    "text": None,
    "help_shown_at": instant_out,
    "deleted_at": instant_out,
}
TUBE: dict[str, Decoder] = {
    "id": None,
    "grams": None,
    "opened_on": day_out,
    "finished_on": day_out,
    "lot": None,
    "expires_on": day_out,
    "crystals": bool,
}
REMINDER: dict[str, Decoder] = {
    "kind": Kind,
    "day": day_out,
    "part": Part,
    "stage": None,
    "told_at": instant_out,
    "snoozed_until": instant_out,
}
PHOTO: dict[str, Decoder] = {
    "id": None,
    "place_id": None,
    "taken_at": instant_out,
    "zone": None,
    "taken_source": TakenSource,
    "kind": PhotoKind,
    "picture_format": None,
    "width": None,
    "height": None,
    "original": None,
    "display": None,
    "thumbnail": None,
    "raw_hash": None,
    "stored_hash": None,
    "imported_at": instant_out,
    "note": None,
    "deleted_at": instant_out,
}


def decoded(columns: dict[str, Decoder], row: Row) -> list[Any]:
    """Return a raw row of ``columns`` with its values decoded."""
    return [
        value if value is None or decode is None else decode(value)
        for decode, value in zip(columns.values(), row, strict=True)
    ]


def times(row: Row) -> Times:
    """Return a pair of daily times from a row of ``TIMES``."""
    return Times(*row)


def pause(row: Row) -> Pause:
    """Return a pause from a row of ``PAUSE``."""
    return Pause(*row)


def treatment(row: Row, history: Iterable[Times], pauses: Iterable[Pause]) -> Treatment:
    """Return a treatment from a row of ``TREATMENT``, its times and its pauses, oldest first."""
    number, leaflet, started_on, ended_on = row
    return Treatment(number, leaflet, started_on, tuple(history), ended_on, tuple(pauses))


def place(row: Row) -> Place:
    """Return a place from a row of ``PLACE``."""
    return Place(*row)


def application(row: Row) -> Application:
    """Return an application from a row of ``APPLICATION``."""
    number, day, part, *rest = row
    return Application(number, Slot(day, part), *rest)


def symptom(row: Row) -> SymptomEntry:
    """Return a noted side effect from a row of ``SYMPTOM``."""
    return SymptomEntry(*_deleted(row))


def note(row: Row) -> NoteEntry:
    """Return a note from a row of ``NOTE``."""
    return NoteEntry(*_deleted(row))


def tube(row: Row) -> Tube:
    """Return a tube from a row of ``TUBE``."""
    return Tube(*row)


def told(row: Row) -> Told:
    """Return what is known of a reminder from a row of ``REMINDER``."""
    kind, day, part, *rest = row
    return Told(Key(kind, day, part), *rest)


def photo(row: Row) -> Photo:
    """Return a photo from a row of ``PHOTO``."""
    return Photo(*_deleted(row))


def _deleted(row: Row) -> list[Any]:
    """Return the row with whether it was thrown away, instead of when, at its end."""
    return [*row[:-1], row[-1] is not None]

"""The tables as they are now. How a record got here is in ``migrations``; a test proves that both say the same.

Every table is strict (SQLite refuses a value of another type) and every constraint has a name, so that a later
migration can speak of it. Ids are never used twice: an entry that was taken away can come back under its own.
Columns holding places are lists, not link tables: what was said then stays as it was said.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)

from companion.domain.care import CareKind
from companion.domain.dosing import Outcome
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part
from companion.domain.nouns import Noun
from companion.domain.photos import PhotoKind, TakenSource
from companion.domain.reminders import Kind
from companion.storage.column_types import (
    CivilDay,
    DecimalText,
    Flag,
    IdList,
    OneOf,
    UtcDateTime,
    WallTime,
    Weekdays,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"
_TIME = "GLOB '[0-2][0-9]:[0-5][0-9]'"


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _words(column: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{each.value}'" for each in words)
    return CheckConstraint(f"{column} IN ({listed})", column)


def _flag(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN (0, 1)", column)


def _day(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} {_DAY}", column)


def _ids(column: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({column}) AND json_type({column}) = 'array'", column)


def _object(column: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({column}) AND json_type({column}) = 'object'", column)


_KEPT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

treatment = Table(
    "treatment",
    metadata,
    _id(),
    Column("leaflet", OneOf(Leaflet), nullable=False),
    Column("started_on", CivilDay, nullable=False),
    Column("ended_on", CivilDay),
    _words("leaflet", Leaflet),
    _day("started_on"),
    _day("ended_on"),
    **_KEPT,
)

treatment_times = Table(
    "treatment_times",
    metadata,
    _id(),
    Column("treatment_id", Integer, ForeignKey("treatment.id"), nullable=False),
    Column("valid_from", CivilDay, nullable=False),
    Column("morning", WallTime, nullable=False),
    Column("evening", WallTime, nullable=False),
    Column("other_days", Weekdays, nullable=False),
    Column("other_morning", WallTime),
    Column("other_evening", WallTime),
    UniqueConstraint("treatment_id", "valid_from"),
    _day("valid_from"),
    CheckConstraint(f"morning {_TIME}", "morning"),
    CheckConstraint(f"evening {_TIME}", "evening"),
    CheckConstraint("other_days NOT GLOB '*[^1-7]*'", "other_days"),
    CheckConstraint(f"other_morning {_TIME}", "other_morning"),
    CheckConstraint(f"other_evening {_TIME}", "other_evening"),
    CheckConstraint(
        "(other_days = '') = (other_morning IS NULL) AND (other_days = '') = (other_evening IS NULL)", "other"
    ),
    **_KEPT,
)

treatment_pause = Table(
    "treatment_pause",
    metadata,
    _id(),
    Column("treatment_id", Integer, ForeignKey("treatment.id"), nullable=False),
    Column("first_day", CivilDay, nullable=False),
    Column("last_day", CivilDay),
    _day("first_day"),
    _day("last_day"),
    CheckConstraint("last_day >= first_day", "days"),
    **_KEPT,
)

place = Table(
    "place",
    metadata,
    _id(),
    Column("region", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("handprints", DecimalText, nullable=False),
    Column("intimate", Flag, nullable=False),
    Column("treated", Flag, nullable=False),
    Column("archived", Flag, nullable=False),
    Column("position", Integer, nullable=False),
    _flag("intimate"),
    _flag("treated"),
    _flag("archived"),
    **_KEPT,
)

application = Table(
    "application",
    metadata,
    _id(),
    Column("treatment_id", Integer, ForeignKey("treatment.id"), nullable=False),
    Column("day", CivilDay, nullable=False),
    Column("part", OneOf(Part), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("places", IdList, nullable=False),
    Column("grams", REAL),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    UniqueConstraint("treatment_id", "day", "part", "ordinal"),
    _day("day"),
    _words("part", Part),
    _words("outcome", Outcome),
    _ids("places"),
    CheckConstraint("ordinal >= 0", "ordinal"),
    CheckConstraint("grams > 0", "grams"),
    **_KEPT,
)
Index(None, application.c.day)
Index(None, application.c.at)
# The journal shows those with a note, and they are few.
Index("ix_application_noted", application.c.at, sqlite_where=application.c.note != "")

symptom = Table(
    "symptom",
    metadata,
    _id(),
    Column("code", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("bad", Integer),
    Column("bothers", Integer),
    Column("places", IdList, nullable=False),
    Column("ended_on", CivilDay),
    Column("action", Text, nullable=False),
    Column("told_doctor", Flag, nullable=False),
    Column("note", Text, nullable=False),
    Column("help_shown_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    CheckConstraint("bad BETWEEN 0 AND 3", "bad"),
    CheckConstraint("bothers BETWEEN 0 AND 3", "bothers"),
    _ids("places"),
    _day("ended_on"),
    _flag("told_doctor"),
    **_KEPT,
)
Index(None, symptom.c.at)

note = Table(
    "note",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("help_shown_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    **_KEPT,
)
Index(None, note.c.at)

tube = Table(
    "tube",
    metadata,
    _id(),
    Column("grams", Integer, nullable=False),
    Column("opened_on", CivilDay, nullable=False),
    Column("finished_on", CivilDay),
    Column("lot", Text, nullable=False),
    Column("expires_on", CivilDay),
    Column("crystals", Flag, nullable=False),
    Column("deleted_at", UtcDateTime),
    CheckConstraint("grams > 0", "grams"),
    _day("opened_on"),
    _day("finished_on"),
    _day("expires_on"),
    _flag("crystals"),
    **_KEPT,
)

care_entry = Table(
    "care_entry",
    metadata,
    _id(),
    Column("kind", OneOf(CareKind), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("day", CivilDay, nullable=False),
    Column("ended_on", CivilDay),
    Column("places", IdList, nullable=False),
    Column("value", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("help_shown_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    _words("kind", CareKind),
    _day("day"),
    _day("ended_on"),
    CheckConstraint("ended_on >= day", "days"),
    _ids("places"),
    _object("value"),
    **_KEPT,
)
Index(None, care_entry.c.at)
Index(None, care_entry.c.kind, care_entry.c.at)

edit_history = Table(
    "edit_history",
    metadata,
    _id(),
    Column("noun", OneOf(Noun), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("before", Text, nullable=False),
    _words("noun", Noun),
    _object("before"),
    **_KEPT,
)
Index(None, edit_history.c.noun, edit_history.c.row_id)

photo = Table(
    "photo",
    metadata,
    _id(),
    Column("place_id", Integer, ForeignKey("place.id")),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("zone", Text, nullable=False),
    Column("taken_source", OneOf(TakenSource), nullable=False),
    Column("kind", OneOf(PhotoKind), nullable=False),
    Column("picture_format", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("original", Text, nullable=False),
    Column("display", Text, nullable=False),
    Column("thumbnail", Text, nullable=False),
    Column("raw_hash", Text, nullable=False),
    Column("stored_hash", Text, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("deleted_at", UtcDateTime),
    _words("taken_source", TakenSource),
    _words("kind", PhotoKind),
    CheckConstraint("width > 0 AND height > 0", "size"),
    **_KEPT,
)
# Only photos that are not in the bin: the newest of each place is found without reading the others, and the same
# picture can be taken in again after its copy was thrown away.
_HERE = photo.c.deleted_at.is_(None)
Index(None, photo.c.place_id, photo.c.taken_at, sqlite_where=_HERE)
Index(None, photo.c.taken_at, sqlite_where=_HERE)
Index(None, photo.c.raw_hash, unique=True, sqlite_where=_HERE)

reminder = Table(
    "reminder",
    metadata,
    _id(),
    Column("kind", OneOf(Kind), nullable=False),
    Column("day", CivilDay, nullable=False),
    Column("part", OneOf(Part)),
    Column("stage", Integer, nullable=False),
    Column("told_at", UtcDateTime),
    Column("snoozed_until", UtcDateTime),
    _words("kind", Kind),
    _day("day"),
    _words("part", Part),
    CheckConstraint("(kind = 'application') = (part IS NOT NULL)", "slot"),
    CheckConstraint("stage >= 0", "stage"),
    **_KEPT,
)
# Among the values of an index nothing is like nothing: without a word in its place, an errand could be there twice.
Index("ix_reminder_key", reminder.c.kind, reminder.c.day, func.coalesce(reminder.c.part, ""), unique=True)

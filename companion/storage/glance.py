"""What the start page and the reminders need, read in plain SQL: SQLAlchemy would cost more than the whole reading."""

from __future__ import annotations

import json
from datetime import date, datetime

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.dosing import Application
from companion.domain.glance import Glance, Watch
from companion.domain.photos import Photo
from companion.domain.treatment import KEPT_SINCE, Place, Treatment
from companion.storage import rows
from companion.storage.rows import Decoder, Row, decoded
from companion.storage.values import day_in, instant_in, instant_out


def _listed(columns: dict[str, Decoder], table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in columns)


_SETTINGS = "SELECT key, value FROM setting"
_TREATMENT = f"""
    SELECT {_listed(rows.TREATMENT, "treatment")},
        (SELECT json_group_array(json_array({_listed(rows.PAUSE, "pause")})) FROM (
            SELECT * FROM treatment_pause WHERE treatment_id = treatment.id ORDER BY first_day, id
        ) AS pause),
        {_listed(rows.TIMES, "treatment_times")}
    FROM (SELECT * FROM treatment ORDER BY started_on DESC, id DESC LIMIT 1) AS treatment
    JOIN treatment_times ON treatment_times.treatment_id = treatment.id
    ORDER BY treatment_times.valid_from"""
_PLACES = f"SELECT {_listed(rows.PLACE, 'place')} FROM place ORDER BY position, id"
_APPLICATIONS = f"""
    SELECT {_listed(rows.APPLICATION, "application")} FROM application
    WHERE day BETWEEN ? AND ? ORDER BY at, id"""
_LAST_APPLIED_UNTIL = f"""
    SELECT {_listed(rows.APPLICATION, "application")} FROM application
    WHERE outcome = 'applied' AND at <= ? ORDER BY at DESC, id DESC LIMIT 1"""
_LAST_APPLIED = f"""
    SELECT {_listed(rows.APPLICATION, "application")} FROM application
    WHERE outcome = 'applied' ORDER BY at DESC, id DESC LIMIT 1"""
_TUBE = f"""
    SELECT {_listed(rows.TUBE, "tube")}, coalesce(sum(application.grams), 0.0),
        count(application.id) - count(application.grams)
    FROM (
        SELECT * FROM tube WHERE finished_on IS NULL AND deleted_at IS NULL ORDER BY opened_on DESC, id DESC LIMIT 1
    ) AS tube
    LEFT JOIN application ON application.day >= tube.opened_on AND application.outcome = 'applied'
    GROUP BY tube.id"""
_SYMPTOMS = f"""
    SELECT {_listed(rows.SYMPTOM, "symptom")} FROM symptom
    WHERE deleted_at IS NULL ORDER BY at DESC, id DESC LIMIT 5"""
# One step into an index for each place, instead of reading every photo.
_PHOTOS = f"""
    SELECT {_listed(rows.PHOTO, "photo")}
    FROM (SELECT id FROM place UNION ALL SELECT NULL) AS here
    JOIN photo ON photo.id = (
        SELECT id FROM photo WHERE place_id IS here.id AND deleted_at IS NULL ORDER BY taken_at DESC, id DESC LIMIT 1
    )
    ORDER BY photo.taken_at DESC, photo.id DESC"""

_LAST_PHOTO = "SELECT max(taken_at) FROM photo WHERE deleted_at IS NULL"
_WATCHED = f"{_SETTINGS} WHERE key IN ('reminders', 'zone_seen', '{KEPT_SINCE}')"
_TOLD = f"""
    SELECT {_listed(rows.REMINDER, "reminder")} FROM reminder
    WHERE day >= ? OR kind <> 'application' ORDER BY day, id"""


def read_watch(
    connection: sqlcipher.Connection, first_day: date, last_day: date, until: datetime | None = None
) -> Watch:
    """Return what the reminders need of the record, with the applications of ``first_day`` to ``last_day``.

    The latest application is the latest up to ``until``, if that is given. Eight statements.
    """
    days = (day_in(first_day), day_in(last_day))
    tube = connection.execute(_TUBE).fetchone()
    (photo,) = connection.execute(_LAST_PHOTO).fetchone()
    if until is None:
        last = connection.execute(_LAST_APPLIED).fetchone()
    else:
        last = connection.execute(_LAST_APPLIED_UNTIL, (instant_in(until),)).fetchone()
    return Watch(
        settings=dict(connection.execute(_WATCHED).fetchall()),
        treatment=read_treatment(connection),
        places=read_places(connection),
        applications=tuple(_application(row) for row in connection.execute(_APPLICATIONS, days)),
        last_applied=None if last is None else _application(last),
        told=tuple(rows.told(decoded(rows.REMINDER, row)) for row in connection.execute(_TOLD, days[:1])),
        tube=None if tube is None else rows.tube(decoded(rows.TUBE, tube[:-2])),
        tube_noted_grams=0.0 if tube is None else tube[-2],
        tube_unnoted=0 if tube is None else tube[-1],
        last_photo_at=None if photo is None else instant_out(photo),
    )


def read_setting(connection: sqlcipher.Connection, key: str) -> str | None:
    """Return one setting, or ``None``."""
    row = connection.execute(f"{_SETTINGS} WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[1])


def read_glance(connection: sqlcipher.Connection, first_day: date, last_day: date) -> Glance:
    """Return what the start page needs of the record, with the applications of ``first_day`` to ``last_day``.

    Eight statements. Nobody else can write meanwhile (the record is held exclusively), so they tell of one moment.
    """
    places = read_places(connection)
    latest = [rows.photo(decoded(rows.PHOTO, row)) for row in connection.execute(_PHOTOS)]
    days = (day_in(first_day), day_in(last_day))
    last = connection.execute(_LAST_APPLIED).fetchone()
    tube = connection.execute(_TUBE).fetchone()
    return Glance(
        settings=dict(connection.execute(_SETTINGS).fetchall()),
        treatment=read_treatment(connection),
        places=places,
        applications=tuple(_application(row) for row in connection.execute(_APPLICATIONS, days)),
        last_applied=None if last is None else _application(last),
        tube=None if tube is None else rows.tube(decoded(rows.TUBE, tube[:-2])),
        tube_noted_grams=0.0 if tube is None else tube[-2],
        tube_unnoted=0 if tube is None else tube[-1],
        symptoms=tuple(rows.symptom(decoded(rows.SYMPTOM, row)) for row in connection.execute(_SYMPTOMS)),
        photos=_shown(latest, {each.id for each in places if not (each.intimate or each.archived)}),
        last_photo_at=latest[0].taken_at if latest else None,
    )


def read_places(connection: sqlcipher.Connection) -> tuple[Place, ...]:
    """Return every place, archived ones too, in the person's order."""
    return tuple(rows.place(decoded(rows.PLACE, row)) for row in connection.execute(_PLACES))


def _application(row: Row) -> Application:
    return rows.application(decoded(rows.APPLICATION, row))


def read_treatment(connection: sqlcipher.Connection) -> Treatment | None:
    """Return the treatment that began last, with its times and pauses, or ``None``."""
    found = connection.execute(_TREATMENT).fetchall()
    if not found:
        return None
    size = len(rows.TREATMENT)
    history = [rows.times(decoded(rows.TIMES, row[size + 1 :])) for row in found]
    pauses = [rows.pause(decoded(rows.PAUSE, row)) for row in json.loads(found[0][size])]
    return rows.treatment(decoded(rows.TREATMENT, found[0][:size]), history, pauses)


def _shown(latest: list[Photo], place_ids: set[int]) -> tuple[Photo, ...]:
    return tuple(each for each in latest if each.place_id in place_ids)

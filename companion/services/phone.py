"""The same plan in the person's phone: a calendar file with the two times, photo day and the next order."""

from __future__ import annotations

import errno
import uuid
from dataclasses import replace as with_other
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.glance import Watch
from companion.domain.moments import DAY, PARTS, Clock, Part, instant_of, local_day
from companion.domain.reminders import Errands, ReminderSettings
from companion.domain.treatment import Pause, Times, Treatment
from companion.domain.values import value
from companion.export.ics import Entry, encoded
from companion.schedule import reminders
from companion.schedule.timeline import live_days
from companion.services.reminder_settings import KEY, person_clock, settings_in
from companion.services.reminding import errands_of
from companion.wording import say

if TYPE_CHECKING:
    from companion.storage.record import Record

FILE_NAME = "reminders.ics"
MOST_LEFT_OUT = 1100
"""A pause of more days than this (three years) is one without an end, for a calendar."""
_NAMESPACE = uuid.UUID("6d1f2c1a-8a55-4b0e-9d0b-52a7c3f0b9e4")
_EVERY_DAY = frozenset(range(1, 8))


@value
class Written:
    """The calendar that was written: where, how many events it holds, and in which zone.

    With no events it only takes out what an earlier edition brought into a calendar.
    """

    file: Path
    events: int
    zone: str


def export_ics(record: Record, clock: Clock, target: Path, *, replace: bool = False) -> Written:
    """Write the calendar to ``target``, or into it as ``reminders.ics`` if it is a folder. Whole, or not at all.

    Its words are discreet, in the language spoken now, and its events keep their identity: brought into the same
    calendar again, they take the place of the earlier ones, and those that are no more are cancelled. The file is not
    encrypted.

    Raises:
        PersonError: ``not_set_up``; ``file_exists``, unless ``replace``; ``inside_record``.
        SurroundingsError: ``disk_full``, ``target_not_writable``. What was there is still there then.
    """
    from companion.storage.durable import durable_write

    file = target / FILE_NAME if target.is_dir() else target
    if file.resolve().is_relative_to(record.folder.resolve()):
        raise PersonError("inside_record")
    if file.exists() and not replace:
        raise PersonError("file_exists")
    clock = person_clock(record, clock)
    now, zone = clock.now(), clock.zone()
    found = entries(record.watch(*reminders.days_read(now, zone)), _identity(record.uid), now, zone)
    content = encoded(say("reminders.calendar.name"), found, zone, now)
    try:
        durable_write(file, content)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise SurroundingsError("disk_full" if full else "target_not_writable") from None
    return Written(file, sum(not each.cancelled for each in found), zone)


def entries(watch: Watch, identity: uuid.UUID, now: datetime, zone: str) -> tuple[Entry, ...]:
    """Return the events of a record from the day of ``now`` on: always all six, cancelled where there is none now.

    ``identity`` is the record's own, and random.

    Raises:
        PersonError: ``not_set_up``.
    """
    treatment = watch.treatment
    if treatment is None:
        raise PersonError("not_set_up")
    day = local_day(now, zone)
    # Some calendars show a cancelled event that they never knew: then where nobody looks.
    before = date.fromordinal(max(1, day.toordinal() - 1))
    settings = settings_in(watch.settings.get(KEY))
    errands = _errands(treatment, settings, errands_of(watch, now, zone), identity, _free_day(now, zone))
    found = (*_applications(treatment, identity, day), *errands)
    return tuple(with_other(each, first=before) if each.cancelled else each for each in found)


def _applications(treatment: Treatment, identity: uuid.UUID, day: date) -> list[Entry]:
    """Return the events of the two times, and of the other two where some days have others."""
    start = max(day, treatment.started_on)
    last, left_out = _gaps(treatment, start)
    times = treatment.times_on(start)
    summary = say("reminders.calendar.application")
    found = []
    for part in PARTS:
        for name, weekdays, at in _series(times, part):
            uid = _uid(identity, f"{part.value} {name}")
            first = _first(start, weekdays, left_out) if weekdays else None
            if first is None or (last is not None and first > last):
                found.append(Entry(uid, summary, start, at, cancelled=True))
                continue
            free = tuple(each for each in left_out if each >= first and each.isoweekday() in weekdays)
            found.append(Entry(uid, summary, first, at, weekdays, last, free))
    return found


def _series(times: Times, part: Part) -> tuple[tuple[str, frozenset[int], time], ...]:
    """Return the usual days of a part and the other ones, each with its time; without days where there are none."""
    usual = times.of(part)
    other = times.other_morning if part is Part.MORNING else times.other_evening
    days = times.other_days if other is not None else frozenset()
    return ("usual", _EVERY_DAY - days, usual), ("other", days, other or usual)


def _gaps(treatment: Treatment, start: date) -> tuple[date | None, tuple[date, ...]]:
    """Return the last day of the plan, if there is one, and the paused days before it."""
    last = treatment.ended_on
    left_out: list[date] = []
    for pause in treatment.pauses:
        days = _days(pause, start)
        if days is None:
            before = max(pause.first, start) - DAY
            last = before if last is None else min(last, before)
        else:
            left_out += days
    return last, tuple(sorted({each for each in left_out if last is None or each <= last}))


def _days(pause: Pause, start: date) -> list[date] | None:
    """Return the days of a pause from ``start`` on, or ``None`` for one without an end."""
    if pause.last is None:
        return None
    first = max(pause.first, start)
    count = (pause.last - first).days + 1
    return None if count > MOST_LEFT_OUT else [first + DAY * n for n in range(count)]


def _first(start: date, weekdays: frozenset[int], left_out: tuple[date, ...]) -> date:
    """Return the first day from ``start`` on that is one of ``weekdays`` and not left out."""
    closed = set(left_out)
    day = start
    while day in closed or day.isoweekday() not in weekdays:
        day += DAY
    return day


def _errands(
    treatment: Treatment, settings: ReminderSettings, errands: Errands, identity: uuid.UUID, free: date
) -> list[Entry]:
    """Return photo day and the next order, on the first day that is not paused, and not before the day ``free``."""
    planned = (
        ("photo_day", errands.photo_day if settings.photo_day else None),
        ("tube_order", errands.tube_order if settings.tube_order else None),
    )
    found = []
    for name, wanted in planned:
        day = None if wanted is None else next(live_days(treatment, max(wanted, free)), None)
        uid, summary = _uid(identity, name), say(f"reminders.calendar.{name}")
        found.append(Entry(uid, summary, day or free, reminders.ERRAND_TIME, cancelled=day is None))
    return found


def _free_day(now: datetime, zone: str) -> date:
    """Return the first day whose time for errands is still to come."""
    day = local_day(now, zone)
    opens = instant_of(day, reminders.ERRAND_TIME, zone)
    return day if opens is not None and opens > now else day + DAY


def _uid(identity: uuid.UUID, what: str) -> str:
    """Return an id that tells nothing but stays the same for the same event of the same record."""
    return str(uuid.uuid5(identity, what))


def _identity(record_uid: str) -> uuid.UUID:
    """Return the namespace of a record's events; from its own random id, which cannot be read out of them."""
    return uuid.uuid5(_NAMESPACE, record_uid)

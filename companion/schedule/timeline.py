"""Where slots lie in time, and when it is quiet: what the reminders look at, worked out once for a day and a zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from companion.domain.dosing import due_at
from companion.domain.moments import DAY, PARTS, Part, Slot, instant_of, local_day
from companion.domain.reminders import Key, Kind, Quiet
from companion.domain.treatment import Treatment
from companion.domain.values import value

LAST_DAY = date(2100, 1, 1)
"""Nothing is planned after it."""
ENOUGH = 16
MOST_FOLLOW_UPS = 5


@value
class Point:
    """A slot where it lies in time. ``ends`` is when the next one is due; ``live`` if it is announced at all.

    ``follows`` is when the next one comes that is not paused and not after the end of the treatment, if within days.
    ``name`` and ``after`` are the slot and the next one as plain pairs, which are found three times as fast.
    """

    slot: Slot
    key: Key
    name: tuple[date, Part]
    due: datetime
    ends: datetime
    follows: datetime | None
    after: tuple[date, Part]
    live: bool


@lru_cache(maxsize=64)
def points(treatment: Treatment, first: date, last: date, zone: str) -> tuple[Point, ...]:
    """Return the slots of the days ``first`` to ``last`` that exist in ``zone``, as they come due."""
    found = [
        point for number in range((last - first).days + 1) for point in of_day(treatment, first + DAY * number, zone)
    ]
    return tuple(sorted(found, key=lambda each: each.due))


@lru_cache(maxsize=128)
def of_day(treatment: Treatment, day: date, zone: str) -> tuple[Point, ...]:
    """Return the slots of one day, or none where it does not exist in ``zone``."""
    dues = []
    # The days round it too: of the next slot it must be known when it is due, whatever times were chosen.
    for number in range(-2, 4):
        for part in PARTS:
            slot = Slot(day + DAY * number, part)
            due = due_at(treatment, slot, zone)
            if due is not None:
                dues.append((due, slot))
    dues.sort()
    found = []
    for (due, slot), (ends, after) in pairwise(dues):
        if slot.day == day:
            key = Key(Kind.APPLICATION, slot.day, slot.part)
            name, following = (slot.day, slot.part), (after.day, after.part)
            follows = next((at for at, other in dues if at > due and treatment.live_on(other.day)), None)
            found.append(Point(slot, key, name, due, ends, follows, following, treatment.live_on(slot.day)))
    return tuple(found)


def live_days(treatment: Treatment, first: date) -> Iterator[date]:
    """Yield the days from ``first`` on whose slots are announced."""
    day = max(first, treatment.started_on)
    end = min(treatment.ended_on or date.max, LAST_DAY)
    while day <= end:
        pause = treatment.pause_on(day)
        if pause is None:
            yield day
        elif pause.last is None or pause.last >= end:
            return
        else:
            day = pause.last
        day += DAY


@lru_cache(maxsize=64)
def coming(treatment: Treatment, first: date, zone: str) -> tuple[Point, ...]:
    """Return the slots of the next days from ``first`` on that are announced."""
    found: list[Point] = []
    for day in live_days(treatment, first):
        found += of_day(treatment, day, zone)
        if len(found) > ENOUGH:
            break
    return tuple(found)


@lru_cache(maxsize=256)
def _quiet_on(quiet: Quiet, day: date, zone: str) -> tuple[datetime, datetime] | None:
    """Return from when to when it is quiet, for the quiet that begins on ``day``; ``None`` if there is none."""
    start = instant_of(day, quiet.start, zone)
    last = day if quiet.start < quiet.end else day + DAY
    end = instant_of(last, quiet.end, zone) or instant_of(last + DAY, quiet.end, zone)
    return (start, end) if start is not None and end is not None and start < end else None


def after_quiet(quiet: Quiet | None, moment: datetime, zone: str) -> datetime:
    """Return ``moment``, or the end of the quiet hours it lies in."""
    if quiet is None or quiet.start == quiet.end:
        return moment
    day = local_day(moment, zone)
    for first in (day - DAY, day):
        span = _quiet_on(quiet, first, zone)
        if span is not None and span[0] <= moment < span[1]:
            return span[1]
    return moment


def last_quiet_end(quiet: Quiet | None, moment: datetime, zone: str) -> datetime | None:
    """Return when it was quiet last, up to ``moment``; ``None`` where it never is."""
    if quiet is None or quiet.start == quiet.end:
        return None
    day = local_day(moment, zone)
    spans = (_quiet_on(quiet, day - DAY * back, zone) for back in range(3))
    return next((span[1] for span in spans if span is not None and span[1] <= moment), None)


def opening(quiet: Quiet | None, day: date, at: time, zone: str) -> datetime | None:
    """Return the first moment of ``day`` from ``at`` on that is not quiet, or ``None`` where that day does not exist.

    Where all the rest of the day is quiet, it is the end of the quiet hours before.
    """
    opens = instant_of(day, at, zone)
    if opens is None:
        return None
    free = after_quiet(quiet, opens, zone)
    if local_day(free, zone) == day:
        return free
    before = last_quiet_end(quiet, opens, zone)
    return before if before is not None and local_day(before, zone) == day else None


@lru_cache(maxsize=16)
def gaps(follow_ups: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    """Return how long each follow-up comes after the announcement before it. Spans that make no sense are left out."""
    spans = sorted({each for each in follow_ups if timedelta(minutes=1) <= each <= DAY})[:MOST_FOLLOW_UPS]
    return tuple(later - earlier for earlier, later in pairwise([timedelta(0), *spans]))

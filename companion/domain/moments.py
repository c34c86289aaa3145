"""Instants, local days and parts of the day.

An instant is an aware datetime in UTC. A slot is a local day and a part of it, never an instant: travel and summer
time can neither double nor lose one. Arithmetic is done in UTC only.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache, total_ordering
from typing import Protocol
from zoneinfo import ZoneInfo

from companion.domain.values import value

DAY = timedelta(days=1)


class Clock(Protocol):
    """Who is asked for the time. ``companion.schedule.clock`` holds the system's and a fixed one."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def zone(self) -> str:
        """Return the IANA name of the zone the person is in, such as ``Europe/Rome``."""
        ...


class Part(StrEnum):
    """The two times of a day, in order."""

    MORNING = "morning"
    EVENING = "evening"


PARTS = (Part.MORNING, Part.EVENING)


@total_ordering
@value
class Slot:
    """One intended application: a local day and its part. Slots sort as time goes, mornings first."""

    day: date
    part: Part

    def __lt__(self, other: Slot) -> bool:
        return (self.day, PARTS.index(self.part)) < (other.day, PARTS.index(other.part))


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """Return the zone called ``name`` (raises ``zoneinfo.ZoneInfoNotFoundError`` or ``ValueError`` for nonsense)."""
    return ZoneInfo(name)


def as_utc(moment: datetime) -> datetime:
    """Return an aware instant in UTC.

    Raises:
        ValueError: ``moment`` is naive, so nobody knows which instant it is.
    """
    if moment.tzinfo is None:
        raise ValueError("naive time")
    return moment.astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """Return the wall-clock time of an instant in ``zone`` (aware)."""
    return moment.astimezone(zone_info(zone))


def local_day(moment: datetime, zone: str) -> date:
    """Return the civil day of an instant in ``zone``."""
    return local(moment, zone).date()


@lru_cache(maxsize=4096)
def instant_of(day: date, at: time, zone: str) -> datetime | None:
    """Return the UTC instant of a wall-clock time, or ``None`` where that civil day does not exist.

    An ambiguous time is its first occurrence; a time inside a gap moves later by the gap, past midnight too (Nuuk
    skips the last hour of a Saturday in March).
    """
    moment = datetime.combine(day, at, tzinfo=zone_info(zone)).astimezone(UTC)
    return moment if local_day(moment, zone) == day or day_exists(day, zone) else None


def day_exists(day: date, zone: str) -> bool:
    """Return whether ``zone`` has this civil day: Apia had no 30 December 2011. No gap that leaves a day holds noon."""
    noon = datetime.combine(day, time(12), tzinfo=zone_info(zone)).astimezone(UTC)
    return local_day(noon, zone) == day


def week_number(start: date, day: date) -> int:
    """Return the week of treatment, counted from 1 on the first day; 0 before it."""
    return 0 if day < start else (day - start).days // 7 + 1


def gap_between(morning: time, evening: time) -> timedelta:
    """Return the smaller of the two spans between two daily wall-clock times, morning to evening and round midnight."""
    minutes = (evening.hour * 60 + evening.minute) - (morning.hour * 60 + morning.minute)
    span = timedelta(minutes=minutes % (24 * 60))
    return min(span, DAY - span)

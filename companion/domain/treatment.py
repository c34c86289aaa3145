"""A treatment: which leaflet, since when, at which times, on which places, from which tube."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise

from companion.domain.leaflet import Leaflet
from companion.domain.moments import DAY, Part
from companion.domain.values import value

MIN_HANDPRINTS = Decimal("0.25")
MAX_HANDPRINTS = Decimal(100)
KEPT_SINCE = "kept_since"
"""The setting that holds the instant a record was set up: what came before is not known, and not counted."""


@value
class Times:
    """The person's two wall-clock times, valid from a local day on.

    On ``other_days`` (ISO weekdays, Monday is 1) the other two times hold, where they are given.
    """

    valid_from: date
    morning: time
    evening: time
    other_days: frozenset[int] = frozenset()
    other_morning: time | None = None
    other_evening: time | None = None

    def of(self, part: Part) -> time:
        """Return the usual time of one part of the day."""
        return self.morning if part is Part.MORNING else self.evening

    def on(self, day: date, part: Part) -> time:
        """Return the time of one part of a certain day."""
        if day.isoweekday() in self.other_days:
            other = self.other_morning if part is Part.MORNING else self.other_evening
            if other is not None:
                return other
        return self.of(part)


@value
class Place:
    """A part of the body that is treated or photographed.

    ``region`` is a code of ``companion.domain.body``; ``label`` is the person's own name for it or empty;
    ``handprints`` is its size in handprints (palm with five fingers).
    """

    id: int
    region: str
    label: str
    handprints: Decimal
    intimate: bool
    treated: bool = True
    archived: bool = False


@value
class Pause:
    """Local days on which nothing is due, ``first`` to ``last``, both included; ``None``: until the person goes on."""

    id: int
    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether ``day`` is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


@value
class Treatment:
    """The treatment of a record. ``times`` is the history of the two daily times, oldest first, never empty.

    ``pauses`` are the days it was or will be paused, oldest first.
    """

    id: int
    leaflet: Leaflet
    started_on: date
    times: tuple[Times, ...]
    ended_on: date | None = None
    pauses: tuple[Pause, ...] = ()

    def times_on(self, day: date) -> Times:
        """Return the times that hold on ``day`` (the oldest for days before them)."""
        chosen = self.times[0]
        for candidate in self.times:
            if candidate.valid_from <= day:
                chosen = candidate
        return chosen

    def pause_on(self, day: date) -> Pause | None:
        """Return the pause that covers ``day``, if one does."""
        return next((pause for pause in self.pauses if pause.covers(day)), None)

    def live_on(self, day: date) -> bool:
        """Return whether cream is due on ``day``: from the start to the end of the treatment, and not in a pause."""
        if day < self.started_on or (self.ended_on is not None and day > self.ended_on):
            return False
        return self.pause_on(day) is None


@value
class Tube:
    """One tube of cream, ``grams`` full."""

    id: int
    grams: int
    opened_on: date
    finished_on: date | None = None
    lot: str = ""
    expires_on: date | None = None
    crystals: bool = False


def tightest(times: Times) -> timedelta:
    """Return the shortest span between two neighbouring times of any week, by the clock on the wall.

    Zero or less means that an evening's time is not after its morning's.
    """
    monday = date(2024, 1, 1)
    moments = [timedelta(n) + _clock(times.on(monday + DAY * n, part)) for n in range(8) for part in Part]
    return min(later - earlier for earlier, later in pairwise(moments))


def _clock(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def total_handprints(places: tuple[Place, ...]) -> Decimal:
    """Return the treated handprints together."""
    return sum((place.handprints for place in places if place.treated and not place.archived), Decimal(0))

"""A treatment: which leaflet, since when, at which times, on which places, from which tube."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part
from companion.domain.values import value

MIN_HANDPRINTS = Decimal("0.25")
MAX_HANDPRINTS = Decimal(100)


@value
class Times:
    """The person's two wall-clock times, valid from a local day on."""

    valid_from: date
    morning: time
    evening: time

    def of(self, part: Part) -> time:
        """Return the time of one part of the day."""
        return self.morning if part is Part.MORNING else self.evening


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
class Treatment:
    """The treatment of a record. ``times`` is the history of the two daily times, oldest first, never empty."""

    id: int
    leaflet: Leaflet
    started_on: date
    times: tuple[Times, ...]
    ended_on: date | None = None

    def times_on(self, day: date) -> Times:
        """Return the times that hold on ``day`` (the oldest for days before them)."""
        chosen = self.times[0]
        for candidate in self.times:
            if candidate.valid_from <= day:
                chosen = candidate
        return chosen


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


def total_handprints(places: tuple[Place, ...]) -> Decimal:
    """Return the treated handprints together."""
    return sum((place.handprints for place in places if place.treated and not place.archived), Decimal(0))

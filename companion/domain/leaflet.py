"""Which official label applies, and its rules as data. Rules of different leaflets are never mixed.

The figures are in ``resources/leaflets/<code>.json`` with their sources; nothing here states one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from companion.domain.values import value

# Reminders are never planned closer than this, whatever the leaflet: the EU text states it, and no label allows less.
SPACING = timedelta(hours=8)


class Leaflet(StrEnum):
    """The label the person's tube came with."""

    US = "us"
    EU = "eu"
    OTHER = "other"


class MissedRule(StrEnum):
    """What the leaflet says about a forgotten application."""

    EU_EIGHT_HOURS = "eu-8h-rule"
    ASK = "ask"


@value
class TubeCap:
    """At most ``grams`` of cream in ``days`` days; ``None`` days is the leaflet's "a month", whatever its length."""

    grams: int
    days: int | None


@value
class Rules:
    """The rules of one leaflet that the program acts on. ``None`` means that this leaflet does not state it."""

    leaflet: Leaflet
    handprints_cap: int | None
    tube_caps: tuple[TubeCap, ...]
    tube_sizes: tuple[int, ...]
    min_gap: timedelta | None
    missed: MissedRule
    discard_months: int | None
    crystals_notice: bool
    minimum_age: int
    review_weeks: tuple[int, ...]
    emergency_number: str


def rules_from(data: Mapping[str, Any]) -> Rules:
    """Return the rules in one leaflet file, already parsed from JSON (keys as in ``resources/leaflets``)."""
    gap = data.get("min_gap_hours")
    return Rules(
        leaflet=Leaflet(data["id"]),
        handprints_cap=data.get("handprints_cap"),
        tube_caps=tuple(TubeCap(int(cap["grams"]), cap.get("days")) for cap in data.get("tube_caps", ())),
        tube_sizes=tuple(int(size) for size in data["tube_sizes"]),
        min_gap=timedelta(hours=gap) if gap else None,
        missed=MissedRule(data["missed_dose"]),
        discard_months=data.get("discard_months_after_opening"),
        crystals_notice=bool(data.get("crystals_notice")),
        minimum_age=int(data["minimum_age"]),
        review_weeks=tuple(int(week) for week in data["review_weeks"]),
        emergency_number=str(data["emergency_number"]),
    )

"""What the first start has learned so far: kept in memory until the record exists, then in the record itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from companion.domain import body
from companion.domain.leaflet import Leaflet
from companion.services.treatment import NewPlace, NewTube, SetupAnswers

SETTING = "setup"
"""The setting of the record that holds the state until set-up is finished."""


class Step(StrEnum):
    """The steps, in order."""

    WELCOME = "welcome"
    LEAFLET = "leaflet"
    BEFORE = "before"
    LOCK = "lock"
    RECOVERY = "recovery"
    TREATMENT = "treatment"
    PLACES = "places"
    TIMES = "times"
    TUBE = "tube"


STEPS = tuple(Step)


@dataclass(slots=True)
class SetupState:
    """The answers so far. What was not asked yet has the value the step begins with."""

    step: Step = Step.WELCOME
    leaflet: Leaflet | None = None
    name: str = ""
    started_on: date | None = None
    places: list[NewPlace] = field(default_factory=list)
    morning: time = time(8, 0)
    evening: time = time(20, 0)
    tube_grams: int | None = None
    tube_opened_on: date | None = None

    def to_json(self) -> str:
        """Return the state as the record keeps it."""
        return json.dumps(
            {
                "step": self.step,
                "leaflet": self.leaflet,
                "name": self.name,
                "started_on": self.started_on and self.started_on.isoformat(),
                "places": [{"region": each.region, "handprints": str(each.handprints)} for each in self.places],
                "morning": self.morning.isoformat("minutes"),
                "evening": self.evening.isoformat("minutes"),
                "tube_grams": self.tube_grams,
                "tube_opened_on": self.tube_opened_on and self.tube_opened_on.isoformat(),
            }
        )

    def answers(self, today: date) -> SetupAnswers:
        """Return the answers as the service takes them; what was left out has its calm default."""
        tube = None
        if self.tube_grams is not None:
            tube = NewTube(self.tube_grams, self.tube_opened_on or today)
        return SetupAnswers(
            leaflet=self.leaflet or Leaflet.OTHER,
            started_on=self.started_on or today,
            morning=self.morning,
            evening=self.evening,
            name=self.name,
            places=tuple(self.places),
            tube=tube,
        )


def from_json(text: str | None) -> SetupState:
    """Return the state a record keeps. What cannot be read is as if it had not been asked."""
    try:
        kept: dict[str, Any] = json.loads(text or "{}")
        return SetupState(
            step=Step(kept.get("step", Step.RECOVERY)),
            leaflet=Leaflet(kept["leaflet"]) if kept.get("leaflet") else None,
            name=str(kept.get("name", "")),
            started_on=_day(kept.get("started_on")),
            places=[
                NewPlace(str(each["region"]), Decimal(each["handprints"]))
                for each in kept.get("places", ())
                if body.is_region(str(each["region"]))
            ],
            morning=time.fromisoformat(kept.get("morning", "08:00")),
            evening=time.fromisoformat(kept.get("evening", "20:00")),
            tube_grams=int(kept["tube_grams"]) if kept.get("tube_grams") else None,
            tube_opened_on=_day(kept.get("tube_opened_on")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return SetupState(step=Step.RECOVERY)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None

"""A set-up record and its services, on a clock that stands still, for tests of services, command line and pages."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from companion.domain.leaflet import Leaflet
from companion.domain.moments import instant_of
from companion.schedule.clock import FixedClock
from companion.services.opened import Opened, services_of
from companion.services.treatment import NewPlace, NewTube, SetupAnswers
from tests.support.records import make_record, open_again

ROME = "Europe/Rome"
START = date(2026, 8, 17)
TODAY = date(2026, 11, 21)

ANSWERS = SetupAnswers(
    leaflet=Leaflet.EU,
    started_on=START,
    morning=time(7, 30),
    evening=time(20, 0),
    name="Ale",
    places=(
        NewPlace("face", Decimal(1)),
        NewPlace("hand_right", Decimal("0.5"), "Ring finger"),
        NewPlace("knee_left", Decimal("0.5"), treated=False),
    ),
    tube=NewTube(100, date(2026, 10, 1), lot="L42"),
)


def at(hour: int, minute: int = 0, day: date = TODAY, zone: str = ROME) -> datetime:
    """Return the instant of a wall-clock time, in Rome on 21 November 2026 unless told."""
    moment = instant_of(day, time(hour, minute), zone)
    assert moment is not None
    return moment


class Home:
    """An example record that is set up, its services, and its clock (08:00 in Rome at first)."""

    def __init__(self, folder: Path, answers: SetupAnswers | None = ANSWERS) -> None:
        self.clock = FixedClock(at(8), ROME)
        self.services: Opened = services_of(make_record(folder), self.clock)
        if answers is not None:
            self.services.care.set_up(answers)

    def reopen(self) -> None:
        """Close the record and open it again, as a new start of the program does."""
        folder = self.services.record.folder
        self.services.close()
        self.services = services_of(open_again(folder), self.clock)

    def close(self) -> None:
        """Close the record."""
        self.services.close()

"""A set-up record and its services, on a clock that stands still, for tests of services, command line and pages."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from companion.domain.leaflet import Leaflet
from companion.domain.moments import instant_of
from companion.domain.pictures import CaptureTime, PictureFormat, Rendition, TakenIn, TimeSource
from companion.domain.treatment import KEPT_SINCE
from companion.schedule.clock import FixedClock
from companion.services.album import Album
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

    def __init__(self, folder: Path, answers: SetupAnswers | None = ANSWERS, begins_now: bool = False) -> None:
        self.clock = FixedClock(at(8), ROME)
        self.services: Opened = services_of(make_record(folder), self.clock)
        if answers is not None:
            self.services.care.set_up(answers)
            if not begins_now:
                self.services.care.put_setting(KEPT_SINCE, "")  # kept since the first day

    def reopen(self) -> None:
        """Close the record and open it again, as a new start of the program does."""
        folder = self.services.record.folder
        self.services.close()
        self.services = services_of(open_again(folder), self.clock)

    def close(self) -> None:
        """Close the record."""
        self.services.close()


def taken_in(content: bytes, local: datetime | None = None, offset: timedelta | None = None) -> TakenIn:
    """Return a picture as a worker hands it on."""
    source = TimeSource.EXIF if local else TimeSource.NONE
    return TakenIn(
        format=PictureFormat.JPEG,
        width=40,
        height=30,
        taken=CaptureTime(local, offset, source),
        raw_sha256=hashlib.sha256(content).hexdigest(),
        original=b"original " + content,
        original_sha256=hashlib.sha256(b"original " + content).hexdigest(),
        display=Rendition(b"display " + content, 40, 30),
        thumbnail=Rendition(b"thumbnail " + content, 40, 30),
        fingerprint=0,
    )


def keep(album: Album, content: bytes, place: int | None = 1, **when: Any) -> int:
    """Put a picture of ``content`` into the album without a worker; return the photo's id."""
    taken = taken_in(content, **when)
    return album.keep(taken, taken.raw_sha256, place)

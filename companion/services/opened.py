"""One open record and the services that work on it, as the window holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.domain.moments import Clock, local_day
from companion.services.album import Album
from companion.services.applications import Applications
from companion.services.custody import Custody
from companion.services.journal import Journal
from companion.services.treatment import Care

if TYPE_CHECKING:
    from companion.storage.record import Record


@dataclass(frozen=True, slots=True)
class Opened:
    """The services of one open record; ``record`` itself is opaque to the window."""

    record: Record
    clock: Clock
    care: Care
    applications: Applications
    journal: Journal
    album: Album
    custody: Custody

    @property
    def example(self) -> bool:
        """Return whether this is the example record."""
        return self.record.is_example

    def is_set_up(self) -> bool:
        """Return whether the first start was finished; read without the ORM layer, because the start asks."""
        day = local_day(self.clock.now(), self.clock.zone())
        return self.record.glance(day, day).treatment is not None

    def warm(self) -> None:
        """Load what the first write needs; for a background thread, after the window stands."""
        self.record.warm()

    def close(self) -> None:
        """Close the record."""
        self.record.close()


def services_of(record: Record, clock: Clock) -> Opened:
    """Return the services of an open record."""
    return Opened(
        record=record,
        clock=clock,
        care=Care(record, clock),
        applications=Applications(record, clock),
        journal=Journal(record, clock),
        album=Album(record, clock),
        custody=Custody(record),
    )

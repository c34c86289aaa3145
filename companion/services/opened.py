"""One open record and the services that work on it, as the window holds them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from companion.domain.moments import Clock, local_day
from companion.services.reminder_settings import person_clock

if TYPE_CHECKING:
    from companion.services.album import Album
    from companion.services.applications import Applications
    from companion.services.care_entries import CareEntries
    from companion.services.custody import Custody
    from companion.services.journal import Journal
    from companion.services.prescription import PrescriptionFacts
    from companion.services.progress import Progress
    from companion.services.reminding import Reminding
    from companion.services.timeline import Timeline
    from companion.services.treatment import Care
    from companion.storage.record import Record


class Opened:
    """The services of one open record. Each is made, and its module loaded, when it is first asked for."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self.record = record
        self.clock = person_clock(record, clock)

    @cached_property
    def care(self) -> Care:
        """The treatment: leaflet, times, places, tubes."""
        from companion.services.treatment import Care

        return Care(self.record, self.clock)

    @cached_property
    def applications(self) -> Applications:
        """The applications of the cream."""
        from companion.services.applications import Applications

        return Applications(self.record, self.clock)

    @cached_property
    def journal(self) -> Journal:
        """Side effects and notes."""
        from companion.services.journal import Journal

        return Journal(self.record, self.clock)

    @cached_property
    def care_entries(self) -> CareEntries:
        """Light, other treatments, estimates, scores, visits and what else there is."""
        from companion.services.care_entries import CareEntries

        return CareEntries(self.record, self.clock)

    @cached_property
    def timeline(self) -> Timeline:
        """Everything that was noted, in one list."""
        from companion.services.timeline import Timeline

        return Timeline(self.record, self.clock)

    @cached_property
    def prescription(self) -> PrescriptionFacts:
        """What stands on the prescription."""
        from companion.services.prescription import PrescriptionFacts

        return PrescriptionFacts(self.record, self.clock)

    @cached_property
    def album(self) -> Album:
        """The photos."""
        from companion.services.album import Album

        return Album(self.record, self.clock)

    @cached_property
    def progress(self) -> Progress:
        """The months on one page."""
        from companion.services.progress import Progress

        return Progress(self.record, self.clock)

    @cached_property
    def reminding(self) -> Reminding:
        """The reminders."""
        from companion.services.reminding import Reminding

        return Reminding(self.record, self.clock)

    @cached_property
    def custody(self) -> Custody:
        """The record as a whole."""
        from companion.services.custody import Custody

        return Custody(self.record, self.clock)

    @property
    def example(self) -> bool:
        """Whether this is the example record."""
        return self.record.is_example

    @property
    def read_only(self) -> bool:
        """Whether the record can only be looked at."""
        return self.record.read_only

    def is_set_up(self) -> bool:
        """Return whether the first start was finished; read without the ORM layer, because the start asks."""
        day = local_day(self.clock.now(), self.clock.zone())
        return self.record.glance(day, day).treatment is not None

    def warm(self) -> None:
        """Load what the first write needs; for a background thread, after the window stands."""
        self.record.warm()

    def tidy(self) -> None:
        """Remove for good what was deleted thirty days ago, and put stray picture files aside; in the background."""
        if not self.read_only:
            self.journal.purge()
            self.care_entries.purge()
            self.album.purge()
            self.album.sweep()
            self.reminding.tidy()

    def close(self) -> None:
        """Close the record."""
        self.record.close()


def services_of(record: Record, clock: Clock) -> Opened:
    """Return the services of an open record."""
    return Opened(record, clock)

"""What stands on the prescription, at hand: free text, everything optional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.domain.care import Prescription
from companion.domain.moments import Clock
from companion.services.changes import Done, Undo

if TYPE_CHECKING:
    from companion.storage.record import Record


class PrescriptionFacts:
    """The prescription of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def get(self) -> Prescription:
        """Return it; empty where nothing was written."""
        raise NotImplementedError

    def put(self, facts: Prescription, help_shown: bool = False) -> Done:
        """Store all of it.

        Raises:
            PersonError: ``name_too_long`` (``count``), ``in_future``, ``day_too_early``.
            NeedsAnswer: ``get_help``, as in the Journal.
        """
        raise NotImplementedError

    def undo(self, undo: Undo) -> Done:
        """Put back what stood there before."""
        raise NotImplementedError

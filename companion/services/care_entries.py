"""Light, other treatments, sun, estimates, scores, noticing and visits: add, correct, list, delete and undo.

Any text that sounds urgent is handled as in the Journal: the get-help page comes first, and the entry records that it
was shown.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from companion.domain.care import CareEntry, CareKind, Fact
from companion.domain.history import Edit, Noun
from companion.domain.moments import Clock
from companion.domain.values import value
from companion.services.changes import Done, Undo

if TYPE_CHECKING:
    from companion.storage.record import Record


@value
class NewCare:
    """An entry to be noted: at an instant, or on a civil day (noon of it), or now.

    The place of an estimate is in the estimate. ``help_shown`` says the get-help page was shown first.
    """

    what: Fact
    at: datetime | None = None
    day: date | None = None
    ended_on: date | None = None
    places: tuple[int, ...] = ()
    note: str = ""
    help_shown: bool = False


@value
class Areas:
    """The sizes of all places together, in handprints: of each the latest estimate, or what the place was given.

    ``treated`` counts the treated places only; ``cap`` is what the leaflet states, or ``None``.
    """

    by_place: tuple[tuple[int, Decimal], ...]
    treated: Decimal
    cap: int | None

    @property
    def over_cap(self) -> bool:
        """Return whether the treated places are more than the leaflet states."""
        return self.cap is not None and self.treated > self.cap


class CareEntries:
    """The entries of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def add(self, new: NewCare) -> Done:
        """Note an entry, durably.

        Raises:
            PersonError: those of :func:`companion.domain.care.check` and ``check_days``; ``unknown_place``,
                ``one_place``, ``note_too_long``, ``estimates_over_body``.
            NeedsAnswer: ``get_help`` with ``category``: show the page, then call again with ``help_shown``.
        """
        raise NotImplementedError

    def edit(self, row: CareEntry, help_shown: bool = False) -> Done:
        """Store a corrected entry whole; what it said before is kept as its history.

        Where only its day was changed the instant moves to that day, where only the instant was, the day follows.
        Raises as :meth:`add`, and ``entry_gone``.
        """
        raise NotImplementedError

    def end(self, entry_id: int, day: date | None = None) -> Done:
        """Note that another treatment is over, since ``day`` (today when absent)."""
        raise NotImplementedError

    def delete(self, entry_id: int) -> Done:
        """Delete an entry; undo brings it back for thirty days."""
        raise NotImplementedError

    def undo(self, undo: Undo) -> Done:
        """Take back an addition, a change or a deletion; doing it twice changes nothing more."""
        raise NotImplementedError

    def get(self, entry_id: int) -> CareEntry | None:
        """Return one entry, or ``None``."""
        raise NotImplementedError

    def of_kinds(self, *kinds: CareKind, first: date | None = None, last: date | None = None) -> tuple[CareEntry, ...]:
        """Return the entries of these kinds (of all, when none is named) and days, oldest first."""
        raise NotImplementedError

    def areas(self) -> Areas:
        """Return the sizes of the places as they are known now, and the leaflet's line."""
        raise NotImplementedError

    def history(self, noun: Noun, row_id: int) -> tuple[Edit, ...]:
        """Return what an entry of any noun said before each correction, the latest correction first."""
        raise NotImplementedError

    def purge(self) -> None:
        """Remove for good what was deleted more than thirty days ago, with its history."""
        raise NotImplementedError

"""Everything that was noted in one list, searched as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from companion.domain.moments import Clock
from companion.domain.timeline import ALL, EntryKind, Filter, Page

if TYPE_CHECKING:
    from companion.storage.record import Record


class Timeline:
    """The timeline of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def page(self, wanted: Filter = ALL, before: datetime | None = None, limit: int = 50) -> Page:
        """Return the newest items before ``before``: ``limit``, and all of the last one's instant."""
        raise NotImplementedError

    def counts(self, wanted: Filter = ALL) -> Mapping[EntryKind, int]:
        """Return how many items of each kind answer to ``wanted``, whatever kinds it names."""
        raise NotImplementedError

    def warm(self) -> None:
        """Read what a search looks through, so that the first letter is as quick as the others; for the background."""
        raise NotImplementedError

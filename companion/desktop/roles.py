"""What the reminders at work need of others: the plan they ask, and the face they show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from companion.desktop.notifier import Notice
from companion.domain.errors import CompanionError
from companion.domain.moments import Slot as DaySlot
from companion.domain.reminders import Announcement, Key, Outlook, ReminderSettings

if TYPE_CHECKING:
    from companion.services.changes import Changes, Done


class Plan(Protocol):
    """What is asked of ``services.reminding``."""

    def outlook(self) -> Outlook:
        """Return everything about reminders now."""
        ...

    def told(self, announcement: Announcement, at: datetime | None = None) -> None:
        """Note that it was announced, now or at an instant when it could not be noted."""
        ...

    def later(self, key: Key, span: timedelta) -> Done:
        """Announce it again after ``span``."""
        ...

    def settings(self) -> ReminderSettings:
        """Return what the person chose."""
        ...


class Face(Protocol):
    """The tray icon and the window, as far as reminders need them."""

    def balloon(self, notice: Notice) -> bool:
        """Show a notice at the tray icon; return whether there is one that can."""
        ...

    def in_window(self, notice: Notice, *, last: bool) -> bool:
        """Say a notice in the window; return whether it is seen there. ``last``: there was no other way."""
        ...

    def unsay(self, key: object) -> None:
        """Take away what the balloon or the window says of a notice."""
        ...

    def open(self, slot: DaySlot | None, *, ask: bool = False) -> None:
        """Bring Today to the front; with ``ask`` the sheet in which this slot is recorded."""
        ...

    def announce(self, changes: Changes) -> None:
        """Tell the pages what changed."""
        ...

    def problem(self, error: CompanionError) -> None:
        """Say, in the window, what could not be done."""
        ...

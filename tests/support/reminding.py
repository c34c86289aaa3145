"""Reminders for pages on their own: the real planner over a real record, and a resident that does as it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from companion.desktop.notifier import Channel, ChannelState
from companion.domain.reminders import Announcement
from companion.ui.standing import Login, Standing, Trial

WELL = Channel(ChannelState.WORKS, "dunst", False, True)


class StageResident(QObject):
    """Implements :class:`companion.ui.context.Resident`. Set its values, then call :meth:`tell`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.channel = WELL
        self.tray = True
        self.login = Login.ON
        self.stays = True
        self.caught: Announcement | None = None
        self.away = True
        self.refreshed = 0
        self.trials: list[Callable[[Trial], None]] = []
        self.refusal: Exception | None = None

    def tell(self, **values: object) -> None:
        """Change values and say so."""
        for name, value in values.items():
            setattr(self, name, value)
        self.changed.emit()

    def health(self) -> Standing:
        """Return what was set."""
        return Standing(self.channel, self.tray, self.login, self.stays)

    def refresh(self) -> None:
        """Remember that it was asked."""
        self.refreshed += 1

    def test(self, then: Callable[[Trial], None]) -> None:
        """Remember whom to tell how far the test came."""
        self.trials.append(then)

    def catch_up(self) -> Announcement | None:
        """Return what was set."""
        return self.caught

    def away_at(self, moment: datetime) -> bool:
        """Return what was set."""
        return self.away

    def start_at_login(self, on: bool) -> None:
        """Do as asked, or raise what was set."""
        if self.refusal is not None:
            raise self.refusal
        self.tell(login=Login.ON if on else Login.OFF)

    def stay_when_closed(self, on: bool) -> None:
        """Do as asked."""
        self.tell(stays=on)

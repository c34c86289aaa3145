"""The heartbeat: looks at the wall clock again and again, because a timer alone sleeps when the computer sleeps.

A single long timer measures its own time: after eight hours of sleep it still has to run. So the clock on the wall is
compared with a steady one at every beat; where the two went apart, the computer slept or its clock was set.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from companion.domain.moments import Clock
from companion.schedule.clock import fresh_zone

EVERY = timedelta(seconds=30)
"""The longest time between two looks at the clock."""
APART = timedelta(seconds=5)
"""More than this between wall clock and steady clock is no rounding."""
A_LITTLE = timedelta(milliseconds=20)
"""How long after an expected moment to look: a timer may be a few milliseconds early."""


class Beat(StrEnum):
    """Why the heart beats."""

    TICK = "tick"  # as ever
    GAP = "gap"  # the computer slept, or its clock was set forward
    BACK = "back"  # the clock was set back
    ZONE = "zone"  # the computer is in another zone
    ASKED = "asked"  # somebody saw a reason to look at once


class Heartbeat(QObject):
    """Emits :attr:`beat` at least every thirty seconds, and at a moment that is expected."""

    beat = Signal(object)
    """Emits the :class:`Beat`."""

    def __init__(
        self,
        clock: Clock,
        zone: Callable[[], str] = fresh_zone,
        steady: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """``zone`` returns the computer's zone as it is now, ``steady`` seconds that nobody can set."""
        super().__init__(parent)
        self._clock = clock
        self._zone = zone
        self._steady = steady
        self._expected: datetime | None = None
        self._seen = (clock.now(), steady(), zone())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be one and a half seconds late
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Begin to beat."""
        self._seen = (self._clock.now(), self._steady(), self._zone())
        self._arm()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def running(self) -> bool:
        """Return whether it beats."""
        return self._timer.isActive()

    def seconds(self) -> float:
        """Return the steady seconds, of which only the differences mean something."""
        return self._steady()

    def expect(self, moment: datetime | None) -> None:
        """Beat at ``moment``, too."""
        self._expected = moment
        if self._timer.isActive():
            self._arm()

    def wait_ms(self) -> int:
        """Return in how many milliseconds it will look at the clock again at the latest."""
        wait = EVERY
        if self._expected is not None:
            ahead = self._expected - self._clock.now() + A_LITTLE
            if timedelta(0) < ahead < wait:
                wait = ahead
        return max(1, round(wait / timedelta(milliseconds=1)))

    @Slot()
    def poke(self) -> None:
        """Look at once: the computer woke up, the window came to the front, the bus came back."""
        if self._timer.isActive():
            found = self._look()
            self.beat.emit(Beat.ASKED if found is Beat.TICK else found)
            self._arm()

    @Slot()
    def _on_time(self) -> None:
        self.beat.emit(self._look())
        self._arm()

    def _look(self) -> Beat:
        """Compare the clocks with what they were, and remember what they are."""
        wall, steady, zone = self._seen
        self._seen = now, ticks, here = self._clock.now(), self._steady(), self._zone()
        if here != zone:
            return Beat.ZONE
        apart = (now - wall) - timedelta(seconds=ticks - steady)
        if apart < -APART:
            return Beat.BACK
        # Some systems let the steady clock run on in sleep: then both jump, by more than any beat takes.
        if apart > APART or now - wall > 2 * EVERY:
            return Beat.GAP
        return Beat.TICK

    def _arm(self) -> None:
        self._timer.start(self.wait_ms())

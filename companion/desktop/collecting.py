"""Garbage is collected in the window's thread, and in no other.

A Qt object belongs to the thread that made it. Python collects cycles in whichever thread happens to allocate: a page
that went, collected by a worker that reads photos, ends the whole program. So the automatic collector rests, and a
timer of the window does its work by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 1000


def collect_due() -> int:
    """Collect the oldest generation whose threshold is passed; return which, or -1 when none is."""
    for generation, (count, most) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if count > most > 0:
            gc.collect(generation)
            return generation
    return -1


class Collector(QObject):
    """Collects garbage from the event loop of the thread it is made in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over from the automatic collector. What was made until now lives as long as the program."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what is due."""
        collect_due()

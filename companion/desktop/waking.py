"""Hears when the computer wakes up, so that nothing waits for the next beat. Only Linux says it on a bus."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from companion.desktop.bus import Bus

MANAGER = "org.freedesktop.login1.Manager"


class Waking(QObject):
    """Emits :attr:`woke` after sleep, where the login manager tells. Elsewhere the heartbeat sees the gap itself."""

    woke = Signal()

    def __init__(self, bus: Bus | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus or Bus("SYSTEM", self)
        self._bus.heard.connect(self._on_signal)

    def open(self) -> None:
        """Begin to listen, where there is something to hear."""
        if sys.platform in ("win32", "darwin") or not self._bus.open():
            return
        self._bus.listen(interface=MANAGER, member="PrepareForSleep")

    def close(self) -> None:
        """Listen no more."""
        self._bus.close()

    @Slot(object)
    def _on_signal(self, message: Any) -> None:
        from jeepney import HeaderFields

        going_to_sleep = bool(message.body and message.body[0])
        if message.header.fields.get(HeaderFields.member) == "PrepareForSleep" and not going_to_sleep:
            self.woke.emit()

"""What closing the window means, said once: the program stays for the reminders, or ends. The person chooses."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from companion.ui.widgets.sheet import Sheet
from companion.wording import say


class ClosingSheet(Sheet):
    """Asks whether to stay. ``kind`` is ``tray``, or ``no_tray`` where the desktop has no place for an icon."""

    stay = Signal()
    leave = Signal()

    def __init__(self, over: QWidget, kind: str) -> None:
        super().__init__(over, say(f"resident.closing.{kind}.title"), say(f"resident.closing.{kind}.text"))
        self.stay_button = self.add_button(say(f"resident.closing.{kind}.stay"), "primary")
        self.stay_button.clicked.connect(self._on_stay)
        self.leave_button = self.add_button(say("resident.closing.leave"))
        self.leave_button.clicked.connect(self._on_leave)

    @Slot()
    def _on_stay(self) -> None:
        self.accept()
        self.stay.emit()

    @Slot()
    def _on_leave(self) -> None:
        self.accept()
        self.leave.emit()

"""What can be noted: a menu with one entry for each kind."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from companion.domain.timeline import EntryKind
from companion.ui import icons
from companion.ui.pages.journal.delegate import SIGNS
from companion.wording import say

PRESCRIPTION = "prescription"
GROUPS: tuple[tuple[str, ...], ...] = (
    (EntryKind.SYMPTOM.value, EntryKind.NOTE.value),
    (EntryKind.TUBE.value, EntryKind.LIGHT.value, EntryKind.TREATMENT.value, EntryKind.SKIN_DAY.value),
    (EntryKind.ESTIMATE.value, EntryKind.NOTICING.value),
    (EntryKind.VISIT.value, EntryKind.SCORE.value, PRESCRIPTION),
)
"""What happened; what goes onto the skin; what the person sees; what comes from the doctor."""


class AddMenu(QMenu):
    """``wanted`` carries the value of an :class:`EntryKind`, or ``prescription``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("journal.add_menu"))
        self._made: dict[str, QAction] = {}
        for number, group in enumerate(GROUPS):
            if number:
                self.addSeparator()
            for kind in group:
                action = QAction(say(f"journal.add.{kind}"), self)
                name, role = SIGNS[EntryKind(kind)] if kind != PRESCRIPTION else ("pill", "accent")
                action.setIcon(icons.icon(name, role))
                action.setProperty("kind", kind)
                action.triggered.connect(self._on_triggered)
                self.addAction(action)
                self._made[kind] = action

    def action(self, kind: str) -> QAction:
        """Return the line of a kind. Raises ``KeyError``."""
        return self._made[kind]

    def open_below(self, button: QWidget) -> None:
        """Open below a button, its right edge at the button's, so that nothing is cut off at the window's edge."""
        right = max(0, self.sizeHint().width() - button.width())
        self.popup(button.mapToGlobal(QPoint(-right, button.height() + 4)))

    def _on_triggered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("kind")))

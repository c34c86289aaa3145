"""The bar that appears while photos are chosen: how many, and what can be done with all of them at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.painting import Painted, box, painter_for
from companion.wording import say

ACTIONS = (
    ("place", "body"),
    ("date", "calendar"),
    ("compare", "compare"),
    ("export", "export"),
    ("delete", "trash"),
)
"""What can be done, with the icon of each, in order."""


class SelectionBar(Painted, QFrame):
    """``wanted`` emits one of :data:`ACTIONS`, ``all`` or ``none``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("photos.choice.name"))
        row = FlowLayout(self, gap=4, row_gap=4)
        row.setContentsMargins(18, 8, 10, 8)
        self._count = labels.strong("")
        self._count.set_wrapping(False)
        row.addWidget(self._count)
        self._buttons: dict[str, buttons.Button] = {}
        for key, icon in (*ACTIONS, ("all", ""), ("none", "")):
            made = buttons.quiet(say(f"photos.choice.{key}"), icon)
            made.setProperty("wanted", key)
            made.clicked.connect(self._on_click)
            self._buttons[key] = made
            row.addWidget(made)

    def show_choice(self, count: int, comparable: bool) -> None:
        """Say how many photos are chosen, and offer to compare them when it is two of one place."""
        self._count.setText(say("photos.choice.count", count=count))
        for key, _ in ACTIONS:
            self._buttons[key].setEnabled(count > 0)
        self._buttons["compare"].setVisible(comparable)
        self._buttons["none"].setEnabled(count > 0)

    def button(self, key: str) -> buttons.Button:
        """Return one of the buttons. Raises ``KeyError``."""
        return self._buttons[key]

    def _on_click(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.wanted.emit(str(sender.property("wanted")))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        box(painter, QRectF(self.rect()), theme.CARD_RADIUS, theme.colour("raised"), theme.colour("control"))
        painter.end()

"""A row of buttons that act at once and then make room for others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from companion.ui import theme
from companion.ui.widgets.flow import FlowLayout


class OnceRow(QWidget):
    """Buttons in a row. The second click of a double click is swallowed: it would land on what came after the first."""

    def __init__(self, parent: QWidget | None = None, row_gap: int | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=theme.GAP_TIGHT, row_gap=row_gap)

    def put(self, button: QWidget) -> None:
        """Add a button."""
        self._row.addWidget(button)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the second press of a double click."""
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Swallow it between the buttons too."""

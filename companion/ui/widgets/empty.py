"""The empty state: what will be here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.painting import Painted, painter_for, picture


class _Round(Painted, QWidget):
    """An icon on a soft disc."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme.px(84), theme.px(84))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        picture(painter, QRectF(self.rect()).center(), self._icon, "accent", 36)
        painter.end()


class EmptyState(QWidget):
    """Picture, title, a sentence or two, and one button.

    Args:
        picture: the name of an icon, or a widget to show instead.
        title: what is not here yet.
        text: what it is good for and how to begin.
        action: words of the button; empty for none. ``acted`` is sent when it is pressed.
    """

    acted = Signal()

    def __init__(
        self, picture: str | QWidget, title: str, text: str, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP_LARGE, theme.GAP, theme.GAP_LARGE)
        column.setSpacing(theme.GAP_TIGHT)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(_Round(picture) if isinstance(picture, str) else picture, 0, centre)
        column.addSpacing(theme.GAP_TIGHT)
        self.setAccessibleName(title)
        for label in (labels.Label(title, "sheet"), labels.body(text, "soft")):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(label)
        self.button: buttons.Button | None = None
        if action:
            column.addSpacing(theme.GAP_TIGHT)
            self.button = buttons.primary(action)
            self.button.clicked.connect(self.acted)
            column.addWidget(self.button, 0, centre)
        column.addStretch(1)

"""The banner over every page of the example: plain, always there, with the way out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.message import Sign
from companion.ui.widgets.painting import Painted, painter_for


class Banner(Painted, QFrame):
    """One line across the window with a button. ``acted`` is sent when it is pressed."""

    acted = Signal()

    def __init__(self, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_PAGE, 5, theme.GAP_PAGE, 6)
        row.setSpacing(theme.GAP_SMALL)
        row.addWidget(Sign("info", "attention_text"), 0, Qt.AlignmentFlag.AlignVCenter)
        beside = BesideLayout(gap=theme.GAP, least=220)
        words = labels.body(text)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        beside.addWidget(words)
        self.button = buttons.quiet(action)
        self.button.clicked.connect(self.acted)
        beside.addWidget(self.button)
        row.addLayout(beside, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("attention_soft"))
        painter.fillRect(QRectF(0, area.height() - 1, area.width(), 1), theme.colour("attention_line"))
        painter.end()

"""A short list of points, each with a sign before its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.message import Sign
from companion.ui.widgets.painting import Painted, painter_for


class _Dot(Painted, QWidget):
    """A dot on the first line of the words beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme.px(18), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("control"))
        half = theme.px(5) / 2
        painter.drawEllipse(QRectF(self.rect()).center(), half, half)
        painter.end()


class Points(QWidget):
    """Points below one another; ``sign`` is the icon before each (a dot when empty), ``role`` its colour.

    With several ``columns`` they run down one column and on in the next.
    """

    def __init__(
        self,
        points: Sequence[str],
        sign: str = "check",
        role: str = "accent",
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(theme.GAP_TIGHT)
        rows = -(-len(points) // columns)
        for number, text in enumerate(points):
            column, row = divmod(number, rows)
            mark = Sign(sign, role, 18) if sign else _Dot()
            grid.addWidget(mark, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(labels.body(text), row, 2 * column + 1)
        for column in range(columns):
            grid.setColumnStretch(2 * column + 1, 1)
        grid.setRowStretch(rows, 1)

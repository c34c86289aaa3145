"""A short list of points, each with a sign before its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.message import Sign


class Points(QWidget):
    """Points below one another; ``sign`` is the icon before each, ``role`` its colour."""

    def __init__(
        self, points: Sequence[str], sign: str = "check", role: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(theme.GAP_TIGHT)
        grid.setColumnStretch(1, 1)
        for row, text in enumerate(points):
            grid.addWidget(Sign(sign, role, 18), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(labels.body(text), row, 1)

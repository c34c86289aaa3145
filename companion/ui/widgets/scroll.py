"""A scrolling area whose content is as high as its words need at the width there is, and not higher."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Scrolled(QWidget):
    """The content of a :class:`ScrollColumn`.

    Qt takes the least height of a content with wrapped words at its least *width*, many times too high, and gives the
    surplus to the widgets as gaps. The height for the true width is all that counts here.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least width, and no height."""
        layout = self.layout()
        return QSize(layout.totalMinimumSize().width() if layout else 0, 0)

    def sizeHint(self) -> QSize:
        """Return the width wished for, and no height."""
        layout = self.layout()
        return QSize(layout.totalSizeHint().width() if layout else 0, 0)


class ScrollColumn(QScrollArea):
    """Things below one another that scroll up and down. Put them into ``column`` (a ``QVBoxLayout``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Asked for the viewport that Qt makes, PySide loads every kind of widget to see which it is: 10 ms a start.
        viewport = QWidget()
        viewport.setAutoFillBackground(False)
        self.setViewport(viewport)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = Scrolled()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self.content)
        self.content.setAutoFillBackground(False)

    def height_needed(self, width: int) -> int:
        """Return the height at which nothing has to scroll, for a content of ``width``."""
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

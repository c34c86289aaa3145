"""The timeline with what stands above it (title, filter, messages), which scrolls away with the photos.

The two are side by side in the tree of widgets, not one inside the other: assistive technology sees in a list nothing
but its entries.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from companion.ui.widgets.photo_grid_places import PlacedList

_NEWS = (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange)


class HeadedArea(QAbstractScrollArea):
    """``head`` above ``grid``; the grid's scroll bar moves both. ``widest`` px at 100% is the width of the content."""

    def __init__(self, head: QWidget, grid: PlacedList, widest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = head
        self._grid = grid
        self._widest = widest
        self._measured = (-1, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewport(QWidget())  # as the list does, see there
        self.viewport().setAutoFillBackground(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.place)
        for part in (head, grid):  # in the order they are read; the mask keeps the grid off the head
            part.setParent(self.viewport())
        head.installEventFilter(self)
        grid.resized.connect(self.place)
        grid.verticalScrollBar().valueChanged.connect(self._follow)
        for part in (grid, head):
            part.show()

    def place(self) -> None:
        """Measure the head, if it changed, and make room for it."""
        self._soon.stop()
        wide = self._grid.viewport().width()
        if wide != self._measured[0] and wide > 0:
            layout = self._head.layout()
            assert layout is not None
            high = max(layout.totalHeightForWidth(wide), layout.totalMinimumSize().height())
            self._measured = (wide, high)
        self._grid.set_top(self._measured[1], self._widest)
        self._follow()

    def head_changed(self) -> None:
        """Make room for what stands at the top now, and show it."""
        self._measured = (-1, 0)
        self.place()

    def show_top(self) -> None:
        """Scroll to the top."""
        self._grid.verticalScrollBar().setValue(0)

    def _follow(self) -> None:
        wide, high = self._measured
        offset = self._grid.verticalOffset()
        self._head.setGeometry(0, -offset, max(0, wide), high)
        seen = high - offset
        if seen > 0:
            whole = self._grid.rect()
            bar = QRegion(wide, 0, max(0, whole.width() - wide), whole.height())
            self._grid.setMask(bar + QRegion(0, seen, max(0, wide), max(0, whole.height() - seen)))
        elif not self._grid.mask().isEmpty():
            self._grid.clearMask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when something in the head gets higher."""
        if watched is self._head and event.type() in _NEWS:
            self._measured = (-1, 0)
            self._soon.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the grid all the room."""
        self._grid.setGeometry(self.viewport().rect())
        self.place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll the photos also where it turns over the head."""
        QApplication.sendEvent(self._grid.verticalScrollBar(), event)

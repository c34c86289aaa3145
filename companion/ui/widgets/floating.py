"""Something that floats over the bottom of a page: nothing moves for it, and everything below it stays within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QTextBrowser, QWidget
from shiboken6 import isValid

from companion.ui import theme

if TYPE_CHECKING:
    from companion.ui.widgets.undo import UndoBar

_MOVED = (QEvent.Type.Resize, QEvent.Type.Move)
_SHOWN = (QEvent.Type.Show, QEvent.Type.LayoutRequest)
_SCROLLS = (QScrollArea, QAbstractItemView, QTextBrowser)


class RoomBelow(QObject):
    """Lets a scrolling area scroll ``px`` further than its content, without a change to the content.

    When the room is no longer wanted it goes at once if nobody looks at it, else with the next scroll upwards.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._more = 0
        self._end = area.verticalScrollBar().maximum()
        self._busy = False
        self._wanted = False
        self._policy = area.verticalScrollBarPolicy()
        area.verticalScrollBar().rangeChanged.connect(self._on_range)
        area.verticalScrollBar().valueChanged.connect(self._on_value)

    def want(self, more: int) -> None:
        """Have ``more`` px below the content; 0 ends it."""
        self._wanted = more > 0
        bar = self._area.verticalScrollBar()
        if more and not self._more:
            self._end = bar.maximum()
            self._policy = self._area.verticalScrollBarPolicy()
            if bar.minimum() == bar.maximum() and self._policy == Qt.ScrollBarPolicy.ScrollBarAsNeeded:
                # A scroll bar that came with the room would take its width from the content, and move it.
                self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if more:
            self._more = more
        self._stretch()

    def _on_range(self, _least: int, most: int) -> None:
        """The content or the area changed its height: the room is added to the new end."""
        if not self._busy and self._more:
            self._end = most
            self._stretch()

    def _on_value(self, _value: int) -> None:
        if not self._wanted and self._more and not self._busy:
            self._stretch()

    def _stretch(self) -> None:
        bar = self._area.verticalScrollBar()
        if not self._wanted:
            self._more = max(0, min(self._more, bar.value() - self._end))
        self._busy = True
        bar.setRange(bar.minimum(), self._end + self._more)
        self._busy = False
        if not self._more and self._area.verticalScrollBarPolicy() != self._policy:
            self._area.setVerticalScrollBarPolicy(self._policy)


class Floating(QObject):
    """Keeps a bar at the bottom of ``ground`` (both in the same parent) while it is shown.

    The widget of ``ground`` that takes the keyboard is scrolled clear of it.
    """

    def __init__(self, floater: UndoBar, ground: QWidget) -> None:
        super().__init__(floater)
        self._floater = floater
        self._ground = ground
        self._rooms: dict[int, RoomBelow] = {}
        floater.installEventFilter(self)
        ground.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is below, and the words of what floats."""
        kind = event.type()
        if watched is self._floater and kind == QEvent.Type.Hide:
            self._leave()
        elif kind in (_MOVED if watched is self._ground else _SHOWN):
            self.place()
        return False

    def place(self) -> None:
        """Put it where it belongs, and make room below what scrolls there."""
        if self._floater.isHidden():
            return
        ground = self._ground.geometry()
        wide = max(1, min(self._floater.wished_width(), theme.px(820), ground.width() - 2 * theme.GAP_TIGHT))
        high = max(self._floater.heightForWidth(wide), self._floater.minimumSizeHint().height())
        left = ground.left() + (ground.width() - wide) // 2
        self._floater.setGeometry(left, ground.bottom() + 1 - high - theme.GAP_TIGHT, wide, high)
        self._floater.raise_()
        self._make_room()

    def _make_room(self) -> None:
        top = self._top()
        more = self._ground.mapToGlobal(QPoint(0, self._ground.height())).y() - top
        under = self._under(top)
        for number, room in list(self._rooms.items()):
            if not isValid(room):
                del self._rooms[number]
            elif number not in map(id, under):
                room.want(0)
        for area in under:
            room = self._rooms.get(id(area)) or RoomBelow(area)
            self._rooms[id(area)] = room
            room.want(more)

    def _top(self) -> int:
        return self._floater.mapToGlobal(QPoint(0, 0)).y()

    def _under(self, top: int) -> list[QAbstractScrollArea]:
        """Return the outermost areas in sight that reach below ``top``."""
        found: list[QAbstractScrollArea] = []
        for area in self._ground.findChildren(QAbstractScrollArea):
            if not isinstance(area, _SCROLLS) or not area.isVisible():
                continue
            reaches = area.mapToGlobal(QPoint(0, area.height())).y() > top
            if reaches and not any(outer.isAncestorOf(area) for outer in found):
                found.append(area)
        return found

    def _leave(self) -> None:
        for room in self._rooms.values():
            if isValid(room):
                room.want(0)
        self._rooms.clear()

    @Slot("QWidget*", "QWidget*")
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._floater.isHidden() or new is None or not self._ground.isAncestorOf(new):
            return
        self._make_room()  # another view of the page may have come
        top = self._top()
        bottom = new.mapToGlobal(QPoint(0, new.height())).y()
        area = next((each for each in self._under(top) if each.isAncestorOf(new)), None)
        if area is not None and bottom > top and new.height() < area.height() // 2:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + bottom - top + theme.GAP_TIGHT)

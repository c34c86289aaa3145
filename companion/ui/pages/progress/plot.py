"""One picture in the window: a lane kept in tiles, moved by hand, wheel and keys, with a day one can stand on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from datetime import date, timedelta
from math import floor

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.domain import weeks
from companion.ui import theme
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.pages.progress.lane import Lane, axis_high, paint_grid, paint_labels
from companion.ui.widgets.painting import RING, Painted, painter_for

TILE = 256
"""Width of what is painted at once, in px. Panning paints at most one new tile a lane, the rest is copied."""
TILES_KEPT = 24
GUTTER = 120
EDGE = 36
ZOOM_STEP = 1.3
_OVER = 8
"""How far a mark at the edge of the window may reach beyond it, in px."""
_WEEK = 7
_STEPS = {Qt.Key.Key_Left: -_WEEK, Qt.Key.Key_Right: _WEEK, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CLICK = 5
"""A press that moves less than this, in px, is a click."""


class PlotView(Painted, QLabel):
    """Shows a lane. ``opened`` is sent with the day when the person clicks there or presses Enter.

    Arrow keys move the day by a day (up, down) or a week (left, right), with Ctrl to the next thing; plus and minus
    zoom, 0 shows everything, Home and End go to the start and to today. Dragging pans; the wheel zooms with Ctrl and
    pans with Shift or sideways, and else scrolls the page.
    """

    opened = Signal(object, QPointF)
    """Emits the day, and where (in px from the start and from the top; null from the keyboard)."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._lane: Lane | None = None
        self._tiles: OrderedDict[int, QPixmap] = OrderedDict()
        self._painted_for: tuple[object, ...] = ()
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        axis.moved.connect(self.update)
        axis.pointed.connect(self.update)

    def show_lane(self, lane: Lane) -> None:
        """Show another lane."""
        self._lane = lane
        self._tiles.clear()
        self.updateGeometry()
        self.update()

    def lane(self) -> Lane | None:
        """Return what is shown."""
        return self._lane

    def restyle(self) -> None:
        """Paint anew in a new look."""
        self._tiles.clear()

    # Size

    def sizeHint(self) -> QSize:
        """Return the height of lane and axis; the width is the page's affair."""
        high = self._lane.high() if self._lane is not None else 0
        return QSize(theme.px(GUTTER) + theme.px(300), high + axis_high())

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which an axis can be read."""
        return QSize(theme.px(GUTTER) + 160, self.sizeHint().height())

    def area(self) -> QRectF:
        """Return where the lane is painted."""
        gutter = theme.px(GUTTER)
        return QRectF(gutter, 0, max(1, self.width() - gutter - EDGE), self.height())

    def scale(self) -> Scale:
        """Return the scale at which it is painted now."""
        return self._axis.scale(self.area().width())

    def offset(self) -> float:
        """Return how many px from the start its left edge lies; whole device px, so that text stays sharp."""
        ratio = self.devicePixelRatioF()
        return round(self._axis.window.first * self.scale().a_week * ratio) / ratio

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the tiles that are seen, and paint what moves over them."""
        if self._lane is None:
            return
        painter = painter_for(self)
        area, scale, offset = self.area(), self.scale(), self.offset()
        self._lane.paint_gutter(painter, area.left(), scale)
        painter.setClipRegion(self._seen(area))
        first, last = floor((offset - EDGE) / TILE), floor((offset + area.width() + EDGE) / TILE)
        for number in range(first, last + 1):
            painter.drawPixmap(QPointF(area.left() + number * TILE - offset, 0), self._tile(number, scale))
        painter.setClipRect(area.adjusted(-EDGE, 0, EDGE, 0))
        painter.translate(area.left() - offset, 0)
        paint_labels(painter, self._lane, scale, offset - EDGE, offset + area.width() + EDGE)
        painter.translate(offset - area.left(), 0)
        self._lane.paint_over(painter, area, offset, scale)
        day = self._axis.looked_at()
        if day is not None:
            painter.setClipRect(area)
            self._lane.paint_day(painter, area.left() + scale.of_day(day) - offset, scale.a_week / 7, day)
        painter.setClipping(False)
        if self.ring_visible():
            painter.setPen(QPen(theme.colour("focus"), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.end()

    @staticmethod
    def _seen(area: QRectF) -> QRegion:
        """Return where tiles may be seen: the lane in its window, and the words of the axis a little beyond it."""
        lane = area.adjusted(-_OVER, 0, _OVER, -axis_high()).toRect()
        return QRegion(lane).united(area.adjusted(-EDGE, area.height() - axis_high(), EDGE, 0).toRect())

    def _tile(self, number: int, scale: Scale) -> QPixmap:
        assert self._lane is not None
        ratio = self.devicePixelRatioF()
        asked = (scale, self.height(), ratio, theme.current(), self._axis.today)
        if asked != self._painted_for:
            self._tiles.clear()
            self._painted_for = asked
        kept = self._tiles.get(number)
        if kept is not None:
            self._tiles.move_to_end(number)
            return kept
        pixmap = QPixmap(round(TILE * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.colour("surface"))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-number * TILE, 0)
        paint_lane(painter, self._lane, scale, number * TILE, (number + 1) * TILE)
        painter.end()
        self._tiles[number] = pixmap
        while len(self._tiles) > TILES_KEPT:
            self._tiles.popitem(last=False)
        return pixmap

    # Keys

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers; leave plus, minus and arrows to this widget."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._axis.zoom(1 / (1 + max(-0.5, event.value())), self._week_at(event.position().x()))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the day, zoom, or open what is there."""
        super().keyPressEvent(event)
        if self._on_key(event):
            event.accept()

    def _on_key(self, event: QKeyEvent) -> bool:
        axis, key = self._axis, event.key()
        if key in _STEPS:
            self._on_arrow(_STEPS[Qt.Key(key)], event.modifiers())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            axis.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            axis.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            axis.show_last(0)
        elif key == Qt.Key.Key_Home:
            axis.stand_on(axis.start)
        elif key == Qt.Key.Key_End:
            axis.stand_on(axis.today)
        elif key == Qt.Key.Key_Escape and axis.day is not None:
            axis.stand_on(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(axis.day or axis.today, QPointF())
        else:
            return False
        return True

    def _on_arrow(self, days: int, held: Qt.KeyboardModifier) -> None:
        """Move the day; sideways with Ctrl to the next thing, with Shift the weeks that are seen."""
        axis, way = self._axis, 1 if days > 0 else -1
        if abs(days) == _WEEK and held & Qt.KeyboardModifier.ControlModifier:
            self._jump(way)
        elif abs(days) == _WEEK and held & Qt.KeyboardModifier.ShiftModifier:
            axis.pan(axis.window.span / 8 * way)
        else:
            axis.stand_on(axis.day + timedelta(days=days) if axis.day is not None else self._first_day())

    def _first_day(self) -> date:
        """Return where the keyboard begins: today, or the last day in sight."""
        last = weeks.day_at(self._axis.start, self._axis.window.last - 1 / 7)
        return min(self._axis.today, last)

    def _jump(self, way: int) -> None:
        days = self._lane.days() if self._lane is not None else ()
        if not days:
            return
        here = self._axis.day or self._first_day() + timedelta(days=1)
        at = bisect_right(days, here) if way > 0 else bisect_left(days, here) - 1
        self._axis.stand_on(days[min(max(at, 0), len(days) - 1)])

    # Mouse

    def _week_at(self, x: float) -> float:
        return (x - self.area().left() + self.offset()) / self.scale().a_week

    def day_at(self, x: float) -> date:
        """Return the day at ``x`` px from the left of the widget."""
        return weeks.day_at(self._axis.start, self._week_at(x))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, pan sideways; a plain turn is the page's."""
        turn = event.angleDelta()
        sideways = turn.x() or (turn.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn.y():
            self._axis.zoom(ZOOM_STEP ** (-turn.y() / 120), self._week_at(event.position().x()))
            event.accept()
        elif sideways:
            self._axis.pan(-sideways / 120 * self._axis.window.span / 12)
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the weeks along, or say what lies under the pointer."""
        at = event.position()
        if self._pressed is None:
            inside = self.area().contains(at)
            self._axis.hover(self.day_at(at.x()) if inside else None)
            return
        moved = at.x() - self._pressed.x()
        if self._dragged or abs(moved) >= _CLICK:
            self._dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._axis.hover(None)
            self._axis.pan(-moved / self.scale().a_week)
            self._pressed = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or stand on the day that was clicked."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed, self._dragged = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if clicked and self.area().contains(event.position()):
            day = self.day_at(event.position().x())
            self._axis.stand_on(day, reveal=False)
            x = event.position().x() - self.area().left() + self.offset()
            self.opened.emit(day, QPointF(x, event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._axis.hover(None)
        super().leaveEvent(event)


def paint_lane(painter: QPainter, lane: Lane, scale: Scale, left: float, right: float) -> None:
    """Paint grid and lane from ``left`` to ``right`` px from the start."""
    high = lane.high()
    paint_grid(painter, lane, scale, left, right, high)
    lane.paint(painter, scale, left, right)

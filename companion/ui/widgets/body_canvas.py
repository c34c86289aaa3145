"""The drawn body, front and back, with a control for each region.

What is seen is one painting. Above it lie invisible check boxes, one for each region, so keyboard and screen reader
meet ordinary controls: Tab comes to the region last used, the arrow keys go to the nearest one, Space chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from companion.domain.body import Region, View
from companion.ui import theme
from companion.ui.widgets.body_shapes import Figure, figures
from companion.ui.widgets.painting import Painted, box, painter_for, picture, text_width, words
from companion.wording import say

_AIR = 26.0
_FACE_SCALE = 1.08
_FACE_TOP = 84.0
_MARGIN = 6.0  # the hands reach a little past the width of the figure
_SIDE_MARK = (QPointF(17, 150), QPointF(183, 150))
_BESIDE_FACE = (Region.SCALP, Region.EARS)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


@lru_cache(maxsize=128)
def _middle(region: Region, view: View) -> QPointF:
    """Return a point well inside a region, for its check mark; some regions do not hold their own middle."""
    shape = figures()[view].regions[region]
    bounds = shape.boundingRect()
    if region in (Region.BREASTS, Region.EARS, Region.EYELIDS):
        bounds = QRectF(bounds.center().x(), bounds.top(), bounds.width() / 2, bounds.height())
    around = [QPointF(dx, dy) for dx in (-4, 0, 4) for dy in (-4, 0, 4)]
    best, most = bounds.center(), -1e9
    for column in range(1, 20):
        for row in range(1, 20):
            spot = QPointF(bounds.left() + bounds.width() * column / 20, bounds.top() + bounds.height() * row / 20)
            held = sum(shape.contains(spot + step) for step in around)
            away = (spot - bounds.center()).manhattanLength()
            score = held * 100 - away
            if shape.contains(spot) and score > most:
                best, most = spot, score
    return best


def _line(role: str, width: float) -> QPen:
    return QPen(theme.colour(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class _Spot(QCheckBox):
    """One region for keyboard and screen reader; the canvas paints it."""

    def __init__(self, region: Region, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.region = region
        self._canvas = canvas
        self.setAccessibleName(say(f"body.{region.value}"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbour in the direction of an arrow key."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._canvas.go(self, step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._canvas.came_to(self, event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._canvas.update()


class Canvas(Painted, QWidget):
    """The painting of the three views and the controls that lie on it. Part of :class:`BodyMap`."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("body.map_name"))
        self.setAccessibleDescription(say("body.map_help"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._private = False
        self._over: Region | None = None
        self._ringed = False
        self._views: Mapping[View, Figure] = figures()
        self._spots: dict[Region, _Spot] = {}
        for region in Region:
            spot = _Spot(region, self)
            spot.clicked.connect(self._clicked)
            self._spots[region] = spot
        self._spots[Region.FACE].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_private(False)

    # State

    def spot(self, region: Region) -> QCheckBox:
        """Return the control of one region."""
        return self._spots[region]

    def show_private(self, shown: bool) -> None:
        """Offer the private regions or hide them."""
        self._private = shown
        for region, spot in self._spots.items():
            if region.intimate:
                spot.setVisible(shown)
        if not shown and self._over is not None and self._over.intimate:
            self._over = None
        self.update()

    def selected(self) -> set[Region]:
        """Return the regions chosen, hidden ones included."""
        return {region for region, spot in self._spots.items() if spot.isChecked()}

    def select(self, regions: Iterable[Region]) -> None:
        """Set the regions chosen, without telling."""
        wanted = set(regions)
        for region, spot in self._spots.items():
            spot.setChecked(region in wanted)
        self.update()

    def _clicked(self, on: bool) -> None:
        spot = self.sender()
        if isinstance(spot, _Spot):
            self.update()
            self.toggled.emit(spot.region.value, on)

    # Geometry

    def _scale(self) -> float:
        middle = self._views[View.FACE].size.width() * _FACE_SCALE
        wide = 2 * self._views[View.FRONT].size.width() + middle + 2 * _AIR + 2 * _MARGIN
        high = self._views[View.FRONT].size.height()
        return max(0.2, min(self.width() / wide, (self.height() - self._foot()) / high))

    def _foot(self) -> int:
        """Return the height below the figures, for the captions and the name of the region."""
        return theme.px(30) + theme.px(34)

    def _place(self, view: View) -> tuple[QPointF, float]:
        """Return where a view begins and how large it is."""
        scale = self._scale()
        figure = self._views[View.FRONT].size
        middle = self._views[View.FACE].size.width() * _FACE_SCALE
        whole = (2 * figure.width() + middle + 2 * _AIR) * scale
        left = (self.width() - whole) / 2
        top = max(0.0, (self.height() - self._foot() - figure.height() * scale) / 2)
        if view is View.FRONT:
            return QPointF(left, top), scale
        if view is View.FACE:
            start = left + (figure.width() + _AIR) * scale
            return QPointF(start, top + _FACE_TOP * scale), scale * _FACE_SCALE
        return QPointF(left + whole - figure.width() * scale, top), scale

    def _on_screen(self, region: Region, view: View) -> QRectF:
        origin, scale = self._place(view)
        bounds = self._views[view].regions[region].boundingRect()
        return QRectF(origin + bounds.topLeft() * scale, QSizeF(bounds.size() * scale))

    def _views_of(self, region: Region) -> list[View]:
        return [view for view, figure in self._views.items() if region in figure.regions]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the controls with the painting."""
        for region, spot in self._spots.items():
            spot.setGeometry(self._on_screen(region, self._views_of(region)[0]).toAlignedRect())
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """Return a size at which every region can be hit with ease."""
        return QSize(620, 520 + self._foot())

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the fingers are still seen."""
        return QSize(440, 380 + self._foot())

    # Pointer

    def region_at(self, point: QPointF) -> Region | None:
        """Return the region below a point of the canvas."""
        for view, figure in self._views.items():
            origin, scale = self._place(view)
            found = figure.region_at((point - origin) / scale, self._private)
            if found is not None:
                return found
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the region below the pointer."""
        over = self.region_at(event.position())
        if over is not self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the region, or let it go."""
        region = self.region_at(event.position())
        if region is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._spots[region].setFocus(Qt.FocusReason.MouseFocusReason)
        self._spots[region].click()

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        self._over = None
        self.update()
        super().leaveEvent(event)

    # Keyboard

    def came_to(self, spot: _Spot, by_keyboard: bool) -> None:
        """Make ``spot`` the one that Tab comes back to."""
        self._ringed = by_keyboard
        for other in self._spots.values():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is spot else Qt.FocusPolicy.ClickFocus)
        self.update()

    def go(self, spot: _Spot, step: QPointF) -> None:
        """Give the keyboard to the nearest region in a direction."""
        here = QRectF(spot.geometry()).center()
        best: _Spot | None = None
        least = 1e9
        for other in self._spots.values():
            if other is spot or other.isHidden():
                continue
            way = QRectF(other.geometry()).center() - here
            along = QPointF.dotProduct(way, step)
            across = abs(way.x() * step.y() - way.y() * step.x())
            cost = along + 2.2 * across
            if along > 1 and cost < least:
                best, least = other, cost
        if best is not None:
            best.setFocus(Qt.FocusReason.TabFocusReason)

    def _current(self) -> Region | None:
        """Return the region to be named: the one below the pointer, else the one the keyboard is on."""
        if self._over is not None:
            return self._over
        return next((region for region, spot in self._spots.items() if spot.hasFocus()), None)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the figures, what is chosen, and the name of the region at hand."""
        painter = painter_for(self)
        for view, figure in self._views.items():
            self._paint_figure(painter, view, figure)
        self._paint_marks(painter)
        self._paint_captions(painter)
        self._paint_focus(painter)
        painter.end()

    def _paint_figure(self, painter: QPainter, view: View, figure: Figure) -> None:
        origin, scale = self._place(view)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        thin = 1.0 / scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("body"))
        painter.drawPath(figure.outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_line("body_line", 1.1 * thin))
        painter.drawPath(figure.lines)
        if view is View.FACE and self._spots[Region.FACE].isChecked():
            for shape in (shape for region, shape in figure.regions.items() if region not in _BESIDE_FACE):
                self._paint_region(painter, shape, thin, chosen=True, edge=False)
        for region, shape in figure.regions.items():
            chosen = self._spots[region].isChecked() and (self._private or not region.intimate)
            if chosen or region is self._over:
                self._paint_region(painter, shape, thin, chosen)
        painter.setPen(_line("body_line", 1.6 * thin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(figure.outline)
        for region, shape in figure.regions.items():
            if self._spots[region].isChecked() and (self._private or not region.intimate):
                self._paint_edge(painter, shape, 2.2 * thin)
        painter.restore()

    @staticmethod
    def _paint_region(painter: QPainter, shape: QPainterPath, thin: float, chosen: bool, edge: bool = True) -> None:
        fill = theme.colour("accent").toRgb()
        fill.setAlphaF(0.30 if chosen else 0.16)
        painter.setBrush(fill)
        painter.setPen(QPen(theme.colour("accent"), 1.2 * thin) if edge and not chosen else Qt.PenStyle.NoPen)
        painter.drawPath(shape)

    @staticmethod
    def _paint_edge(painter: QPainter, shape: QPainterPath, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_line("accent", width))
        painter.drawPath(shape)

    def _paint_marks(self, painter: QPainter) -> None:
        """Set a check mark on every region chosen: its colour alone would not say so to everybody."""
        half = theme.px(8)
        for view, figure in self._views.items():
            origin, scale = self._place(view)
            for region in figure.regions:
                if not self._spots[region].isChecked() or (region.intimate and not self._private):
                    continue
                at = origin + _middle(region, view) * scale
                painter.setPen(QPen(theme.colour("surface"), 1.5))
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(at, half, half)
                picture(painter, at, "check", "on_accent", 13)

    def _paint_captions(self, painter: QPainter) -> None:
        font, ink = theme.font("small"), theme.colour("ink_soft")
        high = self._views[View.FRONT].size.height()
        for view, key in ((View.FRONT, "body.front"), (View.BACK, "body.back"), (View.FACE, "body.face_closer")):
            origin, scale = self._place(view)
            figure = self._views[view].size
            below = (high if view is not View.FACE else figure.height()) * scale
            wide = figure.width() * scale
            room = max(wide, text_width(say(key), font) + 4)
            area = QRectF(origin.x() + (wide - room) / 2, origin.y() + below + 4, room, theme.px(24))
            words(painter, area, say(key), font, ink)
            if view is View.FACE:
                continue
            sides = ("body.right_mark", "body.left_mark")
            for at, side in zip(_SIDE_MARK, sides if view is View.FRONT else reversed(sides), strict=True):
                middle = origin + at * scale
                area = QRectF(middle.x() - 20, middle.y() - 14, 40, 28)
                words(painter, area, say(side), theme.font("strong"), ink)
        region = self._current()
        if region is not None:
            name = say(f"body.{region.value}")
            bold = theme.font("strong")
            wide = min(text_width(name, bold) + theme.px(28), self.width())
            high = theme.px(30)
            tag = QRectF((self.width() - wide) / 2, self.height() - high, wide, high)
            box(painter, tag, high / 2, theme.colour("accent_soft"))
            words(painter, tag, name, bold, theme.colour("accent"))

    def _paint_focus(self, painter: QPainter) -> None:
        region = next((region for region, spot in self._spots.items() if spot.hasFocus()), None)
        if region is None or not self._ringed:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for view in self._views_of(region):
            area = self._on_screen(region, view).adjusted(-5, -5, 5, 5)
            for width, role in ((4.5, "surface"), (2.0, "focus")):
                painter.setPen(QPen(theme.colour(role), width))
                painter.drawRoundedRect(area, 8, 8)

"""Drawing in a picture's own units: the scene is laid out once and painted crisp at any size and in any theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from companion.ui import theme
from companion.ui.theme import Theme

_LINES = Qt.TextFlag.TextWordWrap


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Return a colour between two; ``share`` 0 is the first."""
    share = max(0.0, min(1.0, share))
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def faded(colour: QColor, alpha: float) -> QColor:
    """Return a colour with another opacity."""
    made = QColor(colour)
    made.setAlphaF(max(0.0, min(1.0, alpha)))
    return made


@dataclass(frozen=True, slots=True)
class Tint:
    """Fill and line of a shape."""

    fill: QColor | None
    line: QColor | None
    width: float = 1.6


class Brush:
    """A painter whose unit is that of the scene. Text keeps the size of the theme, whatever the scale.

    Args:
        painter: already begun; the caller ends it.
        scale: px for one unit of the scene.
        look: whose colours and text sizes are used; the theme in use, or another one for paper.
    """

    def __init__(self, painter: QPainter, scale: float, look: Theme | None = None) -> None:
        self.painter = painter
        self.scale = scale
        self.look = look or theme.current()
        self._own = look is not None
        self.alpha = 1.0

    def colour(self, role: str) -> QColor:
        """Return the colour of a role."""
        return self.look.colour(role)

    def font(self, kind: str, strong: bool = False) -> QFont:
        """Return a font in px."""
        made = QFont(theme.font(kind))
        if self._own:
            made.setPixelSize(self.look.size(kind))
        if strong:
            made.setWeight(QFont.Weight.DemiBold)
        return made

    def _pen(self, colour: QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
        pen = QPen(faded(colour, colour.alphaF() * self.alpha), width * self.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashes:
            pen.setDashPattern(list(dashes))
        return pen

    def _set(self, tint: Tint, dashes: Sequence[float] = ()) -> None:
        fill = tint.fill
        self.painter.setBrush(faded(fill, fill.alphaF() * self.alpha) if fill is not None else Qt.BrushStyle.NoBrush)
        line = self._pen(tint.line, tint.width, dashes) if tint.line is not None else Qt.PenStyle.NoPen
        self.painter.setPen(line)

    # Shapes, in units

    def at(self, x: float, y: float) -> QPointF:
        """Return a point of the scene in px."""
        return QPointF(x * self.scale, y * self.scale)

    def area(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle of the scene in px."""
        return QRectF(x * self.scale, y * self.scale, width * self.scale, height * self.scale)

    def box(
        self, x: float, y: float, width: float, height: float, radius: float, tint: Tint, dashes: Sequence[float] = ()
    ) -> None:
        """Draw a rounded box."""
        self._set(tint, dashes)
        self.painter.drawRoundedRect(self.area(x, y, width, height), radius * self.scale, radius * self.scale)

    def disc(self, x: float, y: float, rx: float, tint: Tint, ry: float = 0.0, dashes: Sequence[float] = ()) -> None:
        """Draw a circle or, with ``ry``, an ellipse."""
        self._set(tint, dashes)
        self.painter.drawEllipse(self.at(x, y), rx * self.scale, (ry or rx) * self.scale)

    def path(self, path: QPainterPath, tint: Tint, dashes: Sequence[float] = ()) -> None:
        """Draw a path given in units."""
        self._set(tint, dashes)
        self.painter.drawPath(self.scaled(path))

    def scaled(self, path: QPainterPath) -> QPainterPath:
        """Return a path of the scene in px."""
        from PySide6.QtGui import QTransform

        return QTransform.fromScale(self.scale, self.scale).map(path)

    def line(self, points: Sequence[tuple[float, float]], colour: QColor, width: float) -> None:
        """Draw a line through points."""
        self.painter.setPen(self._pen(colour, width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF([self.at(x, y) for x, y in points]))

    def arrow(
        self, path: QPainterPath, colour: QColor, width: float = 2.2, dashes: Sequence[float] = (), until: float = 1.0
    ) -> None:
        """Draw a path with a head at its end; ``until`` draws only its beginning."""
        whole = self.scaled(path)
        length = whole.length()
        if length <= 0 or until <= 0.02:
            return
        head = 9.0 * self.scale
        stop = max(0.0, min(length, length * until) - head * 0.6)
        shown = QPainterPath(whole.pointAtPercent(0))
        steps = max(8, int(stop / (3 * self.scale)))
        for step in range(1, steps + 1):
            shown.lineTo(whole.pointAtPercent(whole.percentAtLength(stop * step / steps)))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(self._pen(colour, width, dashes))
        self.painter.drawPath(shown)
        tip = whole.pointAtPercent(whole.percentAtLength(min(length, length * until)))
        back = whole.pointAtPercent(whole.percentAtLength(max(0.0, min(length, length * until) - head)))
        self._head(tip, back, head, colour)

    def _head(self, tip: QPointF, back: QPointF, size: float, colour: QColor) -> None:
        along = tip - back
        length = max(0.001, (along.x() ** 2 + along.y() ** 2) ** 0.5)
        unit = along / length
        side = QPointF(-unit.y(), unit.x()) * size * 0.55
        base = tip - unit * size
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(faded(colour, colour.alphaF() * self.alpha))
        self.painter.drawPolygon(QPolygonF([tip, base + side, base - side]))

    def along(self, path: QPainterPath, share: float) -> tuple[float, float]:
        """Return the point of a path at a share of its length, in units."""
        found = path.pointAtPercent(path.percentAtLength(path.length() * max(0.0, min(1.0, share))))
        return found.x(), found.y()

    # Text, in px

    def text_units(self, kind: str) -> float:
        """Return how high a kind of text is in units: large where the picture is small or the text enlarged."""
        return self.look.size(kind) / self.scale

    def width_of(self, text: str, font: QFont) -> float:
        """Return the width of a line of text in units."""
        return QFontMetricsF(font).horizontalAdvance(text) / self.scale

    def words(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        kind: str = "caption",
        role: str = "ink",
        strong: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        plate: QColor | None = None,
        middle: bool = False,
    ) -> QRectF:
        """Write wrapped text from ``y`` down, or around it with ``middle``; return where it stands, in units.

        ``plate`` is a soft ground to lay it on, so that lines below do not cross the letters.
        """
        font = self.font(kind, strong)
        metrics = QFontMetricsF(font)
        flags = int(align) | int(_LINES)
        room = QRectF(x * self.scale, 0, width * self.scale, 10_000)
        found = metrics.boundingRect(room, flags, text)
        top = y * self.scale - (found.height() / 2 if middle else 0)
        area = QRectF(room.x(), top, room.width(), found.height() + 1)
        written = QRectF(found.x(), top, found.width(), found.height())
        if plate is not None:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(faded(plate, 0.86 * self.alpha))
            self.painter.drawRoundedRect(written.adjusted(-5, -1, 5, 2), 6, 6)
        ink = self.colour(role)
        self.painter.setFont(font)
        self.painter.setPen(faded(ink, ink.alphaF() * self.alpha))
        self.painter.drawText(area, flags, text)
        return QRectF(written.x() / self.scale, top / self.scale, written.width() / self.scale,
                      written.height() / self.scale)  # fmt: skip

    def badge(self, x: float, y: float, text: str, on: bool) -> None:
        """Draw the number of a step: filled when it is the one shown."""
        font = self.font("caption", strong=True)
        radius = max(9.0, self.text_units("caption") * 0.74)
        fill = self.colour("ink" if on else "surface")
        line = self.colour("ink" if on else "control")
        self.disc(x, y, radius, Tint(fill, line, 1.2))
        self.painter.setFont(font)
        ink = self.colour("surface" if on else "ink")
        self.painter.setPen(faded(ink, self.alpha))
        room = self.area(x - radius, y - radius, 2 * radius, 2 * radius)
        self.painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)


def curve(*points: tuple[float, float]) -> QPainterPath:
    """Return a path: a start, then groups of three points (two controls and an end)."""
    path = QPainterPath(QPointF(*points[0]))
    for at in range(1, len(points) - 2, 3):
        path.cubicTo(QPointF(*points[at]), QPointF(*points[at + 1]), QPointF(*points[at + 2]))
    return path

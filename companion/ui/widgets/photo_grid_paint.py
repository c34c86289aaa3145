"""How one small photo looks: picture with round corners, its two lines of words, and the signs of choice and focus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from companion.ui import theme
from companion.ui.widgets.painting import RING, box, picture, words

CORNER = 10
DISC = 24
"""The mark of choice, in px at 100%."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Face:
    """What a tile shows. ``mark`` is a word in its corner; ``inside``: the focus ring has no room around it."""

    pixmap: QPixmap | None
    broken: bool = False
    chosen: bool = False
    choosing: bool = False
    focused: bool = False
    hovered: bool = False
    mark: str = ""
    inside: bool = False


def paint_picture(painter: QPainter, area: QRectF, face: Face) -> None:
    """Paint the picture of a tile, its frame and its marks."""
    if face.pixmap is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, face.pixmap, QRectF(face.pixmap.rect()))
    else:
        painter.fillRect(area, theme.colour("well"))
        if face.broken:
            picture(painter, area.center(), "warning", "ink_soft", 26)
    paint_corners(painter, area, CORNER)
    if face.chosen or face.mark:
        _frame(painter, area, "accent", 3.0)
    elif face.hovered or face.pixmap is None:
        _frame(painter, area, "control" if face.hovered else "line", 1.0)
    if face.focused:
        out = -5 if face.inside else 4
        _frame(painter, area.adjusted(-out, -out, out, out), "on_photo" if face.inside else "focus", RING)
        if face.inside:
            _frame(painter, area.adjusted(3, 3, -3, -3), "focus", RING)
    if face.chosen or face.choosing or face.hovered:
        _paint_disc(painter, area, face.chosen)
    if face.mark:
        _paint_mark(painter, area, face.mark)


def paint_corners(painter: QPainter, area: QRectF, radius: int) -> None:
    """Round the corners of what was painted in ``area`` by covering them with the page's own colour.

    A clip with round corners, or a path as large as the picture, would cost more than the picture.
    """
    ratio = painter.device().devicePixelRatio()
    cover = _cover(radius, theme.colour("canvas").rgba(), ratio)
    side = float(radius)
    for right, low in ((False, False), (True, False), (False, True), (True, True)):
        corner = QPointF(area.right() - side if right else area.left(), area.bottom() - side if low else area.top())
        source = QRectF(side * ratio if right else 0, side * ratio if low else 0, side * ratio, side * ratio)
        painter.drawPixmap(QRectF(corner.x(), corner.y(), side, side), cover, source)


@lru_cache(maxsize=16)
def _cover(radius: int, colour: int, ratio: float) -> QPixmap:
    """Return the four corners around a disc of ``radius``, in device pixels."""
    side = round(2 * radius * ratio)
    cover = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    cover.fill(QColor.fromRgba(colour))
    painter = QPainter(cover)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgb(0, 0, 0))
    painter.drawEllipse(QRectF(0, 0, side, side))
    painter.end()
    return QPixmap.fromImage(cover)


def _frame(painter: QPainter, area: QRectF, role: str, width: float) -> None:
    painter.setPen(QPen(theme.colour(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), CORNER - half, CORNER - half)


def disc_area(area: QRectF) -> QRectF:
    """Return where the mark of choice is; a little more than it, so that it is easy to hit."""
    reach = theme.px(DISC) + 16
    return QRectF(area.right() - reach, area.top(), reach, reach)


def _paint_disc(painter: QPainter, area: QRectF, chosen: bool) -> None:
    side = theme.px(DISC)
    disc = QRectF(area.right() - side - 8, area.top() + 8, side, side)
    if chosen:
        box(painter, disc, side / 2, theme.colour("accent"), theme.colour("on_accent"), 2)
        picture(painter, disc.center(), "check", "on_accent", 15)
    else:
        box(painter, disc, side / 2, theme.colour("photo_pill"), theme.colour("on_photo"), 2)


def _paint_mark(painter: QPainter, area: QRectF, mark: str) -> None:
    side = theme.px(22)
    disc = QRectF(area.left() + 7, area.top() + 7, side, side)
    box(painter, disc, side / 2, theme.colour("accent"), theme.colour("on_accent"), 1.5)
    words(painter, disc, mark, theme.font("caption"), theme.colour("on_accent"))


def paint_words(painter: QPainter, area: QRectF, first: str, second: str, middle: bool = False) -> None:
    """Paint the one or two lines below a picture."""
    high = theme.px(21)
    align = _MIDDLE if middle else _LEFT
    top = area.top() + 4
    role = "ink_soft" if middle else "ink"
    words(painter, QRectF(area.left(), top, area.width(), high), first, theme.font("small"), theme.colour(role), align)
    if second:
        room = QRectF(area.left(), top + high - 1, area.width(), theme.px(19))
        words(painter, room, second, theme.font("caption"), theme.colour("ink_soft"), align)


def paint_heading(painter: QPainter, at: QPointF, width: float, title: str, count: str) -> None:
    """Paint the heading of a month with how many photos it has; ``at`` is the left end of its base line."""
    font = theme.font("heading")
    painter.setFont(font)
    painter.setPen(theme.colour("ink"))
    painter.drawText(at, title)
    wide = painter.fontMetrics().horizontalAdvance(title)
    if wide + 100 < width:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QPointF(at.x() + wide + 12, at.y()), count)

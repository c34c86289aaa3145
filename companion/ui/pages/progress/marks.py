"""The marks of the pictures. Each is another shape as well as another colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from companion.domain.dosing import SlotState
from companion.domain.progress import AreaSource
from companion.ui import theme
from companion.ui.widgets.painting import box

Draw = Callable[[QPainter, QRectF], None]

HALF_HEIGHTS = (6, 6, 9, 14, 19)
"""How thick the bar of a side effect is: nothing said, 0 to 3."""


# One slot of the calendar


def slot(painter: QPainter, area: QRectF, state: SlotState) -> None:
    """Draw what is known of one slot into its half of a day."""
    ink, line = theme.colour("accent"), theme.colour("control")
    radius = min(4.0, area.height() / 3.5)
    if state is SlotState.APPLIED:
        box(painter, area, radius, ink)
    elif state is SlotState.SKIPPED:
        box(painter, area, radius, None, ink, 1.2)
        middle = area.center()
        reach = max(1.5, min(area.width(), 14.0) * 0.25)
        painter.setPen(QPen(ink, 1.6))
        painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
    elif state is SlotState.MISSED:
        box(painter, area, radius, None, ink, 1.2)
    elif state is SlotState.UNKNOWN:
        _dots(painter, area, line)
    elif state is SlotState.PAUSED:
        _strokes(painter, area, line)
    elif state is SlotState.OPEN:
        box(painter, area, radius, theme.colour("slot_future"), line, 1.0)
    elif state is SlotState.BEFORE_RECORD:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        painter.drawEllipse(area.center(), 1.1, 1.1)


def _dots(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """Draw a dotted frame: nobody wrote down what was here."""
    pen = QPen(colour, 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.8, 0.8, -0.8, -0.8))


def _strokes(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """Draw the two strokes of a pause."""
    painter.setPen(QPen(colour, 1.6))
    middle, high = area.center(), area.height() * 0.32
    for side in (-1, 1):
        at = middle + QPointF(side * max(1.4, min(area.width(), 16.0) * 0.12), 0)
        painter.drawLine(at - QPointF(0, high), at + QPointF(0, high))


def share(painter: QPainter, area: QRectF, state: SlotState) -> None:
    """Draw the part of a column that stands for many slots of one state."""
    ink, line = theme.colour("accent"), theme.colour("control")
    if state is SlotState.APPLIED:
        painter.fillRect(area, ink)
    elif state is SlotState.UNKNOWN:
        painter.fillRect(area, QBrush(line, Qt.BrushStyle.Dense6Pattern))
    elif state is SlotState.SKIPPED:
        painter.fillRect(area, QBrush(ink, Qt.BrushStyle.HorPattern))
    elif state is SlotState.MISSED:
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    elif state is SlotState.PAUSED:
        painter.fillRect(area, QBrush(line, Qt.BrushStyle.BDiagPattern))


def slot_key(state: SlotState) -> Draw:
    """Return how a slot is drawn in a legend: one half of a day."""
    return partial(_slot_key, state=state)


def _slot_key(painter: QPainter, area: QRectF, state: SlotState) -> None:
    middle = area.center().y()
    slot(painter, QRectF(area.left() + 1, middle - 4.5, area.width() - 2, 9), state)


def share_key(state: SlotState) -> Draw:
    """Return how a share of a column is drawn in a legend."""
    return partial(_share_key, state=state)


def _share_key(painter: QPainter, area: QRectF, state: SlotState) -> None:
    share(painter, QRectF(area.center().x() - 5, area.top() + 1, 10, area.height() - 2), state)


def day_key(painter: QPainter, area: QRectF) -> None:
    """Draw in a legend a day with both applications."""
    slot(painter, _square(area), SlotState.APPLIED)


def morning_key(painter: QPainter, area: QRectF) -> None:
    """Draw in a legend a day with the morning's application, which stands above the evening's."""
    whole = _square(area)
    half = (whole.height() - 1) / 2
    slot(painter, QRectF(whole.left(), whole.top(), whole.width(), half), SlotState.APPLIED)
    slot(painter, QRectF(whole.left(), whole.top() + half + 1, whole.width(), half), SlotState.MISSED)


def _square(area: QRectF) -> QRectF:
    side = min(area.width(), area.height())
    return QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)


# Areas


def point(painter: QPainter, at: QPointF, source: AreaSource, size: float = 5.0) -> None:
    """Draw one area: measured a disc, an estimate a square, a doctor's score a diamond."""
    ink = theme.colour(area_role(source))
    size = theme.px(size * 10) / 10
    painter.setPen(QPen(ink, 2))
    painter.setBrush(theme.colour("surface"))
    if source is AreaSource.MEASURED:
        painter.drawEllipse(at, size, size)
    elif source is AreaSource.ESTIMATE:
        side = size * 0.9
        painter.drawRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side))
    else:
        reach = size * 1.25
        turns = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(*turn) for turn in turns]))


def area_role(source: AreaSource) -> str:
    """Return the colour role of a source."""
    roles = {AreaSource.MEASURED: "accent", AreaSource.ESTIMATE: "morning_text", AreaSource.DOCTOR: "evening"}
    return roles[source]


def area_line(source: AreaSource) -> QPen | None:
    """Return the pen that joins the areas of one series, or ``None`` where they are not joined."""
    if source is AreaSource.DOCTOR:
        return None
    pen = QPen(theme.colour(area_role(source)), 2 if source is AreaSource.MEASURED else 1.4)
    if source is AreaSource.ESTIMATE:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def whisker(painter: QPainter, x: float, top: float, bottom: float, source: AreaSource) -> None:
    """Draw the range of one area."""
    painter.setPen(QPen(theme.colour(area_role(source)), 1.4))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    for y in (top, bottom):
        painter.drawLine(QPointF(x - 4, y), QPointF(x + 4, y))


def point_key(source: AreaSource) -> Draw:
    """Return how a source is drawn in a legend."""
    return partial(_point_key, source=source)


def _point_key(painter: QPainter, area: QRectF, source: AreaSource) -> None:
    pen = area_line(source)
    middle = area.center()
    if pen is not None:
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), middle.y()), QPointF(area.right(), middle.y()))
    elif source is AreaSource.DOCTOR:
        whisker(painter, middle.x(), area.top(), area.bottom(), source)
    point(painter, middle, source, 4.5)


# Spans


def effect(painter: QPainter, area: QRectF, bad: int | None, open_end: bool) -> None:
    """Draw how long a side effect lasted: the worse it was, the thicker; from "quite" on it is filled."""
    high = theme.px(HALF_HEIGHTS[0 if bad is None else bad + 1])
    bar = QRectF(area.left(), area.center().y() - high / 2, area.width(), high)
    strong = bad is not None and bad >= 2
    fill = theme.colour("attention" if strong else "attention_soft")
    _bar(painter, bar, fill, theme.colour("attention"), open_end)


def tube(painter: QPainter, area: QRectF, open_end: bool) -> None:
    """Draw how long a tube lasted."""
    _bar(painter, area, theme.colour("accent_soft"), theme.colour("accent_line"), open_end)


def treatment(painter: QPainter, area: QRectF, open_end: bool) -> None:
    """Draw how long another treatment lasted."""
    _bar(painter, area, theme.colour("evening_soft"), theme.colour("evening"), open_end)


def light(painter: QPainter, area: QRectF) -> None:
    """Draw one light session: a stroke with a point on its top."""
    ink = theme.colour("evening")
    middle = area.center().x()
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(middle, area.top() + 5), QPointF(middle, area.bottom() - 1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(middle, area.top() + 4), 3.2, 3.2)


def _bar(painter: QPainter, bar: QRectF, fill: QColor, line: QColor, open_end: bool) -> None:
    if not open_end or bar.width() < 8:
        box(painter, bar, min(4.0, bar.height() / 2), fill, line, 1.2)
        return
    # What still lasts ends in a point, as an arrow does.
    tip = min(8.0, bar.width() / 2)
    inner = bar.adjusted(0.6, 0.6, -0.6, -0.6)
    corners = [
        inner.topLeft(),
        QPointF(inner.right() - tip, inner.top()),
        QPointF(inner.right(), inner.center().y()),
        QPointF(inner.right() - tip, inner.bottom()),
        inner.bottomLeft(),
    ]
    painter.setPen(QPen(line, 1.2))
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(corners))


def effect_key(bad: int) -> Draw:
    """Return how a side effect of a strength is drawn in a legend."""
    return partial(_effect_key, bad=bad)


def _effect_key(painter: QPainter, area: QRectF, bad: int) -> None:
    effect(painter, area, bad, open_end=False)


def open_key(painter: QPainter, area: QRectF) -> None:
    """Draw in a legend what still lasts."""
    effect(painter, area, 1, open_end=True)


def tube_key(painter: QPainter, area: QRectF) -> None:
    """Draw a tube in a legend."""
    tube(painter, area.adjusted(0, 2, 0, -2), open_end=False)


def treatment_key(painter: QPainter, area: QRectF) -> None:
    """Draw another treatment in a legend."""
    treatment(painter, area.adjusted(0, 2, 0, -2), open_end=False)


def light_key(painter: QPainter, area: QRectF) -> None:
    """Draw a light session in a legend."""
    light(painter, area)

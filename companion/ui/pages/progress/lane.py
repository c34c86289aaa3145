"""What every picture of the page is made of: a lane that paints itself at any scale, and the axis below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from companion.domain import weeks
from companion.domain.progress import ProgressView
from companion.domain.progress_tables import Plot
from companion.ui import theme
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.widgets.painting import text_width, words
from companion.wording import dates, say

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: how a mark is drawn in a box, and what it means."""

    draw: Callable[[QPainter, QRectF], None]
    text: str


class Lane:
    """One picture. It paints in px from the start of the treatment; who shows it moves it into place.

    A subclass says how high it is, paints what lies between two places, and says in words what lies on a day.
    """

    plot: Plot

    def __init__(self, view: ProgressView, axis: TimeAxis) -> None:
        self.view = view
        self.axis = axis

    def is_empty(self) -> bool:
        """Return whether there is nothing to show."""
        return False

    def high(self) -> int:
        """Return the height without the axis, in px."""
        raise NotImplementedError

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint what lies between ``left`` and ``right`` px from the start; things may reach beyond."""
        raise NotImplementedError

    def paint_gutter(self, painter: QPainter, width: float, scale: Scale) -> None:
        """Paint the names at the left, which stay where they are."""

    def paint_over(self, painter: QPainter, area: QRectF, offset: float, scale: Scale) -> None:
        """Paint what is not kept: ``area`` is the window, ``offset`` the px from the start of its left edge."""

    def paint_day(self, painter: QPainter, x: float, wide: float, day: date) -> None:
        """Paint that one stands on a day, which is ``wide`` px and begins at ``x``."""
        if wide > 3:
            shade = theme.colour("ink").toRgb()
            shade.setAlphaF(0.10)
            painter.fillRect(QRectF(x, 0, wide, self.high()), shade)
        painter.setPen(QPen(theme.colour("ink"), 1.2))
        painter.drawLine(QPointF(x + wide / 2, 0), QPointF(x + wide / 2, self.high() + 5))

    def on(self, day: date) -> str:
        """Return what lies on a day, in sentences."""
        raise NotImplementedError

    def days(self) -> Sequence[date]:
        """Return the days on which something lies, in order: where the keyboard jumps to."""
        return ()

    def manner(self, scale: Scale) -> str:
        """Return in which manner it paints at a scale: another one has another legend."""
        return ""

    def legend(self, scale: Scale) -> list[Key]:
        """Return what the marks mean."""
        return []

    def note(self, scale: Scale) -> str:
        """Return what has to be said about the picture at this scale, or nothing."""
        return ""


def axis_high() -> int:
    """Return the height of the axis below a picture."""
    return theme.px(42)


def paint_grid(painter: QPainter, lane: Lane, scale: Scale, left: float, right: float, high: float) -> None:
    """Paint the lines of the weeks, those of the reviews, today, and the axis itself."""
    axis = lane.axis
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawLine(QPointF(left, high + 0.5), QPointF(right, high + 0.5))
    painter.setPen(grid_pen())
    for week in _ticks(axis, scale, left, right):
        x = round(scale.x(week)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, high + 4))
    for week in axis.reviews:
        x = round(scale.x(week)) + 0.5
        if left - 2 <= x <= right + 2:
            paint_review(painter, x, 0, high)
    paint_today(painter, scale.x(axis.now()), 0, high)


def grid_pen() -> QPen:
    """Return the pen of the lines behind a picture: where lines are bright, so that edges show, these are not."""
    colour = theme.colour("line").toRgb()
    if theme.current().name == "high_contrast":
        colour.setAlphaF(0.35)
    return QPen(colour, 1)


def paint_labels(painter: QPainter, lane: Lane, scale: Scale, left: float, right: float) -> None:
    """Paint the words of the axis that fit between ``left`` and ``right``, those of the reviews first."""
    axis, high, need = lane.axis, lane.high(), _need()
    taken: list[float] = []
    for week in axis.reviews:
        x = scale.x(week)
        if all(abs(x - each) >= need for each in taken):
            taken.append(x)
            _label(painter, x, high, (left, right), _week_text(week), say("progress.review_short"), "attention_text")
    for week in _ticks(axis, scale, left, right):
        x = scale.x(week)
        if all(abs(x - each) >= need for each in taken):
            _label(painter, x, high, (left, right), _week_text(week), _date_text(axis, week), "ink_soft")


def _need() -> float:
    """Return how much room a label of the axis wants."""
    widest = max(text_width(text, theme.font("caption")) for text in (_week_text(88), say("progress.review_short")))
    return max(widest, theme.px(64)) + theme.px(14)


def _ticks(axis: TimeAxis, scale: Scale, left: float, right: float) -> tuple[int, ...]:
    first = max(left / scale.a_week - 1, axis.bounds.first)
    last = min(right / scale.a_week + 1, axis.bounds.last)
    return weeks.ticks(first, last, weeks.step(scale.a_week, _need()))


def paint_review(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Paint the line of a week at which the doctor looks, too."""
    pen = QPen(theme.colour("attention"), 1.4)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom + 4))


def paint_today(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Paint where today is: a small point on the axis with a thin line above it."""
    painter.setPen(QPen(theme.colour("control"), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("ink_soft"))
    painter.drawEllipse(QPointF(x, bottom + 0.5), 3.4, 3.4)


def _label(
    painter: QPainter, x: float, high: float, room: tuple[float, float], first: str, second: str, role: str
) -> None:
    font = theme.font("caption")
    half = max(text_width(first, font), text_width(second, font)) / 2 + 1
    if x - half < room[0] or x + half > room[1]:
        return
    line = theme.px(17)
    area = QRectF(x - half, high + 6, 2 * half, line)
    words(painter, area, first, font, theme.colour(role), CENTRE)
    words(painter, area.translated(0, line), second, font, theme.colour(role), CENTRE)


def _week_text(week: int) -> str:
    return say("progress.start") if week == 0 else say("progress.week", week=week)


def _date_text(axis: TimeAxis, week: int) -> str:
    day = axis.start + timedelta(weeks=week)
    if day.year == axis.today.year:
        return dates.short_day(day)
    return say("progress.month_year", month=say(f"dates.month_short.{day.month}"), year=day.year)


def review_key() -> Key:
    """Return the legend of the lines at which the doctor looks, too."""
    return Key(_draw_review, say("progress.review"))


def today_key() -> Key:
    """Return the legend of the line of today."""
    return Key(_draw_today, say("progress.today"))


def _draw_review(painter: QPainter, area: QRectF) -> None:
    paint_review(painter, area.center().x(), area.top(), area.bottom() - 4)


def _draw_today(painter: QPainter, area: QRectF) -> None:
    paint_today(painter, area.center().x(), area.top(), area.bottom() - 4)

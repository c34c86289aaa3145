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

    def paint_gutter(self, painter: QPainter, width: float) -> None:
        """Paint the names at the left, which stay where they are."""

    def paint_over(self, painter: QPainter, area: QRectF, offset: float, scale: Scale) -> None:
        """Paint what is not kept: ``area`` is the window, ``offset`` the px from the start of its left edge."""

    def on(self, day: date) -> str:
        """Return what lies on a day, in sentences."""
        raise NotImplementedError

    def days(self) -> Sequence[date]:
        """Return the days on which something lies, in order: where the keyboard jumps to."""
        return ()

    def legend(self) -> list[Key]:
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
    need = max(text_width(say("progress.week", week=88), theme.font("caption")), theme.px(64)) + theme.px(14)
    every = weeks.step(scale.a_week, need)
    marked = [each for each in axis.reviews if left - need <= scale.x(each) <= right + need]
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawLine(QPointF(left, high + 0.5), QPointF(right, high + 0.5))
    first = max((left - need) / scale.a_week, axis.bounds.first)
    last = min((right + need) / scale.a_week, axis.bounds.last)
    for week in weeks.ticks(first, last, every):
        x = round(scale.x(week)) + 0.5
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, high + 4))
        if not any(abs(scale.x(each) - scale.x(week)) < need for each in marked):
            _label(painter, x, high, need, _week_text(week), _date_text(axis, week), "ink_soft")
    for week in marked:
        x = round(scale.x(week)) + 0.5
        paint_review(painter, x, 0, high)
        _label(painter, x, high, need, _week_text(week), say("progress.review_short"), "attention_text")
    paint_today(painter, scale.x(axis.now()), high)


def paint_review(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Paint the line of a week at which the doctor looks, too."""
    pen = QPen(theme.colour("attention"), 1.4)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom + 4))


def paint_today(painter: QPainter, x: float, high: float) -> None:
    """Paint where today is: a small point on the axis with a thin line above it."""
    painter.setPen(QPen(theme.colour("control"), 1))
    painter.drawLine(QPointF(x, 0), QPointF(x, high))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("ink_soft"))
    painter.drawEllipse(QPointF(x, high + 0.5), 3.4, 3.4)


def _label(painter: QPainter, x: float, high: float, need: float, first: str, second: str, role: str) -> None:
    line = theme.px(17)
    area = QRectF(x - need / 2, high + 6, need, line)
    words(painter, area, first, theme.font("caption"), theme.colour(role), CENTRE)
    words(painter, area.translated(0, line), second, theme.font("caption"), theme.colour(role), CENTRE)


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
    paint_today(painter, area.center().x(), area.bottom() - 4)

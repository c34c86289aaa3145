"""The areas without colour: a panel for each place and source, each with its own scale, never joined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from companion.domain.progress import AreaPoint, AreaSeries, AreaSource, ProgressView
from companion.domain.progress_tables import Plot
from companion.ui import theme
from companion.ui.pages.progress import marks
from companion.ui.pages.progress import words as spoken
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.pages.progress.lane import LEFT, RIGHT, Key, Lane, grid_pen
from companion.ui.widgets.painting import words
from companion.wording import say
from companion.wording.places import place_name

HEAD, PANEL, FOOT = 38, 88, 10
_TOPS = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100)


class AreaLane(Lane):
    """The sizes of the places, a panel each, and the doctor's scores."""

    plot = Plot.AREA

    def __init__(self, view: ProgressView, axis: TimeAxis) -> None:
        super().__init__(view, axis)
        self._series = view.areas
        self._tops = tuple(map(top_of, self._series))

    def is_empty(self) -> bool:
        """Return whether no area is known."""
        return not self._series

    def high(self) -> int:
        """Return the height of all panels."""
        return len(self._series) * theme.px(HEAD + PANEL) + FOOT

    def _floor(self, at: int) -> float:
        """Return where the zero of a panel lies."""
        return (at + 1) * theme.px(HEAD + PANEL)

    def _y(self, at: int, amount: float) -> float:
        return self._floor(at) - amount / self._tops[at] * theme.px(PANEL)

    def paint_gutter(self, painter: QPainter, width: float, scale: Scale) -> None:
        """Paint the scale of each panel: nothing, half and all of what its top line stands for."""
        for at, series in enumerate(self._series):
            top = self._tops[at]
            for amount in (0.0, top / 2, top):
                area = QRectF(0, self._y(at, amount) - theme.px(9), width - theme.px(10), theme.px(18))
                text = spoken.amount_short(amount, series.source)
                words(painter, area, text, theme.font("caption"), theme.colour("ink_soft"), RIGHT)

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint the lines of the scale, ranges, and the areas."""
        for at, series in enumerate(self._series):
            painter.setPen(grid_pen())
            for share in (0.0, 0.5, 1.0):
                y = round(self._y(at, self._tops[at] * share)) + 0.5
                painter.drawLine(QPointF(left, y), QPointF(right, y))
            self._paint_series(painter, at, scale, _near(series.points, scale, left - 10, right + 10))

    def _paint_series(self, painter: QPainter, at: int, scale: Scale, points: Sequence[AreaPoint]) -> None:
        source = self._series[at].source
        places = [self._place(at, scale, each) for each in points]
        self._ranges(painter, at, points, places)
        pen = marks.area_line(source)
        if pen is not None:
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(places))
        for each in places:
            marks.point(painter, each, source)

    def _place(self, at: int, scale: Scale, each: AreaPoint) -> QPointF:
        return QPointF(scale.of_day(each.day) + scale.a_week / 14, self._y(at, each.amount))

    def _ranges(self, painter: QPainter, at: int, points: Sequence[AreaPoint], places: list[QPointF]) -> None:
        source = self._series[at].source
        ranged = [
            (place.x(), self._y(at, each.high), self._y(at, each.low))
            for place, each in zip(places, points, strict=True)
        ]
        if source is AreaSource.MEASURED:
            band = theme.colour("accent").toRgb()
            band.setAlphaF(0.16)
            painter.setPen(QPen(theme.colour("accent_line"), 0.8))
            painter.setBrush(band)
            edge = [QPointF(x, top) for x, top, _ in ranged] + [QPointF(x, low) for x, _, low in reversed(ranged)]
            painter.drawPolygon(QPolygonF(edge))
            return
        for x, top, low in ranged:
            if low - top > 1:
                marks.whisker(painter, x, top, low, source)

    def paint_over(self, painter: QPainter, area: QRectF, offset: float, scale: Scale) -> None:
        """Paint over each panel what it shows."""
        high = theme.px(HEAD) - 14
        for at, series in enumerate(self._series):
            line = QRectF(area.left() + 2, self._floor(at) - theme.px(HEAD + PANEL) + 2, area.width() - 4, high)
            words(painter, line, title_of(series), theme.font("strong"), theme.colour("ink"), LEFT)

    def on(self, day: date) -> str:
        """Return the areas noted on a day."""
        found = [
            say("progress.area.on", title=title_of(series), amount=_amount(each, series.source))
            for series in self._series
            for each in series.points
            if each.day == day
        ]
        return " ".join(found) or say("progress.area.nothing")

    def days(self) -> Sequence[date]:
        """Return the days on which an area was noted."""
        return sorted({each.day for series in self._series for each in series.points})

    def legend(self, scale: Scale) -> list[Key]:
        """Return the sources that occur."""
        present = [each for each in AreaSource if any(series.source is each for series in self._series)]
        return [Key(marks.point_key(each), say(f"progress.area.source.{each}")) for each in present]


def _near(points: Sequence[AreaPoint], scale: Scale, left: float, right: float) -> Sequence[AreaPoint]:
    """Return the points from ``left`` to ``right`` px from the start and, for the line, the next on either side."""
    first = bisect_left(points, scale.day_at(left), key=attrgetter("day"))
    last = bisect_right(points, scale.day_at(right), key=attrgetter("day"))
    return points[max(0, first - 1) : last + 1]


def top_of(series: AreaSeries) -> float:
    """Return what the top line of a panel stands for: a round number not below any range."""
    most = max(each.high for each in series.points)
    if series.source is AreaSource.MEASURED:
        return max(100.0, -(-most // 25) * 25)
    return next((each for each in _TOPS if each >= most), most)


def title_of(series: AreaSeries) -> str:
    """Return what a panel is called: the place, and what is counted."""
    if series.place is None:
        return say("progress.area.title.doctor_face" if series.face else "progress.area.title.doctor")
    return say(f"progress.area.title.{series.source}", place=place_name(series.place))


def _amount(each: AreaPoint, source: AreaSource) -> str:
    return spoken.amount_range(each.amount, each.low, each.high, source)

"""The applications as a calendar: a column a week, a row a day, morning above evening; from far away a bar a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from companion.domain.dosing import SlotState
from companion.domain.progress import ProgressView
from companion.domain.progress_tables import Plot
from companion.ui import theme
from companion.ui.pages.progress import marks
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.pages.progress.lane import RIGHT, Key, Lane
from companion.ui.widgets.painting import box, words
from companion.wording import dates, say

ROW = 20
CELLS_FROM = 8.0
"""From so many px a week on every day has its own mark."""
LEAST_COLUMN = 5.0
_COLUMNS = (1, 2, 4, 8, 13, 26, 52)
_STACK = (SlotState.APPLIED, SlotState.UNKNOWN, SlotState.SKIPPED, SlotState.MISSED, SlotState.PAUSED)
_TOLD = (*_STACK, SlotState.OPEN, SlotState.BEFORE_RECORD)


class CalendarLane(Lane):
    """The calendar of the applications."""

    plot = Plot.APPLICATIONS

    def __init__(self, view: ProgressView, axis: TimeAxis) -> None:
        super().__init__(view, axis)
        self._states = view.calendar.states
        self._weeks = ceil(view.calendar.days / 7)

    def is_empty(self) -> bool:
        """Return whether no slot was ever due or written down."""
        return not self.view.adherence.due and not self.view.adherence.paused

    def high(self) -> int:
        """Return the height of seven rows."""
        return 7 * theme.px(ROW) + 6

    def paint_gutter(self, painter: QPainter, width: float, scale: Scale) -> None:
        """Paint the days of the week (the treatment began on the first), or the shares of a column."""
        row = theme.px(ROW)
        names = {dates.weekday_short(self.view.start + timedelta(days=at)): at * row for at in range(7)}
        if not shows_days(scale):
            names = {"100%": 3 - row // 2, "50%": 3 + 3 * row, "0%": 3 + 7 * row - row // 2}
        for text, top in names.items():
            area = QRectF(0, max(0, top), width - theme.px(10), row)
            words(painter, area, text, theme.font("caption"), theme.colour("ink_soft"), RIGHT)

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint days, or columns where days would be too small to tell apart."""
        if shows_days(scale):
            self._paint_days(painter, scale, left, right)
        else:
            self._paint_columns(painter, scale, left, right)

    def _paint_days(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        row = theme.px(ROW)
        gap = 4.0 if scale.a_week >= 16 else 2.0
        half = (row - 5) / 2
        for week in range(max(0, floor(left / scale.a_week)), min(self._weeks, ceil(right / scale.a_week) + 1)):
            x, wide = scale.x(week) + gap / 2, scale.a_week - gap
            for at in range(7):
                index = 2 * (7 * week + at)
                if index >= len(self._states):
                    break
                morning, evening = self._states[index], self._states[index + 1]
                y = at * row + 1.5
                if morning is evening:  # one mark for both: a quiet picture where the days are alike
                    marks.slot(painter, QRectF(x, y, wide, 2 * half + 1), morning)
                    continue
                marks.slot(painter, QRectF(x, y, wide, half), morning)
                marks.slot(painter, QRectF(x, y + half + 1, wide, half), evening)

    def _paint_columns(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        many = column_weeks(scale)
        full = self.high() - 6
        pitch = many * scale.a_week
        for column in range(max(0, floor(left / pitch)), min(ceil(self._weeks / many), ceil(right / pitch) + 1)):
            states = self._states[14 * many * column : 14 * many * (column + 1)]
            bottom = QPointF(column * pitch, full + 3)
            for state in _STACK:
                high = full * states.count(state) / len(states)
                if high:
                    area = QRectF(bottom.x() + 0.5, bottom.y() - high, pitch - 1.5, high)
                    marks.share(painter, area, state)
                    bottom -= QPointF(0, high)

    def on(self, day: date) -> str:
        """Return what is known of both slots of a day."""
        found = self.view.calendar.on(day)
        if found is None:
            return say("progress.applications.outside")
        morning, evening = (say(f"progress.state.{state}") for state in found)
        return say("progress.applications.on", morning=morning, evening=evening)

    def days(self) -> Sequence[date]:
        """Return the days on which something was not applied: those one looks for."""
        first, states = self.view.calendar.first, self._states
        applied = SlotState.APPLIED
        return [
            first + timedelta(days=at // 2)
            for at in range(0, len(states), 2)
            if states[at] is not applied or states[at + 1] is not applied
        ]

    def paint_day(self, painter: QPainter, x: float, wide: float, day: date) -> None:
        """Paint a ring round the day, or a line through its column."""
        index = (day - self.view.start).days
        if wide * 7 < CELLS_FROM or index < 0:
            super().paint_day(painter, x, wide, day)
            return
        row = theme.px(ROW)
        area = QRectF(x - index % 7 * wide, index % 7 * row - 1, wide * 7, row + 1)
        box(painter, area, 5, None, theme.colour("surface"), 4)
        box(painter, area, 5, None, theme.colour("ink"), 2)

    def manner(self, scale: Scale) -> str:
        """Return whether days or columns are painted."""
        return "days" if shows_days(scale) else "columns"

    def legend(self, scale: Scale) -> list[Key]:
        """Return the marks that occur."""
        present = set(self._states)
        if not shows_days(scale):
            return [Key(marks.share_key(each), say(f"progress.state.{each}")) for each in _STACK if each in present]
        keys = [Key(marks.day_key, say("progress.applications.both"))] if SlotState.APPLIED in present else []
        keys += [Key(marks.morning_key, say("progress.applications.one"))] if keys else []
        told = (each for each in _TOLD if each in present and each is not SlotState.APPLIED)
        return keys + [Key(marks.slot_key(each), say(f"progress.state.{each}")) for each in told]

    def note(self, scale: Scale) -> str:
        """Return what a column stands for where days are too small."""
        if shows_days(scale):
            return ""
        return say("progress.applications.column", count=column_weeks(scale))


def shows_days(scale: Scale) -> bool:
    """Return whether each day has its own mark at a scale."""
    return scale.a_week >= CELLS_FROM


def column_weeks(scale: Scale) -> int:
    """Return how many weeks one column stands for, so that it is wide enough to be seen."""
    return next((each for each in _COLUMNS if each * scale.a_week >= LEAST_COLUMN), _COLUMNS[-1])

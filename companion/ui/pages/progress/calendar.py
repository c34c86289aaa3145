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
from companion.ui.widgets.painting import words
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

    def paint_gutter(self, painter: QPainter, width: float) -> None:
        """Paint the days of the week; the first row is the weekday the treatment began on."""
        row = theme.px(ROW)
        for at in range(7):
            text = dates.weekday_short(self.view.start + timedelta(days=at))
            area = QRectF(0, at * row, width - theme.px(10), row)
            words(painter, area, text, theme.font("caption"), theme.colour("ink_soft"), RIGHT)

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint days, or columns where days would be too small to tell apart."""
        if scale.a_week >= CELLS_FROM:
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

    def legend(self) -> list[Key]:
        """Return the marks that occur."""
        present = set(self._states)
        keys = [Key(marks.day_key, say("progress.applications.both"))] if SlotState.APPLIED in present else []
        keys += [Key(marks.morning_key, say("progress.applications.one"))] if keys else []
        told = (each for each in _TOLD if each in present and each is not SlotState.APPLIED)
        return keys + [Key(marks.slot_key(each), say(f"progress.state.{each}")) for each in told]

    def note(self, scale: Scale) -> str:
        """Return what a column stands for where days are too small."""
        if scale.a_week >= CELLS_FROM:
            return ""
        return say("progress.applications.column", count=column_weeks(scale))


def column_weeks(scale: Scale) -> int:
    """Return how many weeks one column stands for, so that it is wide enough to be seen."""
    return next((each for each in _COLUMNS if each * scale.a_week >= LEAST_COLUMN), _COLUMNS[-1])

"""The one axis all pictures share: which weeks are seen, and which day is pointed at."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from companion.domain import weeks
from companion.domain.progress import ProgressView
from companion.domain.values import value
from companion.domain.weeks import Window

PRESETS = (12, 24, 52)
"""Weeks that can be chosen with one click."""
OPENS_WITH = 60
"""A longer record opens with its last year; everything is one click away."""
_FIRST = Window(0.0, 25.0)


@value
class Scale:
    """How weeks become px: ``a_week`` px each, counted from the start of the treatment."""

    start: date
    a_week: float

    def x(self, week: float) -> float:
        """Return where a place on the axis is, in px from the start."""
        return week * self.a_week

    def of_day(self, day: date) -> float:
        """Return where a day begins, in px from the start."""
        return (day - self.start).days / 7 * self.a_week

    def day_at(self, x: float) -> date:
        """Return the day at so many px from the start."""
        return weeks.day_at(self.start, x / self.a_week)


class TimeAxis(QObject):
    """What is seen of the axis. Every picture repaints when it moves, so that the lanes stay one above the other."""

    moved = Signal()
    """Other weeks are seen."""
    pointed = Signal()
    """Another day, or none, is pointed at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.start = self.today = date(2026, 1, 1)
        self.bounds = self.window = _FIRST
        self.reviews: tuple[int, ...] = ()
        self.day: date | None = None
        """The day the keyboard stands on."""
        self.hovered: date | None = None
        """The day under the mouse."""
        self._known = False

    def show_view(self, view: ProgressView) -> None:
        """Take the axis of a record. What is looked at stays in sight where it can."""
        self.start, self.today = view.start, view.today
        self.reviews = tuple(each.week for each in view.reviews)
        before = self.bounds
        self.bounds = weeks.whole(view.start, view.today, self.reviews, view.earliest)
        was_whole = self.window == before
        if not self._known or was_whole:
            self.window = self.bounds
            if not self._known and self.bounds.span > OPENS_WITH:
                self.window = weeks.latest(PRESETS[-1], self.bounds, self.now())
        else:
            self.window = weeks.clamped(self.window, self.bounds)
        self._known = True
        self.moved.emit()

    def now(self) -> float:
        """Return where today ends on the axis."""
        return weeks.week_of(self.start, self.today) + 1 / 7

    def scale(self, width: float) -> Scale:
        """Return the scale at which the window fills ``width`` px."""
        return Scale(self.start, max(1.0, width) / self.window.span)

    # Moving

    def show_window(self, window: Window) -> None:
        """Show other weeks."""
        if window != self.window:
            self.window = window
            self.moved.emit()

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Show ``factor`` times as many weeks; ``about`` (the day pointed at, or the middle) stays where it is."""
        if about is None:
            about = (self.window.first + self.window.last) / 2
            if self.day is not None and self.window.first <= weeks.week_of(self.start, self.day) <= self.window.last:
                about = weeks.week_of(self.start, self.day)
        self.show_window(weeks.zoomed(self.window, factor, about, self.bounds))

    def pan(self, by: float) -> None:
        """Show what is ``by`` weeks later."""
        self.show_window(weeks.panned(self.window, by, self.bounds))

    def show_last(self, span: int) -> None:
        """Show the last ``span`` weeks; 0 shows everything."""
        self.show_window(weeks.latest(span, self.bounds, self.now()) if span else self.bounds)

    def preset(self) -> str:
        """Return which of the choices is shown: the number of weeks, ``all``, or nothing of that kind."""
        if self.window == self.bounds:
            return "all"
        for span in PRESETS:
            if self.window == weeks.latest(span, self.bounds, self.now()):
                return str(span)
        return ""

    # Pointing

    def looked_at(self) -> date | None:
        """Return the day under the mouse, or else the one the keyboard stands on."""
        return self.hovered or self.day

    def hover(self, day: date | None) -> None:
        """Note the day under the mouse."""
        if day != self.hovered:
            self.hovered = day
            self.pointed.emit()

    def stand_on(self, day: date | None, reveal: bool = True) -> None:
        """Put the keyboard on a day, kept within the axis, and show it (unless a click proves that it is seen)."""
        if day is not None:
            first = weeks.day_at(self.start, self.bounds.first)
            last = weeks.day_at(self.start, self.bounds.last) - timedelta(days=1)
            day = min(max(day, first), last)
            if reveal:
                self.show_window(weeks.revealing(self.window, weeks.week_of(self.start, day), self.bounds))
        if day != self.day:
            self.day = day
            self.pointed.emit()

"""The axis of the months: weeks since the start, and which of them are looked at. Pure arithmetic, no pixels kept.

A place on the axis is a number of weeks since the first day of treatment: 0 is that day's beginning, and the week
called "week 1" lies between 0 and 1. Days before the start lie below 0.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

from companion.domain.values import value

NARROWEST = 2.0
"""The least number of weeks that is shown: each day is then as wide as a finger."""
BEYOND = 1.0
"""Weeks left free after the last one, so that nothing stands at the edge."""
NEAR_REVIEW = 12
"""A review this many weeks ahead, or less, is kept in sight."""
_STEPS = (1, 2, 4, 8, 12, 24, 52, 104, 260)


@value
class Window:
    """What is seen of the axis, in weeks since the start."""

    first: float
    last: float

    @property
    def span(self) -> float:
        """Return how many weeks are seen."""
        return self.last - self.first


def week_of(start: date, day: date) -> float:
    """Return where the beginning of ``day`` lies on the axis."""
    return (day - start).days / 7


def day_at(start: date, week: float) -> date:
    """Return the day a place on the axis belongs to."""
    return start + timedelta(days=math.floor(week * 7 + 1e-9))


def whole(start: date, today: date, reviews: tuple[int, ...], earliest: date | None = None) -> Window:
    """Return the whole axis: from the start (or ``earliest``, if before) to today, and to a review that is near.

    The first review is always on it.
    """
    first = min(0.0, math.floor(week_of(start, earliest))) if earliest is not None else 0.0
    now = week_of(start, today) + 1 / 7
    ends = [now, *(each for each in reviews if now <= each <= now + NEAR_REVIEW), *reviews[:1]]
    return Window(first, math.ceil(max(ends)) + BEYOND)


def clamped(window: Window, bounds: Window) -> Window:
    """Return ``window`` moved, and if need be narrowed, so that it lies within ``bounds``."""
    span = min(window.span, bounds.span)
    first = min(max(window.first, bounds.first), bounds.last - span)
    return Window(first, first + span)


def zoomed(window: Window, factor: float, about: float, bounds: Window) -> Window:
    """Return ``factor`` times as many weeks with ``about`` staying where it is seen, within ``bounds``."""
    span = min(max(window.span * factor, NARROWEST), bounds.span)
    share = (about - window.first) / window.span if window.span else 0.5
    first = about - share * span
    return clamped(Window(first, first + span), bounds)


def panned(window: Window, by: float, bounds: Window) -> Window:
    """Return the window ``by`` weeks later, within ``bounds``."""
    return clamped(Window(window.first + by, window.last + by), bounds)


def revealing(window: Window, week: float, bounds: Window) -> Window:
    """Return the window moved no more than needed so that ``week`` is seen with some room around it."""
    room = min(1.0, window.span / 4)
    if week < window.first + room:
        return panned(window, week - room - window.first, bounds)
    if week > window.last - room:
        return panned(window, week + room - window.last, bounds)
    return window


def latest(span: float, bounds: Window, today: float) -> Window:
    """Return the last ``span`` weeks up to today, with a little room after it."""
    last = min(bounds.last, today + BEYOND)
    return clamped(Window(last - span, last), bounds)


def step(pixels_a_week: float, least: float) -> int:
    """Return every how many weeks a label fits that needs ``least`` px."""
    return next((each for each in _STEPS if each * pixels_a_week >= least), _STEPS[-1])


def ticks(first: float, last: float, every: int) -> tuple[int, ...]:
    """Return the weeks with a label from ``first`` to ``last``, both included."""
    begin = math.ceil(first / every) * every
    return tuple(range(begin, math.floor(last) + 1, every))

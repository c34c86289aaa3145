"""What lasted: side effects, a lane each; tubes, light sessions and other treatments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from companion.domain.progress import ProgressView, Span
from companion.domain.progress_tables import Plot
from companion.services.journal import symptom_name
from companion.ui import theme
from companion.ui.pages.progress import marks
from companion.ui.pages.progress.axis import Scale, TimeAxis
from companion.ui.pages.progress.lane import CENTRE, LEFT, Key, Lane
from companion.ui.pages.symptom_words import chip_name
from companion.ui.widgets.painting import text_width, words
from companion.wording import numbers, say

ROW = 32
_LEAST = 5.0
"""No bar is narrower than this, in px."""
_DAY = timedelta(days=1)


def _name(painter: QPainter, at: float, high: float, width: float, text: str) -> None:
    """Paint the name of a row in one line or, where it is long, in two."""
    lines = _two_lines(text, width - theme.px(8))
    step = theme.px(15)
    top = at + (high - step * len(lines)) / 2
    for number, line in enumerate(lines):
        area = QRectF(0, top + number * step, width - theme.px(8), step)
        words(painter, area, line, theme.font("caption"), theme.colour("ink"), LEFT)


def _two_lines(text: str, width: float) -> list[str]:
    font = theme.font("caption")
    parts = text.split()
    if text_width(text, font) <= width or len(parts) < 2:
        return [text]
    fits = [at for at in range(1, len(parts)) if text_width(" ".join(parts[:at]), font) <= width]
    at = max(fits, default=1)
    return [" ".join(parts[:at]), " ".join(parts[at:])]


def _edges(span: Span, today: date, scale: Scale) -> tuple[float, float]:
    """Return from where to where a span is drawn: whole days, and at least wide enough to be seen."""
    begin = scale.of_day(span.first)
    end = scale.of_day((span.last or max(today, span.first)) + _DAY)
    if end - begin < _LEAST:
        middle = (begin + end) / 2
        return middle - _LEAST / 2, middle + _LEAST / 2
    return begin, end


def _covers(span: Span, day: date, today: date) -> bool:
    return span.first <= day <= (span.last or max(today, span.first))


class EffectLane(Lane):
    """The side effects, a row each."""

    plot = Plot.EFFECTS

    def __init__(self, view: ProgressView, axis: TimeAxis) -> None:
        super().__init__(view, axis)
        self._rows = view.effects

    def is_empty(self) -> bool:
        """Return whether no side effect was noted."""
        return not self._rows

    def high(self) -> int:
        """Return the height of all rows."""
        return len(self._rows) * theme.px(ROW) + 4

    def paint_gutter(self, painter: QPainter, width: float, scale: Scale) -> None:
        """Paint the names."""
        row = theme.px(ROW)
        for at, lane in enumerate(self._rows):
            _name(painter, at * row, row, width, chip_name(lane.name))

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint the bars, the stronger ones above the others."""
        row = theme.px(ROW)
        today = self.view.today
        for at, lane in enumerate(self._rows):
            for span in sorted(lane.spans, key=lambda each: each.weight or 0):
                begin, end = _edges(span, today, scale)
                if end >= left and begin <= right:
                    marks.effect(painter, QRectF(begin, at * row, end - begin, row), span.weight, span.last is None)

    def on(self, day: date) -> str:
        """Return which side effects were there on a day."""
        found = [(lane.name, span) for lane in self._rows for span in lane.spans if _covers(span, day, self.view.today)]
        if not found:
            return say("progress.effects.nothing")
        return " ".join(_effect_words(code, span) for code, span in found)

    def days(self) -> Sequence[date]:
        """Return the days on which one began."""
        return sorted({span.first for lane in self._rows for span in lane.spans})

    def legend(self, scale: Scale) -> list[Key]:
        """Return the strengths that occur, and what still lasts."""
        spans = [span for lane in self._rows for span in lane.spans]
        strengths = sorted({span.weight for span in spans if span.weight is not None})
        keys = [Key(marks.effect_key(each), say(f"progress.bad.{each}")) for each in strengths]
        if any(span.last is None for span in spans):
            keys.append(Key(marks.open_key, say("progress.still")))
        return keys


def _effect_words(code: str, span: Span) -> str:
    name = symptom_name(code)
    if span.weight is None:
        return say("progress.effects.on", effect=name)
    return say("progress.effects.on_bad", effect=name, bad=say(f"progress.bad.{span.weight}"))


class CareLane(Lane):
    """Tubes, light sessions and other treatments."""

    plot = Plot.CARE

    def __init__(self, view: ProgressView, axis: TimeAxis) -> None:
        super().__init__(view, axis)
        self._tubes = _stacked(view.tubes, view.today)
        self._treatments = [(lane.name, row) for lane in view.treatments for row in _stacked(lane.spans, view.today)]

    def is_empty(self) -> bool:
        """Return whether there is neither tube nor light nor another treatment."""
        return not (self._tubes or self.view.lights or self._treatments)

    def _lights_at(self) -> int:
        return len(self._tubes)

    def _treatments_at(self) -> int:
        return len(self._tubes) + bool(self.view.lights)

    def high(self) -> int:
        """Return the height of all rows."""
        return (self._treatments_at() + len(self._treatments)) * theme.px(ROW) + 4

    def paint_gutter(self, painter: QPainter, width: float, scale: Scale) -> None:
        """Paint the names."""
        row = theme.px(ROW)
        if self._tubes:
            _name(painter, 0, row, width, say("progress.care.tubes_name"))
        if self.view.lights:
            _name(painter, self._lights_at() * row, row, width, say("progress.care.lights_name"))
        seen: set[str] = set()
        for at, (name, _) in enumerate(self._treatments, self._treatments_at()):
            if name not in seen:
                _name(painter, at * row, row, width, name)
            seen.add(name)

    def paint(self, painter: QPainter, scale: Scale, left: float, right: float) -> None:
        """Paint tubes with their grams, a stroke a light session, and the other treatments."""
        row = theme.px(ROW)
        for at, spans in enumerate(self._tubes):
            for span in spans:
                self._tube(painter, scale, span, at * row, left, right)
        for session in self.view.lights:
            x = scale.of_day(session.day) + scale.a_week / 14
            if left - 4 <= x <= right + 4:
                marks.light(painter, QRectF(x - 4, self._lights_at() * row + 4, 8, row - 8))
        for at, (_, spans) in enumerate(self._treatments, self._treatments_at()):
            for span in spans:
                begin, end = _edges(span, self.view.today, scale)
                if end >= left and begin <= right:
                    area = QRectF(begin, at * row + 6, end - begin, row - 12)
                    marks.treatment(painter, area, span.last is None)

    def _tube(self, painter: QPainter, scale: Scale, span: Span, y: float, left: float, right: float) -> None:
        begin, end = _edges(span, self.view.today, scale)
        if end < left or begin > right:
            return
        area = QRectF(begin + 1, y + 3, end - begin - 2, theme.px(ROW) - 6)
        marks.tube(painter, area, span.last is None)
        text = numbers.grams(span.weight or 0)
        if text_width(text, theme.font("caption")) + 16 < area.width():
            words(painter, area, text, theme.font("caption"), theme.colour("ink"), CENTRE)

    def on(self, day: date) -> str:
        """Return what was in use, and what was done, on a day."""
        today = self.view.today
        found = [
            say("progress.care.on_tube", grams=numbers.grams(span.weight or 0))
            for span in self.view.tubes
            if _covers(span, day, today)
        ]
        found += [
            say("progress.care.on_light", device=say(f"care.device.{each.device}"))
            for each in self.view.lights
            if each.day == day
        ]
        found += [
            say("progress.care.on_treatment", name=name)
            for name, spans in self._treatments
            for span in spans
            if _covers(span, day, today)
        ]
        return " ".join(found) or say("progress.care.nothing")

    def days(self) -> Sequence[date]:
        """Return the days on which something began or was done."""
        days = {span.first for span in self.view.tubes} | {each.day for each in self.view.lights}
        return sorted(days | {span.first for _, spans in self._treatments for span in spans})

    def legend(self, scale: Scale) -> list[Key]:
        """Return the marks that occur."""
        keys = [Key(marks.tube_key, say("progress.care.tube_key"))] if self._tubes else []
        if self.view.lights:
            keys.append(Key(marks.light_key, say("progress.care.light_key")))
        if self._treatments:
            keys.append(Key(marks.treatment_key, say("progress.care.treatment_key")))
        return keys


def _stacked(spans: Sequence[Span], today: date) -> list[list[Span]]:
    """Return spans in as few rows as keep those that overlap apart."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda each: (each.first, each.id)):
        for row in rows:
            last = row[-1].last or today
            if last < span.first or (last == span.first and row[-1].first < last):
                row.append(span)
                break
        else:
            rows.append([span])
    return rows

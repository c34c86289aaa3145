"""The week at a glance: seven days, morning above evening, each mark another shape as well as another colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted, painter_for, picture, words
from companion.wording import say


class Mark(StrEnum):
    """What is known about one morning or evening."""

    APPLIED = "applied"
    SKIPPED = "skipped"
    MISSED = "missed"
    UNKNOWN = "unknown"
    DUE = "due"
    FUTURE = "future"
    BEFORE_START = "before_start"
    BEFORE_RECORD = "before_record"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the strip: its short and its full name, both marks, and whether it is today."""

    short: str
    full: str
    morning: Mark
    evening: Mark
    today: bool = False


def draw_mark(painter: QPainter, centre: QPointF, side: float, mark: Mark, colour: QColor) -> None:
    """Draw one mark ``side`` px wide. Shapes differ, so the marks can be told apart without colour."""
    soft, line = theme.colour("slot_future"), theme.colour("slot_line")
    half = side / 2
    if mark is Mark.APPLIED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, half, half)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    thick = max(1.8, side / 12)
    inner = half - thick / 2
    if mark is Mark.FUTURE:
        painter.setPen(QPen(line, 1) if theme.current().name == "high_contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawEllipse(centre, half - 1, half - 1)
    elif mark is Mark.PAUSED:
        painter.setPen(QPen(line, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side_of in (-1, 1):
            at = centre + QPointF(side_of * half * 0.26, 0)
            painter.drawLine(at - QPointF(0, half * 0.42), at + QPointF(0, half * 0.42))
    elif mark in (Mark.BEFORE_START, Mark.BEFORE_RECORD):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        painter.drawEllipse(centre, half * 0.16, half * 0.16)
    elif mark is Mark.DUE:
        painter.setPen(QPen(colour, thick))
        painter.setBrush(soft)
        painter.drawEllipse(centre, inner, inner)
    elif mark is Mark.SKIPPED:
        painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawEllipse(centre, inner, inner)
        reach = half * 0.38
        painter.drawLine(centre - QPointF(reach, 0), centre + QPointF(reach, 0))
    else:
        pen = QPen(line, thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if mark is Mark.MISSED else Qt.PenCapStyle.RoundCap)
        # Dashes are counted in pen widths; these close evenly around the circle.
        count = 9 if mark is Mark.MISSED else 14
        arc = 2 * 3.14159265 * inner / thick / count
        pen.setDashPattern([arc * 0.58, arc * 0.42] if mark is Mark.MISSED else [0.01, arc - 0.01])
        painter.setPen(pen)
        painter.drawEllipse(centre, inner, inner)
        if mark is Mark.UNKNOWN:
            font = theme.font("caption")
            area = QRectF(centre.x() - half, centre.y() - half, side, side)
            words(painter, area, "?", font, theme.colour("ink_soft"))


class SlotDot(Painted, QLabel):
    """One mark alone, such as in the key of the strip. ``slot`` is ``morning`` or ``evening``."""

    def __init__(self, mark: Mark, slot: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot = slot
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_mark(mark)

    def show_mark(self, mark: Mark) -> None:
        """Show another mark."""
        self._mark = mark
        self.setAccessibleName(say(f"common.mark.{mark.value}"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a mark."""
        return QSize(theme.px(22), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = painter_for(self)
        draw_mark(painter, QRectF(self.rect()).center(), theme.px(22), self._mark, theme.colour(self._slot))
        painter.end()


class WeekStrip(Painted, QLabel):
    """Seven days in two rows. The whole week is its accessible description; a day says itself in a tooltip."""

    def __init__(self, days: Sequence[WeekDay], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_days(days)

    def show_days(self, days: Sequence[WeekDay]) -> None:
        """Show other days."""
        self._days = tuple(days)
        self.setAccessibleName(f"{self._name}. {self.description()}")
        self.updateGeometry()
        self.update()

    def description(self) -> str:
        """Return the whole week in words."""
        return " ".join(self.day_words(day) for day in self._days)

    def day_words(self, day: WeekDay) -> str:
        """Return one day in words: ``Monday: morning applied, evening missed.``"""
        return say(
            "common.week_day",
            day=day.full,
            morning=say(f"common.mark.{day.morning.value}"),
            evening=say(f"common.mark.{day.evening.value}"),
        )

    def _gutter(self) -> int:
        return theme.px(24)

    def _cell(self) -> float:
        return (self.width() - self._gutter()) / max(1, len(self._days))

    def _row(self) -> int:
        return theme.px(28)

    def _head(self) -> int:
        return theme.px(26)

    def sizeHint(self) -> QSize:
        """Return room for two rows below the names of the days."""
        return QSize(self._gutter() + theme.px(48) * len(self._days), self._head() + 2 * self._row())

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which the marks stand apart."""
        return QSize(self._gutter() + theme.px(32) * len(self._days), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names and marks."""
        painter = painter_for(self)
        cell, head, row, side = self._cell(), self._head(), self._row(), theme.px(22)
        rows = (("morning", "morning_text"), ("evening", "evening_text"))
        for number, (slot, role) in enumerate(rows):
            picture(painter, QPointF(theme.px(9), head + row * (number + 0.5)), slot, role, 18)
        for number, day in enumerate(self._days):
            left = self._gutter() + cell * number
            font = theme.font("strong" if day.today else "small")
            role = "ink" if day.today else "ink_soft"
            words(painter, QRectF(left, 0, cell, head - 4), day.short, font, theme.colour(role))
            middle = left + cell / 2
            for at, (mark, slot) in enumerate(((day.morning, "morning"), (day.evening, "evening"))):
                draw_mark(painter, QPointF(middle, head + row * (at + 0.5)), side, mark, theme.colour(slot))
        painter.end()

    def day_at(self, pos: QPoint) -> WeekDay | None:
        """Return the day below a point, or ``None``."""
        number = int((pos.x() - self._gutter()) // self._cell())
        return self._days[number] if pos.x() >= self._gutter() and number < len(self._days) else None

    def event(self, event: QEvent) -> bool:
        """Say the day under the pointer in a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.day_words(day) if day else "", self)
            return True
        return super().event(event)

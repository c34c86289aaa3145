"""A field for a day: typed the way people write it, or chosen from a month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import theme
from companion.ui.widgets import buttons
from companion.ui.widgets.fields import HintedLine, mark_invalid
from companion.ui.widgets.month import MonthGrid
from companion.ui.widgets.painting import text_width
from companion.wording import dates, say

_SHOWN = 24
"""So many letters of what was written are said again."""
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?$")
_WORDS = re.compile(r"^(\d{1,2})\.?\s+([^\W\d_]+)\.?(?:\s+(\d{4}|\d{2}))?$")


def parse_day(text: str, today: date) -> date | None:
    """Return the day meant by ``21/11/2026``, ``21.11.``, ``21 nov``, ``2026-11-21``, ``today`` or ``yesterday``.

    The day comes before the month, unless that is impossible. A year left out is the one that puts the day nearest to
    ``today``. ``None`` when it is no day.
    """
    text = text.strip().lower().rstrip(".")
    if text == say("dates.today"):
        return today
    if text == say("dates.yesterday"):
        return today - timedelta(days=1)
    if found := _ISO.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.match(text):
        day, month = int(found[1]), int(found[2])
        if month > 12 >= day:
            day, month = month, day
        return _with_year(day, month, found[3], today)
    if found := _WORDS.match(text):
        named = _month_named(found[2])
        return _with_year(int(found[1]), named, found[3], today) if named else None
    return None


def _month_named(word: str) -> int:
    for month in range(1, 13):
        if len(word) >= 3 and say(f"dates.month.{month}").lower().startswith(word):
            return month
        if word == say(f"dates.month_short.{month}").lower():
            return month
    return 0


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = [made for at in (-1, 0, 1) if (made := _made(today.year + at, month, day))]
    return min(near, key=lambda made: abs((made - today).days), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Popup(QFrame):
    """The month, in a window that goes away by itself."""

    def __init__(self, owner: QWidget, grid: MonthGrid) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)


class DayField(QWidget):
    """A day. Typed days are put into words when the field is left; the button (or Alt+Down) opens a month.

    Args:
        name: what day this is, for the screen reader.
        today: the present day, from the program's clock.
        value: the day at first.
        earliest, latest: the days accepted, both included.

        too_late: what to say of a day after ``latest``, where there is more to say than which the last one is.

    ``changed`` is sent with the new ``datetime.date`` when the person has entered one, ``problem_changed`` with what is
    wrong with the text when the field is left (empty: nothing); a ``Field`` around it shows that.
    """

    changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(
        self,
        name: str,
        today: date,
        value: date | None = None,
        earliest: date | None = None,
        latest: date | None = None,
        too_late: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._earliest, self._latest = today, earliest, latest
        self._too_late = too_late
        self._told: date | None = None
        self._popup: _Popup | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.line = _Line()
        self.line.setAccessibleName(name)
        self.line.set_hint(dates.short_day_year(today))
        self.line.editingFinished.connect(self._settle)
        self.button = buttons.icon_button("calendar", say("common.open_calendar"))
        self.button.clicked.connect(self.open_month)
        row.addWidget(self.line)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.set_value(value)

    def value(self) -> date | None:
        """Return the day entered, or ``None`` when there is none or it lies outside the days accepted."""
        return self._accepted(parse_day(self.line.text(), self._today))

    def _accepted(self, day: date | None) -> date | None:
        if day is None or (self._earliest and day < self._earliest) or (self._latest and day > self._latest):
            return None
        return day

    def set_value(self, value: date | None) -> None:
        """Show a day, without telling."""
        self._told = value
        self.line.setText("" if value is None else dates.short_day_year(value))
        mark_invalid(self.line, False)

    def problem(self, needed: bool = True) -> str:
        """Return what is wrong with what was entered, in a sentence with an example; empty when nothing is.

        An empty field is one only where a day is ``needed``.
        """
        text = self.line.text().strip()
        day = parse_day(text, self._today)
        numbers = self._today.strftime("%d/%m/%Y")
        if not text:
            return say("common.day_missing", numbers=numbers, words=self.line.hint) if needed else ""
        if day is None:
            shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            return say("common.day_unclear", text=shown, numbers=numbers, words=self.line.hint)
        if self._latest is not None and day > self._latest:
            return self._too_late or say("common.day_late", day=dates.short_day_year(self._latest))
        if self._earliest is not None and day < self._earliest:
            return say("common.day_early", day=dates.short_day_year(self._earliest))
        return ""

    def _settle(self) -> None:
        value = self.value()
        problem = self.problem(needed=False)
        mark_invalid(self.line, bool(problem))
        self.problem_changed.emit(problem)
        if value is not None:
            self._take(value)

    def _take(self, value: date) -> None:
        told = self._told
        self.set_value(value)
        self.problem_changed.emit("")
        if value != told:
            self.changed.emit(value)

    def open_month(self) -> None:
        """Show the month to choose from."""
        shown = self.value() or self._told or self._accepted(self._today) or self._latest or self._earliest
        grid = MonthGrid(shown or self._today, self._today, self._earliest, self._latest)
        grid.picked.connect(self._picked)
        self._popup = _Popup(self, grid)
        self._popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._popup.adjustSize()
        self._popup.move(self._place(self._popup.sizeHint()))
        self._popup.show()
        grid.focus_day(shown or self._today)

    def _place(self, size: QSize) -> QPoint:
        """Return where the month opens: below the field, or above when the screen ends."""
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        free = self.screen().availableGeometry()
        if below.y() + size.height() > free.bottom():
            below = self.mapToGlobal(QPoint(0, -size.height() - 4))
        below.setX(max(free.left(), min(below.x(), free.right() - size.width())))
        return below

    def _picked(self, day: date) -> None:
        popup, self._popup = self._popup, None
        if popup is not None:
            popup.close()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the month with Alt+Down, step a day with the arrow keys."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_month()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1)
            moved = self._accepted((self.value() or self._today) + step)
            if moved is not None:
                self._take(moved)
        else:
            super().keyPressEvent(event)


class _Line(HintedLine):
    """The line of a day field, as wide as the longest day that can be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        widest = max(text_width(dates.long_day(date(2026, at, 28)), theme.font("body")) for at in range(1, 13))
        return QSize(int(widest + 0.999) + 32, theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

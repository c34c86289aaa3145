"""A month to choose a day from, by mouse or arrow keys."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.painting import Painted, box, painter_for, ringed, words
from companion.wording import dates, say

_SIDE = 38
_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class _Day(Painted, QPushButton):
    """One day of the month."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = date.min
        self.today = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the month, where Qt would move to the next button."""
        if Qt.Key(event.key()) in _MOVES:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        area = ringed(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, self.ring_visible())
        on = self.isChecked()
        if on:
            box(painter, area, 9, theme.colour("accent"))
        elif self.today:
            box(painter, area, 9, None, theme.colour("accent_line"), 1.5)
        elif self.underMouse() and self.isEnabled():
            box(painter, area, 9, theme.colour("accent_soft"))
        role = "on_accent" if on else "ink" if self.isEnabled() else "control"
        font = theme.font("strong" if on or self.today else "body")
        words(painter, QRectF(self.rect()), str(self.day.day), font, theme.colour(role))
        painter.end()


class MonthGrid(Painted, QFrame):
    """A month with buttons to the months beside it. ``picked`` is sent with the day chosen.

    Args:
        shown: the day that is chosen now.
        today: the day to be marked as today.
        earliest, latest: the days that can be chosen, both included; ``None`` for no limit.
    """

    picked = Signal(object)

    def __init__(
        self,
        shown: date,
        today: date,
        earliest: date | None = None,
        latest: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chosen, self._today = shown, today
        self._earliest, self._latest = earliest or date.min, latest or date.max
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        self._before = buttons.icon_button("back", say("common.month_before"))
        self._after = buttons.icon_button("next", say("common.month_after"))
        self._month = labels.strong("")
        self._month.set_wrapping(False)
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._before.clicked.connect(self._go_back)
        self._after.clicked.connect(self._go_on)
        head.addWidget(self._before)
        head.addWidget(self._month, 1)
        head.addWidget(self._after)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        monday = date(2024, 1, 1)
        for at in range(7):
            name = labels.caption(dates.weekday_short(monday + timedelta(days=at)))
            name.set_wrapping(False)
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(name, 0, at)
        self._days = [_Day(self) for _ in range(42)]
        for at, button in enumerate(self._days):
            button.clicked.connect(self._clicked)
            self._grid.addWidget(button, 1 + at // 7, at % 7)
        column.addLayout(self._grid)
        self.show_month(shown)

    def show_month(self, day: date) -> None:
        """Show the month of ``day``."""
        self._first = day.replace(day=1)
        last = monthrange(day.year, day.month)[1]
        self._month.setText(dates.month_year(day))
        offset = self._first.weekday()
        for at, button in enumerate(self._days):
            number = at - offset + 1
            inside = 1 <= number <= last
            button.setVisible(inside)
            if not inside:
                continue
            button.day = self._first.replace(day=number)
            button.today = button.day == self._today
            button.setChecked(button.day == self._chosen)
            button.setEnabled(self._earliest <= button.day <= self._latest)
            button.setAccessibleName(dates.long_day(button.day))
            button.update()
        self._before.setEnabled(self._first > self._earliest)
        self._after.setEnabled(self._first.replace(day=last) < self._latest)

    def focus_day(self, day: date) -> None:
        """Show the month of ``day`` and give that day the keyboard; a day out of reach becomes the nearest."""
        day = min(max(day, self._earliest), self._latest)
        if (day.year, day.month) != (self._first.year, self._first.month):
            self.show_month(day)
        for button in self._days:
            if not button.isHidden() and button.day == day:
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _month_from(self, step: int) -> date:
        at = self._first.year * 12 + self._first.month - 1 + step
        return date(at // 12, at % 12 + 1, 1)

    def _go_back(self) -> None:
        self.show_month(self._month_from(-1))

    def _go_on(self) -> None:
        self.show_month(self._month_from(1))

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _Day):
            self.picked.emit(button.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from day to day with the arrow keys, from month to month with Page Up and Page Down."""
        focus = next((button for button in self._days if button.hasFocus()), None)
        key = Qt.Key(event.key())
        if focus is not None and key in _MOVES:
            self.focus_day(focus.day + timedelta(days=_MOVES[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.focus_day(self._month_from(-1 if key == Qt.Key.Key_PageUp else 1))
        elif focus is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(focus.day)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        painter.fillRect(self.rect(), theme.colour("raised"))
        box(painter, QRectF(self.rect()), 0, None, theme.colour("control"))
        painter.end()

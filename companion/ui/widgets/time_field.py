"""A field for a time of day that takes it the way people write it."""

from __future__ import annotations

import re
from datetime import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.fields import HintedLine, mark_invalid
from companion.ui.widgets.painting import text_width
from companion.wording import dates

_PATTERN = re.compile(r"^(\d{1,2})(?:[:.,h ]?(\d{2})?)?h?\s*([ap])?\.?\s*(?:m\.?)?$")
_STEP = 15
_DAY = 24 * 60


def parse_time(text: str) -> time | None:
    """Return the time meant by ``7``, ``730``, ``7:30``, ``7.30``, ``19h30``, ``7:30 pm``; ``None`` if it is none."""
    found = _PATTERN.match(text.strip().lower())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(HintedLine):
    """A time of day. It is put into words when the field is left; the arrow keys step by a quarter of an hour.

    ``changed`` is sent with the new ``datetime.time`` when the person has entered one. What is no time is marked, and
    :meth:`value` then returns ``None``.
    """

    changed = Signal(object)

    def __init__(self, name: str, value: time | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_hint(dates.clock_time(time(7, 30)))
        self._told: time | None = None
        self.set_value(value)
        self.editingFinished.connect(self._settle)

    def value(self) -> time | None:
        """Return the time entered, or ``None`` when the field is empty or holds no time."""
        return parse_time(self.text())

    def set_value(self, value: time | None) -> None:
        """Show a time, without telling."""
        self._told = value
        self.setText("" if value is None else dates.clock_time(value))
        mark_invalid(self, False)

    def _settle(self) -> None:
        value = self.value()
        mark_invalid(self, value is None and bool(self.text().strip()))
        if value is None:
            return
        self.setText(dates.clock_time(value))
        if value != self._told:
            self._told = value
            self.changed.emit(value)

    def _step(self, minutes: int) -> None:
        now = self.value() or time(8, 0)
        at = now.hour * 60 + now.minute
        # The first step goes to the quarter hour, the next ones by a quarter hour.
        at = (at // _STEP + 1) * _STEP if minutes > 0 else -(-at // _STEP) * _STEP - _STEP
        at %= _DAY
        self.setText(dates.clock_time(time(at // 60, at % 60)))
        self.selectAll()
        self._settle()

    def sizeHint(self) -> QSize:
        """Return room for the longest time."""
        wide = max(text_width(dates.clock_time(time(hour, 58)), theme.font("body")) for hour in (10, 22))
        return QSize(int(wide + 0.999) + 44, theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the whole time, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys up and down."""
        if event.key() == Qt.Key.Key_Up:
            self._step(_STEP)
        elif event.key() == Qt.Key.Key_Down:
            self._step(-_STEP)
        else:
            super().keyPressEvent(event)

"""The two times of the day, side by side, with one place to say what is wrong with them."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.fields import Field, mark_invalid
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.time_field import TimeField
from companion.wording import say


class TimesEditor(QWidget):
    """Morning and evening. ``changed`` is sent when the person entered a time."""

    changed = Signal()

    def __init__(self, morning: time, evening: time, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.morning = TimeField(say("setup.times.morning"), morning)
        self.evening = TimeField(say("setup.times.evening"), evening)
        self.morning.changed.connect(self._on_changed)
        self.evening.changed.connect(self._on_changed)
        row = FlowLayout(gap=theme.GAP_LARGE)
        row.addWidget(Field(say("setup.times.morning"), self.morning))
        row.addWidget(Field(say("setup.times.evening"), self.evening))
        self._error = labels.small("", "attention")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        column.addLayout(row)
        column.addWidget(self._error)
        self.setFocusProxy(self.morning)

    def value(self) -> tuple[time | None, time | None]:
        """Return both times; ``None`` for what is no time."""
        return self.morning.value(), self.evening.value()

    def set_value(self, morning: time, evening: time) -> None:
        """Show other times, without telling."""
        self.morning.set_value(morning)
        self.evening.set_value(evening)
        self.set_error("")

    def set_error(self, text: str) -> None:
        """Say what is wrong with the two; an empty text clears it."""
        for each in (self.morning, self.evening):
            mark_invalid(each, bool(text))
            each.setAccessibleDescription(text)
        self._error.setText(text)
        self._error.setVisible(bool(text))
        if text:
            announce(self, text)

    def error(self) -> str:
        """Return what is said to be wrong, or an empty text."""
        return "" if self._error.isHidden() else self._error.text()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

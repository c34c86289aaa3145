"""Choosing a new passphrase: twice the same, and in words how long it is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.services.opening import MIN_PASSPHRASE
from companion.ui import labels, theme
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.secret import SecretField
from companion.wording import say

FULL = 20
"""The length from which the gauge is full: four ordinary words."""
GOOD, FAIR = 16, 12


def strength(text: str) -> str:
    """Return ``none``, ``short``, ``weak``, ``fair`` or ``good``, by length alone: length is what counts."""
    length = len(text.strip())
    if not length:
        return "none"
    if length < MIN_PASSPHRASE:
        return "short"
    if len(set(text.strip())) < 4:
        return "weak"
    return "weak" if length < FAIR else "fair" if length < GOOD else "good"


class NewPassphrase(QWidget):
    """Two lines for the same new passphrase. :meth:`check` says beside them what is wrong."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed in the second line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        self.first = SecretField(say("unlock.new"), say("unlock.new_hint", count=MIN_PASSPHRASE))
        self.gauge = Gauge(0.0, say("unlock.strength"), "")
        self._words = labels.small("")
        self.second = SecretField(say("unlock.repeat"), of="repetition")
        for widget in (self.first, self.gauge, self._words, self.second):
            column.addWidget(widget)
        self.first.changed.connect(self._on_first)
        self.second.changed.connect(self._on_second)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered)
        self.first.eye.toggled.connect(self.second.show_letters)
        self.setFocusProxy(self.first)
        self._on_first("")

    def text(self) -> str:
        """Return the passphrase as written in the first line."""
        return self.first.text()

    def clear(self) -> None:
        """Empty both lines."""
        self.first.clear()
        self.second.clear()

    def check(self) -> bool:
        """Return whether the passphrase can be used; if not, say why beside the line."""
        if strength(self.first.text()) in ("none", "short"):
            self.first.set_error(say("errors.passphrase_short", count=MIN_PASSPHRASE))
            self.first.select_all()
            return False
        if self.first.text() != self.second.text():
            self.second.set_error(say("unlock.not_the_same"))
            self.second.select_all()
            return False
        return True

    @Slot(str)
    def _on_first(self, text: str) -> None:
        self.first.set_error("")
        kind = strength(text)
        tone = "attention" if kind in ("short", "weak") else "accent"
        words = say(f"unlock.strength.{kind}")
        self.gauge.show_share(min(1.0, len(text.strip()) / FULL), tone=tone)
        self.gauge.setAccessibleDescription(words)
        self._words.setText(words)
        self.changed.emit()

    @Slot(str)
    def _on_second(self, text: str) -> None:
        self.second.set_error("")
        self.changed.emit()

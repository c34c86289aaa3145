"""A named line for a secret: dots until the person wants to see the letters, and Caps Lock is noticed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.fields import TextField, mark_invalid
from companion.wording import say

LONGEST = 1024


class _Line(TextField):
    """The line itself. It tells when Caps Lock seems to be on, which no system tells a window."""

    caps_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Compare the letter that arrives with the Shift key."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is known of Caps Lock any more."""
        self.caps_seen.emit(False)
        super().focusOutEvent(event)


class SecretField(QWidget):
    """A line for a passphrase with a button that shows and hides it, and a hint while Caps Lock is on."""

    changed = Signal(str)
    """Emits the words whenever they change."""
    entered = Signal()
    """The person pressed Enter."""

    def __init__(self, name: str, hint: str = "", of: str = "passphrase", parent: QWidget | None = None) -> None:
        """Make the line; ``of`` names what its eye shows: ``passphrase``, ``repetition`` or ``present``."""
        super().__init__(parent)
        self._hint = hint
        self._of = of
        self.line = _Line(name)
        self.line.setAccessibleDescription(hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(
            hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase
        )
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.line.caps_seen.connect(self._on_caps)
        self.eye = buttons.icon_button("eye", say(f"unlock.show.{of}"))
        self.eye.setCheckable(True)
        self.eye.setAutoDefault(False)
        self.eye.toggled.connect(self._on_eye)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_TIGHT)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self._caps = labels.small(say("unlock.caps_lock"), "attention")
        self._caps.hide()
        self._note = labels.small(hint)
        if not hint:
            self._note.hide()
        head = labels.strong(name)
        head.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addLayout(row)
        column.addWidget(self._caps)
        column.addWidget(self._note)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def text(self) -> str:
        """Return what was written."""
        return self.line.text()

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()

    def select_all(self) -> None:
        """Mark what was written, so that typing replaces it."""
        self.line.setFocus()
        self.line.selectAll()

    def show_letters(self, shown: bool) -> None:
        """Show letters or dots."""
        self.eye.setChecked(shown)

    def set_error(self, text: str) -> None:
        """Say what is wrong and how to put it right; an empty text clears it."""
        mark_invalid(self.line, bool(text))
        self._note.setText(text or self._hint)
        self._note.set_tone("attention" if text else "soft")
        self._note.setVisible(bool(text or self._hint))
        self.line.setAccessibleDescription(text or self._hint)
        if text:
            announce(self.line, text)

    def error(self) -> str:
        """Return what is said to be wrong, or an empty text."""
        return self._note.text() if self.line.property("invalid") == "true" else ""

    @Slot(bool)
    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon_name("eye_off" if shown else "eye")
        self.eye.rename(say(f"unlock.hide.{self._of}" if shown else f"unlock.show.{self._of}"))

    @Slot(bool)
    def _on_caps(self, on: bool) -> None:
        if on == self._caps.isHidden():
            self._caps.setVisible(on)
            if on:
                announce(self.line, self._caps.text())

"""The stepper: less, the amount in words, more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.painting import text_width
from companion.wording import say

HANDPRINTS: tuple[float, ...] = (
    0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 40, 50,
)  # fmt: skip
"""Sizes that can be told apart with a hand: quarters while small, then halves, then whole handprints."""

_UP = (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Plus)
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Minus)


class _Value(labels.Label):
    """The amount, as wide as the widest amount, so the buttons never move under the pointer."""

    widest: Callable[[], float] | None = None

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint.expandedTo(QSize(int(self.widest() + 1.999), 0)) if self.widest else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Sign(buttons.Button):
    """One of the two buttons; it leaves the arrow keys to the stepper, where Qt would move the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _UP + _DOWN:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Stepper(QWidget):
    """Steps through amounts with - and +, or with the arrow keys while one of them has the focus.

    Args:
        value: the amount at first.
        name: what is counted, for the screen reader.
        in_words: turns an amount into words, such as ``numbers.handprints``.
        steps: the amounts that can be reached, rising.

    ``changed`` is sent with the new amount when the person changes it.
    """

    changed = Signal(float)

    def __init__(
        self,
        value: float,
        name: str,
        in_words: Callable[[float], str],
        steps: Sequence[float] = HANDPRINTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._steps = tuple(steps)
        self._in_words = in_words
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.less = _Sign("", "secondary", "minus")
        self.more = _Sign("", "secondary", "plus")
        self._value = _Value("", "strong")
        self._value.set_wrapping(False)
        self._value.widest = self._widest
        self._value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.less, self._value, self.more):
            row.addWidget(widget)
        self.less.clicked.connect(self._down)
        self.more.clicked.connect(self._up)
        self._amount = value
        self._show()

    def value(self) -> float:
        """Return the amount."""
        return self._amount

    def set_value(self, value: float) -> None:
        """Show an amount, without telling; it need not be one of the steps."""
        self._amount = value
        self._show()

    def _widest(self) -> float:
        font = theme.font("strong")
        return max(text_width(self._in_words(step), font) for step in self._steps[:14])

    def _show(self) -> None:
        text = self._in_words(self._amount)
        self._value.setText(text)
        self.less.setEnabled(self._amount > self._steps[0])
        self.more.setEnabled(self._amount < self._steps[-1])
        self.less.setAccessibleName(say("common.less_of", name=self._name, value=text))
        self.more.setAccessibleName(say("common.more_of", name=self._name, value=text))

    def _down(self) -> None:
        self._go(self._steps[max(0, bisect_left(self._steps, self._amount) - 1)])

    def _up(self) -> None:
        self._go(self._steps[min(len(self._steps) - 1, bisect_right(self._steps, self._amount))])

    def _go(self, amount: float) -> None:
        if amount == self._amount:
            return
        self._amount = amount
        self._show()
        # A button that just switched off would drop the keyboard: hand it to the other one.
        if not self.less.isEnabled() and self.less.hasFocus():
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.more.isEnabled() and self.more.hasFocus():
            self.less.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._value.text())
        self.changed.emit(amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys, + and -."""
        if event.key() in _UP:
            self._up()
        elif event.key() in _DOWN:
            self._down()
        else:
            super().keyPressEvent(event)

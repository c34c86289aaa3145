"""The undo bar: says what was just done and offers to take it back, without hurry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.going_back import GoingBack
from companion.ui.widgets.message import Sign
from companion.ui.widgets.painting import Painted, box, painter_for, text_width
from companion.wording import say

LINGER = 20_000
"""How long the bar stays, in ms; while the pointer or the keyboard is on it, it waits."""
_SHADE = 8
"""Room around the box for its shade, in px."""


class UndoBar(Painted, QFrame):
    """Hidden until :meth:`offer`. ``undone`` is sent with the token offered; ``expired`` when it goes unused.

    A new offer replaces the one before, which then expires at once: only the last deed can be taken back here.
    """

    undone = Signal(object)
    expired = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token: object = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADE + 18, _SHADE + 8, _SHADE + 8, _SHADE + 8)
        row.setSpacing(12)
        row.addWidget(Sign("check", "accent"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._text = labels.body("")
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        self.button = buttons.secondary(say("common.undo"), "undo")
        keys = QKeySequence(QKeySequence.StandardKey.Undo)
        QShortcut(keys, self).activated.connect(self._undo)  # asleep while the bar is hidden
        self.button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.button.clicked.connect(self._undo)
        row.addWidget(self.button)
        self._close = buttons.icon_button("close", say("common.close"))
        self._close.clicked.connect(self.close_offer)
        self._back: GoingBack | None = None
        row.addWidget(self._close)
        self.hide()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def offer(self, text: str, token: object = None, linger: int = LINGER) -> None:
        """Say what was done; ``token`` comes back with ``undone`` or ``expired``. ``linger`` is in ms."""
        if not self.isHidden():
            self._expire()
        self._token = token
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._timer.start(linger)
        announce(self, say("common.undo_offer", text=text))

    def wished_width(self) -> int:
        """Return the width at which the words stand on one line."""
        row = self.layout()
        assert row is not None
        words = int(text_width(self._text.text(), theme.font("body")) + 2)
        return row.sizeHint().width() - self._text.sizeHint().width() + words

    def close_offer(self) -> None:
        """Put the bar away unused."""
        if not self.isHidden():
            self._expire()

    def waits(self) -> bool:
        """Return whether the bar stays because the pointer or the keyboard is on it."""
        return not self.isHidden() and not self._timer.isActive()

    def _undo(self) -> None:
        token = self._put_away()
        self.undone.emit(token)

    def _expire(self) -> None:
        token = self._put_away()
        self.expired.emit(token)

    def _put_away(self) -> object:
        self._timer.stop()
        if self._back is not None and self._has_keyboard():
            self._back.go()
            self._back = None
        self._forget_back()
        self.hide()
        token, self._token = self._token, None
        return token

    def _forget_back(self) -> None:
        if self._back is not None:
            self._back.deleteLater()
            self._back = None

    def _pause(self) -> None:
        self._timer.stop()

    def _resume(self) -> None:
        if not self.isHidden() and not self.underMouse() and not self._has_keyboard():
            self._timer.start(self._timer.interval())

    def _has_keyboard(self) -> bool:
        return self.button.hasFocus() or self._close.hasFocus()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.isHidden():
            return
        if new is not None and self.isAncestorOf(new):
            self._pause()
            if old is not None and not self.isAncestorOf(old):
                self._forget_back()
                self._back = GoingBack(old, self)
        elif old is not None and self.isAncestorOf(old):
            self._resume()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer is here."""
        self._pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on when the pointer leaves."""
        super().leaveEvent(event)
        if not self.isHidden() and not self._has_keyboard():
            self._timer.start(self._timer.interval())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        area = QRectF(self.rect()).adjusted(_SHADE, _SHADE, -_SHADE, -_SHADE)
        shade = theme.colour("scrim").toRgb()
        for out in range(_SHADE, 0, -2):
            shade.setAlphaF(0.05)
            box(painter, area.adjusted(-out, -out + 2, out, out), theme.CARD_RADIUS + out, shade)
        box(painter, area, theme.CARD_RADIUS, theme.colour("raised"), theme.colour("control"))
        painter.end()

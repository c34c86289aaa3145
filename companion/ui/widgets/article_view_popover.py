"""The small card beside a word: what a term means, or where a claim comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from companion.domain.values import value
from companion.ui import labels, theme
from companion.ui.widgets.article_view_stop import Desk, Stop
from companion.ui.widgets.painting import Painted, box, painter_for
from companion.wording import say

LINGER_IN, LINGER_OUT = 220, 260
"""How long in ms the mouse rests on a word before its card opens, and how long the card stays when it has left."""
_WIDE = 360


@value
class Note:
    """One entry of a card. ``address`` can be marked and copied."""

    title: str
    text: str = ""
    address: str = ""
    small: str = ""


class Popover(Painted, QFrame):
    """Opens beside a :class:`Stop` on hover, on keyboard focus and on a press, which pins it.

    It stays while the mouse is on it, and Escape closes it. It lies inside ``parent`` and never takes the keyboard by
    itself; Tab reaches the address of a pinned one.
    """

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._stop: Stop | None = None
        self.pinned = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(4)
        self._wait = _timer(self, LINGER_IN)
        self._wait.timeout.connect(self._open_waiting)
        self._leave = _timer(self, LINGER_OUT)
        self._leave.timeout.connect(self._close_unless_pinned)
        self._waiting: Stop | None = None
        self.wanted: list[Note] = []
        desk.entered.connect(self._on_enter)
        desk.left.connect(self._on_left)
        desk.focused.connect(self._on_focus)
        desk.unfocused.connect(self._on_unfocus)
        self._desk = desk
        self.hide()

    def notes_for(self, stop: Stop) -> list[Note]:
        """Return what the card of a stop says; the owner overrides it. None for a stop without a card."""
        return []

    def stop(self) -> Stop | None:
        """Return the stop whose card is open."""
        return self._stop if self.isVisible() else None

    def show_for(self, stop: Stop, pin: bool = False) -> None:
        """Open the card of a stop."""
        notes = self.notes_for(stop)
        if not notes:
            return
        self._leave.stop()
        self._wait.stop()
        if stop is not self._stop or not self.isVisible():
            self._stop = stop
            self._fill(notes)
        self.pinned = pin or (self.pinned and stop is self._stop and self.isVisible())
        self.place()
        self.show()
        self.raise_()

    def close_now(self) -> None:
        """Close the card."""
        self._wait.stop()
        self._leave.stop()
        self.pinned = False
        if self.isVisible():
            self.hide()
            self.closed.emit()
        self._stop = None

    def _fill(self, notes: list[Note]) -> None:
        from companion.ui.widgets.article_view_address import AddressText

        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, note in enumerate(notes):
            if number:
                self._column.addSpacing(10)
            self._column.addWidget(labels.strong(note.title))
            if note.text:
                self._column.addWidget(labels.body(note.text))
            if note.address:
                self._column.addWidget(AddressText(note.address, say("learn.address")))
            if note.small:
                self._column.addWidget(labels.caption(note.small))
        self.setAccessibleName(notes[0].title)

    def place(self) -> None:
        """Lie below the word, or above where there is no room, inside the parent."""
        parent = self.parentWidget()
        if self._stop is None or parent is None or not isValid(self._stop):
            return
        width = min(theme.px(_WIDE), parent.width() - 24)
        self._column.activate()
        height = min(self._column.totalHeightForWidth(width), parent.height() - 24)
        word = self._stop.anchor()
        at = QRect(self._stop.mapTo(parent, word.topLeft()), word.size())
        x = max(12, min(at.left() - 12, parent.width() - width - 12))
        y = at.bottom() + 8
        if y + height > parent.height() - 8 and at.top() - 8 - height >= 8:
            y = at.top() - 8 - height
        self.setGeometry(x, max(8, min(y, parent.height() - height - 8)), width, height)

    # Mouse and keyboard

    def _on_enter(self, stop: object) -> None:
        if isinstance(stop, Stop) and not (self.pinned and self.isVisible()):
            self._waiting = stop
            self._leave.stop()
            self._wait.start()

    def _on_left(self, stop: object) -> None:
        self._wait.stop()
        if not self.pinned:
            self._leave.start()

    def _open_waiting(self) -> None:
        if self._waiting is not None and isValid(self._waiting):
            self.show_for(self._waiting)

    def _on_focus(self, stop: object) -> None:
        if isinstance(stop, Stop):
            self.pinned = False
            if self.notes_for(stop):
                self.show_for(stop)
            else:
                self.close_now()

    def _on_unfocus(self, stop: object) -> None:
        if not self.pinned and stop is self._stop:
            self.close_now()

    def _close_unless_pinned(self) -> None:
        if not self.pinned and not self.underMouse():
            self.close_now()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay open under the mouse."""
        self._leave.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Close a while after the mouse has left."""
        if not self.pinned:
            self._leave.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape and give the keyboard back to the word."""
        if event.key() == Qt.Key.Key_Escape:
            stop = self._stop
            self.close_now()
            if stop is not None and isValid(stop):
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                self.close_now()
        else:
            super().keyPressEvent(event)

    def focus_inside(self) -> bool:
        """Put the keyboard on the first address; return whether there is one."""
        from companion.ui.widgets.article_view_address import AddressText

        found = self.findChild(AddressText)
        if found is None:
            return False
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def restyle(self) -> None:
        """Measure anew."""
        if self.isVisible():
            self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = painter_for(self)
        box(painter, QRectF(self.rect()), theme.RADIUS, theme.colour("raised"), theme.colour("control"), 1.2)
        painter.end()


def _timer(parent: QObject, wait: int) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(wait)
    return made

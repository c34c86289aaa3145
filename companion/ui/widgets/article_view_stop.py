"""The pressable stretches of a text: a real button over the words, so that keyboard and screen reader find them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractButton, QWidget

from companion.ui import theme
from companion.ui.widgets.article_view_text import Kind, Span
from companion.ui.widgets.painting import RING, painter_for

_ROOM = 3
"""How far the button reaches beyond its words, in px; a source mark is small and gets more."""


class Desk(QObject):
    """Hears what happens to the stops of a whole article, so that one listener serves them all."""

    entered = Signal(object)
    left = Signal(object)
    focused = Signal(object)
    unfocused = Signal(object)
    pressed = Signal(object)
    stepped = Signal(object, int)
    """Emits a paragraph and how many paragraphs the arrow keys go from it."""


class Stop(QAbstractButton):
    """One term, source mark or cross reference. Its words are painted by the text below; it paints ring and hover."""

    def __init__(self, span: Span, desk: Desk, name: str, description: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.span = span
        self._desk = desk
        self._boxes: tuple[QRect, ...] = ()
        self._keyboard = False
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def cover(self, fragments: tuple[QRectF, ...]) -> None:
        """Lie over the words; ``fragments`` are their rectangles in the parent, one for each line they stand on."""
        room = _ROOM + 3 if self.span.kind is Kind.SOURCE else _ROOM
        boxes = [each.toAlignedRect().adjusted(-room, -_ROOM + 1, room, _ROOM - 1) for each in fragments]
        if not boxes:
            self.hide()
            return
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.united(box)
        self.setGeometry(whole)
        self._boxes = tuple(box.translated(-whole.topLeft()) for box in boxes)
        region = QRegion()
        for box in self._boxes:
            region = region.united(QRegion(box))
        if len(self._boxes) > 1:
            self.setMask(region)
        else:
            self.clearMask()

    def anchor(self) -> QRect:
        """Return where the last line of its words is, in the stop's own coordinates."""
        return self._boxes[-1] if self._boxes else self.rect()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell the desk."""
        super().enterEvent(event)
        self.update()
        self._desk.entered.emit(self)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell the desk."""
        super().leaveEvent(event)
        self.update()
        self._desk.left.emit(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the desk when the keyboard comes."""
        super().focusInEvent(event)
        self._keyboard = event.reason() not in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        )
        self.update()
        if self._keyboard:
            self._desk.focused.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the desk when the keyboard leaves."""
        super().focusOutEvent(event)
        self._keyboard = False
        self.update()
        self._desk.unfocused.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too; leave the arrow keys to the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def nextCheckState(self) -> None:
        """Tell the desk that it was pressed; Qt calls this on every click, also one by a screen reader."""
        self._desk.pressed.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a wash while the mouse is over it, and the focus ring."""
        painter = painter_for(self)
        if self.underMouse() and not self._keyboard:
            wash = theme.colour("accent").toRgb()
            wash.setAlphaF(0.14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wash)
            for box in self._boxes:
                painter.drawRoundedRect(QRectF(box), 5, 5)
        if self._keyboard and self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in self._boxes:
                painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

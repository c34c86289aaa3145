"""A message beside the thing it is about: what happened, what to do next, and a way to do it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from companion.ui import icons, labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.painting import Painted, box, painter_for, picture
from companion.wording import say

KINDS = ("info", "done", "attention", "urgent")
_ICONS = {"info": "info", "done": "check", "attention": "warning", "urgent": "help"}
_ROLES = {"info": "accent", "done": "accent", "attention": "attention_text", "urgent": "urgent_text"}
_FILLS = {"info": "accent_soft", "done": "accent_soft", "attention": "attention_soft", "urgent": "urgent_soft"}
_LINES = {"info": "accent_pale", "done": "accent_pale", "attention": "attention_line", "urgent": "urgent_line"}


class Sign(Painted, QWidget):
    """An icon alone, that speaks through the words beside it."""

    def __init__(self, name: str, role: str, size: int = icons.SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.restyle()

    def show_sign(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def restyle(self) -> None:
        """Follow the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = painter_for(self)
        picture(painter, QRectF(self.rect()).center(), self._name, self._role, self._size)
        painter.end()


def _from_top(widget: QWidget, gap: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addSpacing(gap)
    column.addWidget(widget)
    column.addStretch(1)
    return column


class InlineMessage(Painted, QFrame):
    """A message of one of ``KINDS``, with an optional title, action and close button.

    ``acted`` is sent when the action is pressed, ``closed`` when the person closes it (it hides itself first).
    """

    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        text: str,
        kind: str = "info",
        title: str = "",
        action: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(12)
        self._sign = Sign(_ICONS[kind], _ROLES[kind])
        # Sign and close button stand level with the first line.
        row.addLayout(_from_top(self._sign, 8))
        column = QVBoxLayout()
        column.setSpacing(4)
        column.setContentsMargins(0, 7, 0, 7)
        self._title = labels.strong(title, self._tone())
        self._text = labels.body(text)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self._column = column
        self._actions: FlowLayout | None = None
        row.addLayout(column, 1)
        if action:
            self.add_action(action).clicked.connect(self.acted)
        if closable:
            close = buttons.icon_button("close", say("common.close"))
            close.clicked.connect(self._close)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.show_message(text, kind, title)

    def _tone(self) -> str:
        return {"attention": "attention", "urgent": "urgent"}.get(self._kind, "accent")

    def add_action(self, text: str, kind: str = "secondary") -> buttons.Button:
        """Add a button below the words and return it, to be connected."""
        made = buttons.Button(text, kind)
        if self._kind == "urgent" and kind != "danger":
            made.set_urgent()
        if self._actions is None:
            self._actions = FlowLayout(gap=8)
            self._actions.setContentsMargins(0, 6, 0, 0)
            self._column.addLayout(self._actions)
        self._actions.addWidget(made)
        return made

    def show_message(self, text: str, kind: str, title: str = "") -> None:
        """Say something else, and show the message if it was closed."""
        self._kind = kind
        self._sign.show_sign(_ICONS[kind], _ROLES[kind])
        self._title.setText(title)
        self._title.set_tone(self._tone())
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self.setAccessibleName(title or text)
        self.setAccessibleDescription(text if title else "")
        self.update()

    def message(self) -> str:
        """Return the words shown."""
        return self._text.text()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the words spoken when the message appears on a page that is already there."""
        super().showEvent(event)
        if not event.spontaneous() and self.window().isActiveWindow():
            announce(self, " ".join(filter(None, (self._title.text(), self._text.text()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        fill, line = theme.colour(_FILLS[self._kind]), theme.colour(_LINES[self._kind])
        box(painter, QRectF(self.rect()), theme.RADIUS, fill, line)
        painter.end()

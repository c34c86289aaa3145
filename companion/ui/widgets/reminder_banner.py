"""A reminder at the top of the window: for when no notification can be shown, or none may disturb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.message import Sign
from companion.ui.widgets.once import OnceRow
from companion.ui.widgets.painting import Painted, painter_for
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.notifier import Notice


class ReminderBanner(Painted, QFrame):
    """Shows one notice until it is answered, closed or withdrawn. It takes no keyboard focus from what is being done.

    ``acted`` carries the key of the notice and the id of the button pressed; ``closed`` the key of one the person
    closed without an answer.
    """

    acted = Signal(object, str)
    closed = Signal(object)

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setAccessibleName(say("reminding.banner.name", title=notice.title))
        self.setAccessibleDescription(notice.body)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP_PAGE, 10, theme.GAP, 10)
        row.setSpacing(theme.GAP_SMALL)
        beside = BesideLayout(gap=theme.GAP, least=theme.px(240))
        beside.add_inner(self._words(notice))
        self.row = OnceRow()
        self.buttons: dict[str, buttons.Button] = {}
        for number, (action, text) in enumerate(notice.actions):
            self._add(action, text, "secondary" if number < 2 else "quiet")
        beside.addWidget(self.row)
        row.addLayout(beside, 1)
        self.close_button = buttons.icon_button("close", say("reminding.banner.close"))
        self.close_button.clicked.connect(self._on_close)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _words(self, notice: Notice) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_SMALL)
        row.addWidget(Sign("bell", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(labels.strong(notice.title))
        text = labels.body(notice.body)
        if notice.body:
            column.addWidget(text)
        row.addLayout(column, 1)
        return row

    def _add(self, action: str, text: str, kind: str) -> None:
        made = buttons.Button(text, kind)
        made.setProperty("action", action)
        made.setAccessibleName(say("reminding.banner.do", action=text, title=self.notice.title))
        made.clicked.connect(self._on_pressed)
        self.row.put(made)
        self.buttons[action] = made

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        first = next(iter(self.buttons.values()), self.close_button)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit(self.notice.key, sender.property("action"))

    def _on_close(self) -> None:
        self.closed.emit(self.notice.key)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the words spoken: it stands where nobody may be looking."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, " ".join(filter(None, (self.notice.title, self.notice.body))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("accent_soft"))
        painter.fillRect(QRectF(0, area.height() - 1, area.width(), 1), theme.colour("accent_pale"))
        painter.end()

"""Small parts of the Learn page: the choice of the level, a wrapped link."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from companion.domain.articles import Level
from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, painter_for, ringed
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import say

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def level_control() -> SegmentedControl:
    """Return the choice between the three levels of detail."""
    return SegmentedControl([(level.value, say(f"learn.level.{level.value}")) for level in Level], say("learn.level"))


class Pressable(Painted, QAbstractButton):
    """What link and tile share: Enter presses them, as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class TextLink(Pressable):
    """A line of words that leads somewhere; long ones wrap."""

    def __init__(self, text: str, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _room(self) -> int:
        return theme.px(10)

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        metrics = QFontMetrics(theme.font("body"))
        inner = QRect(0, 0, max(1, width - 2 * self._room()), 10_000)
        return max(theme.px(theme.CONTROL), metrics.boundingRect(inner, int(_WRAP), self.text()).height() + 12)

    def sizeHint(self) -> QSize:
        """Return the size on one line, or on several when it is long."""
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(self.text()) + 2 * self._room() + 2
        width = min(wide, theme.px(420))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for a word."""
        return QSize(theme.px(120), theme.px(theme.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, and a soft box while the mouse is over them."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            box(painter, area, theme.RADIUS, theme.colour("accent_soft"))
        ringed(painter, area, theme.RADIUS, self.ring_visible())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour(self._tone))
        inner = self.rect().adjusted(self._room(), 0, -self._room(), 0)
        painter.drawText(inner, int(_WRAP), self.text())
        painter.end()

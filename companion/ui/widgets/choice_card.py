"""A choice with room for words: one of a few, each with a title and what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, painter_for, ringed

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class _Option(Painted, QRadioButton):
    """One choice: a circle, a title, and below it what it means."""

    def __init__(self, key: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.key = key
        self._text = text
        self.setAccessibleDescription(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: object) -> bool:
        """Return ``True``: the whole card can be pressed."""
        return True

    def _left(self) -> int:
        return theme.px(18) + theme.px(20) + theme.px(12)

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(1, width - self._left() - theme.px(16)), 100_000)
        title = QFontMetrics(theme.font("strong")).boundingRect(room, _WRAP, self.text()).height()
        text = QFontMetrics(theme.font("small")).boundingRect(room, _WRAP, self._text).height() if self._text else 0
        return title, text

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in ``width``."""
        title, text = self._heights(width)
        return max(theme.px(44), title + (text + 4 if text else 0) + 2 * theme.px(12))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(theme.px(420), self.heightForWidth(theme.px(420)))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which it can be read."""
        return QSize(theme.px(220), theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, circle and words."""
        painter = painter_for(self)
        on = self.isChecked()
        area = ringed(painter, QRectF(self.rect()), theme.RADIUS + 2, self.ring_visible())
        line = theme.colour("accent" if on or self.underMouse() else "line")
        box(painter, area, theme.RADIUS + 2, theme.colour("accent_soft" if on else "surface"), line, 1.6 if on else 1.0)
        title, _ = self._heights(self.width())
        half = theme.px(20) / 2
        middle = QPointF(theme.px(18) + half, theme.px(12) + QFontMetrics(theme.font("strong")).height() / 2)
        circle = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        edge = theme.colour("accent" if on else "control")
        box(painter, circle, half, theme.colour("surface"), edge, 2.0 if on else 1.6)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(middle, half * 0.5, half * 0.5)
        left = self._left()
        width = self.width() - left - theme.px(16)
        top = theme.px(12)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(left, top, width, title + 2), _WRAP, self.text())
        if self._text:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink" if on else "ink_soft"))
            painter.drawText(QRect(left, top + title + 4, width, self.height()), _WRAP, self._text)
        painter.end()


class ChoiceCards(QWidget):
    """Choices below one another, of which one holds. ``changed`` is sent with the key when the person chooses."""

    changed = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """``choices`` are key, title, and what it means (possibly empty)."""
        super().__init__(parent)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        self._options: dict[str, _Option] = {}
        for key, title, text in choices:
            option = _Option(key, title, text, self)
            option.clicked.connect(self._tell)
            self._options[key] = option
            column.addWidget(option)

    def option(self, key: str) -> QRadioButton:
        """Return the button of one choice. Raises ``KeyError``."""
        return self._options[key]

    def chosen(self) -> str:
        """Return the key that holds, or an empty text."""
        return next((key for key, option in self._options.items() if option.isChecked()), "")

    def choose(self, key: str) -> None:
        """Set the choice, without telling. Raises ``KeyError``."""
        self._options[key].setChecked(True)

    def focus_chosen(self) -> None:
        """Put the keyboard on the choice that holds, or the first."""
        self._options.get(self.chosen(), next(iter(self._options.values()))).setFocus()

    def _tell(self) -> None:
        self.changed.emit(self.chosen())

"""Chips: small words to choose from, one or several.

They are check boxes, radio buttons and push buttons with another face, so keyboard and screen reader know them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.painting import Painted, box, painter_for, picture, ringed, text_width, words

_PAD = 17
_MARK = 12
_AIR = 3


def plain(text: str) -> str:
    """Return the words of a button without the marks of its shortcut."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def escaped(text: str) -> str:
    """Return words for a button in which ``&`` is a letter; the person's own words may hold one."""
    return text.replace("&", "&&")


class _Pill(Painted):
    """What every chip shares: the shape of a pill round its words, which are never cut."""

    _icon = ""

    def settle(self) -> None:
        """Take the manners of a button. Call it at the end of ``__init__``."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _words(self) -> str:
        return plain(self.text())  # type: ignore[attr-defined]

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a click at ``pos`` counts: anywhere on the chip."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the size of the words with their room."""
        width = text_width(self._words(), theme.font("small")) + 2 * theme.px(_PAD)
        return QSize(int(width + 0.999) + (theme.px(_MARK) // 2 if self._icon else 0), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words of a chip are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill; when on, with a check mark."""
        painter = painter_for(self)
        whole = QRectF(self.rect()).adjusted(0, _AIR - 2, 0, 2 - _AIR)
        inner = ringed(painter, whole, whole.height() / 2, self.ring_visible())
        if inner == whole:
            inner = QRectF(self.rect()).adjusted(0, _AIR, 0, -_AIR)
        on = self.isChecked()  # type: ignore[attr-defined]
        over = self.underMouse() and self.isEnabled()
        fill = theme.colour("accent_soft" if on else "well" if over else "chip")
        line = theme.colour("accent_line") if on else None
        if theme.current().name == "high_contrast":
            line = theme.colour("accent" if on else "control")
        box(painter, inner, inner.height() / 2, fill, line)
        role = "ink_soft" if not self.isEnabled() else "accent" if on else "ink"
        area = QRectF(self.rect())
        align = Qt.AlignmentFlag.AlignCenter
        if on or self._icon:
            # The mark takes the room left and right of the words, so a choice never moves its neighbours.
            side = theme.px(_MARK)
            start = area.left() + theme.px(9)
            picture(painter, QPointF(start + side / 2, area.center().y()), self._icon or "check", role, _MARK)
            area.setLeft(start + side + theme.px(4))
            area.setRight(area.right() - 2)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words(painter, area, self._words(), theme.font("small"), theme.colour(role), align)
        painter.end()


class Chip(_Pill, QCheckBox):
    """A chip that is on or off by itself."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.settle()


class ChoiceChip(_Pill, QRadioButton):
    """A chip that is one of several, of which one is chosen; arrow keys move the choice."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.settle()


class ActionChip(_Pill, QPushButton):
    """A chip that does something at once, such as logging a symptom."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon = icon
        self.setAutoDefault(True)  # Enter presses it, as Space does
        self.settle()


class ChipGroup(QWidget):
    """A row of chips, breaking into rows, for choosing one (or with ``multi`` any number) of ``choices``.

    Args:
        choices: pairs of a key for the program and words for the person.
        name: what is chosen here, for the screen reader.
        multi: whether several can be on.

    ``changed`` is sent with the tuple of chosen keys when the person changes the choice, not by :meth:`choose`.
    """

    changed = Signal(tuple)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, multi: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._multi = multi
        self._chips: dict[str, QAbstractButton] = {}
        self._row = FlowLayout(self, gap=8, row_gap=2)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; none is chosen then."""
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for key, text in choices:
            made: QAbstractButton = (Chip if self._multi else ChoiceChip)(escaped(text), self)
            made.setProperty("key", key)
            made.clicked.connect(self._tell)
            self._chips[key] = made
            self._row.addWidget(made)

    def chip(self, key: str) -> QAbstractButton:
        """Return the chip of one choice. Raises ``KeyError``."""
        return self._chips[key]

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that are on, in the order offered."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, keys: Iterable[str]) -> None:
        """Set what is on, without telling."""
        wanted = set(keys)
        for key, chip in self._chips.items():
            chip.setAutoExclusive(False)
            chip.setChecked(key in wanted)
            chip.setAutoExclusive(not self._multi)

    def _tell(self) -> None:
        self.changed.emit(self.chosen())

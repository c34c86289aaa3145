"""The rail at the left: where one is, and where one can go."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.domain.values import value
from companion.ui import icons, labels, theme
from companion.ui.widgets.painting import Painted, box, painter_for, picture, ringed, text_width, words
from companion.wording import say

_WIDTH = 195
_EDGE = 12
_ICON_LEFT = 12
_TEXT_LEFT = 44
_HIGH = 40
_BELOW_HIGH = 54
_BELOW_LEAST = 44
_BELOW_EDGE = 8
_SLIM_EDGE = 6
_LEAST_PAGE = 560
_LEAST_BESIDE_SLIM = 420
"""The page may be a little narrower before the words below the icons go, too."""


class Look(StrEnum):
    """How much of its words the rail shows."""

    WIDE = "wide"  # beside the icons
    BELOW = "below"  # small, below the icons
    ICONS = "icons"  # not at all: they are the tooltips


@value
class RailEntry:
    """One place to go: its key, its words, its icon and the shortcut named in its tooltip.

    ``short`` are the words where there is little room, when the others are long.
    """

    key: str
    text: str
    icon: str
    shortcut: str = ""
    short: str = ""


class RailItem(Painted, QPushButton):
    """One entry of the rail: a button that says when its page is the one shown.

    It is not checkable: Qt tells screen readers of a check box then, and a place to go is none.
    """

    def __init__(self, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setText(entry.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("key", entry.key)
        self._look = Look.WIDE
        self._current = False
        self.show_look(Look.WIDE)

    def set_current(self, current: bool) -> None:
        """Show whether the page of this entry is open."""
        self._current = current
        self.setAccessibleDescription(say("common.open_now") if current else "")
        self.update()

    def is_current(self) -> bool:
        """Return whether the page of this entry is open."""
        return self._current

    def show_look(self, look: Look) -> None:
        """Show the words beside the icon, below it, or as the tooltip only."""
        self._look = look
        full = f"{self.entry.text}  {self.entry.shortcut}".strip()
        self.setToolTip(self.entry.shortcut if look is Look.WIDE else full)
        self.restyle()
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Follow the text size."""
        self.setMaximumHeight(self.high(self._look))

    @staticmethod
    def high(look: Look) -> int:
        """Return the height of an entry."""
        return theme.px(_BELOW_HIGH if look is Look.BELOW else _HIGH)

    def small_width(self) -> int:
        """Return the width of the words below the icon."""
        return int(text_width(self.entry.short or self.text(), theme.font("caption")) + 0.999) + theme.px(8)

    def _font(self, selected: bool) -> QFont:
        return theme.font("strong" if selected else "body")

    def wide_width(self) -> int:
        """Return the width with icon and words."""
        return theme.px(_TEXT_LEFT) + int(text_width(self.text(), self._font(True)) + 0.999) + theme.px(14)

    def sizeHint(self) -> QSize:
        """Return the comfortable size."""
        if self._look is Look.ICONS:
            return QSize(theme.px(44), self.high(self._look))
        wide = self.wide_width() if self._look is Look.WIDE else self.small_width()
        return QSize(wide, self.high(self._look))

    def minimumSizeHint(self) -> QSize:
        """Return the least size, for low windows at a large text size."""
        least = theme.px(_BELOW_LEAST if self._look is Look.BELOW else 24)
        return QSize(theme.px(44), max(theme.CONTROL, least))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry; the current page has a box, a bar at its left and heavier words."""
        painter = painter_for(self)
        on = self._current
        whole = QRectF(self.rect())
        inner = ringed(painter, whole, theme.RADIUS, self.ring_visible())
        if on or self.underMouse():
            box(painter, inner, theme.RADIUS, theme.colour("accent_soft" if on else "hover"))
        role = "accent" if on else "ink_soft"
        middle = whole.center().y()
        if self._look is Look.ICONS:
            picture(painter, QPointF(whole.center().x(), middle), self.entry.icon, role)
        elif self._look is Look.BELOW:
            picture(painter, QPointF(whole.center().x(), middle - theme.px(9)), self.entry.icon, role)
            room = QRectF(whole.left(), middle + theme.px(3), whole.width(), theme.px(18))
            words(painter, room, self.entry.short or self.text(), theme.font("caption"), theme.colour(role))
        else:
            side = theme.px(icons.SIZE)
            picture(painter, QPointF(theme.px(_ICON_LEFT) + side / 2, middle), self.entry.icon, role)
            room = whole.adjusted(theme.px(_TEXT_LEFT), 0, -theme.px(6), 0)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            words(painter, room, self.text(), self._font(on), theme.colour(role), align)
        painter.end()


class _Brand(Painted, QLabel):
    """The mark and the name of the program."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(44), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        side = theme.px(22)
        middle = self.height() / 2
        left = self.width() / 2 if self.narrow else theme.px(_ICON_LEFT) + side / 2
        picture(painter, QPointF(left, middle), "mark", "ink", 22)
        if not self.narrow:
            room = QRectF(self.rect()).adjusted(theme.px(_TEXT_LEFT), 0, 0, 0)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            words(painter, room, self.text(), theme.font("heading"), theme.colour("ink"), align)
        painter.end()


class Rail(Painted, QFrame):
    """The navigation of the window.

    Args:
        brand: the name of the program.
        entries: the pages, from the top.
        last: the entries at the bottom (settings).
        name: what this list is, for the screen reader.

    ``activated`` is sent with the key of the entry the person chose; the window then calls :meth:`select`.
    """

    activated = Signal(str)

    def __init__(
        self,
        brand: str,
        entries: Sequence[RailEntry],
        last: Sequence[RailEntry],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._look = Look.WIDE
        self._window_width = 0
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 16, _EDGE, 14)
        column.setSpacing(4)
        self._brand = _Brand(brand)
        column.addWidget(self._brand)
        column.addSpacing(8)
        self._items: dict[str, RailItem] = {}
        for entry in entries:
            column.addWidget(self._item(entry))
        column.addStretch(1)
        for entry in last:
            column.addWidget(self._item(entry))
        self._footer = labels.caption("")
        self._footer.setContentsMargins(_ICON_LEFT, 8, 4, 0)
        self._footer.hide()
        column.addWidget(self._footer)
        self._lines = ""
        self._set_width()

    def _item(self, entry: RailEntry) -> RailItem:
        made = RailItem(entry, self)
        made.clicked.connect(self._clicked)
        self._items[entry.key] = made
        return made

    def item(self, key: str) -> RailItem:
        """Return the button of one entry. Raises ``KeyError``."""
        return self._items[key]

    def select(self, key: str) -> None:
        """Show which page is open."""
        for name, item in self._items.items():
            item.set_current(name == key)

    def selected(self) -> str:
        """Return the key of the page that is open, or an empty text."""
        return next((key for key, item in self._items.items() if item.is_current()), "")

    def set_footer(self, lines: str) -> None:
        """Show one or more quiet lines at the bottom: where the record is and when it was backed up."""
        self._lines = lines
        self._footer.setText(lines)
        self._place_footer()

    def look(self) -> Look:
        """Return how much of the words is shown."""
        return self._look

    def fit(self, window_width: int) -> None:
        """Show the words beside or below the icons, or not at all: what leaves the page room in this window."""
        self._window_width = window_width
        look = self._fitting(window_width)
        if look is not self._look:
            self._look = look
            self._brand.narrow = look is not Look.WIDE
            self._brand.update()
            for item in self._items.values():
                item.show_look(look)
        below = look is Look.BELOW
        edge = _SLIM_EDGE if below else _EDGE
        self._column.setContentsMargins(edge, _BELOW_EDGE if below else 16, edge, _BELOW_EDGE if below else 14)
        self._column.setSpacing(2 if below else 4)
        self._set_width()
        self._place_footer()

    def _fitting(self, window_width: int) -> Look:
        if window_width - self._wide_width() >= theme.px(_LEAST_PAGE):
            return Look.WIDE
        high = 2 * _BELOW_EDGE + theme.px(36) + 8 + len(self._items) * (theme.px(_BELOW_LEAST) + 2) + 4
        roomy = window_width - self._slim_width() >= theme.px(_LEAST_BESIDE_SLIM)
        return Look.BELOW if roomy and self.height() >= high else Look.ICONS

    def _slim_width(self) -> int:
        widest = max((item.small_width() for item in self._items.values()), default=0)
        return max(theme.px(44) + 2 * _EDGE, widest + 2 * _SLIM_EDGE) + 1

    def _wide_width(self) -> int:
        widest = max((item.wide_width() for item in self._items.values()), default=0)
        return max(theme.px(_WIDTH), widest + 2 * _EDGE + 1)

    def _set_width(self) -> None:
        slim = self._slim_width() if self._look is Look.BELOW else theme.px(44) + 2 * _EDGE + 1
        self.setFixedWidth(self._wide_width() if self._look is Look.WIDE else slim)

    def restyle(self) -> None:
        """Follow the text size."""
        window = self.window()
        if window is not self:
            self.fit(window.width())
        else:
            self._set_width()

    def _place_footer(self) -> None:
        """Show the lines where there is room for them below the entries."""
        inner = self.width() - 2 * _EDGE
        count = len(self._items)
        taken = 16 + 14 + theme.px(36) + 8 + count * (theme.px(40) + 4)
        room = self.height() - taken
        shown = bool(self._lines) and self._look is Look.WIDE and room > self._footer.heightForWidth(inner) + 16
        self._footer.setVisible(shown)

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            # The press alone changes nothing: the window decides, and then selects.
            self.activated.emit(item.entry.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the entries with the arrow keys, Home and End."""
        order = list(self._items.values())
        focus = next((at for at, item in enumerate(order) if item.hasFocus()), None)
        key = event.key()
        if focus is not None and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            order[0 if key == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the lines at the bottom, and the words below the icons, when the window gets low."""
        self._place_footer()
        if self._window_width and event.size().height() != event.oldSize().height():
            self.fit(self._window_width)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the line at its right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

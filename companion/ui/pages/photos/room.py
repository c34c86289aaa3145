"""The frame of the views that show photos large: a way back, title and actions, the photo, cards beside or below."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout, FlowLayout, ItemLayout, height_of
from companion.ui.widgets.scroll import ScrollColumn
from companion.wording import say

SIDE = 300
"""Width of the cards beside the photo, in px at 100%."""
LEAST_PHOTO = 520
"""The photo is never narrower than this beside the cards; then they go below it."""
LEAST_HIGH = 300


def in_order(*parts: QWidget) -> None:
    """Let the Tab key visit the parts one after the other, and inside each what it holds in the order it was made."""
    stops: list[QWidget] = []
    for part in parts:
        inner = part.findChildren(QWidget)
        here = [each for each in (part, *inner) if each.window() is part.window()]  # a list that opens is elsewhere
        stops += [each for each in here if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in itertools.pairwise(stops):
        QWidget.setTabOrder(before, after)


class RoomLayout(ItemLayout):
    """Photo, strip and cards: the cards beside the photo where there is room, else below the strip."""

    def __init__(self, parent: QWidget, photo: QWidget, strip: QWidget | None, cards: QWidget) -> None:
        super().__init__(parent)
        self.gap = theme.GAP
        for widget in (photo, strip, cards):
            if widget is not None:
                self.addWidget(widget)
        self._has_strip = strip is not None
        self.most = 0
        """The height of the window's part of the page: below it a photo is never higher than can be seen at once."""

    def beside(self, width: int) -> bool:
        """Return whether the cards stand beside the photo."""
        return width >= LEAST_PHOTO + self.gap + theme.px(SIDE)

    def arrange(self, area: QRect, place: bool) -> int:
        """See :meth:`ItemLayout.arrange`."""
        strip = self._items[1] if self._has_strip and not self._items[1].isEmpty() else None
        strip_high = strip.sizeHint().height() if strip is not None else 0
        below = strip_high + self.gap if strip is not None else 0
        if self.beside(area.width()):
            high = self._beside(area, below, place)
            total = high + below
        else:
            high = max(LEAST_HIGH, min(self.most or theme.px(520), area.width() * 3 // 4))
            total = high + below + self.gap + self._below(area, high, below, place)
        if place and strip is not None:
            top = area.top() + high + self.gap
            strip.setGeometry(QRect(area.left(), top, area.width(), strip_high))
        return total

    def _beside(self, area: QRect, below: int, place: bool) -> int:
        """Place photo and cards side by side; return their height."""
        photo, cards = self._items[0], self._items[-1]
        side = theme.px(SIDE)
        left = area.width() - side - self.gap
        needed = max(LEAST_HIGH, height_of(cards, side))
        if not place:
            return needed
        high = max(needed, area.height() - below)
        photo.setGeometry(QRect(area.left(), area.top(), left, high))
        cards.setGeometry(QRect(area.left() + left + self.gap, area.top(), side, high))
        return high

    def _below(self, area: QRect, high: int, below: int, place: bool) -> int:
        """Place the photo, and the cards under everything; return the height of the cards."""
        photo, cards = self._items[0], self._items[-1]
        cards_high = height_of(cards, area.width())
        if place:
            photo.setGeometry(QRect(area.left(), area.top(), area.width(), high))
            cards.setGeometry(QRect(area.left(), area.top() + high + below + self.gap, area.width(), cards_high))
        return cards_high


class _Panel(QWidget):
    """Takes the rest of the page, and never less than its parts need."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Room(QWidget):
    """A view with one large photo area. ``left`` is sent when the person goes back to all photos."""

    left = Signal()

    def __init__(self, photo: QWidget, strip: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = ScrollColumn()
        column = self._area.column
        column.setSpacing(theme.GAP)
        self.back = buttons.icon_button("back", say("photos.back"))
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self.title = labels.title("")
        self.subtitle = labels.subtitle(" ")
        column.addLayout(self._head())
        self.above = QVBoxLayout()
        column.addLayout(self.above)
        self.cards = QWidget()
        self.cards_column = QVBoxLayout(self.cards)
        self.cards_column.setContentsMargins(0, 0, 0, 0)
        self.cards_column.setSpacing(theme.GAP - 2)
        panel = _Panel()
        self._layout = RoomLayout(panel, photo, strip, self.cards)
        column.addWidget(panel, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        column.setContentsMargins(theme.GAP_PAGE, theme.GAP_PAGE - 8, theme.GAP_PAGE, theme.GAP_PAGE - 12)

    def _head(self) -> BesideLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        main = QHBoxLayout()
        main.setSpacing(theme.GAP_TIGHT)
        rise = QVBoxLayout()
        rise.addWidget(self.back)
        rise.addStretch(1)
        main.addLayout(rise)
        main.addLayout(words, 1)
        frame = self._tools_frame = QWidget()
        self.tools = FlowLayout(frame, gap=theme.GAP_TIGHT)
        head = BesideLayout(gap=theme.GAP, least=theme.px(260))
        head.add_inner(main)
        head.addWidget(frame)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the photo within what can be seen at once."""
        self._layout.most = self.height() - 2 * theme.GAP
        super().resizeEvent(event)

    def order_tabs(self, photo: QWidget, strip: QWidget | None = None) -> None:
        """Let the Tab key go from the way back over the actions to the photo and the cards."""
        parts = [self.back, self._tools_frame, photo, *((strip,) if strip is not None else ()), self.cards]
        in_order(*parts)

    def add_card(self, card: QWidget) -> None:
        """Put a card below those that are there."""
        self.cards_column.addWidget(card)

    def show_title(self, title: str, subtitle: str) -> None:
        """Say what is shown."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.setAccessibleName(title)

"""Small parts of the Learn page: a wrapped link, an article's tile, an icon on a disc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.domain.articles import Article, Level
from companion.ui import labels, theme
from companion.ui.widgets.painting import Painted, box, painter_for, picture, ringed
from companion.ui.widgets.switches import SegmentedControl
from companion.ui.widgets.tag import TagLabel
from companion.wording import say

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
ICONS = {
    "what-is-vitiligo": "body",
    "the-loop": "undo",
    "what-the-cream-blocks": "tube",
    "jak-family-and-drugs": "pill",
    "how-colour-returns": "hand",
    "what-the-trials-saw": "progress",
    "using-the-cream": "tube",
    "side-effects": "info",
    "when-to-get-help": "help",
    "light-therapy": "light",
    "going-on-or-stopping": "calendar",
    "living-with-it": "speech",
    "preparing-the-visit": "visit",
}


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


class Disc(Painted, QWidget):
    """An icon on a soft disc; it says nothing the words beside it do not say."""

    def __init__(self, icon: str, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, size
        self.restyle()

    def restyle(self) -> None:
        """Follow the text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc and icon."""
        painter = painter_for(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        picture(painter, QRectF(self.rect()).center(), self._icon, "accent", round(self._size * 0.5))
        painter.end()


class Tile(Pressable):
    """One article of the index: title, what it says in a sentence, how long it takes, whether it was read."""

    def __init__(self, article: Article, minutes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slug = article.slug
        self._article, self._minutes = article, minutes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(14)
        row.addWidget(Disc(ICONS.get(article.slug, "learn")), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._title = labels.heading(article.title)
        self._summary = labels.body(article.summary, "soft")
        self._time = labels.small(minutes)
        self._read = TagLabel(say("learn.read"), "accent")
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._read, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._summary)
        column.addStretch(1)
        column.addLayout(foot)
        row.addLayout(column, 1)
        self._time.set_wrapping(False)
        for part in (self._title, self._summary, self._time, self._read):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_read(False)

    def set_read(self, read: bool) -> None:
        """Show whether the article was read to the end."""
        self._read.setVisible(read)
        key = "learn.tile.read" if read else "learn.tile"
        self.setAccessibleName(
            say(key, title=self._article.title, summary=self._article.summary, minutes=self._minutes)
        )

    def sizeHint(self) -> QSize:
        """Return what the words ask for."""
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        """Return the least the words ask for."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else QSize()

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        over = self.underMouse() or self.isDown()
        inner = ringed(painter, area, theme.CARD_RADIUS, self.ring_visible())
        line = theme.colour("accent_line" if over else "line")
        box(painter, inner, theme.CARD_RADIUS, theme.colour("surface"), line)
        painter.end()


class Pairs(QWidget):
    """Tiles two by two where the width allows, those of a row equally high. Measured once a width: there are many."""

    def __init__(self, tiles: list[Tile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._heights: dict[int, int] = {}
        for tile in tiles:
            tile.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _arrange(self, width: int, place: bool) -> int:
        count = 2 if width >= theme.px(640) else 1
        column = (width - theme.GAP * (count - 1)) // count
        y = 0
        for at in range(0, len(self._tiles), count):
            row = self._tiles[at : at + count]
            high = max(tile.heightForWidth(column) for tile in row)
            if place:
                for number, tile in enumerate(row):
                    tile.setGeometry(number * (column + theme.GAP), y, column, high)
            y += high + theme.GAP
        return max(0, y - theme.GAP)

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        if width not in self._heights:
            self._heights.clear()
            self._heights[width] = self._arrange(width, place=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the size at a pleasant width."""
        return QSize(theme.px(420), self.heightForWidth(theme.px(420)))

    def minimumSizeHint(self) -> QSize:
        """Return a size that never keeps a window wide."""
        return QSize(theme.px(200), 1)

    def event(self, event: QEvent) -> bool:
        """Measure anew when a tile wants another height."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange):
            self._heights.clear()
            self._arrange(self.width(), place=True)
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tiles."""
        super().resizeEvent(event)
        self._arrange(self.width(), place=True)

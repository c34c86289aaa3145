"""The tiles of the index: each is one button with painted words, and so one thing to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.domain.articles import Article
from companion.ui import theme
from companion.ui.pages.learn.parts import Pressable
from companion.ui.widgets.painting import box, painter_for, picture, ringed, text_width, words
from companion.wording import say

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


_EDGE_X, _EDGE_Y, _BESIDE, _GAP = 18, 16, 14, 4
_DISC = 40
_TAG_GAP = 10


class Lines:
    """A paragraph of one kind and colour, set in lines as a label sets them."""

    def __init__(self, text: str, kind: str, role: str) -> None:
        self.text, self._kind, self._role = text, kind, role
        self._width = -1
        self._height = 0.0
        self._layout: QTextLayout | None = None

    def forget(self) -> None:
        """Set the lines anew: the font is another."""
        self._width = -1

    def height(self, width: int) -> int:
        """Return the height in ``width``."""
        if width != self._width:
            self._set(width)
        return int(self._height + 0.999)

    def _set(self, width: int) -> None:
        font = theme.font(self._kind)
        made = QTextLayout(self.text, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setTextOption(option)
        step = max(QFontMetricsF(font).height(), round(font.pixelSize() * theme.line_height(self._kind)))
        y = 0.0
        made.beginLayout()
        while (line := made.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            y += step
        made.endLayout()
        self._layout, self._width, self._height = made, width, y

    def paint(self, painter: QPainter, left: float, top: float, width: int) -> int:
        """Paint the lines and return their height."""
        high = self.height(width)
        painter.setPen(theme.colour(self._role))
        if self._layout is not None:
            self._layout.draw(painter, QPointF(left, top))
        return high


class Tile(Pressable):
    """One article of the index: title, what it says in a sentence, how long it takes, whether it was read.

    Nothing stands in it: words that were labels would be read once more, after the name that says them all.
    """

    def __init__(self, article: Article, minutes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slug = article.slug
        self._article, self._minutes = article, minutes
        self._read = False
        self._icon = ICONS.get(article.slug, "learn")
        self._title = Lines(article.title, "heading", "ink")
        self._summary = Lines(article.summary, "body", "ink_soft")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name()

    def set_read(self, read: bool) -> None:
        """Show whether the article was read to the end."""
        if read != self._read:
            self._read = read
            self._name()
            self.updateGeometry()
            self.update()

    def is_read(self) -> bool:
        """Return whether the tile says that the article was read."""
        return self._read

    def _name(self) -> None:
        key = "learn.tile.read" if self._read else "learn.tile"
        self.setAccessibleName(
            say(key, title=self._article.title, summary=self._article.summary, minutes=self._minutes)
        )

    def restyle(self) -> None:
        """Set the words in the new font."""
        self._title.forget()
        self._summary.forget()

    # Measuring

    def _left(self) -> int:
        return _EDGE_X + theme.px(_DISC) + _BESIDE

    def _room(self, width: int) -> int:
        return max(1, width - self._left() - _EDGE_X)

    def _foot(self) -> int:
        return theme.px(26) if self._read else round(QFontMetricsF(theme.font("small")).height() + 0.499)

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        room = self._room(width)
        high = self._title.height(room) + self._summary.height(room) + self._foot() + 2 * _GAP
        return max(high, theme.px(_DISC)) + 2 * _EDGE_Y

    def sizeHint(self) -> QSize:
        """Return the size at a pleasant width."""
        return QSize(theme.px(420), self.heightForWidth(theme.px(420)))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which it can be read."""
        return QSize(theme.px(200), theme.px(theme.CONTROL))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the icon on its disc and the words."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        over = self.underMouse() or self.isDown()
        inner = ringed(painter, area, theme.CARD_RADIUS, self.ring_visible())
        line = theme.colour("accent_line" if over else "line")
        box(painter, inner, theme.CARD_RADIUS, theme.colour("surface"), line)
        side = theme.px(_DISC)
        disc = QRectF(_EDGE_X, _EDGE_Y, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(disc)
        picture(painter, disc.center(), self._icon, "accent", _DISC // 2)
        left, room, top = self._left(), self._room(self.width()), _EDGE_Y
        top += self._title.paint(painter, left, top, room) + _GAP
        self._summary.paint(painter, left, top, room)
        self._paint_foot(painter, left, room)
        painter.end()

    def _paint_foot(self, painter: QPainter, left: int, room: int) -> None:
        font = theme.font("small")
        high = self._foot()
        foot = QRectF(left, self.height() - _EDGE_Y - high, room, high)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words(painter, foot, self._minutes, font, theme.colour("ink_soft"), align)
        if not self._read:
            return
        text = say("learn.read")
        wide = text_width(text, font) + 2 * theme.px(11)
        pill = QRectF(left + text_width(self._minutes, font) + _TAG_GAP, foot.top(), wide, high)
        edge = theme.colour("line") if theme.current().name == "high_contrast" else None
        box(painter, pill, pill.height() / 2, theme.colour("accent_soft"), edge)
        words(painter, pill, text, font, theme.colour("accent"))


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

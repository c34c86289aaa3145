"""How an article lies on the page: bar, head, the text, and beside it a column that stays while the text moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from companion.ui import theme
from companion.ui.widgets.article_view_prose import reading_width
from companion.ui.widgets.article_view_stack import Stack, height_in
from companion.ui.widgets.painting import Painted, painter_for

WIDEST = 1180
TWO_COLUMNS = 840
"""Width of the content in px, at 100% text size, from which the side column stands beside the text."""
TEXT_EDGE = 24 + 14
"""Room left and right of the text inside its card."""
_PICTURE = 620
_SIDE = (250, 520)
_STICKY_SHARE = 0.2


class Bar(Painted, QWidget):
    """Holds the controls; paints the window's colour, so that the text passes below it."""

    stuck = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[int, int, int], int] = {}

    def height_at(self, width: int, edge: int, most: int) -> int:
        """Begin and end where the text does, ``edge`` px from the sides; return the height, measured once a width.

        Where it would be higher than ``most``, the bar makes itself small.
        """
        layout = self.layout()
        if layout is not None and layout.contentsMargins().left() != edge:
            layout.setContentsMargins(edge, 10, edge, 10)
        if (width, edge, most) not in self._heights:
            self.set_compact(False)
            high = height_in(self, width)
            if high > most:
                self.set_compact(True)
                high = height_in(self, width)
            self._heights.clear()
            self._heights[width, edge, most] = high
        return self._heights[width, edge, most]

    def set_compact(self, compact: bool) -> None:
        """Take less room, or all that the controls like; to be overridden."""

    def forget(self) -> None:
        """Measure anew: some words changed."""
        self._heights.clear()

    def restyle(self) -> None:
        """Measure anew in a new look."""
        self._heights.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a line when text lies below."""
        painter = painter_for(self)
        painter.fillRect(self.rect(), theme.colour("canvas"))
        if self.stuck:
            painter.setPen(QPen(theme.colour("line"), 1))
            bottom = self.height() - 0.5
            painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        painter.end()


class Spread(QWidget):
    """Places the parts by hand: the place in the text is known at once, without waiting for layout rounds."""

    arranged = Signal()

    def __init__(self, bar: Bar, head: Stack, side: Stack, main: Stack, foot: Stack) -> None:
        super().__init__()
        self.bar, self.head, self.side, self.main, self.foot = bar, head, side, main, foot
        for part in (bar, head, side, main, foot):
            part.setParent(self)
            part.resize(1, 1)  # Qt measures a widget of no size when it is shown, and these are long
        bar.raise_()
        self.picture = False
        """Whether the side column holds a picture: it then stands left and gets more room."""
        self._scroll = 0
        self._view = 0
        self._top = 0
        self._held = False
        self.columns = False

    def _edge(self, width: int) -> int:
        edge = theme.GAP_PAGE if width >= 640 else theme.GAP
        return max(edge, (width - theme.px(WIDEST)) // 2)

    def lay_out(self, width: int, view: int) -> None:
        """Place everything for a viewport of ``width`` by ``view``."""
        self._view = view
        edge = self._edge(width)
        inner = width - 2 * edge
        bar = self.bar.height_at(width, edge, int(view * _STICKY_SHARE))
        self.bar.setGeometry(0, 0, width, bar)
        y = bar + 4
        head = self.head.heightForWidth(inner)
        self.head.setGeometry(edge, y, inner, head)
        y += head + theme.GAP
        self.columns = inner >= theme.px(TWO_COLUMNS)
        side_shown = bool(self.side.widgets())
        self.side.setVisible(side_shown)
        text = reading_width() + TEXT_EDGE
        if self.columns and side_shown:
            y = self._beside(edge, y, inner, text)
        else:
            y = self._below(edge, y, inner)
        foot = self.foot.heightForWidth(inner)
        self.foot.setGeometry(edge, y, inner, foot)
        self.resize(width, y + foot + (edge if edge < 60 else theme.GAP_PAGE))
        self.scrolled(self._scroll)
        self.arranged.emit()

    def _beside(self, edge: int, y: int, inner: int, text: int) -> int:
        if self.picture:
            main = min(text, max(inner * 46 // 100, inner - theme.GAP - theme.px(_PICTURE)))
            side = inner - theme.GAP - main
            left, right = edge, edge + side + theme.GAP
        else:
            side = max(theme.px(_SIDE[0]), min(theme.px(_SIDE[1]), inner - theme.GAP - text))
            main = inner - theme.GAP - side
            right, left = edge, edge + main + theme.GAP
        self._top = y
        self.side.setGeometry(left, y, side, self.side.heightForWidth(side))
        high = self.main.heightForWidth(main)
        self.main.setGeometry(right, y, main, high)
        return y + max(high, self.side.height()) + theme.GAP

    def _below(self, edge: int, y: int, inner: int) -> int:
        first, second = (self.side, self.main) if self.picture else (self.main, self.side)
        for part in (first, second):
            if not part.widgets():
                continue
            high = part.heightForWidth(inner)
            part.setGeometry(edge, y, inner, high)
            y += high + theme.GAP
        return y

    # Scrolling

    def covered(self) -> int:
        """Return how much of the top of the view the bar covers while the text is scrolled."""
        return self.bar.height() if self._sticks() else 0

    def hold_bar(self, held: bool) -> None:
        """Keep the bar in view, however high it is, while the keyboard is on it."""
        if held != self._held:
            self._held = held
            self.scrolled(self._scroll)

    def _sticks(self) -> bool:
        return self._held or self.bar.height() <= self._view * _STICKY_SHARE

    def scrolled(self, y: int) -> None:
        """Keep the bar, and a side column that fits, in view."""
        self._scroll = y
        self.bar.move(0, y if self._sticks() else 0)
        stuck = self._sticks() and y > 4
        if stuck != self.bar.stuck:
            self.bar.stuck = stuck
            self.bar.update()
        if not self.columns or not self.side.widgets():
            return
        room = self._view - self.covered() - theme.GAP
        low = self._top + max(0, self.main.height() - self.side.height())
        at = self._top
        if self.side.height() <= room:
            at = max(self._top, min(y + self.covered() + 8, low))
        self.side.move(self.side.x(), at)


class SpreadArea(QScrollArea):
    """Scrolls a spread; the keyboard scrolls it too."""

    scrolled = Signal(int)

    def __init__(self, spread: Spread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spread = spread
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(spread)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.verticalScrollBar().setSingleStep(24)
        spread.installEventFilter(self)

    def lay_out(self) -> None:
        """Place everything now."""
        self.spread.lay_out(self.view().width(), self.view().height())

    def view(self) -> QSize:
        """Return the size of what is seen. Naming ``viewport()`` would have PySide6 load every class of widget."""
        return self.maximumViewportSize()

    def _on_scroll(self, value: int) -> None:
        self.spread.scrolled(value)
        self.scrolled.emit(value)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Place everything anew when a part wants another height."""
        if watched is self.spread and event.type() == QEvent.Type.LayoutRequest:
            self.lay_out()
            return True
        return bool(super().eventFilter(watched, event))  # type: ignore[arg-type]

    def show_area(self, area: QRectF) -> None:
        """Scroll as little as shows ``area`` of the spread below the bar."""
        bar = self.verticalScrollBar()
        top, bottom = bar.value() + self.spread.covered() + 12, bar.value() + self.view().height() - 24
        if area.top() < top or area.height() > bottom - top:
            bar.setValue(int(area.top()) - self.spread.covered() - 12)
        elif area.bottom() > bottom:
            bar.setValue(bar.value() + int(area.bottom() - bottom))

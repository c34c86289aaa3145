"""A table of an article: columns where they fit, else one row after the other with the head of each cell above it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.article_view_prose import GUTTER, Prose
from companion.ui.widgets.painting import Painted, painter_for, words

_GAP = 10
_PAD = 7


class ArticleTable(Painted, QWidget):
    """Rows of cells; the first row is the head. Each cell says its head to a screen reader."""

    def __init__(self, head: list[Prose], rows: list[list[Prose]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head, self.rows = head, rows
        self._heights: dict[int, int] = {}
        self._lines: list[float] = []
        self._captions: list[tuple[QRectF, str]] = []
        for cell in self.cells():
            cell.setParent(self)
        for row in rows:
            for top, cell in zip(head, row, strict=False):
                cell.setAccessibleName(f"{top.composed.spoken}: {cell.composed.spoken}")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def cells(self) -> list[Prose]:
        """Return every cell, row by row."""
        return [*self.head, *(cell for row in self.rows for cell in row)]

    def stacked(self, width: int) -> bool:
        """Return whether ``width`` is too narrow for columns."""
        return self._columns(width) is None

    def _columns(self, width: int) -> list[int] | None:
        """Return the width of every column, or ``None`` when words would be cut."""
        table = [self.head, *self.rows]
        count = len(self.head)
        room = width - _GAP * (count - 1)
        least = [max(row[at].least_width() for row in table if at < len(row)) for at in range(count)]
        natural = [max(row[at].natural_width() for row in table if at < len(row)) for at in range(count)]
        if sum(least) > room:
            return None
        if sum(natural) <= room:
            return [*natural[:-1], room - sum(natural[:-1])]
        return _shared(room, least, natural)

    # Placing

    def _arrange(self, width: int, place: bool) -> int:
        columns = self._columns(width)
        if place:
            self._lines.clear()
            self._captions.clear()
        return self._stack(width, place) if columns is None else self._grid(columns, place)

    def _grid(self, columns: list[int], place: bool) -> int:
        y = 0
        for number, row in enumerate([self.head, *self.rows]):
            y += _PAD
            high = max(cell.heightForWidth(width) for cell, width in zip(row, columns, strict=False))
            x = 0
            for cell, width in zip(row, columns, strict=False):
                if place:
                    self._put(cell, QRect(x, y, width, high))
                x += width + _GAP
            y += high + _PAD
            if place and number < len(self.rows):
                self._lines.append(y)
        return y

    def _stack(self, width: int, place: bool) -> int:
        caption = QFontMetricsF(theme.font("caption")).height()
        y = 0
        if place:
            for cell in self.head:
                cell.hide()
        for number, row in enumerate(self.rows):
            y += _PAD
            for at, cell in enumerate(row):
                if at:
                    y += 4
                    if place:
                        area = QRectF(10, y, width - 10, caption)
                        self._captions.append((area, self.head[at].composed.spoken))
                    y += int(caption + 0.999)
                high = cell.heightForWidth(width)
                if place:
                    self._put(cell, QRect(0, y, width, high))
                y += high
            y += _PAD
            if place and number < len(self.rows) - 1:
                self._lines.append(y)
        return y

    @staticmethod
    def _put(cell: Prose, area: QRect) -> None:
        cell.setGeometry(area)
        cell.place_stops()
        if cell.isHidden():
            cell.show()

    # What Qt asks

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the cells wrap."""
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
        return QSize(theme.px(120), 1)

    def restyle(self) -> None:
        """Measure anew."""
        self._heights.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cells."""
        super().resizeEvent(event)
        self.settle()

    def settle(self) -> None:
        """Place the cells in the width there is."""
        self._heights.clear()
        self._arrange(self.width(), place=True)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines between the rows, and the heads above the cells of a narrow table."""
        painter = painter_for(self)
        for number, y in enumerate(self._lines):
            strong = number == 0 and not self._captions
            painter.setPen(QPen(theme.colour("control" if strong else "line"), 1.2 if strong else 1.0))
            painter.drawLine(QPointF(GUTTER, y), QPointF(self.width(), y))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for area, text in self._captions:
            words(painter, area, text, theme.font("caption"), theme.colour("ink_soft"), left)
        painter.end()


def _shared(room: int, least: list[int], natural: list[int]) -> list[int]:
    """Share out the width: columns with little to say get all they want, the others what is left, by need."""
    given = list(least)
    spare = room - sum(least)
    for at in sorted(range(len(least)), key=natural.__getitem__):
        wish = natural[at] - given[at]
        if natural[at] <= room // len(least) and wish <= spare:
            given[at] += wish
            spare -= wish
    want = [max(0, long - short) for long, short in zip(natural, given, strict=True)]
    shares = [short + spare * wish // max(1, sum(want)) for short, wish in zip(given, want, strict=True)]
    return [*shares[:-1], room - sum(shares[:-1])]

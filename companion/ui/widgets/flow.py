"""Layouts that answer to the width: words wrap, so do rows of chips, titles with something beside them, and cards."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class ItemLayout(QLayout):
    """A layout that keeps its items in order and leaves the placing to ``arrange``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        # Qt asks the same questions many times in one pass; the answers hold until something inside changes.
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self._wish: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def arrange(self, area: QRect, place: bool) -> int:
        """Place the visible items inside ``area`` (when ``place``) and return the height they take."""
        raise NotImplementedError

    def shown(self) -> list[QLayoutItem]:
        """Return the items that are not hidden."""
        return [item for item in self._items if not item.isEmpty()]

    def addWidget(self, widget: QWidget) -> None:
        """Keep one more widget.

        The item is made here and not by Qt: PySide takes an item that Qt made at the address of one it freed for the
        old one, and says that it was deleted already.
        """
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def add_inner(self, layout: QLayout) -> None:
        """Keep another layout as one item."""
        self.addChildLayout(layout)
        self.addItem(layout)

    def addItem(self, item: QLayoutItem) -> None:
        """Keep one more item; Qt calls this."""
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """Forget what was measured; Qt calls this when something inside changed."""
        self._heights.clear()
        self._smallest = None
        self._wish = None
        super().invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or ``None`` past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, or ``None`` past the end."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Return that the layout takes the width it is given."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the items take in ``width``, margins included."""
        known = self._heights.get(width)
        if known is None:
            margins = self.contentsMargins()
            inner = QRect(0, 0, max(1, width - margins.left() - margins.right()), 0)
            # Measuring may polish a widget, which invalidates this layout: nothing stored before counts any more.
            known = self.arrange(inner, place=False) + margins.top() + margins.bottom()
            self._heights[width] = known
        return known

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self.arrange(rect.marginsRemoved(self.contentsMargins()), place=True)

    def minimumSize(self) -> QSize:
        """Return room for the widest single item."""
        known = self._smallest
        if known is None:
            known = QSize(0, 0)
            for item in self.shown():
                known = known.expandedTo(item.minimumSize())
            known = self._smallest = self._with_margins(known)
        return QSize(known)

    def sizeHint(self) -> QSize:
        """Return the least size; the width is the parent's affair."""
        return self.minimumSize()

    def _in_a_row(self, gap: int) -> QSize:
        """Return the size of all items side by side."""
        known = self._wish
        if known is None:
            hints = [item.sizeHint() for item in self.shown()]
            width = sum(hint.width() for hint in hints) + gap * max(0, len(hints) - 1)
            known = self._with_margins(QSize(width, max((hint.height() for hint in hints), default=0)))
            self._wish = known
        return QSize(known)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())


def height_of(item: QLayoutItem, width: int) -> int:
    """Return the height an item takes in ``width``.

    The least size of an item with wrapped words is that at its least width, so it must not be asked for here.
    """
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return max(item.sizeHint().height(), item.minimumSize().height())


class FlowLayout(ItemLayout):
    """Items in rows from left to right, each as wide as it likes, breaking into rows as words do."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, row_gap: int | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._row_gap = gap if row_gap is None else row_gap

    def sizeHint(self) -> QSize:
        """Return the size of all items in one row."""
        return self._in_a_row(self._gap)

    def arrange(self, area: QRect, place: bool) -> int:
        """See :meth:`ItemLayout.arrange`."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self.shown():
            hint = item.sizeHint()
            width = min(hint.width(), area.width())
            size = QSize(width, height_of(item, width))
            if rows[-1] and used + self._gap + width > area.width():
                rows.append([])
                used = 0
            used += width + (self._gap if rows[-1] else 0)
            rows[-1].append((item, size))
        y = area.top()
        for number, row in enumerate(rows):
            if number:
                y += self._row_gap
            x = area.left()
            high = max((size.height() for _, size in row), default=0)
            for item, size in row:
                if place:
                    item.setGeometry(QRect(x, y + (high - size.height()) // 2, size.width(), size.height()))
                x += size.width() + self._gap
            y += high
        return y - area.top()


class BesideLayout(ItemLayout):
    """A main item with another at its right; the other goes below when the main one would get too narrow."""

    def __init__(self, parent: QWidget | None = None, gap: int = 12, least: int = 200) -> None:
        super().__init__(parent)
        self._gap = gap
        self._least = least

    def sizeHint(self) -> QSize:
        """Return the size of both side by side."""
        return self._in_a_row(self._gap)

    def arrange(self, area: QRect, place: bool) -> int:
        """See :meth:`ItemLayout.arrange`."""
        items = self.shown()
        if len(items) < 2:
            return self._stack(items, area, place)
        main, side = items[0], items[1]
        wish = min(side.sizeHint().width(), area.width())
        left = area.width() - wish - self._gap
        if left < min(main.sizeHint().width(), self._least) or left < main.minimumSize().width():
            return self._stack(items, area, place)
        tall, short = height_of(main, left), height_of(side, wish)
        high = max(tall, short)
        if place:
            # A single line stands level with what is beside it; several lines begin at the top with it.
            level = (short - tall) // 2 if tall < short else 0
            main.setGeometry(QRect(area.left(), area.top() + level, left, tall))
            lower = (tall - short) // 2 if short < tall < 2 * short else 0
            side.setGeometry(QRect(area.right() - wish + 1, area.top() + lower, wish, short))
        return high

    def _stack(self, items: list[QLayoutItem], area: QRect, place: bool) -> int:
        y = area.top()
        for number, item in enumerate(items):
            if number:
                y += self._gap // 2
            width = area.width() if number == 0 else min(area.width(), item.sizeHint().width())
            high = height_of(item, width)
            if place:
                item.setGeometry(QRect(area.left(), y, width, high))
            y += high
        return y - area.top()


class ColumnsLayout(ItemLayout):
    """Cards in two columns where there is room, and below one another in the order they were added where not."""

    def __init__(
        self,
        parent: QWidget | None = None,
        weights: tuple[int, int] = (1, 1),
        gap: int = 18,
        even: bool = False,
        fill: bool = False,
    ) -> None:
        super().__init__(parent)
        self._weights = weights
        self._gap = gap
        self._even = even
        self._fill = fill
        self._column: dict[int, int] = {}
        self._threshold = 760

    def set_threshold(self, width: int) -> None:
        """Set the width in px from which there are two columns."""
        if width != self._threshold:
            self._threshold = width
            self.invalidate()

    def put(self, widget: QWidget, column: int) -> None:
        """Add a widget to column 0 (left) or 1 (right), or across both with -1."""
        self._column[len(self._items)] = column
        self.addWidget(widget)

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, or ``None`` past the end."""
        if 0 <= index < len(self._items):
            kept = [self._column.get(at, 0) for at in range(len(self._items)) if at != index]
            self._column = dict(enumerate(kept))
        return super().takeAt(index)

    def two(self, width: int) -> bool:
        """Return whether there are two columns in ``width``."""
        least = 2 * max((item.minimumSize().width() for item in self.shown()), default=0) + self._gap
        return width >= max(self._threshold, least)

    def arrange(self, area: QRect, place: bool) -> int:
        """See :meth:`ItemLayout.arrange`."""
        pairs = [(item, self._column.get(at, 0)) for at, item in enumerate(self._items) if not item.isEmpty()]
        if not self.two(area.width()):
            return self._run([item for item, _ in pairs], area, place, stretch=False)
        y = area.top()
        block: list[tuple[QLayoutItem, int]] = []
        for item, column in pairs:
            if column >= 0:
                block.append((item, column))
                continue
            y = self._block(block, area, y, place, last=False)
            block = []
            high = height_of(item, area.width())
            if place:
                item.setGeometry(QRect(area.left(), y, area.width(), high))
            y += high + self._gap
        y = self._block(block, area, y, place, last=True)
        return max(0, y - self._gap - area.top())

    def _block(self, block: list[tuple[QLayoutItem, int]], area: QRect, top: int, place: bool, last: bool) -> int:
        """Place two columns from ``top`` down; return where the next thing begins."""
        if not block:
            return top
        wide = (area.width() - self._gap) * self._weights[0] // sum(self._weights)
        right = area.left() + wide + self._gap
        spans = (QRect(area.left(), top, wide, 0), QRect(right, top, area.right() + 1 - right, 0))
        sides = [[item for item, column in block if column == side] for side in (0, 1)]
        if self._even:
            return self._rows(sides, spans, top, place)
        heights = [self._run(side, span, False, False) for side, span in zip(sides, spans, strict=True)]
        high = max(heights)
        if place:
            bottom = max(high, area.bottom() + 1 - top) if last and self._fill else high
            for side, span in zip(sides, spans, strict=True):
                span.setHeight(bottom)
                self._run(side, span, True, stretch=self._fill and last)
        return top + high + self._gap

    def _rows(self, sides: list[list[QLayoutItem]], spans: tuple[QRect, QRect], top: int, place: bool) -> int:
        for row in range(max(len(side) for side in sides)):
            cells = [(side[row], span) for side, span in zip(sides, spans, strict=True) if row < len(side)]
            high = max(height_of(item, span.width()) for item, span in cells)
            if place:
                for item, span in cells:
                    item.setGeometry(QRect(span.left(), top, span.width(), high))
            top += high + self._gap
        return top

    def _run(self, items: list[QLayoutItem], area: QRect, place: bool, stretch: bool) -> int:
        y = area.top()
        for number, item in enumerate(items):
            if number:
                y += self._gap
            high = height_of(item, area.width())
            if stretch and item is items[-1]:
                high = max(high, area.bottom() + 1 - y)
            if place:
                item.setGeometry(QRect(area.left(), y, area.width(), high))
            y += high
        return y - area.top()

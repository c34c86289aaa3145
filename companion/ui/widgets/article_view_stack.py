"""Widgets below one another, placed at once when the width is known: a long text must not wait for layout rounds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.domain.values import value
from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, painter_for


def height_in(widget: QWidget, width: int) -> int:
    """Return the height a widget takes in ``width``."""
    if widget.hasHeightForWidth():
        return max(widget.heightForWidth(width), widget.minimumHeight())
    return max(widget.sizeHint().height(), widget.minimumHeight())


def _hidden(widget: QWidget) -> bool:
    """Return whether a widget was hidden on purpose; one that was never shown waits to be placed."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


@value
class _Item:
    widget: QWidget
    gap: int
    indent: int


class Stack(Painted, QWidget):
    """A column of widgets.

    Args:
        margins: left, top, right, bottom, in px.
        frame: paints a box behind: ``card``, ``sunken``, ``accent``, or empty for none.
    """

    def __init__(
        self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), frame: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._margins = margins
        self._frame = frame
        self._items: list[_Item] = []
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def put(self, widget: QWidget, gap: int = 0, indent: int = 0) -> None:
        """Add a widget, ``gap`` px below the one before and ``indent`` px from the left."""
        widget.setParent(self)
        self._items.append(_Item(widget, gap, indent))
        self._heights.clear()

    def clear(self) -> None:
        """Take every widget away."""
        for item in self._items:
            item.widget.hide()
            item.widget.deleteLater()
        self._items.clear()
        self._heights.clear()

    def widgets(self) -> list[QWidget]:
        """Return the widgets from top to bottom."""
        return [item.widget for item in self._items]

    def room(self, widget: QWidget, width: int) -> int:
        """Return how much of ``width`` a widget gets."""
        return width

    def arrange(self, width: int, place: bool) -> int:
        """Place the widgets in ``width`` (when ``place``) and return the height they take."""
        left, top, right, bottom = self._margins
        inner = max(1, width - left - right)
        y = top
        first = True
        for item in self._items:
            if _hidden(item.widget):
                continue
            y += 0 if first else item.gap
            first = False
            wide = self.room(item.widget, inner - item.indent)
            high = height_in(item.widget, wide)
            if place:
                item.widget.setGeometry(left + item.indent, y, wide, high)
                if self.isVisible() and item.widget.isHidden():
                    item.widget.show()
            y += high
        return y + bottom

    def settle(self) -> None:
        """Place the widgets again in the width there is, and those inside them."""
        self._heights.clear()
        self.arrange(self.width(), place=True)

    # What Qt asks

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        if width not in self._heights:
            if len(self._heights) > 8:
                self._heights.clear()
            self._heights[width] = self.arrange(width, place=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the size at a pleasant width."""
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a size that never keeps a window wide."""
        return QSize(theme.px(120), 1)

    def restyle(self) -> None:
        """Forget the heights of the old look."""
        self._heights.clear()

    def event(self, event: QEvent) -> bool:
        """Place everything anew when something inside wants another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.settle()
            self.updateGeometry()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place what is inside."""
        super().resizeEvent(event)
        self.arrange(self.width(), place=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, if there is one."""
        if not self._frame:
            return
        painter = painter_for(self)
        fill, line = {
            "card": ("surface", "line"),
            "sunken": ("sunken", "line"),
            "accent": ("accent_soft", "accent_pale"),
        }[self._frame]
        radius = theme.CARD_RADIUS if self._frame == "card" else theme.RADIUS
        box(painter, QRectF(self.rect()), radius, theme.colour(fill), theme.colour(line))
        painter.end()

"""The frame of every page: title, a line below it, actions at the right, and a body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from companion.ui import labels, theme
from companion.ui.widgets.flow import BesideLayout, ColumnsLayout, FlowLayout
from companion.ui.widgets.scroll import ScrollColumn

_WIDEST = 1180


class Columns(QWidget):
    """Cards in two columns where the width allows, else below one another in the order they were added.

    Args:
        weights: how the two columns share the width.
        even: give the cards of a row one height (for two cards that belong together).
        fill: let the last card of each column reach down to the end of the page.
        threshold: width in px, at 100% text size, from which there are two columns.
    """

    def __init__(
        self,
        weights: tuple[int, int] = (1, 1),
        even: bool = False,
        fill: bool = False,
        threshold: int = 700,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._layout = ColumnsLayout(self, weights, theme.GAP, even, fill)
        self._threshold = threshold
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding if fill else QSizePolicy.Policy.Minimum
        )
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._measure()

    def add(self, widget: QWidget, column: int = 0) -> None:
        """Add a widget to the left (0) or right (1) column, or across both (-1)."""
        self._layout.put(widget, column)

    def _measure(self) -> None:
        self._layout.set_threshold(theme.px(self._threshold))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the text size before deciding on one column or two."""
        self._measure()
        super().resizeEvent(event)


class PageScaffold(QWidget):
    """A page. Put its parts into ``page.body`` (a ``QVBoxLayout``) with :meth:`add`.

    Args:
        title: what this page is for.
        subtitle: one line below it.
        scroll: whether the page scrolls as a whole; a page with its own scrolling list passes ``False``.
        widest: the greatest width of the content in px at 100% text size.
    """

    def __init__(
        self, title: str, subtitle: str = "", scroll: bool = True, widest: int = _WIDEST, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._widest = widest
        self._kept: QWidget | None = None
        self._kept_at = -1
        self.setAccessibleName(title)
        self.title = labels.title(title)
        self.subtitle = labels.subtitle(subtitle)
        if not subtitle:
            self.subtitle.hide()  # never shown here: without a parent it would be a window for a moment
        self._area = ScrollColumn() if scroll else None
        self._content = QWidget() if self._area is None else self._area.content
        self._column = QVBoxLayout(self._content) if self._area is None else self._area.column
        self._column.setSpacing(theme.GAP)
        self._column.addLayout(self._header())
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GAP)
        self._column.addLayout(self.body, 0 if scroll else 1)
        if scroll:
            # What is left of a tall window stays empty instead of pulling the parts apart.
            self._column.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area or self._content)
        self._set_margins()

    def _header(self) -> QLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._actions = QWidget()
        self._actions_row = FlowLayout(self._actions, gap=theme.GAP_TIGHT)
        self._actions.hide()
        header = BesideLayout(gap=theme.GAP, least=260)
        header.add_inner(words)
        header.addWidget(self._actions)
        return header

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there; with ``stretch``, or made to expand, it takes the rest of the page."""
        if stretch or widget.sizePolicy().expandingDirections() & Qt.Orientation.Vertical:
            self._column.setStretchFactor(self.body, 1)
        self.body.addWidget(widget, stretch)

    def add_stretch(self) -> None:
        """Leave the rest of the page empty."""
        self.body.addStretch(1)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a switch at the right of the title."""
        self._actions_row.addWidget(widget)
        self._actions.show()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Change the line below the title; an empty one takes no room."""
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def reveal(self, widget: QWidget) -> None:
        """Scroll so that ``widget`` is seen."""
        if self._area is not None:
            self._area.ensureWidgetVisible(widget, 0, theme.GAP_PAGE)

    def keep_at_top(self, widget: QWidget, ms: int) -> None:
        """Scroll so that ``widget`` stands at the top of the view, and hold it there for ``ms`` while others grow.

        Whoever scrolls meanwhile is not brought back.
        """
        if self._area is not None:
            if self._kept is None:
                self._area.verticalScrollBar().rangeChanged.connect(self._show_kept)
            self._kept, self._kept_at = widget, -1
            QTimer.singleShot(0, self, self._show_kept)
            QTimer.singleShot(ms, self, self._let_go)

    @Slot()
    def _show_kept(self) -> None:
        if self._area is None or self._kept is None or not isValid(self._kept):
            return
        bar = self._area.verticalScrollBar()
        if self._kept_at not in (-1, bar.value()):
            self._let_go()
            return
        bar.setValue(self._kept.mapTo(self._content, QPoint(0, 0)).y() - theme.GAP)
        self._kept_at = bar.value()

    @Slot()
    def _let_go(self) -> None:
        if self._area is not None and self._kept is not None:
            self._area.verticalScrollBar().rangeChanged.disconnect(self._show_kept)
        self._kept = None

    def scroll_to_top(self) -> None:
        """Show the beginning of the page."""
        if self._area is not None:
            self._area.verticalScrollBar().setValue(0)

    def _edges(self) -> tuple[int, int]:
        """Return the room kept free above, and at the sides."""
        edge = theme.GAP_PAGE if self.width() >= 640 else theme.GAP
        return edge, max(edge, (self.width() - theme.px(self._widest)) // 2)

    def inner_width(self) -> int:
        """Return the width of the content, in px."""
        return self.width() - 2 * self._edges()[1]

    def _set_margins(self) -> None:
        edge, side = self._edges()
        self._column.setContentsMargins(side, edge - 8, side, edge - 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content at a width that can be read."""
        self._set_margins()
        super().resizeEvent(event)

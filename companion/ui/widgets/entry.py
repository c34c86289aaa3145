"""The frame of what stands before the record: the mark, and one calm column in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.card import Card
from companion.ui.widgets.message import Sign
from companion.ui.widgets.scroll import ScrollColumn
from companion.wording import say


class EntryFrame(QWidget):
    """A page of one card. Put its parts into the card with :meth:`add`, quieter things below it with :meth:`below`.

    Args:
        title: what is asked.
        text: one or two sentences below it.
        width: the width of the column in px at 100% text size.
    """

    def __init__(self, title: str, text: str = "", width: int = 500, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = width
        self.setAccessibleName(title)
        self.card = Card()
        self.title = labels.Label(title, "title")
        self.text = labels.body(text, "soft")
        if not text:
            self.text.hide()
        self.card.add(self.title)
        self.card.add(self.text)
        self._column = QWidget()
        inner = QVBoxLayout(self._column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP)
        inner.addWidget(self._brand())
        inner.addWidget(self.card)
        self._below = QVBoxLayout()
        self._below.setSpacing(theme.GAP_TIGHT)
        inner.addLayout(self._below)
        area = ScrollColumn()
        area.column.setContentsMargins(theme.GAP, theme.GAP_LARGE, theme.GAP, theme.GAP_LARGE)
        area.column.addStretch(1)
        across = QHBoxLayout()  # not an alignment: an aligned widget is not asked for its height at its width
        across.addStretch(1)
        across.addWidget(self._column)
        across.addStretch(1)
        area.column.addLayout(across)
        area.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    @staticmethod
    def _brand() -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Sign("mark", "ink", 26))
        row.addWidget(labels.heading(say("shell.name")), 1)
        return made

    def add(self, widget: QWidget) -> None:
        """Put a widget into the card."""
        self.card.add(widget)

    def below(self, widget: QWidget, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter) -> None:
        """Put a widget below the card."""
        self._below.addWidget(widget, 0, align)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column at its width, or as wide as the window allows."""
        super().resizeEvent(event)
        self._column.setFixedWidth(min(theme.px(self._wide), self.width() - 2 * theme.GAP - 14))

"""The table behind a picture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from companion.domain.progress_tables import Table
from companion.ui import theme
from companion.ui.pages.progress import words
from companion.ui.widgets.painting import Painted, text_width

_NUMBERS = frozenset({"week", "grams", "photos"})
_TOP = QModelIndex()
ROWS_SEEN = 9
MEASURED = 60
"""So many lines are measured to find how wide a column must be."""
_LEFT_OUT = frozenset({"unit", "low", "high"})
"""Columns that only a file needs: here an amount carries its unit and its range."""

AnyIndex = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """A table in words, the newest line first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._names: words.Names = {}
        self._shown: list[int] = []

    def show_table(self, table: Table, names: words.Names) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table, self._names = table, names
        self._shown = [at for at, column in enumerate(table.columns) if column not in _LEFT_OUT]
        self.endResetModel()

    def widths(self, font: QFont) -> list[float]:
        """Return how wide each column must be for its heading and its newest lines."""
        lines = range(min(self.rowCount(), MEASURED))
        return [
            max(
                text_width(self.headerData(column, Qt.Orientation.Horizontal), theme.font("strong")),
                *(text_width(self.data(self.index(line, column)), font) for line in lines),
                0.0,
            )
            for column in range(self.columnCount())
        ]

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or self._table is None else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in words; numbers stand at the right."""
        if self._table is None or not index.isValid():
            return None
        at = self._shown[index.column()]
        column = self._table.columns[at]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._table.rows[-1 - index.row()]
            return words.cell(column, row[at], dict(zip(self._table.columns, row, strict=True)), self._names)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if self._table is None or orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[self._shown[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return words.head(column, self._table.plot)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TableView(Painted, QTableView):
    """Shows a table as high as its lines, up to a few; then it scrolls."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_of_table = TableModel(self)
        self.setModel(self.model_of_table)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setFont(theme.font("strong"))
        self.restyle()

    def restyle(self) -> None:
        """Follow the text size."""
        if hasattr(self, "model_of_table"):
            self.verticalHeader().setDefaultSectionSize(theme.px(32))
            self.horizontalHeader().setMinimumHeight(theme.px(34))
            self.setFont(theme.font("small"))

    def show_table(self, table: Table, names: words.Names) -> None:
        """Show a table."""
        self.model_of_table.show_table(table, names)
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        """Give each column what its words need, and share out what is left; else it scrolls sideways."""
        needs = [width + theme.px(34) for width in self.model_of_table.widths(theme.font("small"))]
        spare = max(0.0, self.viewport().width() - sum(needs))
        for column, need in enumerate(needs):
            self.setColumnWidth(column, int(need + spare / len(needs)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the height of heading and lines, at most a few."""
        lines = min(ROWS_SEEN, max(1, self.model_of_table.rowCount()))
        high = self.horizontalHeader().sizeHint().height() + lines * self.verticalHeader().defaultSectionSize() + 4
        return QSize(400, high)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(200, self.sizeHint().height())

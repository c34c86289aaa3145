"""The table behind a picture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from companion.domain.progress_tables import Table
from companion.ui import theme
from companion.ui.pages.progress import words
from companion.ui.widgets.painting import Painted

_NUMBERS = frozenset({"week", "amount", "low", "high", "grams", "photos"})
_TOP = QModelIndex()
ROWS_SEEN = 9

AnyIndex = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """A table in words, the newest line first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._names: words.Names = {}

    def show_table(self, table: Table, names: words.Names) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table, self._names = table, names
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in words; numbers stand at the right."""
        if self._table is None or not index.isValid():
            return None
        column = self._table.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._table.rows[-1 - index.row()]
            return words.cell(
                column, row[index.column()], dict(zip(self._table.columns, row, strict=True)), self._names
            )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if self._table is None or orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[section]
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
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        least = max((self.sizeHintForColumn(at) for at in range(len(table.columns))), default=80)
        header.setMinimumSectionSize(min(theme.px(64), least))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of heading and lines, at most a few."""
        lines = min(ROWS_SEEN, max(1, self.model_of_table.rowCount()))
        high = self.horizontalHeader().sizeHint().height() + lines * self.verticalHeader().defaultSectionSize() + 4
        return QSize(400, high)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(200, self.sizeHint().height())

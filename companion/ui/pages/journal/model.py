"""The rows of the journal, read page by page: a heading for each day, and its entries below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.domain.errors import CompanionError
from companion.domain.timeline import Entry, EntryKind, Filter, Item, Page
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import desk, words

PAGE = 60
"""Entries read at a time."""
FIRST = 30
"""Entries read for a first screen: more than any window shows."""

Key = tuple[str, int]
"""Kind and id of an entry: what stays when the list is read again."""

ROW = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading of a day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, in the words the list shows."""

    item: Item
    time: str
    headline: str
    details: str
    tag: str

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.item.entry

    @property
    def kind(self) -> EntryKind:
        """What kind of entry it is."""
        return self.item.kind

    @property
    def key(self) -> Key:
        """What tells the entry from every other."""
        return (self.item.kind.value, self.item.id)

    @property
    def titled(self) -> bool:
        """Whether the first line is a title, and not the beginning of a free note."""
        return self.kind is not EntryKind.NOTE

    @property
    def ongoing(self) -> bool:
        """Whether it is a side effect that has not ended, or a treatment still used."""
        return words.goes_on(self.entry)


def narrowed(wanted: Filter) -> bool:
    """Return whether a filter leaves anything out."""
    return replace(wanted, text=wanted.text.strip()) != Filter()


class EntryModel(QAbstractListModel):
    """Entries newest first, under the headings of their days; more are read when the view asks for them."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[DayRow | EntryRow] = []
        self._names: Mapping[int, str] = {}
        self._before: datetime | None = None
        self._filter = Filter()
        self._today = context.care.today()

    def read(self, wanted: Filter | None = None) -> None:
        """Read the list anew, narrowed to ``wanted`` (to what it was when absent), at least as far as it was read."""
        same = wanted is None or wanted == self._filter
        count = max(FIRST, self.entry_count()) if same else FIRST
        self._filter = wanted if wanted is not None else self._filter
        self._today = self._context.care.today()
        if same or not self._names:
            self._names = symptom_words.names_inside(self._context.care.places(include_archived=True))
        page = self._page(count, None)
        self.beginResetModel()
        self._rows = self._rows_of(page, None)
        self._before = page.before
        self.endResetModel()

    def _page(self, limit: int, before: datetime | None) -> Page:
        return desk.timeline(self._context).page(self._filter, before, limit)

    def _rows_of(self, page: Page, last_day: date | None) -> list[DayRow | EntryRow]:
        rows: list[DayRow | EntryRow] = []
        for item in page.items:
            day = item.day
            if day != last_day:
                rows.append(DayRow(day, words.day_words(day, self._today)))
                last_day = day
            entry = item.entry
            rows.append(
                EntryRow(
                    item,
                    words.time_words(item),
                    words.headline(entry, self._names),
                    words.details(entry, self._today, self._names),
                    words.tag(entry),
                )
            )
        return rows

    # What the page asks

    def filter(self) -> Filter:
        """Return what the list is narrowed to."""
        return self._filter

    def entry_count(self) -> int:
        """Return how many entries have been read."""
        return sum(isinstance(row, EntryRow) for row in self._rows)

    def entry_at(self, index: AnyIndex) -> EntryRow | None:
        """Return the entry of a row, or ``None`` for a heading and outside the list."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, EntryRow) else None

    def index_of(self, key: Key | None) -> QModelIndex:
        """Return where an entry is, or an index that is not valid when it has not been read."""
        for number, row in enumerate(self._rows):
            if isinstance(row, EntryRow) and row.key == key:
                return self.index(number)
        return QModelIndex()

    def was_edited(self, row: EntryRow) -> bool:
        """Return whether an entry said something else before."""
        try:
            return bool(desk.history(self._context, row.entry))
        except CompanionError:
            return False  # whoever opens the row is told by what they do next

    # Qt

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """Return how many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row; for a screen reader an entry is said with its day, time and kind."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, DayRow):
            return row.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.headline
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(row.item, self._names, self._today)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return that entries can be chosen; the arrow keys pass over the headings."""
        if self.entry_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Return whether older entries are still to be read."""
        return self._before is not None and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next older entries."""
        last = next((row for row in reversed(self._rows) if isinstance(row, EntryRow)), None)
        if self._before is None or last is None:
            return
        try:
            page = self._page(PAGE, self._before)
        except CompanionError as error:
            self._before = None
            self._context.host.say_problem(error)
            return
        self._before = page.before
        rows = self._rows_of(page, last.item.day)
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

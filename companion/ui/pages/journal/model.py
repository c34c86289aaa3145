"""The rows of the journal, read page by page: a heading for each day, and its entries below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.domain.errors import CompanionError
from companion.domain.reactions import SymptomEntry
from companion.services.journal import Entry
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import words

PAGE = 60
"""Entries read at a time."""

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

    entry: Entry
    time: str
    headline: str
    details: str
    tag: str

    @property
    def key(self) -> Key:
        """What tells the entry from every other."""
        return key_of(self.entry)

    @property
    def is_symptom(self) -> bool:
        """Whether it is a side effect, and not a note."""
        return isinstance(self.entry, SymptomEntry)

    @property
    def ongoing(self) -> bool:
        """Whether it is a side effect that has not ended."""
        return isinstance(self.entry, SymptomEntry) and self.entry.ended_on is None


def key_of(entry: Entry) -> Key:
    """Return what tells an entry from every other."""
    return ("symptom" if isinstance(entry, SymptomEntry) else "note", entry.id)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to. ``kind`` is ``symptom``, ``note`` or empty; ``place`` a place id."""

    text: str = ""
    kind: str = ""
    place: int | None = None

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.strip() or self.kind or self.place is not None)


class EntryModel(QAbstractListModel):
    """Entries newest first, under the headings of their days; more are read when the view asks for them."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[DayRow | EntryRow] = []
        self._names: Mapping[int, str] = {}
        self._more = False
        self._filter = Filter()
        self._today = context.care.today()

    def read(self, wanted: Filter | None = None) -> None:
        """Read the list anew, narrowed to ``wanted`` (to what it was when absent), at least as far as it was read."""
        same = wanted is None or wanted == self._filter
        count = max(PAGE, self.entry_count()) if same else PAGE
        self._filter = wanted if wanted is not None else self._filter
        self._today = self._context.care.today()
        self._names = symptom_words.names_inside(self._context.care.places(include_archived=True))
        entries = self._page(count, None)
        self.beginResetModel()
        self._rows = self._rows_of(entries, None)
        self._more = len(entries) >= count
        self.endResetModel()

    def _page(self, limit: int, last: Entry | None) -> tuple[Entry, ...]:
        wanted = self._filter
        return self._context.journal.page(
            limit=limit,
            before=last.at if last is not None else None,
            text=wanted.text,
            kinds=(wanted.kind,) if wanted.kind else (),
            place=wanted.place,
        )

    def _rows_of(self, entries: tuple[Entry, ...], last_day: date | None) -> list[DayRow | EntryRow]:
        rows: list[DayRow | EntryRow] = []
        for entry in entries:
            day = words.day_of(entry)
            if day != last_day:
                rows.append(DayRow(day, words.day_words(day, self._today)))
                last_day = day
            rows.append(
                EntryRow(
                    entry,
                    words.time_words(entry),
                    words.headline(entry, self._names),
                    words.details(entry, self._today),
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
            return words.spoken(row.entry, self._names, self._today)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return that entries can be chosen; the arrow keys pass over the headings."""
        if self.entry_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Return whether older entries are still to be read."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next older entries."""
        last = next((row.entry for row in reversed(self._rows) if isinstance(row, EntryRow)), None)
        if not self._more or last is None:
            return
        try:
            entries = self._page(PAGE, last)
        except CompanionError as error:
            self._more = False
            self._context.host.say_problem(error)
            return
        self._more = len(entries) >= PAGE
        rows = self._rows_of(entries, words.day_of(last))
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

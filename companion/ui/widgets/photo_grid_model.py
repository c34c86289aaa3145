"""Photos as rows of a Qt model: what they are called, which month they belong to. It reads nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from companion.domain.photos import Photo

AnyIndex = QModelIndex | QPersistentModelIndex


class Naming(Protocol):
    """How photos are spoken of."""

    def name(self, photo: Photo) -> str:
        """Return all of it: ``Left hand, 21 November 2026, week 14``."""
        ...

    def day(self, photo: Photo) -> str:
        """Return the day, short: ``21 Nov``."""
        ...

    def under(self, photo: Photo) -> str:
        """Return the second line below a tile."""
        ...

    def month(self, photo: Photo) -> tuple[int, int]:
        """Return year and month of the day it was taken."""
        ...


class PhotoModel(QAbstractListModel):
    """A list of photos in the order given."""

    def __init__(self, naming: Naming, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.naming = naming
        self._photos: tuple[Photo, ...] = ()
        self._months: list[tuple[int, int]] = []
        self._rows: dict[int, int] = {}

    def show(self, photos: Sequence[Photo], naming: Naming | None = None) -> None:
        """Show other photos (or the same ones, spoken of anew)."""
        self.beginResetModel()
        if naming is not None:
            self.naming = naming
        self._photos = tuple(photos)
        self._months = [self.naming.month(photo) for photo in self._photos]
        self._rows = {photo.id: row for row, photo in enumerate(self._photos)}
        self.endResetModel()

    def photos(self) -> tuple[Photo, ...]:
        """Return the photos, in order."""
        return self._photos

    def months(self) -> list[tuple[int, int]]:
        """Return the month of each photo."""
        return self._months

    def photo(self, row: int) -> Photo:
        """Return one photo. Raises ``IndexError``."""
        return self._photos[row]

    def row_of(self, photo_id: int) -> int | None:
        """Return the row of a photo, or ``None`` where it is not shown."""
        return self._rows.get(photo_id)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many photos there are."""
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what assistive technology and tooltips say of a photo."""
        if not index.isValid() or index.row() >= len(self._photos):
            return None
        photo = self._photos[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.naming.name(photo)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return photo.note
        if role == Qt.ItemDataRole.DisplayRole:
            return self.naming.day(photo)
        return None

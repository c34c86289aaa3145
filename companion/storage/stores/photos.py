"""Photos as rows; their bytes are in the vault."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from companion.domain.photos import Photo
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Bin, BinnedStore, Pages, columns_of, update_by_id
from companion.storage.tables import photo

_c = photo.c
_HERE = _c.deleted_at.is_(None)
_COLUMNS = columns_of(photo, rows.PHOTO)
_ONE = Statement(select(*_COLUMNS).where(_c.id == bindparam("row_id")))
_newest_first = select(*_COLUMNS).where(_HERE).order_by(_c.taken_at.desc(), _c.id.desc())
_ALL = Statement(_newest_first)
_PAGES = Pages(_newest_first, _c.taken_at)
_PAGES_OF_PLACE = Pages(_newest_first.where(_c.place_id == bindparam("place")), _c.taken_at)
_THROWN_AWAY = Statement(
    select(*_COLUMNS).where(_c.deleted_at.is_not(None)).order_by(_c.deleted_at.desc(), _c.id.desc())
)
_BY_HASH = Statement(select(*_COLUMNS).where(_HERE, _c.raw_hash == bindparam("raw_hash")).limit(1))
_names = select(_c.original, _c.display, _c.thumbnail)
_NAMES = Statement(_names)
_OLD_NAMES = Statement(_names.where(_c.deleted_at < bindparam("before")))
_COUNTS = Statement(select(_c.place_id, func.count()).where(_HERE).group_by(_c.place_id))
_ranked = (
    select(
        _c.id, func.row_number().over(partition_by=_c.place_id, order_by=(_c.taken_at.desc(), _c.id.desc())).label("n")
    )
    .where(_HERE)
    .subquery()
)
_LATEST = Statement(_newest_first.where(_c.id.in_(select(_ranked.c.id).where(_ranked.c.n == 1))))
_ADD = Statement(insert(photo))
_UPDATE = update_by_id(photo)


class Photos(BinnedStore):
    """The photos of a record. A file is put into the vault before its row is added, and taken out after it is gone."""

    _bin = Bin(photo)

    def add(self, new: Photo) -> int:
        """Add a photo and return its id.

        Raises:
            PersonError: ``already_there``: the same picture (``raw_hash``) is there.
        """
        return self._add(_ADD, _values(new), new.id)

    def get(self, number: int) -> Photo | None:
        """Return one photo, thrown away or not."""
        return self._one(rows.photo, _ONE, {"row_id": number})

    def by_hash(self, raw_hash: str) -> Photo | None:
        """Return the photo that came as a file of this hash, unless it was thrown away."""
        return self._one(rows.photo, _BY_HASH, {"raw_hash": raw_hash})

    def update(self, changed: Photo) -> None:
        """Change a photo. Raises ``PersonError``: ``entry_gone``, ``already_there``."""
        self._change(_UPDATE, {**_values(changed), "row_id": changed.id})

    def all(self, *, deleted: bool = False) -> tuple[Photo, ...]:
        """Return every photo, newest first; with ``deleted`` those thrown away instead, the latest first."""
        return self._all(rows.photo, _THROWN_AWAY if deleted else _ALL)

    def page(self, place_id: int | None, limit: int, before: datetime | None = None) -> tuple[Photo, ...]:
        """Return the newest photos before ``before``: ``limit``, and all of the last one's instant.

        ``place_id`` leaves those of one place; ``None`` takes all.
        """
        if place_id is None:
            return self._page(rows.photo, _PAGES, limit, before)
        return self._page(rows.photo, _PAGES_OF_PLACE, limit, before, {"place": place_id})

    def counts(self) -> dict[int | None, int]:
        """Return how many photos each place has; those of no place are under ``None``."""
        return {row[0]: row[1] for row in self._session.rows(_COUNTS, {})}

    def latest_per_place(self) -> tuple[Photo, ...]:
        """Return the newest photo of each place (and of no place), newest first."""
        return self._all(rows.photo, _LATEST)

    def all_names(self) -> set[str]:
        """Return the names of every file of the vault that a row speaks of, thrown away or not."""
        return {name for row in self._session.rows(_NAMES, {}) for name in row}

    def purge(self, before: datetime) -> tuple[str, ...]:
        """Remove for good the photos thrown away before ``before`` and return the names of their files.

        Take these out of the vault after the unit of work is over, not before: a row must never point at nothing.
        """
        names = tuple(name for row in self._session.rows(_OLD_NAMES, {"before": before}) for name in row)
        self._purge(before)
        return names


def _values(each: Photo) -> dict[str, Any]:
    return {
        "place_id": each.place_id,
        "taken_at": each.taken_at,
        "zone": each.zone,
        "taken_source": each.taken_source,
        "kind": each.kind,
        "picture_format": each.picture_format,
        "width": each.width,
        "height": each.height,
        "original": each.original,
        "display": each.display,
        "thumbnail": each.thumbnail,
        "raw_hash": each.raw_hash,
        "stored_hash": each.stored_hash,
        "imported_at": each.imported_at,
        "note": each.note,
    }

"""Is a record whole? Of the program itself, :mod:`companion.services.inspection` tells."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.domain.errors import SurroundingsError

if TYPE_CHECKING:
    from companion.domain.photos import Photo
    from companion.storage.record import Record
    from companion.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a look through a record found; nothing was changed.

    ``rows`` counts them by table. ``photo_files`` is how many files the photos have; ``missing`` and ``damaged`` are
    the ids of photos that lost one, or have one that is not what was written. ``strays`` counts files of no photo,
    which do no harm.
    """

    changed_pages: int
    structure_faults: int
    broken_links: int
    rows: Mapping[str, int]
    photo_files: int
    missing: tuple[int, ...]
    damaged: tuple[int, ...]
    strays: int

    @property
    def database_sound(self) -> bool:
        """Return whether the database is as it was written."""
        return not (self.changed_pages or self.structure_faults or self.broken_links)

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return self.database_sound and not self.missing and not self.damaged


def check(record: Record, progress: Callable[[int, int], None] | None = None) -> CheckReport:
    """Read the whole record: the database page by page, and every file of every photo against its row.

    ``progress`` is told (done, of) after each photo; it may raise to end the check.

    Raises:
        SurroundingsError: ``record_damaged``: so much that not even this can be done.
    """
    database = record.check().database
    with record.unit_of_work() as work:
        photos = [*work.photos.all(), *work.photos.all(deleted=True)]
        known = work.photos.all_names()
    reader = _Reader(record.vault)
    missing: list[int] = []
    damaged: list[int] = []
    for done, photo in enumerate(photos, 1):
        fault = reader.fault_of(photo)
        if fault is not None:
            (missing if fault == "photo_missing" else damaged).append(photo.id)
        if progress is not None:
            progress(done, len(photos))
    return CheckReport(
        changed_pages=database.changed_pages,
        structure_faults=database.structure_faults,
        broken_links=database.broken_links,
        rows=database.rows,
        photo_files=len(known),
        missing=tuple(sorted(missing)),
        damaged=tuple(sorted(damaged)),
        strays=len(set(record.vault.names()) - known),
    )


class _Reader:
    """Reads each file once, however many photos share it, and remembers only what was wrong."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._seen: dict[tuple[str, str], str | None] = {}

    def fault_of(self, photo: Photo) -> str | None:
        files = (("original", photo.original), ("display", photo.display), ("thumbnail", photo.thumbnail))
        for kind, name in files:
            wanted = photo.stored_hash if kind == "original" else ""
            if (name, wanted) not in self._seen:
                self._seen[name, wanted] = self._read(name, kind, wanted)
            if self._seen[name, wanted] is not None:
                return self._seen[name, wanted]
        return None

    def _read(self, name: str, kind: str, wanted: str) -> str | None:
        try:
            data = self._vault.get(name, kind)
        except SurroundingsError as error:
            return error.key
        return "photo_damaged" if wanted and hashlib.sha256(data).hexdigest() != wanted else None

"""Is everything there, and is it what was written? Looked at without changing anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.errors import SurroundingsError
from companion.storage.vault import DISPLAY, ORIGINAL, THUMBNAIL, Vault

_TABLES = """
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version' ORDER BY name"""

Progress = Callable[[int, int], bool]
"""Told (done, of how many); answers whether to go on."""


@dataclass(frozen=True, slots=True)
class DatabaseFigures:
    """What a look through the database found. ``rows`` counts them by table."""

    changed_pages: int
    structure_faults: int
    broken_links: int
    rows: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return not (self.changed_pages or self.structure_faults or self.broken_links)


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """What a check found: the database, and the photos whose files are ``missing`` or ``damaged``, by row id.

    ``files`` is how many files the rows speak of; ``read`` how many were opened (0 unless asked for).
    """

    database: DatabaseFigures
    files: int
    read: int
    missing: tuple[int, ...]
    damaged: tuple[int, ...]

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return self.database.sound and not self.missing and not self.damaged


def check_database(connection: sqlcipher.Connection) -> DatabaseFigures:
    """Look at every page of an opened database: its seal, its structure, its links.

    Raises:
        sqlcipher3.Error: it is damaged so much that not even this can be done (say it with ``faults.said``).
    """
    changed = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    structure = [row for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    links = connection.execute("PRAGMA foreign_key_check").fetchall()
    tables = [name for (name,) in connection.execute(_TABLES)]
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    return DatabaseFigures(len(changed), len(structure), len(links), rows)


def photo_files(connection: sqlcipher.Connection) -> list[tuple[int, str, str]]:
    """Return (row id, name, kind) of every file that a row speaks of."""
    found = connection.execute("SELECT id, original, display, thumbnail FROM photo ORDER BY id").fetchall()
    kinds = (ORIGINAL, DISPLAY, THUMBNAIL)
    return [(row[0], name, kind) for row in found for name, kind in zip(row[1:], kinds, strict=True)]


def check_photos(
    files: list[tuple[int, str, str]], vault: Vault, *, read: bool, progress: Progress | None = None
) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Return how many files were read, and the ids of the photos with a missing and with a damaged one."""
    missing: set[int] = set()
    damaged: set[int] = set()
    opened = 0
    for done, (number, name, kind) in enumerate(files, 1):
        if not vault.holds(name):
            missing.add(number)
        elif read:
            opened += 1
            try:
                vault.get(name, kind)
            except SurroundingsError as error:
                (missing if error.key == "photo_missing" else damaged).add(number)
        if progress is not None and not progress(done, len(files)):
            break
    return opened, tuple(sorted(missing)), tuple(sorted(damaged))

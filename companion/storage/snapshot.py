"""A copy of the database as it is now, encrypted with the same key, and looked through before it counts."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.errors import SurroundingsError
from companion.storage.check import DatabaseFigures, check_database
from companion.storage.connection import connect
from companion.storage.durable import PART, empty_private_file, flush_file, flush_folder
from companion.storage.faults import said


def write_snapshot(connection: sqlcipher.Connection, key: bytes, path: Path) -> DatabaseFigures:
    """Put a copy of the opened database at ``path`` (replacing what is there) and return what a check of it found.

    It is written aside, checked against the source, flushed, and only then put in place.

    Raises:
        SurroundingsError: ``disk_full`` and its kin; ``record_damaged``: the copy, or the database itself, is not
            sound. What was at ``path`` is still there, and no leftover is.
    """
    aside = path.with_name(path.name + PART)
    with said():
        aside.unlink(missing_ok=True)
        empty_private_file(aside)  # so that it is nobody else's from the first byte
        try:
            connection.execute("VACUUM INTO ?", (str(aside),))
            figures = verify_snapshot(aside, key)
            if figures.rows != check_database(connection).rows:
                raise SurroundingsError("record_damaged")
            flush_file(aside)
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)
    return figures


def verify_snapshot(path: Path, key: bytes) -> DatabaseFigures:
    """Return what a check of the copy at ``path`` found; it is sound.

    Raises:
        SurroundingsError: ``record_damaged``, or what keeps it from being read.
    """
    copy = connect(path, key, read_only=True)
    try:
        with said():
            figures = check_database(copy)
    finally:
        copy.close()
    if not figures.sound:
        raise SurroundingsError("record_damaged")
    return figures

"""How a record comes to be: everything is made beside its place, and one renaming at the end makes it a record."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from companion.storage.connection import connect
from companion.storage.durable import empty_private_file, flush_file
from companion.storage.keys import KEYS_NAME, KdfCost, KeyFile
from companion.storage.lock import LOCK_NAME, RecordLock
from companion.storage.schema import APPLICATION_ID
from companion.storage.state import DATABASE_NAME, NEW_NAME


def make_database(path: Path, key: bytes) -> None:
    """Make a database with every table, and an identity, at ``path``, where nothing is."""
    from companion.storage.migrate import migrate

    empty_private_file(path)
    connection = connect(path, key, new=True)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection)
        connection.execute("INSERT INTO setting (key, value) VALUES ('uid', ?)", (os.urandom(16).hex(),))
    finally:
        connection.close()
    flush_file(path)


def add_slots(
    keys: KeyFile, data_key: bytes, passphrase: str | None, keychain: bool, example: bool, cost: KdfCost | None
) -> str:
    """Give a new record its ways in; return the recovery key, empty for an example."""
    if example:
        keys.add_example(data_key)
        return ""
    if passphrase is not None:
        keys.add_passphrase(data_key, passphrase, cost)
    if keychain:
        keys.add_keychain(data_key)
    return keys.add_recovery(data_key)


def clear(folder: Path) -> None:
    """Remove what making a record left when it was cut short: nothing was ever put into it."""
    for name in (NEW_NAME, f"{NEW_NAME}-journal", KEYS_NAME):
        (folder / name).unlink(missing_ok=True)


def undo(folder: Path, keys: KeyFile, lock: RecordLock | None, *, was_there: bool) -> None:
    """Leave nothing of a record that could not be made; ``lock`` is ours, or ``None`` if it was never taken."""
    keys.abandon()
    if lock is not None:
        with suppress(OSError):
            clear(folder)
            (folder / DATABASE_NAME).unlink(missing_ok=True)
            lock.release()
            (folder / LOCK_NAME).unlink(missing_ok=True)
    if not was_there:
        with suppress(OSError):
            folder.rmdir()

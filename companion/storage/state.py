"""What a folder is, as far as can be told without a key."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from companion.domain.errors import SurroundingsError
from companion.storage.durable import PART
from companion.storage.keys import KEYS_NAME
from companion.storage.lock import LOCK_NAME

DATABASE_NAME = "record.db"
NEW_NAME = "record.new"
"""A database that is being made; it gets its name last of all, and until then there is no record."""

# What file managers leave in a folder a person has looked into.
_NOTHING = {".DS_Store", ".directory", "Thumbs.db", "desktop.ini", LOCK_NAME, NEW_NAME, f"{NEW_NAME}-journal"}


class RecordState(StrEnum):
    """What a folder is, as far as can be told without a key."""

    ABSENT = "absent"
    READY = "ready"
    NOT_A_RECORD = "not_a_record"
    KEYS_MISSING = "keys_missing"
    DATABASE_MISSING_OR_EMPTY = "database_missing_or_empty"


def inspect(folder: Path) -> RecordState:
    """Return what ``folder`` is; nothing is changed. Raises ``SurroundingsError("folder_unreadable")``."""
    try:
        names = {each.name for each in folder.iterdir()}
        keys = KEYS_NAME in names
        if keys and NEW_NAME in names and DATABASE_NAME not in names:
            return RecordState.ABSENT  # making it was cut short, before anything could be put into it
        if DATABASE_NAME in names:
            whole = (folder / DATABASE_NAME).stat().st_size > 0
            if keys:
                return RecordState.READY if whole else RecordState.DATABASE_MISSING_OR_EMPTY
            return RecordState.KEYS_MISSING
    except FileNotFoundError:
        return RecordState.ABSENT
    except NotADirectoryError:
        return RecordState.NOT_A_RECORD
    except OSError:
        raise SurroundingsError("folder_unreadable") from None
    if keys:
        return RecordState.DATABASE_MISSING_OR_EMPTY
    left = {name for name in names - _NOTHING if not name.endswith(PART)}
    return RecordState.NOT_A_RECORD if left else RecordState.ABSENT

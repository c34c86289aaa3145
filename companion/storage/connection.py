"""Open the encrypted database: the one place that names its settings.

Why these: journal DELETE with synchronous EXTRA and the exclusive lock lost nothing in simulated power cuts (WAL with
the usual NORMAL does, and so does DELETE with FULL, whose last deletion of the journal may not reach the disk); it
leaves a single file that a plain copy takes along whole. ``fullfsync`` because a plain fsync on macOS stops at the
drive's cache. The key is raw, so opening costs no key derivation (that is in ``keys``). The connection starts no
transaction by itself: with the driver's own ones, changes of the schema are not part of any.

``auto_vacuum`` gives free pages back at each commit. SQLite does not journal what is on a free page, so one that was
being written when the power went would stay torn: without harm, but with a broken seal that a check cannot tell from
damage (one in 10,000 simulated cuts). And what was removed is not in the file any more.
"""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.folding import folded
from companion.storage.faults import said

_OLDEST = (3, 51, 3)
"""Before this SQLite could lose pages when a WAL was reset. We use none, but a record may be opened by hand."""

_SETTINGS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)


def connect(path: Path, key: bytes, *, read_only: bool = False, new: bool = False) -> sqlcipher.Connection:
    """Return a connection to the database at ``path`` with its 32-byte ``key``, holding it against everyone else.

    ``new`` is for a file that is still empty, and says what can be said only then.

    Raises:
        SurroundingsError: ``record_damaged`` (or not its key), ``record_in_use``, ``folder_read_only``,
            ``disk_trouble``.
    """
    if len(key) != 32:
        raise ValueError("the key has 32 bytes")
    if sqlcipher.sqlite_version_info < _OLDEST:
        raise RuntimeError("SQLite is too old")
    with said():
        connection = sqlcipher.connect(str(path), timeout=1.0, isolation_level=None, check_same_thread=False)
        try:
            # First of all: SQLCipher tells its troubles to stderr by itself.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if not read_only:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if new:
                connection.execute("PRAGMA auto_vacuum = FULL")
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            connection.create_function("folded", 1, folded, deterministic=True)
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                # Takes the lock now; without it two openers would only meet when the first one writes.
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return connection

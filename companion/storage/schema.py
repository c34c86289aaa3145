"""Which states of the schema this program knows, and which one a database is in. Plain SQL, no Alembic."""

from __future__ import annotations

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.errors import SurroundingsError

REVISIONS = ("0001", "0002", "0003")
"""Every revision there has been, oldest first; each is a file in ``migrations/versions``."""

HEAD = REVISIONS[-1]

APPLICATION_ID = 0x434D5056
"""``CMPV``: says that a database is a record of ours (``PRAGMA application_id``)."""


def revision_of(connection: sqlcipher.Connection) -> str:
    """Return the revision of an opened database, one of :data:`REVISIONS`.

    Raises:
        SurroundingsError: ``record_damaged``: it is empty or not a record, though the key fits;
            ``record_newer``: a newer version of the program wrote it. Nothing was changed.
    """
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise SurroundingsError("record_damaged")
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if tables[0] else None
    if row is None:
        raise SurroundingsError("record_damaged")
    if row[0] not in REVISIONS:
        raise SurroundingsError("record_newer")
    return str(row[0])

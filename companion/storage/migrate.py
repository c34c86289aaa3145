"""Bring a database's schema to the present, in one transaction. Imports Alembic: only loaded when there is a reason."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config

from companion.domain.errors import SurroundingsError
from companion.storage.engine import make_engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: sqlcipher.Connection, target: str = "head", scripts: Path | None = None) -> None:
    """Migrate an opened database to ``target``. Afterwards all of it is done, or nothing of it.

    Links between rows are not enforced meanwhile, because SQLite has to rebuild tables to change them; they are
    checked, with the structure, before anything counts.

    Raises:
        SurroundingsError: ``disk_full`` and its kin; ``record_damaged``: something does not fit afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts or SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = make_engine(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with engine.connect() as migrated, migrated.begin():
            config.attributes["connection"] = migrated
            command.upgrade(config, target)
            faults = migrated.exec_driver_sql("PRAGMA foreign_key_check").all()
            structure = migrated.exec_driver_sql("PRAGMA integrity_check").scalar()
            if faults or structure != "ok":
                raise SurroundingsError("record_damaged")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")

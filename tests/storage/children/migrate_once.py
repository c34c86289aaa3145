"""Migrate one database; the migration itself says each step on the standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from companion.storage.connection import connect
from companion.storage.migrate import migrate


def main(path: Path, key: bytes, scripts: Path) -> None:
    """Say first that everything is loaded."""
    connection = connect(path, key)
    os.write(1, b"ready\n")
    migrate(connection, scripts=scripts)
    os.write(1, b"done\n")
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]))

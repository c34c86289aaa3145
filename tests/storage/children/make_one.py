"""Make one record of example data; say when it is there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from companion.storage.record import create


def main(folder: Path) -> None:
    """Make it in a folder that is there and empty, and close it."""
    create(folder, example=True)[0].close()
    os.write(1, b"made\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

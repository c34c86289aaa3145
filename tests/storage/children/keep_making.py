"""Make records for ever, each in a folder of its own; say each once it is there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from companion.storage.record import create


def main(folder: Path) -> None:
    """Name the folders by number."""
    number = 0
    while True:
        os.write(1, b"%d\n" % number)
        create(folder / f"{number}", example=True)[0].close()
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Write notes and snapshots for ever; say each snapshot once it is there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from companion.domain.reactions import NoteEntry
from tests.support.records import NOON, ZONE, open_again


def main(folder: Path, target: Path) -> None:
    """Replace the same two copies in turn."""
    record = open_again(folder)
    number = 0
    while True:
        with record.unit_of_work() as work:
            work.notes.add(NoteEntry(0, NOON, ZONE, "text " * 200))
        record.snapshot(target / f"{number % 2}.db")
        os.write(1, b"%d\n" % number)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

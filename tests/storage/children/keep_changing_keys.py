"""Change the passphrase to and fro for ever; say each time that it is done."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from companion.storage.record import open_record
from tests.support.records import QUICK


def main(folder: Path, recovery: str) -> None:
    """Open with the recovery key, then change."""
    record = open_record(folder, lambda keys: keys.unlock_recovery(recovery))
    number = 0
    while True:
        record.set_passphrase("ab"[number % 2] * 8, QUICK)
        os.write(1, b"%d\n" % number)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

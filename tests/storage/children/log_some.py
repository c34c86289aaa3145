"""Note applications, take in photos, change the passphrase a few times, close; say each once it is durable.

The last word may name a carelessness, which the simulator has to see: ``database`` (the disk is never asked),
``photos`` (files get their names before their bytes are asked for).
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from companion.domain.moments import PARTS
from companion.domain.reactions import NoteEntry
from companion.storage import durable
from companion.storage.record import open_record
from tests.support.records import NOON, QUICK, START, ZONE, a_photo, an_application


def main(folder: Path, recovery: str, times: int, careless: str = "") -> None:
    """Go on from an empty record that has a treatment and a place."""
    if careless == "photos":
        durable.flush = lambda _descriptor: None
    record = open_record(folder, lambda keys: keys.unlock_recovery(recovery))
    if careless == "database":
        record._connection.execute("PRAGMA synchronous = OFF")
    with record.unit_of_work() as work:
        treatment = work.treatments.current().id
        place = work.places.all()[0].id
    for number in range(times):
        data = os.urandom(1000 + number % 5 * 3000)
        names = tuple(record.vault.put(data, kind) for kind in ("original", "display", "thumbnail"))
        with record.unit_of_work() as work:
            day, part = START + timedelta(days=number // 2), PARTS[number % 2]
            new = an_application(day, part, at=NOON + timedelta(hours=12 * number))
            work.applications.add(treatment, new, "window", NOON)
            work.notes.add(NoteEntry(0, NOON, ZONE, "text " * (number % 7 * 150 + 1)))
            work.photos.add(a_photo(names, place, raw_hash=f"{number:064x}"))
            if number % 5 == 4:
                work.notes.mark_deleted(number - 2, NOON)
                work.notes.purge(NOON + timedelta(days=1))
        os.write(1, b"logged %d\n" % number)
        if number % 6 == 5:
            record.set_passphrase(f"passphrase {number}", QUICK)
            os.write(1, b"passphrase %d\n" % number)
    record.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])

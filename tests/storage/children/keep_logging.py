"""Note applications and take in photos for ever; say each on the standard output once it is durable."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from companion.domain.moments import PARTS
from companion.domain.reactions import NoteEntry
from tests.support.records import NOON, START, ZONE, a_photo, an_application, open_again


def main(folder: Path) -> None:
    """Go on from where the record is."""
    record = open_again(folder)
    with record.unit_of_work() as work:
        treatment = work.treatments.current().id
        place = work.places.all()[0].id
        number = work.applications.count(START, START + timedelta(days=100_000))
    while True:
        photo = None
        if number % 3 == 0:
            data = os.urandom(1000 + number % 7 * 20_000)
            names = tuple(record.vault.put(data, kind) for kind in ("original", "display", "thumbnail"))
            photo = a_photo(names, place, raw_hash=f"{number:064x}")
        with record.unit_of_work() as work:
            day, part = START + timedelta(days=number // 2), PARTS[number % 2]
            new = an_application(day, part, at=NOON + timedelta(hours=12 * number))
            work.applications.add(treatment, new, "window", NOON)
            work.notes.add(NoteEntry(0, NOON, ZONE, "text " * (number % 50 * 20 + 1)))
            if photo is not None:
                work.photos.add(photo)
        os.write(1, b"%d\n" % number)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Note for ever that a reminder was told and put off; say each on the standard output once it is durable."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from pathlib import Path

from companion.domain.moments import Part
from companion.domain.reminders import Key, Kind, Told
from tests.support.records import NOON, open_again

KEY = Key(Kind.APPLICATION, date(2026, 11, 21), Part.MORNING)


def main(folder: Path) -> None:
    """Go on from where the record is."""
    record = open_again(folder)
    with record.unit_of_work() as work:
        known = work.reminders.get(KEY)
    stage = 0 if known is None else known.stage
    while True:
        stage += 1
        with record.unit_of_work() as work:
            work.reminders.put(Told(KEY, stage, NOON, NOON + stage * timedelta(minutes=1)))
        os.write(1, b"%d\n" % stage)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How long it takes to open a record of ten years and read what the start page needs.

Run it by hand: ``python -m tests.benchmarks.bench_open [rounds]``. The record holds 7,300 applications, 3,000 journal
entries and 5,000 rows of photos. Each round is a new process, because a start is; what it prints is without the start
of the interpreter itself.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from companion.domain.moments import PARTS
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Place, Tube
from companion.storage.record import Record
from tests.support.records import START, TREATMENT, ZONE, a_photo, an_application, make_record

YEARS = 10
DAYS = 365 * YEARS
MORNING = datetime(2026, 1, 5, 7, tzinfo=UTC)

CHILD = """
import sys
from time import perf_counter
started = perf_counter()
from datetime import date
from pathlib import Path
from companion.storage.record import open_record
loaded = perf_counter()
record = open_record(Path(sys.argv[1]), lambda keys: keys.unlock_example())
opened = perf_counter()
glance = record.glance(date(2035, 12, 20), date(2036, 1, 2))
read = perf_counter()
again = record.glance(date(2035, 12, 20), date(2036, 1, 2))
second = perf_counter()
assert "sqlalchemy" not in sys.modules and len(glance.applications) > 20
print(loaded - started, opened - loaded, read - opened, second - read, read - started)
"""


def fill_ten_years(record: Record) -> None:
    """Write ten years: two applications a day, 3,000 journal entries, 5,000 photos of 12 places."""
    with record.unit_of_work() as work:
        treatment = work.treatments.add(TREATMENT)
        places = [work.places.add(Place(0, f"region_{n}", "", Decimal("0.5"), n == 11)) for n in range(12)]
        for number in range(2 * DAYS):
            day, at = START + timedelta(days=number // 2), MORNING + timedelta(hours=12 * number)
            new = replace(an_application(day, PARTS[number % 2], at=at), places=tuple(places))
            work.applications.add(treatment, new, "window", at)
        for number in range(1500):
            at = MORNING + timedelta(days=number * DAYS / 1500)
            work.symptoms.add(SymptomEntry(0, "itch", at, ZONE, 1, 1, (places[number % 12],), note="A line of text."))
            work.notes.add(NoteEntry(0, at, ZONE, "A longer note of some fifty words. " * 8))
        for number in range(5000):
            at = MORNING + timedelta(days=number * DAYS / 5000)
            names = tuple(f"{number * 3 + n:032x}" for n in range(3))
            work.photos.add(a_photo(names, places[number % 12], at=at, raw_hash=f"{number:064x}"))
        for number in range(120):
            opened = START + timedelta(days=number * DAYS // 120)
            finished = opened + timedelta(days=30) if number < 119 else None
            work.tubes.add(Tube(0, 100, opened, finished))


def main(rounds: int) -> None:
    """Print the medians."""
    names = ("import", "open", "glance", "glance again", "all but again")
    with tempfile.TemporaryDirectory() as folder:
        record = make_record(Path(folder))
        fill_ten_years(record)
        record.close()
        size = (record.folder / "record.db").stat().st_size
        print(f"database {size / 1e6:.1f} MB")
        command = [sys.executable, "-c", CHILD, str(record.folder)]
        runs = [
            [float(word) for word in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]
            for _ in range(rounds)
        ]
    for name, seconds in zip(names, zip(*runs, strict=True), strict=True):
        print(f"{name:14} median {statistics.median(seconds) * 1000:7.2f} ms  most {max(seconds) * 1000:7.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

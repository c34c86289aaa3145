"""How long it takes to note one application, against a bare INSERT and COMMIT on the same encrypted database.

Run it by hand: ``python -m tests.benchmarks.bench_log [rounds]``. Both are taken in turns in one run, so the disk's
mood is the same for both; the ratio is what counts. The goal is less than 1.5.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from companion.domain.moments import PARTS
from companion.storage.record import Record
from tests.support.records import START, an_application, begin, make_record

BARE = (
    "INSERT INTO application"
    " (treatment_id, day, part, ordinal, outcome, at, zone, places, grams, note, source, recorded_at)"
    " VALUES (?, ?, ?, 0, 'applied', ?, 'Europe/Rome', '[]', NULL, '', 'window', ?)"
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def through_the_unit(record: Record, treatment: int, number: int) -> float:
    """Return the seconds one application took through the unit of work, as a service asks for it."""
    day, part = START + timedelta(days=number // 2), PARTS[number % 2]
    at = datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(hours=12 * number)
    new = an_application(day, part, at=at)
    started = perf_counter()
    with record.unit_of_work() as work:
        work.applications.add(treatment, new, "window", at)
    return perf_counter() - started


def with_the_questions(record: Record, treatment: int, number: int) -> float:
    """Return the seconds it takes with what a service asks first: the treatment, the slot, the neighbours."""
    day, part = START + timedelta(days=number // 2), PARTS[number % 2]
    at = datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(hours=12 * number)
    new = an_application(day, part, at=at)
    started = perf_counter()
    with record.unit_of_work() as work:
        work.treatments.current()
        work.applications.slot(day, part)
        work.applications.around(at, 24)
        work.applications.add(treatment, new, "window", at)
    return perf_counter() - started


def bare(record: Record, treatment: int, number: int) -> float:
    """Return the seconds of a bare INSERT and COMMIT."""
    day, part = START + timedelta(days=number // 2), PARTS[number % 2]
    at = (datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(hours=12 * number) - EPOCH) // timedelta(microseconds=1)
    connection = record._connection
    started = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(BARE, (treatment, day.isoformat(), part.value, at, at))
    connection.execute("COMMIT")
    return perf_counter() - started


def main(rounds: int) -> None:
    """Print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        record = make_record(Path(folder))
        record.warm()
        with record.unit_of_work() as work:
            treatment, _ = begin(work)
        ways = (bare, through_the_unit, with_the_questions)
        taken: dict[str, list[float]] = {way.__name__: [] for way in ways}
        for number in range(rounds * len(ways)):
            way = ways[number % len(ways)]
            taken[way.__name__].append(way(record, treatment, number))
        record.close()
    base = statistics.median(taken["bare"])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        high = statistics.quantiles(seconds, n=100)[98]
        print(f"{name:20} median {middle * 1000:7.3f} ms  99 % {high * 1000:7.3f} ms  ratio {middle / base:5.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)

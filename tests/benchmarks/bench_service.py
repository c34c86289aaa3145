"""What a person waits for, through the services, on a record of ten years; logging against a bare INSERT and COMMIT.

Run it by hand: ``python -m tests.benchmarks.bench_service [rounds]``. Log and bare INSERT are taken in turns on the
same encrypted database, so the disk's mood is the same for both. The goal is a ratio under 1.5.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from companion.domain.moments import PARTS, Slot
from companion.services.agenda import Agenda
from companion.services.applications import Log
from companion.services.exporting import export_csv
from companion.services.safekeeping import check
from tests.benchmarks.bench_log import BARE, EPOCH
from tests.support.growth import grow
from tests.support.home import TODAY, Home, at, keep


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds ``act`` takes."""
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def bare_insert(home: Home, number: int) -> None:
    """Write one row and commit, with nothing of ours around it."""
    connection = home.services.record._connection
    moment = (home.clock.now() - EPOCH) // timedelta(microseconds=1)
    day = (TODAY + timedelta(days=5000 + number)).isoformat()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(BARE, (1, day, "morning", moment, moment))
    connection.execute("COMMIT")


def main(rounds: int = 300) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        keep(home.services.album, b"one")
        print(grow(home.services.record, TODAY))
        home.services.warm()
        log: list[float] = []
        bare: list[float] = []
        for number in range(rounds):
            day = TODAY + timedelta(days=1 + number // 2)
            home.clock.set(at(8 if number % 2 == 0 else 20, day=day))
            what = Log(slot=Slot(day, PARTS[number % 2]))
            log.append(timed(lambda what=what: home.services.applications.log(what)))
            bare.append(timed(lambda number=number: bare_insert(home, number)))
        one, other = statistics.median(log), statistics.median(bare)
        print(f"log {one:.2f} ms, bare INSERT and COMMIT {other:.2f} ms, ratio {one / other:.2f}")
        services = home.services
        for name, act in (
            ("today", services.applications.today),
            ("journal, 50 entries", lambda: services.journal.page(50)),
            ("journal, search", lambda: services.journal.page(50, text="mento")),
            ("photos, 200 rows", lambda: services.album.page(None, 200)),
            ("agenda, 30 days", lambda: Agenda(services.record, home.clock).days(None, 30)),
            ("check, everything", lambda: check(services.record)),
            ("export, CSV", lambda: export_csv(services.record, Path(folder) / "csv")),
        ):
            print(f"{name:22} {timed(act):8.1f} ms")
        home.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

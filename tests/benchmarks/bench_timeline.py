"""What the timeline costs on a record of ten years, against the start page's reading in the same run.

Run it by hand: ``python -m tests.benchmarks.bench_timeline [rounds]``. The goals: a first page under 20 ms, a letter
typed into the search under 30 ms, also the first one and the one after something was written.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from companion.domain.timeline import EntryKind, Filter
from companion.domain.today import days_read
from companion.services.timeline import Timeline
from tests.benchmarks.bench_service import timed
from tests.support.growth import grow
from tests.support.home import TODAY, Home, keep

TYPED = ("p", "pr", "prurito", "mento finestra", "eccimeri", "nothing at all")


def main(rounds: int = 40) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        keep(home.services.album, b"one")
        print(grow(home.services.record, TODAY - timedelta(days=1)))
        home.services.journal.add_note("warm")
        record, line = home.services.record, home.services.timeline
        now, zone = home.clock.now(), home.clock.zone()
        numbers = iter(range(10_000))
        lights = Filter(kinds=frozenset({EntryKind.LIGHT, EntryKind.VISIT}))
        placed = Filter(places=frozenset({1}), first=TODAY - timedelta(days=365))

        def last_pages() -> None:
            before = line.page().before
            for _ in range(5):
                before = line.page(before=before).before

        def after_writing() -> Callable[[], object]:
            home.services.journal.add_note(f"written {next(numbers)}")
            return lambda: line.page(Filter("prurito"))

        acts: dict[str, Callable[[], Callable[[], object]]] = {
            "glance": lambda: lambda: record.glance(*days_read(now, zone)),
            "first page": lambda: line.page,
            "counts": lambda: line.counts,
            "two kinds": lambda: lambda: line.page(lights),
            "place, year": lambda: lambda: line.page(placed),
            "six pages": lambda: last_pages,
            "first letter": lambda: lambda: Timeline(record, home.clock).page(Filter("p")),
            "after writing": after_writing,
        }
        acts |= {f"typed {text!r}": lambda text=text: lambda: line.page(Filter(text)) for text in TYPED}
        taken: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(rounds):
            for name, prepared in acts.items():
                taken[name].append(timed(prepared()))
        base = statistics.median(taken["glance"])
        for name, times in taken.items():
            middle, worst = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
            print(f"{name:24} {middle:7.2f} ms, 95 of 100 under {worst:7.2f} ms, {middle / base:6.2f} of a glance")
        home.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)

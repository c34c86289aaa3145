"""What asking for the outlook costs on a record of ten years, against the start page's reading in the same run.

Run it by hand: ``python -m tests.benchmarks.bench_reminders [rounds]``. It is asked every half minute for months, so
the goal is under 2 ms, and under three of the start page's readings (``glance``). ``watch`` is the reading alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from companion.domain.moments import PARTS
from companion.domain.reminders import Key, Kind, Told
from companion.domain.today import days_read
from companion.schedule import reminders
from companion.services.agenda import Agenda
from companion.services.phone import export_ics
from tests.benchmarks.bench_service import timed
from tests.support.growth import grow
from tests.support.home import TODAY, Home, at, keep

DAY = timedelta(days=1)


def main(rounds: int = 400) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        keep(home.services.album, b"one")
        print(grow(home.services.record, TODAY - DAY))
        with home.services.record.unit_of_work() as work:
            for number in range(60):
                for part in PARTS:
                    work.reminders.put(Told(Key(Kind.APPLICATION, TODAY - (number + 1) * DAY, part), 3, at(8)))
            for number in range(130):
                work.reminders.put(Told(Key(Kind.PHOTO_DAY, TODAY - number * 28 * DAY), 1, at(8)))
        home.services.reminding.tidy()
        services, record = home.services, home.services.record
        now, zone = home.clock.now(), home.clock.zone()
        acts = {
            "outlook": services.reminding.outlook,
            "watch": lambda: record.watch(*reminders.days_read(now, zone)),
            "glance": lambda: record.glance(*days_read(now, zone)),
            "today": services.applications.today,
            "zone question": services.reminding.zone_question,
        }
        taken: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(rounds):
            for name, act in acts.items():
                taken[name].append(timed(act))
        base = statistics.median(taken["glance"])
        for name, times in taken.items():
            middle = statistics.median(times)
            worst = sorted(times)[int(len(times) * 0.99)]
            print(f"{name:14} {middle:6.2f} ms, 99 of 100 under {worst:6.2f} ms, {middle / base:5.2f} of a glance")
        for name, act in (
            ("agenda, 30 days", lambda: Agenda(record, home.clock).entries(days=30)),
            ("calendar file", lambda: export_ics(record, home.clock, Path(folder) / "mine.ics", replace=True)),
        ):
            print(f"{name:22} {min(timed(act) for _ in range(3)):8.1f} ms")
        home.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)

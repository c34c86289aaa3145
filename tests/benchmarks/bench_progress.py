"""How long Progress takes on a record of ten years: to read, to open, and to follow the hand.

Run it by hand: ``python -m tests.benchmarks.bench_progress``. The goals are 150 ms from the click to the painted page,
building it included, and 16 ms a frame while it is dragged. Every figure is told twice: by the clock on the wall, and
by the processor's, which on a busy machine is the one to compare.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.moments import local_day
from companion.schedule.clock import FixedClock
from companion.services import demonstration, opening
from companion.services.opened import services_of
from companion.ui.context import Bus, Context, context_of
from companion.ui.look import Look, make_application
from companion.ui.main_window import MainWindow
from companion.ui.tour import NOW, ZONE
from tests.support.growth import grow

Took = tuple[float, float]
"""Milliseconds on the wall, and of the processor."""


def took(act: Callable[[], object]) -> Took:
    """Return how many milliseconds ``act`` takes."""
    started, used = perf_counter(), process_time()
    act()
    return (perf_counter() - started) * 1000, (process_time() - used) * 1000


def frames(app: QApplication, act: Callable[[int], object], count: int = 120) -> list[Took]:
    """Return how long each of ``count`` frames takes, painting included."""

    def one(number: int) -> None:
        act(number)
        app.processEvents()

    return [took(lambda number=number: one(number)) for number in range(count)]


def told(name: str, values: list[Took]) -> str:
    """Return the median and the slowest of a hundred of some figures."""
    text = f"{name:28}"
    for clock, each in zip(("wall", "processor"), zip(*values, strict=True), strict=True):
        ranked = sorted(each)
        slow = ranked[max(0, int(len(ranked) * 0.99) - 1)]
        text += f" {clock} median {statistics.median(ranked):6.1f} ms, slow {slow:6.1f} ms;"
    return text


def main() -> None:
    """Print the figures."""
    app = make_application()
    preferences = Preferences()
    look = Look(app, preferences)
    with tempfile.TemporaryDirectory() as folder:
        clock = FixedClock(NOW, ZONE)
        demonstration.build(Path(folder) / "record", clock)
        opened = services_of(opening.open_record(Path(folder) / "record"), clock)
        print(grow(opened.record, local_day(NOW, ZONE)))
        opened.warm()
        opened.progress.view()  # compiles its statements
        print(told("reading", [took(opened.progress.view) for _ in range(20)]))
        tasks, bus, window = Tasks(), Bus(), MainWindow(preferences)

        def context(host: MainWindow) -> Context:
            return context_of(opened, tasks, preferences, bus, host)

        window.resize(1280, 832)
        window.show_house(context)
        window.show()
        for _ in range(20):  # what Today still has to do
            app.processEvents()
        house = window.house()
        assert house is not None

        def enter() -> None:
            window.go("progress")
            app.processEvents()
            window.grab()

        print(told("opening, modules and all", [took(enter)]))

        def reload() -> None:
            page.reload()
            app.processEvents()
            window.grab()

        page = house.page("progress")
        print(told("reading and showing again", [took(reload) for _ in range(20)]))
        axis = page.axis
        axis.show_last(52)
        app.processEvents()
        for name, span in (("panning a year", 52), ("panning 12 weeks", 12)):
            axis.show_last(span)
            app.processEvents()
            print(told(name, frames(app, lambda number, span=span: axis.pan(-span / 90))))
        axis.show_last(0)
        print(told("zooming", frames(app, lambda number: axis.zoom(1.05 if number % 40 > 20 else 1 / 1.05))))
        print(
            told(
                "a day by the arrow key",
                frames(app, lambda number: axis.stand_on(axis.start.replace(day=1 + number % 28))),
            )
        )
        tasks.shutdown()
        window.close()
        opened.close()
    look.deleteLater()


if __name__ == "__main__":
    main()

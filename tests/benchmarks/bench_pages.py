"""How long it takes to go from one page to another on a record of ten years, against a switch between two bare labels.

Run it by hand: ``python -m tests.benchmarks.bench_pages [rounds]``. A switch ends when the page was painted. The goal
is under 100 ms a page; the first visit, which also builds the page, is printed apart.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.moments import local_day
from companion.schedule.clock import FixedClock
from companion.services import demonstration, opening
from companion.services.opened import services_of
from companion.ui.context import Bus, Context
from companion.ui.look import Look, make_application
from companion.ui.main_window import MainWindow
from companion.ui.tour import NOW, ZONE, context_of
from tests.support.growth import grow


def painted(app: QApplication, window: QWidget, act: Callable[[], object]) -> float:
    """Return how many milliseconds it takes until ``act`` was done and the window painted."""
    started = perf_counter()
    act()
    app.processEvents()
    window.grab()
    return (perf_counter() - started) * 1000


def bare(app: QApplication, rounds: int) -> float:
    """Return the median of a switch between two labels."""
    stack = QStackedWidget()
    for text in ("one", "two"):
        stack.addWidget(QLabel(text))
    stack.resize(1280, 832)
    stack.show()
    took = [painted(app, stack, lambda n=n: stack.setCurrentIndex(n % 2)) for n in range(rounds)]
    stack.deleteLater()
    return statistics.median(took)


def main(rounds: int = 15) -> None:
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
        tasks, bus, window = Tasks(), Bus(), MainWindow(preferences)

        def context(host: MainWindow) -> Context:
            return context_of(opened, tasks, preferences, bus, host)

        window.resize(1280, 832)
        window.show_house(context)
        window.show()
        app.processEvents()
        house = window.house()
        assert house is not None
        pages = house.pages()
        first = {page: painted(app, window, lambda page=page: window.go(page)) for page in pages}
        again: dict[str, list[float]] = {page: [] for page in pages}
        for _ in range(rounds):
            for page in pages:
                again[page].append(painted(app, window, lambda page=page: window.go(page)))
        base = bare(app, rounds * 4)
        print(f"bare switch {base:.1f} ms")
        for page in pages:
            median = statistics.median(again[page])
            print(f"{page:10} first {first[page]:6.1f} ms, then {median:6.1f} ms, {median / base:4.1f} x bare")
        tasks.shutdown()
        window.close()
        opened.close()
    look.deleteLater()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

"""What the Journal costs on a record of ten years, painted: its first screen, and each letter of a search.

Run it by hand: ``python -m tests.benchmarks.bench_journal [rounds]``. The goals: a first screen under 150 ms, a letter
under 50 ms from the end of the pause to the painted list. Everything is printed against a switch of two bare labels.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from companion.services.journal import NewSymptom
from companion.ui.look import make_application
from companion.ui.pages.journal import JournalPage
from companion.wording import use_language
from tests.benchmarks.bench_pages import bare, painted
from tests.support.growth import grow
from tests.support.home import TODAY, at, keep
from tests.support.stage import Stage

TYPED = ("p", "pr", "pru", "prur", "prurito", "mento", "mento finestra", "nothing at all", "")


def main(rounds: int = 15) -> None:
    """Print the figures."""
    app = make_application()
    use_language("it")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        keep(stage.context.album, b"one")
        print(grow(stage.home.services.record, TODAY - timedelta(days=1)))
        stage.context.journal.add_symptom(NewSymptom("itch", at(7), 1, 0, (1,)))
        JournalPage(stage.context).deleteLater()  # what Python loads once
        firsts: list[float] = []
        agains: list[float] = []
        letters: dict[str, list[float]] = {text: [] for text in TYPED}
        for _ in range(rounds):
            started = perf_counter()
            page = JournalPage(stage.context)
            page.resize(1085, 832)
            firsts.append((perf_counter() - started) * 1000 + painted(app, page, lambda page=page: _enter(page)))
            agains.append(painted(app, page, page.reload))
            for text in TYPED:
                page.bar.search.setText(text)
                letters[text].append(painted(app, page, page._apply))
            page.close()
            page.deleteLater()
        base = bare(app, 40)
        _print("first screen, built and painted", firsts, base)
        _print("read again", agains, base)
        for text, times in letters.items():
            _print(f"typed {text!r}", times, base)
        stage.close()


def _enter(page: JournalPage) -> None:
    page.enter()
    page.show()


def _print(name: str, times: list[float], base: float) -> None:
    middle, worst = statistics.median(times), max(times)
    print(f"{name:34} {middle:7.1f} ms, at most {worst:7.1f} ms, {middle / base:5.1f} x a bare switch")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

"""How long it takes from the command to the first usable window of Today, beside a bare window with one label.

Run it by hand: ``python -m tests.benchmarks.bench_start [runs] [--small]``. Both are whole processes, taken in turns,
timed from the start of the process until they say that their window was painted and the event loop is free; the
medians are compared. The record is the example grown to ten years; ``--small`` takes the example as it is. The goal is
a ratio of 2.5 at most.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from companion.app import READY_LINE
from companion.schedule.clock import SystemClock
from companion.services import demonstration, opening
from companion.services.opened import services_of
from tests.support.growth import grow

GOAL = 2.5
BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)

def done():
    print("ready", flush=True)
    app.quit()

app = QApplication([])
label = Label("Hello")
label.show()
app.exec()
"""
SCRIPT = "import sys; from companion.__main__ import main; sys.exit(main())"
"""What the installed command ``companion`` does."""


def main(runs: int, small: bool) -> float:
    """Print the medians and return their ratio."""
    with tempfile.TemporaryDirectory() as temporary:
        record = Path(temporary) / "record"
        demonstration.build(record, SystemClock())
        if not small:
            opened = services_of(opening.open_record(record), SystemClock())
            print("record:", grow(opened.record, opened.care.today()))
            opened.close()
        environ = {**os.environ, "XDG_CONFIG_HOME": temporary, "PYTHONPYCACHEPREFIX": f"{temporary}/pyc"}
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode beside it
        bare = [sys.executable, "-c", BARE]
        ours = [sys.executable, "-c", SCRIPT, "--record", str(record), "--ready-exit"]
        for command in (bare, ours, bare, ours):
            _time(command, environ)
        figures: dict[str, list[float]] = {"bare": [], "today": []}
        for _ in range(runs):
            figures["bare"].append(_time(bare, environ))
            figures["today"].append(_time(ours, environ))
    medians = {name: statistics.median(times) for name, times in figures.items()}
    ratio = medians["today"] / medians["bare"]
    for name, times in figures.items():
        print(f"{name:6} median {medians[name] * 1000:6.0f} ms   best {min(times) * 1000:6.0f} ms   of {runs}")
    print(f"ratio {ratio:.2f} (best to best {min(figures['today']) / min(figures['bare']):.2f}), goal {GOAL} at most")
    return ratio


def _time(command: list[str], environ: dict[str, str]) -> float:
    """Return the seconds from the start of a process until it says that it is ready."""
    began = perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        took = perf_counter() - began
    if line not in ("ready", READY_LINE) or process.returncode:
        raise RuntimeError(f"{command[:4]} said {line!r} and ended with {process.returncode}")
    return took


if __name__ == "__main__":
    words = [each for each in sys.argv[1:] if not each.startswith("-")]
    main(int(words[0]) if words else 15, "--small" in sys.argv)

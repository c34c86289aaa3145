"""What the program costs while nobody uses it: hidden, with its reminders, beside a private bus and dunst.

Run it by hand on Linux: ``python -m tests.benchmarks.bench_idle [seconds]``. The processor time of the process is read
from ``/proc`` before and after; the goal is under 0.5 % of one core.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from companion.app import READY_LINE
from companion.schedule.clock import SystemClock
from companion.services import opening
from companion.services.opened import services_of
from tests.support.desktop_session import desktop, missing
from tests.support.home import ANSWERS

GOAL = 0.5
SECRET = "four plain words"
SETTLED = 30.0
"""Seconds for pages to be built ahead, and for a desktop without a tray to get the window; work, not idling."""


def figures(process: int) -> tuple[float, int]:
    """Return the processor seconds and the resident bytes of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds, int(fields[21]) * os.sysconf("SC_PAGE_SIZE")


def let_be(process: subprocess.Popen[str], seconds: float) -> None:
    """Leave a process alone for a time; it must not end in it."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise RuntimeError(f"it ended with {process.returncode}")


def main(seconds: float) -> float:
    """Print what was measured and return the share of a core in percent."""
    if missing():
        raise SystemExit(f"not installed: {', '.join(missing())}")
    worst = 0.0
    for words in (["--hidden"], []):
        with tempfile.TemporaryDirectory() as temporary, desktop(Path(temporary)) as place:
            place.start_server()
            record, _ = opening.create_record(Path(temporary) / "record", passphrase=SECRET)
            services = services_of(record, SystemClock())
            services.care.set_up(ANSWERS)
            services.close()
            command = [sys.executable, "-m", "companion", "--record", f"{temporary}/record", "--ready-say", *words]
            environ = {**place.environ, "COMPANION_PASSPHRASE": SECRET}
            with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                assert process.stdout.readline().strip() == READY_LINE
                let_be(process, SETTLED)
                before, _ = figures(process.pid)
                let_be(process, seconds)
                after, memory = figures(process.pid)
                process.terminate()
        share = (after - before) / seconds * 100
        name = "hidden" if words else "window shown"
        print(f"{name:13} {share:.3f} % of a core over {seconds:.0f} s, {memory / 1e6:.0f} MB resident")
        worst = max(worst, share)
    print(f"goal: under {GOAL} %")
    return worst


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)

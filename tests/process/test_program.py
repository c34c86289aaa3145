"""The program as a process: its ready line, a second start, and what it says when there is no window to be had."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from companion.app import READY_LINE
from companion.schedule.clock import SystemClock
from companion.services import opening
from companion.services.opened import services_of
from tests.support.home import ANSWERS

SLOW = 60


@pytest.fixture
def record(tmp_path):
    """The folder of a small example record."""
    opened = services_of(opening.create_example(tmp_path / "record"), SystemClock())
    opened.care.set_up(ANSWERS)
    opened.close()
    return tmp_path / "record"


@pytest.fixture
def environ():
    """The environment of a test, without a display."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(sys.path)}


def run(environ, *args, **more):
    return subprocess.run(
        [sys.executable, "-m", "companion", *map(str, args)],
        env={**environ, **more},
        capture_output=True,
        text=True,
        timeout=SLOW,
        check=False,
    )


def start(environ, *args):
    return subprocess.Popen(
        [sys.executable, "-m", "companion", *map(str, args)], env=environ, stdout=subprocess.PIPE, text=True
    )


def test_it_starts_says_that_it_is_ready_and_ends(environ, record):
    done = run(environ, "--record", record, "--ready-exit")
    assert (done.returncode, done.stdout, done.stderr) == (0, READY_LINE + "\n", "")


def test_a_locked_record_is_opened_by_the_environment_or_asked_for(environ, tmp_path):
    record, _ = opening.create_record(tmp_path / "mine", passphrase="four plain words")
    services_of(record, SystemClock()).care.set_up(ANSWERS)
    record.close()
    for secret in ("four plain words", "wrong", ""):
        done = run(environ, "--record", tmp_path / "mine", "--ready-exit", COMPANION_PASSPHRASE=secret)
        assert (done.returncode, done.stdout, done.stderr) == (0, READY_LINE + "\n", "")


def test_an_empty_computer_is_met_with_the_first_start(environ, tmp_path):
    done = run(environ, "--record", tmp_path / "new", "--ready-exit")
    assert (done.returncode, done.stdout, done.stderr) == (0, READY_LINE + "\n", "")
    assert not (tmp_path / "new").exists()


def test_the_start_loads_nothing_that_today_does_not_need(environ, record):
    code = (
        "import sys; from companion.__main__ import main; main(sys.argv[1:]);"
        "print([each for each in ('sqlalchemy', 'alembic', 'PIL', 'numpy', 'keyring', 'cv2', 'argparse_')"
        " if each in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--record", str(record), "--ready-exit"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=SLOW,
        check=True,
    )
    assert done.stdout.splitlines() == [READY_LINE, "[]"]


@pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")
def test_a_second_start_is_handed_over_and_the_first_lives_on(environ, record):
    first = start(environ, "--record", record, "--ready-say")
    try:
        assert first.stdout.readline() == READY_LINE + "\n"
        second = run(environ, "--record", record, "--ready-exit")
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        assert first.poll() is None
    finally:
        first.send_signal(signal.SIGTERM)
        first.wait(SLOW)
        first.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")
def test_a_lock_left_by_a_process_that_was_killed_is_no_lock(environ, record):
    first = start(environ, "--record", record, "--ready-say")
    assert first.stdout.readline() == READY_LINE + "\n"
    first.kill()
    first.wait(SLOW)
    first.stdout.close()
    again = run(environ, "--record", record, "--ready-exit")
    assert (again.returncode, again.stdout) == (0, READY_LINE + "\n")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="every other platform has a display")
@pytest.mark.parametrize(
    ("tongue", "word"), [("C.UTF-8", "offers no display"), ("it_IT.UTF-8", "non offre uno schermo")]
)
def test_without_a_display_it_says_so_and_names_the_tour(environ, tmp_path, tongue, word):
    environ = {**environ, "LC_ALL": tongue}
    del environ["QT_QPA_PLATFORM"]
    done = run(environ, "--record", tmp_path / "new")
    assert done.returncode == 1
    assert word in done.stderr
    assert "companion tour" in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11")
def test_a_display_that_does_not_answer_is_said_too(environ, record):
    environ = {**environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":987"}
    done = run(environ, "--record", record)
    assert done.returncode == 1
    assert "could not open a window" in done.stderr
    assert "companion tour" in done.stderr


def test_nonsense_on_the_command_line_is_said(environ):
    assert run(environ, "--nonsense").returncode == 2
    wrong = run(environ, "--clock", "noon")
    assert wrong.returncode == 2
    assert "2026-11-21T" in wrong.stderr


def test_a_day_long_past_can_be_looked_at(environ, record):
    moment = datetime(2027, 1, 1, 12, tzinfo=UTC).isoformat()
    done = run(environ, "--record", record, "--clock", moment, "--ready-exit")
    assert (done.returncode, done.stdout, done.stderr) == (0, READY_LINE + "\n", "")


@pytest.mark.long
def test_the_tour_draws_every_page(environ, tmp_path):
    done = run(environ, "tour", tmp_path / "pictures", "--lang", "it", "--theme", "dark")
    files = sorted(each.name for each in (tmp_path / "pictures").iterdir())
    assert done.returncode == 0
    assert done.stderr == ""
    assert {"01-today.png"} <= set(files)
    assert all((tmp_path / "pictures" / each).read_bytes().startswith(b"\x89PNG") for each in files)

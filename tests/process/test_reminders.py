"""Reminders of the program as a process, on a desktop of its own: a display, a private bus, a real server (dunst)."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest

from companion.app import READY_LINE
from companion.domain.dosing import Outcome
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Key, Kind, ReminderSettings
from companion.schedule.clock import FixedClock
from companion.services import opening
from companion.services.applications import Log
from companion.services.opened import services_of
from tests.support.desktop_session import PATIENCE, desktop, missing, wait_for
from tests.support.home import ANSWERS, ROME, TODAY, at

MISSING = missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no desktop to be had here: {', '.join(MISSING)} not installed")

SECRET = "four plain words"
YESTERDAY = TODAY - timedelta(days=1)
MORNING = Slot(TODAY, Part.MORNING)
SECOND = timedelta(seconds=1)


@pytest.fixture
def place(tmp_path):
    with desktop(tmp_path) as made:
        made.start_server()
        yield made


class Life:
    """A person's record, and the program started on it at a moment of one's choice."""

    def __init__(self, place, last=YESTERDAY):
        self.place = place
        self.folder = place.folder / "record"
        record, _ = opening.create_record(self.folder, passphrase=SECRET)
        clock = FixedClock(at(23, day=TODAY - timedelta(days=10)), ROME)
        services = services_of(record, clock)
        services.care.set_up(ANSWERS)
        clock.set(at(23, day=YESTERDAY))
        services.applications.log(Log(slot=Slot(last, Part.EVENING), at=at(20, day=last)))
        services.reminding.change(ReminderSettings(photo_day=False, tube_order=False))
        services.reminding.zone_question()
        services.close()
        self.program = None
        place.environ["COMPANION_PASSPHRASE"] = SECRET

    def start(self, moment, *more):
        """Start the program at ``moment`` and return when its window stands, or it is hidden."""
        command = [sys.executable, "-m", "companion", "--record", str(self.folder), "--ready-say"]
        clock = moment.astimezone().isoformat()
        self.program = subprocess.Popen(
            [*command, "--clock", clock, *more],
            env=self.place.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.program.stdout.readline() == READY_LINE + "\n"

    def end(self):
        """End the program as a logout does, and return what it said on standard error."""
        self.program.terminate()
        _, said = self.program.communicate(timeout=PATIENCE)
        return said

    def run(self, *args):
        """Run the command line on the same record."""
        return subprocess.run(
            [sys.executable, "-m", "companion", *map(str, args), "--record", str(self.folder)],
            env=self.place.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def look(self):
        """Return the open services of the record; the program has to be ended before."""
        return services_of(opening.open_record(self.folder, SECRET), FixedClock(at(12), ROME))


@pytest.fixture
def life(place):
    made = Life(place)
    yield made
    if made.program is not None and made.program.poll() is None:
        made.end()


def notified(place):
    return place.ear.calls("Notify")


def test_it_arrives_within_a_second_of_its_minute_and_a_button_records_it_once(place, life):
    life.start(at(7, 29) + 55 * SECOND, "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder")
    (sent,) = notified(place)
    assert (sent[3], sent[4]) == ("It’s time", ""), "it says more than it may"
    place.press("Done")
    wait_for(lambda: place.displayed() == 0, "the reminder to go")
    life.end()
    services = life.look()
    told = services.reminding.last_told()
    assert told.key == Key(Kind.APPLICATION, TODAY, Part.MORNING)
    assert timedelta(0) <= told.at - at(7, 30) < SECOND
    (row,) = services.applications.between(TODAY, TODAY)
    assert (row.slot, row.outcome) == (MORNING, Outcome.APPLIED)
    services.close()


def test_the_command_line_records_through_the_program_that_has_the_record(place, life):
    life.start(at(7, 35), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder")
    done = life.run("log", "apply", "--slot", "morning", "--day", TODAY, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"morning"' in done.stdout
    wait_for(lambda: place.displayed() == 0, "the reminder to go")
    again = life.run("log", "apply", "--slot", "morning", "--day", TODAY)
    assert again.returncode == 1
    assert again.stdout == ""
    assert life.run("agenda", "--days", "1").returncode == 0
    refused = life.run("export", "csv", place.folder / "out")
    assert refused.returncode == 1
    assert "open already" in refused.stderr
    life.end()
    services = life.look()
    (row,) = services.applications.between(TODAY, TODAY)
    assert row.outcome is Outcome.APPLIED
    services.close()


def test_later_and_skip(place, life):
    life.start(at(7, 35), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder")
    place.press("Later")
    wait_for(lambda: len(notified(place)) == 2, "the moment of the next")
    assert re.fullmatch(r"Again at 08:0\d", notified(place)[-1][3])
    place.press("In 2 hours")
    wait_for(lambda: len(notified(place)) == 3, "the other moment")
    assert re.fullmatch(r"Again at 09:3\d", notified(place)[-1][3])
    life.end()
    place.ask("close-all")  # of the program that was ended: nobody hears its buttons
    life.start(at(9, 45), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder that was put off")
    place.press("Skip")
    wait_for(lambda: place.displayed() == 0, "the reminder to go")
    life.end()
    services = life.look()
    (row,) = services.applications.between(TODAY, TODAY)
    assert row.outcome is Outcome.SKIPPED
    services.close()


def test_a_late_start_gives_one_notification_and_not_a_pile(place):
    life = Life(place, last=TODAY - timedelta(days=6))
    life.start(at(11), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder")
    # A second start is answered by the first: everything it had to do before that is done.
    again = subprocess.run(
        [sys.executable, "-m", "companion", "--record", str(life.folder), "--hidden"],
        env=place.environ,
        timeout=PATIENCE,
        check=False,
    )
    assert again.returncode == 0
    assert life.program.poll() is None
    assert len(notified(place)) == 1
    assert place.displayed() == 1
    life.end()


def test_the_click_opens_the_window(place, life):
    life.start(at(7, 35), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the reminder")
    assert windows(place) == []
    place.ask("action", "0")
    wait_for(lambda: windows(place), "the window")
    life.end()


def windows(place):
    """Return the titles of the program's windows that are on the screen."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Companion"],
        env=place.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.stdout.split()


def test_a_locked_record_says_once_that_it_has_to_be_opened(place, life):
    del place.environ["COMPANION_PASSPHRASE"]
    life.start(at(7, 35), "--hidden")
    wait_for(lambda: place.displayed() == 1, "the notice")
    (sent,) = notified(place)
    assert sent[3] == "Companion is locked"
    assert windows(place) == []
    place.ask("action", "0")
    wait_for(lambda: windows(place), "the window")
    life.end()


def test_a_server_that_ends_and_comes_again_is_used_again(place, life):
    life.start(at(7, 29) + 52 * SECOND, "--hidden")
    place.stop_server()
    place.start_server()
    wait_for(lambda: place.displayed() == 1, "the reminder")
    assert len(notified(place)) == 1
    life.end()


def test_a_hidden_start_without_a_record_ends_at_once(place, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "companion", "--record", str(tmp_path / "none"), "--hidden"],
        env=place.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "none").exists()

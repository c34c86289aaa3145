"""Reminders in the whole program with its window, on a private bus: without a server, and logged in the window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel

from companion.app import Program
from companion.desktop.notifier import Channel, ChannelState
from companion.desktop.options import Options
from companion.domain.dosing import Outcome
from companion.domain.moments import Part, Slot
from companion.domain.reminders import ReminderSettings
from companion.schedule.clock import FixedClock
from companion.services import opening
from companion.services.applications import Log
from companion.services.opened import services_of
from companion.ui.closing import ClosingSheet
from companion.ui.widgets.reminder_banner import ReminderBanner
from companion.wording import say
from tests.support.desktop_session import desktop, missing
from tests.support.home import ANSWERS, ROME, TODAY, at

MISSING = missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no desktop to be had here: {', '.join(MISSING)} not installed")

SECRET = "four plain words"
MORNING = Slot(TODAY, Part.MORNING)
SLOW = 30_000


@pytest.fixture
def place(tmp_path, monkeypatch):
    with desktop(tmp_path) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.environ["DBUS_SESSION_BUS_ADDRESS"])
        yield made


class Run:
    """The program at 07:31 of a day on which nothing is noted yet."""

    def __init__(self, place, qtbot, qapp):
        self.qtbot, self.qapp = qtbot, qapp
        folder = place.folder / "record"
        record, _ = opening.create_record(folder, passphrase=SECRET)
        yesterday = TODAY - timedelta(days=1)
        self.clock = FixedClock(at(19, day=yesterday), ROME)
        services = services_of(record, self.clock)
        services.care.set_up(ANSWERS)
        self.clock.set(at(7, 31))
        services.applications.log(Log(slot=Slot(yesterday, Part.EVENING), at=at(20, day=yesterday)))
        services.reminding.change(ReminderSettings(photo_day=False, tube_order=False))
        services.close()
        self.program = Program(Options(folder=folder, clock=self.clock, passphrase=SECRET))
        assert self.program.begin()
        self.window = self.program.window

    @property
    def residence(self):
        return self.program.residence()

    def wait(self, what):
        self.qtbot.waitUntil(what, timeout=SLOW)

    def banner(self):
        found = [each for each in self.window.findChildren(ReminderBanner) if each.isVisible()]
        return found[0] if found else None

    def sees(self, text):
        return any(text in each.text() for each in self.window.findChildren(QLabel) if each.isVisible())

    def rows(self):
        return self.program._opened.applications.between(TODAY, TODAY)

    def end(self):
        for _ in range(4):
            self.qapp.processEvents()
        self.residence.leave()
        self.program.end()
        self.window.deleteLater()
        self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def begin(place, qtbot, qapp):
    """Starts the program; ends it after the test."""
    runs = []

    def started():
        runs.append(Run(place, qtbot, qapp))
        return runs[-1]

    yield started
    for run in runs:
        run.end()


def test_without_a_server_the_window_says_it_and_that_nothing_else_can(place, begin):
    run = begin()
    run.wait(lambda: run.banner() is not None)
    assert run.banner().notice.title == say("reminders.discreet.application")
    assert run.residence.health().channel.state is ChannelState.NO_SERVER
    run.wait(lambda: run.sees(say("reminding.health.no_server")))
    run.qtbot.mouseClick(run.banner().buttons["applied"], Qt.MouseButton.LeftButton)
    run.wait(lambda: run.banner() is None)
    (row,) = run.rows()
    assert (row.slot, row.outcome) == (MORNING, Outcome.APPLIED)


def test_a_server_that_comes_later_takes_over(place, begin):
    run = begin()
    run.wait(lambda: run.residence.settled and run.residence.health().channel.state is ChannelState.NO_SERVER)
    place.start_server()
    whole = Channel(ChannelState.WORKS, "dunst", False, True)
    run.wait(lambda: run.residence.health().channel == whole)


def test_logging_in_the_window_withdraws_the_notification(place, begin):
    place.start_server()
    run = begin()
    run.wait(lambda: bool(place.ear.calls("Notify")))
    run.wait(lambda: place.displayed() == 1)
    done = run.program._opened.applications.log(Log(slot=MORNING))
    run.program._bus.announce(done.changes)
    run.wait(lambda: place.displayed() == 0)
    assert run.residence.health().channel.do_not_disturb is False


def test_do_not_disturb_is_seen_where_the_server_tells(place, begin):
    place.start_server()
    place.ask("set-paused", "true")
    run = begin()
    run.wait(lambda: run.residence.settled and run.residence.health().channel.do_not_disturb is True)


def test_the_test_proves_the_whole_way(place, begin):
    place.start_server()
    run = begin()
    run.wait(lambda: place.displayed() == 1)
    place.ask("close-all")
    heard = []
    run.residence.test(heard.append)
    run.wait(lambda: "taken" in heard)
    run.wait(lambda: place.displayed() == 1)
    place.press(say("resident.test.seen"))
    run.wait(lambda: "seen" in heard)
    assert heard == ["sent", "taken", "seen"]


def test_closing_says_once_what_it_means_and_quitting_is_explicit(place, begin):
    run = begin()
    run.wait(lambda: run.residence.settled and run.residence.engine.outlook() is not None)
    ended = []
    run.window.closed.connect(lambda: ended.append("closed"))
    assert not run.window.close()
    (sheet,) = run.window.findChildren(ClosingSheet)
    assert sheet.isVisible()
    assert sheet.heading.text() == say("resident.closing.no_tray.title"), "there is no tray without a desktop"
    sheet.stay_button.click()
    assert run.window.isMinimized()
    run.window.showNormal()
    assert not run.window.close()
    assert run.window.isMinimized(), "it asked twice"
    assert ended == []
    run.residence.stay_when_closed(False)
    assert run.window.close()
    assert ended == ["closed"]

"""The tray icon's menu, closing, and what the pages are told, without a desktop."""

import pytest

from companion.desktop.autostart import AutostartState
from companion.desktop.notifier import ChannelState, Notice
from companion.desktop.preferences import Preferences
from companion.domain.moments import Part
from companion.domain.reminders import Key, Kind
from companion.schedule.clock import FixedClock
from companion.ui.main_window import MainWindow
from companion.ui.resident import Residence
from companion.ui.standing import Login, Trial
from companion.ui.tray import Tray
from companion.wording import say, use_language
from tests.support.home import ROME, TODAY, at

OFFSCREEN = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged", extend=True)
"""Said by Qt's platform without a display when a tray icon is made."""
KEY = Key(Kind.APPLICATION, TODAY, Part.MORNING)


@pytest.fixture
def place_for_icons(monkeypatch):
    monkeypatch.setattr(Tray, "has_place", staticmethod(lambda: True))


@pytest.fixture
def residence(qtbot):
    window = MainWindow(Preferences())
    made = Residence(window, Preferences(), FixedClock(at(7, 31), ROME))
    yield made
    made.end()
    window.deleteLater()


@OFFSCREEN
def test_the_menu_opens_answers_and_quits(qtbot, place_for_icons):
    tray = Tray()
    assert tray.labels() == []
    tray.appear()
    assert tray.labels() == ["Open Companion", "Quit Companion"]
    tray.offer(KEY, (("applied", "Done"), ("later", "Later"), ("skip", "Skip")))
    assert tray.labels() == ["Open Companion", "Done", "Later", "Skip", "Quit Companion"]
    with qtbot.waitSignal(tray.acted) as seen:
        tray.press("Later")
    assert seen.args == [KEY, "later"]
    with qtbot.waitSignal(tray.open_wanted):
        tray.press("Open Companion")
    with qtbot.waitSignal(tray.quit_wanted):
        tray.press("Quit Companion")
    use_language("it")
    tray.reword()
    assert tray.labels()[-1] == "Esci da Companion"
    tray.offer(None, ())
    assert len(tray.labels()) == 2
    tray.disappear()


def test_without_a_place_there_is_no_icon_and_no_balloon_that_nobody_sees(qtbot):
    tray = Tray()
    assert not tray.appear()
    assert not tray.balloon(Notice(KEY, "It's time", ""))
    tray.disappear()


def test_before_the_first_paint_nothing_is_looked_for(residence):
    standing = residence.health()
    assert standing.channel.state is ChannelState.UNKNOWN
    assert standing.stays
    assert residence.catch_up() is None
    residence.refresh()
    residence.test(lambda trial: None)
    residence.tell_locked()


def test_the_start_at_login_is_read_back(residence, tmp_path, monkeypatch):
    residence.settle(None)
    assert residence.health().login is Login.OFF
    residence.start_at_login(True)
    assert residence.health().login is Login.ON
    for state, login in (
        (AutostartState.OFF_ELSEWHERE, Login.OFF_ELSEWHERE),
        (AutostartState.MOVED, Login.STALE),
        (AutostartState.OFF, Login.OFF),
    ):
        monkeypatch.setattr(residence._autostart, "state", lambda state=state: state)
        residence.refresh()
        assert residence.health().login is login


def test_no_bus_is_known_at_once_and_a_test_ends_in_the_window(residence, qtbot):
    residence.settle(None)
    assert residence.health().channel.state is ChannelState.NO_BUS
    heard = []
    residence.test(heard.append)
    assert heard == [Trial.SENT], "no record is open, so the window has no place for it"


def test_without_a_record_closing_ends_the_program(residence, qtbot):
    residence.settle(None)
    assert residence.may_close()


@OFFSCREEN
def test_a_locked_record_that_started_hidden_goes_back_to_the_tray(residence, qtbot, place_for_icons):
    residence.settle(None, hidden=True)
    residence._preferences.close_said = "tray"
    residence._window.show()
    assert not residence._window.close()
    assert not residence._window.isVisible()
    with qtbot.waitSignal(residence.quit_wanted):
        residence.tray.press(say("resident.tray.quit"))


def test_a_hidden_start_without_any_place_comes_out_small(residence, qtbot):
    residence.settle(None, hidden=True)
    residence._show_if_nowhere()
    assert residence._window.isMinimized()
    residence._window.hide()

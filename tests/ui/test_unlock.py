"""Opening a record that exists: the passphrase, the recovery key, and what may be in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.desktop.tasks import Tasks
from companion.domain.errors import PersonError, SurroundingsError
from companion.schedule.clock import FixedClock
from companion.services import demonstration, example, folders, opening
from companion.storage.record import create
from companion.ui import theme
from companion.ui.pages.unlock import BuildingPage, UnlockPage
from companion.ui.widgets import file_choice
from companion.wording import phrasebook, say, use_language
from tests.support.home import ROME, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.records import PASSPHRASE, QUICK

LEFT = Qt.MouseButton.LeftButton
BOTH = ("passphrase", "recovery")


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def locked(tmp_path):
    """The folder of a locked record, and its recovery key."""
    record, recovery = create(tmp_path / "record", passphrase=PASSPHRASE, cost=QUICK)
    record.close()
    return tmp_path / "record", recovery


@pytest.fixture
def begin(tasks, qtbot):
    def made(folder, ways=BOTH, trouble=None):
        page = UnlockPage(folder, ways, FixedClock(at(8), ROME), tasks, trouble)
        page.got, page.bugs = [], []
        page.opened.connect(page.got.append)
        page.broken.connect(page.bugs.append)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        return page

    return made


def shown_texts(page):
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_the_passphrase_opens_it_and_is_forgotten(begin, locked, qtbot):
    page = begin(locked[0])
    page.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=20_000):
        qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    page.got[0].close()
    assert page.passphrase.text() == ""


def test_a_wrong_one_is_said_calmly_at_the_field_as_often_as_one_likes(begin, locked, qtbot):
    page = begin(locked[0])
    for _ in range(3):
        page.passphrase.line.setText("not this one")
        qtbot.mouseClick(page.open_button, LEFT)
        qtbot.waitUntil(lambda: page.passphrase.error() == say("errors.wrong_passphrase"), timeout=20_000)
        assert page.open_button.isEnabled()
        assert page.passphrase.line.selectedText() == "not this one"
        page.passphrase.set_error("")
    page.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=20_000):
        qtbot.mouseClick(page.open_button, LEFT)
    page.got[0].close()


def test_nothing_written_is_said_too(begin, locked, qtbot):
    page = begin(locked[0])
    qtbot.mouseClick(page.open_button, LEFT)
    assert page.passphrase.error() == say("errors.passphrase_needed")


def test_the_recovery_key_opens_it_and_asks_for_a_new_passphrase(begin, locked, qtbot):
    folder, recovery = locked
    page = begin(folder)
    qtbot.mouseClick(page.switch_button, LEFT)
    assert page.recovery.isVisible()
    assert not page.passphrase.isVisible()
    page.recovery.setText("0000")
    qtbot.mouseClick(page.open_button, LEFT)
    qtbot.waitUntil(lambda: page._recovery_field.error() == say("errors.wrong_recovery_key"), timeout=20_000)
    page.recovery.setText(recovery.lower().replace("-", " "))
    with qtbot.waitSignals([page.recovered, page.opened], timeout=20_000, order="strict"):
        qtbot.keyClick(page.recovery, Qt.Key.Key_Return)
    page.got[0].close()
    assert page.recovery.text() == ""


def test_letters_are_shown_on_request_and_caps_lock_is_noticed(begin, locked, qtbot):
    page = begin(locked[0])
    line = page.passphrase.line
    qtbot.keyClicks(line, "abc")
    assert line.echoMode() == line.EchoMode.Password
    qtbot.mouseClick(page.passphrase.eye, LEFT)
    assert line.echoMode() == line.EchoMode.Normal
    assert page.passphrase.eye.accessibleName() == say("unlock.hide.passphrase")
    assert say("unlock.caps_lock") not in shown_texts(page)
    qtbot.keyClick(line, "D")  # a capital without the shift key
    assert say("unlock.caps_lock") in shown_texts(page)
    qtbot.keyClick(line, "D", Qt.KeyboardModifier.ShiftModifier)
    assert say("unlock.caps_lock") not in shown_texts(page)


@pytest.mark.parametrize(
    "error",
    [
        SurroundingsError("record_damaged"),
        SurroundingsError("record_newer"),
        SurroundingsError("record_in_use"),
        SurroundingsError("keys_damaged"),
        SurroundingsError("folder_unreadable"),
        PersonError("not_a_record"),
    ],
)
@pytest.mark.parametrize("spoken", ["en", "it"])
def test_what_is_in_the_way_is_said_with_a_way_out(begin, tmp_path, error, spoken):
    use_language(spoken)
    page = begin(tmp_path / "record", (), error)
    assert page._message.message() == phrasebook(spoken).say(f"errors.{error.key}")
    assert page._again.isVisible()
    assert page._show_folder.isVisible()
    assert page._other.isVisible() == (error.key in ("folder_unreadable", "not_a_record"))
    assert not page.open_button.isVisible()
    assert clipped_labels(page) == []


def test_trying_again_finds_that_the_way_is_free(begin, locked, qtbot):
    page = begin(locked[0], (), SurroundingsError("record_in_use"))
    qtbot.mouseClick(page._again, LEFT)
    assert not page._message.isVisible()
    assert page.passphrase.isVisible()
    page.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=20_000):
        qtbot.mouseClick(page.open_button, LEFT)
    page.got[0].close()


def test_a_record_that_is_open_elsewhere_is_said(begin, locked, qtbot):
    other = opening.open_record(locked[0], PASSPHRASE)
    page = begin(locked[0])
    page.passphrase.line.setText(PASSPHRASE)
    qtbot.mouseClick(page.open_button, LEFT)
    qtbot.waitUntil(page._message.isVisible, timeout=20_000)
    assert page._message.message() == say("errors.record_in_use")
    other.close()
    qtbot.mouseClick(page._again, LEFT)
    qtbot.waitUntil(lambda: bool(page.got), timeout=20_000)
    page.got[0].close()


def test_another_folder_can_be_chosen(begin, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(file_choice, "choose_folder", lambda *_: tmp_path / "other")
    page = begin(tmp_path / "record", (), PersonError("not_a_record"))
    with qtbot.waitSignal(page.folder_wanted) as told:
        qtbot.mouseClick(page._other, LEFT)
    assert told.args == [tmp_path / "other"]


def test_an_error_of_the_programs_own_is_not_dressed_up(begin, locked, qtbot, monkeypatch):
    monkeypatch.setattr(opening, "open_record", lambda *_: 1 / 0)
    page = begin(locked[0])
    page.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.broken):
        qtbot.mouseClick(page.open_button, LEFT)
    assert isinstance(page.bugs[0], ZeroDivisionError)


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_fits_and_has_a_name(begin, locked, qapp, qtbot, spoken, scale):
    use_language(spoken)
    theme.apply(qapp, theme.load("dark", scale))
    page = begin(locked[0])
    for way in ("passphrase", "recovery"):
        page._show_way(way)
        page.resize(960, 640)
        for _ in range(3):
            qapp.processEvents()
        assert clipped_labels(page) == []
        assert unnamed_controls(page) == []
        assert low_controls(page) == []


def test_the_example_is_drawn_and_opened(tasks, qtbot, monkeypatch):
    monkeypatch.setattr(demonstration, "build", lambda folder, clock, progress=None: _tiny(folder, progress))
    clock = FixedClock(at(8), ROME)
    page = BuildingPage(folders.example_folder(), clock, tasks)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.opened, timeout=20_000) as told:
        page.show()
    assert told.args[0].example
    told.args[0].close()
    assert example.is_fresh(folders.example_folder(), clock)
    clock.set(at(8).replace(day=23))
    assert not example.is_fresh(folders.example_folder(), clock)


def test_stopping_leaves_nothing_half_made(tasks, qtbot, monkeypatch):
    monkeypatch.setattr(demonstration, "build", lambda folder, clock, progress=None: _endless(folder, progress))
    page = BuildingPage(folders.example_folder(), FixedClock(at(8), ROME), tasks)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.given_up, timeout=20_000):
        page._stop()
    assert [each.name for each in folders.example_folder().parent.iterdir()] == []


def _tiny(folder, progress):
    opening.create_example(folder).close()
    progress(1, 1)


def _endless(folder, progress):
    opening.create_example(folder).close()
    while True:
        progress(1, 2)

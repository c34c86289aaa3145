"""The main job from end to end, in the whole program with its window: set up, note, quit, start again, find it all."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLabel

from companion.app import Program
from companion.desktop.options import Options
from companion.domain.body import Region
from companion.domain.leaflet import Leaflet
from companion.schedule.clock import FixedClock
from companion.services import opening
from companion.ui.pages.entry_sheet import EntrySheet
from companion.ui.pages.setup.state import Step
from companion.ui.pages.unlock import UnlockPage
from companion.wording import say
from tests.support import pictures

LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "four plain words here"
MORNING = datetime(2026, 11, 21, 7, 12, tzinfo=UTC)
SLOW = 30_000


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch):
    monkeypatch.setattr(opening, "keychain_available", lambda: False)


class Day:
    """A person at the computer: starts the program, looks, presses, quits. The clock moves only when they say so."""

    def __init__(self, folder, qtbot, qapp):
        self.folder, self.qtbot, self.qapp = folder, qtbot, qapp
        self.clock = FixedClock(MORNING, "Europe/Rome")
        self.program = None

    def start(self):
        self.program = Program(Options(folder=self.folder, clock=self.clock))
        assert self.program.begin()
        self.settle()
        return self.program.window

    def quit(self):
        if self.program is not None:
            program, self.program = self.program, None
            program.window.close()
            program.end()
            program.window.deleteLater()
            program.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self):
        for _ in range(4):
            self.qapp.processEvents()

    def press(self, text):
        """Press the button of these words that is on the screen."""
        for button in self.program.window.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and button.text() == text:
                self.qtbot.mouseClick(button, LEFT)
                self.settle()
                return
        raise AssertionError(f"no button {text!r} on the screen")

    def sees(self, text):
        return any(text in each.text() for each in self.program.window.findChildren(QLabel) if each.isVisible())

    def unlock(self):
        page = self.program.window.entry()
        assert isinstance(page, UnlockPage)
        page.passphrase.line.setText(PASSPHRASE)
        self.press(say("unlock.open"))
        self.qtbot.waitUntil(lambda: self.program.window.house() is not None, timeout=SLOW)
        self.settle()

    def set_up(self):
        page = self.program.window.entry()
        following = self.press
        following(say("setup.welcome.next"))
        page.step().choices.option("eu").click()
        following(say("setup.leaflet.next"))
        page.step().answers.option("no").click()
        following(say("setup.before.next"))
        page.step().secret.first.line.setText(PASSPHRASE)
        page.step().secret.second.line.setText(PASSPHRASE)
        following(say("setup.lock.next"))
        self.qtbot.waitUntil(lambda: page.step().step is Step.RECOVERY, timeout=SLOW)
        groups = page.desk.recovery.split("-")
        following(say("unlock.written"))
        for line, group in zip(page.step().key.answers, page.step().key.wanted, strict=True):
            line.setText(groups[group])
        following(say("setup.recovery.next"))
        following(say("setup.treatment.next"))
        page.step().editor.figure.canvas.spot(Region.CHIN).click()
        following(say("setup.places.next"))
        following(say("setup.times.next"))
        following(say("setup.tube.next"))
        self.qtbot.waitUntil(lambda: self.program.window.house() is not None, timeout=SLOW)
        self.settle()


@pytest.fixture
def day(tmp_path, qtbot, qapp):
    made = Day(tmp_path / "record", qtbot, qapp)
    yield made
    made.quit()


def test_set_up_log_this_morning_note_itching_add_photos_and_find_it_all(day, tmp_path, qtbot, qapp):
    window = day.start()
    day.set_up()
    services = day.program._opened
    assert services.care.current().leaflet is Leaflet.EU

    day.press(say("today.do.apply"))
    assert day.sees("08:12")

    window.go("journal", "add")
    sheet = window.findChild(EntrySheet)
    chin = services.care.places()[0]
    form = sheet.form
    form.what.chip("itch").click()
    form.where.group.chip(str(chin.id)).click()
    day.press(say("journal.sheet.save"))
    assert [entry.code for entry in services.journal.page()] == ["itch"]

    files = [tmp_path / "IMG_1.JPG", tmp_path / "IMG_2.HEIC"]
    files[0].write_bytes(pictures.jpeg())
    files[1].write_bytes(pictures.heic())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    qapp.sendEvent(window.house(), QDragEnterEvent(QPoint(400, 300), action, mime, LEFT, none))
    qapp.sendEvent(window.house(), QDropEvent(QPointF(400, 300), action, mime, LEFT, none))
    assert window.house().current() == "photos"
    qtbot.waitUntil(lambda: len(services.album.page()) == 2, timeout=SLOW)
    qtbot.waitUntil(lambda: not day.program._tasks.busy(), timeout=SLOW)

    day.quit()
    day.clock.advance(timedelta(hours=2))
    day.start()
    day.unlock()
    services = day.program._opened
    (applied,) = services.applications.between(services.care.today(), services.care.today())
    assert applied.at == MORNING
    assert applied.places == (chin.id,)
    (entry,) = services.journal.page()
    assert (entry.code, entry.places) == ("itch", (chin.id,))
    assert {photo.picture_format for photo in services.album.page()} == {"jpeg", "heic"}
    assert day.sees("08:12")
    assert [each.read_bytes() for each in files] == [pictures.jpeg(), pictures.heic()], "the person's own files"


def test_a_start_broken_off_goes_on_where_it_was(day):
    window = day.start()
    page = window.entry()
    day.press(say("setup.welcome.next"))
    page.step().choices.option("us").click()
    day.press(say("setup.leaflet.next"))
    page.step().answers.option("no").click()
    day.press(say("setup.before.next"))
    page.step().secret.first.line.setText(PASSPHRASE)
    page.step().secret.second.line.setText(PASSPHRASE)
    day.press(say("setup.lock.next"))
    day.qtbot.waitUntil(lambda: page.step().step is Step.RECOVERY, timeout=SLOW)
    day.quit()

    window = day.start()
    entry = window.entry()
    assert isinstance(entry, UnlockPage)
    entry.passphrase.line.setText(PASSPHRASE)
    day.press(say("unlock.open"))
    day.qtbot.waitUntil(lambda: window.entry() is not entry, timeout=SLOW)
    assert window.entry().step().step is Step.RECOVERY
    assert window.entry().desk.state.leaflet is Leaflet.US


def test_the_example_and_ones_own_record_never_meet(day, monkeypatch):
    from companion.services import demonstration

    monkeypatch.setattr(demonstration, "build", _tiny)
    window = day.start()
    day.press(say("setup.example"))
    day.qtbot.waitUntil(lambda: window.house() is not None, timeout=SLOW)
    day.settle()
    assert day.sees(say("shell.example.text"))
    assert not day.folder.exists()
    day.press(say("shell.example.leave"))
    assert window.house() is None
    assert window.entry().step().step is Step.WELCOME


def _tiny(folder, clock, progress=None, **more):
    from companion.services.opened import services_of
    from tests.support.home import ANSWERS

    opened = services_of(opening.create_example(folder), clock)
    opened.care.set_up(ANSWERS)
    opened.close()


def test_the_language_can_be_changed_in_the_middle_of_everything(day):
    window = day.start()
    window.entry().step().languages.segment("it").click()
    day.settle()
    assert window.entry().step().step is Step.WELCOME
    assert day.sees("Benvenuti")
    day.program.preferences.language = "en"
    day.settle()
    assert day.sees(say("setup.welcome.title"))


def test_an_error_nobody_caught_shows_one_sheet_and_the_program_goes_on(day, logged):
    window = day.start()
    try:
        raise RuntimeError("a secret")
    except RuntimeError as error:
        day.program._sentinel.report(error)
    day.settle()
    assert day.sees(say("shell.problem.title"))
    day.press(say("common.close"))
    assert window.isVisible()
    assert logged.messages() == ["not caught"]

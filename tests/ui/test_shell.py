"""The window around the pages: rail, shortcuts, undo, problems, the example banner, another language."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.errors import SurroundingsError
from companion.domain.leaflet import Leaflet
from companion.services.changes import Changes, Done, Undo
from companion.ui import rooms
from companion.ui.context import Bus, Page, context_of
from companion.ui.look import Look
from companion.ui.main_window import MainWindow
from companion.ui.messages import ProblemSheet
from companion.ui.widgets.banner import Banner
from companion.wording import language, say
from tests.support.home import Home
from tests.support.looks import clipped_labels, low_controls, unnamed_controls


class Room(Page):
    """A small page that remembers how it was entered."""

    def __init__(self, context, parent=None):
        super().__init__(context, parent)
        self.entered, self.reloads = [], 0
        self.label = QLabel(say("shell.name"))
        self.label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QVBoxLayout(self).addWidget(self.label)

    def reload(self):
        self.reloads += 1

    def enter(self, argument=None):
        super().enter(argument)
        self.entered.append(argument)

    def focus_start(self):
        self.label.setFocus()


class Breaking(Room):
    """A page that cannot be read."""

    def enter(self, argument=None):
        raise SurroundingsError("disk_trouble")


NAMES = ("today", "photos", "journal", "settings")


@pytest.fixture
def small_rooms(monkeypatch):
    """Replace the pages by small ones; Journal breaks."""
    kinds = {"journal": Breaking}
    found = tuple(each for each in rooms.ROOMS if each.key in NAMES)
    monkeypatch.setattr(rooms, "standing", lambda: found)
    monkeypatch.setattr(rooms.Room, "page_class", lambda room: kinds.get(room.key, Room))


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.services.close()


@pytest.fixture
def window(home, qtbot, qapp):
    tasks, bus, preferences = Tasks(), Bus(), Preferences()
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.show_house(lambda host: context_of(home.services, tasks, preferences, bus, host))
    made.resize(1280, 832)
    made.show()
    made.activateWindow()
    qapp.processEvents()
    yield made
    tasks.shutdown()
    made.hide()


@pytest.fixture
def small(small_rooms, window):
    return window


def press(window, keys, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, keys, modifier)


def test_a_window_without_a_page_is_called_by_the_program_alone(small):
    small._title("")
    assert small.windowTitle() == "Companion"


def test_it_begins_with_today_and_builds_nothing_else(small):
    house = small.house()
    assert house.current() == "today"
    assert list(house._pages) == ["today"]
    assert house.page("today").label.hasFocus()
    assert small.windowTitle() == "Today – Companion, example data"


@pytest.mark.parametrize(
    ("key", "page"),
    [(Qt.Key.Key_1, "today"), (Qt.Key.Key_3, "photos"), (Qt.Key.Key_7, "settings"), (Qt.Key.Key_2, "today")],
)
def test_each_page_has_its_key_and_one_that_is_not_there_stays(small, key, page):
    press(small, key, Qt.KeyboardModifier.ControlModifier)
    house = small.house()
    assert house.current() == page
    assert house.rail.selected() == page
    assert house.page(page).label.hasFocus()


def test_the_rail_goes_and_hands_an_argument_on(small, qtbot):
    house = small.house()
    qtbot.mouseClick(house.rail.item("photos"), Qt.MouseButton.LeftButton)
    assert house.current() == "photos"
    small.go("photos", 12)
    assert house.page("photos").entered == [None, 12]
    small.go("visit")
    assert house.current() == "photos"


def test_pages_are_built_ahead_of_their_first_visit(small, qtbot, monkeypatch):
    from companion.ui import house

    monkeypatch.setattr(house, "BETWEEN_MS", 1)
    small.house().build_ahead()
    qtbot.waitUntil(lambda: set(small.house()._pages) == set(NAMES))
    assert small.house().current() == "today"
    qtbot.waitUntil(lambda: not small.house()._builder.isActive())


def test_f6_goes_between_rail_and_page(small):
    press(small, Qt.Key.Key_F6)
    assert small.house().rail.item("today").hasFocus()
    press(small, Qt.Key.Key_F6)
    assert small.house().page("today").label.hasFocus()


def test_a_page_that_cannot_be_read_is_said_above_it_and_the_next_one_is_calm(small):
    small.go("journal")
    house = small.house()
    assert house._problem.isVisible()
    assert house._problem.message() == say("errors.disk_trouble")
    small.go("photos")
    assert not house._problem.isVisible()


def test_undo_takes_back_and_tells_the_pages(small, qtbot):
    taken = []

    def take_back(undo):
        taken.append(undo)
        return Done(Changes(applications=True))

    undo = Undo("application", (), (1,))
    before = small.house().page("today").reloads
    small.offer_undo("Noted.", undo, take_back)
    bar = small.house()._undo
    assert bar.isVisible()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert taken == [undo]
    assert small.house().page("today").reloads == before + 1
    assert not bar.isVisible()


def test_an_undo_that_fails_is_said(small, qtbot):
    def take_back(undo):
        raise SurroundingsError("disk_full")

    small.offer_undo("Noted.", Undo("x", (), ()), take_back)
    qtbot.mouseClick(small.house()._undo.button, Qt.MouseButton.LeftButton)
    assert small.house()._problem.message() == say("errors.disk_full")


def test_an_error_of_the_programs_own_goes_to_the_sheet(small, qtbot):
    with qtbot.waitSignal(small.broken) as told:
        small.say_problem(KeyError("x"))
    assert isinstance(told.args[0], KeyError)


def test_the_problem_sheet_copies_its_details(small, qtbot):
    sheet = ProblemSheet(small, ["builtins.KeyError", "  ui/house.py:3 in go"])
    sheet.open()
    sheet._copy()
    assert QApplication.clipboard().text() == "builtins.KeyError\n  ui/house.py:3 in go"
    sheet.accept()


def test_the_example_says_so_on_every_page_and_offers_the_way_out(small, qtbot):
    banner = small.findChild(Banner)
    for name in ("today", "photos"):
        small.go(name)
        assert banner.isVisible()
    with qtbot.waitSignal(small.leave_wanted):
        qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)


def test_another_language_rebuilds_and_stays_where_one_is(small, qapp):
    look = Look(qapp, small._preferences)
    look.reworded.connect(small.rebuild)
    small.go("photos")
    small._preferences.language = "it"
    assert language() == "it"
    assert small.house().current() == "photos"
    assert small.windowTitle() == "Foto – Companion, dati di esempio"
    assert small.house().rail.item("today").text() == "Oggi"
    look.deleteLater()


def test_qts_own_words_follow_the_language(small, qapp):
    look = Look(qapp, small._preferences)
    look.speak_qt()
    assert qapp.translate("QWidgetTextControl", "&Copy") == "&Copy"
    small._preferences.language = "it"
    assert qapp.translate("QWidgetTextControl", "&Copy") == "&Copia"
    small._preferences.language = "en"
    assert qapp.translate("QWidgetTextControl", "&Copy") == "&Copy"
    look.deleteLater()


def test_times_of_day_follow_the_choice(small, qapp):
    from companion.wording import dates

    look = Look(qapp, small._preferences)
    small._preferences.hours = "12"
    assert dates.HourCycle.twelve
    small._preferences.hours = "24"
    assert not dates.HourCycle.twelve
    look.deleteLater()


def test_a_drop_anywhere_goes_to_the_photos(small, qapp, tmp_path, qtbot):
    qtbot.waitUntil(lambda: small.house()._gate is not None)
    (tmp_path / "a.jpg").write_bytes(b"x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    copy = Qt.DropAction.CopyAction
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    qapp.sendEvent(small.house(), QDragEnterEvent(QPoint(300, 300), copy, mime, left, plain))
    qapp.sendEvent(small.house(), QDropEvent(QPointF(300, 300), copy, mime, left, plain))
    assert small.house().current() == "photos"
    assert small.house().page("photos").entered[0].paths == (tmp_path / "a.jpg",)


def test_the_window_comes_back_where_it_was(small, qtbot, qapp):
    small.resize(790, 600)
    with qtbot.waitSignal(small.closed):
        small.close()
    again = MainWindow(small._preferences)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (790, 600)


def test_a_kept_place_that_is_nonsense_is_no_trouble(qtbot, qapp):
    preferences = Preferences()
    preferences.kept["geometry"] = "not base 64 at all %%%"
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    assert made.width() >= 720


def test_every_page_that_stands_can_be_imported():
    for room in rooms.standing():
        assert issubclass(room.page_class(), Page), room.key
        assert say(f"shell.page.{room.key}")
    assert [room.shortcut for room in rooms.ROOMS] == [f"Ctrl+{number}" for number in range(1, 8)]


def _all_pages(window, qapp):
    for key in window.house().pages():
        window.go(key)
        for _ in range(4):
            qapp.processEvents()
        yield key


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize(("size", "scale"), [((960, 640), 1.0), ((1280, 832), 1.5)])
def test_nothing_is_cut_or_without_a_name(window, qapp, spoken, size, scale):
    look = Look(qapp, window._preferences)
    look.reworded.connect(window.rebuild)
    window._preferences.text_scale = scale
    window._preferences.language = spoken
    window.resize(*size)
    for key in _all_pages(window, qapp):
        page = window.house()
        assert clipped_labels(page) == [], key
        assert unnamed_controls(page) == [], key
    look.deleteLater()


def test_controls_are_high_enough_for_a_shaky_hand(window, qapp):
    for key in _all_pages(window, qapp):
        assert low_controls(window.house().page(key)) == [], key


def test_no_part_of_a_page_is_a_window_of_its_own_for_a_moment(window, qapp, monkeypatch, tmp_path):
    from companion.ui.pages.entry_sheet import EntrySheet
    from companion.ui.pages.setup import SetupPage
    from companion.ui.pages.setup.state import STEPS, SetupState
    from companion.ui.pages.setup.step import Desk
    from companion.ui.pages.unlock import UnlockPage

    flashed = []
    real = QWidget.setVisible

    def told(self, visible):
        if visible and self.parentWidget() is None and not isinstance(self, MainWindow):
            flashed.append(type(self).__name__)
        real(self, visible)

    monkeypatch.setattr(QWidget, "setVisible", told)
    for _ in _all_pages(window, qapp):
        pass
    context = window._context
    sheet = EntrySheet(context, window)
    for step in STEPS:
        state = SetupState(step=step, leaflet=Leaflet.EU)
        desk = Desk(tmp_path / "new", context.clock, context.tasks, window._preferences, state, recovery="0-" * 9)
        page = SetupPage(tmp_path / "new", context.clock, context.tasks, window._preferences, None, desk, window)
        page.deleteLater()
    UnlockPage(tmp_path, ("passphrase", "recovery"), context.clock, context.tasks, parent=window).deleteLater()
    sheet.deleteLater()
    assert flashed == []


def test_every_day_has_one_today(home):
    assert home.services.care.today() == date(2026, 11, 21)

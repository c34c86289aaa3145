"""The undo bar in the window: it moves nothing, waits long enough, and leaves everything below it within reach."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.services.changes import Changes, Done, Undo
from companion.ui import rooms
from companion.ui.context import Bus, Page, context_of
from companion.ui.main_window import MainWindow
from companion.ui.widgets import undo
from companion.ui.widgets.scaffold import PageScaffold
from tests.support.home import Home

NOTED = Undo("application", (), (1,))
ESCAPE = Qt.Key.Key_Escape


class LongPage(Page):
    """A page of thirty buttons below one another."""

    def __init__(self, context, parent=None):
        super().__init__(context, parent)
        self.scaffold = PageScaffold("A long page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scaffold)
        self.buttons = [QPushButton(f"Button {number}") for number in range(self.length())]
        for each in self.buttons:
            each.setMinimumHeight(40)
            self.scaffold.add(each)
        self.reloads = 0

    def length(self):
        return 30

    def reload(self):
        self.reloads += 1

    def focus_start(self):
        self.buttons[0].setFocus()

    def bar(self):
        return self.scaffold._area.verticalScrollBar()


class ShortPage(LongPage):
    """A page that needs no scrolling, but reaches down to the end of the window."""

    def length(self):
        return 8


@pytest.fixture
def window(tmp_path, qtbot, qapp, monkeypatch):
    kinds = {"journal": ShortPage}
    found = tuple(each for each in rooms.ROOMS if each.key in ("today", "journal"))
    monkeypatch.setattr(rooms, "standing", lambda: found)
    monkeypatch.setattr(rooms.Room, "page_class", lambda room: kinds.get(room.key, LongPage))
    home = Home(tmp_path)
    tasks, bus, preferences = Tasks(), Bus(), Preferences()
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    made.show_house(lambda host: context_of(home.services, tasks, preferences, bus, host))
    made.resize(960, 640)
    made.show()
    made.activateWindow()
    settle(qapp)
    yield made
    tasks.shutdown()
    made.hide()
    home.close()


def settle(qapp):
    for _ in range(4):
        qapp.processEvents()


def offer(window, qapp, take_back=lambda undo: Done(Changes(applications=True)), text="Noted."):
    window.offer_undo(text, NOTED, take_back)
    settle(qapp)
    return window.house()._undo


def places(page):
    """Where everything on the page stands, in the window."""
    window = page.window()
    return [(each.mapTo(window, QPoint(0, 0)), each.size()) for each in page.findChildren(QWidget)]


def bottom_of(widget):
    return widget.mapTo(widget.window(), QPoint(0, widget.height())).y()


def top_of(widget):
    return widget.mapTo(widget.window(), QPoint(0, 0)).y()


@pytest.mark.parametrize("key", ["today", "journal"])
@pytest.mark.parametrize("at_the_end", [False, True])
def test_nothing_moves_when_the_bar_comes_and_goes(window, qapp, key, at_the_end):
    window.go(key)
    settle(qapp)
    page = window.house().page(key)
    if at_the_end:
        page.bar().setValue(page.bar().maximum())
    before = places(page)
    bar = offer(window, qapp)
    assert bar.isVisible()
    assert places(page) == before
    bar._expire()
    settle(qapp)
    assert not bar.isVisible()
    assert places(page) == before


@pytest.mark.parametrize("key", ["today", "journal"])
def test_the_end_of_a_page_can_be_scrolled_clear_of_the_bar(window, qapp, key):
    window.go(key)
    settle(qapp)
    page = window.house().page(key)
    last = page.buttons[-1]
    bar = offer(window, qapp)
    page.bar().setValue(page.bar().maximum())
    settle(qapp)
    assert bottom_of(last) <= top_of(bar)


def test_the_room_stays_while_it_is_looked_at_and_goes_with_the_next_scroll(window, qapp):
    page = window.house().page("today")
    end = page.bar().maximum()
    bar = offer(window, qapp)
    assert page.bar().maximum() > end
    page.bar().setValue(page.bar().maximum())
    before = places(page)
    bar._expire()
    settle(qapp)
    assert places(page) == before
    page.bar().setValue(0)
    assert page.bar().maximum() == end


def test_a_window_that_changes_its_size_keeps_the_bar_in_its_place(window, qapp):
    bar = offer(window, qapp)
    for size in ((1280, 832), (720, 480)):
        window.resize(*size)
        settle(qapp)
        stack = window.house()._stack
        assert bottom_of(bar) <= bottom_of(stack)
        assert bottom_of(stack) - bottom_of(bar) < 40
        assert bar.mapTo(window, QPoint(0, 0)).x() >= stack.mapTo(window, QPoint(0, 0)).x()
        assert bar.width() <= stack.width()


def test_long_words_break_instead_of_being_cut(window, qapp):
    text = "Evening application noted for the places you usually treat, with a long name of a place. " * 2
    bar = offer(window, qapp, text=text)
    label = next(each for each in bar.findChildren(QLabel) if each.text() == text)
    assert label.height() >= label.heightForWidth(label.width())


def test_a_control_the_keyboard_reaches_is_not_left_below_the_bar(window, qapp):
    page = window.house().page("today")
    bar = offer(window, qapp)
    page.buttons[0].setFocus()
    for _ in range(len(page.buttons) - 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        settle(qapp)
        focus = QApplication.focusWidget()
        assert focus in page.buttons
        assert bottom_of(focus) <= top_of(bar), focus.text()


def test_it_stays_twenty_seconds(window, qapp):
    bar = offer(window, qapp)
    assert undo.LINGER >= 20_000
    assert bar._timer.interval() >= 20_000


def test_escape_closes_it_from_the_page_and_from_the_bar(window, qapp):
    page = window.house().page("today")
    page.buttons[3].setFocus()
    bar = offer(window, qapp)
    QTest.keyClick(page.buttons[3], ESCAPE)
    assert not bar.isVisible()
    assert page.buttons[3].hasFocus()
    offer(window, qapp)
    bar.button.setFocus()
    QTest.keyClick(bar.button, ESCAPE)
    settle(qapp)
    assert not bar.isVisible()
    assert page.buttons[3].hasFocus()


def test_ctrl_z_undoes_while_the_bar_is_there_and_the_keyboard_stays(window, qapp):
    taken = []

    def take_back(undo):
        taken.append(undo)
        return Done(Changes(applications=True))

    page = window.house().page("today")
    page.buttons[3].setFocus()
    bar = offer(window, qapp, take_back)
    QTest.keyClick(page.buttons[3], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qapp)
    assert taken == [NOTED]
    assert not bar.isVisible()
    assert page.buttons[3].hasFocus()
    QTest.keyClick(page.buttons[3], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [NOTED]


def test_f6_reaches_the_bar_too(window, qapp):
    house = window.house()
    page = house.page("today")
    bar = offer(window, qapp)
    house.settle_in()
    page.focus_start()
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append("bar" if bar.isAncestorOf(focus) else "rail" if house.rail.isAncestorOf(focus) else "page")
    assert seen == ["bar", "rail", "page"]

"""A reminder at the top of the window: it says what is due, answers like a notification, and disturbs nothing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.desktop.notifier import Notice
from companion.domain.dosing import Outcome
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Key, Kind
from companion.ui.main_window import MainWindow
from companion.ui.pages.today import TodayPage
from companion.wording import say
from tests.support.home import TODAY
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage

NOTICE = Notice(
    "morning",
    "Time for the morning cream",
    "Your time for it is 07:30.",
    (("applied", "I applied it"), ("later", "Later")),
)


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(stage, qtbot, qapp):
    made = MainWindow(stage.preferences)
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show_house(lambda _: stage.context)
    made.show()
    qapp.processEvents()
    return made


def test_it_stands_over_every_page_and_takes_no_keyboard(window, qapp):
    page = window.house().page("today")
    page.focus_start()
    before = window.focusWidget()
    assert window.remind(NOTICE)
    qapp.processEvents()
    banner = window.house().reminder
    assert banner.isVisible()
    assert window.focusWidget() is before
    assert isinstance(page, TodayPage)
    window.go("journal")
    assert banner.isVisible()
    assert say("reminding.banner.name", title=NOTICE.title) == banner.accessibleName()
    assert banner.accessibleDescription() == NOTICE.body


def test_a_button_answers_once_and_takes_it_away(window, qtbot, qapp):
    window.remind(NOTICE)
    qapp.processEvents()
    with qtbot.waitSignal(window.reminder_acted) as answered:
        QTest.mouseClick(window.house().reminder.buttons["later"], Qt.MouseButton.LeftButton)
    assert answered.args == ["morning", "later"]
    assert window.house().reminder is None


def test_closing_it_is_no_answer(window, qtbot, qapp):
    window.remind(NOTICE)
    qapp.processEvents()
    with qtbot.assertNotEmitted(window.reminder_acted), qtbot.waitSignal(window.reminder_closed) as closed:
        window.house().reminder.close_button.click()
    assert closed.args == ["morning"]


def test_another_takes_its_place_and_only_its_own_key_withdraws_it(window, qapp):
    window.remind(NOTICE)
    window.remind(Notice("evening", "Time for the evening cream", ""))
    window.withdraw("morning")
    assert window.house().reminder.notice.key == "evening"
    window.withdraw("evening")
    assert window.house().reminder is None


def test_f6_goes_to_it_and_the_keyboard_returns_to_the_page(window, qapp):
    window.remind(NOTICE)
    qapp.processEvents()
    window.house().page("today").focus_start()
    window.house()._other_pane()
    assert window.focusWidget() is window.house().reminder.buttons["applied"]
    window.withdraw("morning")
    assert window.house().page("today").isAncestorOf(window.focusWidget())


def test_it_stays_when_the_pages_are_built_anew(window, qapp):
    window.remind(NOTICE)
    window.rebuild()
    qapp.processEvents()
    assert window.house().reminder.isVisible()


def test_nobody_is_reminded_in_a_window_that_is_not_seen(stage, qtbot):
    hidden = MainWindow(stage.preferences)
    qtbot.addWidget(hidden)
    assert not hidden.remind(NOTICE)


@pytest.mark.parametrize("width", [720, 960, 1280])
def test_nothing_of_it_is_cut(window, qapp, width):
    window.resize(width, 640)
    window.remind(NOTICE)
    for _ in range(3):
        qapp.processEvents()
    banner = window.house().reminder
    assert clipped_labels(banner) == []
    assert unnamed_controls(banner) == []
    assert low_controls(banner) == []


def test_it_rests_while_the_page_in_front_says_the_same(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, reminds=True)
    try:
        window = MainWindow(stage.preferences)
        qtbot.addWidget(window)
        window.show_house(lambda _: stage.context)
        window.show()
        qapp.processEvents()
        house = window.house()
        window.remind(replace(NOTICE, key=Key(Kind.APPLICATION, TODAY, Part.MORNING)))
        house.page("today").rest()
        qapp.processEvents()
        assert not house.reminder.isVisible()
        window.go("journal")
        assert house.reminder.isVisible()
        window.go("today")
        assert not house.reminder.isVisible()
        stage.context.applications.set_outcome(Slot(TODAY, Part.MORNING), Outcome.MISSED)
        house.page("today").reload()
        assert house.reminder.isVisible()
    finally:
        stage.close()

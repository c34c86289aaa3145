"""The Journal and Today inside the real window: help above an open sheet, undo at the bottom, pages kept in step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from companion.desktop.preferences import Preferences
from companion.ui.context import Context
from companion.ui.main_window import MainWindow
from companion.ui.pages.entry_sheet import EntrySheet
from companion.ui.pages.get_help import GetHelpSheet
from companion.wording import say
from tests.support.home import at
from tests.support.stage import named, settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(stage, qtbot, qapp):
    made = MainWindow(Preferences())
    qtbot.addWidget(made)
    made.resize(1280, 832)

    def context(host) -> Context:
        return replace(stage.context, host=host)

    made.show_house(context)
    made.show()
    settle(qapp)
    return made


class Closer:
    """Looks at the get-help sheet while it is open, then closes it as a person does."""

    def __init__(self, window, stage):
        self.window, self.stage, self.seen = window, stage, []

    def look(self):
        sheet = next((each for each in self.window.findChildren(GetHelpSheet) if each.isVisible()), None)
        if sheet is None:
            QTimer.singleShot(0, self.look)
            return
        self.seen.append(
            (
                next(iter(sheet.sections)),
                len(self.stage.context.journal.page()),
                self.window.focusWidget() is sheet.lead,
            )
        )
        QTest.keyClick(self.window.focusWidget(), Qt.Key.Key_Escape)


def test_help_comes_above_the_sheet_and_the_entry_is_kept_after_it(stage, window, qapp):
    window.go("journal", "add")
    settle(qapp)
    sheet = next(each for each in window.findChildren(EntrySheet) if each.isVisible())
    sheet.form.what.choose(("more",))
    sheet.form.full.choose("chest_pain")
    closer = Closer(window, stage)
    QTimer.singleShot(0, closer.look)
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    settle(qapp)
    assert closer.seen == [("heart", 0, True)]
    assert stage.context.journal.page()[0].help_shown_at == at(8)
    assert not any(each.isVisible() for each in window.findChildren(EntrySheet))


def test_what_is_noted_on_today_stands_in_the_journal_and_undo_reaches_both(stage, window, qapp):
    window.go("journal")
    journal = window.house().page("journal")
    window.go("today")
    today = window.house().page("today")
    settle(qapp)
    QTest.mouseClick(today.rest().skin.chip("itch"), LEFT)
    settle(qapp)
    QTest.mouseClick(named(window, say("common.undo")), LEFT)
    settle(qapp)
    assert today.rest().skin.follow_up() is None
    QTest.mouseClick(today.rest().skin.chip("itch"), LEFT)
    window.go("journal")
    settle(qapp)
    assert journal.model.entry_count() == 2, "the tube of the set-up, and what was noted once"


def test_f1_opens_the_list_and_gives_the_keyboard_back(stage, window, qapp):
    window.go("today")
    settle(qapp)
    before = window.focusWidget()
    closer = Closer(window, stage)
    QTimer.singleShot(0, closer.look)
    window.house().help_wanted.emit()
    assert len(closer.seen) == 1
    assert window.focusWidget() is before

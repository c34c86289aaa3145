"""Where the keyboard goes when a sheet closes: back, or to the neighbour of what is gone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from companion.ui.widgets.sheet import Sheet


class Rows(QWidget):
    """Rows of two buttons, which can be made anew, as a list does after a change."""

    def __init__(self, parent):
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.rows = []

    def fill(self, names):
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for name in names:
            row = QWidget()
            inside = QVBoxLayout(row)
            for action in ("change", "remove"):
                inside.addWidget(QPushButton(f"{action} {name}"))
            self.column.addWidget(row)
            self.rows.append(row)


@pytest.fixture
def window(qtbot, qapp):
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(QPushButton("first"))
    made.rows = Rows(made)
    made.rows.fill("abc")
    column.addWidget(made.rows)
    column.addWidget(QPushButton("last"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    settle(qapp)
    return made


def settle(qapp):
    for _ in range(4):
        qapp.processEvents()
        qapp.sendPostedEvents(None, 52)  # what is to be deleted is


def button(window, text):
    return next(each for each in window.findChildren(QPushButton) if each.text() == text and each.isVisible())


def opened(window, text):
    button(window, text).setFocus()
    sheet = Sheet(window, "Sure?")
    sheet.finished.connect(sheet.deleteLater)
    sheet.add_button("Yes", "primary")
    sheet.open()
    return sheet


def words():
    return QApplication.focusWidget().text()


def test_to_what_opened_it(window, qapp):
    opened(window, "change b").reject()
    settle(qapp)
    assert words() == "change b"


def test_to_its_twin_when_the_list_was_made_anew_before_the_end(window, qapp):
    sheet = opened(window, "remove b")
    window.rows.fill("abc")
    settle(qapp)
    sheet.accept()
    settle(qapp)
    assert words() == "remove b"


def test_to_its_twin_when_the_list_is_made_anew_by_what_the_sheet_brought_about(window, qapp):
    sheet = opened(window, "remove b")
    sheet.accepted.connect(lambda: window.rows.fill("abc"))
    sheet.accept()
    settle(qapp)
    assert words() == "remove b"


def test_to_the_row_that_took_its_place(window, qapp):
    sheet = opened(window, "remove b")
    sheet.accepted.connect(lambda: window.rows.fill("ac"))
    sheet.accept()
    settle(qapp)
    assert words() == "remove c"


def test_to_the_row_before_when_the_last_one_went(window, qapp):
    sheet = opened(window, "remove c")
    sheet.accepted.connect(lambda: window.rows.fill("ab"))
    sheet.accept()
    settle(qapp)
    assert words() == "remove b"


def test_to_what_comes_next_when_the_whole_list_went(window, qapp):
    sheet = opened(window, "change a")
    sheet.accepted.connect(lambda: window.rows.fill(""))
    sheet.accept()
    settle(qapp)
    assert words() in ("first", "last")


def test_to_a_neighbour_when_it_can_no_longer_be_pressed(window, qapp):
    sheet = opened(window, "change b")
    button(window, "change b").setEnabled(False)
    sheet.accept()
    settle(qapp)
    assert words() == "remove b"


def test_to_what_was_before_both_when_one_sheet_leads_to_another(window, qapp):
    first = opened(window, "change b")
    second = Sheet(window, "And then?")
    yes = second.add_button("Yes", "primary")
    first.accepted.connect(second.open)
    first.accept()
    settle(qapp)
    assert yes.hasFocus()
    QTest.keyClick(yes, Qt.Key.Key_Return)
    second.accept()
    settle(qapp)
    assert words() == "change b"


def test_what_a_page_decides_itself_stands(window, qapp):
    sheet = opened(window, "remove b")

    def act():
        window.rows.fill("ac")
        settle(qapp)
        button(window, "first").setFocus()

    sheet.finished.connect(act)
    sheet.accept()
    settle(qapp)
    assert words() == "first"

"""The get-help list: static, above everything, first for the keyboard and the ear, and never a verdict."""

import re

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from companion.domain.leaflet import Leaflet
from companion.services.journal import help_categories
from companion.ui import theme
from companion.ui.pages.get_help import NUMBER, GetHelpSheet, emergency_number, show_help
from companion.wording import say, use_language
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.field = QLineEdit()
    QVBoxLayout(made).addWidget(made.field)
    qtbot.addWidget(made)
    made.resize(1280, 832)
    made.show()
    return made


def opened(window, qapp, category=None, **values):
    sheet = GetHelpSheet(window, (category,) if category else (), **values)
    sheet.open()
    for _ in range(4):
        qapp.processEvents()
    return sheet


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def test_the_section_asked_for_is_first_and_open_and_all_others_follow(window, qapp):
    sheet = opened(window, qapp, "infection")
    order = list(sheet.sections)
    assert order[0] == "infection"
    assert set(order) == {each.id for each in help_categories()}
    assert [each for each, section in sheet.sections.items() if section.is_open()] == ["infection"]
    tops = [section.mapTo(sheet, section.rect().topLeft()).y() for section in sheet.sections.values()]
    assert tops == sorted(tops)
    assert "Call your doctor today." in texts(sheet)


def test_opened_for_nothing_in_particular_every_emergency_is_open(window, qapp):
    sheet = opened(window, qapp)
    expected = {each.id for each in help_categories() if each.urgency == "emergency"}
    assert {each for each, section in sheet.sections.items() if section.is_open()} == expected
    assert say("help.asked") not in texts(sheet)


def test_every_sign_of_the_list_can_be_opened_with_its_sources_and_date(window, qapp):
    sheet = opened(window, qapp)
    for section in sheet.sections.values():
        if not section.is_open():
            QTest.mouseClick(section.head, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    said = texts(sheet)
    for category in help_categories():
        for sign in category.signs:
            assert sign in said
        assert category.action in said
    assert said.count("Checked on 21 November 2026.") == len(help_categories())


def test_the_number_is_large_selectable_and_can_be_copied(window, qapp):
    sheet = opened(window, qapp, "heart", number="118")
    number = sheet.lead.number
    assert number.text() == "118"
    assert number.font().pixelSize() >= 38
    assert number.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    QTest.mouseClick(sheet.lead._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "118"
    assert sheet.lead._copy.text() == say("help.copied")


def test_nothing_is_dialled_or_linked(window, qapp):
    sheet = opened(window, qapp)
    assert not re.search(r"tel:|https?://", texts(sheet))
    assert all(not label.openExternalLinks() for label in sheet.findChildren(QLabel))


def test_the_keyboard_begins_on_the_first_words_and_escape_gives_it_back(window, qapp):
    window.field.setFocus()
    sheet = opened(window, qapp, "stroke")
    assert window.focusWidget() is sheet.lead
    assert sheet.lead.accessibleName().startswith("When to get help Stroke Call your emergency number now.")
    assert "Emergency number: 112" in sheet.lead.accessibleName()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is window.field


def test_it_says_that_it_is_no_diagnosis_and_never_that_a_sign_is_harmless(window, qapp):
    for language, words in (("en", "It is not a diagnosis"), ("it", "Non è una diagnosi")):
        use_language(language)
        assert words in texts(opened(window, qapp, "skin"))
    use_language("en")
    said = texts(opened(window, qapp)).lower()
    assert not re.search(r"probably|don.t worry|no need|nothing serious", said)


def test_it_returns_when_the_person_closes_it(window, qapp):
    QTimer.singleShot(0, lambda: window.findChild(GetHelpSheet).accept())
    show_help(window, ("clot",))
    assert window.findChild(GetHelpSheet) is None or not window.findChild(GetHelpSheet).isVisible()


def test_it_opens_without_a_window_without_a_record_and_without_a_treatment(tmp_path, qtbot, qapp):
    alone = GetHelpSheet(None, ("heart",))
    qtbot.addWidget(alone)
    assert alone.number == "112"
    stage = Stage(tmp_path, None)
    assert emergency_number(stage.context.care) == "112"
    stage.close()


def test_the_number_is_the_persons_own_then_that_of_the_leaflet(tmp_path, qapp):
    stage = Stage(tmp_path)
    assert emergency_number(stage.context.care) == "112"
    stage.context.care.set_leaflet(Leaflet.US)
    assert emergency_number(stage.context.care) == "911"
    stage.context.care.put_setting(NUMBER, " 118 ")
    assert emergency_number(stage.context.care) == "118"
    stage.close()


def test_a_record_that_cannot_be_read_does_not_keep_it_closed(tmp_path, qapp, caplog):
    stage = Stage(tmp_path)
    stage.home.services.record.close()
    assert emergency_number(stage.context.care) == "112"
    assert "emergency number not read" in caplog.text
    caplog.clear()
    stage.tasks.shutdown()


@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (960, 640)), (1.0, (1920, 1200)), (1.5, (1280, 832)), (2.0, (960, 640))]
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_nothing_is_cut_nameless_or_too_low(window, qapp, language, scale, size):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    window.resize(*size)
    sheet = opened(window, qapp, "blood")
    for section in sheet.sections.values():
        section.set_open(True)
    for _ in range(4):
        qapp.processEvents()
    assert clipped_labels(sheet) == []
    assert unnamed_controls(sheet) == []
    assert low_controls(sheet) == []


@pytest.mark.parametrize(("language", "states"), [("en", ("closed", "open")), ("it", ("chiusa", "aperta"))])
def test_a_section_is_a_button_that_says_whether_it_is_open(window, qapp, language, states):
    use_language(language)
    head = opened(window, qapp, "infection").sections["heart"].head
    interface = QAccessible.queryAccessibleInterface(head)
    assert interface.role() == QAccessible.Role.Button
    assert not interface.state().checkable
    assert interface.text(QAccessible.Text.Description) == states[0]
    QTest.keyClick(head, Qt.Key.Key_Space)
    assert interface.text(QAccessible.Text.Description) == states[1]


def test_every_section_that_may_be_meant_comes_first_and_is_open(window, qapp):
    sheet = GetHelpSheet(window, ("clot", "heart"))
    sheet.open()
    qapp.processEvents()
    assert list(sheet.sections)[:2] == ["clot", "heart"]
    assert [name for name, section in sheet.sections.items() if section.is_open()] == ["clot", "heart"]

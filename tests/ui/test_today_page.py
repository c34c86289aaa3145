"""Today on a real record with a clock that stands still: what it shows, and what every press leaves in the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from companion.domain.dosing import Outcome
from companion.domain.errors import SurroundingsError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part, Slot
from companion.services.applications import Log
from companion.ui.pages.today import TodayPage
from companion.ui.widgets.sheet import Sheet
from companion.wording import say, use_language
from tests.support.home import ANSWERS, TODAY, at
from tests.support.stage import Stage, entered, named, open_sheet, texts

MORNING = Slot(TODAY, Part.MORNING)
EVENING = Slot(TODAY, Part.EVENING)
YESTERDAY = TODAY - timedelta(days=1)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path, replace(ANSWERS, started_on=TODAY - timedelta(days=1)))
    yield made
    made.close()


@pytest.fixture
def page(stage, qtbot, qapp):
    return enter(stage, qtbot, qapp)


def enter(stage, qtbot, qapp):
    made = entered(TodayPage, stage)
    qtbot.addWidget(made)
    made.rest()
    qapp.processEvents()
    return made


def applied(stage, day=TODAY):
    return [each for each in stage.context.applications.between(day, day) if each.outcome is Outcome.APPLIED]


def press(card, action):
    button = card.button(action)
    assert button.isVisible(), action
    QTest.mouseClick(button, LEFT)


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("en", "This record began on 21 November. What came before is not counted."),
        ("it", "Questo registro comincia il 21 novembre. Quello che c’è stato prima non viene contato."),
    ],
)
def test_a_new_record_counts_nothing_from_before_it_began(tmp_path, qtbot, qapp, spoken, said):
    use_language(spoken)
    made = Stage(tmp_path, begins_now=True)
    page = enter(made, qtbot, qapp)
    week = page.rest().week
    assert week._count.text() == say("today.week.none_so_far")
    assert said in texts(week)
    assert say("today.week.all") not in texts(week)
    assert say("today.week.record") not in " ".join(each.text() for each in week.findChildren(QPushButton))
    assert say("common.mark.before_record") in week._strip.accessibleName()
    assert say("common.mark.unknown") not in week._strip.accessibleName()
    made.close()


def test_one_click_logs_the_usual_places_now_and_undo_takes_it_back(stage, page):
    press(page.morning, "apply")
    row = applied(stage)[0]
    assert (row.slot, row.at) == (MORNING, at(8))
    assert row.places == (1, 2), "the treated places, not the one only photographed"
    assert page.morning.row == row
    assert "Applied 08:00" in texts(page.morning)
    stage.take_back()
    assert applied(stage) == []
    assert page.morning.button("apply").isVisible()


def test_a_double_click_logs_once_and_opens_nothing(stage, page, qapp):
    button = page.morning.button("apply")
    where = button.mapTo(page, button.rect().center())
    window = page.windowHandle()
    QTest.mouseDClick(window, LEFT, Qt.KeyboardModifier.NoModifier, where)
    qapp.processEvents()
    assert len(applied(stage)) == 1
    assert [each for each in page.findChildren(Sheet) if each.isVisible()] == []


def test_the_keyboard_stays_on_the_card_after_logging(stage, page, qapp):
    page.focus_start()
    assert page.focusWidget() is page.morning.button("apply")
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert len(applied(stage)) == 1
    assert page.focusWidget() is page.morning.button("edit")


def test_only_one_button_of_the_page_is_filled(stage, page):
    filled = [each for each in page.findChildren(QWidget) if each.isVisible() and each.property("kind") == "primary"]
    assert filled == [page.morning.button("apply")]


def test_eight_hours_are_asked_about_calmly_and_recorded_when_the_person_says_so(stage, page, qapp):
    stage.clock.set(at(13))
    stage.context.applications.log(Log(MORNING, at(13)))
    stage.clock.set(at(18))
    page.reload()
    assert "Can go on from 21:00" in texts(page.evening)
    press(page.evening, "apply")
    qapp.processEvents()
    said = texts(page.evening)
    assert "13:00" in said
    assert "at least eight hours" in said
    assert "EU package leaflet" in said
    assert "21 Nov 2026" in said
    assert len(applied(stage)) == 1
    stay = page.focusWidget()
    assert stay.text() == say("today.ask.not_now")
    QTest.mouseClick(stay, LEFT)
    assert len(applied(stage)) == 1
    press(page.evening, "apply")
    QTest.mouseClick(named(page.evening, say("today.ask.anyway")), LEFT)
    assert [each.slot for each in applied(stage)] == [MORNING, EVENING]
    assert stage.host.problems == []


def test_the_us_label_is_never_given_the_eight_hours_of_the_eu_leaflet(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, replace(ANSWERS, leaflet=Leaflet.US, started_on=TODAY))
    stage.clock.set(at(13))
    stage.context.applications.log(Log(MORNING, at(13)))
    stage.clock.set(at(18))
    page = enter(stage, qtbot, qapp)
    assert "Can go on from" not in texts(page)
    assert "ask your pharmacist or doctor" in texts(page.evening)
    press(page.evening, "apply")
    qapp.processEvents()
    assert "The leaflet asks" not in texts(page.evening)
    stage.close()


def test_a_third_application_of_a_day_is_asked_about(stage, page, qapp):
    stage.context.applications.log(Log(MORNING, at(1)))
    stage.clock.set(at(10))
    stage.context.applications.log(Log(EVENING, at(10)))
    stage.clock.set(at(20))
    page.reload()
    press(page.morning, "edit")
    QTest.mouseClick(named(open_sheet(page), say("today.edit.again")), LEFT)
    qapp.processEvents()
    sheet = open_sheet(page)
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    qapp.processEvents()
    assert "third application" in texts(sheet)
    assert len(applied(stage)) == 2
    QTest.mouseClick(named(sheet, say("today.ask.anyway")), LEFT)
    assert len(applied(stage)) == 3
    qapp.processEvents()
    assert "Also applied at 20:00." in texts(page.morning)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(11, "apply it as soon as you remember"), (14, "leave out the one you missed")],
)
def test_a_late_slot_says_the_rule_of_the_eu_leaflet_with_its_date(stage, page, hour, words):
    stage.clock.set(at(hour))
    page.reload()
    assert words in texts(page.morning)
    assert "Source: EU package leaflet, checked 21 Nov 2026." in texts(page.morning)
    assert page.morning.button("missed").isVisible()


def test_what_the_leaflet_says_to_leave_out_is_not_the_main_thing(stage, page):
    stage.clock.set(at(14))
    page.reload()
    assert page.morning.button("apply").property("kind") == "secondary"
    assert page.evening.button("apply").property("kind") == "primary"


def test_a_late_slot_of_the_us_label_sends_to_pharmacist_or_doctor(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, replace(ANSWERS, leaflet=Leaflet.US, started_on=TODAY))
    stage.clock.set(at(11))
    page = enter(stage, qtbot, qapp)
    assert "Ask your pharmacist or doctor." in texts(page.morning)
    assert "as soon as you remember" not in texts(page)
    stage.close()


def test_missed_and_skipped_say_that_nothing_has_to_be_made_up(stage, page):
    press(page.morning, "skip")
    assert "Nothing to make up: carry on as usual." in texts(page.morning)
    stage.take_back()
    stage.clock.set(at(14))
    page.reload()
    press(page.morning, "missed")
    row = stage.context.applications.between(TODAY, TODAY)[0]
    assert row.outcome is Outcome.MISSED
    assert "Missed" in texts(page.morning)


def test_yesterday_evening_is_asked_about_while_nothing_is_known_of_it(stage, page):
    assert page.carried.isVisible()
    assert "Not recorded" in texts(page.carried)
    press(page.carried, "apply_at")
    row = applied(stage, YESTERDAY)[0]
    assert (row.slot, row.at) == (Slot(YESTERDAY, Part.EVENING), at(20, day=YESTERDAY))
    assert not page.carried.isVisible()


def test_the_week_keeps_missed_and_not_recorded_apart(stage, page, qapp):
    stage.context.applications.set_outcome(Slot(YESTERDAY, Part.EVENING), Outcome.MISSED)
    page.reload()
    qapp.processEvents()
    said = texts(page.rest().week)
    assert "Friday evening was missed." in said
    assert "Friday morning is not recorded." in said
    assert "Nothing to make up: carry on as usual." in said


def test_the_sheet_corrects_time_places_amount_and_note(stage, page, qapp):
    press(page.morning, "apply")
    press(page.morning, "edit")
    qapp.processEvents()
    sheet = open_sheet(page)
    sheet._time.setText("7.15")
    sheet._places.choose(("2",))
    sheet._grams.setText("1,25")
    sheet._note.setPlainText("<b>after swimming</b>")
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    row = applied(stage)[0]
    assert (row.at, row.places, row.grams, row.note) == (at(7, 15), (2,), 1.25, "<b>after swimming</b>")
    said = texts(page.morning)
    assert "Ring finger. 1.3 g of cream." in said or "Ring finger. 1.2 g of cream." in said
    assert "<b>after swimming</b>" in said, "a note is shown letter for letter"
    stage.take_back()
    assert applied(stage)[0].at == at(8)


def test_an_urgent_note_beside_an_application_shows_the_help_page(stage, page, qapp):
    press(page.morning, "apply")
    press(page.morning, "edit")
    qapp.processEvents()
    sheet = open_sheet(page)
    sheet._note.setPlainText("chest pain since this morning")
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    assert stage.host.helped == ["heart"]
    assert applied(stage)[0].note == "chest pain since this morning"


def test_an_amount_that_is_no_number_is_said_beside_its_field(stage, page, qapp):
    press(page.morning, "other_time")
    sheet = open_sheet(page)
    sheet._grams.setText("a pea")
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    assert sheet.isVisible()
    assert "1.5" in sheet._grams_field.error()
    assert applied(stage) == []


def test_a_time_after_midnight_belongs_to_the_evening_before(stage, page, qapp):
    stage.clock.set(at(1, day=TODAY))
    page.reload()
    press(page.carried, "other_time")
    sheet = open_sheet(page)
    sheet._time.setText("0:20")
    sheet._show_day()
    assert "Saturday, 21 November" in sheet._on_day.text()
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    row = applied(stage, YESTERDAY)[0]
    assert row.at == at(0, 20)


def test_the_minutes_run_and_midnight_brings_the_next_day(stage, page):
    stage.clock.set(at(15, 48))
    page.tick()
    assert "in 4 h 12 min" in texts(page.evening)
    stage.clock.set(at(15, 49))
    page.tick()
    assert "in 4 h 11 min" in texts(page.evening)
    stage.clock.set(at(0, 1, day=date(2026, 11, 22)))
    page.ticker.timeout.emit()
    assert page.view.day == date(2026, 11, 22)
    assert "Sunday, 22 November" in texts(page)


def test_another_zone_is_shown_without_waiting(stage, page):
    stage.clock.travel("America/New_York")
    page.tick()
    assert page.view.zone == "America/New_York"
    assert page.view.day == date(2026, 11, 21)


def test_the_clock_rests_while_the_page_is_not_seen(stage, page):
    assert page.ticker.isActive()
    page.hide()
    assert not page.ticker.isActive()


def test_a_reload_reads_at_most_eight_statements(stage, page):
    seen = []
    connection = stage.home.services.record._connection
    connection.set_trace_callback(seen.append)
    page.reload()
    connection.set_trace_callback(None)
    assert 0 < len(seen) <= 8, seen


def test_a_reload_does_not_touch_what_is_being_written(stage, page, qapp):
    press(page.morning, "other_time")
    sheet = open_sheet(page)
    sheet._note.setPlainText("half a thought")
    stage.clock.advance(timedelta(minutes=3))
    page.tick()
    assert sheet.isVisible()
    assert sheet._note.toPlainText() == "half a thought"


def test_before_the_treatment_is_set_up_the_page_teaches(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, None)
    page = enter(stage, qtbot, qapp)
    assert say("today.empty.title") in texts(page)
    page.focus_start()
    QTest.mouseClick(page.focusWidget(), LEFT)
    assert stage.host.went[0][0] == "settings"
    stage.close()


def test_a_morning_overtaken_by_its_evening_is_not_recorded_and_waits_for_nothing(stage, page):
    stage.clock.set(at(18))
    stage.context.applications.log(Log(EVENING, at(18)))
    page.reload()
    assert "Not recorded" in texts(page.morning)
    assert "Can go on from" not in texts(page)
    press(page.morning, "apply_at")
    assert stage.context.applications.between(TODAY, TODAY)[0].at == at(7, 30)


def test_a_full_disk_is_said_in_the_sheet_and_what_was_written_stays(stage, page, qapp, monkeypatch):
    press(page.morning, "other_time")
    sheet = open_sheet(page)
    sheet._note.setPlainText("keep me")

    def full(what):
        raise SurroundingsError("disk_full")

    monkeypatch.setattr(type(stage.context.applications), "log", lambda self, what: full(what))
    QTest.mouseClick(named(sheet, say("today.edit.save")), LEFT)
    qapp.processEvents()
    assert sheet.isVisible()
    assert "The disk is full" in texts(sheet)
    assert sheet._note.toPlainText() == "keep me"


def test_a_record_that_cannot_be_read_any_more_is_said_once(stage, page):
    stage.home.services.record.close()
    stage.clock.advance(timedelta(minutes=2))
    page.tick()
    assert len(stage.host.problems) == 1
    assert not page.ticker.isActive()


def test_the_slots_are_there_at_once_and_the_rest_follows_by_itself(stage, qtbot, qapp):
    page = TodayPage(stage.context)
    qtbot.addWidget(page)
    page.enter()
    assert page._lower is None, "the start does not wait for it"
    page.show()
    qtbot.waitUntil(lambda: page._lower is not None)
    qapp.processEvents()
    assert say("today.week.title") in texts(page)

"""Every kind of entry in the Journal: added from its own sheet, listed, corrected, deleted, looked back at."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from companion.domain.care import (
    CareKind,
    Device,
    Estimate,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.dosing import Application, Outcome
from companion.domain.moments import Part, Slot
from companion.domain.timeline import EntryKind
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.tubes import THREE_OPEN, NewTube
from companion.ui import theme
from companion.ui.pages.journal import JournalPage
from companion.wording import say, use_language
from tests.support.home import TODAY, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import entered, named, open_sheet, settle, texts

LEFT = Qt.MouseButton.LeftButton
FACTS = {
    "light": LightSession(Device.EXCIMER, Decimal("1.5")),
    "treatment": OtherTreatment("Tacrolimus & <b>co</b>", Form.CREAM),
    "skin_day": SkinDay(OnSkin.SUN),
    "estimate": Estimate(1, Decimal("0.75")),
    "score": Score((RegionScore(ScoreRegion.HANDS, Decimal(2), 75),), True, "Dr. Conti"),
    "noticing": Noticing(2),
    "visit": Visit("Can I swim?", "Yes.", TODAY + timedelta(days=90)),
}
FIRST_LINES = {
    "light": "Light session: excimer light",
    "treatment": "Tacrolimus & <b>co</b>",
    "skin_day": "In the sun",
    "estimate": "Face: ¾ handprint",
    "score": "Area score 1.5",
    "noticing": "On the whole: somewhat noticeable",
    "visit": "Visit",
}


@pytest.fixture
def page(stage, qtbot, qapp):
    made = entered(JournalPage, stage, (1085, 832))
    qtbot.addWidget(made)
    return made


def care(stage, kind, **values):
    done = stage.context.care_entries.add(NewCare(FACTS[kind], **values))
    stage.bus.announce(done.changes)
    return done.id


def rows(page):
    return [page.model.index(number).data() for number in range(page.model.rowCount())]


def save(sheet):
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)


def stored(stage, kind):
    (found,) = stage.context.care_entries.of_kinds(CareKind(kind))
    return found


# The list


@pytest.mark.parametrize("kind", FACTS)
def test_each_kind_has_its_own_first_line_and_opens_its_own_sheet(stage, page, kind):
    number = care(stage, kind)
    assert FIRST_LINES[kind] in rows(page)
    page.list.choose((kind, number))
    page.list.press("edit")
    sheet = open_sheet(page)
    assert sheet.accessibleName() == say(f"journal.{kind}.edit")
    save(sheet)
    assert stored(stage, kind).what == FACTS[kind], "saved without a change it says the same"


@pytest.mark.parametrize("kind", FACTS)
def test_each_kind_is_deleted_and_comes_back(stage, page, kind):
    number = care(stage, kind)
    page.list.choose((kind, number))
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert rows(page) == ["Thursday, 1 October", say("journal.line.tube")]
    stage.take_back()
    assert FIRST_LINES[kind] in rows(page)


def test_a_tube_and_a_note_on_an_application_stand_among_them(stage, page, qapp):
    slot = Slot(TODAY - timedelta(days=1), Part.EVENING)
    done = stage.context.applications.log(Log(slot=slot, at=at(20, 5, slot.day), note="by the sea"))
    stage.bus.announce(done.changes)
    assert rows(page)[:2] == ["Friday, 20 November", "Evening of 20 Nov: applied"]
    assert rows(page)[-1] == "New tube opened"
    row = page.model.entry_at(page.model.index(1))
    assert isinstance(row.entry, Application)
    page.list.choose(row.key)
    page.list.press("edit")
    assert open_sheet(page)._row.outcome is Outcome.APPLIED


def test_a_doctors_words_and_the_persons_own_are_told_apart(stage, page):
    tags = {}
    for kind in ("score", "estimate"):
        care(stage, kind)
    for number in range(page.model.rowCount()):
        row = page.model.entry_at(page.model.index(number))
        if row is not None:
            tags[row.kind] = row.tag
    assert tags[EntryKind.SCORE] == "From the doctor"
    assert tags[EntryKind.ESTIMATE] == "Own estimate"


def test_only_what_has_a_time_of_day_shows_one(stage, page):
    number = care(stage, "light")
    row = page.model.entry_at(page.model.index_of(("light", number)))
    assert row.time == ""
    heard = page.model.index_of(("light", number)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == ("Saturday, 21 November. Light session: excimer light. 1.5 minutes.")


def test_a_treatment_still_used_is_over_with_one_press(stage, page, qapp):
    number = care(stage, "treatment", day=TODAY - timedelta(days=9))
    page.list.choose(("treatment", number))
    settle(qapp)
    assert page.list.row_actions().gone.text() == say("journal.over")
    QTest.mouseClick(page.list.row_actions().gone, LEFT)
    assert stored(stage, "treatment").ended_on == TODAY
    stage.take_back()
    assert stored(stage, "treatment").ended_on is None


# Adding


def test_the_menu_names_every_kind_and_opens_its_sheet(stage, page, qapp):
    page.add.click()
    kinds = [str(action.property("kind")) for action in page.menu.actions() if not action.isSeparator()]
    every = {kind.value for kind in EntryKind} - {"application"} | {"prescription"}
    assert set(kinds) == every
    page.menu.close()
    for kind in kinds:
        page.menu.action(kind).trigger()
        sheet = open_sheet(page)
        assert sheet.accessibleName()
        assert unnamed_controls(sheet) == []
        assert sheet.isAncestorOf(page.window().focusWidget())
        sheet.reject()
        settle(qapp)


def test_the_menu_works_by_keyboard_alone(stage, page, qapp):
    page.add.setFocus()
    QTest.keyClick(page.add, Qt.Key.Key_Return)
    settle(qapp)
    for _ in range(2):
        QTest.keyClick(page.menu, Qt.Key.Key_Down)
    QTest.keyClick(page.menu, Qt.Key.Key_Return)
    settle(qapp)
    assert open_sheet(page).kind() == "note"


def test_a_light_session_is_noted(stage, page):
    page.sheets.add("light")
    sheet = open_sheet(page)
    save(sheet)
    assert say("journal.sheet.choose") in texts(sheet)
    sheet.device.choose(("nbuvb_hand",))
    sheet.minutes.setText("four")
    save(sheet)
    assert say("journal.light.minutes_unclear") in texts(sheet)
    sheet.minutes.setText("2000")
    save(sheet)
    assert say("errors.light_minutes", most=180) in texts(sheet)
    sheet.minutes.setText("3,5")
    sheet.where.choose(("2",))
    sheet.day.set_value(TODAY - timedelta(days=3))
    save(sheet)
    entry = stored(stage, "light")
    assert entry.what == LightSession(Device.NBUVB_HAND, Decimal("3.5"))
    assert (entry.places, entry.day) == ((2,), TODAY - timedelta(days=3))
    stage.take_back()
    assert stage.context.care_entries.of_kinds(CareKind.LIGHT) == ()


def test_an_end_before_the_start_is_said_beside_the_field_and_nothing_is_lost(stage, page, qapp):
    page.sheets.add("treatment")
    sheet = open_sheet(page)
    sheet.named.setText("Vitamin D")
    sheet.state.segment("over").click()
    sheet.ended.set_value(TODAY - timedelta(days=5))
    sheet.note.setPlainText("keep me")
    save(sheet)
    settle(qapp)
    assert sheet.isVisible()
    assert sheet._ended_field.error() == say("errors.end_before_start")
    assert sheet.note.toPlainText() == "keep me"
    sheet.day.set_value(TODAY - timedelta(days=8))
    save(sheet)
    assert stored(stage, "treatment").ended_on == TODAY - timedelta(days=5)


def test_a_day_that_is_still_to_come_is_refused_beside_its_field(stage, page):
    page.sheets.add("visit")
    sheet = open_sheet(page)
    sheet.day.line.setText("25/12/2026")
    save(sheet)
    assert "21 Nov 2026" in sheet.day_field.error()
    sheet.day.set_value(TODAY)
    sheet.next.set_value(TODAY - timedelta(days=1))
    save(sheet)
    assert sheet._next_field.error() == say("errors.next_before_visit")


def test_what_was_begun_and_left_is_there_again(stage, page, qapp):
    page.sheets.add("visit")
    sheet = open_sheet(page)
    sheet.asked.setPlainText("May I swim")
    sheet.reject()
    page.sheets.add("visit")
    sheet = open_sheet(page)
    assert sheet.asked.toPlainText() == "May I swim"
    save(sheet)
    page.sheets.add("visit")
    assert open_sheet(page).asked.toPlainText() == ""


def test_a_novel_and_markup_stay_as_they_are(stage, page):
    novel = "<img src=x> & 😀 " * 5000
    page.sheets.add("visit")
    sheet = open_sheet(page)
    sheet.said.setPlainText(novel)
    save(sheet)
    assert stored(stage, "visit").what.said == novel.strip()
    row = page.model.entry_at(page.model.index(1))
    assert len(row.details) < 1400
    assert "<img src=x> &" in row.details


@pytest.mark.parametrize("kind", ["skin_day", "noticing"])
def test_nothing_chosen_is_said_beside_the_choice(stage, page, kind):
    page.sheets.add(kind)
    sheet = open_sheet(page)
    save(sheet)
    assert sheet.isVisible()
    assert stage.context.care_entries.of_kinds() == ()


def test_how_noticeable_of_one_place(stage, page):
    page.sheets.add("noticing")
    sheet = open_sheet(page)
    sheet.level.choose(("3",))
    sheet.place.group.chip("2").click()
    save(sheet)
    assert stored(stage, "noticing").places == (2,)
    assert "Ring finger: clearly noticeable" in rows(page)


# Help first


@pytest.mark.parametrize("kind", ["visit", "treatment", "light", "score"])
def test_a_sign_typed_anywhere_shows_help_before_it_is_kept(stage, page, kind):
    seen = []
    stage.host.on_help = lambda: seen.append(stage.context.care_entries.of_kinds())
    number = care(stage, kind)
    before = stage.context.care_entries.get(number)
    page.list.choose((kind, number))
    page.list.press("edit")
    sheet = open_sheet(page)
    sheet.note.setPlainText("and now chest pain")
    save(sheet)
    assert len(stage.host.helped) == 1
    assert seen == [(before,)]
    assert stored(stage, kind).help_shown_at is not None


# What it said before


def test_earlier_versions_are_shown_on_request(stage, page, qapp):
    number = care(stage, "light")
    page.list.choose(("light", number))
    settle(qapp)
    assert not page.list.row_actions().history.isVisible()
    page.list.press("edit")
    sheet = open_sheet(page)
    sheet.minutes.setText("4")
    save(sheet)
    settle(qapp)
    page.list.choose(None)
    page.list.choose(("light", number))
    settle(qapp)
    QTest.mouseClick(page.list.row_actions().history, LEFT)
    told = texts(open_sheet(page))
    assert "4 minutes." in told
    assert "1.5 minutes." in told
    assert told.index("4 minutes.") < told.index("1.5 minutes.")


# The prescription


def test_the_prescription_is_at_hand(stage, page, qapp):
    assert not page.prescription.isVisible()
    page.sheets.add("prescription")
    sheet = open_sheet(page)
    sheet.fields["pharmacy"].setText("<b>Corner</b>")
    sheet.fields["number"].setText("0123")
    QTest.mouseClick(named(sheet, say("journal.sheet.save")), LEFT)
    settle(qapp)
    assert page.prescription.isVisible()
    assert "Pharmacy: <b>Corner</b>\nNumber: 0123" in texts(page.prescription)
    stage.take_back()
    settle(qapp)
    assert not page.prescription.isVisible()


# Tubes


def test_several_open_tubes_are_told_and_one_can_be_finished(stage, page):
    for ago in (9, 4):
        stage.context.care.open_tube(NewTube(100, TODAY - timedelta(days=ago)), None, (THREE_OPEN,))
    page.sheets.add("tube")
    sheet = open_sheet(page)
    assert "Then 4 tubes are open at the same time" in texts(sheet)
    oldest = stage.context.care.tubes()[-1]
    sheet._which.chip(str(oldest.id)).click()
    assert "Then 3 tubes" in texts(sheet)
    QTest.mouseClick(named(sheet, say("today.tube.save")), LEFT)
    tubes = stage.context.care.tubes()
    assert len([tube for tube in tubes if tube.finished_on is None]) == 3
    assert tubes[-1].finished_on == TODAY


def test_an_empty_tube_and_an_end_before_the_opening_are_said_beside_their_fields(stage, page, qapp):
    (tube,) = stage.context.care.tubes()
    page.list.choose(("tube", tube.id))
    page.list.press("edit")
    sheet = open_sheet(page)
    sheet._size.chip("other").click()
    sheet._exact.setText("0")
    sheet._finished.click()
    sheet._end.set_value(tube.opened_on - timedelta(days=1))
    QTest.mouseClick(named(sheet, say("today.tube.save")), LEFT)
    assert sheet._exact_field.error() == say("errors.tube_grams", most=500)
    assert sheet._end_field.error() == say("errors.end_before_start")
    assert stage.context.care.tubes() == (tube,)


# All of it


@pytest.mark.parametrize(("scale", "size"), [(1.0, (764, 640)), (1.0, (1085, 832)), (1.5, (847, 640))])
@pytest.mark.parametrize("language", ["en", "it"])
def test_nothing_is_cut_nameless_or_too_low(stage, qtbot, qapp, language, scale, size):
    use_language(language)
    theme.apply(qapp, theme.load("light", scale))
    for kind in FACTS:
        care(stage, kind, note="two words")
    page = entered(JournalPage, stage, size)
    qtbot.addWidget(page)
    page.bar.kinds.more.click()
    settle(qapp)
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
    assert low_controls(page) == []
    for kind in FACTS:
        page.sheets.add(kind)
        settle(qapp)
        sheet = open_sheet(page)
        save(sheet)
        settle(qapp)
        if sheet.isVisible():
            assert clipped_labels(sheet) == []
            assert unnamed_controls(sheet) == []
            assert low_controls(sheet) == []
            sheet.reject()
            settle(qapp)

"""What reminders say on Today: the late one, another zone, a pause, and what keeps them from the person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from companion.desktop.notifier import Channel, ChannelState
from companion.domain.dosing import Outcome
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Key, Kind
from companion.services.applications import Log
from companion.ui.pages.today import TodayPage
from companion.ui.pages.today.earlier_sheet import EarlierSheet
from companion.ui.pages.today.sheet import ApplicationSheet
from companion.ui.standing import Login
from companion.wording import say
from tests.support.home import ANSWERS, ROME, TODAY, at
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage

MORNING, EVENING = Slot(TODAY, Part.MORNING), Slot(TODAY, Part.EVENING)
YESTERDAY = TODAY - timedelta(days=1)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make(tmp_path, qtbot, qapp):
    """Return a page at a wall-clock time of the day; what reminds is on its stage."""
    stages = []

    def build(hour, minute=0, leaflet=Leaflet.EU, started=YESTERDAY, before=None):
        stage = Stage(tmp_path / str(len(stages)), replace(ANSWERS, started_on=started, leaflet=leaflet), reminds=True)
        stages.append(stage)
        stage.clock.set(at(hour, minute))
        if before is not None:
            before(stage)
        page = TodayPage(stage.context)
        page.stage = stage
        qtbot.addWidget(page)
        page.resize(1085, 832)
        page.enter()
        page.show()
        qapp.processEvents()
        page.rest()
        qapp.processEvents()
        return page

    yield build
    for stage in stages:
        stage.close()


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def record_yesterday(stage):
    for part in Part:
        stage.context.applications.set_outcome(Slot(YESTERDAY, part), Outcome.MISSED)


# The late one


def test_a_reminder_that_came_late_is_one_card_with_the_leaflets_word(make):
    page = make(9, 30)
    late = page.reminders.late
    assert page.reminders.late_slot() == MORNING
    said = texts(late)
    assert say("reminding.late.title", slot="Morning", time="07:30") in said
    assert say("today.advice.apply_now") in said
    assert "EU package leaflet" in said
    assert [each.isVisible() for each in (late.button("apply"), late.later, late.button("skip"))] == [True] * 3


def test_the_slot_below_leaves_the_word_and_the_buttons_to_it(make):
    page = make(9, 30)
    assert say("today.advice.apply_now") not in texts(page.morning)
    assert not page.morning._row.isVisibleTo(page)
    page.focus_start()
    assert page.focusWidget() is page.reminders.late.button("apply")


def test_a_leaflet_without_a_rule_says_to_ask(make):
    page = make(9, 30, leaflet=Leaflet.US)
    said = texts(page.reminders.late)
    assert say("today.advice.ask") in said
    assert "EU package leaflet" not in said


def test_logging_from_the_card_takes_it_away_and_gives_the_slot_its_buttons_back(make, qapp):
    page = make(9, 30)
    QTest.mouseClick(page.reminders.late.button("apply"), LEFT)
    qapp.processEvents()
    assert page.reminders.late_slot() is None
    assert page.stage.context.applications.between(TODAY, TODAY)[0].slot == MORNING
    assert page.morning.button("edit").isVisible()


def test_the_eight_hours_are_asked_about_on_the_card(make, qapp):
    def before(stage):
        stage.clock.set(at(3))
        stage.context.applications.log(Log(slot=Slot(YESTERDAY, Part.EVENING), at=at(3)))
        stage.clock.set(at(11, 15))

    page = make(11, 15, before=before)
    stage = page.stage
    assert page.reminders.late_slot() == MORNING
    stage.clock.set(at(10, 45))  # the clock was put right: not eight hours yet
    QTest.mouseClick(page.reminders.late.button("apply"), LEFT)
    qapp.processEvents()
    assert say("today.ask.title") in texts(page.reminders.late)
    assert all(each.slot != MORNING for each in stage.context.applications.between(TODAY, TODAY))


def test_later_asks_when_and_says_when_it_comes_back(make, qapp):
    page = make(9, 30)
    late = page.reminders.late
    QTest.mouseClick(late.later, LEFT)
    qapp.processEvents()
    chip = next(each for each in late.spans if each.text() == "In 1 hour")
    assert chip.isVisible()
    QTest.mouseClick(chip, LEFT)
    qapp.processEvents()
    assert say("reminding.late.snoozed", when="today at 10:30") in texts(late)
    ahead = {each.key: each.at for each in page.stage.context.reminding.outlook().ahead}
    assert ahead[Key(Kind.APPLICATION, TODAY, Part.MORNING)] == at(10, 30)
    assert not chip.isVisible()
    page.stage.take_back()
    assert page.stage.context.reminding.outlook().announce is not None


def test_later_says_what_comes_instead_when_the_next_is_due_before(make, qapp):
    page = make(19, 30)
    late = page.reminders.late
    late.spans[-1].click()
    qapp.processEvents()
    said = say("reminding.late.instead", when="today at 20:00")
    assert said in texts(late)
    assert page.stage.host.offers[-1][0] == said


def test_later_names_the_moment_from_which_it_may_go_on(make, qapp):
    def before(stage):
        stage.context.applications.log(Log(slot=Slot(YESTERDAY, Part.EVENING), at=at(3)))

    page = make(11, 15, before=before)
    page.stage.clock.set(at(10, 40))  # the clock was put right
    page.reminders.late.spans[0].click()
    qapp.processEvents()
    assert say("reminding.late.snoozed", when="today at 11:00") in texts(page.reminders.late)


def test_with_nothing_after_it_later_promises_nothing(make, qapp):
    page = make(19, 30)
    page.stage.context.care.pause(TODAY + timedelta(days=1))
    page.stage.context.applications.set_outcome(EVENING, Outcome.SKIPPED)
    page.reminders.late.spans[-1].click()
    qapp.processEvents()
    assert say("reminding.late.no_more") in texts(page.reminders.late)


def test_a_sleep_that_nobody_saw_is_not_the_reason(make, qapp):
    page = make(9, 30)
    assert say("reminding.late.text") in texts(page.reminders.late)
    page.stage.resident.tell(away=False)
    qapp.processEvents()
    assert page.reminders.late_slot() == MORNING
    assert say("reminding.late.text") not in texts(page.reminders.late)


def test_what_was_not_recorded_before_is_one_quiet_line_that_leads_to_it(make, qapp):
    page = make(9, 30)
    late = page.reminders.late
    assert say("reminding.late.earlier", count=2) in texts(late)
    QTest.mouseClick(late.earlier, LEFT)
    sheet = next(each for each in page.findChildren(EarlierSheet) if each.isVisible())
    assert len(sheet.choices) == 2
    sheet.choices[0].click()
    qapp.processEvents()
    form = next(each for each in page.findChildren(ApplicationSheet) if each.isVisible())
    form.reject()
    page.stage.context.applications.set_outcome(Slot(YESTERDAY, Part.EVENING), Outcome.MISSED)
    page.reload()
    assert say("reminding.late.earlier", count=1) in texts(late)
    record_yesterday(page.stage)
    page.reload()
    assert not late.earlier.isVisible()


def test_what_was_told_in_time_is_no_late_card(make):
    def before(stage):
        stage.clock.set(at(7, 30))
        stage.context.reminding.told(stage.context.reminding.outlook().announce)
        stage.clock.set(at(9, 45))

    page = make(9, 45, before=before)
    assert page.reminders.late_slot() is None
    assert page.morning.button("apply").isVisible()


def test_the_card_stays_when_the_reminder_was_told_meanwhile_until_the_next_is_due(make, qapp):
    page = make(9, 30)
    reminding = page.stage.context.reminding
    reminding.told(reminding.outlook().announce)
    page.reload()
    assert page.reminders.late_slot() == MORNING
    page.stage.clock.set(at(20, 1))
    page.reload()
    assert page.reminders.late_slot() is None


def test_the_resident_tells_of_one_that_came_late_before_the_page_was_there(make, qapp):
    page = make(9, 30)
    caught = page.stage.context.reminding.outlook().announce
    page.stage.context.reminding.told(caught)
    page.stage.resident.caught = caught
    page.reminders._caught = None
    page.stage.resident.tell()
    assert page.reminders.late_slot() == MORNING


def test_nothing_is_late_where_nothing_reminds(tmp_path, qtbot, qapp):
    stage = Stage(tmp_path, replace(ANSWERS, started_on=YESTERDAY))
    try:
        stage.clock.set(at(9, 30))
        page = TodayPage(stage.context)
        qtbot.addWidget(page)
        page.enter()
        page.rest()
        assert page.reminders.parts() == ()
        assert page.morning.button("apply").isVisibleTo(page)
    finally:
        stage.close()


# Another zone


def in_tokyo(stage):
    stage.context.reminding.zone_question()  # the first zone seen is the person's own
    record_yesterday(stage)
    stage.context.applications.log(Log(slot=MORNING))
    stage.clock.travel("Asia/Tokyo")


def test_another_zone_is_asked_about_with_the_next_three_of_each(make):
    page = make(9, 30, before=in_tokyo)
    card = page.reminders.zone
    said = texts(card)
    assert say("reminding.zone.title", here="Tokyo") in said
    assert say("reminding.zone.text", home="Rome") in said
    assert len(card.question.moving) == len(card.question.staying) == 3
    assert "Tomorrow at 04:00, 20:00 in Rome (evening)" in said
    assert say("reminding.zone.until.move") in said


@pytest.mark.parametrize(("move", "home"), [(True, None), (False, "Europe/Rome")])
def test_the_answer_is_kept_asked_once_and_can_be_taken_back(make, qapp, move, home):
    page = make(9, 30, before=in_tokyo)
    card = page.reminders.zone
    QTest.mouseClick(card.moving if move else card.staying, LEFT)
    qapp.processEvents()
    assert page.stage.context.reminding.settings().home == home
    assert page.reminders.zone is None
    page.stage.take_back()
    assert page.reminders.zone is not None


def test_what_is_late_by_travel_is_not_put_down_to_sleep(make, qapp):
    def before(stage):
        stage.context.reminding.zone_question()
        record_yesterday(stage)
        stage.clock.travel("Asia/Tokyo")

    page = make(7, 0, before=before)
    assert page.reminders.late_slot() == MORNING
    assert say("reminding.late.text") not in texts(page.reminders.late)
    page.reminders.zone.moving.click()
    qapp.processEvents()
    assert page.reminders.late_slot() == MORNING
    assert say("reminding.late.text") not in texts(page.reminders.late)


# A pause, and what keeps reminders from the person


def test_a_pause_says_until_when_and_can_be_ended(make, qapp):
    def before(stage):
        stage.context.care.pause(TODAY, TODAY + timedelta(days=3))

    page = make(9, 30, before=before)
    note = page.reminders.paused
    assert say("reminding.paused.title_until", day="24 November 2026") in texts(note)
    assert page.reminders.late_slot() is None
    note.acted.emit()
    qapp.processEvents()
    assert page.reminders.paused is None
    page.stage.take_back()
    assert page.reminders.paused is not None


@pytest.mark.parametrize("state", [ChannelState.NO_BUS, ChannelState.NO_SERVER, ChannelState.REFUSED])
def test_bad_health_is_said_with_what_to_do(make, qapp, state):
    page = make(8, before=record_yesterday)
    assert page.reminders.health is None
    page.stage.resident.tell(channel=Channel(state))
    note = page.reminders.health
    assert say(f"reminding.health.{state.value}") in note.message()
    assert say(f"reminding.health.{state.value}_do") in note.message()
    note.again.emit()
    assert page.stage.resident.refreshed == 1
    note.more.emit()
    assert page.stage.host.went == [("settings", "reaching")]
    page.stage.resident.tell(channel=Channel(ChannelState.WORKS, "dunst", False, True))
    assert page.reminders.health is None


def test_do_not_disturb_is_said_quietly(make):
    page = make(8, before=record_yesterday)
    page.stage.resident.tell(channel=Channel(ChannelState.WORKS, "dunst", True, True))
    note = page.reminders.health
    assert say("reminding.health.disturb_do") in note.message()
    assert note.accessibleName() == say("reminding.health.disturb")


def test_a_start_at_login_that_points_elsewhere_is_put_right(make):
    page = make(8, before=record_yesterday)
    page.stage.resident.tell(login=Login.STALE)
    page.reminders.health.mended.emit()
    assert page.stage.resident.login is Login.ON
    assert page.reminders.health is None


@pytest.mark.parametrize(("zone", "guessed", "said"), [("UTC", True, True), ("UTC", False, False), (ROME, True, False)])
def test_a_zone_that_is_only_guessed_is_said(make, monkeypatch, zone, guessed, said):
    monkeypatch.setattr("companion.ui.pages.today.reminder_cards.zone_is_guessed", lambda: guessed)
    page = make(9, 30, before=lambda stage: stage.clock.travel(zone))
    health = page.reminders.health
    assert (health is not None) is said
    if said:
        assert say("reminding.health.zone") in health.message()
        assert clipped_labels(health) == []


def test_a_clock_that_cannot_be_right_is_said(make):
    page = make(8, before=record_yesterday)
    page.stage.clock.set(datetime(2101, 5, 1, 12, tzinfo=UTC))
    page.reload()
    assert say("reminding.health.clock", day="1 May 2101") in page.reminders.health.message()


def test_who_switched_reminders_off_is_not_warned(make):
    def before(stage):
        reminding = stage.context.reminding
        reminding.change(replace(reminding.settings(), on=False))
        stage.resident.channel = Channel(ChannelState.NO_SERVER)

    page = make(9, 30, before=before)
    assert page.reminders.parts() == ()
    assert page.reminders.isHidden()


# What is seen and heard


@pytest.mark.parametrize("size", [(720, 640), (1085, 832)])
def test_nothing_is_cut_or_without_a_name(make, qapp, size):
    def before(stage):
        stage.context.reminding.zone_question()
        stage.clock.travel("Africa/Cairo")
        stage.resident.channel = Channel(ChannelState.NO_SERVER)

    page = make(9, 30, before=before)
    page.resize(*size)
    page.reminders.late.later.click()
    for _ in range(3):
        qapp.processEvents()
    assert len(page.reminders.parts()) == 3
    assert clipped_labels(page) == []
    assert unnamed_controls(page) == []
    assert low_controls(page) == []


def test_tab_goes_down_the_cards_first(make, qapp):
    page = make(9, 30)
    late = page.reminders.late
    late.button("apply").setFocus()
    seen = []
    for _ in range(12):
        page.focusNextChild()
        seen.append(page.focusWidget())
    assert seen.index(late.earlier) < seen.index(page.evening.button("skip"))

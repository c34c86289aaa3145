"""The reminders in the settings: what is chosen is kept, how they stand is said, and a test tells how it went."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from companion.desktop.notifier import Channel, ChannelState
from companion.domain.errors import SurroundingsError
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Quiet
from companion.services.applications import Log
from companion.ui.pages.settings import SettingsPage
from companion.ui.standing import Login, Trial
from companion.wording import say, use_language
from tests.support.home import TODAY
from tests.support.looks import clipped_labels, low_controls, unnamed_controls
from tests.support.stage import Stage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(tmp_path, qapp):
    made = Stage(tmp_path, reminds=True)
    made.context = replace(made.context, custody=made.home.services.custody)
    yield made
    made.close()


@pytest.fixture
def page(stage, qtbot, qapp):
    return show(stage, qtbot, qapp)


def show(stage, qtbot, qapp, size=(1085, 832)):
    made = SettingsPage(stage.context)
    qtbot.addWidget(made)
    made.resize(*size)
    made.enter("reaching")
    made.show()
    qapp.processEvents()
    return made


def chosen(stage):
    return stage.context.reminding.settings()


def enter(field, value):
    field.setText(value)
    field.editingFinished.emit()


def texts(root):
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisibleTo(root))


# What is chosen


@pytest.mark.parametrize("field", ["on", "sound", "photo_day", "tube_order"])
def test_a_switch_acts_at_once(page, stage, field):
    before = getattr(chosen(stage), field)
    getattr(page.section("reminders"), field).click()
    assert getattr(chosen(stage), field) is not before


def test_follow_ups_are_none_or_the_two_that_are_named(page, stage):
    section = page.section("reminders")
    section.follow_ups.click()
    assert chosen(stage).follow_ups == ()
    section.follow_ups.click()
    assert chosen(stage).follow_ups == (timedelta(minutes=30), timedelta(hours=2))


def test_later_text_and_quiet_hours_are_kept(page, stage):
    section = page.section("reminders")
    section.later.segment("60").click()
    section.text.option("full").click()
    enter(section.quiet_from, "23:00")
    assert chosen(stage).later == timedelta(hours=1)
    assert chosen(stage).discreet is False
    assert chosen(stage).quiet == Quiet(time(23), time(6, 30))
    section.quiet.click()
    assert chosen(stage).quiet is None
    assert not section.quiet_from.isVisible()
    section.quiet.click()
    assert chosen(stage).quiet == Quiet(time(23), time(6, 30))


def test_quiet_hours_that_are_none_are_refused_where_they_stand(page, stage):
    section = page.section("reminders")
    enter(section.quiet_to, "22:30")
    assert say("reminding.set.quiet_same") in texts(section)
    assert chosen(stage).quiet == Quiet(time(22, 30), time(6, 30))


def test_who_switches_reminders_off_finds_the_rest_resting(page, stage):
    section = page.section("reminders")
    section.on.click()
    assert [each.isEnabled() for each in (section.sound, section.text, section.later, section.quiet)] == [False] * 4
    assert section.on.isEnabled()
    assert say("reminding.panel.silence.off") in texts(page.section("reaching"))


def test_the_zone_to_follow_can_be_chosen_after_the_question(page, stage):
    section = page.section("reminders")
    section.zone.segment("stay").click()
    assert chosen(stage).home == "Europe/Rome"
    stage.clock.travel("Asia/Tokyo")
    assert stage.context.clock.zone() == "Europe/Rome"
    assert say("reminding.set.zone.stay_text", home="Rome") in texts(section)
    section.zone.segment("move").click()
    assert chosen(stage).home is None
    assert say("reminding.set.zone.move_text", here="Tokyo") in texts(section)


def test_the_switches_show_what_is_kept_without_writing_it(page, stage):
    reminding = stage.context.reminding
    done = reminding.change(replace(chosen(stage), sound=True, follow_ups=(), later=timedelta(minutes=45)))
    stage.bus.announce(done.changes)
    section = page.section("reminders")
    assert (section.sound.isChecked(), section.follow_ups.isChecked()) == (True, False)
    assert chosen(stage).later == timedelta(minutes=45)


# Other times on some days


def test_some_days_can_have_other_times(page, stage):
    section, care = page.section("times"), stage.context.care
    section.some_days.click()
    now = care.current().times_on(TODAY)
    assert (now.other_days, now.other_morning, now.other_evening) == (frozenset({6, 7}), time(8, 30), time(21))
    enter(section.other.morning, "9:15")
    section.days.chip("5").click()
    now = care.current().times_on(TODAY)
    assert (now.other_days, now.other_morning, now.morning) == (frozenset({5, 6, 7}), time(9, 15), time(7, 30))
    stage.take_back()
    assert care.current().times_on(TODAY).other_days == frozenset({6, 7})
    enter(section.times.morning, "7:00")
    assert care.current().times_on(TODAY).other_morning == time(9, 15)
    section.some_days.click()
    assert care.current().times_on(TODAY).other_days == frozenset()
    stage.take_back()
    assert care.current().times_on(TODAY).other_days == frozenset({6, 7})
    assert section.some_days.isChecked()


def test_other_times_that_cannot_be_are_refused_where_they_stand(page, stage):
    section = page.section("times")
    section.some_days.click()
    enter(section.other.evening, "12:00")
    assert section.other.error() == say("errors.times_too_close", hours=8)
    enter(section.other.evening, "21:00")
    for day in ("6", "7"):
        section.days.chip(day).click()
    assert section.other.error() == say("reminding.days.none")
    for day in range(1, 8):
        section.days.chip(str(day)).click()
    assert section.other.error() == say("reminding.days.all")
    assert stage.context.care.current().times_on(TODAY).other_days == frozenset({1, 2, 3, 4, 5, 6})


# A pause


def test_a_pause_is_made_shown_ended_and_taken_back(page, stage):
    section = page.section("pause")
    section.last.set_value(TODAY + timedelta(days=4))
    section.begin.click()
    pause = stage.context.care.current().pause_on(TODAY)
    assert (pause.first, pause.last) == (TODAY, TODAY + timedelta(days=4))
    assert say("reminding.pause.now_until", first="21 November 2026", last="25 November 2026") in texts(section)
    assert not section.begin.isVisible()
    assert say("reminding.panel.silence.paused") in texts(page.section("reaching")) or "25" in texts(section)
    section.end.click()
    assert stage.context.care.current().pause_on(TODAY) is None
    stage.take_back()
    assert stage.context.care.current().pause_on(TODAY) is not None


def test_a_pause_without_an_end_lasts_until_it_is_ended(page, stage):
    section = page.section("pause")
    section.begin.click()
    assert stage.context.care.current().pause_on(TODAY + timedelta(days=900)) is not None
    assert say("reminding.panel.silence.paused") in texts(page.section("reaching"))


def test_a_pause_that_cannot_be_is_refused_where_it_stands(page, stage):
    section = page.section("pause")
    section.first.set_value(TODAY)
    section.last.set_value(TODAY - timedelta(days=2))
    section.begin.click()
    assert stage.context.care.current().pauses == ()
    assert section.begin.isVisible()
    assert section._message.isVisible() or section._last_field.error()


# How they stand


def test_the_next_and_the_last_one_are_said(page, stage):
    section = page.section("reaching")
    reminding = stage.context.reminding
    reminding.told(reminding.outlook().announce)
    stage.context.applications.log(Log(slot=Slot(TODAY, Part.MORNING)))
    stage.resident.tell()
    said = texts(section)
    assert say("reminding.panel.next_text", when="Today at 08:00", what="the morning application") in said
    assert "photo day" in said or "the evening application" in said


@pytest.mark.parametrize("state", list(ChannelState))
def test_every_state_of_the_channel_has_words(page, stage, state):
    section = page.section("reaching")
    stage.resident.tell(channel=Channel(state))
    assert section.shown.text()
    bad = state in (ChannelState.NO_BUS, ChannelState.NO_SERVER, ChannelState.REFUSED)
    assert section.again.isVisible() is (bad or state is ChannelState.UNKNOWN)
    if bad:
        assert say(f"reminding.health.{state.value}_do") in texts(section)


@pytest.mark.parametrize("login", list(Login))
def test_every_state_of_the_login_has_words(page, stage, login):
    section = page.section("reaching")
    stage.resident.tell(login=login)
    assert say(f"reminding.panel.login.{login.value}") in texts(section)
    assert section.login.isChecked() is (login is Login.ON)


def test_the_switches_of_the_computer_act_at_once_or_say_why_not(page, stage):
    section = page.section("reaching")
    section.login.click()
    assert stage.resident.login is Login.OFF
    stage.resident.refusal = SurroundingsError("target_not_writable")
    section.login.click()
    assert not section.login.isChecked()
    assert section._message.isVisible()
    section.stays.click()
    assert stage.resident.stays is False
    assert say("reminding.panel.closed.ends") in texts(section)


def test_a_test_says_how_far_it_came(page, stage):
    section = page.section("reaching")
    section.test.click()
    for trial in Trial:
        section._trial = None
        stage.resident.trials[-1](trial)
        assert say(f"reminding.panel.test.{trial.value}") in texts(section)


def test_an_answer_in_the_window_proves_no_notification(page, stage):
    section = page.section("reaching")
    section.test.click()
    stage.resident.trials[-1](Trial.WINDOW)
    stage.resident.trials[-1](Trial.SEEN)
    assert say("reminding.panel.test.seen_here") in texts(section)
    assert say("reminding.panel.test.seen") not in texts(section)


def test_a_test_that_answers_after_the_page_is_gone_does_nothing(stage, qtbot, qapp):
    page = show(stage, qtbot, qapp)
    page.section("reaching").test.click()
    import shiboken6

    shiboken6.delete(page)
    stage.resident.trials[-1](Trial.SEEN)


# The phone


def test_the_calendar_file_is_saved_and_named(page, stage, tmp_path, qtbot):
    section = page.section("phone")
    file = tmp_path / "reminders.ics"
    section.save_to(file)
    qtbot.waitUntil(lambda: section.save.isEnabled())
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert say("reminding.phone.saved", file="reminders.ics") in texts(section)
    stage.context.care.pause(TODAY)
    section.save_to(file)
    qtbot.waitUntil(lambda: section.save.isEnabled())
    assert say("reminding.phone.saved_none", file="reminders.ics") in texts(section)
    section.save_to(tmp_path / "nowhere" / "x.ics")
    qtbot.waitUntil(lambda: section.save.isEnabled())
    assert section._message.message() == say("errors.target_not_writable")


# What is seen and heard


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("size", [(720, 640), (1085, 832)])
def test_nothing_is_cut_or_without_a_name(stage, qtbot, qapp, size, language):
    use_language(language)
    try:
        stage.resident.channel = Channel(ChannelState.NO_SERVER)
        page = show(stage, qtbot, qapp, size)
        page.section("times").some_days.click()
        page.section("reaching").test.click()
        stage.resident.trials[-1](Trial.TAKEN)
        # The cards below are made after those in view, each in a round of its own of the event loop.
        qtbot.waitUntil(lambda: clipped_labels(page) == [], timeout=5000)
        assert unnamed_controls(page) == []
        assert low_controls(page) == []
    finally:
        use_language("en")


def test_the_card_can_be_gone_to(page):
    page.focus_start()
    assert page.focusWidget() is page.section("reaching").begins_at()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.section("reaching").isAncestorOf(page.focusWidget())

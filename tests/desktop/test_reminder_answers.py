"""What a notice is worth later: it outlives its moment, a choice, a sleep, a full disk; its words stay true."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from companion.desktop import notices
from companion.desktop.notifier import OPEN
from companion.domain.dosing import MissedAdvice, Outcome
from companion.domain.errors import SurroundingsError
from companion.domain.leaflet import Leaflet
from companion.domain.reminders import Key, Kind, ReminderSettings
from companion.services.applications import Log
from companion.services.changes import Changes
from companion.wording import use_language
from tests.desktop.test_reminder_engine import (
    MORNING,
    NO_ERRANDS,
    THIS_EVENING,
    THIS_MORNING,
    Day,
)
from tests.support.home import START, TODAY, at

FULL = replace(NO_ERRANDS, discreet=False)
DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
PHOTOS = Key(Kind.PHOTO_DAY, START)


@pytest.fixture
def make(tmp_path, qapp):
    made = []

    def build(settings=NO_ERRANDS, hour=7, **more):
        made.append(Day(tmp_path / str(len(made)), hour=hour, settings=settings, **more))
        return made[-1]

    yield build
    use_language("en")
    for each in made:
        each.close()


@pytest.fixture
def day(make):
    return make()


def titles(day):
    return [each.title for each in day.notifier.sent]


# Leaving out what is too late


def wake_late(day, hour=13):
    day.clock.set(at(hour))
    day.engine.look()
    return day.notifier.sent[-1]


def test_what_the_leaflet_says_to_leave_out_is_not_called_time_and_has_no_done(make):
    day = make()
    notice = wake_late(day)
    assert day.engine.catch_up().advice is MissedAdvice.SKIP_IT
    assert (notice.title, notice.body) == ("Something to note", "")
    assert notice.actions == (("skip", "Skip"), ("show", "Open"))
    assert day.engine.answers() == (("skip", "Skip"),)
    day.until(at(19, 59))
    assert len(day.notifier.sent) == 1, "said once"
    assert THIS_MORNING in day.notifier.up
    day.notifier.acted.emit(THIS_MORNING, "show")
    assert day.face.opened == [(MORNING, False)]
    assert day.rows(MORNING) == []


def test_in_full_it_says_what_is_late_and_the_leaflets_word(make):
    notice = wake_late(make(FULL))
    assert notice.title == "The morning application is late"
    assert notice.body.startswith(
        "It was due at 07:30, while the computer was asleep or Companion was not open. The leaflet"
    )
    assert "leave this one out" in notice.body


@pytest.mark.parametrize("language", ["en", "it"])
def test_where_the_leaflet_says_to_ask_the_title_is_neutral_and_everything_can_be_answered(make, language):
    day = make()
    day.home.services.care.set_leaflet(Leaflet.US)
    use_language(language)
    notice = wake_late(day, 9)
    assert notice.title == {"en": "Something to note", "it": "Una cosa da annotare"}[language]
    assert [each for each, _ in notice.actions] == ["applied", "later", "skip"]


def test_one_that_was_on_time_goes_when_it_is_to_be_left_out_and_a_late_press_is_asked_about(day):
    day.until(at(11, 59))
    assert THIS_MORNING in day.notifier.up
    day.until(at(12, 1))
    assert day.notifier.up == {}
    assert len(day.notifier.sent) == 3, "it says nothing new for that"
    day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)  # from the history of the desktop
    assert day.face.opened == [(MORNING, True)]
    assert day.rows(MORNING) == []


# Errands


def test_a_late_errand_stays_the_day_on_which_it_was_shown(make):
    day = make(ReminderSettings())
    day.until(at(10, 30))
    assert PHOTOS in day.notifier.up
    assert day.home.services.reminding.last_told().key == PHOTOS
    day.until(at(23, 50))
    assert PHOTOS in day.notifier.up
    day.until(at(0, 10, TOMORROW))
    assert PHOTOS not in day.notifier.up
    assert day.keys().count(PHOTOS) == 1


@pytest.mark.parametrize("settled", [True, False])
def test_an_errand_that_was_seen_to_is_withdrawn(make, settled):
    day = make(ReminderSettings())
    day.until(at(10, 30))
    day.engine.heed(Changes(photos=True) if settled else Changes(notes=True, tubes=True))
    assert (PHOTOS in day.notifier.up) is not settled


def test_an_errand_can_be_put_off_a_day_late(make):
    day = make(ReminderSettings())
    day.until(at(10, 30))
    day.notifier.acted.emit(PHOTOS, notices.LATER)
    assert day.notifier.sent[-1].title == "Again at 11:00"
    day.until(at(11, 1))
    assert day.keys().count(PHOTOS) == 2
    assert PHOTOS in day.notifier.up
    assert notices.AskedLater(PHOTOS) not in day.notifier.up


# Buttons that are pressed long after


@pytest.mark.parametrize("action", [notices.APPLIED, notices.SKIP, notices.LATER, "later:60"])
@pytest.mark.parametrize("later", [at(20, 5), at(7, 31, TOMORROW), at(19, 0, TODAY + 2 * DAY)])
def test_a_button_of_another_slot_than_the_open_one_asks_and_writes_nothing(day, action, later):
    day.until(at(7, 31))
    day.clock.set(later)  # and nobody looked yet
    day.notifier.acted.emit(THIS_MORNING, action)
    assert day.face.opened == [(MORNING, True)]
    assert day.rows(MORNING) == []
    assert THIS_MORNING not in day.notifier.up
    assert not any(isinstance(each.key, notices.AskedLater) for each in day.notifier.sent)


def test_later_names_the_reminder_that_follows_and_outlives_the_slot_no_more_than_it(day):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, "later:60")
    day.until(at(7, 40))
    assert list(day.notifier.up) == [notices.AskedLater(THIS_MORNING)]
    day.until(at(8, 31))
    assert list(day.notifier.up) == [THIS_MORNING]
    day.notifier.acted.emit(THIS_MORNING, notices.LATER)
    day.clock.set(at(20))
    day.engine.look()
    assert list(day.notifier.up) == [THIS_EVENING]


def test_what_was_skipped_elsewhere_and_is_pressed_as_done_is_asked_about(day):
    day.until(at(7, 31))
    day.home.services.applications.set_outcome(MORNING, Outcome.SKIPPED, source="cli")
    day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)
    (row,) = day.rows(MORNING)
    assert row.outcome is Outcome.SKIPPED
    assert day.face.opened == [(MORNING, True)]
    assert day.notifier.up == {}


@pytest.mark.parametrize("action", [notices.SKIP, notices.LATER])
def test_what_is_recorded_already_needs_no_word(day, action):
    day.until(at(7, 31))
    day.home.services.applications.set_outcome(MORNING, Outcome.SKIPPED, source="cli")
    day.notifier.acted.emit(THIS_MORNING, action)
    assert day.face.opened == []
    assert len(day.rows(MORNING)) == 1


# A choice made meanwhile


def test_what_is_shown_goes_with_a_pause_and_with_reminders_switched_off(make):
    for number, change in enumerate((pause, switch_off, other_times)):
        day = make()
        day.until(at(7, 31))
        change(day)
        day.engine.heed(Changes(treatment=True))
        assert day.notifier.up == {}, number
        assert len(day.notifier.sent) == 1


def pause(day):
    day.home.services.care.pause(TODAY)


def switch_off(day):
    day.home.services.reminding.change(replace(NO_ERRANDS, on=False))


def other_times(day):
    day.home.services.care.set_times(time(10), time(22))


def test_a_discreet_choice_is_kept_by_what_is_shown(make):
    day = make(FULL)
    day.until(at(8, 0))
    assert day.notifier.up[THIS_MORNING].title == "Time for the morning cream"
    day.home.services.reminding.change(replace(NO_ERRANDS, sound=True))
    day.engine.heed(Changes(settings=True))
    now = day.notifier.up[THIS_MORNING]
    assert (now.title, now.body, now.sound, now.urgent) == ("It’s time", "", False, True)
    assert now.actions[0] == ("applied", "Done")
    sent = len(day.notifier.sent)
    day.until(at(9))
    assert len(day.notifier.sent) == sent
    assert day.home.services.reminding.last_told().stage == 2, "it was not announced anew"
    day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)
    assert day.rows(MORNING)[0].at == at(9)


def test_another_language_is_spoken_by_what_is_shown(day):
    day.until(at(7, 31))
    use_language("it")
    day.engine.look()
    assert day.notifier.up[THIS_MORNING].title == "È ora"


def test_what_stands_in_the_window_is_said_anew_there(make):
    day = make(FULL)
    day.notifier.now = replace(day.notifier.now, do_not_disturb=True)
    day.until(at(8, 1))
    assert day.face.in_it == [(THIS_MORNING, False)]
    day.home.services.reminding.change(NO_ERRANDS)
    day.engine.look()
    assert day.face.in_it == [(THIS_MORNING, False)] * 2


def test_words_that_cannot_be_changed_are_taken_away(make):
    day = make(FULL)
    day.until(at(7, 31))
    day.home.services.reminding.change(NO_ERRANDS)
    day.notifier.answers = False
    day.engine.look()
    day.notifier.refused.emit(THIS_MORNING)
    assert day.notifier.up == {}
    assert day.face.balloons == [], "it was announced before"


def test_a_clock_that_cannot_be_right_takes_nothing_away(day):
    day.until(at(7, 31))
    day.clock.set(at(7, 31).replace(year=2101))
    day.engine.look()
    assert THIS_MORNING in day.notifier.up
    day.clock.set(at(7, 32))
    day.engine.look()
    assert list(day.notifier.up) == [THIS_MORNING]


# When it comes again


def test_later_says_what_comes_instead_when_the_next_is_due_before(day):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, "later:750")
    assert titles(day)[-1] == "The next one comes today at 20:00 instead"
    day.until(at(20))
    assert day.keys()[-1] == THIS_EVENING
    assert day.keys().count(THIS_MORNING) == 1


def test_later_names_the_moment_from_which_it_may_go_on(day):
    (yesterday,) = day.rows()
    day.clock.set(at(10, 45))
    day.home.services.applications.edit(replace(yesterday, at=at(3)))
    day.engine.look()
    day.notifier.acted.emit(THIS_MORNING, "later:10")
    assert titles(day) == ["Again at 11:00"]


def test_later_over_midnight_and_with_nothing_after_it(make):
    day = make(replace(NO_ERRANDS, quiet=None), hour=19)
    day.home.services.applications.log(Log(slot=MORNING, at=at(7, 40)))
    day.until(at(20, 1))
    day.notifier.acted.emit(THIS_EVENING, "later:300")
    assert titles(day)[-1] == "Again tomorrow at 01:01"
    day.home.services.care.pause(TOMORROW)
    day.notifier.acted.emit(notices.AskedLater(THIS_EVENING), "later:1440")
    assert titles(day)[-1] == "No other reminder comes for this one"


@pytest.mark.parametrize("action", ["later:0", "later:1441", "later:99999999999999", "later:", "later:-5", "later:x"])
def test_a_moment_that_no_button_names_is_none(day, action):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, action)
    assert day.face.problems == []
    assert len(day.notifier.sent) == 1
    assert notices.later_span("later:1440") == DAY


# Why it is late


def test_a_sleep_that_was_seen_is_the_reason_and_another_is_not_made_up(make):
    day = make(FULL)
    done = day.home.services.applications.log(Log(slot=MORNING))
    day.until(at(10))
    day.home.services.applications.undo(done.undo)
    day.engine.look()
    assert day.notifier.sent[-1].body.startswith("It was due at 07:30. ")
    assert not day.engine.away_at(at(7, 30))
    day.clock.set(at(20, 30))
    day.engine.look()
    assert "It was due at 20:00, while the computer was asleep" in day.notifier.sent[-1].body
    assert day.engine.away_at(at(20))


def test_a_late_start_is_a_reason_too(make):
    day = make(FULL, hour=9)
    assert "Companion was not open" in day.notifier.sent[-1].body
    assert day.engine.away_at(at(7, 30))


# A disk that is full, a notifier that is silent


def test_follow_ups_come_when_the_disk_is_free_again(day, monkeypatch, logged):
    def full(what, at=None):
        raise SurroundingsError("disk_full")

    with monkeypatch.context() as disk:
        disk.setattr(day.home.services.reminding, "told", full)
        day.until(at(7, 40))
        assert day.keys() == [THIS_MORNING]
    day.until(at(7, 41))
    told = day.home.services.reminding.last_told()
    assert (told.key, told.at) == (THIS_MORNING, at(7, 30)), "as of when it was shown"
    day.until(at(7, 59))
    assert len(day.keys()) == 1
    day.until(at(8, 0))
    assert [each.urgent for each in day.notifier.sent] == [False, True]
    assert logged.messages() == ["announced, and not noted: disk_full"]


def test_what_is_on_its_way_too_long_goes_another_way(day):
    day.notifier.answers = False
    day.until(at(7, 30))
    day.steady += 14
    day.engine.look()
    assert day.face.balloons == []
    day.steady += 1
    day.engine._patience.timeout.emit()
    assert [each.key for each in day.face.balloons] == [THIS_MORNING]
    assert day.home.services.reminding.last_told().stage == 1
    day.notifier.taken.emit(THIS_MORNING)
    day.until(at(7, 59))
    assert len(day.face.balloons) == 1


def test_patience_lasts_as_long_as_something_is_on_its_way(day):
    day.notifier.answers = False
    day.until(at(7, 30))
    assert day.engine._patience.isActive()
    day.engine._patience.timeout.emit()
    assert day.engine._patience.isActive()
    day.engine.stop()
    assert not day.engine._patience.isActive()


def test_a_click_on_an_old_notice_opens_today(day):
    day.until(at(7, 31))
    day.clock.set(at(9, day=TOMORROW))
    day.notifier.acted.emit(THIS_MORNING, OPEN)
    assert day.face.opened == [(MORNING, False)]

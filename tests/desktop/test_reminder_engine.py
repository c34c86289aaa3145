"""The reminders at work on a real record: what is shown, what is noted, and that every press counts once."""

from datetime import timedelta

import pytest

from companion.desktop import notices
from companion.desktop.heartbeat import Heartbeat
from companion.desktop.notifier import OPEN, ChannelState
from companion.desktop.reminder_engine import ReminderEngine
from companion.domain.dosing import Outcome
from companion.domain.errors import SurroundingsError
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Key, Kind, Nudge, ReminderSettings
from companion.services.applications import Log
from tests.support.home import ROME, TODAY, Home, at
from tests.support.plays import PlayedFace, PlayedNotifier

MORNING, EVENING = Slot(TODAY, Part.MORNING), Slot(TODAY, Part.EVENING)
THIS_MORNING, THIS_EVENING = (Key(Kind.APPLICATION, TODAY, part) for part in (Part.MORNING, Part.EVENING))
MINUTE = timedelta(minutes=1)
NO_ERRANDS = ReminderSettings(photo_day=False, tube_order=False)
"""For tests about applications: nothing else comes between."""


class Day:
    """A home, its reminders, and a way to let time pass."""

    def __init__(self, folder, notifier=None, hour=7, settings=NO_ERRANDS):
        self.home = Home(folder)
        self.settings = settings
        self.steady = 0.0
        self.clock = self.home.clock
        self.clock.set(at(hour))
        yesterday = TODAY - timedelta(days=1)
        applications = self.home.services.applications
        applications.log(Log(slot=Slot(yesterday, Part.EVENING), at=at(20, day=yesterday)))
        self.notifier = notifier or PlayedNotifier()
        self.face = PlayedFace()
        self.heart = Heartbeat(self.clock, lambda: ROME, lambda: self.steady)
        self.begin()

    def begin(self):
        services = self.home.services
        services.reminding.change(self.settings)
        self.engine = ReminderEngine(self.notifier, self.heart, self.face)
        self.face.engine = self.engine
        self.engine.start(services.reminding, services.applications)

    def until(self, moment):
        """Let the heart beat every half minute until ``moment``."""
        while self.clock.now() < moment:
            self.clock.advance(min(timedelta(seconds=30), moment - self.clock.now()))
            self.engine.look()

    def rows(self, slot=None):
        rows = self.home.services.applications.between(TODAY - timedelta(days=7), TODAY + timedelta(days=7))
        return [row for row in rows if slot is None or row.slot == slot]

    def keys(self):
        return [each.key for each in self.notifier.sent]

    def close(self):
        self.engine.stop()
        self.home.close()


@pytest.fixture
def day(tmp_path, qapp):
    made = Day(tmp_path / "record")
    yield made
    made.close()


def test_a_reminder_comes_at_its_time_and_says_nothing_of_what_it_is_about(day):
    day.until(at(7, 29))
    assert day.notifier.sent == []
    assert day.engine.outlook().next_moment == at(7, 30)
    day.until(at(7, 30))
    (notice,) = day.notifier.sent
    assert notice.key == THIS_MORNING
    assert (notice.title, notice.body, notice.urgent, notice.sound) == ("It’s time", "", False, False)
    assert notice.actions == (("applied", "Done"), ("later", "Later"), ("skip", "Skip"))


def test_an_unanswered_one_is_repeated_clearer_and_then_no_more(day):
    day.until(at(19, 59))
    assert [each.urgent for each in day.notifier.sent] == [False, True, True]
    assert len(day.home.services.applications.between(TODAY, TODAY)) == 0


def test_the_button_records_once_however_often_and_wherever_it_is_pressed(day):
    day.until(at(7, 31))
    for _ in range(5):
        day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)
    day.notifier.acted.emit(THIS_MORNING, notices.SKIP)
    (row,) = day.rows(MORNING)
    assert (row.outcome, row.at) == (Outcome.APPLIED, at(7, 31))
    assert day.notifier.up == {}
    day.until(at(19, 59))
    assert len(day.notifier.sent) == 1
    assert day.face.problems == []


def test_skip_is_noted_as_skipped(day):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, notices.SKIP)
    day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)
    (row,) = day.rows(MORNING)
    assert row.outcome is Outcome.SKIPPED


def test_later_names_the_moment_and_offers_others(day):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, notices.LATER)
    again = day.notifier.sent[-1]
    assert again.key == notices.AskedLater(THIS_MORNING)
    assert again.title == "Again at 08:01"
    assert again.actions == (("later:10", "In 10 minutes"), ("later:60", "In 1 hour"), ("later:120", "In 2 hours"))
    day.notifier.acted.emit(again.key, "later:120")
    assert day.notifier.sent[-1].title == "Again at 09:31"
    day.until(at(9, 30))
    assert day.keys()[-1] == notices.AskedLater(THIS_MORNING)
    day.until(at(9, 31))
    assert day.keys()[-1] == THIS_MORNING


def test_five_hundred_times_later_is_one_reminder(day):
    day.until(at(7, 31))
    for _ in range(500):
        day.notifier.acted.emit(THIS_MORNING, notices.LATER)
    day.until(at(8, 1))
    assert day.keys()[-1] == THIS_MORNING
    assert day.keys().count(THIS_MORNING) == 2


@pytest.mark.parametrize("where", ["window", "command line"])
def test_what_is_recorded_elsewhere_is_withdrawn(day, where):
    day.until(at(7, 31))
    assert THIS_MORNING in day.notifier.up
    day.home.services.applications.log(Log(slot=MORNING, source=where))
    day.engine.look()
    assert day.notifier.up == {}
    day.until(at(19, 59))
    assert len(day.notifier.sent) == 1


def test_after_sleep_one_comes_and_not_a_pile(day):
    day.until(at(7, 31))
    day.clock.set(at(11, day=TODAY + timedelta(days=3)))
    day.notifier.sent.clear()
    day.engine.look()
    day.engine.look()
    (notice,) = day.notifier.sent
    assert notice.key.day == TODAY + timedelta(days=3)
    assert list(day.notifier.up) == [notice.key], "the old one is still up"
    late = day.engine.catch_up()
    assert late.nudge is Nudge.CATCH_UP
    assert late.earlier
    day.notifier.acted.emit(notice.key, notices.APPLIED)
    assert day.engine.catch_up() is None


def test_a_restart_repeats_nothing(day):
    day.until(at(7, 31))
    day.engine.stop()
    assert day.notifier.up == {}, "its buttons would press nothing"
    day.home.reopen()
    day.clock = day.home.clock
    day.notifier.sent.clear()
    day.begin()
    day.until(at(7, 59))
    assert day.notifier.sent == []
    day.until(at(8, 0))
    assert [each.urgent for each in day.notifier.sent] == [True]


def test_a_crash_before_it_was_noted_repeats_it(day, monkeypatch):
    told = day.home.services.reminding.told
    monkeypatch.setattr(day.home.services.reminding, "told", lambda what: None)
    day.until(at(7, 30))
    day.engine.stop()
    monkeypatch.setattr(day.home.services.reminding, "told", told)
    day.begin()
    assert day.keys() == [THIS_MORNING, THIS_MORNING]


def test_a_clock_that_was_wrong_costs_no_reminder(day):
    day.clock.set(at(7, 30, day=TODAY + timedelta(days=40)))
    day.engine.look()
    day.clock.set(at(7, 30))
    day.engine.look()
    day.notifier.sent.clear()
    day.until(at(20))
    assert [each.key for each in day.notifier.sent][-1] == THIS_EVENING


def test_what_cannot_be_noted_does_not_come_every_half_minute(day, monkeypatch, logged):
    def full(what, at=None):
        raise SurroundingsError("disk_full")

    monkeypatch.setattr(day.home.services.reminding, "told", full)
    day.until(at(9))
    assert day.keys() == [THIS_MORNING]
    assert list(day.notifier.up) == [THIS_MORNING]
    assert set(logged.messages()) == {"announced, and not noted: disk_full"}


def test_without_notifications_the_icon_says_it_and_without_an_icon_the_window(tmp_path, qapp):
    day = Day(tmp_path / "record", PlayedNotifier(ChannelState.NO_SERVER, None))
    day.until(at(7, 31))
    assert [each.key for each in day.face.balloons] == [THIS_MORNING]
    assert day.face.in_it == []
    day.face.has_icon = False
    day.until(at(8, 0))
    assert (THIS_MORNING, True) in day.face.in_it
    day.home.services.applications.log(Log(slot=MORNING))
    day.engine.look()
    assert day.face.in_it == []
    day.close()


def test_what_nobody_took_is_not_noted_and_tried_again(tmp_path, qapp):
    day = Day(tmp_path / "record", PlayedNotifier(ChannelState.NO_SERVER))
    day.face.has_icon = day.face.has_window = False
    day.until(at(7, 34))
    assert day.home.services.reminding.last_told() is None
    day.face.has_window = True
    day.until(at(7, 35))
    assert day.home.services.reminding.last_told().key == THIS_MORNING
    assert len(day.face.in_it) == 1
    day.close()


def test_a_notice_on_its_way_is_not_sent_twice_and_a_refused_one_goes_another_way(day):
    day.notifier.answers = False
    day.until(at(7, 32))
    assert day.keys() == [THIS_MORNING]
    assert day.home.services.reminding.last_told() is None
    day.notifier.refused.emit(THIS_MORNING)
    assert [each.key for each in day.face.balloons] == [THIS_MORNING]
    assert day.home.services.reminding.last_told().stage == 1
    day.notifier.taken.emit(THIS_MORNING)  # after all


@pytest.mark.parametrize(("disturb", "escalates"), [(False, False), (None, True), (True, True)])
def test_where_nobody_knows_whether_it_was_seen_a_follow_up_is_in_the_window_too(tmp_path, qapp, disturb, escalates):
    day = Day(tmp_path / "record", PlayedNotifier(do_not_disturb=disturb))
    day.until(at(7, 59))
    assert day.face.in_it == []
    day.until(at(8, 0))
    assert day.face.in_it == ([(THIS_MORNING, False)] if escalates else [])
    day.close()


def test_a_click_opens_today(day):
    day.until(at(7, 31))
    day.notifier.acted.emit(THIS_MORNING, OPEN)
    assert day.face.opened == [(MORNING, False)]
    assert day.rows(MORNING) == []


def test_what_has_to_be_asked_is_asked_in_the_window(day):
    day.until(at(7, 31))
    day.home.services.applications.log(Log(slot=MORNING, at=at(7, 31)))
    day.engine.look()
    day.clock.set(at(12))
    day.notifier.acted.emit(THIS_EVENING, notices.APPLIED)  # within eight hours
    assert day.face.opened == [(EVENING, True)]
    assert day.rows(EVENING) == []


def test_what_goes_wrong_is_said_in_the_window(day, monkeypatch):
    def full(what):
        raise SurroundingsError("disk_full")

    day.until(at(7, 31))
    monkeypatch.setattr(day.home.services.applications, "log", full)
    day.notifier.acted.emit(THIS_MORNING, notices.APPLIED)
    assert day.face.problems == ["disk_full"]
    assert THIS_MORNING in day.notifier.up, "it is still to be done"


def test_full_texts_are_a_choice(day):
    day.home.services.reminding.change(ReminderSettings(discreet=False, sound=True))
    day.until(at(7, 30))
    notice = next(each for each in day.notifier.sent if each.key == THIS_MORNING)
    assert notice.title == "Time for the morning cream"
    assert notice.body == "Your time for it is 07:30."
    assert notice.actions[0] == ("applied", "I applied it")
    assert notice.sound
    day.until(at(8, 0))
    assert day.notifier.sent[-1].body == "It was due at 07:30, and nothing is noted yet."


def test_the_test_tells_how_far_it_came(day):
    heard = []
    day.notifier.answers = False
    day.engine.test(heard.append)
    assert heard == ["sent"]
    day.notifier.taken.emit(notices.TEST)
    day.notifier.acted.emit(notices.TEST, notices.SEEN)
    day.notifier.acted.emit(notices.TEST, notices.SEEN)
    assert heard == ["sent", "taken", "seen"]
    assert day.notifier.up == {}
    heard.clear()
    day.notifier.now = PlayedNotifier(ChannelState.NO_BUS).now
    day.engine.test(heard.append)
    day.face.has_icon = False
    day.engine.test(heard.append)
    assert heard == ["sent", "balloon", "sent", "window"]


def test_a_record_that_is_closed_is_no_error(day, logged):
    day.home.services.close()
    day.engine.look()
    assert logged.messages() == ["no outlook: record_closed"]


def test_reminders_that_are_off_give_no_reason_to_stay(day):
    assert day.engine.wanted()
    day.home.services.reminding.change(ReminderSettings(on=False))
    day.until(at(9))
    assert not day.engine.wanted()
    assert day.notifier.sent == []

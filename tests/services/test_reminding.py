"""Reminders of a real record: told once, put off, withdrawn by a word, and the same after a restart."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.domain.dosing import MissedAdvice, Outcome
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Announcement, Key, Kind, Nudge, Silence, Told
from companion.domain.treatment import KEPT_SINCE
from companion.services.agenda import Agenda
from companion.services.applications import Log
from companion.services.reminder_settings import KEY, ZONE_SEEN
from companion.services.reminding import Reminding
from companion.services.treatment import NewTube
from companion.services.tubes import THREE_OPEN
from tests.support.home import TODAY, at, keep
from tests.support.records import open_again

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
HALF = timedelta(minutes=30)
MORNING = Key(Kind.APPLICATION, TODAY, Part.MORNING)
EVENING = Key(Kind.APPLICATION, TODAY, Part.EVENING)


@pytest.fixture
def reminding(home):
    """The reminders of a record in which everything up to yesterday is told, with errands out of the way."""
    home.services.reminding.change(replace(home.services.reminding.settings(), photo_day=False, tube_order=False))
    with home.services.record.unit_of_work() as work:
        for part, hour in ((Part.MORNING, 8), (Part.EVENING, 20)):
            work.reminders.put(Told(Key(Kind.APPLICATION, TODAY - DAY, part), 3, at(hour, 0, TODAY - DAY)))
    home.clock.set(at(7, 30))
    return home.services.reminding


def tell(reminding):
    announced = reminding.outlook().announce
    assert announced is not None
    reminding.told(announced)
    return announced


# Told, and told again


def test_what_was_due_before_the_record_was_set_up_is_not_reminded_of(home):
    with home.services.record.unit_of_work() as work:
        work.settings.put(KEPT_SINCE, at(14, 0).isoformat())
    home.clock.set(at(14, 10))
    found = home.services.reminding.outlook()
    assert (found.announce is None or found.announce.key.part is None, found.unknown) == (True, ())
    assert found.current is not None


def test_the_time_comes_and_is_announced_once(home, reminding):
    home.clock.set(at(7, 29))
    assert reminding.outlook().announce is None
    assert reminding.outlook().next_moment == at(7, 30)
    home.clock.set(at(7, 30))
    assert tell(reminding) == Announcement(MORNING, Nudge.TIME, 1, at(7, 30))
    assert reminding.outlook().announce is None
    assert reminding.last_told() == Told(MORNING, 1, at(7, 30))


def test_an_unanswered_one_is_repeated_twice_and_then_there_is_quiet(home, reminding):
    found = []
    for minute in range(0, 12 * 60, 5):
        home.clock.set(at(7, 30) + timedelta(minutes=minute))
        if reminding.outlook().announce is not None:
            found.append((minute, tell(reminding).stage))
    assert found == [(0, 1), (30, 2), (120, 3)]


def test_a_crash_before_it_was_noted_repeats_it_and_one_after_does_not(home, reminding):
    first = reminding.outlook().announce
    home.reopen()
    assert home.services.reminding.outlook().announce == first
    tell(home.services.reminding)
    home.reopen()
    assert home.services.reminding.outlook().announce is None


@pytest.mark.parametrize("outcome", [None, Outcome.SKIPPED, Outcome.MISSED])
def test_a_word_from_anywhere_ends_it(home, reminding, outcome):
    tell(reminding)
    if outcome is None:
        home.services.applications.log(Log(source="notification"))
    else:
        home.services.applications.set_outcome(Slot(TODAY, Part.MORNING), outcome)
    for hours in range(12):
        home.clock.set(at(7, 30) + timedelta(hours=hours))
        assert reminding.outlook().announce is None


def test_after_a_night_off_one_comes_and_speaks_of_the_others(home, reminding):
    home.clock.set(at(9, 0, TODAY + DAY))
    announced = tell(reminding)
    assert announced.key == Key(Kind.APPLICATION, TODAY + DAY, Part.MORNING)
    assert (announced.nudge, announced.advice) == (Nudge.CATCH_UP, MissedAdvice.APPLY_NOW)
    assert announced.earlier == (Slot(TODAY, Part.MORNING), Slot(TODAY, Part.EVENING))
    assert reminding.outlook().announce is None


# Later


def test_later_is_later_and_the_last_word_counts_also_after_a_restart(home, reminding):
    tell(reminding)
    for minutes in range(500):
        reminding.later(MORNING, timedelta(minutes=1 + minutes % 90))
    reminding.later(MORNING, timedelta(minutes=45))
    home.reopen()
    reminding = home.services.reminding
    home.clock.set(at(8, 14))
    assert reminding.outlook().announce is None
    home.clock.set(at(8, 15))
    assert tell(reminding).nudge is Nudge.SNOOZED
    with home.services.record.unit_of_work() as work:
        assert work.reminders.get(MORNING) == Told(MORNING, 1, at(8, 15))


def test_later_without_a_span_is_the_chosen_one_and_can_be_taken_back(home, reminding):
    tell(reminding)
    reminding.change(replace(reminding.settings(), later=timedelta(hours=1)))
    done = reminding.later(MORNING)
    assert done.changes.reminders
    with home.services.record.unit_of_work() as work:
        assert work.reminders.get(MORNING) == Told(MORNING, 1, at(7, 30), at(8, 30))
    reminding.undo(done.undo)
    home.clock.set(at(8))
    assert reminding.outlook().announce.nudge is Nudge.FOLLOW_UP
    before_it_was_told = reminding.later(EVENING, HALF)
    reminding.undo(before_it_was_told.undo)
    with home.services.record.unit_of_work() as work:
        assert work.reminders.get(EVENING) is None


@pytest.mark.parametrize("span", [timedelta(0), -HALF, timedelta(days=400), timedelta.max])
def test_a_later_that_makes_no_sense_is_a_minute_or_a_day(home, reminding, span):
    reminding.later(MORNING, span)
    with home.services.record.unit_of_work() as work:
        until = work.reminders.get(MORNING).snoozed_until - home.clock.now()
    assert timedelta(minutes=1) <= until <= DAY


def test_later_answers_when_it_really_comes(home, reminding):
    tell(reminding)
    assert reminding.later(MORNING, HALF).again == at(8)
    home.clock.set(at(19, 40))
    assert reminding.later(MORNING, timedelta(minutes=19)).again == at(19, 59)
    assert reminding.later(MORNING, HALF).again is None  # the evening's comes at eight
    assert reminding.later(EVENING, HALF).again == at(20, 10)
    photos = Key(Kind.PHOTO_DAY, TODAY)
    assert reminding.later(photos, HALF).again is None  # not wanted at all


def test_later_answers_when_the_eight_hours_are_over(home, reminding):
    home.clock.set(at(13))
    home.services.applications.log(Log(slot=Slot(TODAY, Part.MORNING)))
    home.clock.set(at(20, 5))
    assert reminding.later(EVENING, HALF).again == at(21)
    reminding.change(replace(reminding.settings(), on=False))
    assert reminding.later(EVENING, HALF).again is None


# A full disk


class Full:
    """Makes every unit of work of a record fail as on a full disk, while it is on."""

    def __init__(self, record, monkeypatch):
        self.on, self._unit = False, record.unit_of_work
        monkeypatch.setattr(record, "unit_of_work", self)

    def __call__(self):
        if self.on:
            raise SurroundingsError("disk_full")
        return self._unit()


@pytest.fixture
def full(home, reminding, monkeypatch):
    """A disk that can be full."""
    return Full(home.services.record, monkeypatch)


def test_on_a_full_disk_what_is_to_be_forgotten_keeps_nothing_from_coming(home, reminding, full):
    with home.services.record.unit_of_work() as work:
        work.reminders.put(Told(Key(Kind.APPLICATION, TODAY + 90 * DAY, Part.MORNING), 1, at(8, 0, TODAY + 90 * DAY)))
    full.on = True
    assert reminding.outlook().announce.key == MORNING
    assert reminding.outlook().forget
    full.on = False
    assert reminding.outlook().forget
    assert not reminding.outlook().forget


def test_on_a_full_disk_the_first_zone_is_kept_later(home, reminding, full):
    full.on = True
    assert reminding.zone_question() is None
    full.on = False
    assert reminding.zone_question() is None
    home.clock.travel("America/New_York")
    assert reminding.zone_question().home == "Europe/Rome"


def test_what_could_not_be_noted_is_noted_later_with_its_instant(home, reminding, full):
    announced = reminding.outlook().announce
    full.on = True
    with pytest.raises(SurroundingsError):
        reminding.told(announced)
    home.clock.set(at(7, 50))
    full.on = False
    reminding.told(announced, at(7, 30))
    assert reminding.last_told() == Told(MORNING, 1, at(7, 30))
    assert reminding.outlook().next_moment == at(8)
    home.clock.set(at(8))
    assert tell(reminding).stage == 2


def test_what_is_noted_later_undoes_nothing_that_came_after_it(home, reminding):
    announced = reminding.outlook().announce
    home.clock.set(at(7, 40))
    reminding.later(MORNING, HALF)
    reminding.told(announced, at(7, 30))
    assert reminding.last_told() == Told(MORNING, 1, at(7, 30), at(8, 10))
    home.clock.set(at(8, 10))
    tell(reminding)
    reminding.told(announced, at(7, 30))
    assert reminding.last_told() == Told(MORNING, 1, at(8, 10))


# A clock that is wrong


@pytest.mark.parametrize("days", [3, 400])
def test_cream_logged_by_a_wrong_clock_hides_no_further_application(home, reminding, days):
    home.clock.set(at(8, 0, TODAY + days * DAY))
    home.services.applications.log(Log(slot=Slot(TODAY + days * DAY, Part.MORNING)))
    home.clock.set(at(7, 31))
    home.services.applications.log(Log(slot=Slot(TODAY, Part.MORNING)))
    home.clock.set(at(16))
    home.services.applications.log(Log(slot=Slot(TODAY, Part.MORNING), extra=True))
    home.clock.set(at(20, 1))
    found = reminding.outlook()
    assert found.announce is None
    assert found.current.can_go_on_from == at(0, 0, TODAY + DAY)
    assert Agenda(home.services.record, home.clock).days(days=1)[1].not_before == at(0, 0, TODAY + DAY)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_clock_at_the_ends_of_time_is_said_and_breaks_nothing(home, reminding, day):
    year = int(day[:4])
    moment = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 23 * (year > 1), tzinfo=UTC)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        home.clock.set(moment)
        home.clock.travel(zone)
        assert reminding.outlook().silence is Silence.CLOCK
        assert reminding.zone_question() is None
        reminding.tidy()


@pytest.mark.parametrize(
    "began", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "2031-01-01T00:00:00+00:00"]
)
def test_a_record_set_up_by_a_clock_at_the_ends_of_time_is_reminded_of(home, reminding, began):
    home.services.care.put_setting(KEPT_SINCE, began)
    assert reminding.outlook().announce.key == MORNING
    assert home.services.applications.today().week_view.kept_since is None
    assert home.services.applications.today().tube.uncounted_before is None


def test_what_a_wrong_clock_told_is_forgotten(home, reminding):
    home.clock.set(at(7, 30, TODAY + 3 * DAY))
    tell(reminding)
    home.clock.set(at(7, 30))
    assert reminding.outlook().forget
    assert not reminding.outlook().forget
    tell(reminding)


@pytest.mark.parametrize("year", [1970, 2019, 2100, 9998])
def test_a_clock_that_cannot_be_right_plans_nothing(home, reminding, year):
    home.clock.set(at(8).replace(year=year))
    assert reminding.outlook().silence is Silence.CLOCK
    assert reminding.zone_question() is None
    reminding.tidy()


# What the person chose


def test_a_choice_is_kept_and_can_be_taken_back(home, reminding):
    before = reminding.settings()
    done = reminding.change(replace(before, on=False, home="Asia/Tokyo"))
    assert done.changes.settings
    assert reminding.outlook().silence is Silence.OFF
    assert home.services.clock.zone() == "Asia/Tokyo"
    reminding.undo(done.undo)
    assert reminding.settings() == before
    assert home.services.clock.zone() == "Europe/Rome"


@pytest.mark.parametrize("text", ["{", '{"home": "Mars/Olympus", "quiet": ["25:99", 3], "later": -1}', "[]", "\x00"])
def test_settings_edited_by_hand_leave_a_sane_plan(home, reminding, text):
    with home.services.record.unit_of_work() as work:
        work.settings.put(KEY, text)
        work.settings.put(ZONE_SEEN, "Mars/Olympus")
    home.reopen()
    found = home.services.reminding.outlook()
    assert found.announce.key == MORNING
    assert found.zone == "Europe/Rome"
    assert home.services.reminding.zone_question() is None


@pytest.mark.parametrize(("morning", "evening"), [("08:00", "12:00"), ("20:00", "08:00"), ("08:00", "08:00")])
def test_times_edited_by_hand_leave_a_sane_plan(home, reminding, morning, evening):
    home.services.record._connection.execute("UPDATE treatment_times SET morning = ?, evening = ?", (morning, evening))
    for hour in range(24):
        home.clock.set(at(0) + timedelta(hours=hour))
        found = reminding.outlook()
        if found.announce is not None:
            reminding.told(found.announce)
        assert found.next_moment is None or found.next_moment > home.clock.now()


def test_a_zone_that_cannot_be_is_refused(reminding):
    with pytest.raises(PersonError, match="unknown_zone"):
        reminding.stay("Mars/Olympus")


# Travel


def test_the_zone_is_asked_about_once(home, reminding):
    assert reminding.zone_question() is None
    home.clock.travel("America/New_York")
    question = reminding.zone_question()
    assert (question.home, question.here) == ("Europe/Rome", "America/New_York")
    assert len(question.moving) == len(question.staying) == 3
    assert reminding.zone_question() == question
    reminding.move()
    assert reminding.zone_question() is None
    home.reopen()
    assert home.services.reminding.zone_question() is None
    assert home.services.clock.zone() == "America/New_York"


def test_who_stays_at_home_stays_there_with_the_whole_record(home, reminding):
    reminding.zone_question()
    home.clock.travel("America/New_York")
    done = reminding.stay("Europe/Rome")
    for _ in range(2):
        assert home.services.clock.zone() == "Europe/Rome"
        assert home.services.reminding.zone_question() is None
        assert home.services.applications.today().zone == "Europe/Rome"
        home.reopen()
    home.clock.travel("Asia/Tokyo")
    assert home.services.reminding.zone_question().here == "Asia/Tokyo"
    home.services.reminding.undo(done.undo)
    assert home.services.clock.zone() == "Asia/Tokyo"


# Errands


def errands(home):
    """Return what is announced over the next two weeks that is about no slot, told as it comes."""
    found = []
    for hour in range(14 * 24):
        home.clock.set(at(0, 20) + timedelta(hours=hour))
        announced = home.services.reminding.outlook().announce
        if announced is not None:
            home.services.reminding.told(announced)
            if announced.key.part is None:
                found.append((announced.key.kind, announced.key.day, home.clock.now()))
    return found


def test_photo_day_comes_four_weeks_after_the_last_and_once(home):
    home.clock.set(at(12, 0, TODAY - 25 * DAY))
    keep(home.services.album, b"one")
    found = [each for each in errands(home) if each[0] is Kind.PHOTO_DAY]
    assert found == [(Kind.PHOTO_DAY, TODAY + 3 * DAY, at(10, 20, TODAY + 3 * DAY))]


def test_an_order_is_announced_once_a_tube_however_its_day_moves(home):
    found = [each for each in errands(home) if each[0] is Kind.TUBE_ORDER]
    assert found == []  # about a hundred days are left in it
    home.services.care.open_tube(NewTube(5, TODAY - 5 * DAY))
    found = [each for each in errands(home) if each[0] is Kind.TUBE_ORDER]
    assert len(found) == 1
    home.clock.set(at(12, 0, found[0][1]))
    home.services.care.open_tube(NewTube(5, found[0][1]), answered=[THREE_OPEN])
    assert len([each for each in errands(home) if each[0] is Kind.TUBE_ORDER and each[1] > found[0][1]]) == 1


# Records that are not like others


def test_before_the_set_up_there_is_nothing_to_announce(bare):
    assert bare.services.reminding.outlook().silence is Silence.NOT_SET_UP
    assert bare.services.reminding.zone_question() is None
    assert bare.services.reminding.last_told() is None


def test_a_record_that_can_only_be_read_plans_all_the_same(home, reminding, monkeypatch):
    home.services.reminding.told(Announcement(EVENING, Nudge.TIME, 1, at(7), None))
    home.clock.set(at(3))
    monkeypatch.setattr(home.services.record, "read_only", True)
    assert reminding.outlook().forget
    assert reminding.zone_question() is None


def test_old_ones_are_forgotten_when_the_record_is_tidied(home, reminding):
    home.clock.advance(100 * DAY)
    home.services.tidy()
    assert reminding.last_told() is None


LIGHT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from companion.schedule.clock import FixedClock
from companion.services.opened import services_of
from companion.storage.record import open_record
record = open_record(Path(sys.argv[1]), lambda keys: keys.unlock_example())
services = services_of(record, FixedClock(datetime(2026, 11, 21, 6, 30, tzinfo=UTC), "Europe/Rome"))
assert services.reminding.outlook().announce is not None
services.reminding.settings()
services.reminding.zone_question()
services.close()
print(sorted({"sqlalchemy", "alembic", "PIL", "numpy", "icalendar"} & set(sys.modules)))
"""


def test_asking_loads_no_sqlalchemy(home, reminding):
    reminding.zone_question()
    home.close()
    words = [sys.executable, "-c", LIGHT, str(home.services.record.folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_it_makes_its_own_clock_where_it_is_given_another(home):
    home.services.reminding.stay("Asia/Tokyo")
    assert Reminding(home.services.record, home.clock).outlook().zone == "Asia/Tokyo"


# Killed


def test_what_was_told_and_put_off_outlives_a_kill(home, reminding):
    home.close()
    folder = home.services.record.folder
    for _ in range(4):
        command = [sys.executable, "-m", "tests.storage.children.keep_telling", str(folder)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        said = [child.stdout.readline() for _ in range(7)]
        child.kill()
        said += child.stdout.readlines()
        child.stdout.close()
        assert child.wait() == -9, "the child failed by itself"
        last = int([line for line in said if line.endswith(b"\n")][-1])
        record = open_again(folder)
        with record.unit_of_work() as work:
            known = work.reminders.get(MORNING)
        assert record.check().sound
        record.close()
        assert known.stage in (last, last + 1)  # the last one may be durable and not yet said
        assert known.snoozed_until == known.at + known.stage * timedelta(minutes=1)

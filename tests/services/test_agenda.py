"""The agenda of a real record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from companion.domain.dosing import Outcome, SlotState
from companion.domain.errors import PersonError
from companion.domain.moments import Part, Slot, local
from companion.domain.reminders import Key, Kind
from companion.domain.treatment import KEPT_SINCE
from companion.services.agenda import MAX_DAYS, Agenda
from companion.services.applications import Log
from tests.support.home import ROME, START, TODAY, at, keep


@pytest.fixture
def agenda(home):
    return Agenda(home.services.record, home.clock)


def test_a_week_ahead_with_what_is_known(home, agenda):
    home.services.applications.log(Log())
    home.services.applications.set_outcome(Slot(TODAY, Part.EVENING), Outcome.SKIPPED)
    items = agenda.days()
    assert len(items) == 14
    assert [item.state for item in items[:3]] == [SlotState.APPLIED, SlotState.SKIPPED, SlotState.AHEAD]
    assert items[2].due == at(7, 30, TODAY + timedelta(days=1))


def test_a_late_morning_is_carried_into_the_evening(home, agenda):
    home.clock.set(at(14))
    home.services.applications.log(Log())
    assert agenda.days(days=1)[1].not_before == at(22)


def test_another_zone_has_its_own_days(agenda):
    assert agenda.days(date(2026, 12, 1), 1, "Asia/Tokyo")[0].due == datetime(2026, 11, 30, 22, 30, tzinfo=UTC)


def test_only_days_of_the_treatment(agenda):
    assert len(agenda.days(START - timedelta(days=3), 5)) == 4


@pytest.mark.parametrize(
    ("first", "days", "zone", "key"),
    [
        (None, 0, None, "days_range"),
        (None, MAX_DAYS + 1, None, "days_range"),
        (date(9999, 12, 30), 30, None, "days_range"),
        (None, 1, "Mars/Olympus", "unknown_zone"),
        (None, 1, "../etc/passwd", "unknown_zone"),
        (None, 1, "", None),
    ],
)
def test_what_makes_no_agenda_is_refused(agenda, first, days, zone, key):
    if key is None:
        assert agenda.days(first, days, zone)
        return
    with pytest.raises(PersonError) as error:
        agenda.days(first, days, zone)
    assert error.value.key == key


@pytest.mark.parametrize("read", ["days", "entries"])
def test_before_the_set_up_there_is_none(bare, read):
    with pytest.raises(PersonError) as error:
        getattr(Agenda(bare.services.record, bare.clock), read)()
    assert error.value.key == "not_set_up"


def told(agenda, days=1, first=None):
    """Return what would be announced, as wall-clock times of Rome under the kind and part."""
    return [
        (
            each.kind.value,
            each.item and each.item.slot.part.value,
            [f"{local(moment, ROME):%d %H:%M}" for moment in each.announced],
        )
        for each in agenda.entries(first, days)
    ]


def test_what_would_be_announced_is_what_is_announced(home, agenda):
    """The agenda of three days, against the reminders themselves, asked every minute and told as they come."""
    home.services.reminding.later(Key(Kind.APPLICATION, TODAY, Part.MORNING), timedelta(minutes=50))
    foretold = {
        (each.kind, each.item and each.item.slot, moment)
        for each in agenda.entries(days=3)
        for moment in each.announced
    }
    came = set()
    moment = home.clock.now()
    while moment < at(0, 0, TODAY + timedelta(days=3)):
        home.clock.set(moment)
        announced = home.services.reminding.outlook().announce
        if announced is not None:
            home.services.reminding.told(announced)
            came.add((announced.key.kind, announced.key.slot, moment))
        moment += timedelta(minutes=1)
    assert came == foretold
    assert len(foretold) > 15


def test_a_late_morning_puts_the_evening_off_and_quiet_hours_too(home, agenda):
    home.clock.set(at(14))
    home.services.applications.log(Log())
    assert told(agenda)[0] == ("application", "morning", [])
    assert told(agenda)[-1] == ("application", "evening", ["21 22:00"])


def test_other_days_pauses_and_silence_are_in_the_agenda(home, agenda):
    reminding = home.services.reminding
    reminding.change(replace(reminding.settings(), photo_day=False, tube_order=False, follow_ups=()))
    home.services.care.set_times(time(7), time(19), {1}, time(9), time(21))
    home.services.care.pause(TODAY + timedelta(days=3))
    monday = TODAY + timedelta(days=2)
    assert told(agenda, 9, monday) == [
        ("application", "morning", ["23 09:00"]),
        ("application", "evening", ["23 21:00"]),
    ]
    reminding.change(replace(reminding.settings(), on=False))
    assert [each[2] for each in told(agenda, 2)] == [[], [], [], []]


def test_what_was_due_before_the_record_was_set_up_is_not_announced(home, agenda):
    home.services.care.put_setting(KEPT_SINCE, at(14).isoformat())
    home.clock.set(at(14, 10))
    assert next(moments for _, part, moments in told(agenda, 1) if part == "morning") == []


def test_photo_day_is_in_the_agenda_on_its_day_and_once(home, agenda):
    home.clock.set(at(12, 0, TODAY - timedelta(days=25)))
    keep(home.services.album, b"one")
    home.clock.set(at(8))
    assert [each[2] for each in told(agenda, 20) if each[0] == "photo_day"] == [["24 10:00"]]
    far = told(agenda, 3, date(2031, 3, 29))
    assert [each[2][0] for each in far if each[0] == "application"][::2] == ["29 07:30", "30 07:30", "31 07:30"]


def test_ten_years_are_read_at_once(agenda):
    assert len(agenda.entries(days=MAX_DAYS)) >= 2 * MAX_DAYS

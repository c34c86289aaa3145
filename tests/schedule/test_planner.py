"""Slots between two days with their due instants, through clock changes, missing days and the end of a treatment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dosing import Application, Outcome, SlotState
from companion.domain.leaflet import SPACING, Leaflet
from companion.domain.moments import DAY, Part, Slot, local
from companion.domain.treatment import Pause, Times, Treatment
from companion.schedule.planner import agenda, plan

ROME = "Europe/Rome"
START = date(2026, 3, 2)


def treatment(morning: time = time(7, 30), evening: time = time(19, 30), start: date = START, end: date | None = None):
    return Treatment(1, Leaflet.EU, start, (Times(start, morning, evening),), end)


def test_two_slots_a_day_at_the_same_wall_clock_through_the_spring_change():
    planned = plan(treatment(), date(2026, 3, 28), date(2026, 3, 30), ROME)
    assert [each.due for each in planned] == [
        datetime(2026, 3, 28, 6, 30, tzinfo=UTC),
        datetime(2026, 3, 28, 18, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 5, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 17, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 5, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 17, 30, tzinfo=UTC),
    ]


def test_the_hour_that_autumn_repeats_gives_one_slot():
    planned = plan(treatment(time(2, 30), time(14, 30)), date(2026, 10, 25), date(2026, 10, 25), ROME)
    assert [each.due for each in planned] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 13, 30, tzinfo=UTC),
    ]


def test_a_day_that_does_not_exist_is_passed_over():
    planned = plan(treatment(start=date(2011, 12, 1)), date(2011, 12, 29), date(2011, 12, 31), "Pacific/Apia")
    assert [each.slot.day.day for each in planned] == [29, 29, 31, 31]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (START - 5 * DAY, START + DAY, 2),
        (START, START, 1),
        (START + DAY, START, 0),
        (START - 5 * DAY, START - DAY, 0),
        (date(2026, 4, 1), date(2026, 5, 30), 10),
    ],
)
def test_only_days_of_the_treatment_have_slots(first, last, days):
    assert len(plan(treatment(end=date(2026, 4, 10)), first, last, ROME)) == 2 * days


@given(
    st.dates(date(2024, 1, 1), date(2035, 12, 1)),
    st.integers(0, 400),
    st.sampled_from((ROME, "UTC", "America/New_York", "America/Nuuk", "Australia/Lord_Howe", "Asia/Kathmandu")),
    st.integers(0, 23 * 60 + 59),
    st.integers(480, 960),
)
def test_no_slot_is_lost_or_doubled_and_none_come_closer_than_a_clock_change_allows(day, days, zone, minute, gap):
    evening = minute + gap
    if evening >= 24 * 60:
        return
    when = treatment(time(*divmod(minute, 60)), time(*divmod(evening, 60)), date(2020, 1, 1))
    planned = plan(when, day, day + timedelta(days=days), zone)
    assert len(planned) == 2 * (days + 1)
    assert [each.slot for each in planned] == sorted({each.slot for each in planned})
    for one, other in pairwise(planned):
        assert other.due - one.due >= SPACING - timedelta(hours=1)
    for each in planned:
        shown = local(each.due, zone).replace(tzinfo=None)
        wanted = datetime.combine(each.slot.day, when.times_on(each.slot.day).on(each.slot.day, each.slot.part))
        assert timedelta(0) <= shown - wanted <= timedelta(hours=1)


def test_a_late_morning_moves_the_evening_and_nothing_after_it():
    day = date(2026, 6, 10)
    now = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
    late = Application(7, Slot(day, Part.MORNING), Outcome.APPLIED, datetime(2026, 6, 10, 11, 0, tzinfo=UTC), ROME)
    items = agenda(treatment(), {late.slot: late}, late, (day, day + DAY), now, ROME)
    assert [item.state for item in items] == [SlotState.APPLIED, *[SlotState.AHEAD] * 3]
    assert [item.not_before for item in items] == [None, late.at + SPACING, None, None]
    assert items[0].recorded == late


def test_an_agenda_tells_unknown_from_missed():
    day = date(2026, 6, 10)
    now = datetime(2026, 6, 11, 8, 0, tzinfo=UTC)
    missed = Application(7, Slot(day, Part.MORNING), Outcome.MISSED, now, ROME)
    items = agenda(treatment(), {missed.slot: missed}, None, (day, day + DAY), now, ROME)
    assert [item.state for item in items] == [SlotState.MISSED, SlotState.UNKNOWN, SlotState.OPEN, SlotState.AHEAD]


def test_an_application_logged_while_the_clock_was_wrong_does_not_close_the_days_until_then():
    day = date(2026, 6, 10)
    now = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
    ahead = Application(
        7, Slot(date(2100, 1, 1), Part.MORNING), Outcome.APPLIED, datetime(2100, 1, 1, tzinfo=UTC), ROME
    )
    items = agenda(treatment(), {}, ahead, (day, day + DAY), now, ROME)
    assert [item.not_before for item in items] == [None] * 4


def test_paused_days_are_in_no_plan_and_in_the_agenda_only_with_what_was_recorded():
    day = date(2026, 6, 10)
    resting = replace(treatment(), pauses=(Pause(1, day, day + DAY), Pause(2, day + 4 * DAY)))
    assert [each.slot.day.day for each in plan(resting, day - DAY, day + 9 * DAY, ROME)] == [9, 9, 12, 12, 13, 13]
    now = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
    done = Application(7, Slot(day, Part.MORNING), Outcome.APPLIED, now, ROME)
    items = agenda(resting, {done.slot: done}, done, (day, day + 2 * DAY), now, ROME)
    assert [(item.slot.day.day, item.state) for item in items] == [
        (10, SlotState.APPLIED),
        (12, SlotState.AHEAD),
        (12, SlotState.AHEAD),
    ]


def test_other_days_have_their_own_times():
    weekends = Times(START, time(7, 30), time(19, 30), frozenset({6, 7}), time(10), time(22))
    planned = plan(replace(treatment(), times=(weekends,)), date(2026, 6, 12), date(2026, 6, 15), ROME)
    assert [local(each.due, ROME).hour for each in planned] == [7, 19, 10, 22, 10, 22, 7, 19]

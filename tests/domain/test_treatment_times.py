"""Times on ordinary and other days, the shortest span between them, and pauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from companion.domain.dosing import SlotState, count_slots, slot_state, slots_between
from companion.domain.leaflet import Leaflet
from companion.domain.moments import DAY, Part, Slot
from companion.domain.treatment import Pause, Times, Treatment, tightest

START = date(2026, 6, 1)  # a Monday
SATURDAY = date(2026, 6, 6)
ROME = "Europe/Rome"


@pytest.mark.parametrize(
    ("other", "day", "part", "expected"),
    [
        ((), SATURDAY, Part.MORNING, time(8)),
        ((frozenset({6, 7}), time(10), time(22)), SATURDAY, Part.MORNING, time(10)),
        ((frozenset({6, 7}), time(10), time(22)), SATURDAY, Part.EVENING, time(22)),
        ((frozenset({6, 7}), time(10), time(22)), START, Part.MORNING, time(8)),
        ((frozenset({6, 7}), None, time(22)), SATURDAY, Part.MORNING, time(8)),
        ((frozenset({6, 7}), time(0), None), SATURDAY, Part.MORNING, time(0)),
        ((frozenset({1}), time(10), None), START, Part.EVENING, time(20)),
    ],
)
def test_the_time_of_a_day(other, day, part, expected):
    assert Times(START, time(8), time(20), *other).on(day, part) == expected


@pytest.mark.parametrize(
    ("times", "hours"),
    [
        (Times(START, time(8), time(20)), 12),
        (Times(START, time(8), time(16)), 8),
        (Times(START, time(7), time(22)), 9),
        (Times(START, time(7), time(22), frozenset({6, 7}), time(10), None), 9),
        (Times(START, time(7), time(20), frozenset({7}), time(10), time(23, 30)), 7.5),
        (Times(START, time(12), time(20), frozenset({3}), time(2), None), 6),
        (Times(START, time(20), time(8)), -12),
    ],
)
def test_the_shortest_span_of_any_week(times, hours):
    assert tightest(times) == timedelta(hours=hours)


def test_a_pause_covers_both_its_ends_and_one_without_end_everything_after():
    short = Pause(1, SATURDAY, SATURDAY + DAY)
    assert [short.covers(SATURDAY + n * DAY) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert Pause(2, SATURDAY).covers(date(2090, 1, 1))


def test_a_paused_slot_is_neither_ahead_nor_open_nor_unknown_and_counts_for_nothing():
    treatment = Treatment(1, Leaflet.EU, START, (Times(START, time(8), time(20)),))
    resting = replace(treatment, pauses=(Pause(1, START + 2 * DAY, START + 3 * DAY),))
    now = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)
    states = [slot_state(resting, slot, None, now, ROME) for slot in slots_between(START, START + 4 * DAY)]
    assert states == [SlotState.UNKNOWN] * 4 + [SlotState.PAUSED] * 4 + [SlotState.AHEAD] * 2
    assert count_slots(states) == count_slots([SlotState.UNKNOWN] * 4)
    assert slot_state(resting, Slot(START - DAY, Part.MORNING), None, now, ROME) is SlotState.BEFORE_START

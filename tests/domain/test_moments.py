"""Instants, days and gaps between times: tables for the known oddities, properties for the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.moments import (
    DAY,
    PARTS,
    Part,
    Slot,
    as_utc,
    day_exists,
    gap_between,
    instant_of,
    local,
    local_day,
    week_number,
)

ZONES = (
    "UTC",
    "Europe/Rome",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Nuuk",
    "Australia/Lord_Howe",
    "Africa/Cairo",
)
DAYS = st.dates(date(2008, 1, 1), date(2036, 12, 31))
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        as_utc(datetime(2026, 11, 21, 8))


def test_an_aware_time_becomes_utc():
    in_rome = datetime(2026, 11, 21, 8, tzinfo=timezone(timedelta(hours=1)))
    assert as_utc(in_rome) == datetime(2026, 11, 21, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        # plain
        (date(2026, 11, 21), time(7, 30), "Europe/Rome", datetime(2026, 11, 21, 6, 30, tzinfo=UTC)),
        # a time that the spring change leaves out moves later by the hour
        (date(2026, 3, 29), time(2, 30), "Europe/Rome", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # a time that the autumn change repeats is its first occurrence
        (date(2026, 10, 25), time(2, 30), "Europe/Rome", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # a change of half an hour
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
        # the change skips the last hour of a Saturday: the evening is kept, shortly after midnight
        (date(2026, 3, 28), time(23, 30), "America/Nuuk", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # a day that was skipped when the date line moved
        (date(2011, 12, 30), time(7, 30), "Pacific/Apia", None),
        (date(2011, 12, 30), time(23, 59), "Pacific/Apia", None),
        (date(2011, 12, 29), time(23, 59), "Pacific/Apia", datetime(2011, 12, 30, 9, 59, tzinfo=UTC)),
        (date(2011, 12, 31), time(0, 0), "Pacific/Apia", datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_instants_of_wall_clock_times(day, at, zone, expected):
    assert instant_of(day, at, zone) == expected


@given(DAYS, TIMES, st.sampled_from(ZONES))
def test_an_instant_reads_as_its_wall_clock_or_is_moved_later_by_a_gap(day, at, zone):
    moment = instant_of(day, at, zone)
    if moment is None:
        assert (zone, day) == ("Pacific/Apia", date(2011, 12, 30))
        return
    shown = local(moment, zone)
    wanted = datetime.combine(day, at)
    moved = shown.replace(tzinfo=None) - wanted
    assert timedelta(0) <= moved <= timedelta(hours=1)


@given(DAYS, st.sampled_from(ZONES))
def test_every_day_exists_but_the_one_apia_skipped(day, zone):
    assert day_exists(day, zone) == ((zone, day) != ("Pacific/Apia", date(2011, 12, 30)))


@given(DAYS, TIMES, TIMES, st.sampled_from(ZONES))
def test_instants_of_a_day_keep_their_order(day, one, other, zone):
    first, second = (instant_of(day, at, zone) for at in sorted((one, other)))
    if first is not None and second is not None:
        # inside a gap two times an hour apart may fall together, but never change places by more than the gap
        assert first - second <= timedelta(hours=1)


def test_the_local_day_turns_at_local_midnight():
    moment = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert local_day(moment, "UTC") == date(2026, 11, 20)
    assert local_day(moment, "Europe/Rome") == date(2026, 11, 21)
    assert local_day(moment, "America/New_York") == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("after", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (13, 2), (14, 3), (167, 24), (168, 25), (363, 52), (364, 53)]
)
def test_weeks_are_counted_from_one(after, week):
    start = date(2026, 3, 2)
    assert week_number(start, start + DAY * after) == week


@given(DAYS, st.integers(0, 5000))
def test_a_week_has_seven_days(start, after):
    day = start + DAY * after
    assert week_number(start, day + DAY * 7) == week_number(start, day) + 1


@pytest.mark.parametrize(
    ("morning", "evening", "hours"),
    [
        (time(8), time(20), 12),
        (time(7), time(15), 8),
        (time(6), time(22), 8),
        (time(10), time(12), 2),
        (time(0), time(16), 8),
        (time(1), time(23), 2),
    ],
)
def test_the_gap_is_the_smaller_way_round(morning, evening, hours):
    assert gap_between(morning, evening) == timedelta(hours=hours)


@given(TIMES, TIMES)
def test_the_gap_is_the_same_both_ways_and_at_most_half_a_day(one, other):
    assert gap_between(one, other) == gap_between(other, one)
    assert timedelta(0) <= gap_between(one, other) <= DAY / 2


def test_slots_sort_as_time_goes():
    """As words, "evening" would come before "morning"."""
    slots = [Slot(date(2026, 3, day), part) for day in (1, 2, 3) for part in PARTS]
    assert sorted(reversed(slots)) == slots
    assert Slot(date(2026, 3, 1), Part.EVENING) > Slot(date(2026, 3, 1), Part.MORNING)
    assert max(slots) == slots[-1]

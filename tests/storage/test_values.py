"""Values come back as they went in, and what nobody could read back is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.storage import values

INSTANTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(INSTANTS, OFFSETS)
def test_an_instant_is_kept_exactly_whatever_zone_it_was_said_in(naive, offset):
    moment = naive.replace(tzinfo=offset)
    back = values.instant_out(values.instant_in(moment))
    assert back == moment
    assert back.tzinfo is UTC


@given(INSTANTS, INSTANTS)
def test_stored_instants_sort_as_time_does(one, other):
    one, other = one.replace(tzinfo=UTC), other.replace(tzinfo=UTC)
    assert (values.instant_in(one) < values.instant_in(other)) == (one < other)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        values.instant_in(datetime(2026, 1, 5, 8))


def test_an_instant_is_no_day():
    with pytest.raises(ValueError, match="not a day"):
        values.day_in(datetime(2026, 1, 5, 8, tzinfo=UTC))


@given(st.dates())
def test_a_day_comes_back(day):
    assert values.day_out(values.day_in(day)) == day


@given(st.dates(), st.dates())
def test_stored_days_sort_as_days_do(one, other):
    assert (values.day_in(one) < values.day_in(other)) == (one < other)


@given(st.times())
def test_a_time_comes_back_to_the_minute(at):
    assert values.time_out(values.time_in(at)) == time(at.hour, at.minute)


@given(st.lists(st.integers(1, 2**40)))
def test_ids_come_back_in_order(ids):
    assert values.ids_out(values.ids_in(ids)) == tuple(ids)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=1000))
def test_a_decimal_keeps_its_digits(number):
    assert str(values.decimal_out(values.decimal_in(number))) == format(number, "f")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_a_decimal_is_a_number(text):
    with pytest.raises(ValueError, match="not a number"):
        values.decimal_in(Decimal(text))


def test_the_day_of_the_oldest_and_the_youngest():
    assert values.day_in(date.min) == "0001-01-01"
    assert values.day_in(date.max) == "9999-12-31"

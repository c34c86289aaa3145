"""The axis of weeks: what is seen, and that it can not be lost from sight."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.domain import weeks
from companion.domain.weeks import Window

START = date(2026, 4, 26)
BOUNDS = Window(0.0, 60.0)


def test_a_day_and_its_place_on_the_axis_are_one():
    for days in range(-30, 4000, 13):
        day = START + timedelta(days=days)
        assert weeks.day_at(START, weeks.week_of(START, day)) == day


def test_the_first_review_is_always_on_the_axis():
    assert weeks.whole(START, START, (24, 52)) == Window(0.0, 25.0)


def test_a_review_that_is_near_is_kept_in_sight_and_a_far_one_is_not():
    at = [weeks.whole(START, START + timedelta(weeks=week), (24, 52)).last for week in (30, 40, 60)]
    assert at == [32.0, 53.0, 62.0]


def test_what_was_before_the_start_is_on_the_axis():
    found = weeks.whole(START, START, (), earliest=START - timedelta(days=10))
    assert found.first == -2.0


def test_the_weeks_zoomed_about_stay_where_they_are_seen():
    found = weeks.zoomed(Window(10, 30), 0.5, 15, BOUNDS)
    assert found == Window(12.5, 22.5)
    assert (15 - found.first) / found.span == (15 - 10) / 20


def test_today_stands_at_the_end_of_the_last_weeks():
    assert weeks.latest(12, BOUNDS, 40.0) == Window(29.0, 41.0)


def test_a_week_out_of_sight_is_brought_into_it_and_one_in_sight_moves_nothing():
    seen = Window(10, 20)
    assert weeks.revealing(seen, 15, BOUNDS) == seen
    assert weeks.revealing(seen, 30, BOUNDS) == Window(21, 31)
    assert weeks.revealing(seen, 5, BOUNDS) == Window(4, 14)


def test_labels_stand_on_round_weeks_and_never_closer_than_they_are_wide():
    assert weeks.step(18.0, 70.0) == 4
    assert weeks.ticks(-3.0, 17.0, 4) == (0, 4, 8, 12, 16)
    for a_week in (0.3, 1, 4, 18, 90):
        assert weeks.step(a_week, 70.0) * a_week >= 70 or weeks.step(a_week, 70.0) == 260


@given(st.floats(-50, 700), st.floats(2, 700), st.floats(0.01, 100), st.floats(-100, 800), st.floats(-900, 900))
def test_no_zoom_and_no_pan_leaves_the_axis(first, span, factor, about, by):
    bounds = Window(-4.0, 525.0)
    window = weeks.clamped(Window(first, first + span), bounds)
    for found in (window, weeks.zoomed(window, factor, about, bounds), weeks.panned(window, by, bounds)):
        assert found.first >= bounds.first - 1e-6
        assert found.last <= bounds.last + 1e-6
        assert found.span >= min(weeks.NARROWEST, window.span) - 1e-6

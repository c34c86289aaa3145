"""What is left of a tube, about; when to order; when the leaflet says to discard it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dosing import Application, Outcome
from companion.domain.moments import DAY, Part, Slot
from companion.domain.treatment import Place, Tube, total_handprints
from companion.domain.tube import estimate, estimate_from, months_after, usual_grams

TODAY = date(2026, 11, 21)
OPENED = date(2026, 11, 1)
TUBE = Tube(1, 100, OPENED)


def used(day: date, outcome: Outcome = Outcome.APPLIED, grams: float | None = None) -> Application:
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return Application(1, Slot(day, Part.MORNING), outcome, moment, "UTC", grams=grams)


def test_an_application_takes_a_quarter_of_a_gram_a_handprint():
    assert usual_grams(Decimal("2.5")) == 0.625


def test_what_was_noted_counts_as_noted_and_the_rest_at_the_usual_amount():
    applications = [used(OPENED), used(OPENED + DAY, grams=2.0), used(OPENED + 2 * DAY, Outcome.SKIPPED)]
    result = estimate(TUBE, applications, Decimal(2), TODAY, None)
    assert result.left == pytest.approx(100 - 2.0 - 0.5)
    assert result.per_day == 1.0
    assert result.days_left == 97
    assert result.order_by == TODAY + timedelta(days=90)
    assert result.share == pytest.approx(0.975)


def test_only_applications_since_it_was_opened_and_until_today_count():
    outside = [used(OPENED - DAY, grams=50), used(TODAY + DAY, grams=50)]
    applications = [*outside, used(OPENED, grams=1), used(TODAY, grams=1)]
    assert estimate(TUBE, applications, Decimal(1), TODAY, None).left == 98


def test_it_is_never_less_than_empty_and_the_order_never_in_the_past():
    result = estimate_from(TUBE, 130, 0, Decimal(4), TODAY, None)
    assert (result.left, result.days_left, result.order_by, result.share) == (0.0, 0, TODAY, 0.0)


def test_without_treated_places_nothing_is_foretold():
    result = estimate_from(TUBE, 0, 3, Decimal(0), TODAY, None)
    assert (result.left, result.days_left, result.order_by) == (100.0, None, None)


@pytest.mark.parametrize(
    ("months", "expires", "discard"),
    [
        (6, None, date(2027, 5, 1)),
        (6, date(2027, 3, 1), date(2027, 3, 1)),
        (6, date(2028, 1, 1), date(2027, 5, 1)),
        (None, date(2028, 1, 1), date(2028, 1, 1)),
        (None, None, None),
    ],
)
def test_the_earlier_of_leaflet_and_expiry_is_the_date_to_discard(months, expires, discard):
    tube = Tube(1, 100, OPENED, expires_on=expires)
    assert estimate_from(tube, 0, 0, Decimal(1), TODAY, months).discard_on == discard


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_end_with_shorter_months(day, months, result):
    assert months_after(day, months) == result


@given(st.floats(0, 500), st.integers(0, 2000), st.integers(1, 400), st.integers(1, 500))
def test_the_estimate_stays_inside_the_tube(noted, unnoted, quarters, grams):
    tube = Tube(1, grams, OPENED)
    result = estimate_from(tube, noted, unnoted, Decimal(quarters) / 4, TODAY, 6)
    assert 0 <= result.left <= grams
    assert 0 <= result.share <= 1
    assert result.order_by is None or result.order_by >= TODAY
    more = estimate_from(tube, noted, unnoted + 1, Decimal(quarters) / 4, TODAY, 6)
    assert more.left <= result.left


def test_only_treated_places_that_are_not_put_away_are_added_up():
    places = (
        Place(1, "face", "", Decimal(1), False),
        Place(2, "knee_left", "", Decimal("0.5"), False),
        Place(3, "hand_left", "", Decimal("0.5"), False, treated=False),
        Place(4, "hand_right", "", Decimal("0.5"), False, archived=True),
    )
    assert total_handprints(places) == Decimal("1.5")


def test_cream_that_may_no_longer_be_used_does_not_put_off_the_next_tube():
    # A quarter of a handprint: 100 g would last 800 days, but the leaflet ends at six months.
    result = estimate_from(Tube(1, 100, OPENED), 0, 0, Decimal("0.25"), TODAY, 6)
    assert result.discard_on is not None
    assert result.order_by == result.discard_on - timedelta(days=7)
    assert estimate_from(Tube(1, 100, OPENED), 0, 0, Decimal("0.25"), TODAY, None).order_by > result.discard_on

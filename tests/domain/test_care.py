"""The arithmetic of a score, and what cannot be of each kind of entry."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain import care
from companion.domain.care import (
    PERCENTS,
    SCORE_CAVEATS,
    CareKind,
    Device,
    Estimate,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.errors import PersonError

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
SOURCES = Path(__file__).resolve().parents[2] / "resources" / "content" / "sources.json"


def line(region=ScoreRegion.ARMS, units="3", percent=50):
    return RegionScore(region, Decimal(units), percent)


def test_a_score_is_the_sum_of_size_times_share():
    """The published example: arms 3 x 50% and legs 4 x 75%."""
    score = Score((line(), line(ScoreRegion.LEGS, "4", 75)), face_included=True)
    assert [each.points for each in score.regions] == [Decimal("1.5"), Decimal(3)]
    assert care.score_total(score) == Decimal("4.5")


def test_a_score_is_as_exact_as_its_steps():
    assert care.score_range(Score((line(units="4", percent=50),), False)) == (Decimal("1.5"), Decimal("2.5"))
    assert care.score_range(Score((line(units="4", percent=0),), False)) == (0, Decimal("0.2"))
    assert care.score_range(Score((line(units="4", percent=100),), False)) == (Decimal("3.8"), 4)


LINES = st.builds(
    RegionScore,
    st.sampled_from(ScoreRegion),
    st.decimals(0, 10, places=2, allow_nan=False),
    st.sampled_from(PERCENTS),
)


@given(st.lists(LINES, min_size=1, max_size=6, unique_by=lambda each: each.region))
def test_a_sum_lies_within_its_own_range_and_never_above_the_handprints(lines):
    score = Score(tuple(lines), False)
    care.check(score)
    low, high = care.score_range(score)
    assert 0 <= low <= care.score_total(score) <= high <= sum(each.units for each in lines)


def test_every_limit_of_a_score_has_a_source_that_is_there():
    known = {each["id"] for each in json.loads(SOURCES.read_text(encoding="utf-8"))}
    assert all(each.sources and set(each.sources) <= known for each in SCORE_CAVEATS)


LIMITS = [
    (LightSession(Device.EXCIMER, Decimal(0)), "light_minutes"),
    (LightSession(Device.EXCIMER, Decimal(-1)), "light_minutes"),
    (LightSession(Device.EXCIMER, Decimal("180.5")), "light_minutes"),
    (LightSession(Device.EXCIMER, Decimal("NaN")), "light_minutes"),
    (OtherTreatment(" \n"), "treatment_name_empty"),
    (OtherTreatment("x" * 201), "name_too_long"),
    (Estimate(1, Decimal("-0.1")), "estimate_range"),
    (Estimate(1, Decimal("100.1")), "estimate_range"),
    (Estimate(1, Decimal("Infinity")), "estimate_range"),
    (Score((), False), "score_empty"),
    (Score((line(), line()), False), "score_region_twice"),
    (Score((line(percent=60),), False), "score_percent"),
    (Score((line(percent=101),), False), "score_percent"),
    (Score((line(units="-1"),), False), "score_units"),
    (Score((line(ScoreRegion.HANDS, "11"),), False), "score_units"),
    (Score((line(ScoreRegion.TRUNK, "60"), line(ScoreRegion.LEGS, "60")), False), "score_over_body"),
    (Score((line(),), False, "x" * 201), "name_too_long"),
    (Noticing(-1), "noticing_level"),
    (Noticing(5), "noticing_level"),
    (Visit(asked="x" * 100_001), "note_too_long"),
    (Visit(said="x" * 100_001), "note_too_long"),
]


@pytest.mark.parametrize(("what", "key"), LIMITS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_is_named(what, key):
    with pytest.raises(PersonError, match=f"^{key}$"):
        care.check(what)


FINE = [
    LightSession(Device.OTHER),
    LightSession(Device.NBUVB_CABIN, Decimal("0.25")),
    LightSession(Device.NBUVB_HAND, Decimal(180)),
    OtherTreatment("x" * 200, Form.TABLET),
    SkinDay(OnSkin.TAN),
    Estimate(1, Decimal(0)),
    Estimate(1, Decimal(100)),
    Score((line(units="0", percent=0),), True, "Clinic"),
    Score(tuple(line(region, "10") for region in ScoreRegion), True),
    Noticing(0),
    Noticing(4),
    Visit("x" * 100_000, "y" * 100_000),
]


@pytest.mark.parametrize("what", FINE, ids=lambda what: type(what).__name__)
def test_everything_else_is_as_the_person_says(what):
    care.check(what)
    care.check_days(what, TODAY, None, TODAY)


def test_every_fact_has_its_kind():
    assert {care.KIND_OF[type(what)] for what in FINE} == set(CareKind)


@pytest.mark.parametrize(
    ("what", "day", "ended", "key"),
    [
        (SkinDay(OnSkin.SUN), TODAY + DAY, None, "in_future"),
        (SkinDay(OnSkin.SUN), date(1899, 12, 31), None, "day_too_early"),
        (OtherTreatment("x"), TODAY, TODAY - DAY, "end_before_start"),
        (OtherTreatment("x"), TODAY, date(2037, 1, 1), "day_too_late"),
        (Visit(next_on=TODAY - DAY), TODAY, None, "next_before_visit"),
        (Visit(next_on=date(9999, 1, 1)), TODAY, None, "day_too_late"),
    ],
)
def test_days_that_cannot_be_are_named(what, day, ended, key):
    with pytest.raises(PersonError, match=f"^{key}$"):
        care.check_days(what, day, ended, TODAY)


def test_days_that_can_be():
    care.check_days(OtherTreatment("x"), date(1990, 1, 1), TODAY + 200 * DAY, TODAY)
    care.check_days(Visit(next_on=TODAY), TODAY, None, TODAY)


def test_places_together_are_no_more_than_a_body():
    care.check_over_body([Decimal(60), Decimal(40)])
    with pytest.raises(PersonError, match="estimates_over_body"):
        care.check_over_body([Decimal(60), Decimal("40.01")])


def test_what_was_typed_and_chosen_is_known_for_a_search():
    assert care.typed(Visit("why", "so")) == "why\nso"
    assert care.typed(OtherTreatment("Tacrolimus")) == "Tacrolimus"
    assert care.typed(Score((line(),), False, "Dr. No")) == "Dr. No"
    assert [care.choice(what) for what in (LightSession(Device.EXCIMER), SkinDay(OnSkin.SUN), Noticing(3))] == [
        "excimer",
        "sun",
        "3",
    ]

"""The rules of each leaflet as data: read whole, and never those of another."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from companion.content import leaflets
from companion.domain.leaflet import SPACING, Leaflet, MissedRule, rules_from
from companion.wording import resources


def test_only_the_eu_leaflet_states_the_rule_of_eight_hours():
    rules = {each: leaflets.rules(resources.root(), each) for each in Leaflet}
    assert rules[Leaflet.EU].missed is MissedRule.EU_EIGHT_HOURS
    assert rules[Leaflet.EU].min_gap == timedelta(hours=8)
    assert rules[Leaflet.EU].discard_months == 6
    for other in (Leaflet.US, Leaflet.OTHER):
        assert rules[other].missed is MissedRule.ASK
        assert rules[other].discard_months is None


@pytest.mark.parametrize("leaflet", list(Leaflet))
def test_every_leaflet_says_who_it_is_and_whom_to_call(leaflet):
    rules = leaflets.rules(resources.root(), leaflet)
    assert rules.leaflet is leaflet
    assert rules.minimum_age == 12
    assert rules.emergency_number in ("911", "112")
    assert rules.min_gap is None or rules.min_gap <= SPACING


def test_a_rule_that_is_not_stated_is_none_and_not_that_of_another():
    bare = '{"id": "other", "tube_sizes": [], "missed_dose": "ask", "minimum_age": 12, "review_weeks": []'
    rules = rules_from(json.loads(bare + ', "emergency_number": "112"}'))
    assert (rules.handprints_cap, rules.min_gap, rules.discard_months) == (None, None, None)
    assert (rules.tube_caps, rules.tube_sizes) == ((), ())


def test_a_rule_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="guess"):
        rules_from({"id": "eu", "tube_sizes": [], "missed_dose": "guess", "minimum_age": 12, "review_weeks": []})

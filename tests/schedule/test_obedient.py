"""Somebody who does as told is back at their own times within two days; a planner that keeps them away is caught."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.schedule.mutants import planted
from tests.schedule.obedient import UPSETS, Upset, drawn, obey
from tests.schedule.oracle import HOUR
from tests.schedule.simulation import Violation

AT_TWENTY_TO_THREE = Upset("late", at=14 * HOUR + 40 * 60)
ONE_EVENING = Upset("deaf", at=20 * HOUR + 1800, span=10 * HOUR, times=((7, 30), (21, 0)), rule=False)
OPENED_AT_ELEVEN = Upset("off", at=19 * HOUR, span=4 * HOUR, rule=False)
MINUTES = 300


@pytest.mark.parametrize("upset", [AT_TWENTY_TO_THREE, ONE_EVENING, OPENED_AT_ELEVEN])
def test_what_once_kept_a_person_from_their_times_for_ever(upset):
    obey(upset)
    obey(replace(upset, beat=MINUTES))


@pytest.mark.parametrize("kind", UPSETS)
def test_whatever_happened_both_times_are_back_within_two_days(kind):
    for seed in range(2_000):
        upset = drawn(seed)
        if upset.kind == kind:
            obey(upset)


@pytest.mark.parametrize("upset", [AT_TWENTY_TO_THREE, ONE_EVENING, OPENED_AT_ELEVEN])
@pytest.mark.parametrize("name", ["quiet_night_into_the_morning", "quiet_night_only_when_awake"])
def test_a_planner_that_moves_evenings_to_the_morning_is_caught_by_obedience_alone(name, upset):
    with planted(name), pytest.raises(Violation, match="not back"):
        obey(replace(upset, beat=MINUTES))

"""A year in twenty hard zones, travels, looks at every half minute; and every planted bug is caught."""

from __future__ import annotations

import pytest

from tests.schedule.mutants import MUTANTS, planted
from tests.schedule.simulation import Figures, Life, Violation, all_zones, simulate

# Each with a year in which its clocks did something: a day left out, two hours, half an hour, a change at midnight,
# four changes a year, a new rule announced a week before.
HARD = {
    "Pacific/Apia": (2011, 7),
    "Pacific/Fakaofo": (2011, 7),
    "Australia/Lord_Howe": (2026, 1),
    "Africa/Casablanca": (2026, 1),
    "Asia/Gaza": (2024, 1),
    "Pacific/Chatham": (2026, 1),
    "Asia/Kathmandu": (2026, 1),
    "America/Sao_Paulo": (2018, 1),
    "America/Nuuk": (2023, 1),
    "Antarctica/Troll": (2025, 1),
    "Asia/Tehran": (2022, 1),
    "America/Caracas": (2016, 1),
    "Asia/Pyongyang": (2015, 1),
    "America/St_Johns": (2011, 1),
    "Africa/Cairo": (2023, 1),
    "Asia/Beirut": (2023, 1),
    "America/Havana": (2026, 1),
    "Europe/Rome": (2026, 1),
    "Pacific/Kiritimati": (2026, 1),
    "America/Santiago": (2026, 1),
}
HARDEST = ("Pacific/Apia", "Europe/Rome", "America/Nuuk", "Asia/Gaza", "Australia/Lord_Howe", "America/Havana")
NIGHT = ((2, 30), (14, 0))
SHOWING = {
    "no_existence_check": Life("Pacific/Apia", 2011, 0.5, 10, ((8, 0), (20, 0)), sleeps=0.01),
    "second_occurrence": Life("Europe/Rome", 2026, 0.4, 8, NIGHT, sleeps=0.01),
    "told_by_a_wrong_clock_is_kept": Life("Europe/Rome", 2026, 0.7, clock_sets=0.15),
}
"""Where a bug shows soonest, if not in the lives that show the others."""


def life(zone: str, years: float = 1, **more: float) -> Life:
    year, month = HARD[zone]
    return Life(zone, year, years, month, **more)


@pytest.mark.parametrize("zone", HARD)
def test_a_year_in_a_hard_zone(zone):
    figures = simulate(life(zone)).counts
    assert figures["slots"] > 500
    assert all(figures[each] > 0 for each in ("applied", "sleeps", "crashes", "put off", "told catch_up"))


@pytest.mark.parametrize("zone", HARDEST)
def test_half_a_year_of_travel_with_a_clock_that_is_set_often(zone):
    figures = simulate(life(zone, 0.5, clock_sets=0.02, moves=0.03)).counts
    assert figures["moves"] > 10


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Europe/Rome"])
def test_a_look_every_half_minute_finds_the_same(zone):
    figures = simulate(life(zone, 0.01, sleeps=0.0005, every_tick=True, restarts=0.0005)).counts
    assert figures["looks"] > 3_000


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_bug_is_caught(name):
    with planted(name), pytest.raises(Violation):
        show(name)


def show(name: str) -> None:
    if name in SHOWING:
        simulate(SHOWING[name])
        return
    for zone in HARDEST:
        simulate(life(zone, clock_sets=0.02, moves=0.01))
        simulate(life(zone))


@pytest.mark.long
def test_ten_years_in_every_zone():
    total = Figures()
    zones = all_zones()
    for zone in zones:
        total.add(simulate(Life(zone, 2006, 10)))
    assert total.counts["zone-days"] >= 5_000 * 365

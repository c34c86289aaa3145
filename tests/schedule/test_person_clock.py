"""The clock the whole record lives by: one zone for everything, the computer's or the one to stay in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from companion.schedule.clock import FixedClock, PersonClock, zone_exists

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def test_it_moves_with_the_computer_until_a_home_is_chosen_and_again_after():
    computer = FixedClock(NOON, "Europe/Rome")
    clock = PersonClock(computer)
    computer.travel("Asia/Tokyo")
    computer.advance(timedelta(hours=1))
    assert (clock.zone(), clock.here(), clock.now()) == ("Asia/Tokyo", "Asia/Tokyo", NOON + timedelta(hours=1))
    clock.stay("Europe/Rome")
    assert (clock.zone(), clock.here()) == ("Europe/Rome", "Asia/Tokyo")
    clock.stay(None)
    assert clock.zone() == "Asia/Tokyo"


NONSENSE = ("", "Mars/Olympus", "../../etc/passwd", "Europe", "Europe/Rome\0", "/etc/localtime", "a" * 5000)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_home_that_is_no_zone_is_none(nonsense):
    assert not zone_exists(nonsense)
    assert PersonClock(FixedClock(NOON, "Asia/Tokyo"), nonsense).zone() == "Asia/Tokyo"

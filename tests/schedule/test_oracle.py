"""The judge judged: instants known by heart, and a search that asks the wall clock at every quarter of an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest

from tests.schedule.oracle import DAY, HOUR, Zone, day_number, moment, seconds

QUARTER = 900


@lru_cache
def zone(name: str, year: int) -> Zone:
    return Zone(name, year, year)


@pytest.mark.parametrize(
    ("name", "day", "clock", "instant"),
    [
        ("Europe/Rome", date(2026, 7, 1), "08:00", "2026-07-01 06:00"),
        ("Europe/Rome", date(2026, 3, 29), "02:30", "2026-03-29 01:30"),
        ("Europe/Rome", date(2026, 3, 29), "03:00", "2026-03-29 01:00"),
        ("Europe/Rome", date(2026, 10, 25), "02:30", "2026-10-25 00:30"),
        ("Europe/Rome", date(2026, 10, 25), "03:00", "2026-10-25 02:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "01:45", "2026-04-04 14:45"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "02:15", "2026-10-03 15:45"),
        ("Antarctica/Troll", date(2025, 3, 30), "01:30", "2025-03-30 01:30"),
        ("Asia/Kathmandu", date(2026, 1, 1), "00:00", "2025-12-31 18:15"),
        ("America/Havana", date(2026, 11, 1), "00:30", "2026-11-01 04:30"),
        ("Pacific/Apia", date(2011, 12, 29), "20:00", "2011-12-30 06:00"),
        ("Pacific/Apia", date(2011, 12, 30), "08:00", None),
        ("Pacific/Apia", date(2011, 12, 31), "08:00", "2011-12-30 18:00"),
        ("America/Nuuk", date(2024, 3, 30), "23:30", "2024-03-31 01:30"),
    ],
)
def test_instants_known_by_heart(name, day, clock, instant):
    hours, minutes = map(int, clock.split(":"))
    found = zone(name, day.year).instant(day_number(day), hours * HOUR + minutes * 60)
    assert (found is not None and f"{moment(found):%Y-%m-%d %H:%M}") == (instant or False)


@pytest.mark.parametrize(
    ("name", "year"),
    [("Pacific/Apia", 2011), ("Australia/Lord_Howe", 2026), ("Antarctica/Troll", 2025), ("Africa/Casablanca", 2026)],
)
def test_round_every_clock_change_a_search_finds_the_same(name, year):
    table, info = zone(name, year), ZoneInfo(name)
    for change in table.starts[1:]:
        start = change // QUARTER * QUARTER - 3 * DAY
        shown: dict[datetime, int] = {}
        for at in range(start, start + 6 * DAY, QUARTER):
            shown.setdefault(datetime.fromtimestamp(at, info).replace(tzinfo=None), at)
        days = {wall.date() for wall in shown}
        middle = datetime.fromtimestamp(change, UTC).date()
        for day in (middle + timedelta(n) for n in (-1, 0, 1)):
            for clock in range(0, DAY, QUARTER):
                wall = datetime.combine(day, datetime.min.time()) + timedelta(seconds=clock)
                found = table.instant(day_number(day), clock)
                if day not in days:
                    assert found is None
                elif wall in shown:
                    assert found == shown[wall]
                else:
                    lost = datetime.fromtimestamp(found, info).replace(tzinfo=None) - wall
                    assert timedelta(0) < lost <= timedelta(hours=2)
    assert seconds(moment(table.starts[1])) == table.starts[1]

"""A time zone as a calendar file tells it (RFC 5545, 3.6.5), good for the years to come.

The zone's changes are looked up for two generations. Those that follow one rule through all of these years (the last
Sunday of March, the second Sunday, the first Saturday on or after a date) are written as that rule, which goes on for
ever; all others (Ramadan, a law that ends) are written one by one. So what is written is what was looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from companion.domain.moments import DAY, zone_info
from companion.domain.values import value

YEARS = 60
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@value
class Change:
    """One change of a zone's clocks: at ``wall``, by the clock before it, from one offset to another."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


def timezone(zone: str, year: int) -> Timezone:
    """Return the zone called ``zone`` from the start of ``year`` on (an IANA name that exists)."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    there = start.astimezone(zone_info(zone))
    offset = there.utcoffset() or timedelta(0)
    made = Timezone()
    made.add("tzid", zone)
    base = Change(there.replace(tzinfo=None), offset, offset, there.tzname() or zone)
    made.add_component(_part([base], None))
    groups: dict[tuple[timedelta, timedelta, str], list[Change]] = {}
    for change in changes(zone, year, year + YEARS):
        groups.setdefault((change.before, change.after, change.name), []).append(change)
    for group in groups.values():
        made.add_component(_part(group, rule(group, year + YEARS - 1)))
    return made


def changes(zone: str, first: int, end: int) -> Iterator[Change]:
    """Yield the changes of ``zone`` from the start of the year ``first`` to that of ``end``, to the second."""
    info = zone_info(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(info).utcoffset() or timedelta(0)

    at, last = datetime(first, 1, 1, tzinfo=UTC), datetime(end, 1, 1, tzinfo=UTC)
    before = offset(at)
    while at < last:
        later = at + DAY
        after = offset(later)
        if after != before:
            early, late = at, later
            while late - early > timedelta(seconds=1):
                middle = early + (late - early) // 2
                middle = middle.replace(microsecond=0)
                early, late = (middle, late) if offset(middle) == before else (early, middle)
            wall = (late + before).replace(tzinfo=None)
            yield Change(wall, before, after, late.astimezone(info).tzname() or zone)
        at, before = later, after


def rule(group: Sequence[Change], last_year: int) -> dict[str, object] | None:
    """Return the yearly rule (parts of an RRULE) that gives exactly ``group``, or ``None`` where no rule does."""
    walls = [each.wall for each in group]
    years = [each.year for each in walls]
    if len(walls) < 2 or years != list(range(years[0], last_year + 1)):
        return None
    if len({(each.month, each.weekday(), each.time()) for each in walls}) != 1:
        return None
    weekday = WEEKDAYS[walls[0].weekday()]
    yearly: dict[str, object] = {"freq": "yearly", "bymonth": walls[0].month}
    if all((each + 7 * DAY).month != each.month for each in walls):
        return {**yearly, "byday": f"-1{weekday}"}
    weeks = {(each.day - 1) // 7 + 1 for each in walls}
    if len(weeks) == 1:
        return {**yearly, "byday": f"{weeks.pop()}{weekday}"}
    days = sorted({each.day for each in walls})
    if len(days) == 7 and days[-1] - days[0] == 6 and _is_first_from(walls, days[0]):
        return {**yearly, "byday": weekday, "bymonthday": days}
    return None


def _is_first_from(walls: Sequence[datetime], day: int) -> bool:
    """Return whether each is the first of its weekday from the ``day`` of its month on."""
    for each in walls:
        first = date(each.year, each.month, day)
        if each.date() != first + timedelta(days=(each.weekday() - first.weekday()) % 7):
            return False
    return True


def _part(group: Sequence[Change], yearly: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    """Return a group of like changes, by its rule or one by one."""
    first = group[0]
    part = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    part.add("dtstart", first.wall)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if yearly is not None:
        part.add("rrule", yearly)
    elif len(group) > 1:
        part.add("rdate", [each.wall for each in group[1:]])
    return part

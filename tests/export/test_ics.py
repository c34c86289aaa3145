"""A calendar file, read back by readers that had no part in writing it."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical

from companion.export.ics import Entry, edition, encoded
from companion.export.vtimezone import YEARS, changes, timezone

DAY = timedelta(days=1)
ROME = "Europe/Rome"
WRITTEN = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
FIRST = date(2026, 11, 21)  # a Saturday
WEEK = frozenset(range(1, 8))
MORNING = Entry("a1", "È ora", FIRST, time(7, 30), WEEK)
# Rules of every kind: none; two a year; changes at midnight, at 24:00, of half an hour, on a Saturday after a Thursday;
# Ramadan; a date and the weekday after it; the day before a last Sunday; none any more.
HARD = (
    "Europe/Rome", "Europe/London", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/Santiago",
    "America/Nuuk", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza",
    "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Beirut", "Pacific/Chatham", "Pacific/Easter",
    "Antarctica/Troll", "Etc/UTC", "UTC", "Pacific/Apia", "America/Asuncion",
)  # fmt: skip


def lines(data: bytes) -> list[bytes]:
    assert data.endswith(b"\r\n")
    return data.split(b"\r\n")[:-1]


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def occurrences(data: bytes, until: datetime) -> list[tuple[str, datetime]]:
    """Expand every event with dateutil, over the zone as the file itself describes it; return instants in UTC."""
    calendar = icalendar.Calendar.from_ical(data)
    (zone,) = (each for each in calendar.walk("VTIMEZONE"))
    described = tzical(io.StringIO(zone.to_ical().decode("utf-8").replace("\r\n", "\n"))).get(str(zone["TZID"]))
    found = []
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt.replace(tzinfo=None)
        assert event["DTSTART"].params["TZID"] == str(zone["TZID"])
        walls = [start]
        if "RRULE" in event:
            text = event["RRULE"].to_ical().decode()
            stop = re.search(r";?UNTIL=(\d{8}T\d{6})Z", text)
            naive = until.replace(tzinfo=None) + 2 * DAY
            walls = list(rrulestr(text.replace(stop[0] if stop else "\0", ""), dtstart=start).between(
                start - DAY, naive, inc=True
            ))  # fmt: skip
            if stop:
                limit = datetime.strptime(stop[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                walls = [each for each in walls if each.replace(tzinfo=described).astimezone(UTC) <= limit]
        closed = event.get("EXDATE")
        left_out = {each.dt.replace(tzinfo=None) for each in closed.dts} if closed else set()
        found += [(str(event["UID"]), each.replace(tzinfo=described).astimezone(UTC)) for each in walls
                  if each not in left_out]  # fmt: skip
    return sorted((uid, at) for uid, at in found if at <= until)


def test_every_line_is_one_a_calendar_can_read():
    data = encoded("Promemoria", [Entry("a", "È ora, sì; ✓ \\ " * 20, FIRST, time(7, 30), WEEK)], ROME, WRITTEN)
    assert all(len(each) <= 75 for each in lines(data))
    for each in lines(data):
        each.decode("utf-8")  # no letter is cut in two
    assert unfolded(data)[0] == "BEGIN:VCALENDAR"
    for wanted in ("VERSION:2.0", "METHOD:PUBLISH", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S",
                   "RRULE:FREQ=DAILY", "DTSTART;TZID=Europe/Rome:20261121T073000", "DTSTAMP:20261121T070000Z",
                   "DURATION:PT15M", "CLASS:PRIVATE", "TRANSP:TRANSPARENT"):  # fmt: skip
        assert wanted in unfolded(data), wanted
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == "È ora, sì; ✓ \\ " * 20
    assert str(event.walk("VALARM")[0]["DESCRIPTION"]) == "È ora, sì; ✓ \\ " * 20


def test_two_a_day_on_the_wall_for_forty_years():
    evening = Entry("a2", "È ora", FIRST, time(20), WEEK)
    end = datetime(2066, 11, 21, 23, tzinfo=UTC)
    found = occurrences(encoded("n", [MORNING, evening], ROME, WRITTEN), end)
    days = [FIRST + DAY * n for n in range((end.date() - FIRST).days + 1)]
    wanted = sorted(
        (uid, datetime.combine(day, at, tzinfo=ZoneInfo(ROME)).astimezone(UTC))
        for day in days
        for uid, at in (("a1", time(7, 30)), ("a2", time(20)))
    )
    assert found == wanted


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza"])
def test_the_time_on_the_wall_stays_where_clocks_change_in_other_ways(zone):
    end = datetime(2046, 1, 1, tzinfo=UTC)
    found = occurrences(encoded("n", [MORNING], zone, WRITTEN), end)
    assert len(found) in range(6980, 6985)
    assert {at.astimezone(ZoneInfo(zone)).time() for _, at in found} == {time(7, 30)}


def test_some_days_an_end_and_days_left_out():
    weekend = Entry("w", "x", FIRST, time(9), frozenset({6, 7}), FIRST + 15 * DAY, (FIRST + 7 * DAY, FIRST + 8 * DAY))
    found = occurrences(encoded("n", [weekend], ROME, WRITTEN), datetime(2027, 6, 1, tzinfo=UTC))
    assert [at.date() for _, at in found] == [FIRST, FIRST + DAY, FIRST + 14 * DAY, FIRST + 15 * DAY]


def test_a_single_event_is_there_once():
    data = encoded("n", [Entry("p", "x", date(2026, 12, 3), time(10))], ROME, WRITTEN)
    assert occurrences(data, datetime(2066, 1, 1, tzinfo=UTC)) == [("p", datetime(2026, 12, 3, 9, tzinfo=UTC))]


def test_a_later_edition_has_a_higher_number():
    assert edition(WRITTEN) < edition(WRITTEN + timedelta(minutes=1)) < 2**31
    assert edition(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert edition(datetime(2099, 1, 1, tzinfo=UTC)) < 2**31


def test_a_calendar_without_events_is_still_one():
    assert occurrences(encoded("n", [], "UTC", WRITTEN), WRITTEN) == []


# Zones


def compare(zone: str, step: timedelta) -> None:
    """Read the description with dateutil and compare it with the zone, for all the years, away from the changes."""
    text = timezone(zone, 2026).to_ical().decode("utf-8").replace("\r\n", "\n")
    described = tzical(io.StringIO(text)).get(zone)
    near = {each.wall.date() + DAY * n for each in changes(zone, 2026, 2026 + YEARS) for n in (-1, 0, 1)}
    at = datetime(2026, 1, 2, 12)
    while at.year < 2026 + YEARS:
        if at.date() not in near:
            there = at.replace(tzinfo=ZoneInfo(zone)).utcoffset()
            assert at.replace(tzinfo=described).utcoffset() == there, (zone, at)
        at += step


@pytest.mark.parametrize("zone", HARD)
def test_a_zone_is_described_as_it_is(zone):
    compare(zone, 5 * DAY)


@pytest.mark.long
@pytest.mark.parametrize("zone", sorted(available_timezones() - {"localtime", "Factory", "posixrules"}))
def test_every_zone_is_described_as_it_is(zone):
    compare(zone, 5 * DAY)


def test_what_follows_a_rule_goes_on_for_ever():
    for zone in ("Europe/Rome", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Gaza"):
        rules = [line for line in unfolded(timezone(zone, 2026).to_ical()) if line.startswith("RRULE")]
        assert rules or zone == "Asia/Gaza", zone
        assert all("UNTIL" not in each for each in rules)
    text = unfolded(timezone("Europe/Rome", 2026).to_ical())
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    assert len(text) < 30


def test_changes_are_found_to_the_second():
    found = list(changes("Europe/Rome", 2026, 2027))
    assert [each.wall for each in found] == [datetime(2026, 3, 29, 2), datetime(2026, 10, 25, 3)]
    assert [each.name for each in found] == ["CEST", "CET"]
    assert list(changes("Asia/Tokyo", 2026, 2086)) == []

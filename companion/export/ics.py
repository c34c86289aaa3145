"""A calendar file (RFC 5545): events with an alarm, for the calendar of a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.prop.inline import vInline

from companion.domain.moments import DAY, instant_of
from companion.domain.values import value
from companion.export.vtimezone import WEEKDAYS, timezone

MAKER = "-//Companion//Companion//EN"
LENGTH = timedelta(minutes=15)
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@value
class Entry:
    """One event, with an alarm at its time.

    It is on ``first`` at the wall-clock time ``at``; where ``weekdays`` (ISO, Monday is 1) are given, on these from
    then on, to ``last`` if there is one, and not on the days ``left_out``. ``uid`` stays the same when the calendar is
    written anew. A ``cancelled`` one is there for a calendar that knows it from an earlier edition, to take it out.
    """

    uid: str
    summary: str
    first: date
    at: time
    weekdays: frozenset[int] = frozenset()
    last: date | None = None
    left_out: tuple[date, ...] = ()
    cancelled: bool = False


def encoded(name: str, entries: Sequence[Entry], zone: str, written: datetime) -> bytes:
    """Return the file's bytes: UTF-8, CRLF, lines folded at 75 octets.

    ``written`` (UTC) also numbers the edition, so that a calendar takes the later one. Times are those of ``zone``.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add_component(timezone(zone, min((each.first.year for each in entries), default=written.year) - 1))
    for entry in entries:
        calendar.add_component(_event(entry, zone, written))
    return bytes(calendar.to_ical())


def _event(entry: Entry, zone: str, written: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", written)
    event.add("sequence", edition(written))
    event.add("dtstart", datetime.combine(entry.first, entry.at), parameters={"TZID": zone})
    event.add("duration", LENGTH)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.weekdays:
        event.add("rrule", _rule(entry, zone))
    if entry.left_out:
        days = [datetime.combine(each, entry.at) for each in entry.left_out]
        event.add("exdate", days, parameters={"TZID": zone})
    event.add("summary", entry.summary)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if entry.cancelled:
        return event
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm["TRIGGER"] = vInline("PT0S")  # the library writes P0D, which some calendars do not read
    alarm.add("description", entry.summary)
    event.add_component(alarm)
    return event


def _rule(entry: Entry, zone: str) -> dict[str, object]:
    rule: dict[str, object] = {"freq": "daily"}
    if len(entry.weekdays) < len(WEEKDAYS):
        rule = {"freq": "weekly", "byday": [WEEKDAYS[each - 1] for each in sorted(entry.weekdays)]}
    if entry.last is not None:
        # In UTC where times are those of a zone (3.3.10); a day that does not exist there has no event anyway.
        last = instant_of(entry.last, entry.at, zone) or instant_of(entry.last - DAY, entry.at, zone)
        rule["until"] = last
    return rule


def edition(written: datetime) -> int:
    """Return a number that grows with time: one a minute, and four thousand years fit."""
    return max(0, (written - _FIRST) // timedelta(minutes=1))

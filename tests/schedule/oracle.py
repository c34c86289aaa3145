"""What should happen, worked out a second time: in whole seconds, from UTC offsets alone.

Nothing here calls the program. A zone is the list of its offsets, read off ``zoneinfo`` by asking what the wall clock
shows at UTC instants (never the other way round), and everything else is arithmetic on numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HOUR = 3600
DAY = 24 * HOUR
EPOCH_DAY = date(1970, 1, 1).toordinal()
MORNING, EVENING = 0, 1


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH_DAY


def day_of(number: int) -> date:
    return date.fromordinal(number + EPOCH_DAY)


def clock_seconds(at: time) -> int:
    return at.hour * HOUR + at.minute * 60 + at.second


class Zone:
    """The offsets of one zone between two years, and wall clocks in both directions."""

    def __init__(self, name: str, first_year: int, last_year: int) -> None:
        self.name = name
        info = ZoneInfo(name)

        def offset(at: int) -> int:
            span = datetime.fromtimestamp(at, info).utcoffset()
            return int(span.total_seconds())

        at = seconds(datetime(first_year, 1, 1, tzinfo=UTC)) - 60 * DAY
        end = seconds(datetime(last_year, 12, 31, tzinfo=UTC)) + 60 * DAY
        self.starts = [at]
        self.offsets = [offset(at)]
        while at < end:
            following = offset(at + 6 * HOUR)
            if following != self.offsets[-1]:
                low, high = at, at + 6 * HOUR
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if offset(middle) == self.offsets[-1] else (low, middle)
                self.starts.append(high)
                self.offsets.append(offset(high))
                at = high
            else:
                at += 6 * HOUR
        self._instants: dict[tuple[int, int], int | None] = {}

    def wall(self, at: int) -> int:
        """Return what the wall clock shows, in seconds since its own 1 January 1970."""
        return at + self.offsets[bisect_right(self.starts, at) - 1]

    def day(self, at: int) -> int:
        return self.wall(at) // DAY

    def exists(self, day: int) -> bool:
        """Return whether any instant lies on this civil day."""
        near = range(len(self.starts))
        for n in near:
            first = self.starts[n] + self.offsets[n]
            last = self.starts[n + 1] + self.offsets[n] if n + 1 < len(self.starts) else (day + 2) * DAY
            if first < (day + 1) * DAY and last > day * DAY:
                return True
        return False

    def instant(self, day: int, clock: int) -> int | None:
        """Return when the wall clock first shows ``clock`` on ``day``; in a gap, as much later as the gap is long."""
        key = (day, clock)
        if key not in self._instants:
            self._instants[key] = self._instant(day * DAY + clock) if self.exists(day) else None
        return self._instants[key]

    def _instant(self, wall: int) -> int:
        n = max(bisect_right(self.starts, wall - 20 * HOUR) - 2, 0)
        while True:
            at = wall - self.offsets[n]
            if n + 1 == len(self.starts) or at < self.starts[n + 1]:
                return at  # shown in this stretch of time: the first one that shows it
            if wall < self.starts[n + 1] + self.offsets[n + 1]:
                return at  # shown by no stretch: counted on from the old offset, as if no clock had been changed
            n += 1


@dataclass
class Person:
    """What somebody chose, in numbers: the two times by weekday, pauses as day numbers, quiet hours, follow-ups."""

    usual: tuple[int, int]
    other_days: frozenset[int] = frozenset()
    other: tuple[int | None, int | None] = (None, None)
    start: int = 0
    end: int | None = None
    pauses: tuple[tuple[int, int | None], ...] = ()
    quiet: tuple[int, int] | None = None
    follow_ups: tuple[int, ...] = ()
    eight_hour_rule: bool = True
    known: dict[int, bool] = field(default_factory=dict)
    seen: dict[tuple[str, int, int], list[tuple[int, tuple[int, int]]]] = field(default_factory=dict)

    def clock(self, day: int, part: int) -> int:
        other = self.other[part] if (day + 3) % 7 + 1 in self.other_days else None
        return self.usual[part] if other is None else other

    def counts(self, day: int) -> bool:
        """Return whether this day has reminders at all."""
        if day not in self.known:
            held = any(first <= day and (last is None or day <= last) for first, last in self.pauses)
            self.known[day] = self.start <= day and (self.end is None or day <= self.end) and not held
        return self.known[day]


@dataclass
class Facts:
    """What is known: words about slots, when cream went on, and what was told of each slot (times, when, asked)."""

    words: dict[tuple[int, int], str] = field(default_factory=dict)
    cream: list[int] = field(default_factory=list)
    told: dict[tuple[int, int], tuple[int, int | None, int | None]] = field(default_factory=dict)


@dataclass
class Verdict:
    """What must be true at one moment. ``event`` is when something next changes if nobody does anything."""

    slot: tuple[int, int] | None = None
    due: int = 0
    ends: int = 0
    base: int = 0
    free: int | None = None
    tell: tuple[str, int, int] | None = None
    event: int = 0
    advice: str | None = None
    following: tuple[int, int] = (0, 0)
    second: tuple[int, int] = (0, 0)


def slots_round(zone: Zone, person: Person, now: int, back: int = 2) -> list[tuple[int, tuple[int, int]]]:
    """Return the slots of the days round ``now`` that exist, with the instant of each, in order."""
    today = zone.day(now)
    key = (zone.name, today, back)
    if key in person.seen:
        return person.seen[key]
    found = person.seen[key] = []
    for day in range(today - back, today + 4):
        for part in (MORNING, EVENING):
            at = zone.instant(day, person.clock(day, part))
            if at is not None:
                found.append((at, (day, part)))
    return found


def quiet_until(zone: Zone, person: Person, at: int) -> int:
    """Return ``at``, or the end of the quiet stretch it lies in."""
    if person.quiet is None:
        return at
    start, end = person.quiet
    today = zone.day(at)
    for day in (today - 1, today):
        begins = zone.instant(day, start)
        if begins is None or begins > at:
            continue
        until = day if start < end else day + 1
        ends = zone.instant(until, end)
        if ends is None:
            ends = zone.instant(until + 1, end)
        if at < ends:
            return ends
    return at


def verdict(zone: Zone, person: Person, facts: Facts, now: int) -> Verdict:
    """Return what must be announced at ``now``, and what is open."""
    found = slots_round(zone, person, now)
    index = max(n for n, (at, _) in enumerate(found) if at <= now)
    due, slot = found[index]
    ends, following = found[index + 1]
    given = Verdict(ends=ends, event=ends, following=following, second=found[index + 2][1])
    past = [at for at in facts.cream if at <= now + 8 * HOUR]
    given.free = max(past) + 8 * HOUR if past else None
    if not person.counts(slot[0]) or slot in facts.words or facts.words.get(following) == "applied":
        return given
    given.slot, given.due = slot, due
    given.base = base = max(due, given.free) if given.free is not None else due
    due_next = [at for at, (day, _) in found[index + 1 :] if person.counts(day)]
    given.advice = advice(person, now, given.free, due_next)
    stage, at, asked = facts.told.get(slot, (0, None, None))
    if at is not None and (at > now + HOUR or at < base - 60):
        stage, at = 0, None
    if asked is not None and asked > now + DAY:
        asked = None
    chosen = base == due
    if asked is not None:
        kind, number, planned = "snoozed", max(stage, 1), max(asked, base)
        chosen = chosen or asked >= base
    elif stage == 0:
        kind, number, planned = "first", 1, base
    elif stage <= len(person.follow_ups):
        gap = person.follow_ups[stage - 1] - (person.follow_ups[stage - 2] if stage > 1 else 0)
        kind, number, planned = "follow_up", stage + 1, max((at if at <= now else base) + gap, base)
        chosen = False
    else:
        return given
    if not chosen:
        meant, planned = planned, quiet_until(zone, person, planned)
    else:
        meant = planned
    comes = planned
    punctual = chosen and now - planned <= 300
    if planned <= now and not punctual:
        comes = quiet_until(zone, person, now)
    if not punctual and any(ends - at <= 8 * HOUR for at in quiet_ends(zone, person, meant, comes)):
        return given  # a quiet night lies between, and the next one is near
    if kind == "follow_up" and comes - due > HOUR and advice(person, comes, given.free, due_next) == "skip_it":
        return given  # said once
    if comes < ends:
        given.event = min(given.event, max(comes, now))
        if comes <= now:
            given.tell = (kind, number, planned)
    return given


def quiet_ends(zone: Zone, person: Person, after: int, until: int) -> list[int]:
    """Return the moments at which quiet stretches end, later than ``after`` and up to ``until``."""
    if person.quiet is None:
        return []
    start, end = person.quiet
    found = []
    for day in range(zone.day(after) - 2, zone.day(until) + 1):
        begins, ends = zone.instant(day, start), zone.instant(day if start < end else day + 1, end)
        if ends is None:
            ends = zone.instant(day + 2, end)
        if begins is not None and begins < ends and after < ends <= until:
            found.append(ends)
    return found


def advice(person: Person, now: int, free: int | None, due_next: list[int]) -> str:
    """Return what the leaflet says of cream put on now; ``due_next`` is when cream is due after it."""
    if not person.eight_hour_rule:
        return "ask"
    if free is not None and now < free:
        return "too_soon"
    return "skip_it" if due_next and due_next[0] - now <= 8 * HOUR else "apply_now"

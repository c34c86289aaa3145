"""Somebody who does as told: after one upset, whatever it was, both chosen times must be back within two days.

The planner is asked, and each slot that is due from then on must be announced first at its own time, which is worked
out from UTC offsets alone (:class:`tests.schedule.oracle.Zone`). Nothing else of the planner's rules is known here, so
a rule that keeps a person from their times is found even where planner and oracle agree on it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from companion.domain.dosing import Application, MissedAdvice, Outcome
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Slot
from companion.domain.reminders import Announcement, Errands, Key, Kind, Quiet, ReminderSettings, Told
from companion.domain.treatment import Times, Treatment
from companion.schedule import reminders
from tests.schedule.oracle import DAY, HOUR, Person, day_number, day_of, moment, seconds, slots_round
from tests.schedule.simulation import PARTS, QUIETS, RULES, Violation, zone_of

Clocks = tuple[tuple[int, int], tuple[int, int]]

TIMES: tuple[Clocks, ...] = (
    ((8, 0), (20, 0)),
    ((7, 30), (20, 30)),
    ((7, 30), (21, 0)),
    ((2, 30), (14, 0)),
    ((0, 30), (13, 15)),
    ((12, 0), (22, 0)),
    ((6, 0), (15, 0)),
    ((9, 0), (23, 30)),
)
"""At least nine hours apart both ways: closer ones leave no room to come back, and none on the day of an hour less."""
SPANS = ((30, 120), (30, 120), (10, 20, 60), ())
UPSETS = ("late", "off", "deaf", "put off", "early", "further", "travel")
ZONES = ("Europe/Rome", "America/New_York", "Asia/Tokyo", "Pacific/Chatham", "America/Nuuk")
BACK = 2 * DAY
ROOM = 120


@dataclass(frozen=True)
class Upset:
    """What happened once, and to whom. ``at`` are the seconds after midnight of the second day, ``span`` how long.

    The computer looks when the planner asks for it, and at every ``beat``. ``hurried`` presses Done even where the
    leaflet says to leave a late one out.
    """

    kind: str
    zone: str = "Europe/Rome"
    day: int = 0
    at: int = 0
    span: int = 0
    times: Clocks = TIMES[0]
    quiet: Clocks | None = ((22, 30), (6, 30))
    spans: tuple[int, ...] = (30, 120)
    rule: bool = True
    hurried: bool = True
    beat: int = DAY
    seed: int = 0


def drawn(seed: int) -> Upset:
    """Return one at random."""
    rnd = random.Random(seed)
    return Upset(
        rnd.choice(UPSETS),
        rnd.choice(ZONES),
        rnd.randrange(360),
        rnd.randrange(DAY),
        rnd.choice([rnd.randrange(600, 5 * HOUR), rnd.randrange(HOUR, 30 * HOUR)]),
        rnd.choice(TIMES),
        rnd.choice(QUIETS),
        rnd.choice(SPANS),
        rnd.random() < 0.7,
        rnd.random() < 0.5,
        rnd.choice([DAY, DAY, DAY, 2 * HOUR]),
        seed,
    )


class Obedient:
    """A week of that person."""

    def __init__(self, upset: Upset) -> None:
        self.upset = upset
        self.random = random.Random(upset.seed)
        self.here = upset.zone
        self.zone = zone_of(self.here, 2026, 2028)
        first = day_number(datetime(2026, 1, 5, tzinfo=UTC).date()) + upset.day
        midnight = self.zone.instant(first, 0)
        assert midnight is not None
        self.now = midnight
        self.strikes = midnight + DAY + upset.at
        self.over = self.strikes + (upset.span if upset.kind in ("off", "deaf") else 0)
        self.end = self.over + BACK + 3 * DAY
        clocks = [time(*each) for each in upset.times]
        self.treatment = Treatment(1, Leaflet.EU, day_of(first), (Times(day_of(first), *clocks),))
        self.settings = ReminderSettings(
            quiet=None if upset.quiet is None else Quiet(*(time(*each) for each in upset.quiet)),
            follow_ups=tuple(timedelta(minutes=each) for each in upset.spans),
        )
        self.person = Person((_seconds(upset.times[0]), _seconds(upset.times[1])), start=first)
        self.records: dict[Slot, Application] = {}
        self.last: Application | None = None
        self.told: dict[Key, Told] = {}
        self.firsts: dict[Slot, int] = {}
        self.struck = False

    def run(self) -> None:
        """Live it. Raises :class:`Violation`."""
        while self.now < self.end:
            if not self.struck and self.now >= self.strikes:
                self.struck = True
                self._strike()
                continue
            found = reminders.outlook(
                self.treatment,
                self.settings,
                self.records,
                self.last,
                self.told,
                Errands(),
                moment(self.now),
                self.here,
                RULES[self.upset.rule],
            )
            if found.announce is not None:
                self._do(found.announce)
                continue
            assert found.next_moment is not None
            target = seconds(found.next_moment)
            if not self.struck:
                target = min(target, max(self.strikes, self.now + 1))
            self.now = min(target, self.now + self.upset.beat)
        self._judge()

    def _do(self, announced: Announcement) -> None:
        slot = announced.key.slot
        assert slot is not None
        self.told[announced.key] = Told(announced.key, announced.stage, moment(self.now))
        self.firsts.setdefault(slot, self.now)
        # Until a late one is late, nobody answers: what the person does of their own accord comes too late to be asked.
        before = self.upset.kind == "late" and not self.struck and self.strikes - self.now < 20 * HOUR
        if before or (self.upset.kind == "deaf" and self.strikes <= self.now < self.over):
            self.now += 1
            return
        self.now += self.random.randrange(1, 61)
        left_out = announced.advice is MissedAdvice.SKIP_IT and not self.upset.hurried
        self._log(slot, Outcome.SKIPPED if left_out else Outcome.APPLIED)

    def _log(self, slot: Slot, outcome: Outcome) -> None:
        made = Application(1, slot, outcome, moment(self.now), self.here)
        self.records[slot] = made
        if outcome is Outcome.APPLIED:
            self.last = made

    def _strike(self) -> None:
        """Let it happen: cream late, early or once more of one's own accord, a computer that is off, another zone."""
        kind = self.upset.kind
        found = slots_round(self.zone, self.person, self.now)
        current = next((day, part) for at, (day, part) in reversed(found) if at <= self.now)
        ahead = next((day, part) for at, (day, part) in found if at > self.now)
        if kind == "off":
            self.now = self.over
        elif kind == "travel":
            self.here = self.random.choice(ZONES)
            self.zone = zone_of(self.here, 2026, 2028)
        elif kind == "further":
            self.last = Application(1, _slot(current), Outcome.APPLIED, moment(self.now), self.here, ordinal=1)
        elif kind == "put off":
            key = Key(Kind.APPLICATION, day_of(ahead[0]), PARTS[ahead[1]])
            self.told[key] = Told(key, 0, None, moment(self.now + min(self.upset.span, DAY)))
        elif kind in ("late", "early"):
            slot = _slot(current if kind == "late" else ahead)
            if slot not in self.records:
                self._log(slot, Outcome.APPLIED)

    def _judge(self) -> None:
        """Hold the first telling of each slot that was due from two days after the upset on against the wall clock."""
        for day in range(self.zone.day(self.over + BACK), self.zone.day(self.end)):
            for number, part in enumerate(PARTS):
                due = self.zone.instant(day, self.person.clock(day, number))
                if due is None or not self.over + BACK <= due < self.end - ROOM:
                    continue
                told = self.firsts.get(Slot(day_of(day), part))
                if told is None or not due <= told <= due + ROOM:
                    raise Violation(f"not back: {self.upset} {day_of(day)} {part} {told and moment(told)}")


def _seconds(clock: tuple[int, int]) -> int:
    return clock[0] * HOUR + clock[1] * 60


def _slot(numbers: tuple[int, int]) -> Slot:
    return Slot(day_of(numbers[0]), PARTS[numbers[1]])


def obey(upset: Upset) -> None:
    """Live one week. Raises :class:`Violation` if both times are not back within two days."""
    Obedient(upset).run()

"""Years of a person's life with reminders, against the real planner, judged by :mod:`tests.schedule.oracle`.

The computer sleeps, is off, crashes between showing and recording, is restarted; its clock is set forward and back; the
person travels, applies early, late, twice, puts off, skips, and ignores. At every look the planner's answer is held
against the oracle's verdict (which slot is open, what is told now, for which moment, what the leaflet says, when to
look again), and over the whole life these hold: every day has its two slots unless the day does not exist; each slot
is told, recorded, excused or listed as unknown; nothing is told for a recorded or paused one; no telling comes within
eight hours of cream, or twice without a reason (a crash, another zone, a clock set back).

``python -m tests.schedule.simulation`` runs every zone for ten years and prints figures (a quarter of an hour);
``--years``, ``--first``, ``--zones A B`` make it shorter.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time as stopwatch
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from unittest.mock import patch
from zoneinfo import available_timezones

from companion.domain.dosing import Application, Outcome
from companion.domain.leaflet import Leaflet, MissedRule, Rules
from companion.domain.moments import Part, Slot
from companion.domain.reminders import Errands, Key, Kind, Nudge, Outlook, Quiet, ReminderSettings, Told
from companion.domain.treatment import Pause, Times, Treatment
from companion.schedule import reminders
from tests.schedule import oracle
from tests.schedule.oracle import DAY, HOUR, Facts, Person, Verdict, Zone, day_number, day_of, moment, seconds

PARTS = (Part.MORNING, Part.EVENING)
OUTCOMES = {"applied": Outcome.APPLIED, "skipped": Outcome.SKIPPED, "missed": Outcome.MISSED}
NUDGES = {Nudge.TIME: "first", Nudge.CATCH_UP: "first", Nudge.FOLLOW_UP: "follow_up", Nudge.SNOOZED: "snoozed"}
ELSEWHERE = ("Europe/Rome", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu")
TICK = 30
SLOT_TIMES = (
    ((8, 0), (20, 0)),
    ((7, 30), (19, 30)),
    ((2, 30), (14, 0)),
    ((0, 30), (13, 15)),
    ((1, 59), (23, 59)),
    ((6, 45), (23, 30)),
    ((3, 0), (11, 0)),
    ((12, 0), (22, 0)),
    ((0, 0), (12, 0)),
)
QUIETS = (None, ((22, 30), (6, 30)), ((22, 30), (6, 30)), ((23, 0), (2, 15)), ((13, 0), (15, 0)), ((1, 30), (9, 0)))
FOLLOW_UPS = ((30, 120), (30, 120), (10, 20, 60), (), (45,))


class Violation(AssertionError):
    """The planner did something that must never happen."""


@dataclass(frozen=True)
class Life:
    """What befalls a person from the first of a month on. Shares are per look; ``times`` are drawn when absent."""

    zone: str
    first_year: int
    years: float = 1
    month: int = 1
    times: tuple[tuple[int, int], tuple[int, int]] | None = None
    sleeps: float = 0.04
    clock_sets: float = 0.004
    moves: float = 0.0
    crashes: float = 0.03
    restarts: float = 0.02
    every_tick: bool = False
    seed: str = ""


@dataclass
class Figures:
    """What a life came to."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        self.counts.update(other.counts)


def _rules(rule: MissedRule) -> Rules:
    return Rules(Leaflet.EU, 10, (), (100,), None, rule, None, False, 12, (), "112")


RULES = {True: _rules(MissedRule.EU_EIGHT_HOURS), False: _rules(MissedRule.ASK)}


@lru_cache(maxsize=32)
def zone_of(name: str, first: int, last: int) -> Zone:
    return Zone(name, first, last)


class Simulation:
    """One life."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.random = rnd = random.Random(f"{life.zone} {life.first_year} {life.seed}")
        self.now = seconds(datetime(life.first_year, life.month, 1, tzinfo=UTC)) + rnd.randrange(3 * DAY)
        self.end = self.now + int(life.years * 365.25 * DAY)
        self.years = (life.first_year, life.first_year + int(life.years) + 2)
        self.here = life.zone
        self.zone = zone_of(life.zone, *self.years)
        self.phase = rnd.randrange(TICK)
        self.facts = Facts()
        self.records: dict[Slot, Application] = {}
        self.told: dict[Key, Told] = {}
        self.last: Application | None = None
        self.errands = Errands()
        self.figures = Figures()
        self.tellings: dict[Key, list[tuple[int, str]]] = {}
        self.pardoned: set[Key] = set()
        self.unknown: set[tuple[int, int]] = set()
        self.photo_due = self.zone.day(self.now) + 3
        self._choose()

    # What the person chose, once for the program and once for the oracle

    def _choose(self) -> None:
        rnd = self.random
        usual = self.life.times or rnd.choice(SLOT_TIMES)
        other_days = frozenset(rnd.choice([(), (6, 7), (6, 7), (3,), (1, 2, 3, 4, 5, 6, 7)]))
        shift = [(a[0] + rnd.choice([0, 1]), rnd.choice([a[1], 15])) for a in usual]
        other = [value if value[0] < 24 else None for value in shift] if other_days else [None, None]
        if other[1] is None or rnd.random() < 0.2:
            other = [other[0], None]
        quiet = rnd.choice(QUIETS)
        follow = rnd.choice(FOLLOW_UPS)
        start = self.zone.day(self.now) + rnd.choice([-400, -3, 0, 1])
        pauses = []
        at = start + 20
        while at < self.zone.day(self.end):
            at += rnd.randrange(20, 300)
            length = rnd.choice([0, 1, 3, 14])
            pauses.append((at, at + length))
            at += length
        stops = self.zone.day(self.end) - 20 if rnd.random() < 0.2 else None
        rule = rnd.random() < 0.7
        self.person = Person(
            tuple(h * HOUR + m * 60 for h, m in usual),
            other_days,
            tuple(None if each is None else each[0] * HOUR + each[1] * 60 for each in other),
            start,
            stops,
            tuple(pauses),
            None if quiet is None else tuple(h * HOUR + m * 60 for h, m in quiet),
            tuple(each * 60 for each in follow),
            rule,
        )
        clocks = [None if each is None else time(*each) for each in other]
        times = Times(day_of(start), time(*usual[0]), time(*usual[1]), other_days, *clocks)
        kept = tuple(Pause(n, day_of(a), day_of(b)) for n, (a, b) in enumerate(pauses))
        self.treatment = Treatment(
            1, Leaflet.EU, day_of(start), (times,), None if stops is None else day_of(stops), kept
        )
        self.settings = ReminderSettings(
            quiet=None if quiet is None else Quiet(time(*quiet[0]), time(*quiet[1])),
            follow_ups=tuple(timedelta(minutes=each) for each in follow),
        )
        self.rules = RULES[rule]

    # The life

    def run(self) -> Figures:
        """Live it. Raises :class:`Violation`."""
        while self.now < self.end:
            given = oracle.verdict(self.zone, self.person, self.facts, self.now)
            answer = self._ask()
            self._judge(given, answer)
            self.figures.counts["looks"] += 1
            if answer.announce is not None:
                self._announced(answer)
                continue
            self._befall(given, answer)
        self._account()
        self.figures.counts["zone-days"] += int(self.life.years * 365.25)
        return self.figures

    def _ask(self) -> Outlook:
        answer = reminders.outlook(
            self.treatment,
            self.settings,
            self.records,
            self.last,
            self.told,
            self.errands,
            moment(self.now),
            self.here,
            self.rules,
        )
        for key in answer.forget:
            self.told[key] = Told(key, 0, None, self.told[key].snoozed_until)
            self.pardoned.add(key)
            slot = _numbers(key)
            if slot is not None:
                self.facts.told[slot] = (0, None, self.facts.told[slot][2])
        return answer

    def _fail(self, what: str, *more: object) -> None:
        raise Violation(f"{what}: {self.life.zone} {moment(self.now)} {more}")

    # What must hold at every look

    def _judge(self, given: Verdict, answer: Outlook) -> None:
        current = answer.current
        if (given.slot is None) != (current is None):
            self._fail("another slot is open", given.slot, current)
        if current is not None:
            if _slot(given.slot) != current.slot or seconds(current.due) != given.due:
                self._fail("another slot is open", given.slot, current)
            free = given.free if given.free is not None and given.free > self.now else None
            if (current.can_go_on_from and seconds(current.can_go_on_from)) != free:
                self._fail("cream can go on at another moment", free, current)
            if current.late != (self.now - given.due > HOUR) or (current.late and current.advice != given.advice):
                self._fail("late", given, current)
        told = answer.announce
        about_slot = told is not None and told.key.kind is Kind.APPLICATION
        if (given.tell is not None) != about_slot:
            self._fail("silent" if given.tell else "told for nothing", given, told)
        if about_slot and told is not None:
            if told.key.slot != _slot(given.slot) or (NUDGES[told.nudge], told.stage, seconds(told.at)) != given.tell:
                self._fail("told otherwise", given, told)
            late = self.now - seconds(told.at) > 300 and told.nudge is not Nudge.FOLLOW_UP
            if (told.nudge is Nudge.CATCH_UP) != (late and told.nudge is not Nudge.SNOOZED):
                self._fail("catch-up", told)
            wanted = given.advice if told.nudge is Nudge.CATCH_UP or self.now - given.due > HOUR else None
            if told.advice != wanted:
                self._fail("advice", wanted, told)
        counts = self.person.counts(self.zone.day(self.now)) or given.slot is not None
        if answer.next_moment is None:
            if counts and answer.silence is None:
                self._fail("no next moment and no reason")
        elif seconds(answer.next_moment) <= self.now:
            self._fail("looks back", answer.next_moment)
        elif told is None and seconds(answer.next_moment) > given.event and self._expects(given):
            self._fail("would look too late", given, answer.next_moment)
        if told is None and self._errand_waits():
            self._fail("an errand is kept silent", self.errands)
        self._judge_ahead(given, answer)
        for slot in answer.unknown:
            self.unknown.add((day_number(slot.day), PARTS.index(slot.part)))
        if self.random.random() < 0.05:
            self._judge_past(answer)

    def _expects(self, given: Verdict) -> bool:
        """Return whether the next event is one that the planner has to look at."""
        if given.slot is not None:
            return True
        words = self.facts.words
        plain = given.following not in words and given.following not in self.facts.told
        return (
            plain
            and words.get(given.second) != "applied"
            and self.person.counts(given.following[0])
            and (given.free or 0) <= given.ends
        )

    def _errand_waits(self) -> bool:
        """Return whether an errand's day has come, it was not told, and nothing speaks against telling it now."""
        today = self.zone.day(self.now)
        waiting = []
        for kind, day in ((Kind.PHOTO_DAY, self.errands.photo_day), (Kind.TUBE_ORDER, self.errands.tube_order)):
            if day is not None and day_number(day) <= today:
                told = self.told.get(Key(kind, day))
                if told is None or told.at is None or seconds(told.at) > self.now + HOUR:
                    waiting.append(kind)
        opens = self.zone.instant(today, 10 * HOUR)
        if not waiting or opens is None or self.now < opens or not self.person.counts(today):
            return False
        if oracle.quiet_until(self.zone, self.person, self.now) > self.now:
            return False
        return not any(each.at is not None and 0 <= self.now - seconds(each.at) < 900 for each in self.told.values())

    def _judge_ahead(self, given: Verdict, answer: Outlook) -> None:
        """Hold the first moment promised for a slot that lies ahead against the wall clock."""
        for each in answer.ahead[:2]:
            slot = _numbers(each.key)
            if slot is None or self.facts.told.get(slot) or (answer.current and each.key.slot == answer.current.slot):
                continue
            due = self.zone.instant(slot[0], self.person.clock(*slot))
            if due is None or slot in self.facts.words or not self.person.counts(slot[0]):
                self._fail("promises what cannot be", each)
            free = given.free or 0
            wanted = due if free <= due else oracle.quiet_until(self.zone, self.person, free)
            if seconds(each.at) != wanted:
                self._fail("promises another moment", each, moment(wanted or 0))

    def _judge_past(self, answer: Outlook) -> None:
        today = self.zone.day(self.now)
        found = oracle.slots_round(self.zone, self.person, self.now, 8)
        unknown = []
        for (_, slot), (ends, following) in pairwise(found):
            over = ends <= self.now or self.facts.words.get(following) == "applied"
            at = self.zone.instant(slot[0], self.person.clock(*slot))
            if at is None or at > self.now:
                break
            if slot[0] >= today - 7 and over and slot not in self.facts.words and self.person.counts(slot[0]):
                unknown.append(slot)
        if [_slot(each) for each in unknown] != list(answer.unknown):
            self._fail("other slots are unknown", [_slot(each) for each in unknown], answer.unknown)

    # Showing, recording, and what the person does then

    def _announced(self, answer: Outlook) -> None:
        told = answer.announce
        assert told is not None
        self._judge_telling(told.key, told.nudge, told.stage)
        self.tellings.setdefault(told.key, []).append((self.now, NUDGES[told.nudge]))
        self.pardoned.discard(told.key)
        self.figures.counts[f"told {told.nudge}"] += 1
        for slot in told.earlier:
            numbers = (day_number(slot.day), PARTS.index(slot.part))
            if self.facts.told.get(numbers, (0,))[0] or numbers in self.facts.words:
                self._fail("earlier was told or recorded", slot)
            self.unknown.add(numbers)
        if self.random.random() < self.life.crashes:
            self.figures.counts["crashes"] += 1
            self.pardoned.add(told.key)
            self._restart()
            self.now += self.random.randrange(2, 120)
            return
        self._record_told(told.key, told.stage)
        self.now += self.random.randrange(1, 20)
        if told.key.kind is not Kind.APPLICATION:
            self._errand_done(told.key)
        else:
            self._answer(told.key)

    def _judge_telling(self, key: Key, nudge: Nudge, stage: int) -> None:
        """Nothing is told twice without a reason, and no follow-up comes before its span."""
        before = self.tellings.get(key, [])
        slot = _numbers(key)
        if slot is None:
            opens = self.zone.instant(max(key.day.toordinal() - oracle.EPOCH_DAY, 0), 10 * HOUR)
            if (before and key not in self.pardoned) or (opens is not None and self.now < opens):
                self._fail("an errand told twice or too early", key)
            if oracle.quiet_until(self.zone, self.person, self.now) != self.now:
                self._fail("an errand in quiet hours", key)
            if not self.person.counts(self.zone.day(self.now)):
                self._fail("an errand in a pause", key)
            return
        if slot in self.facts.words:
            self._fail("told after it was recorded", key)
        if any(0 <= self.now - at < 8 * HOUR for at in self.facts.cream):
            self._fail("told within eight hours of cream", key)
        if stage > 1 + len(self.person.follow_ups):
            self._fail("more follow-ups than chosen", key)
        if before and key not in self.pardoned:
            last = before[-1][0]
            past = [at for at in self.facts.cream if at <= self.now + 8 * HOUR]
            due = self.zone.instant(slot[0], self.person.clock(*slot))
            base = max([due or 0, *[at + 8 * HOUR for at in past]])
            gaps = [b - a for a, b in zip((0, *self.person.follow_ups), self.person.follow_ups, strict=False)]
            if nudge in (Nudge.TIME, Nudge.CATCH_UP) and last >= base - 60:
                self._fail("told twice", key, before)
            if nudge is Nudge.FOLLOW_UP and last <= self.now < last + min(gaps):
                self._fail("a follow-up too early", key, before)
        if len(before) > 40:
            self._fail("no end of tellings", key)

    def _record_told(self, key: Key, stage: int) -> None:
        self.told[key] = Told(key, stage, moment(self.now))
        slot = _numbers(key)
        if slot is not None:
            self.facts.told[slot] = (stage, self.now, None)

    def _answer(self, key: Key) -> None:
        rnd = self.random
        slot = _numbers(key)
        assert slot is not None
        what = rnd.random()
        if what < 0.45:
            self.now += rnd.choice([0, 5, 40, 300, 1500])
            self._log(slot, "applied", self.now)
            if rnd.random() < 0.2:  # a second click on the same button
                self._log(slot, "applied", self.now + 2)
                self.figures.counts["double clicks"] += 1
        elif what < 0.62:
            for _ in range(rnd.choice([1, 1, 2, 500 if rnd.random() < 0.02 else 3])):
                self._later(key, rnd.choice([10, 30, 60, 120, 300]) * 60)
        elif what < 0.67:
            self._log(slot, rnd.choice(["skipped", "missed"]), self.now)

    def _later(self, key: Key, span: int) -> None:
        self.figures.counts["put off"] += 1
        slot = _numbers(key)
        known = self.told.get(key, Told(key, 0, None))
        self.told[key] = Told(key, known.stage, known.at, moment(self.now + span))
        if slot is not None:
            stage, at, _ = self.facts.told.get(slot, (0, None, None))
            self.facts.told[slot] = (stage, at, self.now + span)

    def _log(self, slot: tuple[int, int], word: str, at: int) -> None:
        """What the record does: one word a slot, a second one changes nothing."""
        if slot in self.facts.words:
            return
        self.facts.words[slot] = word
        made = Application(len(self.records) + 1, _slot(slot), OUTCOMES[word], moment(at), self.here)
        self.records[made.slot] = made
        self.figures.counts[word] += 1
        if word == "applied":
            self.facts.cream.append(at)
            self.facts.cream.sort()
            if self.last is None or made.at > self.last.at:
                self.last = made

    def _errand_done(self, key: Key) -> None:
        if key.kind is Kind.PHOTO_DAY:
            if self.random.random() < 0.6:
                self.photo_due = self.zone.day(self.now) + 28
            self.errands = Errands(day_of(self.photo_due), self.errands.tube_order)
        else:
            self.errands = Errands(self.errands.photo_day, day_of(self.zone.day(self.now) + 40))

    # What befalls the computer and the person between two looks

    def _befall(self, given: Verdict, answer: Outlook) -> None:
        rnd, life = self.random, self.life
        if self.errands.photo_day is None or rnd.random() < 0.001:
            self.errands = Errands(day_of(self.photo_due), self.errands.tube_order or day_of(self.photo_due + 9))
        if rnd.random() < 0.05:
            self._of_own_accord(given)
        what = rnd.random()
        if what < life.sleeps:
            self.figures.counts["sleeps"] += 1
            self.now += rnd.choice([rnd.randrange(600, 6 * HOUR), rnd.randrange(HOUR, 40 * HOUR)])
        elif (what := what - life.sleeps) < life.clock_sets:
            self._set_clock()
        elif what - life.clock_sets < life.moves:
            self._move()
        else:
            self._wait(given, answer)
        if rnd.random() < life.restarts:
            self._restart()
        self._tidy()

    def _wait(self, given: Verdict, answer: Outlook) -> None:
        """Go to the tick at which something is next due: by the oracle, by the planner, or on a whim."""
        target = min(given.event, self.now + self.random.choice([1800, 8 * HOUR, DAY, DAY, DAY, DAY]))
        if answer.next_moment is not None:
            target = min(target, seconds(answer.next_moment))
        if self.life.every_tick:
            target = self.now + 1
        self.now = max(self.now + 1, -(-(target - self.phase) // TICK) * TICK + self.phase)

    def _of_own_accord(self, given: Verdict) -> None:
        """Log without being asked: early, late, an earlier one, one with the time of day mistaken."""
        rnd = self.random
        found = oracle.slots_round(self.zone, self.person, self.now)
        near = [(at, slot) for at, slot in found if at <= self.now + 3 * HOUR and self.person.counts(slot[0])]
        for at, slot in reversed(near[-3:]):
            if slot in self.facts.words or rnd.random() < 0.4:
                continue
            put_on = self.now if at > self.now - HOUR else rnd.randrange(at, self.now + 1)
            if rnd.random() < 0.7 and any(abs(put_on - other) < 8 * HOUR for other in self.facts.cream):
                continue
            self._log(slot, rnd.choice(["applied", "applied", "skipped", "missed"]), put_on)
            return
        if given.slot is not None and rnd.random() < 0.3:
            key = Key(Kind.APPLICATION, day_of(given.slot[0]), PARTS[given.slot[1]])
            self._later(key, rnd.choice([600, 1800, 2 * HOUR]))

    def _set_clock(self) -> None:
        """The clock was wrong, or becomes so. Back by up to two days; forward is like a sleep."""
        self.figures.counts["clock sets"] += 1
        step = self.random.choice([300, 1800, HOUR, 5400, 5 * HOUR, DAY, 2 * DAY])
        if self.random.random() < 0.5:
            self.now += step
        else:
            self.now -= step
        self.pardoned.update(key for key, told in self.tellings.items() if told[-1][0] > self.now - DAY)

    def _move(self) -> None:
        self.figures.counts["moves"] += 1
        names = [self.life.zone, *ELSEWHERE]
        self.here = self.random.choice(names)
        self.zone = zone_of(self.here, *self.years)

    def _restart(self) -> None:
        """Nothing but what was recorded is left: all that the planner keeps in memory is given up."""
        self.figures.counts["restarts"] += 1
        self.phase = self.random.randrange(TICK)
        self.told = {key: Told(key, told.stage, told.at, told.snoozed_until) for key, told in self.told.items()}

    def _tidy(self) -> None:
        """Hand the planner no more than it asks for, as the record does, and a week for a clock that is set back."""
        first = day_of(self.zone.day(self.now) - reminders.DAYS_BACK - 7)
        if len(self.records) > 50:
            self.records = {slot: each for slot, each in self.records.items() if slot.day >= first}
        if len(self.told) > 40:
            self.told = {k: each for k, each in self.told.items() if k.part is None or k.day >= first}
        if len(self.facts.cream) > 40:
            del self.facts.cream[:30]

    # Over the whole life

    def _account(self) -> None:
        """Every slot of every day that exists was recorded, told, or listed as unknown; nothing else was."""
        home = zone_of(self.life.zone, *self.years)
        first = seconds(datetime(self.life.first_year, self.life.month, 1, tzinfo=UTC)) + 4 * DAY
        told = {_numbers(key) for key in self.tellings}
        slots = 0
        for day in range(home.day(first), home.day(self.end) - 10):
            for part in (0, 1):
                slot = (day, part)
                known = slot in self.facts.words or slot in told or slot in self.unknown
                if not home.exists(day) and not self.life.moves and known:
                    self._fail("a slot on a day that does not exist", day_of(day))
                if not home.exists(day) or not self.person.counts(day):
                    if slot in told and not home.exists(day) and not self.life.moves:
                        self._fail("told on a day that counts for nothing", day_of(day))
                    continue
                slots += 1
                if not known and not self.life.moves:
                    self._fail("a slot was lost", day_of(day), part)
        self.figures.counts["slots"] += slots


def _slot(numbers: tuple[int, int] | None) -> Slot | None:
    return None if numbers is None else Slot(day_of(numbers[0]), PARTS[numbers[1]])


def _numbers(key: Key) -> tuple[int, int] | None:
    return None if key.part is None else (day_number(key.day), PARTS.index(key.part))


def simulate(life: Life) -> Figures:
    """Live one life with a planner that believes any year. Raises :class:`Violation`."""
    with patch.object(reminders, "FIRST_MOMENT", datetime(1971, 1, 1, tzinfo=UTC)):
        return Simulation(life).run()


def all_zones() -> list[str]:
    """Return every zone of the tz database, but for the copies of it inside itself and this computer's own."""
    return sorted(each for each in available_timezones() - {"localtime"} if not each.startswith(("posix/", "right/")))


def main(arguments: list[str]) -> int:
    """Run and print figures; exit code 1 after a violation."""
    parser = argparse.ArgumentParser(description="Simulate years of reminders and judge them.")
    parser.add_argument("--zones", nargs="*")
    parser.add_argument("--first", type=int, default=2006)
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--moves", type=float, default=0.0, help="share of looks after which the person is elsewhere")
    chosen = parser.parse_args(arguments)
    zones = chosen.zones or all_zones()
    total = Figures()
    failures = done = 0
    began = stopwatch.monotonic()
    gc.disable()  # nothing here goes round in circles, and looking for circles costs a tenth
    try:
        for zone in zones:
            gc.collect()
            try:
                total.add(simulate(Life(zone, chosen.first, chosen.years, moves=chosen.moves)))
            except Violation as violation:
                failures += 1
                print(violation, flush=True)
            done += 1
            if done % 50 == 0:
                print(f"{done} zones, {stopwatch.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("stopped early", file=sys.stderr)
    print(f"{done} zones, {done * chosen.years:g} zone-years from {chosen.first}, {failures} violations")
    for name, number in sorted(total.counts.items()):
        print(f"{number:>12,} {name}")
    print(f"{stopwatch.monotonic() - began:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Planted bugs: each is the planner with one thing wrong, as others have shipped it. The simulation must catch all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from companion.domain import dosing
from companion.domain.dosing import Outcome
from companion.domain.moments import DAY, Part
from companion.domain.reminders import Key, Nudge
from companion.domain.treatment import Times, Treatment
from companion.schedule import reminders, timeline

Planner = reminders._Planner


def forget_caches() -> None:
    """Give up what the planner remembers between questions, or a bug would outlive its test."""
    for each in (timeline.points, timeline.of_day, timeline.coming, timeline._quiet_on, timeline.gaps):
        each.cache_clear()


MUTANTS: dict[str, Callable[[], list[Any]]] = {}


def mutant(make: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    MUTANTS[make.__name__] = make
    return make


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Plant one bug, and dig it out again."""
    with ExitStack() as stack:
        for each in MUTANTS[name]():
            stack.enter_context(each)
        forget_caches()
        stack.callback(forget_caches)
        yield


def _method(name: str, change: Callable[..., Any]) -> Any:
    """Replace a method by ``change(original, self, ...)``."""
    original = getattr(Planner, name)

    def changed(self: Any, *arguments: Any) -> Any:
        return change(original, self, *arguments)

    return patch.object(Planner, name, changed)


def _wall(treatment: Any, slot: Any) -> datetime:
    return datetime.combine(slot.day, treatment.times_on(slot.day).on(slot.day, slot.part))


def _due(change: Callable[[Any, Any, str], datetime | None]) -> list[Any]:
    return [patch.object(timeline, "due_at", change)]


@mutant
def no_existence_check() -> list[Any]:
    return _due(lambda treatment, slot, zone: _wall(treatment, slot).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


@mutant
def second_occurrence() -> list[Any]:
    right = timeline.due_at

    def late(treatment: Any, slot: Any, zone: str) -> datetime | None:
        again = _wall(treatment, slot).replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
        return None if right(treatment, slot, zone) is None else again

    return _due(late)


@mutant
def twenty_four_hours_later() -> list[Any]:
    right = timeline.due_at

    def drifting(treatment: Any, slot: Any, zone: str) -> datetime | None:
        start = date(slot.day.year, 1, 1)
        first = right(treatment, type(slot)(start, slot.part), zone)
        return None if first is None else first + (slot.day - start)

    return _due(drifting)


@mutant
def utc_days() -> list[Any]:
    return [patch.object(reminders, "local_day", lambda at, zone: at.astimezone(UTC).date())]


@mutant
def offset_of_today() -> list[Any]:
    """Days are planned with the offset of the first of them."""
    right = timeline.due_at

    def stale(treatment: Any, slot: Any, zone: str) -> datetime | None:
        due = right(treatment, slot, zone)
        if due is None:
            return None
        eve = datetime.combine(slot.day - DAY, datetime.min.time(), tzinfo=ZoneInfo(zone))
        return (_wall(treatment, slot) - eve.utcoffset()).replace(tzinfo=UTC)

    return _due(stale)


@mutant
def today_only() -> list[Any]:
    """After midnight last evening is forgotten."""

    def only(original: Any, self: Any) -> Any:
        found = original(self)
        return found if found is None or found.slot.day == self._day else None

    return [_method("_open", only)]


@mutant
def two_slot_window() -> list[Any]:
    """Nothing before yesterday is looked at."""
    return [patch.object(reminders, "DAYS_BACK", 1)]


@mutant
def no_spacing() -> list[Any]:
    return [patch.object(reminders, "SPACING", timedelta(0))]


@mutant
def spacing_of_the_same_slot_only() -> list[Any]:
    """The eight hours are counted from the scheduled time, not from when cream went on."""

    def scheduled(original: Any, self: Any, known: Any) -> Any:
        return None

    return [_method("_latest", scheduled)]


@mutant
def duplicate_accepted() -> list[Any]:
    """A recorded slot is still announced."""

    def again(original: Any, self: Any) -> Any:
        held, self._words = self._words, {}
        try:
            return original(self)
        finally:
            self._words = held

    return [_method("_open", again)]


@mutant
def counters_not_kept() -> list[Any]:
    """What was told is known only until the program ends: every look is a first one."""
    return [_method("_known", lambda original, self, key, base: (0, None, original(self, key, base)[2]))]


@mutant
def only_within_ten_minutes() -> list[Any]:
    """What was slept through is never announced."""

    def punctual(original: Any, self: Any, point: Any) -> Any:
        move = original(self, point)
        return None if move is not None and self._now - move.at > timedelta(minutes=10) else move

    return [_method("_move", punctual)]


@mutant
def quiet_hours_swallow() -> list[Any]:
    """What falls into quiet hours does not come after them either."""

    def swallowed(original: Any, self: Any, moment: Any) -> Any:
        until = original(self, moment)
        return until if until == moment else moment + 400 * DAY

    return [_method("_after_quiet", swallowed)]


@mutant
def quiet_hours_hold_everything() -> list[Any]:
    """Even the times the person chose wait."""

    def held(original: Any, self: Any, nudge: Any, stage: int, planned: datetime, chosen: bool) -> Any:
        return original(self, nudge, stage, planned, False)

    return [_method("_when", held)]


@mutant
def quiet_hours_ignored() -> list[Any]:
    return [_method("_after_quiet", lambda original, self, moment: moment)]


@mutant
def quiet_only_until_midnight() -> list[Any]:
    right = timeline._quiet_on

    def short(quiet: Any, day: date, zone: str) -> Any:
        return right(quiet, day, zone) if quiet.start < quiet.end else None

    short.cache_clear = lambda: None  # type: ignore[attr-defined]
    return [patch.object(timeline, "_quiet_on", short)]


@mutant
def pause_ignored() -> list[Any]:
    return [patch.object(Treatment, "live_on", lambda self, day: self.started_on <= day)]


@mutant
def other_days_ignored() -> list[Any]:
    return [patch.object(Times, "on", lambda self, day, part: self.morning if part is Part.MORNING else self.evening)]


@mutant
def follow_ups_without_end() -> list[Any]:
    return [patch.object(reminders, "gaps", lambda follow_ups: (timedelta(minutes=30),) * 50)]


@mutant
def later_is_lost() -> list[Any]:
    """What the person put off comes as if nothing had been asked."""

    def lost(original: Any, self: Any, key: Key, base: datetime) -> Any:
        return (*original(self, key, base)[:2], None)

    return [_method("_known", lost)]


@mutant
def later_before_eight_hours() -> list[Any]:
    """What was put off does not look at the cream that went on since."""

    def hasty(original: Any, self: Any, point: Any) -> Any:
        asked = self._known(point.key, point.due)[2]
        if asked is not None and asked >= point.due:
            return self._when(Nudge.SNOOZED, 1, asked, True)
        return original(self, point)

    return [_method("_move", hasty)]


@mutant
def wrong_clock_believed() -> list[Any]:
    """An application logged by a clock that was ahead closes the days until then."""

    def believed(original: Any, self: Any, known: Any) -> Any:
        moments = [each.at for each in self._records.values() if each.outcome is Outcome.APPLIED]
        return max([*moments, *([known.at] if known is not None else [])], default=None)

    return [_method("_latest", believed)]


@mutant
def told_by_a_wrong_clock_is_kept() -> list[Any]:
    return [patch.object(reminders, "WRONG_CLOCK", timedelta(days=4000))]


@mutant
def told_in_vain_is_kept() -> list[Any]:
    """What was told in another zone, or before its moment moved, does not come again."""

    def kept(original: Any, self: Any, key: Key, base: datetime) -> Any:
        return original(self, key, base - 400 * DAY)

    return [_method("_known", kept)]


@mutant
def pile_after_sleep() -> list[Any]:
    """Everything that was slept through is announced, oldest first."""

    def oldest(original: Any, self: Any) -> Any:
        last = original(self)
        if last is None:
            return None
        waiting = [each for each in self._points if each.due <= last.due and each.live and each.key not in self._told]
        open_ones = [each for each in waiting if each.name not in self._words]
        return open_ones[0] if open_ones else last

    return [_method("_open", oldest)]


@mutant
def closed_at_midnight() -> list[Any]:
    """A slot ends with its day, not with the next slot."""

    def closed(original: Any, self: Any) -> Any:
        found = original(self)
        return found if found is None or self._now - found.due < timedelta(hours=6) else None

    return [_method("_open", closed)]


@mutant
def looks_only_at_the_next_slot() -> list[Any]:
    """The next look is at the next slot: follow-ups and what was put off come late."""

    def coarse(original: Any, self: Any) -> Any:
        from dataclasses import replace

        given = original(self)
        later = [each.at for each in given.ahead if given.current is None or each.key.slot != given.current.slot]
        return replace(given, next_moment=later[0] if later else given.next_moment)

    return [_method("outlook", coarse)]


@mutant
def errands_told_again() -> list[Any]:
    def again(original: Any, self: Any, key: Key) -> Any:
        held, self._told = self._told, {}
        try:
            return original(self, key)
        finally:
            self._told = held

    return [_method("_errand", again)]


@mutant
def leaflet_rule_by_the_clock_of_the_slot() -> list[Any]:
    """The next one's distance is taken from when the slot was due, not from now."""

    return [_method("_advice", lambda original, self, point, at: original(self, point, point.due))]


@mutant
def leaflet_rule_by_one_that_does_not_come() -> list[Any]:
    """The next one counts even if it is paused, or after the end."""

    def deaf(original: Any, self: Any, point: Any, at: datetime) -> Any:
        return dosing.missed_advice(self._rules.missed, at, self._last, point.ends)

    return [_method("_advice", deaf)]


@mutant
def what_is_left_out_is_repeated() -> list[Any]:
    return [_method("_left_out", lambda original, self, point, at: False)]


@mutant
def quiet_night_into_the_morning() -> list[Any]:
    """What fell into a quiet night comes at its end, close before the next one."""
    return [_method("_let_go", lambda original, self, point, move, planned, chosen: False)]


@mutant
def quiet_night_only_when_awake() -> list[Any]:
    """What fell into a quiet night is let go by a computer that was on, and comes when it was off until the morning."""

    def awake(original: Any, self: Any, point: Any, move: Any, planned: datetime, chosen: bool) -> Any:
        return original(self, point, move, planned, chosen) and move.comes > self._now

    return [_method("_let_go", awake)]

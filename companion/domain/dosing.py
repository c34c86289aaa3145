"""Slots, what is known of them, the eight hours between applications, and the leaflet's missed-dose rule.

Nothing is ever taken as applied or missed on the person's behalf: a past slot without a word is *not recorded*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from companion.domain.leaflet import SPACING, MissedRule
from companion.domain.moments import DAY, PARTS, Part, Slot, instant_of, local_day
from companion.domain.treatment import Treatment
from companion.domain.values import value

EARLY = timedelta(hours=3)
"""An application up to this long before a slot's time counts as that slot's, and not as the one before."""


class Outcome(StrEnum):
    """What the person said of a slot."""

    APPLIED = "applied"
    SKIPPED = "skipped"
    MISSED = "missed"


@value
class Application:
    """One recorded word about a slot. ``ordinal`` is 0 for the slot itself, 1.. for further ones of the same part.

    ``at`` is the instant of the application (of the word, for skipped and missed), UTC; ``zone`` where it happened;
    ``places`` are place ids; ``grams`` the cream used, if the person said so.
    """

    id: int
    slot: Slot
    outcome: Outcome
    at: datetime
    zone: str
    places: tuple[int, ...] = ()
    grams: float | None = None
    note: str = ""
    ordinal: int = 0


class SlotState(StrEnum):
    """What can be said of a slot now."""

    APPLIED = "applied"
    SKIPPED = "skipped"
    MISSED = "missed"
    UNKNOWN = "unknown"  # its time went by and nothing was recorded
    OPEN = "open"  # due now, or late but not yet overtaken by the next one
    AHEAD = "ahead"
    BEFORE_START = "before_start"
    BEFORE_RECORD = "before_record"  # its time went by before there was a record to write it in
    NONE = "none"  # a civil day that does not exist in this zone
    PAUSED = "paused"  # the person paused the treatment on that day


class MissedAdvice(StrEnum):
    """What the leaflet allows for a slot that is late; wording and source come with the key."""

    TOO_SOON = "too_soon"
    SKIP_IT = "skip_it"
    APPLY_NOW = "apply_now"
    ASK = "ask"


def due_at(treatment: Treatment, slot: Slot, zone: str) -> datetime | None:
    """Return the instant a slot is due in ``zone``, or ``None`` where that day does not exist."""
    return instant_of(slot.day, treatment.times_on(slot.day).on(slot.day, slot.part), zone)


def next_slot(slot: Slot) -> Slot:
    """Return the slot after ``slot``."""
    if slot.part is Part.MORNING:
        return Slot(slot.day, Part.EVENING)
    return Slot(slot.day + DAY, Part.MORNING)


def following_due(treatment: Treatment, slot: Slot, zone: str) -> datetime | None:
    """Return when the slot after ``slot`` is due; days that do not exist in ``zone`` are passed over."""
    following = next_slot(slot)
    for _ in range(2 * len(PARTS)):
        due = due_at(treatment, following, zone)
        if due is not None:
            return due
        following = next_slot(following)
    return None


def following_live_due(treatment: Treatment, slot: Slot, zone: str) -> datetime | None:
    """Return when the next slot after ``slot`` is due that is neither paused nor after the end.

    ``None`` when that is days away, or never.
    """
    following = next_slot(slot)
    for _ in range(2 * len(PARTS)):
        due = due_at(treatment, following, zone) if treatment.live_on(following.day) else None
        if due is not None:
            return due
        following = next_slot(following)
    return None


def last_applied(applications: Iterable[Application], before: datetime | None = None) -> Application | None:
    """Return the latest application of cream, not later than ``before``."""
    applied = [
        each for each in applications if each.outcome is Outcome.APPLIED and (before is None or each.at <= before)
    ]
    return max(applied, key=lambda each: each.at, default=None)


def earliest_next(applications: Iterable[Application], now: datetime) -> datetime | None:
    """Return when the next application can go on: eight hours after the last; ``None`` when that has passed."""
    last = last_applied(applications, now)
    if last is None:
        return None
    free = last.at + SPACING
    return free if free > now else None


def slot_state(treatment: Treatment, slot: Slot, record: Application | None, now: datetime, zone: str) -> SlotState:
    """Return the state of one slot; ``record`` is the word recorded for it, if any."""
    if record is not None:
        return SlotState(record.outcome.value)
    if slot.day < treatment.started_on or (treatment.ended_on is not None and slot.day > treatment.ended_on):
        return SlotState.BEFORE_START
    due = due_at(treatment, slot, zone)
    if due is None:
        return SlotState.NONE
    if treatment.pauses and treatment.pause_on(slot.day) is not None:
        return SlotState.PAUSED
    if due > now:
        return SlotState.AHEAD
    following = following_due(treatment, slot, zone)
    if following is not None and following <= now:
        return SlotState.UNKNOWN
    return SlotState.OPEN


def waking_day(treatment: Treatment, at: datetime, zone: str) -> date:
    """Return the day a person would say ``at`` belongs to: the night counts to the day before.

    The night ends :data:`EARLY` before the morning's time.
    """
    day = local_day(at, zone)
    morning = due_at(treatment, Slot(day, Part.MORNING), zone)
    return day - DAY if morning is not None and morning - at > EARLY else day


def slot_for(treatment: Treatment, records: Mapping[Slot, Application], at: datetime, zone: str) -> Slot | None:
    """Return the slot that cream put on at ``at`` belongs to, when the person does not say.

    It is the latest one whose time has come, or comes within :data:`EARLY`, from last evening to this evening; when
    that one is recorded, the one of the day whose time is closest. A slot that was skipped or missed can still be
    filled. ``None`` when cream is recorded for all of them.
    """
    day = local_day(at, zone)
    timed = [
        (slot, due)
        for slot in (Slot(day - DAY, Part.EVENING), *(Slot(day, part) for part in PARTS))
        if slot.day >= treatment.started_on and (due := due_at(treatment, slot, zone)) is not None
    ]
    applied = {slot for slot, each in records.items() if each.outcome is Outcome.APPLIED}
    reached = [slot for slot, due in timed if due - at <= EARLY]
    if reached and reached[-1] not in applied:
        return reached[-1]
    free = [(abs(due - at), slot) for slot, due in timed if slot.day == day and slot not in applied]
    return min(free)[1] if free else None


def missed_advice(
    rule: MissedRule, now: datetime, last: datetime | None, following_due: datetime | None
) -> MissedAdvice:
    """Return what the leaflet says of applying now what was due earlier.

    EU text: apply as soon as remembered, but skip it when the next one is due within eight hours. Exactly eight
    hours counts as within: the cautious reading.
    """
    if rule is MissedRule.ASK:
        return MissedAdvice.ASK
    if last is not None and now - last < SPACING:
        return MissedAdvice.TOO_SOON
    if following_due is not None and following_due - now <= SPACING:
        return MissedAdvice.SKIP_IT
    return MissedAdvice.APPLY_NOW


class Question(StrEnum):
    """What is asked before an unusual application is recorded. It is never refused: it may really have happened."""

    WITHIN_EIGHT_HOURS = "within_eight_hours"
    THIRD_IN_A_DAY = "third_in_a_day"


def questions_before(
    at: datetime, day: date, others: Iterable[Application], zone: str
) -> tuple[tuple[Question, ...], Application | None]:
    """Return what to ask before recording cream at ``at`` for ``day``, and the application closest to it in time.

    ``others`` are the applications round that day, without the one that is being edited. A third is one of the same
    day by what they are for, or by the calendar of ``zone``: an evening made up for in the next morning counts there.
    """
    applied = [each for each in others if each.outcome is Outcome.APPLIED]
    closest = min(applied, key=lambda each: abs(each.at - at), default=None)
    questions = []
    if closest is not None and abs(closest.at - at) < SPACING:
        questions.append(Question.WITHIN_EIGHT_HOURS)
    put_on = local_day(at, zone)
    meant, done = [each.slot.day == day for each in applied], [local_day(each.at, zone) == put_on for each in applied]
    if max(sum(meant), sum(done)) >= len(PARTS):
        questions.append(Question.THIRD_IN_A_DAY)
    return tuple(questions), closest


@value
class Count:
    """Applications over a period: of ``due`` slots, ``applied`` were, ``unknown`` were never recorded."""

    due: int
    applied: int
    unknown: int


_UNCOUNTED = (
    SlotState.AHEAD,
    SlotState.BEFORE_START,
    SlotState.BEFORE_RECORD,
    SlotState.NONE,
    SlotState.OPEN,
    SlotState.PAUSED,
)


def count_slots(states: Iterable[SlotState]) -> Count:
    """Count the slots of a period whose time has come; those ahead, paused or before start or record are left out."""
    due = applied = unknown = 0
    for state in states:
        if state in _UNCOUNTED:
            continue
        due += 1
        applied += state is SlotState.APPLIED
        unknown += state is SlotState.UNKNOWN
    return Count(due, applied, unknown)


def slots_between(first: date, last: date) -> tuple[Slot, ...]:
    """Return every slot from ``first`` to ``last``, both included."""
    days = (last - first) // timedelta(days=1)
    return tuple(Slot(first + DAY * n, part) for n in range(days + 1) for part in PARTS)

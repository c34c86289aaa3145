"""What is known of a slot, the eight hours, the leaflet's rule for a late one, and which slot an application is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.dosing import (
    EARLY,
    Application,
    Count,
    MissedAdvice,
    Outcome,
    Question,
    SlotState,
    count_slots,
    due_at,
    earliest_next,
    following_due,
    following_live_due,
    last_applied,
    missed_advice,
    next_slot,
    questions_before,
    slot_for,
    slot_state,
    slots_between,
)
from companion.domain.leaflet import SPACING, Leaflet, MissedRule
from companion.domain.moments import DAY, Part, Slot, instant_of
from companion.domain.treatment import Pause, Times, Treatment

ROME = "Europe/Rome"
START = date(2026, 3, 2)
TREATMENT = Treatment(1, Leaflet.EU, START, (Times(START, time(7, 30), time(19, 30)),))
DAY_1 = date(2026, 6, 10)
MORNING, EVENING = Slot(DAY_1, Part.MORNING), Slot(DAY_1, Part.EVENING)


def at(hour: int, minute: int = 0, day: date = DAY_1, zone: str = ROME) -> datetime:
    moment = instant_of(day, time(hour, minute), zone)
    assert moment is not None
    return moment


def word(slot: Slot, when: datetime, outcome: Outcome = Outcome.APPLIED, ordinal: int = 0) -> Application:
    return Application(1, slot, outcome, when, ROME, ordinal=ordinal)


# --- states ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "now", "state"),
    [
        (MORNING, at(7, 29), SlotState.AHEAD),
        (MORNING, at(7, 30), SlotState.OPEN),
        (MORNING, at(19, 29), SlotState.OPEN),
        (MORNING, at(19, 30), SlotState.UNKNOWN),
        (EVENING, at(19, 29), SlotState.AHEAD),
        (EVENING, at(19, 30), SlotState.OPEN),
        (EVENING, at(0, 30, DAY_1 + DAY), SlotState.OPEN),
        (EVENING, at(7, 30, DAY_1 + DAY), SlotState.UNKNOWN),
        (Slot(START, Part.MORNING), at(12), SlotState.UNKNOWN),
        (Slot(START - DAY, Part.EVENING), at(12), SlotState.BEFORE_START),
    ],
)
def test_the_state_of_a_slot_without_a_word(slot, now, state):
    assert slot_state(TREATMENT, slot, None, now, ROME) is state


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_word_decides_whatever_the_time(outcome):
    for now in (at(1), at(12), at(12, day=DAY_1 + 30 * DAY)):
        assert slot_state(TREATMENT, MORNING, word(MORNING, at(8), outcome), now, ROME).value == outcome.value


def test_after_the_end_nothing_is_due():
    ended = Treatment(1, Leaflet.EU, START, TREATMENT.times, ended_on=DAY_1)
    assert slot_state(ended, EVENING, None, at(23), ROME) is SlotState.OPEN
    after = Slot(DAY_1 + DAY, Part.MORNING)
    assert slot_state(ended, after, None, at(23, day=DAY_1 + DAY), ROME) is SlotState.BEFORE_START


def test_a_day_that_does_not_exist_has_no_slots_and_holds_nothing_open():
    """Apia went from 29 to 31 December 2011: the evening of the 29th is overtaken by the morning of the 31st."""
    start = date(2011, 12, 1)
    apia = Treatment(1, Leaflet.EU, start, (Times(start, time(7, 30), time(19, 30)),))
    evening = Slot(date(2011, 12, 29), Part.EVENING)
    skipped = Slot(date(2011, 12, 30), Part.MORNING)
    later = at(12, day=date(2011, 12, 31), zone="Pacific/Apia")
    assert slot_state(apia, skipped, None, later, "Pacific/Apia") is SlotState.NONE
    assert following_due(apia, evening, "Pacific/Apia") == at(7, 30, date(2011, 12, 31), "Pacific/Apia")
    assert slot_state(apia, evening, None, later, "Pacific/Apia") is SlotState.UNKNOWN


def test_times_hold_from_their_day_on():
    changed = Treatment(1, Leaflet.EU, START, (*TREATMENT.times, Times(DAY_1, time(9), time(21))))
    assert due_at(changed, Slot(DAY_1 - DAY, Part.MORNING), ROME) == at(7, 30, DAY_1 - DAY)
    assert due_at(changed, MORNING, ROME) == at(9)
    assert due_at(changed, Slot(START - DAY, Part.MORNING), ROME) == at(7, 30, START - DAY)


@given(
    st.dates(date(2026, 3, 2), date(2027, 12, 31)),
    st.integers(-3000, 3000),
    st.sampled_from((ROME, "America/New_York", "Asia/Tokyo")),
)
def test_of_all_slots_at_most_one_is_open(day, minutes, zone):
    """Walking through time, a slot goes ahead -> open -> unknown, and one is open from the first due time on."""
    now = at(12, day=day, zone=zone) + timedelta(minutes=minutes)
    slots = slots_between(day - 4 * DAY, day + 4 * DAY)
    states = [slot_state(TREATMENT, slot, None, now, zone) for slot in slots]
    order = (SlotState.BEFORE_START, SlotState.UNKNOWN, SlotState.OPEN, SlotState.AHEAD)
    assert states == sorted(states, key=order.index)
    assert states.count(SlotState.OPEN) == (1 if now >= at(7, 30, START, zone) else 0)


# --- eight hours ----------------------------------------------------------------------------------------------------


def test_the_next_can_go_on_eight_hours_after_the_last():
    logged = [word(MORNING, at(7, 42)), word(Slot(DAY_1 - DAY, Part.EVENING), at(20, day=DAY_1 - DAY))]
    assert earliest_next(logged, at(9)) == at(15, 42)
    assert earliest_next(logged, at(15, 42)) is None
    assert earliest_next([], at(9)) is None


def test_skipped_and_missed_slots_hold_nothing_up():
    assert last_applied([word(MORNING, at(7, 42), Outcome.SKIPPED), word(EVENING, at(20), Outcome.MISSED)]) is None


def test_an_application_later_than_the_moment_asked_for_does_not_count():
    assert last_applied([word(EVENING, at(20))], before=at(19)) is None


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [(0, True), (1, True), (479, True), (480, False), (481, False), (-479, True), (-480, False)],
)
def test_the_question_of_eight_hours_is_asked_on_both_sides(minutes, asked):
    others = [word(MORNING, at(8))]
    questions, closest = questions_before(at(8) + timedelta(minutes=minutes), DAY_1, others, ROME)
    assert (Question.WITHIN_EIGHT_HOURS in questions) is asked
    assert closest == others[0]


def test_a_third_application_of_a_day_is_asked_about():
    others = [word(MORNING, at(7)), word(EVENING, at(15))]
    assert questions_before(at(23), DAY_1, others, ROME)[0] == (Question.THIRD_IN_A_DAY,)
    assert questions_before(at(22), DAY_1, others, ROME)[0] == (Question.WITHIN_EIGHT_HOURS, Question.THIRD_IN_A_DAY)
    assert questions_before(at(23), DAY_1, others[:1], ROME)[0] == ()
    skipped = [word(MORNING, at(7), Outcome.SKIPPED), word(EVENING, at(15))]
    assert questions_before(at(23), DAY_1, skipped, ROME)[0] == ()


def test_a_third_application_between_two_midnights_is_asked_about_whatever_it_was_meant_for():
    """Last evening's in the early morning, then this morning's, then the evening's: three on one day of the skin."""
    others = [word(Slot(DAY_1 - DAY, Part.EVENING), at(6, 30)), word(MORNING, at(14, 30))]
    assert questions_before(at(22, 30), DAY_1, others, ROME)[0] == (Question.THIRD_IN_A_DAY,)
    before = [word(Slot(DAY_1 - DAY, Part.EVENING), at(23, 59, DAY_1 - DAY)), word(MORNING, at(14, 30))]
    assert questions_before(at(22, 30), DAY_1, before, ROME)[0] == ()
    assert questions_before(at(0, 30, DAY_1 + DAY), DAY_1, others, ROME)[0] == ()
    assert questions_before(at(22, 30), DAY_1, before, "Asia/Tokyo")[0] == ()


def test_the_next_live_slot_leaves_out_pauses_and_what_comes_after_the_end():
    assert following_live_due(TREATMENT, EVENING, ROME) == at(7, 30, DAY_1 + DAY)
    short = replace(TREATMENT, pauses=(Pause(1, DAY_1 + DAY, DAY_1 + DAY),))
    assert following_live_due(short, EVENING, ROME) == at(7, 30, DAY_1 + 2 * DAY)
    assert following_live_due(short, MORNING, ROME) == at(19, 30)
    assert following_live_due(replace(TREATMENT, pauses=(Pause(1, DAY_1 + DAY),)), EVENING, ROME) is None
    assert following_live_due(replace(TREATMENT, ended_on=DAY_1), EVENING, ROME) is None


# --- the leaflet's rule for a late one ------------------------------------------------------------------------------

NOW = at(12)


@pytest.mark.parametrize(
    ("since_last", "until_next", "advice"),
    [
        (None, 481, MissedAdvice.APPLY_NOW),
        (None, 480, MissedAdvice.SKIP_IT),  # exactly eight hours counts as within: the cautious reading
        (None, 479, MissedAdvice.SKIP_IT),
        (None, -10, MissedAdvice.SKIP_IT),  # the next one is due already
        (None, None, MissedAdvice.APPLY_NOW),
        (479, 600, MissedAdvice.TOO_SOON),
        (480, 600, MissedAdvice.APPLY_NOW),
        (479, 100, MissedAdvice.TOO_SOON),
        (480, 480, MissedAdvice.SKIP_IT),
    ],
)
def test_what_the_eu_text_says_of_a_late_slot(since_last, until_next, advice):
    last = None if since_last is None else NOW - timedelta(minutes=since_last)
    following = None if until_next is None else NOW + timedelta(minutes=until_next)
    assert missed_advice(MissedRule.EU_EIGHT_HOURS, NOW, last, following) is advice


@given(st.none() | st.integers(0, 3000), st.none() | st.integers(-3000, 3000))
def test_a_leaflet_without_a_rule_never_gives_one(since_last, until_next):
    last = None if since_last is None else NOW - timedelta(minutes=since_last)
    following = None if until_next is None else NOW + timedelta(minutes=until_next)
    assert missed_advice(MissedRule.ASK, NOW, last, following) is MissedAdvice.ASK


@given(st.none() | st.integers(0, 3000), st.none() | st.integers(-3000, 3000))
def test_apply_now_always_leaves_eight_hours_on_both_sides(since_last, until_next):
    last = None if since_last is None else NOW - timedelta(minutes=since_last)
    following = None if until_next is None else NOW + timedelta(minutes=until_next)
    if missed_advice(MissedRule.EU_EIGHT_HOURS, NOW, last, following) is MissedAdvice.APPLY_NOW:
        assert last is None or NOW - last >= SPACING
        assert following is None or following - NOW > SPACING


# --- which slot an application is for -------------------------------------------------------------------------------

YESTERDAY_EVENING = Slot(DAY_1 - DAY, Part.EVENING)


@pytest.mark.parametrize(
    ("when", "recorded", "slot"),
    [
        (at(7, 30), {}, MORNING),
        (at(7, 0), {}, MORNING),  # a little early is this morning's, not last night's
        (at(4, 30), {}, MORNING),
        (at(4, 29), {}, YESTERDAY_EVENING),  # a very late night is still that evening's
        (at(0, 30), {}, YESTERDAY_EVENING),
        (at(12), {}, MORNING),
        (at(16, 29), {}, MORNING),
        (at(16, 30), {}, EVENING),
        (at(23, 59), {}, EVENING),
        (at(7, 0), {MORNING: Outcome.APPLIED}, EVENING),
        (at(12), {MORNING: Outcome.APPLIED}, EVENING),
        (at(20), {EVENING: Outcome.APPLIED}, MORNING),  # the evening is there, so this is the morning's, told late
        (at(0, 30), {YESTERDAY_EVENING: Outcome.APPLIED}, MORNING),
        (at(12), {MORNING: Outcome.SKIPPED}, MORNING),  # done after all
        (at(12), {MORNING: Outcome.MISSED}, MORNING),
        (at(20), {MORNING: Outcome.APPLIED, EVENING: Outcome.APPLIED}, None),
        (at(20), {MORNING: Outcome.APPLIED, EVENING: Outcome.SKIPPED}, EVENING),
    ],
)
def test_which_slot_an_application_is_for(when, recorded, slot):
    records = {each: word(each, at(1), outcome) for each, outcome in recorded.items()}
    assert slot_for(TREATMENT, records, when, ROME) == slot


def test_on_the_first_day_there_is_no_evening_before():
    assert slot_for(TREATMENT, {}, at(0, 30, START), ROME) == Slot(START, Part.MORNING)


@given(st.integers(0, 60 * 24 * 60), st.sets(st.integers(0, 60), max_size=40), st.sampled_from((ROME, "America/Nuuk")))
def test_a_slot_is_never_given_twice_and_is_of_that_day_or_the_night_before(minutes, taken, zone):
    when = at(0, day=date(2026, 3, 10), zone=zone) + timedelta(minutes=minutes)
    slots = slots_between(date(2026, 3, 9), date(2026, 4, 9))
    records = {slots[n]: word(slots[n], when) for n in taken}
    chosen = slot_for(TREATMENT, records, when, zone)
    if chosen is None:
        return
    assert chosen not in records
    due = due_at(TREATMENT, chosen, zone)
    assert due is not None
    assert timedelta(hours=-20) < when - due < timedelta(hours=17)
    earlier = [slot for slot in slots if slot < chosen and slot.day == chosen.day and slot not in records]
    if due - when > EARLY:  # too early for its own sake: then nothing before it that day was free
        assert earlier == []


# --- counting -------------------------------------------------------------------------------------------------------


def test_a_week_counts_what_its_time_has_come():
    states = [
        SlotState.APPLIED,
        SlotState.APPLIED,
        SlotState.MISSED,
        SlotState.UNKNOWN,
        SlotState.SKIPPED,
        SlotState.OPEN,
        SlotState.AHEAD,
        SlotState.BEFORE_START,
        SlotState.NONE,
    ]
    assert count_slots(states) == Count(due=5, applied=2, unknown=1)


@given(st.lists(st.sampled_from(list(SlotState))))
def test_counts_are_never_more_than_what_was_due(states):
    count = count_slots(states)
    assert 0 <= count.applied + count.unknown <= count.due <= len(states)


def test_slots_between_two_days_are_in_order():
    slots = slots_between(DAY_1, DAY_1 + DAY)
    assert slots == (MORNING, EVENING, Slot(DAY_1 + DAY, Part.MORNING), Slot(DAY_1 + DAY, Part.EVENING))
    assert slots_between(DAY_1, DAY_1 - DAY) == ()
    assert all(next_slot(one) == other for one, other in pairwise(slots))


def test_the_clock_change_keeps_the_wall_clock():
    """On the day of the spring change the morning comes 23 hours after the morning before, at the same wall clock."""
    before, after = (due_at(TREATMENT, Slot(date(2026, 3, day), Part.MORNING), ROME) for day in (28, 29))
    assert before is not None
    assert after is not None
    assert after - before == timedelta(hours=23)
    assert after.astimezone(UTC) == datetime(2026, 3, 29, 5, 30, tzinfo=UTC)

"""What is announced, when, and why not: one row a rule. Times are wall-clock times in Rome unless a zone is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from companion.domain.dosing import Application, MissedAdvice, Outcome
from companion.domain.leaflet import Leaflet, MissedRule, Rules
from companion.domain.moments import DAY, Part, Slot
from companion.domain.reminders import (
    Errands,
    Key,
    Kind,
    Nudge,
    Outlook,
    Quiet,
    ReminderSettings,
    Silence,
    Told,
    ZoneQuestion,
)
from companion.domain.treatment import Pause, Times, Treatment
from companion.schedule.reminders import days_read, outlook
from companion.schedule.travel import zone_question

ROME = "Europe/Rome"
DAY_1 = date(2026, 6, 10)  # a Wednesday
START = date(2026, 3, 2)
TREATMENT = Treatment(1, Leaflet.EU, START, (Times(START, time(8), time(20)),))
EU = Rules(Leaflet.EU, 10, (), (100,), timedelta(hours=8), MissedRule.EU_EIGHT_HOURS, None, False, 12, (), "112")
US = replace(EU, leaflet=Leaflet.US, missed=MissedRule.ASK)
MORNING, EVENING = Slot(DAY_1, Part.MORNING), Slot(DAY_1, Part.EVENING)
NEXT_MORNING = Slot(DAY_1 + DAY, Part.MORNING)
USUAL, NO_ERRANDS = ReminderSettings(), Errands()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(clock: str, day: date = DAY_1, zone: str = ROME) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moment(clock: str) -> datetime:
    """Return a time of the first day, with a plus of the day after."""
    return at(clock.rstrip("+"), DAY_1 + DAY * clock.endswith("+"))


def key(slot: Slot) -> Key:
    return Key(Kind.APPLICATION, slot.day, slot.part)


def told(slot: Slot, when: datetime | None, stage: int = 1, later: datetime | None = None) -> Told:
    return Told(key(slot), stage, when, later)


def word(slot: Slot, when: datetime, outcome: Outcome = Outcome.APPLIED) -> Application:
    return Application(1, slot, outcome, when, ROME)


def look(
    now: datetime,
    *known: Application | Told,
    treatment: Treatment | None = TREATMENT,
    settings: ReminderSettings = USUAL,
    last: Application | None = None,
    errands: Errands = NO_ERRANDS,
    zone: str = ROME,
    rules: Rules = EU,
) -> Outlook:
    words = [each for each in known if isinstance(each, Application)]
    applied = [each for each in words if each.outcome is Outcome.APPLIED]
    last = last or max(applied, key=lambda each: each.at, default=None)
    records = {each.slot: each for each in words}
    tellings = {each.key: each for each in known if isinstance(each, Told)}
    return outlook(treatment, settings, records, last, tellings, errands, now, zone, rules)


def announced(given: Outlook) -> tuple[Slot | None, Nudge, int] | None:
    if given.announce is None:
        return None
    return given.announce.key.slot, given.announce.nudge, given.announce.stage


BEFORE = word(Slot(DAY_1 - DAY, Part.EVENING), at("20:03", DAY_1 - DAY))
DONE = word(MORNING, at("08:02"))


# The first announcement


@pytest.mark.parametrize(
    ("clock", "nudge"),
    [
        ("07:59:59", None),
        ("08:00", Nudge.TIME),
        ("08:00:29", Nudge.TIME),
        ("08:05", Nudge.TIME),
        ("08:05:01", Nudge.CATCH_UP),
        ("19:59:59", Nudge.CATCH_UP),
    ],
)
def test_a_slot_is_announced_at_its_time_and_later_as_a_catch_up(clock, nudge):
    given = look(at(clock), BEFORE)
    assert announced(given) == (None if nudge is None else (MORNING, nudge, 1))
    if nudge is None:
        assert given.next_moment == given.ahead[0].at == at("08:00")
    else:
        assert given.announce.at == at("08:00")


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("clock", ["08:00:10", "08:40", "19:00"])
def test_nothing_comes_once_a_word_was_recorded_whatever_it_was(outcome, clock):
    given = look(at(clock), BEFORE, word(MORNING, at("07:50"), outcome), told(MORNING, at("08:00")))
    assert given.announce is None
    assert given.current is None
    assert given.ahead[0].at == at("20:00")


def test_a_slot_whose_follower_was_applied_already_is_no_longer_open():
    given = look(at("19:30"), BEFORE, word(EVENING, at("19:20")))
    assert given.announce is None
    assert given.current is None
    assert given.unknown[-1] == MORNING


# Eight hours


@pytest.mark.parametrize(
    ("morning_at", "evening_comes"),
    [
        ("08:02", "20:00"),
        ("12:00", "20:00"),
        ("12:01", "20:01"),
        ("14:15", "22:15"),
    ],
)
def test_a_late_morning_moves_the_evening(morning_at, evening_comes):
    late = word(MORNING, at(morning_at))
    assert look(at("15:00"), late).ahead[0].at == at(evening_comes)
    moment = at(evening_comes)
    early = look(moment - timedelta(seconds=1), late)
    assert early.announce is None
    assert announced(look(moment, late)) == (EVENING, Nudge.TIME, 1)
    if moment > at("20:00"):
        assert early.current.can_go_on_from == moment
        assert early.next_moment == moment


@pytest.mark.parametrize("clock", ["22:29", "23:00", "06:29+", "06:30+", "07:00+"])
def test_an_evening_that_would_wait_until_the_next_morning_is_let_go(clock):
    """Cream at half past six would push the morning to half past two, and that the evening into the next night."""
    late = word(MORNING, at("15:00"))
    given = look(moment(clock), late)
    assert given.announce is None
    assert given.current.slot == EVENING
    assert given.next_moment == (at("23:00") if clock == "22:29" else at("08:00", DAY_1 + DAY))
    assert given.ahead[0].key.slot == NEXT_MORNING


def test_one_that_waits_for_the_end_of_quiet_hours_comes_when_that_is_far_from_the_next():
    settings = ReminderSettings(quiet=Quiet(time(21), time(23, 59)))
    late = word(MORNING, at("15:00"))
    assert look(at("23:00"), late, settings=settings).next_moment == at("23:59")
    assert announced(look(at("23:59"), late, settings=settings)) == (EVENING, Nudge.TIME, 1)
    settings = ReminderSettings(quiet=Quiet(time(21), time(0)))
    assert look(at("23:30"), late, settings=settings).next_moment == at("08:00", DAY_1 + DAY)


@pytest.mark.parametrize("known", [(), (told(EVENING, at("20:40"), 1),), (told(EVENING, at("21:10"), 2),)])
@pytest.mark.parametrize("rules", [EU, US])
def test_after_the_night_nothing_is_said_of_the_evening_before_whoever_was_asleep(known, rules):
    for clock in ("23:00", "06:30+", "07:30+"):
        assert look(moment(clock), DONE, *known, rules=rules).announce is None
    given = look(moment("08:00+"), DONE, *known, rules=rules)
    assert announced(given) == (NEXT_MORNING, Nudge.TIME, 1)
    assert given.announce.earlier == (() if known else (EVENING,))
    assert given.unknown[-1] == EVENING


def test_one_whose_eight_hours_last_until_the_next_is_not_announced_and_stays_unknown():
    treatment = replace(TREATMENT, times=(Times(START, time(11), time(19)),))
    slot = Slot(DAY_1 + DAY, Part.MORNING)
    night = word(EVENING, at("11:00", DAY_1 + DAY))
    for clock in ("11:00", "12:00", "18:59"):
        given = look(at(clock, DAY_1 + DAY), night, treatment=treatment)
        assert given.announce is None
        assert given.current.can_go_on_from == at("19:00", DAY_1 + DAY)
    given = look(at("19:00", DAY_1 + DAY), night, treatment=treatment)
    assert announced(given) == (Slot(DAY_1 + DAY, Part.EVENING), Nudge.TIME, 1)
    assert given.unknown[-1] == slot
    assert given.announce.earlier[-1] == slot


def test_an_application_of_another_year_logged_by_a_wrong_clock_closes_nothing():
    wrong = word(Slot(date(2031, 1, 1), Part.MORNING), at("08:00", date(2031, 1, 1)))
    given = look(at("20:00"), DONE, last=wrong)
    assert announced(given) == (EVENING, Nudge.TIME, 1)


def test_an_application_a_little_ahead_of_a_clock_that_was_set_back_still_counts():
    given = look(at("19:30"), word(MORNING, at("20:30")), told(EVENING, at("20:00")))
    assert look(at("20:10"), word(MORNING, at("20:30"))).current.can_go_on_from == at("04:30", DAY_1 + DAY)
    assert given.announce is None


# What the leaflet says of a late one


@pytest.mark.parametrize(
    ("rules", "clock", "day", "cream", "advice"),
    [
        (EU, "08:03", DAY_1, None, None),
        (EU, "08:30", DAY_1, None, MissedAdvice.APPLY_NOW),
        (EU, "11:59", DAY_1, None, MissedAdvice.APPLY_NOW),
        (EU, "12:00", DAY_1, None, MissedAdvice.SKIP_IT),
        (EU, "19:00", DAY_1, None, MissedAdvice.SKIP_IT),
        (EU, "10:00", DAY_1, "02:00", MissedAdvice.APPLY_NOW),
        (US, "08:30", DAY_1, None, MissedAdvice.ASK),
        (US, "19:00", DAY_1, None, MissedAdvice.ASK),
    ],
)
def test_a_catch_up_says_what_the_leaflet_allows_now(rules, clock, day, cream, advice):
    known = [] if cream is None else [word(Slot(DAY_1 - DAY, Part.EVENING), at(cream))]
    given = look(at(clock, day), *known, rules=rules)
    assert given.announce.advice is advice


@pytest.mark.parametrize(("rules", "advice"), [(EU, MissedAdvice.TOO_SOON), (US, MissedAdvice.ASK)])
def test_what_is_open_but_too_soon_is_not_announced_and_says_so(rules, advice):
    given = look(at("09:30"), word(Slot(DAY_1 - DAY, Part.EVENING), at("02:00")), rules=rules)
    assert given.announce is None
    assert given.current.late
    assert given.current.advice is advice
    assert given.current.can_go_on_from == at("10:00")


@pytest.mark.parametrize("ending", [{"pauses": (Pause(1, DAY_1 + DAY, DAY_1 + 3 * DAY),)}, {"ended_on": DAY_1}])
def test_what_is_late_before_a_pause_or_an_end_is_not_left_out_for_a_next_one_that_does_not_come(ending):
    settings = ReminderSettings(quiet=None)
    treatment = replace(TREATMENT, **ending)
    given = look(at("01:00", DAY_1 + DAY), DONE, treatment=treatment, settings=settings)
    assert announced(given) == (EVENING, Nudge.CATCH_UP, 1)
    assert given.announce.advice is given.current.advice is MissedAdvice.APPLY_NOW
    assert look(at("01:00", DAY_1 + DAY), DONE, settings=settings).announce.advice is MissedAdvice.SKIP_IT


# Follow-ups


@pytest.mark.parametrize(
    ("stage", "since", "clock", "expected"),
    [
        (1, "08:00", "08:29:59", None),
        (1, "08:00", "08:30", 2),
        (1, "08:17", "08:30", None),
        (1, "08:17", "08:47", 2),
        (2, "08:30", "09:59", None),
        (2, "08:30", "10:00", 3),
        (3, "10:00", "10:01", None),
        (3, "10:00", "19:59", None),
    ],
)
def test_follow_ups_come_after_their_spans_and_end(stage, since, clock, expected):
    given = look(at(clock), BEFORE, told(MORNING, at(since), stage))
    assert announced(given) == (None if expected is None else (MORNING, Nudge.FOLLOW_UP, expected))


def test_a_follow_up_that_was_slept_through_simply_comes_and_only_one():
    slept = look(at("11:30"), BEFORE, told(MORNING, at("08:00")))
    assert announced(slept) == (MORNING, Nudge.FOLLOW_UP, 2)
    assert slept.announce.advice is MissedAdvice.APPLY_NOW
    assert slept.announce.earlier == ()
    assert look(at("11:31"), BEFORE, told(MORNING, at("11:30"), 2)).announce is None


@pytest.mark.parametrize(("rules", "repeated"), [(EU, False), (US, True)])
def test_what_the_leaflet_says_to_leave_out_is_said_once_and_not_repeated(rules, repeated):
    late = look(at("13:00"), BEFORE, rules=rules)
    assert announced(late) == (MORNING, Nudge.CATCH_UP, 1)
    after = look(at("13:30"), BEFORE, told(MORNING, at("13:00")), rules=rules)
    assert announced(after) == ((MORNING, Nudge.FOLLOW_UP, 2) if repeated else None)
    slept = look(at("13:30"), BEFORE, told(MORNING, at("08:00")), rules=rules)
    assert announced(slept) == ((MORNING, Nudge.FOLLOW_UP, 2) if repeated else None)
    if not repeated:
        assert after.next_moment == slept.next_moment == at("20:00")


def test_no_follow_up_is_planned_for_a_moment_from_which_it_is_to_be_left_out():
    assert look(at("11:45"), BEFORE, told(MORNING, at("11:20"))).ahead[0].at == at("11:50")
    assert look(at("11:45"), BEFORE, told(MORNING, at("11:35"))).ahead[0].at == at("20:00")


def test_an_asked_later_comes_even_where_the_leaflet_says_to_leave_it_out():
    asked = told(MORNING, at("08:00"), 1, at("13:00"))
    given = look(at("13:00"), BEFORE, asked)
    assert announced(given) == (MORNING, Nudge.SNOOZED, 1)
    assert given.announce.advice is MissedAdvice.SKIP_IT


@pytest.mark.parametrize(
    ("spans", "count"),
    [
        ((), 0),
        ((-HOUR, timedelta(0), timedelta(days=9)), 0),
        ((2 * HOUR, 30 * MINUTE, 30 * MINUTE), 2),
        (tuple(n * MINUTE for n in range(1, 500)), 5),
    ],
)
def test_follow_ups_that_make_no_sense_are_brought_to_sense(spans, count):
    settings = ReminderSettings(follow_ups=spans)
    stage, moment, came = 1, at("08:00"), 0
    for _ in range(900):
        given = look(moment, BEFORE, told(MORNING, moment, stage), settings=settings)
        following = [each.at for each in given.ahead if each.key == key(MORNING)]
        if not following:
            break
        moment, stage, came = following[0], stage + 1, came + 1
    assert came == count


# Quiet hours


@pytest.mark.parametrize(
    ("quiet", "clock", "quiet_end"),
    [
        (Quiet(time(21, 0), time(22, 0)), "20:59", None),
        (Quiet(time(21, 0), time(22, 0)), "21:00", "22:00"),
        (Quiet(time(21, 0), time(22, 0)), "21:59:59", "22:00"),
        (Quiet(time(21, 0), time(22, 0)), "22:00", None),
        (Quiet(time(21, 0), time(21, 0)), "21:00", None),
        (Quiet(time(21, 0), time(23, 59)), "23:00", "23:59"),
        (None, "23:00", None),
    ],
)
def test_follow_ups_and_catch_ups_wait_for_the_end_of_quiet_hours(quiet, clock, quiet_end):
    settings = ReminderSettings(quiet=quiet)
    for known in ((), (told(EVENING, at("20:00")),)):
        given = look(at(clock), DONE, *known, settings=settings)
        assert (given.announce is None) == (quiet_end is not None)
        if quiet_end is not None:
            assert given.next_moment == given.ahead[0].at == at(quiet_end)
            assert announced(look(at(quiet_end), DONE, *known, settings=settings)) is not None


@pytest.mark.parametrize("clock", ["23:30", "02:30"])
def test_the_persons_own_time_comes_in_quiet_hours_too(clock):
    times = {"23:30": Times(START, time(8), time(23, 30)), "02:30": Times(START, time(2, 30), time(14))}[clock]
    treatment = replace(TREATMENT, times=(times,))
    given = look(at(clock), treatment=treatment)
    assert given.announce.nudge is Nudge.TIME
    assert announced(look(at(clock) + 5 * MINUTE, treatment=treatment)) is not None
    assert look(at(clock) + 6 * MINUTE, treatment=treatment).announce is None


def test_quiet_hours_over_a_clock_change_end_by_the_wall_clock():
    saturday = date(2026, 10, 24)
    treatment = replace(TREATMENT, times=(Times(START, time(14, 31), time(22)),))
    known = (
        word(Slot(saturday, Part.MORNING), at("14:00", saturday)),
        told(Slot(saturday, Part.EVENING), at("22:00", saturday)),
    )
    given = look(at("23:00", saturday), *known, treatment=treatment)
    assert given.next_moment == at("06:30", saturday + DAY) == datetime(2026, 10, 25, 5, 30, tzinfo=UTC)


# Later


@pytest.mark.parametrize(("stage", "shown"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_later_comes_at_its_moment_and_uses_up_no_follow_up(stage, shown):
    asked = told(MORNING, at("08:10") if stage else None, stage, at("09:00"))
    assert look(at("08:59:59"), BEFORE, asked).announce is None
    assert look(at("08:59:59"), BEFORE, asked).next_moment == at("09:00")
    assert announced(look(at("09:00"), BEFORE, asked)) == (MORNING, Nudge.SNOOZED, shown)
    after = look(at("09:30"), BEFORE, told(MORNING, at("09:00"), shown))
    assert announced(after) == ((MORNING, Nudge.FOLLOW_UP, 2) if shown == 1 else None)


def test_an_asked_later_comes_in_quiet_hours_unless_it_was_slept_through():
    asked = told(EVENING, at("22:20"), 1, at("23:00"))
    assert announced(look(at("23:00"), DONE, asked)) == (EVENING, Nudge.SNOOZED, 1)
    for clock in ("23:30", "06:30+"):
        slept = look(moment(clock), DONE, asked)
        assert slept.announce is None
        assert slept.next_moment == at("08:00", DAY_1 + DAY)


def test_what_came_earlier_is_named_once_and_not_again_when_it_was_put_off():
    assert len(look(at("08:00")).announce.earlier) == 14
    assert look(at("09:00"), told(MORNING, at("08:00"), 1, at("09:00"))).announce.earlier == ()


def test_later_waits_for_the_eight_hours():
    asked = told(EVENING, at("20:00"), 1, at("20:30"))
    given = look(at("20:30"), word(MORNING, at("13:00")), asked)
    assert given.announce is None
    assert given.ahead[0].at == at("21:00")


def test_later_than_the_next_slot_gives_way_to_it():
    asked = told(MORNING, at("19:00"), 3, at("20:30"))
    assert look(at("19:59"), BEFORE, asked).announce is None
    assert look(at("19:59"), BEFORE, asked).next_moment == at("20:00")
    assert announced(look(at("20:30"), BEFORE, asked)) == (EVENING, Nudge.CATCH_UP, 1)


def test_a_later_that_no_clock_can_have_meant_is_not_waited_for():
    asked = told(MORNING, at("08:00"), 1, at("08:30", DAY_1 + 400 * DAY))
    assert announced(look(at("08:30"), BEFORE, asked)) == (MORNING, Nudge.FOLLOW_UP, 2)


def test_five_hundred_times_later_is_the_last_one():
    moment, state = at("08:00"), told(MORNING, at("08:00"))
    for n in range(500):
        state = replace(state, snoozed_until=moment + (n % 7 + 1) * MINUTE)
    given = look(moment + HOUR, BEFORE, state)
    assert announced(given) == (MORNING, Nudge.SNOOZED, 1)
    assert given.announce.at == moment + (499 % 7 + 1) * MINUTE


def test_what_was_due_before_the_record_was_set_up_is_neither_announced_nor_unknown():
    began = at("14:00")
    given = outlook(TREATMENT, USUAL, {}, None, {}, NO_ERRANDS, at("14:10"), ROME, EU, since=began)
    assert given.current.slot == MORNING
    assert (given.announce, given.unknown, given.next_moment) == (None, (), at("20:00"))
    later = outlook(TREATMENT, USUAL, {}, None, {}, NO_ERRANDS, at("09:00", DAY_1 + DAY), ROME, EU, since=began)
    assert later.announce.earlier == (EVENING,)
    assert later.unknown == (EVENING,)


def test_a_set_up_that_lies_ahead_of_the_clock_hides_nothing():
    given = outlook(TREATMENT, USUAL, {}, None, {}, NO_ERRANDS, at("08:00"), ROME, EU, since=at("08:00", DAY_1 + DAY))
    assert announced(given) == (MORNING, Nudge.TIME, 1)


# After a sleep


def test_after_days_off_one_announcement_names_the_earlier_ones():
    now = at("09:00", DAY_1 + 3 * DAY)
    given = look(now, DONE, told(EVENING, at("20:00")))
    assert announced(given) == (Slot(DAY_1 + 3 * DAY, Part.MORNING), Nudge.CATCH_UP, 1)
    wanted = [Slot(DAY_1 + n * DAY, part) for n in (1, 2) for part in Part]
    assert list(given.announce.earlier) == wanted
    assert given.unknown[-5:] == (EVENING, *wanted)


@pytest.mark.parametrize("weeks", [2, 20])
def test_after_weeks_off_at_most_fourteen_are_named(weeks):
    given = look(at("09:00", DAY_1 + 7 * weeks * DAY))
    assert len(given.announce.earlier) == 14
    assert len(given.unknown) == 14


def test_once_told_after_a_sleep_nothing_follows_but_follow_ups():
    now = at("09:00", DAY_1 + 3 * DAY)
    slot = Slot(DAY_1 + 3 * DAY, Part.MORNING)
    for seconds in range(0, 1800, 30):
        assert look(now + timedelta(seconds=seconds), told(slot, now)).announce is None


# Clocks that are set


def test_after_the_clock_was_set_back_a_told_slot_is_not_told_again():
    assert look(at("07:58"), BEFORE, told(MORNING, at("08:01"))).announce is None
    assert look(at("08:00:10"), BEFORE, told(MORNING, at("08:01"))).announce is None
    assert announced(look(at("08:31"), BEFORE, told(MORNING, at("08:01")))) == (MORNING, Nudge.FOLLOW_UP, 2)


def test_what_was_told_hours_ahead_was_told_by_a_wrong_clock_and_comes_again():
    given = look(at("09:00"), BEFORE, told(MORNING, at("14:00")), told(EVENING, at("20:00")))
    assert set(given.forget) == {key(MORNING), key(EVENING)}
    assert announced(given) == (MORNING, Nudge.CATCH_UP, 1)


def test_a_follow_up_waits_no_longer_than_its_span_after_the_clock_was_set_back():
    given = look(at("11:30"), BEFORE, told(MORNING, at("12:20")))
    assert announced(given) == (MORNING, Nudge.FOLLOW_UP, 2)


def test_a_clock_set_forward_is_like_a_sleep():
    given = look(at("20:10"), BEFORE, told(MORNING, at("08:00")))
    assert announced(given) == (EVENING, Nudge.CATCH_UP, 1)


@pytest.mark.parametrize("year", [1970, 2000, 2019, 2100, 2600])
def test_a_clock_that_cannot_be_right_is_said_and_nothing_else(year):
    given = look(datetime(year, 1, 2, tzinfo=UTC), BEFORE, told(MORNING, at("08:00")))
    assert given == Outlook(given.now, ROME, None, None, None, silence=Silence.CLOCK)
    assert days_read(given.now, ROME)[0] < days_read(given.now, ROME)[1]


@pytest.mark.parametrize("now", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, 59, tzinfo=UTC)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", ROME])
def test_the_first_and_the_last_day_of_all_are_planned(now, zone):
    old = replace(TREATMENT, started_on=date(2019, 12, 1), times=(Times(date(2019, 12, 1), time(8), time(20)),))
    assert look(now, treatment=old, zone=zone).silence is None


# Days


@pytest.mark.parametrize(
    ("zone", "day", "times", "due"),
    [
        (ROME, date(2026, 3, 29), (time(2, 30), time(14)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (ROME, date(2026, 10, 25), (time(2, 30), time(14)), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (ROME, date(2026, 3, 29), (time(8), time(20)), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        (ROME, date(2026, 10, 25), (time(8), time(20)), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), (time(2, 15), time(14)), datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
        ("Antarctica/Troll", date(2026, 3, 29), (time(1, 30), time(14)), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 8), (time(0, 30), time(14)), datetime(2026, 3, 8, 5, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 6, 1), (time(8), time(20)), datetime(2026, 6, 1, 2, 15, tzinfo=UTC)),
    ],
)
def test_the_wall_clock_decides_over_every_clock_change(zone, day, times, due):
    treatment = replace(TREATMENT, times=(Times(START, *times),))
    slot = Slot(day, Part.MORNING)
    assert look(due - timedelta(seconds=1), treatment=treatment, zone=zone).ahead[0].at == due
    given = look(due, treatment=treatment, zone=zone)
    assert announced(given) == (slot, Nudge.TIME, 1)
    again = look(due + HOUR, told(slot, due, 3), treatment=treatment, zone=zone)
    assert again.announce is None


def test_the_day_that_apia_left_out_has_no_slots(monkeypatch):
    monkeypatch.setattr("companion.schedule.reminders.FIRST_MOMENT", datetime(2000, 1, 1, tzinfo=UTC))
    start = date(2011, 12, 1)
    treatment = replace(TREATMENT, started_on=start, times=(Times(start, time(8), time(20)),))
    evening = at("20:00", date(2011, 12, 29), "Pacific/Apia")
    given = look(evening, treatment=treatment, zone="Pacific/Apia")
    assert [each.key.day.day for each in given.ahead] == [31, 31, 1]
    assert given.ahead[0].at - evening == timedelta(hours=12)


def test_other_days_have_their_own_times_and_only_they():
    weekends = Times(START, time(7), time(19), frozenset({6, 7}), time(9, 30), None)
    treatment = replace(TREATMENT, times=(weekends,))
    friday = date(2026, 6, 12)
    given = look(at("19:00", friday), treatment=treatment)
    assert [each.at for each in given.ahead] == [
        at("09:30", friday + DAY),
        at("19:00", friday + DAY),
        at("09:30", friday + 2 * DAY),
    ]
    monday = friday + 3 * DAY
    silent = told(Slot(monday - DAY, Part.EVENING), at("20:59", monday - DAY), 3)
    assert look(at("21:00", monday - DAY), silent, treatment=treatment).ahead[0].at == at("07:00", monday)


def test_after_the_times_were_changed_an_open_slot_comes_at_its_new_time_once_and_is_not_doubled():
    later = replace(TREATMENT, times=(*TREATMENT.times, Times(DAY_1, time(8), time(21))))
    known = (DONE, told(EVENING, at("20:00"), 3))
    assert look(at("20:30"), *known, treatment=later).announce is None
    assert announced(look(at("21:00"), *known, treatment=later)) == (EVENING, Nudge.TIME, 1)
    assert look(at("21:01"), DONE, told(EVENING, at("21:00")), treatment=later).announce is None


# Pauses, ends, and nothing to remind of


def paused(*pauses: tuple[int, int | None], ended: date | None = None) -> Treatment:
    kept = tuple(Pause(n, DAY_1 + a * DAY, None if b is None else DAY_1 + b * DAY) for n, (a, b) in enumerate(pauses))
    return replace(TREATMENT, pauses=kept, ended_on=ended)


@pytest.mark.parametrize("clock", ["08:00", "12:00", "20:00", "23:00"])
def test_a_paused_day_announces_nothing_and_says_when_it_goes_on(clock):
    errands = Errands(DAY_1 - DAY, DAY_1)
    given = look(at(clock), treatment=paused((0, 2)), errands=errands)
    assert (given.announce, given.current, given.silence) == (None, None, Silence.PAUSED)
    assert given.next_moment == given.ahead[0].at == at("08:00", DAY_1 + 3 * DAY)
    assert all(slot.day < DAY_1 for slot in given.unknown)


def test_two_pauses_that_touch_are_one():
    given = look(at("12:00"), treatment=paused((0, 1), (2, 5), (4, 9)))
    assert given.next_moment == at("08:00", DAY_1 + 10 * DAY)


@pytest.mark.parametrize("last", [None, date.max])
def test_a_pause_without_an_end_has_no_next_moment_but_a_reason(last):
    treatment = replace(TREATMENT, pauses=(Pause(1, DAY_1, last),))
    given = look(at("12:00"), treatment=treatment, errands=Errands(DAY_1))
    assert (given.next_moment, given.ahead, given.silence) == (None, (), Silence.PAUSED)


def test_the_evening_before_a_pause_stays_open_into_its_night():
    given = look(at("21:00"), DONE, treatment=paused((1, 5)))
    assert announced(given) == (EVENING, Nudge.CATCH_UP, 1)
    assert given.silence is None
    assert look(at("08:00", DAY_1 + DAY), DONE, treatment=paused((1, 5))).silence is Silence.PAUSED


def test_the_last_slot_of_all_is_announced_and_then_it_has_ended():
    ended = replace(TREATMENT, ended_on=DAY_1)
    assert announced(look(at("20:00"), DONE, treatment=ended)) == (EVENING, Nudge.TIME, 1)
    assert look(at("20:00"), DONE, treatment=ended).silence is None
    for now in (at("20:10"), at("09:00", DAY_1 + 9 * DAY)):
        given = look(now, DONE, word(EVENING, at("20:05")), treatment=ended, errands=Errands(DAY_1 + DAY))
        assert (given.announce, given.next_moment, given.silence) == (None, None, Silence.ENDED)


def test_before_the_start_the_first_slot_lies_ahead():
    given = look(at("12:00", START - 5 * DAY))
    assert given.next_moment == given.ahead[0].at == at("08:00", START)
    assert given.silence is None


def test_without_a_treatment_or_switched_off_the_reason_is_said():
    assert look(at("08:00"), treatment=None).silence is Silence.NOT_SET_UP
    off = look(at("08:00"), settings=ReminderSettings(on=False), errands=Errands(DAY_1, DAY_1))
    assert (off.announce, off.ahead, off.next_moment, off.silence) == (None, (), None, Silence.OFF)
    assert off.current.slot == MORNING


@pytest.mark.parametrize("start", [date(2200, 1, 1), date.max])
def test_a_start_in_another_century_breaks_nothing(start):
    given = look(at("08:00"), treatment=replace(TREATMENT, started_on=start, times=(Times(start, time(8), time(20)),)))
    assert (given.announce, given.next_moment, given.silence) == (None, None, Silence.NOT_SET_UP)


# Errands


PHOTOS = Key(Kind.PHOTO_DAY, DAY_1)
TUBE = Key(Kind.TUBE_ORDER, DAY_1)


@pytest.mark.parametrize(
    ("now", "nudge"),
    [
        (at("09:59"), None),
        (at("10:00"), Nudge.TIME),
        (at("10:06"), Nudge.CATCH_UP),
        (at("23:00"), None),
        (at("09:00", DAY_1 + DAY), None),
        (at("10:00", DAY_1 + DAY), Nudge.CATCH_UP),
        (at("17:00", DAY_1 + 50 * DAY), Nudge.CATCH_UP),
    ],
)
@pytest.mark.parametrize("errand", [PHOTOS, TUBE])
def test_an_errand_comes_once_at_ten_of_its_day_or_of_a_later_one(now, nudge, errand):
    errands = Errands(photo_day=DAY_1) if errand is PHOTOS else Errands(tube_order=DAY_1)
    day = now.astimezone(ZoneInfo(ROME)).date()
    words = [word(Slot(day - n * DAY, part), now - 12 * HOUR, Outcome.SKIPPED) for n in (0, 1) for part in Part]
    given = look(now, *words, errands=errands)
    assert (given.announce and (given.announce.key, given.announce.nudge)) == (nudge and (errand, nudge))
    once = look(now + 2 * HOUR, *words, Told(errand, 1, now), errands=errands)
    assert once.announce is None
    assert all(each.key != errand for each in once.ahead)


def test_an_application_goes_before_errands_and_errands_keep_a_distance():
    errands = Errands(DAY_1, DAY_1)
    assert look(at("10:00"), errands=errands).announce.key == key(MORNING)
    shown = told(MORNING, at("10:00"))
    assert look(at("10:14"), shown, errands=errands).announce is None
    assert look(at("10:15"), shown, errands=errands).announce.key == PHOTOS
    both = (shown, Told(PHOTOS, 1, at("10:15")))
    assert look(at("10:29"), *both, errands=errands).announce is None
    assert look(at("10:30"), *both, errands=errands).announce.key == key(MORNING)


def test_errands_that_were_switched_off_do_not_come():
    settings = ReminderSettings(photo_day=False, tube_order=False)
    assert look(at("12:00"), DONE, errands=Errands(DAY_1, DAY_1), settings=settings).announce is None


def test_an_errand_that_was_put_off_comes_when_asked():
    asked = Told(PHOTOS, 1, at("10:00"), at("11:30"))
    assert look(at("11:29"), DONE, asked, errands=Errands(DAY_1)).announce is None
    given = look(at("11:30"), DONE, asked, errands=Errands(DAY_1)).announce
    assert (given.key, given.nudge, given.stage) == (PHOTOS, Nudge.SNOOZED, 1)


@pytest.mark.parametrize(
    ("quiet", "comes"),
    [
        (Quiet(time(9), time(11)), "11:00"),
        (Quiet(time(10), time(10, 30)), "10:30"),
        (Quiet(time(22), time(11)), "11:00"),
        (Quiet(time(9), time(8)), "08:00"),
        (Quiet(time(10), time(9, 59)), "09:59"),
        (Quiet(time(6), time(0)), "00:00"),
        (Quiet(time(0), time(23, 59)), "23:59"),
    ],
)
@pytest.mark.parametrize("errand", [PHOTOS, TUBE])
def test_an_errand_comes_too_where_ten_is_always_quiet(quiet, comes, errand):
    settings = ReminderSettings(quiet=quiet)
    errands = Errands(photo_day=DAY_1) if errand is PHOTOS else Errands(tube_order=DAY_1)
    words = [word(Slot(DAY_1 + n * DAY, part), at("00:00"), Outcome.SKIPPED) for n in (-1, 0, 1) for part in Part]
    early = look(at("23:58", DAY_1 - DAY), *words, settings=settings, errands=errands)
    assert [each.at for each in early.ahead if each.key == errand] == [at(comes)]
    given = look(at(comes), *words, settings=settings, errands=errands)
    assert (given.announce.key, given.announce.nudge) == (errand, Nudge.TIME)
    late = look(at(comes, DAY_1 + DAY), *words, settings=settings, errands=errands)
    assert (late.announce.key, late.announce.nudge) == (errand, Nudge.CATCH_UP)


def test_an_errand_whose_whole_day_is_quiet_from_now_on_comes_on_the_next():
    settings = ReminderSettings(quiet=Quiet(time(9), time(8)))
    given = look(at("08:50"), DONE, told(MORNING, at("08:45")), settings=settings, errands=Errands(DAY_1))
    assert [each.at for each in given.ahead if each.key == PHOTOS] == [at("08:00", DAY_1 + DAY)]


def test_an_errand_of_a_paused_day_comes_after_the_pause():
    given = look(at("12:00"), treatment=paused((0, 3)), errands=Errands(DAY_1))
    wanted = at("10:00", DAY_1 + 4 * DAY)
    assert [each.at for each in given.ahead if each.key == PHOTOS] == [wanted]


# Other zones


def ask(here: str, seen: str | None, home: str | None = None, on: bool = True) -> ZoneQuestion | None:
    settings = ReminderSettings(on=on, home=home)
    return zone_question(TREATMENT, settings, {}, None, {}, NO_ERRANDS, at("12:00"), seen, here, EU)


def test_in_another_zone_it_is_asked_with_the_next_three_either_way():
    asked = ask("Asia/Tokyo", ROME)
    assert (asked.home, asked.here) == (ROME, "Asia/Tokyo")
    assert len(asked.moving) == len(asked.staying) == 3
    assert asked.moving[0].at == at("20:00", DAY_1, "Asia/Tokyo")
    assert asked.staying[0].at == at("20:00")


@pytest.mark.parametrize(
    ("here", "seen", "home", "asks"),
    [
        (ROME, ROME, None, False),
        ("Asia/Tokyo", None, None, False),
        ("Asia/Tokyo", "Asia/Tokyo", None, False),
        ("Asia/Tokyo", "Asia/Tokyo", ROME, False),
        (ROME, "Asia/Tokyo", ROME, False),
        ("America/New_York", "Asia/Tokyo", ROME, True),
        ("America/New_York", ROME, None, True),
        ("Europe/Berlin", ROME, None, False),
        ("Europe/London", ROME, None, True),
        ("Africa/Tunis", ROME, None, True),
    ],
)
def test_it_is_asked_once_and_only_where_clocks_differ(here, seen, home, asks):
    assert (ask(here, seen, home) is not None) is asks


def test_nothing_is_asked_while_reminders_are_off():
    assert ask("Asia/Tokyo", ROME, on=False) is None


def test_after_a_flight_a_slot_told_at_home_comes_at_its_time_there():
    shown = told(EVENING, at("20:00"), 3)
    there = "America/New_York"
    assert look(at("21:00"), DONE, shown, zone=there).current is None
    given = look(at("20:00", DAY_1, there), DONE, shown, zone=there)
    assert announced(given) == (EVENING, Nudge.TIME, 1)


def test_after_a_flight_east_the_eight_hours_still_hold():
    there = "Asia/Tokyo"
    given = look(at("20:00", DAY_1, there), word(MORNING, at("08:00")), zone=there)
    assert given.announce is None
    assert given.current.can_go_on_from == at("16:00")


def test_every_outlook_that_is_not_silent_has_a_next_moment():
    ahead = [word(Slot(DAY_1 + n * DAY, part), at("07:00"), Outcome.SKIPPED) for n in range(30) for part in Part]
    given = look(at("12:00"), *ahead)
    assert given.silence is None
    assert given.next_moment is not None

"""What holds for every record, however odd: drawn at random, with times, pauses, words and clocks of any kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from companion.domain.dosing import Application, Outcome
from companion.domain.leaflet import SPACING, Leaflet, MissedRule, Rules
from companion.domain.moments import DAY, Part, Slot
from companion.domain.reminders import Errands, Key, Kind, Nudge, Outlook, Quiet, ReminderSettings, Told
from companion.domain.treatment import Pause, Times, Treatment
from companion.schedule.reminders import FIRST_MOMENT, LAST_MOMENT, outlook

ZONES = ("Europe/Rome", "America/Nuuk", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham", "Asia/Gaza")
RULES = Rules(Leaflet.EU, 10, (), (100,), None, MissedRule.EU_EIGHT_HOURS, None, False, 12, (), "112")
clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))
minutes = st.integers(0, 900)
near_days = st.integers(-12, 12)
spans = st.timedeltas(timedelta(days=-2), timedelta(days=3))


@st.composite
def questions(draw: st.DrawFn) -> dict[str, object]:
    """Draw everything the planner is asked with; nothing is made to fit together."""
    now = draw(st.datetimes(datetime(2020, 2, 1), datetime(2099, 11, 1))).replace(tzinfo=UTC)
    today = now.date()
    start = today + DAY * draw(st.integers(-400, 5))
    first, second = draw(clocks), draw(clocks)
    times = Times(
        start,
        first,
        second,
        draw(st.frozensets(st.integers(0, 9))),
        draw(st.none() | clocks),
        draw(st.none() | clocks),
    )
    pauses = []
    for begins in draw(st.lists(near_days, max_size=3)):
        length = draw(st.none() | st.integers(-1, 9))
        last = None if length is None else today + DAY * (begins + length)
        pauses.append(Pause(len(pauses), today + DAY * begins, last))
    ended = draw(st.none() | near_days.map(lambda n: today + DAY * n))
    slots = st.builds(Slot, near_days.map(lambda n: today + DAY * n), st.sampled_from(Part))
    words = [
        Application(1, slot, draw(st.sampled_from(Outcome)), now + draw(spans), "UTC")
        for slot in draw(st.lists(slots, max_size=8, unique=True))
    ]
    keys = slots.map(lambda each: Key(Kind.APPLICATION, each.day, each.part)) | st.builds(
        Key, st.sampled_from([Kind.PHOTO_DAY, Kind.TUBE_ORDER]), near_days.map(lambda n: today + DAY * n)
    )
    moments = st.none() | spans.map(lambda span: now + span)
    told = {
        key: Told(key, draw(st.integers(0, 6)), draw(moments), draw(moments))
        for key in draw(st.lists(keys, max_size=8, unique=True))
    }
    errands = Errands(*(draw(st.none() | near_days.map(lambda n: today + DAY * n)) for _ in range(2)))
    chosen = ReminderSettings(
        on=draw(st.integers(0, 9)) > 0,
        quiet=draw(st.none() | st.builds(Quiet, clocks, clocks)),
        follow_ups=tuple(draw(st.lists(st.timedeltas(-DAY, 2 * DAY), max_size=7))),
    )
    applied = [each for each in words if each.outcome is Outcome.APPLIED]
    return {
        "treatment": Treatment(1, Leaflet.EU, start, (times,), ended, tuple(pauses)),
        "settings": chosen,
        "records": {each.slot: each for each in words},
        "last_applied": max(applied, key=lambda each: each.at, default=None),
        "told": told,
        "errands": errands,
        "now": now,
        "zone": draw(st.sampled_from(ZONES)),
        "rules": RULES,
    }


def ask(question: dict[str, object], **other: object) -> Outlook:
    return outlook(**{**question, **other})


@settings(max_examples=250)
@given(questions())
def test_an_answer_is_always_of_one_piece(question):
    answer = ask(question)
    now, records, treatment = question["now"], question["records"], question["treatment"]
    ats = [each.at for each in answer.ahead]
    assert ats == sorted(ats)
    assert all(at > now for at in ats)
    assert len(ats) <= 3
    assert len({each.key for each in answer.ahead}) == len(ats)
    assert (answer.next_moment is not None) or (answer.silence is not None)
    assert answer.next_moment is None or answer.next_moment > now
    assert not answer.ahead or answer.next_moment <= ats[0]
    assert not set(answer.unknown) & set(records)
    for each in (answer.announce, *answer.ahead):
        if each is None or each.key.slot is None:
            continue
        slot = each.key.slot
        assert slot not in records
        assert treatment.pause_on(slot.day) is None
        assert treatment.started_on <= slot.day <= (treatment.ended_on or date.max)
    if answer.announce is not None:
        assert answer.announce.at <= now
        assert all(each.key != answer.announce.key for each in answer.ahead)
        if answer.announce.key.slot is not None:
            assert answer.current is not None
            assert answer.current.slot == answer.announce.key.slot
            assert answer.current.can_go_on_from is None
            assert answer.announce.stage <= 1 + 5


@settings(max_examples=250)
@given(questions())
def test_nothing_is_announced_within_eight_hours_of_cream(question):
    answer = ask(question)
    now = question["now"]
    cream = [each.at for each in question["records"].values() if each.outcome is Outcome.APPLIED]
    if any(abs(now - at) < SPACING for at in cream):
        assert answer.announce is None or answer.announce.key.slot is None
    for each in answer.ahead:
        if each.key.slot is not None:
            assert all(not at <= each.at < at + SPACING for at in cream if at <= now + SPACING)


@settings(max_examples=200)
@given(questions())
def test_once_told_or_recorded_it_is_not_announced_again_at_once(question):
    answer = ask(question)
    if answer.announce is None and answer.ahead:
        question = {**question, "now": answer.ahead[0].at}
        answer = ask(question)
    if answer.announce is None:
        return
    now, key = question["now"], answer.announce.key
    told = {**question["told"], key: Told(key, answer.announce.stage, now)}
    again = ask(question, told=told)
    assert again.announce is None or again.announce.key != key
    if key.slot is not None:
        word = Application(1, key.slot, Outcome.SKIPPED, now, "UTC")
        after = ask(question, records={**question["records"], key.slot: word})
        assert after.announce is None or after.announce.key.slot is None
        assert all(each.key != key for each in after.ahead)


@settings(max_examples=200)
@given(questions())
def test_what_is_promised_is_announced_at_that_moment_and_not_a_second_before(question):
    """The next reminder, if nobody does anything until then, is the one that was promised."""
    told = {key: each for key, each in question["told"].items() if each.at is None or each.at <= question["now"]}
    words = {slot: each for slot, each in question["records"].items() if each.at <= question["now"]}
    asked = {**question, "told": told, "records": words, "last_applied": None}
    answer = ask(asked)
    promised = next(iter(answer.ahead), None)
    if answer.announce is not None or promised is None or promised.key.slot is None:
        return
    before = ask(asked, now=promised.at - timedelta(seconds=1))
    assert before.announce is None or before.announce.key != promised.key
    after = ask(asked, now=promised.at)
    assert after.announce is not None
    assert after.announce.key == promised.key
    if before.current is None or before.current.slot != promised.key.slot:
        assert after.announce.nudge is not Nudge.CATCH_UP


@settings(max_examples=100)
@given(st.dates(date(2020, 1, 5), date(2099, 12, 20)), st.sampled_from(ZONES), minutes, st.integers(480, 960))
@example(date(2026, 3, 28), "Antarctica/Troll", 90, 600)
def test_through_a_week_that_nobody_answers_each_slot_is_announced_once(day, zone, minute, gap):
    assume(minute + gap < 24 * 60)
    times = Times(day - DAY, time(*divmod(minute, 60)), time(*divmod(minute + gap, 60)))
    treatment = Treatment(1, Leaflet.EU, day, (times,))
    now = datetime.combine(day, time(0), tzinfo=UTC) - DAY
    told: dict[Key, Told] = {}
    firsts: list[Key] = []
    while now < datetime.combine(day, time(0), tzinfo=UTC) + 7 * DAY:
        given = outlook(treatment, ReminderSettings(), {}, None, told, Errands(), now, zone, RULES)
        if given.announce is not None:
            told[given.announce.key] = Told(given.announce.key, given.announce.stage, now)
            firsts += [given.announce.key] if given.announce.stage == 1 else []
        else:
            now = given.next_moment
    slots = [each.slot for each in firsts]
    assert slots == [Slot(day + DAY * n, part) for n in range(9) for part in Part][: len(slots)]
    assert len(slots) >= 12
    assert all(earlier < later for earlier, later in pairwise(slots))


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_no_moment_of_any_year_breaks_it(now, zone):
    assume(datetime(1, 1, 3, tzinfo=UTC) < now < datetime(9999, 12, 28, tzinfo=UTC))
    start = date(2026, 1, 1)
    treatment = Treatment(1, Leaflet.EU, start, (Times(start, time(8), time(20)),))
    given = outlook(treatment, ReminderSettings(), {}, None, {}, Errands(start, start), now, zone, RULES)
    assert (given.silence is None) == (FIRST_MOMENT <= now < LAST_MOMENT) or given.next_moment is None

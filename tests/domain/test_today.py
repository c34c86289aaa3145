"""The start page as a value: cards, what was carried over from last night, week, tube, photo day, milestones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from companion.content import leaflets
from companion.domain.dosing import Application, Count, MissedAdvice, Outcome, SlotState
from companion.domain.glance import Glance
from companion.domain.leaflet import Leaflet, Rules
from companion.domain.moments import DAY, Part, Slot, instant_of
from companion.domain.today import Milestone, days_read, today_view
from companion.domain.treatment import KEPT_SINCE, Pause, Place, Times, Treatment, Tube
from companion.wording import resources

ROME = "Europe/Rome"
START = date(2026, 8, 17)
SATURDAY = date(2026, 11, 21)
FACE = Place(1, "face", "", Decimal(1), False)
KNEE = Place(2, "knee_left", "", Decimal("0.5"), False)


def rules(leaflet: Leaflet) -> Rules:
    return leaflets.rules(resources.root(), leaflet)


def at(hour: int, minute: int = 0, day: date = SATURDAY) -> datetime:
    moment = instant_of(day, time(hour, minute), ROME)
    assert moment is not None
    return moment


def said(day: date, part: Part, when: datetime, outcome: Outcome = Outcome.APPLIED, ordinal: int = 0) -> Application:
    return Application(1, Slot(day, part), outcome, when, ROME, (1, 2), ordinal=ordinal)


def glance(*applications: Application, leaflet: Leaflet = Leaflet.EU) -> Glance:
    applied = [each for each in applications if each.outcome is Outcome.APPLIED]
    return Glance(
        settings={"name": "Ale"},
        treatment=Treatment(1, leaflet, START, (Times(START, time(7, 30), time(20, 0)),)),
        places=(FACE, KNEE),
        applications=tuple(applications),
        last_applied=max(applied, key=lambda each: each.at, default=None),
        tube=None,
        tube_noted_grams=0.0,
        tube_unnoted=0,
        symptoms=(),
        photos=(),
        last_photo_at=None,
    )


def view(now: datetime, *applications: Application, leaflet: Leaflet = Leaflet.EU):
    shown = today_view(glance(*applications, leaflet=leaflet), rules(leaflet), now, ROME)
    assert shown is not None
    return shown


def test_before_the_set_up_there_is_nothing_to_show():
    assert today_view(replace(glance(), treatment=None), rules(Leaflet.EU), at(8), ROME) is None


def test_a_morning_applied_moves_when_the_evening_can_go_on():
    shown = view(at(15, 48), said(SATURDAY, Part.MORNING, at(7, 52)))
    morning, evening = shown.cards
    assert (morning.state, morning.free_from, morning.advice) == (SlotState.APPLIED, None, None)
    assert (evening.state, evening.due) == (SlotState.AHEAD, at(20))
    assert evening.free_from == at(15, 52)
    assert evening.places == (FACE, KNEE)
    assert (shown.day, shown.week, shown.name) == (SATURDAY, 14, "Ale")


def test_one_logged_while_the_clock_was_ahead_hides_no_earlier_one():
    later = said(date(2100, 1, 1), Part.MORNING, at(8, day=date(2100, 1, 1)))
    shown = today_view(
        replace(glance(said(SATURDAY, Part.MORNING, at(7, 52))), last_applied=later), rules(Leaflet.EU), at(9), ROME
    )
    assert shown is not None
    assert shown.cards[1].free_from == at(15, 52)


def test_a_card_shows_the_places_of_what_was_applied():
    entry = replace(said(SATURDAY, Part.MORNING, at(7, 52)), places=(2,))
    assert view(at(9), entry).cards[0].places == (KNEE,)


@pytest.mark.parametrize(
    ("leaflet", "now", "advice"),
    [
        (Leaflet.EU, at(8), None),  # half an hour late is not late
        (Leaflet.EU, at(9), MissedAdvice.APPLY_NOW),
        (Leaflet.EU, at(12), MissedAdvice.SKIP_IT),
        (Leaflet.US, at(9), MissedAdvice.ASK),
        (Leaflet.US, at(12), MissedAdvice.ASK),
        (Leaflet.OTHER, at(12), MissedAdvice.ASK),
    ],
)
def test_a_late_slot_says_what_its_own_leaflet_says(leaflet, now, advice):
    assert view(now, leaflet=leaflet).cards[0].advice is advice


@pytest.mark.parametrize("ending", [{"pauses": (Pause(1, SATURDAY + DAY),)}, {"ended_on": SATURDAY}])
def test_a_late_one_is_not_left_out_for_a_next_one_that_does_not_come(ending):
    evening = at(1, day=SATURDAY + DAY)
    held = replace(glance(), treatment=replace(glance().treatment, **ending))
    shown = today_view(held, rules(Leaflet.EU), evening, ROME)
    assert shown is not None
    assert shown.carried.advice is MissedAdvice.APPLY_NOW
    assert view(evening).carried.advice is MissedAdvice.SKIP_IT


def test_last_evening_is_carried_until_something_is_said_of_it():
    friday = SATURDAY - DAY
    night = view(at(0, 30))
    assert night.carried is not None
    assert (night.carried.slot, night.carried.state) == (Slot(friday, Part.EVENING), SlotState.OPEN)
    later = view(at(9))
    assert later.carried is not None
    assert (later.carried.state, later.carried.advice) == (SlotState.UNKNOWN, MissedAdvice.SKIP_IT)
    assert view(at(9), said(friday, Part.EVENING, at(20, day=friday), Outcome.MISSED)).carried is None
    assert view(at(9), said(friday, Part.EVENING, at(20, day=friday))).carried is None


def kept_from(began: str, now: datetime, *applications: Application):
    shown = today_view(replace(glance(*applications), settings={"kept_since": began}), rules(Leaflet.EU), now, ROME)
    assert shown is not None
    return shown


def test_what_came_before_there_was_a_record_is_not_counted_and_not_asked_about():
    shown = kept_from(at(9, 5).isoformat(), at(9, 6))
    states = [state for day in shown.week_view.states for state in day]
    assert states[:10] == [SlotState.BEFORE_RECORD] * 10
    assert states[10:12] == [SlotState.OPEN, SlotState.AHEAD]
    assert (shown.week_view.count, shown.week_view.gaps) == (Count(0, 0, 0), ())
    assert shown.week_view.kept_since == SATURDAY
    assert shown.carried is None
    later = kept_from(at(9, 5).isoformat(), at(21))
    assert later.cards[0].state is SlotState.UNKNOWN, "what can still be said of today stays"
    assert later.week_view.count == Count(0, 0, 0)


def test_what_the_person_adds_from_before_the_record_counts():
    friday = SATURDAY - DAY
    shown = kept_from(at(9, 5).isoformat(), at(9, 6), said(friday, Part.EVENING, at(20, day=friday)))
    assert shown.week_view.states[4] == (SlotState.BEFORE_RECORD, SlotState.APPLIED)
    assert shown.week_view.count == Count(1, 1, 0)


@pytest.mark.parametrize(
    "began",
    [
        "",
        "yesterday",
        "2026-11-21T09:05:00",
        at(9, 5, START).isoformat(),
        at(9, 5, START.replace(year=2031)).isoformat(),
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_record_kept_since_the_start_or_of_unknown_age_counts_everything(began):
    week = kept_from(began, at(9, 6)).week_view
    assert week.count == Count(10, 0, 10)
    assert week.kept_since is None


def test_nothing_is_carried_from_before_the_start():
    first = replace(glance(), treatment=Treatment(1, Leaflet.EU, SATURDAY, (Times(SATURDAY, time(7, 30), time(20)),)))
    shown = today_view(first, rules(Leaflet.EU), at(9), ROME)
    assert shown is not None
    assert shown.carried is None
    assert shown.week_view.count == Count(0, 0, 0)
    assert shown.milestone is Milestone.FIRST_WEEK


def test_the_week_counts_what_was_due_and_names_the_gaps():
    monday = SATURDAY - timedelta(days=5)
    entries = [said(monday + DAY * n, part, at(8, day=monday + DAY * n)) for n in range(5) for part in Part]
    entries[5] = replace(entries[5], outcome=Outcome.MISSED)  # Wednesday evening
    shown = view(at(9), *entries, said(SATURDAY, Part.MORNING, at(7, 42)))
    assert shown.week_view.days[0] == monday
    assert shown.week_view.count == Count(due=11, applied=10, unknown=0)
    assert shown.week_view.gaps == ((Slot(monday + 2 * DAY, Part.EVENING), SlotState.MISSED),)


@pytest.mark.parametrize(
    ("week", "milestone"),
    [
        (1, Milestone.FIRST_WEEK),
        (7, None),
        (8, Milestone.DOTS),
        (12, Milestone.WEEK_12),
        (24, Milestone.WEEK_24),
        (52, Milestone.WEEK_52),
        (53, None),
    ],
)
def test_each_milestone_has_its_week(week, milestone):
    day = START + timedelta(weeks=week - 1)
    assert view(at(8, day=day)).milestone is milestone


def test_a_further_application_of_the_day_stands_beside_the_cards():
    third = said(SATURDAY, Part.EVENING, at(23), ordinal=1)
    shown = view(at(23, 30), said(SATURDAY, Part.MORNING, at(7)), said(SATURDAY, Part.EVENING, at(15)), third)
    assert shown.extras == (third,)


def test_more_handprints_than_the_leaflet_allows_are_said():
    wide = replace(FACE, handprints=Decimal("9.75"))
    over = today_view(replace(glance(), places=(wide, KNEE)), rules(Leaflet.EU), at(9), ROME)
    assert over is not None
    assert over.handprints_over_cap
    assert not view(at(9)).handprints_over_cap


def test_the_tube_is_discarded_by_the_rule_of_its_own_leaflet():
    tube = Tube(1, 100, date(2026, 5, 1))
    shown = {
        leaflet: today_view(replace(glance(leaflet=leaflet), tube=tube), rules(leaflet), at(9), ROME)
        for leaflet in (Leaflet.EU, Leaflet.US)
    }
    eu, us = shown[Leaflet.EU], shown[Leaflet.US]
    assert eu is not None
    assert us is not None
    assert eu.tube is not None
    assert us.tube is not None
    assert (eu.tube.estimate.discard_on, eu.tube.past_discard) == (date(2026, 11, 1), True)
    assert (us.tube.estimate.discard_on, us.tube.past_discard) == (None, False)


def test_photo_day_is_four_weeks_after_the_last_set():
    shown = today_view(replace(glance(), last_photo_at=at(10, day=date(2026, 10, 25))), rules(Leaflet.EU), at(9), ROME)
    assert shown is not None
    assert (shown.photo_day.last, shown.photo_day.due) == (date(2026, 10, 25), date(2026, 11, 22))
    assert view(at(9)).photo_day.due == START


def test_what_the_page_reads_holds_the_week_and_last_night():
    for day in (SATURDAY, date(2026, 11, 16), date(2026, 11, 22)):
        first, last = days_read(at(9, day=day), ROME)
        assert first == date(2026, 11, 15)
        assert last >= date(2026, 11, 22)


def test_a_paused_day_shows_its_pause_and_waits_for_nothing():
    pause = Pause(3, SATURDAY, SATURDAY + DAY)
    resting = replace(glance(), treatment=replace(glance().treatment, pauses=(pause,)))
    shown = today_view(resting, rules(Leaflet.EU), at(12), ROME)
    assert shown is not None
    assert shown.pause == pause
    assert [card.state for card in shown.cards] == [SlotState.PAUSED] * 2
    assert [card.advice for card in shown.cards] == [None] * 2
    assert shown.week_view.states[5:] == ((SlotState.PAUSED,) * 2,) * 2
    assert shown.week_view.count.due == 10
    assert view(at(12)).pause is None


def test_what_a_tube_held_before_the_record_began_is_not_known():
    tube = Tube(1, 100, date(2026, 5, 1))
    kept = {KEPT_SINCE: "2026-05-20T09:00:00+00:00"}
    views = [
        today_view(replace(glance(), tube=each, settings=settings), rules(Leaflet.EU), at(9), ROME).tube
        for each, settings in ((tube, kept), (replace(tube, opened_on=date(2026, 5, 20)), kept), (tube, {}))
    ]
    assert [view.uncounted_before for view in views] == [date(2026, 5, 20), None, None]

"""Set-up, times, places and tubes on a real record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part
from companion.services.treatment import NewPlace, NewTube, check_answers, check_times, rule_checked_on
from tests.support.home import ANSWERS, START, TODAY, at

DAY = timedelta(days=1)


def refused(act) -> str:
    with pytest.raises(PersonError) as error:
        act()
    return error.value.key


def test_the_answers_of_the_first_start_are_there_after_a_restart(home):
    home.reopen()
    care = home.services.care
    treatment = care.current()
    assert (treatment.leaflet, treatment.started_on) == (Leaflet.EU, START)
    assert treatment.times_on(TODAY).on(TODAY, Part.EVENING) == time(20)
    assert care.name() == "Ale"
    assert [(each.region, each.label, each.handprints, each.treated) for each in care.places()] == [
        ("face", "", Decimal(1), True),
        ("hand_right", "Ring finger", Decimal("0.5"), True),
        ("knee_left", "", Decimal("0.5"), False),
    ]
    assert [(each.grams, each.lot) for each in care.tubes()] == [(100, "L42")]
    assert care.rules().handprints_cap == 10


def test_a_record_is_set_up_once(home):
    assert refused(lambda: home.services.care.set_up(ANSWERS)) == "already_set_up"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"evening": time(15, 29)}, "times_too_close"),
        ({"morning": time(0, 30), "evening": time(23, 30)}, "times_too_close"),
        ({"morning": time(20), "evening": time(8)}, "morning_after_evening"),
        ({"started_on": TODAY + timedelta(days=1)}, "start_in_future"),
        ({"started_on": date(2014, 12, 31)}, "start_too_early"),
        ({"places": (NewPlace("elbow"),)}, "unknown_place"),
        ({"places": (NewPlace("face", Decimal("0.1")),)}, "handprints_range"),
        ({"places": (NewPlace("face", Decimal("NaN")),)}, "handprints_range"),
        ({"places": (NewPlace("face"), NewPlace("face"))}, "place_twice"),
        ({"tube": NewTube(0, TODAY)}, "tube_grams"),
        ({"tube": NewTube(100, TODAY + timedelta(days=1))}, "opened_in_future"),
    ],
)
def test_answers_that_cannot_be_are_refused_whole(bare, wrong, key):
    answers = replace(ANSWERS, **wrong)
    assert refused(lambda: bare.services.care.set_up(answers)) == key
    assert refused(lambda: check_answers(answers, TODAY)) == key
    assert bare.services.care.current() is None
    assert bare.services.care.places() == ()


def test_eight_hours_apart_is_allowed():
    check_times(time(7), time(15))
    check_times(time(0), time(16))


def test_new_times_hold_from_today_and_the_past_keeps_its_own(home):
    care = home.services.care
    care.set_times(time(9), time(21))
    care.set_times(time(9, 30), time(21))
    treatment = care.current()
    assert treatment.times_on(TODAY).morning == time(9, 30)
    assert treatment.times_on(TODAY - timedelta(days=1)).morning == time(7, 30)
    assert len(treatment.times) == 2
    assert refused(lambda: care.set_times(time(9), time(16))) == "times_too_close"


WEEKEND = frozenset({6, 7})  # 21 November 2026 is a Saturday


def test_other_days_have_other_times_from_today_on(home):
    care = home.services.care
    before = care.current().times
    done = care.set_times(time(7), time(19), WEEKEND, time(9), time(21))
    times = care.current().times_on(TODAY)
    assert times.on(TODAY, Part.MORNING) == time(9)
    assert times.on(TODAY + 2 * DAY, Part.MORNING) == time(7)
    assert care.current().times_on(TODAY - DAY).on(TODAY - DAY, Part.MORNING) == time(7, 30)
    care.undo(done.undo)
    assert care.current().times == before


def test_other_days_without_both_times_are_none(home):
    home.services.care.set_times(time(7), time(19), WEEKEND, time(9))
    assert home.services.care.current().times_on(TODAY).other_days == frozenset()


@pytest.mark.parametrize(
    ("usual", "other", "key"),
    [
        ((time(7), time(23)), (time(6), time(20)), "times_too_close"),  # Friday evening, Saturday morning
        ((time(6), time(20)), (time(8), time(23)), "times_too_close"),  # Sunday evening, Monday morning
        ((time(7), time(19)), (time(9), time(16, 59)), "times_too_close"),
        ((time(7), time(19)), (time(19), time(7)), "morning_after_evening"),
        ((time(7), time(14)), (time(7), time(19)), "times_too_close"),
    ],
)
def test_eight_hours_lie_between_any_two_times_of_a_week(home, usual, other, key):
    care = home.services.care
    before = care.current()
    assert refused(lambda: care.set_times(*usual, WEEKEND, *other)) == key
    assert care.current() == before


def test_a_second_thought_about_times_is_taken_back_to_the_first(home):
    care = home.services.care
    care.set_times(time(9), time(21))
    first = care.current().times
    done = care.set_times(time(10), time(22))
    care.undo(done.undo)
    assert care.current().times == first
    home.clock.set(at(8, 0, START))
    first = care.current().times
    care.undo(care.set_times(time(5), time(17)).undo)
    assert care.current().times == first


def paused(home):
    return [(each.first, each.last) for each in home.services.care.current().pauses]


def test_a_pause_begins_and_the_person_goes_on(home):
    care = home.services.care
    done = care.pause(TODAY)
    assert paused(home) == [(TODAY, None)]
    home.clock.advance(3 * DAY)
    ended = care.end_pause(done.id)
    assert paused(home) == [(TODAY, TODAY + 2 * DAY)]
    home.clock.advance(5 * DAY)
    care.end_pause(done.id)
    assert paused(home) == [(TODAY, TODAY + 2 * DAY)]
    care.undo(ended.undo)
    assert paused(home) == [(TODAY, None)]
    care.undo(done.undo)
    assert paused(home) == []
    assert refused(lambda: care.end_pause(done.id)) == "entry_gone"


def test_a_pause_that_ends_on_its_first_day_never_was(home):
    care = home.services.care
    for first in (TODAY, TODAY + 9 * DAY):
        done = care.end_pause(care.pause(first, first + 30 * DAY).id)
        assert paused(home) == []
        care.undo(done.undo)
        assert paused(home) == [(first, first + 30 * DAY)]
        care.end_pause(done.id)


def test_pauses_that_meet_are_one_and_come_apart_again(home):
    care = home.services.care
    care.pause(TODAY + 10 * DAY, TODAY + 12 * DAY)
    care.pause(TODAY + 20 * DAY, TODAY + 22 * DAY)
    before = paused(home)
    done = care.pause(TODAY + 13 * DAY, TODAY + 19 * DAY)
    assert paused(home) == [(TODAY + 10 * DAY, TODAY + 22 * DAY)]
    care.undo(done.undo)
    assert paused(home) == before
    care.pause(TODAY + 14 * DAY, TODAY + 18 * DAY)
    assert len(paused(home)) == 3
    care.pause(TODAY)
    assert paused(home) == [(TODAY, None)]


def test_a_pause_lies_within_the_treatment(home):
    care = home.services.care
    assert refused(lambda: care.pause(TODAY, TODAY - DAY)) == "end_before_start"
    assert refused(lambda: care.pause(START - 9 * DAY, START - DAY)) == "before_start"
    care.pause(START - 9 * DAY, START + DAY)
    assert paused(home) == [(START, START + DAY)]


def test_nothing_is_announced_in_a_pause(home):
    home.services.care.pause(TODAY - DAY, TODAY + 2 * DAY)
    for hour in range(72):
        home.clock.set(at(0) + timedelta(hours=hour))
        assert home.services.reminding.outlook().announce is None
    assert home.services.reminding.outlook().ahead[0].at == at(7, 30, TODAY + 3 * DAY)


def test_without_a_treatment_its_changes_are_refused(bare):
    care = bare.services.care
    assert care.current() is None
    assert care.rules().leaflet is Leaflet.OTHER
    assert refused(lambda: care.set_times(time(8), time(20))) == "not_set_up"
    assert refused(lambda: care.pause(TODAY)) == "not_set_up"
    assert refused(lambda: care.end_pause(1)) == "not_set_up"
    assert refused(lambda: care.set_leaflet(Leaflet.US)) == "not_set_up"
    assert refused(lambda: care.set_start(START)) == "not_set_up"


def test_leaflet_start_and_name_can_be_corrected(home):
    care = home.services.care
    care.set_leaflet(Leaflet.US)
    care.set_start(START - timedelta(days=7))
    care.rename("  Anna\n")
    treatment = care.current()
    assert (treatment.leaflet, treatment.started_on) == (Leaflet.US, START - timedelta(days=7))
    assert (care.name(), care.rules().discard_months) == ("Anna", None)
    assert refused(lambda: care.set_start(TODAY + timedelta(days=1))) == "start_in_future"


def test_places_are_added_changed_put_away_and_brought_back(home):
    care = home.services.care
    added = care.add_place(NewPlace("genitals", Decimal("0.25")))
    place = next(each for each in care.places() if each.id == added.id)
    assert place.intimate
    changed = care.change_place(replace(place, handprints=Decimal("1.25"), label="  mine "))
    assert next(each for each in care.places() if each.id == place.id).label == "mine"
    care.undo(changed.undo)
    assert place in care.places()
    away = care.archive_place(place.id)
    assert place.id not in {each.id for each in care.places()}
    assert place.id in {each.id for each in care.places(include_archived=True)}
    care.undo(away.undo)
    care.undo(away.undo)
    assert place in care.places()


def test_a_place_that_was_put_away_comes_back_as_itself(home):
    care = home.services.care
    care.archive_place(1)
    back = care.add_place(NewPlace("face", Decimal(2)))
    assert back.id == 1
    assert [(each.handprints, each.archived) for each in care.places() if each.id == 1] == [(Decimal(2), False)]


def test_tubes_are_opened_finished_and_taken_back(home):
    care = home.services.care
    opened = care.open_tube(NewTube(60, TODAY, expires_on=date(2028, 1, 31)))
    tubes = care.tubes()
    assert [each.grams for each in tubes] == [60, 100]  # the one opened last first
    finished = care.change_tube(replace(tubes[1], finished_on=TODAY))
    assert care.tubes()[1].finished_on == TODAY
    care.undo(finished.undo)
    assert care.tubes()[1].finished_on is None
    gone = care.delete_tube(opened.id)
    assert len(care.tubes()) == 1
    care.undo(gone.undo)
    assert care.tubes() == tubes
    too_early = replace(tubes[0], finished_on=TODAY - timedelta(days=1))
    assert refused(lambda: care.change_tube(too_early)) == "end_before_start"
    assert refused(lambda: care.open_tube(NewTube(501, TODAY))) == "tube_grams"


def test_settings_travel_with_the_record(home):
    home.services.care.put_setting("setup", '{"step": 3}')
    home.reopen()
    assert home.services.care.setting("setup") == '{"step": 3}'
    assert home.services.care.setting("nothing") is None


def test_a_rule_says_when_it_was_checked():
    assert date.fromisoformat(rule_checked_on(Leaflet.EU, "handprints_cap") or "")
    assert rule_checked_on(Leaflet.EU, "no_such_rule") is None


def test_a_new_tube_is_taken_back_with_all_that_came_with_it(home):
    care = home.services.care
    (first,) = care.tubes()
    done = care.open_tube(NewTube(60, TODAY, " L7 ", crystals=True), first)
    second, before = care.tubes()
    assert (second.id, second.lot, second.crystals) == (done.id, "L7", True)
    assert before.finished_on == TODAY
    care.undo(done.undo)
    assert care.tubes() == (first,)


def test_the_tube_before_is_never_finished_before_it_was_opened(home):
    care = home.services.care
    (first,) = care.tubes()
    care.open_tube(NewTube(60, first.opened_on - DAY), first)
    assert next(tube for tube in care.tubes() if tube.id == first.id).finished_on == first.opened_on


def test_a_new_tube_alone_leaves_the_one_before_open(home):
    care = home.services.care
    done = care.open_tube(NewTube(60, TODAY))
    assert care.tubes()[1].finished_on is None
    care.undo(done.undo)
    assert len(care.tubes()) == 1

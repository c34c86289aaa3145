"""Log, skip, edit and undo on a real record: what is asked, what is refused, and what is there afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.domain.dosing import MissedAdvice, Outcome, Question, SlotState
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.moments import DAY, Part, Slot
from companion.services.applications import MAX_NOTE, Log
from tests.support.home import START, TODAY, at

MORNING, EVENING = Slot(TODAY, Part.MORNING), Slot(TODAY, Part.EVENING)
LAST_EVENING = Slot(TODAY - DAY, Part.EVENING)
BOTH = frozenset(Question)


@pytest.fixture
def log(home):
    return home.services.applications


def words(log):
    return [(each.slot, each.ordinal, each.outcome) for each in log.between(TODAY - 9 * DAY, TODAY + DAY)]


def test_one_click_logs_the_open_slot_with_the_usual_places(home, log):
    done = log.log(Log())
    home.reopen()
    (row,) = home.services.applications.between(TODAY, TODAY)
    assert (row.id, row.slot, row.at, row.zone) == (done.id, MORNING, at(8), "Europe/Rome")
    assert row.places == (1, 2)  # the knee is photographed, not treated
    assert done.changes.applications
    assert done.day == TODAY


def test_before_the_set_up_nothing_can_be_logged(bare):
    log = bare.services.applications
    for act in (
        lambda: log.log(Log()),
        lambda: log.set_outcome(MORNING, Outcome.SKIPPED),
        lambda: log.slot_of(),
    ):
        with pytest.raises(PersonError) as error:
            act()
        assert error.value.key == "not_set_up"
    assert log.today() is None


def test_a_double_click_on_a_card_writes_once(log):
    log.log(Log(slot=MORNING))
    with pytest.raises(PersonError) as error:
        log.log(Log(slot=MORNING))
    assert (error.value.key, error.value.values["at"]) == ("already_recorded", at(8))
    assert words(log) == [(MORNING, 0, Outcome.APPLIED)]


def test_a_second_log_without_a_slot_asks_instead_of_writing(log):
    log.log(Log())
    with pytest.raises(NeedsAnswer) as asked:
        log.log(Log())
    assert asked.value.questions == (Question.WITHIN_EIGHT_HOURS,)
    assert asked.value.values == {"at": at(8), "part": Part.MORNING}
    assert words(log) == [(MORNING, 0, Outcome.APPLIED)]


def test_an_answered_question_is_recorded_because_it_may_have_happened(home, log):
    log.log(Log())
    home.clock.advance(timedelta(hours=7, minutes=59))
    with pytest.raises(NeedsAnswer):
        log.log(Log(slot=EVENING))
    log.log(Log(slot=EVENING, answered=frozenset({Question.WITHIN_EIGHT_HOURS})))
    assert words(log) == [(MORNING, 0, Outcome.APPLIED), (EVENING, 0, Outcome.APPLIED)]


def test_eight_hours_after_the_last_nothing_is_asked(home, log):
    log.log(Log())
    home.clock.advance(timedelta(hours=8))
    log.log(Log(slot=EVENING))
    assert len(words(log)) == 2


def test_an_earlier_time_is_held_against_the_next_one_too(home, log):
    home.clock.set(at(20))
    log.log(Log(slot=EVENING))
    with pytest.raises(NeedsAnswer) as asked:
        log.log(Log(slot=MORNING, at=at(12, 1)))
    assert asked.value.questions == (Question.WITHIN_EIGHT_HOURS,)
    log.log(Log(slot=MORNING, at=at(12)))


def test_last_nights_late_application_is_seen_from_this_morning(home, log):
    home.clock.set(at(1, 30))
    log.log(Log())
    assert words(log) == [(LAST_EVENING, 0, Outcome.APPLIED)]
    home.clock.set(at(8))
    with pytest.raises(NeedsAnswer) as asked:
        log.log(Log())
    assert asked.value.values["at"] == at(1, 30)


def test_a_third_application_in_a_day_is_asked_about_and_kept_beside_the_others(home, log):
    home.clock.set(at(6))
    log.log(Log())
    home.clock.set(at(14))
    log.log(Log(slot=EVENING))
    home.clock.set(at(22, 30))
    with pytest.raises(NeedsAnswer) as asked:
        log.log(Log())
    assert asked.value.questions == (Question.THIRD_IN_A_DAY,)
    done = log.log(Log(answered=BOTH))
    assert words(log)[-1] == (EVENING, 1, Outcome.APPLIED)
    view = log.today()
    assert view is not None
    assert [each.id for each in view.extras] == [done.id]
    log.undo(done.undo)
    assert len(words(log)) == 2


def test_a_further_one_of_a_part_that_has_none_is_simply_that_part(log):
    log.log(Log(slot=MORNING, extra=True))
    assert words(log) == [(MORNING, 0, Outcome.APPLIED)]


def test_the_future_is_refused(log):
    for what in (Log(at=at(8, 3)), Log(slot=Slot(TODAY + DAY, Part.MORNING))):
        with pytest.raises(PersonError) as error:
            log.log(what)
        assert error.value.key == "in_future"
    log.log(Log(at=at(8, 2)))  # clocks differ a little


def test_before_the_start_is_refused(log):
    for what in (Log(slot=Slot(START - DAY, Part.EVENING)), Log(at=at(9, day=START - 3 * DAY))):
        with pytest.raises(PersonError) as error:
            log.log(what)
        assert error.value.key == "before_start"


def test_a_naive_time_is_a_mistake_of_the_program(log):
    with pytest.raises(ValueError, match="naive"):
        log.log(Log(at=at(7).replace(tzinfo=None)))


@pytest.mark.parametrize("grams", [0, -1, 100.5, float("nan"), float("inf")])
def test_impossible_grams_are_refused(log, grams):
    with pytest.raises(PersonError) as error:
        log.log(Log(grams=grams))
    assert error.value.key == "grams_range"


def test_a_place_that_is_not_there_is_refused(log):
    with pytest.raises(PersonError) as error:
        log.log(Log(places=(1, 99)))
    assert error.value.key == "unknown_place"
    log.log(Log(places=(3,)))


STRANGE_TEXTS = [
    "<b>bold</b><img src='file:///etc/passwd'> & <script>alert(1)</script>",
    "👩🏽‍⚕️ così così 🧴🫶🏿",
    "שלום, זה מגרד — مرحبا",
    "line\nbreaks\ttabs\u2028and\u202eoverrides\u202c",
    "'; DROP TABLE application; --",
    '=HYPERLINK("http://x")',
    "a" * MAX_NOTE,
]


@pytest.mark.parametrize("text", STRANGE_TEXTS, ids=range(len(STRANGE_TEXTS)))
def test_any_text_comes_back_as_it_was_written(home, log, text):
    log.log(Log(note=text))
    home.reopen()
    assert home.services.applications.between(TODAY, TODAY)[0].note == text


def test_a_longer_text_is_refused_and_nothing_written(log):
    with pytest.raises(PersonError) as error:
        log.log(Log(note="a" * (MAX_NOTE + 1)))
    assert (error.value.key, error.value.values["count"]) == ("note_too_long", MAX_NOTE)
    assert words(log) == []


# --- skip and missed ------------------------------------------------------------------------------------------------


def test_a_skipped_slot_can_be_applied_after_all_and_undone_back_to_skipped(log):
    log.set_outcome(MORNING, Outcome.SKIPPED, note="slept in")
    done = log.log(Log(slot=MORNING))
    assert words(log) == [(MORNING, 0, Outcome.APPLIED)]
    log.undo(done.undo)
    (row,) = log.between(TODAY, TODAY)
    assert (row.outcome, row.note) == (Outcome.SKIPPED, "slept in")


def test_what_was_applied_is_not_made_a_miss(log):
    log.log(Log(slot=MORNING))
    with pytest.raises(PersonError) as error:
        log.set_outcome(MORNING, Outcome.MISSED)
    assert error.value.key == "already_recorded"


def test_tonight_can_be_skipped_ahead_but_not_called_missed_ahead(log):
    log.set_outcome(EVENING, Outcome.SKIPPED)
    with pytest.raises(PersonError) as error:
        log.set_outcome(EVENING, Outcome.MISSED)
    assert error.value.key == "in_future"
    with pytest.raises(PersonError) as error:
        log.set_outcome(Slot(TODAY + DAY, Part.MORNING), Outcome.SKIPPED)
    assert error.value.key == "in_future"


def test_a_miss_long_ago_can_be_told_but_not_before_the_start(log):
    log.set_outcome(Slot(START, Part.MORNING), Outcome.MISSED)
    with pytest.raises(PersonError) as error:
        log.set_outcome(Slot(START - DAY, Part.MORNING), Outcome.MISSED)
    assert error.value.key == "before_start"


# --- edit, remove, undo ---------------------------------------------------------------------------------------------


def test_an_edit_changes_time_places_amount_and_note(home, log):
    log.log(Log(slot=MORNING))
    (row,) = log.between(TODAY, TODAY)
    changed = replace(row, at=at(7, 10), places=(2,), grams=0.7, note="in a hurry")
    done = log.edit(changed)
    home.reopen()
    log = home.services.applications
    assert log.between(TODAY, TODAY) == (changed,)
    log.undo(done.undo)
    assert log.between(TODAY, TODAY) == (row,)


def test_an_edit_is_asked_about_and_refused_like_a_log(home, log):
    home.clock.set(at(20, 30))
    log.log(Log(slot=MORNING, at=at(7)))
    log.log(Log(slot=EVENING, at=at(20)))
    row = log.between(TODAY, TODAY)[0]
    with pytest.raises(NeedsAnswer):
        log.edit(replace(row, at=at(13)))
    log.edit(replace(row, at=at(13)), answered=BOTH)
    for wrong, key in (
        (replace(row, at=at(21)), "in_future"),
        (replace(row, grams=0), "grams_range"),
        (replace(row, places=(99,)), "unknown_place"),
        (replace(row, id=99), "entry_gone"),
    ):
        with pytest.raises(PersonError) as error:
            log.edit(wrong)
        assert error.value.key == key


def test_an_edit_that_makes_a_skip_an_application_is_asked_about(log):
    log.log(Log(slot=LAST_EVENING, at=at(1)))
    log.set_outcome(MORNING, Outcome.SKIPPED)
    skipped = log.between(TODAY, TODAY)[0]
    with pytest.raises(NeedsAnswer):
        log.edit(replace(skipped, outcome=Outcome.APPLIED))


def test_undo_twice_and_after_other_changes_does_no_harm(log):
    done = log.log(Log(slot=MORNING))
    log.undo(done.undo)
    log.undo(done.undo)
    assert words(log) == []
    done = log.log(Log(slot=MORNING))
    gone = log.remove(done.id)
    log.log(Log(slot=MORNING, note="again"))
    log.undo(gone.undo)  # the slot was filled meanwhile
    log.undo(gone.undo)
    (row,) = log.between(TODAY, TODAY)
    assert row.note == "again"


def test_a_removed_entry_comes_back_whole(log):
    log.log(Log(slot=MORNING, grams=0.5, note="x", places=(1,)))
    (row,) = log.between(TODAY, TODAY)
    gone = log.remove(row.id)
    assert words(log) == []
    with pytest.raises(PersonError) as error:
        log.remove(row.id)
    assert error.value.key == "entry_gone"
    log.undo(gone.undo)
    log.undo(gone.undo)
    assert log.between(TODAY, TODAY) == (row,)


# --- the day, the zone and the page ---------------------------------------------------------------------------------


def test_the_page_reads_back_what_was_logged(home, log):
    log.log(Log(slot=MORNING, at=at(7, 42)))
    home.clock.set(at(15, 48))
    view = log.today()
    assert view is not None
    assert [card.state for card in view.cards] == [SlotState.APPLIED, SlotState.AHEAD]
    assert view.cards[1].free_from is None  # eight hours have passed since 07:42
    assert (view.week, view.name, view.week_view.count.applied) == (14, "Ale", 1)
    assert view.tube is not None
    assert view.tube.estimate.left == pytest.approx(100 - 1.5 * 0.25)


def test_each_leaflet_gives_its_own_missed_rule(home, log):
    from companion.domain.leaflet import Leaflet

    home.clock.set(at(12))
    seen = {}
    for leaflet in Leaflet:
        home.services.care.set_leaflet(leaflet)
        seen[leaflet] = log.today().cards[0].advice
    assert seen == {Leaflet.EU: MissedAdvice.SKIP_IT, Leaflet.US: MissedAdvice.ASK, Leaflet.OTHER: MissedAdvice.ASK}


def test_travel_neither_doubles_nor_loses_a_slot(home, log):
    """Applied in Rome in the morning; that evening in New York is the same day's evening, six hours later."""
    log.log(Log())
    home.clock.set(at(20, 30, zone="America/New_York"))
    home.clock.travel("America/New_York")
    log.log(Log())
    rows = log.between(TODAY, TODAY)
    assert [(row.slot, row.zone) for row in rows] == [(MORNING, "Europe/Rome"), (EVENING, "America/New_York")]
    assert rows[1].at - rows[0].at == timedelta(hours=18, minutes=30)


def test_the_night_the_clock_goes_back_counts_real_hours(home, log):
    """23:30 summer time to 06:30 winter time is eight hours, though the wall clock says seven."""
    night, day = date(2026, 10, 24), date(2026, 10, 25)
    home.clock.set(at(23, 30, day=night))
    log.log(Log())
    home.clock.set(at(6, 30, day=day))
    log.log(Log())
    assert [each.slot for each in log.between(night, day)] == [Slot(night, Part.EVENING), Slot(day, Part.MORNING)]


@pytest.mark.parametrize(
    ("hour", "part", "slot"),
    [
        (1, Part.EVENING, LAST_EVENING),
        (4, Part.EVENING, LAST_EVENING),
        (5, Part.EVENING, EVENING),
        (5, Part.MORNING, MORNING),
        (4, Part.MORNING, MORNING),
        (1, Part.MORNING, MORNING),
        (8, Part.EVENING, EVENING),
        (8, None, MORNING),
        (1, None, LAST_EVENING),
    ],
)
def test_the_slot_somebody_means(home, log, hour, part, slot):
    home.clock.set(at(hour))
    assert log.slot_of(part) == slot


def test_an_urgent_note_beside_an_application_calls_for_the_help_page(log):
    done = log.log(Log(note="chest pain since this morning"))
    assert done.help == "heart"
    (row,) = log.between(TODAY, TODAY)
    assert row.note == "chest pain since this morning"
    assert log.edit(replace(row, note=row.note + ".")).help is None  # shown before
    assert log.edit(replace(row, note=row.note + ", labbra e gola gonfie")).help == "allergy"
    assert log.set_outcome(LAST_EVENING, Outcome.SKIPPED, "dolore al petto").help == "heart"
    assert log.remove(row.id).help is None

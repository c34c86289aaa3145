"""The months: every slot told apart, nothing counted that is not known, sources never joined, nothing private shown."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

import pytest

from companion.domain.care import (
    CareEntry,
    Device,
    Estimate,
    LightSession,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
)
from companion.domain.dosing import Application, Outcome, SlotState, due_at, slot_state
from companion.domain.leaflet import Leaflet
from companion.domain.moments import DAY, PARTS, Slot, instant_of
from companion.domain.progress import (
    AreaSource,
    Effect,
    Months,
    Shot,
    calendar_of,
    of_places,
    progress_view,
)
from companion.domain.progress_tables import Plot, sentences_of, summary_of, table_of
from companion.domain.treatment import KEPT_SINCE, Pause, Place, Times, Treatment, Tube

ROME = "Europe/Rome"
START = date(2026, 4, 26)
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 48, tzinfo=UTC)
TREATMENT = Treatment(1, Leaflet.EU, START, (Times(START, time(8), time(20)),))
PLACES = (
    Place(1, "face", "", Decimal(1), False),
    Place(2, "hand_left", "", Decimal("0.5"), False),
    Place(3, "groin", "", Decimal("0.5"), True),
)
APPLIED, SKIPPED, MISSED = Outcome.APPLIED, Outcome.SKIPPED, Outcome.MISSED


def months(**values):
    given = {"settings": {}, "treatment": TREATMENT, "places": PLACES, "words": {}, "effects": (), "tubes": ()}
    return Months(**{**given, "shots": (), **values})


def view(care=(), now=NOW, **values):
    return progress_view(months(**values), care, (24, 52), now, ROME)


def entry(number, what, day, places=(), ended_on=None):
    at = instant_of(day, time(12), ROME)
    return CareEntry(number, what, at, ROME, day, ended_on, places)


# Slots


def test_without_a_treatment_there_is_nothing_to_show():
    assert view(treatment=None) is None


def full_state(treatment, words, slot, now, began):
    """What ``dosing`` and Today say of a slot, asked one by one."""
    outcome = words.get(slot.day, (None, None))[PARTS.index(slot.part)]
    record = Application(0, slot, outcome, NOW, ROME) if outcome else None
    state = slot_state(treatment, slot, record, now, ROME)
    if state is SlotState.UNKNOWN and began is not None and due_at(treatment, slot, ROME) < began:
        return SlotState.BEFORE_RECORD
    return state


@pytest.mark.parametrize("seed", range(12))
def test_the_short_way_says_of_every_slot_what_the_rules_say(seed):
    chance = Random(seed)
    pauses = tuple(
        Pause(n, first := START + chance.randrange(200) * DAY, chance.choice([None, first + 9 * DAY]))
        for n in range(chance.randrange(3))
    )
    ended = chance.choice([None, START + 150 * DAY])
    treatment = Treatment(1, Leaflet.EU, START, TREATMENT.times, ended, pauses)
    words = {
        START + n * DAY: (chance.choice([APPLIED, SKIPPED, MISSED, None]), chance.choice([APPLIED, None, MISSED]))
        for n in range(-3, 215)
        if chance.random() < 0.8
    }
    words.pop(TODAY, None)  # whether a later word closes a slot is Today's own rule, tested below
    began = chance.choice([None, instant_of(START + chance.randrange(210) * DAY, time(15), ROME)])
    found = calendar_of(treatment, words, NOW, ROME, began)
    assert found.first == START
    assert found.days == (TODAY - START).days + 1
    for n in range(found.days):
        day = START + n * DAY
        assert found.on(day) == tuple(full_state(treatment, words, Slot(day, part), NOW, began) for part in PARTS)


def test_a_late_slot_is_closed_once_the_next_one_is_on():
    night = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert view(now=night).calendar.on(TODAY)[0] is SlotState.UNKNOWN
    early = datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert view(now=early).calendar.on(TODAY) == (SlotState.OPEN, SlotState.AHEAD)
    found = view(now=early, words={TODAY: (None, APPLIED)}).calendar.on(TODAY)
    assert found == (SlotState.UNKNOWN, SlotState.APPLIED)


def test_after_midnight_yesterdays_evening_is_still_open():
    night = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    assert view(now=night).calendar.on(TODAY) == (SlotState.UNKNOWN, SlotState.OPEN)
    assert view(now=night).calendar.on(TODAY - DAY) == (SlotState.UNKNOWN, SlotState.UNKNOWN)


def test_days_outside_have_no_state():
    found = view().calendar
    assert found.on(START - DAY) is None
    assert found.on(TODAY + DAY) is None


def test_adherence_is_a_range_and_what_is_not_due_is_not_counted():
    words = {START + n * DAY: (APPLIED, APPLIED) for n in range(20)}
    words[START + 3 * DAY] = (APPLIED, SKIPPED)
    words[START + 4 * DAY] = (MISSED, None)
    now = instant_of(START + 21 * DAY, time(9), ROME)
    pause = Pause(1, START + 20 * DAY, START + 20 * DAY)
    found = view(words=words, now=now, treatment=Treatment(1, Leaflet.EU, START, TREATMENT.times, None, (pause,)))
    told = found.adherence
    assert (told.due, told.applied, told.skipped, told.missed, told.unknown) == (40, 37, 1, 1, 1)
    assert (told.most, told.paused) == (38, 2)
    assert told.applied + told.skipped + told.missed + told.unknown == told.due


def test_what_came_before_the_record_is_not_counted():
    began = instant_of(TODAY - 2 * DAY, time(12), ROME)
    found = view(settings={KEPT_SINCE: began.isoformat()})
    assert found.adherence.due == 3
    assert found.calendar.on(START) == (SlotState.BEFORE_RECORD, SlotState.BEFORE_RECORD)
    keys = [each.key for each in sentences_of(Plot.APPLICATIONS, found)]
    assert keys == ["progress.applications.between", "progress.applications.before_record"]


def test_reviews_stand_at_the_leaflets_weeks():
    assert [(each.week, each.day) for each in view().reviews] == [(24, date(2026, 10, 11)), (52, date(2027, 4, 25))]


# Areas


def score(number, day, percent=50, face=False):
    line = RegionScore(ScoreRegion.HANDS, Decimal(2), percent)
    return entry(number, Score((line,), face), day)


def test_each_place_and_each_source_has_its_own_series():
    care = (
        entry(1, Estimate(1, Decimal("0.75")), START),
        entry(2, Estimate(2, Decimal("0.5")), START),
        score(3, START),
        score(4, START + 60 * DAY, face=True),
        entry(5, Estimate(1, Decimal("0.5")), START + 70 * DAY),
    )
    found = view(care)
    told = [(each.place.id if each.place else None, each.source, each.face, len(each.points)) for each in found.areas]
    assert told == [
        (1, AreaSource.ESTIMATE, False, 2),
        (2, AreaSource.ESTIMATE, False, 1),
        (None, AreaSource.DOCTOR, False, 1),
        (None, AreaSource.DOCTOR, True, 1),
    ]


def test_a_score_belongs_to_no_single_place():
    found = view((score(1, START), entry(2, Estimate(1, Decimal("0.5")), START)))
    assert [each.source for each in of_places(found, frozenset({1})).areas] == [AreaSource.ESTIMATE]
    assert of_places(found, frozenset({2})).areas == ()


def test_a_score_carries_the_range_of_its_steps_and_an_estimate_none():
    found = view((score(1, START), entry(2, Estimate(1, Decimal("0.5")), START)))
    estimate, doctor = (each.points[0] for each in found.areas)
    assert (estimate.low, estimate.high) == (0.5, 0.5)
    assert doctor.amount == 1.0
    assert doctor.low < doctor.amount < doctor.high


def test_the_last_word_of_a_day_counts():
    care = (entry(2, Estimate(1, Decimal(2)), START), entry(1, Estimate(1, Decimal(1)), START))
    (series,) = view(care).areas
    assert [each.amount for each in series.points] == [2.0]


def test_intimate_places_are_neither_among_sizes_nor_among_photos():
    found = view(
        (entry(1, Estimate(3, Decimal(1)), START),), shots=(Shot(1, 3, START), Shot(2, 1, START), Shot(3, None, START))
    )
    assert found.areas == ()
    assert [shot.id for each in found.sets for shot in each.shots] == [2, 3]
    assert found.private
    assert 3 not in {each.id for each in found.places}
    assert [each.key for each in sentences_of(Plot.PHOTOS, found)][-1] == "progress.photos.private"


# Spans, sets


def test_side_effects_are_lanes_by_code_and_an_end_before_the_day_is_that_day():
    effects = (
        Effect(2, "itch", START + 9 * DAY, None, 2, (1,)),
        Effect(1, "spots", START + 5 * DAY, START, 1, (2,)),
        Effect(3, "itch", START + DAY, START + 2 * DAY, None, ()),
    )
    found = view(effects=effects)
    assert [lane.name for lane in found.effects] == ["itch", "spots"]
    assert [(each.id, each.last) for each in found.effects[0].spans] == [(3, START + 2 * DAY), (2, None)]
    assert found.effects[1].spans[0].last == START + 5 * DAY
    assert [lane.name for lane in of_places(found, frozenset({2})).effects] == ["spots"]
    assert of_places(found, frozenset()) == found


def test_a_side_effect_of_an_intimate_place_is_shown_without_it():
    (lane,) = view(effects=(Effect(1, "itch", START, None, 1, (3, 1)),)).effects
    assert lane.spans[0].places == (1,)


def test_tubes_that_are_not_opened_yet_are_not_shown():
    tubes = (Tube(1, 100, TODAY + DAY), Tube(2, 60, START, TODAY))
    assert [each.id for each in view(tubes=tubes).tubes] == [2]


def test_photos_of_a_day_are_one_set_and_places_narrow_them():
    shots = (Shot(3, 2, TODAY), Shot(1, 1, START), Shot(2, 2, START))
    found = view(shots=shots)
    sets = found.sets
    assert [(each.day, [shot.id for shot in each.shots]) for each in sets] == [(START, [1, 2]), (TODAY, [3])]
    assert [each.day for each in of_places(found, frozenset({1})).sets] == [START]


def test_photos_from_before_the_start_lengthen_the_axis():
    assert view(shots=(Shot(1, 1, START - 9 * DAY),)).earliest == START - 9 * DAY
    assert view().earliest == START


def test_a_record_is_bare_until_something_was_said():
    assert view().is_bare
    assert not view(words={START: (None, MISSED)}).is_bare
    assert not view((entry(1, LightSession(Device.EXCIMER), START),)).is_bare
    assert not view(effects=(Effect(1, "itch", START, None, None, ()),)).is_bare


# Tables and sentences


def everything():
    care = (
        entry(1, Estimate(1, Decimal("0.75")), START),
        score(2, START),
        entry(3, LightSession(Device.EXCIMER), START + DAY),
        entry(4, OtherTreatment("Vitamin D"), START, ended_on=START + 5 * DAY),
        entry(5, OtherTreatment("Tacrolimus"), START),
    )
    return view(
        care,
        words={START: (APPLIED, SKIPPED)},
        effects=(Effect(1, "itch", START, START, 1, (1, 2)), Effect(2, "spots", START, None, None, ())),
        tubes=(Tube(1, 100, START),),
        shots=(Shot(1, 1, START), Shot(2, 1, START), Shot(3, None, START - DAY)),
    )


@pytest.mark.parametrize("plot", list(Plot))
def test_every_picture_has_a_table_of_even_rows_and_a_sentence_with_and_without_data(plot):
    for found in (everything(), view()):
        table = table_of(plot, found)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert sentences_of(plot, found)
        assert summary_of(plot, found)
    assert sentences_of(plot, view())[0].key.startswith(f"progress.{plot}.")


def test_the_tables_hold_what_the_pictures_show():
    found = everything()
    assert table_of(Plot.APPLICATIONS, found).rows[0] == (START, 1, "applied", "skipped")
    assert len(table_of(Plot.APPLICATIONS, found).rows) == found.calendar.days
    assert table_of(Plot.EFFECTS, found).rows == (
        ("itch", "1 2", START, START, 1, 1),
        ("spots", "", START, None, 1, None),
    )
    assert [row[0] for row in table_of(Plot.CARE, found).rows] == ["tube", "light", "treatment", "treatment"]
    assert table_of(Plot.PHOTOS, found).rows == ((START - DAY, None, "", 1), (START, 1, "1", 2))
    amounts = table_of(Plot.AREA, found).rows
    assert [(row[1], row[-1]) for row in amounts] == [("estimate", "handprints"), ("doctor", "score")]
    assert amounts[0][5:7] == (None, None)
    assert amounts[1][5] < amounts[1][4] < amounts[1][6]


def test_what_lasts_is_said_before_what_is_over():
    effects = (
        Effect(1, "itch", START, None, 1, ()),
        Effect(2, "itch", START + 30 * DAY, START + timedelta(days=31), 1, ()),
    )
    (told,) = sentences_of(Plot.EFFECTS, view(effects=effects))
    assert (told.key, told.count) == ("progress.effects.ongoing", 2)
    assert dict(told.values)["first"] == START

"""Each store gives back what it was given, and says what is wrong in words a person can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.dosing import Application, Outcome
from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import PARTS, Part, Slot
from companion.domain.reminders import Key, Kind, Told
from companion.domain.treatment import Pause, Place, Times, Treatment, Tube
from tests.support.records import NOON, START, TREATMENT, ZONE, an_application, begin

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


# Settings


def test_settings_are_kept_by_key(record):
    with record.unit_of_work() as work:
        assert work.settings.get("name") is None
        work.settings.put("name", "Zoë’s record; DROP TABLE setting")
        work.settings.put("name", "Ada")
        work.settings.put("empty", "")
        assert work.settings.get("name") == "Ada"
        assert work.settings.all() == {"empty": "", "name": "Ada", "uid": record.uid}
        work.settings.remove("name")
        work.settings.remove("never was")
        assert work.settings.get("name") is None


# Treatments


def test_a_treatment_comes_back_with_its_times(record):
    with record.unit_of_work() as work:
        assert work.treatments.current() is None
        number = work.treatments.add(TREATMENT)
        assert work.treatments.current() == replace(TREATMENT, id=number)
        assert work.treatments.get(number) == work.treatments.current()
        assert work.treatments.get(number + 1) is None


def test_times_have_a_history_and_a_days_second_thought_replaces_the_first(record):
    later = Times(START + 7 * DAY, time(7, 30), time(19, 30))
    thought = Times(START + 7 * DAY, time(9), time(21))
    with record.unit_of_work() as work:
        number = work.treatments.add(TREATMENT)
        work.treatments.set_times(number, later)
        work.treatments.set_times(number, thought)
        work.treatments.set_times(number, Times(START + 3 * DAY, time(6), time(18)))
        times = work.treatments.current().times
    assert [each.valid_from for each in times] == [START, START + 3 * DAY, START + 7 * DAY]
    assert times[-1] == thought


def test_other_days_have_other_times_and_the_days_before_stay(record):
    weekend = Times(START + 3 * DAY, time(7), time(19), frozenset({6, 7}), time(9), time(21, 30))
    with record.unit_of_work() as work:
        number = work.treatments.add(TREATMENT)
        work.treatments.set_times(number, weekend)
        assert work.treatments.current().times == (*TREATMENT.times, weekend)
        work.treatments.set_times(number, Times(START + 3 * DAY, time(7), time(19)))
        assert work.treatments.current().times[-1].other_days == frozenset()
        work.treatments.remove_times(number, START + 3 * DAY)
        assert work.treatments.current().times == TREATMENT.times
        with pytest.raises(PersonError, match="entry_gone"):
            work.treatments.remove_times(number, START + 3 * DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        Times(START, time(8), time(20), frozenset({6})),
        Times(START, time(8), time(20), frozenset({6}), time(9)),
        Times(START, time(8), time(20), frozenset(), time(9), time(21)),
    ],
)
def test_other_times_are_whole_or_not_there(record, wrong):
    with pytest.raises(sqlcipher.IntegrityError), record.unit_of_work() as work:
        work.treatments.add(replace(TREATMENT, times=(wrong,)))


def test_there_is_no_eighth_day_of_the_week(record):
    with pytest.raises(ValueError, match="other_days"), record.unit_of_work() as work:
        work.treatments.add(replace(TREATMENT, times=(Times(START, time(8), time(20), frozenset({8})),)))


def test_pauses_come_with_the_treatment_oldest_first(record):
    with record.unit_of_work() as work:
        other = work.treatments.add(replace(TREATMENT, started_on=START - 9 * DAY))
        number = work.treatments.add(TREATMENT)
        late = work.treatments.add_pause(number, Pause(0, START + 5 * DAY))
        early = work.treatments.add_pause(number, Pause(0, START, START + DAY))
        work.treatments.add_pause(other, Pause(0, START))
        assert [each.id for each in work.treatments.current().pauses] == [early, late]
        work.treatments.update_pause(Pause(late, START + 4 * DAY, START + 4 * DAY))
        work.treatments.remove_pause(early)
        assert work.treatments.current().pauses == (Pause(late, START + 4 * DAY, START + 4 * DAY),)
        for act in (work.treatments.remove_pause, lambda number: work.treatments.update_pause(Pause(number, START))):
            with pytest.raises(PersonError, match="entry_gone"):
                act(early)


def test_a_pause_does_not_end_before_it_begins(record):
    with pytest.raises(sqlcipher.IntegrityError), record.unit_of_work() as work:
        work.treatments.add_pause(work.treatments.add(TREATMENT), Pause(0, START, START - DAY))


# Reminders

MORNING = Key(Kind.APPLICATION, START, Part.MORNING)
PHOTOS = Key(Kind.PHOTO_DAY, START)


def test_of_each_reminder_one_thing_is_known(record):
    with record.unit_of_work() as work:
        assert work.reminders.get(MORNING) is None
        assert work.reminders.last() is None
        for stage in range(1, 4):
            work.reminders.put(Told(MORNING, stage, NOON + stage * HOUR))
            work.reminders.put(Told(PHOTOS, stage, NOON))
            work.reminders.put(Told(replace(PHOTOS, kind=Kind.TUBE_ORDER), 0, None, NOON))
        assert work.reminders.get(MORNING) == Told(MORNING, 3, NOON + 3 * HOUR)
        assert work.reminders.last() == Told(MORNING, 3, NOON + 3 * HOUR)
        assert len(work.reminders.since(START)) == 3


def test_old_ones_of_slots_are_forgotten_and_errands_are_not(record):
    evening = replace(MORNING, day=START + DAY, part=Part.EVENING)
    with record.unit_of_work() as work:
        for key in (MORNING, evening, PHOTOS):
            work.reminders.put(Told(key, 1, NOON))
        assert {each.key for each in work.reminders.since(START + DAY)} == {evening, PHOTOS}
        assert work.reminders.forget(START + DAY) == 1
        assert {each.key for each in work.reminders.since(START)} == {evening, PHOTOS}
        for number in range(30):
            work.reminders.put(Told(replace(PHOTOS, day=START - number * DAY), 1, NOON))
        assert work.reminders.forget(START + DAY) == 6
        days = {each.key.day for each in work.reminders.since(START) if each.key.part is None}
        assert days == {START - number * DAY for number in range(24)}


def test_the_same_reminder_cannot_be_there_twice(record):
    for row in ("('photo_day', '2026-01-05', NULL, 1)", "('application', '2026-01-05', 'morning', 1)"):
        insert = f"INSERT INTO reminder (kind, day, part, stage) VALUES {row}"
        record._connection.execute(insert)
        with pytest.raises(sqlcipher.IntegrityError):
            record._connection.execute(insert)


def test_the_facts_of_a_treatment_can_be_put_right(record):
    with record.unit_of_work() as work:
        number = work.treatments.add(TREATMENT)
        work.treatments.set_leaflet(number, Leaflet.US)
        work.treatments.set_start(number, START - DAY)
        work.treatments.end(number, START + DAY)
        found = work.treatments.current()
        assert (found.leaflet, found.started_on, found.ended_on) == (Leaflet.US, START - DAY, START + DAY)
        work.treatments.end(number, None)
        assert work.treatments.current().ended_on is None
        for change in (work.treatments.set_start, work.treatments.end):
            with pytest.raises(PersonError, match="entry_gone"):
                change(number + 1, START)


def test_the_current_treatment_is_the_one_begun_last_ended_or_not(record):
    with record.unit_of_work() as work:
        second = work.treatments.add(replace(TREATMENT, started_on=START + 100 * DAY, ended_on=START + 200 * DAY))
        first = work.treatments.add(TREATMENT)
        assert work.treatments.current().id == second
        assert [each.id for each in work.treatments.all()] == [first, second]


def test_a_treatment_without_times_is_refused(record):
    with record.unit_of_work() as work, pytest.raises(ValueError, match="times"):
        work.treatments.add(Treatment(0, Leaflet.EU, START, ()))


# Places


def a_place(region="hand_left", **other):
    return Place(0, region, other.pop("label", ""), other.pop("handprints", Decimal("0.25")), False, **other)


def test_places_come_back_in_order_with_their_size_to_the_digit(record):
    with record.unit_of_work() as work:
        numbers = [work.places.add(a_place(region)) for region in ("face", "neck", "knee_left")]
        big = work.places.add(a_place("chest", handprints=Decimal("12.50"), label="près du cou", treated=False))
        assert [each.region for each in work.places.all()] == ["face", "neck", "knee_left", "chest"]
        assert str(work.places.get(big).handprints) == "12.50"
        assert work.places.get(numbers[0]) == Place(numbers[0], "face", "", Decimal("0.25"), False)
        assert work.places.get(99) is None


def test_places_are_put_away_and_taken_out(record):
    with record.unit_of_work() as work:
        one, other = work.places.add(a_place("face")), work.places.add(a_place("neck"))
        work.places.archive(one)
        assert [each.id for each in work.places.all()] == [other]
        assert [(each.id, each.archived) for each in work.places.all(include_archived=True)] == [
            (one, True),
            (other, False),
        ]
        work.places.restore(one)
        assert [each.id for each in work.places.all()] == [one, other]


def test_places_are_put_in_another_order(record):
    with record.unit_of_work() as work:
        a, b, c, d = (work.places.add(a_place(region)) for region in "abcd")
        work.places.reorder([d, b])
        assert [each.id for each in work.places.all()] == [d, b, a, c]
        last = work.places.add(a_place("e"))
        assert [each.id for each in work.places.all()] == [d, b, a, c, last]
        with pytest.raises(PersonError, match="entry_gone"):
            work.places.reorder([99])


def test_a_place_is_changed_and_keeps_its_position(record):
    with record.unit_of_work() as work:
        one, other = work.places.add(a_place("face")), work.places.add(a_place("neck"))
        changed = Place(one, "ears", "left one", Decimal(1), True, treated=False)
        work.places.update(changed)
        assert work.places.all() == (changed, work.places.get(other))
        with pytest.raises(PersonError, match="entry_gone"):
            work.places.update(replace(changed, id=99))


# Applications


@pytest.fixture
def treatment(record):
    with record.unit_of_work() as work:
        return begin(work)[0]


def test_an_application_comes_back_in_full(record, treatment):
    full = Application(
        0,
        Slot(START, Part.EVENING),
        Outcome.APPLIED,
        datetime(2026, 1, 5, 19, 0, 0, 123456, tzinfo=UTC),
        "America/New_York",
        (3, 1, 2),
        1.25,
        "after the shower",
        2,
    )
    bare = Application(0, Slot(START, Part.MORNING), Outcome.SKIPPED, NOON, ZONE)
    with record.unit_of_work() as work:
        for each in (full, bare):
            number = work.applications.add(treatment, each, "command", NOON)
            assert work.applications.get(number) == replace(each, id=number)
        assert work.applications.get(99) is None


def test_a_slot_is_said_once_for_each_ordinal(record, treatment):
    with record.unit_of_work() as work:
        first = work.applications.add(treatment, an_application(), "window", NOON)
        with pytest.raises(PersonError, match="already_there"):
            work.applications.add(treatment, an_application(), "window", NOON)
        second = work.applications.add(treatment, an_application(ordinal=1), "window", NOON)
        assert work.applications.slot(START, Part.MORNING).id == first
        assert work.applications.slot(START, Part.MORNING, 1).id == second
        assert work.applications.slot(START, Part.EVENING) is None


def test_a_double_click_is_answered_in_words(record, treatment):
    def log():
        with record.unit_of_work() as work:
            work.applications.add(treatment, an_application(), "window", NOON)

    log()
    with pytest.raises(PersonError, match="already_there"):
        log()


def test_days_are_read_whole_and_in_order_of_time(record, treatment):
    with record.unit_of_work() as work:
        for number in reversed(range(10)):
            at = NOON + 12 * HOUR * number
            new = an_application(START + DAY * (number // 2), PARTS[number % 2], at=at)
            work.applications.add(treatment, new, "window", NOON)
        found = work.applications.between(START + DAY, START + 2 * DAY)
        assert [each.slot.day for each in found] == [START + DAY] * 2 + [START + 2 * DAY] * 2
        assert [each.at for each in found] == sorted(each.at for each in found)
        assert work.applications.between(START + DAY, START) == ()
        assert work.applications.count(START, START + 4 * DAY) == 10
        assert work.applications.count(START, START) == 2
        assert work.applications.count(START, START, Outcome.SKIPPED) == 0
        assert work.applications.count(START, START, Outcome.APPLIED) == 2


def test_neighbours_in_time_are_found_across_days(record, treatment):
    with record.unit_of_work() as work:
        for hours in (-9, -8, 0, 8, 9):
            day = START + DAY * (hours + 20)
            work.applications.add(treatment, an_application(day, at=NOON + HOUR * hours), "window", NOON)
        found = work.applications.around(NOON, 8)
        assert [each.at for each in found] == [NOON - 8 * HOUR, NOON, NOON + 8 * HOUR]


def test_the_last_applied_is_the_latest_in_time_and_of_cream(record, treatment):
    with record.unit_of_work() as work:
        assert work.applications.last_applied() is None
        late = work.applications.add(treatment, an_application(at=NOON + HOUR), "window", NOON)
        work.applications.add(treatment, an_application(ordinal=1), "window", NOON)
        skipped = replace(an_application(START + DAY, at=NOON + DAY), outcome=Outcome.SKIPPED)
        work.applications.add(treatment, skipped, "window", NOON)
        assert work.applications.last_applied().id == late
        assert work.applications.last_applied(NOON + HOUR).id == late
        assert work.applications.last_applied(NOON).slot == an_application(ordinal=1).slot
        assert work.applications.last_applied(NOON - HOUR) is None


def test_what_was_taken_back_comes_back_as_it_was(record, treatment):
    with record.unit_of_work() as work:
        number = work.applications.add(treatment, an_application(grams=0.5), "window", NOON)
        taken = work.applications.remove(number)
        assert work.applications.get(number) is None
        other = work.applications.add(treatment, an_application(START + DAY), "window", NOON)
        assert other != number  # an id is never used twice
        assert work.applications.add(treatment, taken, "undo", NOON) == number
        assert work.applications.get(number) == taken
        with pytest.raises(PersonError, match="entry_gone"):
            work.applications.remove(99)


def test_a_word_is_changed(record, treatment):
    with record.unit_of_work() as work:
        number = work.applications.add(treatment, an_application(), "window", NOON)
        changed = replace(
            an_application(START + DAY, Part.EVENING, at=NOON + HOUR), id=number, note="x", places=(1,), grams=2.0
        )
        work.applications.update(changed)
        assert work.applications.get(number) == changed
        with pytest.raises(PersonError, match="entry_gone"):
            work.applications.update(replace(changed, id=99))


def test_all_applications_are_gone_through_once(record, treatment):
    with record.unit_of_work() as work:
        numbers = [
            work.applications.add(treatment, an_application(START + DAY * n), "window", NOON) for n in range(25)
        ]
        chunks = list(work.applications.pages(10))
        assert [len(chunk) for chunk in chunks] == [10, 10, 5]
        assert [each.id for chunk in chunks for each in chunk] == numbers


@pytest.mark.parametrize(
    "bad",
    [
        {"outcome": "finished"},
        {"ordinal": -1},
        {"grams": 0.0},
        {"grams": -1.0},
        {"grams": "much"},
        {"note": None},
        {"zone": None},
        {"places": None},
    ],
)
def test_what_makes_no_sense_is_not_written(record, treatment, bad):
    with pytest.raises((ValueError, sqlcipher.IntegrityError)), record.unit_of_work() as work:
        work.applications.add(treatment, replace(an_application(), **bad), "window", NOON)
    with record.unit_of_work() as work:
        assert work.applications.last_applied() is None


def test_an_application_belongs_to_a_treatment(record, treatment):
    with pytest.raises(sqlcipher.IntegrityError), record.unit_of_work() as work:
        work.applications.add(treatment + 1, an_application(), "window", NOON)


# Tubes


def test_tubes_come_back_and_the_open_one_is_found(record):
    full = Tube(0, 60, START, START + 30 * DAY, "LOT-7 é", date(2027, 1, 31), crystals=True)
    with record.unit_of_work() as work:
        assert work.tubes.open() is None
        first = work.tubes.add(full)
        second = work.tubes.add(Tube(0, 100, START + 20 * DAY))
        third = work.tubes.add(Tube(0, 100, START + 10 * DAY))
        assert work.tubes.get(first) == replace(full, id=first)
        assert [each.id for each in work.tubes.all()] == [first, third, second]
        assert work.tubes.open().id == second
        work.tubes.mark_deleted(second, NOON)
        assert work.tubes.open().id == third
        assert [each.id for each in work.tubes.all()] == [first, third]
        assert [each.id for each in work.tubes.all(deleted=True)] == [second]
        work.tubes.restore(second)
        work.tubes.update(replace(work.tubes.get(second), finished_on=START + 21 * DAY))
        assert work.tubes.open().id == third
        with pytest.raises(PersonError, match="entry_gone"):
            work.tubes.update(Tube(99, 60, START))


def test_the_bin_is_emptied_of_what_is_old(record):
    with record.unit_of_work() as work:
        old, young, kept = (work.tubes.add(Tube(0, 60, START)) for _ in range(3))
        work.tubes.mark_deleted(old, NOON)
        work.tubes.mark_deleted(young, NOON + DAY)
        assert work.tubes.purge(NOON + HOUR) == 1
        assert [work.tubes.get(number) is not None for number in (old, young, kept)] == [False, True, True]
        with pytest.raises(PersonError, match="entry_gone"):
            work.tubes.restore(old)

"""Every kind of entry comes back as it went in, and what it said before is kept and forgotten with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from companion.domain.care import (
    CareEntry,
    CareKind,
    Device,
    Estimate,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.dosing import Application, Outcome
from companion.domain.errors import PersonError
from companion.domain.history import Noun
from companion.domain.moments import Part, Slot, local_day
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Tube
from tests.support.records import NOON, START, ZONE, begin, reopen

DAY = timedelta(days=1)
ARMS = RegionScore(ScoreRegion.ARMS, Decimal("3.25"), 50)
FACTS = (
    LightSession(Device.EXCIMER, Decimal("1.5")),
    LightSession(Device.NBUVB_HAND),
    OtherTreatment("Tacrolimus «0,1%»\n", Form.CREAM),
    SkinDay(OnSkin.MAKE_UP),
    Estimate(2, Decimal("0.10")),
    Score((ARMS, RegionScore(ScoreRegion.LEGS, Decimal(4), 75)), True, "Dr. Ñ"),
    Noticing(0),
    Visit("Why 🙂?", "Come back \0 'soon'; --", date(2026, 7, 1)),
    Visit(),
)


def an_entry(what=FACTS[0], at=NOON, **other):
    places = (what.place_id,) if isinstance(what, Estimate) else (2, 1)
    return CareEntry(0, what, at, ZONE, local_day(at, ZONE), **{"places": places, "note": "perché no", **other})


@pytest.mark.parametrize("what", FACTS, ids=lambda what: type(what).__name__)
def test_an_entry_comes_back_in_full(record, what):
    entry = an_entry(what, ended_on=date(2026, 3, 1), help_shown_at=NOON)
    with record.unit_of_work() as work:
        number = work.care.add(entry)
    again = reopen(record)
    with again.unit_of_work() as work:
        found = work.care.get(number)
        assert found == replace(entry, id=number)
        if isinstance(what, Estimate):
            assert str(found.what.handprints) == "0.10"
    again.close()


def test_entries_are_changed_thrown_away_and_fetched_back(record):
    with record.unit_of_work() as work:
        number = work.care.add(an_entry())
        changed = replace(work.care.get(number), what=LightSession(Device.OTHER), note="x")
        work.care.update(changed)
        assert work.care.get(number) == changed
        work.care.mark_deleted(number, NOON)
        assert work.care.between() == ()
        assert work.care.thrown_away() == (replace(changed, deleted=True),)
        work.care.restore(number)
        assert work.care.between() == (changed,)
        work.care.mark_deleted(number, NOON)
        assert work.care.purge(NOON) == 0
        assert work.care.purge(NOON + DAY) == 1
        for act in (work.care.update, lambda each: work.care.restore(each.id)):
            with pytest.raises(PersonError, match="entry_gone"):
                act(changed)


def test_entries_are_listed_by_kind_and_day(record):
    with record.unit_of_work() as work:
        ids = {what: work.care.add(an_entry(what, NOON + n * DAY)) for n, what in enumerate(FACTS)}
        assert [each.id for each in work.care.between()] == list(ids.values())
        lights = work.care.between(kinds=[CareKind.LIGHT])
        assert [each.what for each in lights] == list(FACTS[:2])
        days = work.care.between(START + DAY, START + 2 * DAY)
        assert [each.what for each in days] == list(FACTS[1:3])
        assert work.care.between(kinds=[]) == ()


# What entries said before


def rows_of_each_noun(work):
    treatment, place = begin(work)
    return {
        Noun.SYMPTOM: work.symptoms.get(
            work.symptoms.add(
                SymptomEntry(0, "itch", NOON, ZONE, 2, 0, (place,), START, "Wash", True, "«mento» \0🙂", NOON)
            )
        ),
        Noun.NOTE: work.notes.get(work.notes.add(NoteEntry(0, NOON, ZONE, "x" * 100_000 + '"\\'))),
        Noun.TUBE: work.tubes.get(work.tubes.add(Tube(0, 60, START, START, "L1", START, True))),
        Noun.CARE_ENTRY: work.care.get(work.care.add(an_entry(FACTS[5]))),
        Noun.APPLICATION: work.applications.get(
            work.applications.add(
                treatment,
                Application(0, Slot(START, Part.EVENING), Outcome.APPLIED, NOON, ZONE, (place,), 0.1, "n"),
                "",
                NOON,
            )
        ),
    }


def test_every_noun_keeps_what_it_said(record):
    with record.unit_of_work() as work:
        kept = rows_of_each_noun(work)
        ids = {noun: work.history.keep(noun, row.id, NOON + DAY) for noun, row in kept.items()}
    again = reopen(record)
    with again.unit_of_work() as work:
        for noun, row in kept.items():
            (edit,) = work.history.of(noun, row.id)
            assert (edit.id, edit.noun, edit.row_id, edit.at, edit.before) == (
                ids[noun],
                noun,
                row.id,
                NOON + DAY,
                row,
            )
            assert work.history.of(noun, 99) == ()
    again.close()


def test_the_latest_correction_comes_first_and_one_can_be_forgotten(record):
    with record.unit_of_work() as work:
        number = work.notes.add(NoteEntry(0, NOON, ZONE, "one"))
        for text in ("two", "three"):
            work.history.keep(Noun.NOTE, number, NOON)
            work.notes.update(replace(work.notes.get(number), text=text))
        said = work.history.of(Noun.NOTE, number)
        assert [edit.before.text for edit in said] == ["two", "one"]
        work.history.forget(said[0].id)
        assert [edit.before.text for edit in work.history.of(Noun.NOTE, number)] == ["one"]


def test_what_is_written_when_the_block_fails_is_in_no_history(record):
    with record.unit_of_work() as work:
        number = work.notes.add(NoteEntry(0, NOON, ZONE, "one"))

    def fail():
        with record.unit_of_work() as work:
            work.history.keep(Noun.NOTE, number, NOON)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with record.unit_of_work() as work:
        assert work.history.of(Noun.NOTE, number) == ()


def test_the_history_goes_with_its_row_thirty_days_after(record):
    with record.unit_of_work() as work:
        kept = rows_of_each_noun(work)
        for noun, row in kept.items():
            work.history.keep(noun, row.id, NOON)
        gone = kept[Noun.APPLICATION]
        work.applications.remove(gone.id)
        work.history.purge(NOON)
        assert work.history.of(Noun.APPLICATION, gone.id) != ()
        work.history.purge(NOON + DAY)
        assert work.history.of(Noun.APPLICATION, gone.id) == ()
        assert all(work.history.of(noun, row.id) for noun, row in kept.items() if noun is not Noun.APPLICATION)

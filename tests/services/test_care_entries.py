"""Everything else on a real record: any text survives, nothing urgent is silent, every correction can be read."""

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
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.history import Noun
from companion.domain.moments import Part, Slot, local_day
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.journal import KEEP_DELETED, NewSymptom
from tests.support.home import ROME, TODAY, at

DAY = timedelta(days=1)
LIGHT = NewCare(LightSession(Device.EXCIMER, Decimal("1.5")), places=(1,), note="a little pink")
ONE_LINE = Score((RegionScore(ScoreRegion.ARMS, Decimal(3), 50),), True)


@pytest.fixture
def entries(home):
    return home.services.care_entries


def test_an_entry_is_there_after_a_restart(home, entries):
    done = entries.add(LIGHT)
    assert done.changes.care
    assert done.help is None
    home.reopen()
    row = home.services.care_entries.get(done.id)
    assert row == CareEntry(done.id, LIGHT.what, at(8), ROME, TODAY, places=(1,), note="a little pink")


def test_a_day_without_a_time_is_its_noon_and_today_is_now(entries):
    past = entries.get(entries.add(replace(LIGHT, day=TODAY - DAY)).id)
    assert (past.at, past.day) == (at(12, day=TODAY - DAY), TODAY - DAY)
    assert entries.get(entries.add(replace(LIGHT, day=TODAY)).id).at == at(8)
    early = entries.get(entries.add(replace(LIGHT, at=at(0, 30))).id)
    assert (early.at, early.day) == (at(0, 30), TODAY)


def test_the_place_of_an_estimate_is_its_own(entries):
    row = entries.get(entries.add(NewCare(Estimate(2, Decimal("0.3")), places=(1,))).id)
    assert row.places == (2,)
    entries.edit(replace(row, what=Estimate(1, Decimal("0.3"))))
    assert entries.get(row.id).places == (1,)


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewCare(LightSession(Device.OTHER, Decimal(0))), "light_minutes"),
        (NewCare(SkinDay(OnSkin.SUN), day=TODAY + DAY), "in_future"),
        (NewCare(SkinDay(OnSkin.SUN), at=at(9)), "in_future"),
        (NewCare(SkinDay(OnSkin.SUN), day=date(1066, 10, 14)), "day_too_early"),
        (NewCare(OtherTreatment("x"), ended_on=TODAY - DAY), "end_before_start"),
        (NewCare(SkinDay(OnSkin.SUN), places=(99,)), "unknown_place"),
        (NewCare(Estimate(99, Decimal(1))), "unknown_place"),
        (NewCare(Noticing(2), places=(1, 2)), "one_place"),
        (NewCare(Visit(), note="x" * 100_001), "note_too_long"),
        (NewCare(Visit(next_on=TODAY - DAY)), "next_before_visit"),
        (NewCare(Score((), True)), "score_empty"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_noted(entries, new, key):
    with pytest.raises(PersonError, match=f"^{key}$"):
        entries.add(new)
    assert entries.of_kinds() == ()
    row = entries.get(entries.add(NewCare(SkinDay(OnSkin.TAN))).id)
    wrong = replace(
        row,
        what=new.what,
        day=new.day or row.day,
        at=new.at or row.at,
        ended_on=new.ended_on,
        places=new.places,
        note=new.note,
    )
    with pytest.raises(PersonError, match=f"^{key}$"):
        entries.edit(wrong)
    assert entries.get(row.id) == row


def test_estimates_together_are_no_more_than_a_body(entries):
    first = entries.get(entries.add(NewCare(Estimate(1, Decimal(70)))).id)
    with pytest.raises(PersonError, match="estimates_over_body"):
        entries.add(NewCare(Estimate(2, Decimal("30.5"))))
    entries.add(NewCare(Estimate(2, Decimal(30))))
    with pytest.raises(PersonError, match="estimates_over_body"):
        entries.edit(replace(first, what=Estimate(1, Decimal(71))))
    entries.edit(replace(first, what=Estimate(1, Decimal(10))))  # a smaller one is always taken


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "<b>bold</b><script>alert(1)</script>", "\0 nul", "🙂 \ud83d", "'; DROP TABLE care_entry; --", "="],
)
def test_any_text_survives(home, entries, text):
    number = entries.add(NewCare(Visit(text, text), note=text)).id
    home.reopen()
    row = home.services.care_entries.get(number)
    whole = text.replace("\ud83d", "\ufffd")
    assert (row.note, row.what.asked, row.what.said) == (whole, whole, whole)


# What is urgent


URGENT = [
    NewCare(SkinDay(OnSkin.SUN), note="dolore al petto da stamattina"),
    NewCare(OtherTreatment("something for my chest pain and I can't breathe")),
    NewCare(Visit(asked="una gamba gonfia e calda, che faccio?")),
    NewCare(Visit(said="go to hospital if your throat is swelling and you can't breathe")),
    NewCare(replace(ONE_LINE, by="dolore al petto")),
]


@pytest.mark.parametrize("new", URGENT, ids=lambda new: type(new.what).__name__)
def test_urgent_words_anywhere_show_the_help_page_first(entries, new):
    with pytest.raises(NeedsAnswer) as asked:
        entries.add(new)
    assert asked.value.questions == ("get_help",)
    assert entries.of_kinds() == ()
    done = entries.add(replace(new, help_shown=True))
    assert done.help == asked.value.values["category"]
    assert entries.get(done.id).help_shown_at == at(8)


def test_an_edit_that_becomes_urgent_shows_the_help_page_once(home, entries):
    row = entries.get(entries.add(LIGHT).id)
    urgent = replace(row, note="chest pain since noon")
    with pytest.raises(NeedsAnswer):
        entries.edit(urgent)
    assert entries.get(row.id) == row
    home.clock.advance(timedelta(minutes=5))
    entries.edit(urgent, help_shown=True)
    shown = entries.get(row.id)
    assert shown.help_shown_at == at(8, 5)
    entries.edit(replace(shown, note="chest pain since noon, gone at two"))
    assert entries.get(row.id).help_shown_at == at(8, 5)


def test_help_that_was_never_shown_is_not_said_to_have_been(entries):
    assert entries.get(entries.add(replace(LIGHT, help_shown=True)).id).help_shown_at is None


# Correcting and taking back


def test_a_corrected_day_takes_the_instant_with_it(home, entries):
    row = entries.get(entries.add(LIGHT).id)
    entries.edit(replace(row, day=TODAY - 3 * DAY))
    moved = entries.get(row.id)
    assert (moved.at, moved.day) == (at(8, day=TODAY - 3 * DAY), TODAY - 3 * DAY)
    entries.edit(replace(moved, at=at(23, 30, day=TODAY - 9 * DAY)))
    assert entries.get(row.id).day == TODAY - 9 * DAY
    # Nine in the evening of a past day, corrected to today: not later than now.
    entries.edit(replace(entries.get(row.id), day=TODAY))
    assert entries.get(row.id).at == at(8)


def test_every_correction_can_be_read(home, entries):
    row = entries.get(entries.add(LIGHT).id)
    entries.edit(replace(row, note="second"))
    home.clock.advance(DAY)
    entries.edit(replace(row, note="third"))
    edits = entries.history(Noun.CARE_ENTRY, row.id)
    assert [edit.before.note for edit in edits] == ["second", "a little pink"]
    assert [edit.at for edit in edits] == [at(8, day=TODAY + DAY), at(8)]
    entries.edit(replace(row, note="third"))
    assert len(entries.history(Noun.CARE_ENTRY, row.id)) == 2  # nothing was corrected


def test_a_correction_taken_back_leaves_no_trace_and_twice_changes_nothing(entries):
    row = entries.get(entries.add(LIGHT).id)
    entries.edit(replace(row, note="second"))
    done = entries.edit(replace(row, note="third"))
    for _ in range(2):
        entries.undo(done.undo)
        assert entries.get(row.id).note == "second"
        assert [edit.before.note for edit in entries.history(Noun.CARE_ENTRY, row.id)] == ["a little pink"]


def test_an_addition_and_a_deletion_are_taken_back(entries):
    added = entries.add(LIGHT)
    row = entries.get(added.id)
    deleted = entries.delete(added.id)
    assert entries.of_kinds() == ()
    entries.undo(deleted.undo)
    assert entries.of_kinds() == (row,)
    for _ in range(2):
        entries.undo(added.undo)
        assert entries.of_kinds() == ()


def test_another_treatment_ends(entries):
    number = entries.add(NewCare(OtherTreatment("Tacrolimus"), day=TODAY - 30 * DAY)).id
    entries.end(number)
    assert entries.get(number).ended_on == TODAY
    with pytest.raises(PersonError, match="end_before_start"):
        entries.end(number, TODAY - 31 * DAY)
    assert len(entries.history(Noun.CARE_ENTRY, number)) == 1


def test_what_is_gone_is_said(entries):
    row = entries.get(entries.add(LIGHT).id)
    gone = replace(row, id=99)
    for act in (lambda: entries.edit(gone), lambda: entries.delete(99), lambda: entries.end(99)):
        with pytest.raises(PersonError, match="entry_gone"):
            act()


def test_deleted_entries_go_for_good_after_thirty_days_with_their_history(home, entries):
    kept, gone = entries.add(LIGHT).id, entries.add(LIGHT).id
    for number in (kept, gone):
        entries.edit(replace(entries.get(number), note="corrected"))
    entries.delete(gone)
    home.clock.advance(KEEP_DELETED - DAY)
    home.services.tidy()
    assert entries.get(gone) is not None
    home.clock.advance(2 * DAY)
    home.services.tidy()
    assert entries.get(gone) is None
    assert entries.history(Noun.CARE_ENTRY, gone) == ()
    assert len(entries.history(Noun.CARE_ENTRY, kept)) == 1


# Listing, sizes


def test_entries_are_listed_oldest_first_by_kind_and_day(entries):
    for number, what in enumerate((SkinDay(OnSkin.SUN), LIGHT.what, SkinDay(OnSkin.TAN))):
        entries.add(NewCare(what, day=TODAY - (9 - number) * DAY))
    assert [each.what.what for each in entries.of_kinds(CareKind.SKIN_DAY)] == [OnSkin.SUN, OnSkin.TAN]
    assert len(entries.of_kinds()) == 3
    assert [each.kind for each in entries.of_kinds(first=TODAY - 8 * DAY)] == [CareKind.LIGHT, CareKind.SKIN_DAY]
    assert [each.kind for each in entries.of_kinds(last=TODAY - 9 * DAY)] == [CareKind.SKIN_DAY]


def test_the_sizes_are_the_latest_estimates_and_else_what_the_places_were_given(entries):
    assert entries.areas().by_place == ((1, Decimal(1)), (2, Decimal("0.5")), (3, Decimal("0.5")))
    entries.add(NewCare(Estimate(1, Decimal("9.6"))))
    entries.add(NewCare(Estimate(1, Decimal(3)), day=TODAY - 9 * DAY))  # told later, of an earlier day
    entries.add(NewCare(Estimate(3, Decimal(20))))
    areas = entries.areas()
    assert dict(areas.by_place) == {1: Decimal("9.6"), 2: Decimal("0.5"), 3: Decimal(20)}
    assert (areas.treated, areas.cap, areas.over_cap) == (Decimal("10.1"), 10, True)  # the knee is not treated


def test_without_a_treatment_no_line_is_drawn(bare):
    assert bare.services.care_entries.areas().cap is None


# The history of the others


def test_side_effects_and_notes_keep_what_they_said(home, entries):
    journal = home.services.journal
    note = journal.get_note(journal.add_note("one").id)
    edited = journal.edit_note(replace(note, text="two"))
    assert [edit.before for edit in entries.history(Noun.NOTE, note.id)] == [note]
    journal.undo(edited.undo)
    assert entries.history(Noun.NOTE, note.id) == ()
    itch = journal.get_symptom(journal.add_symptom(NewSymptom("itch", bad=1)).id)
    edited = journal.edit_symptom(replace(itch, bad=2))
    ended = journal.end_symptom(itch.id)
    assert [edit.before.bad for edit in entries.history(Noun.SYMPTOM, itch.id)] == [2, 1]
    journal.undo(ended.undo)
    journal.undo(edited.undo)
    assert entries.history(Noun.SYMPTOM, itch.id) == ()
    assert journal.get_symptom(itch.id) == itch


def test_applications_keep_what_they_said_also_when_taken_out(home, entries):
    log = home.services.applications
    slot = Slot(local_day(at(8), ROME), Part.MORNING)
    done = log.log(Log(slot=slot, at=at(7, 45)))
    (row,) = log.between(TODAY, TODAY)
    edited = log.edit(replace(row, note="after the shower"))
    assert [edit.before for edit in entries.history(Noun.APPLICATION, row.id)] == [row]
    log.undo(edited.undo)
    log.undo(edited.undo)
    assert entries.history(Noun.APPLICATION, row.id) == ()
    removed = log.remove(row.id)
    assert [edit.before for edit in entries.history(Noun.APPLICATION, row.id)] == [row]
    log.undo(removed.undo)
    assert entries.history(Noun.APPLICATION, row.id) == ()
    log.undo(done.undo)
    assert entries.history(Noun.APPLICATION, row.id) == ()  # what was never meant is no correction
    log.log(Log(slot=slot, at=at(7, 45)))
    (row,) = log.between(TODAY, TODAY)
    log.remove(row.id)
    home.clock.advance(KEEP_DELETED + DAY)
    home.services.tidy()
    assert entries.history(Noun.APPLICATION, row.id) == ()

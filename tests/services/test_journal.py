"""Side effects and notes on a real record: urgent ones are never noted silently, and any text survives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.services.journal import (
    KEEP_DELETED,
    MAX_TEXT,
    NewSymptom,
    help_categories,
    help_for_symptom,
    symptom_name,
    symptoms,
)
from companion.wording import use_language
from tests.support.home import TODAY, at


@pytest.fixture
def journal(home):
    return home.services.journal


ITCH = NewSymptom("itch", bad=1, bothers=2, places=(2,), note="after the gym")


def test_a_side_effect_is_there_after_a_restart(home, journal):
    done = journal.add_symptom(ITCH)
    assert done.changes.symptoms
    assert done.help is None
    home.reopen()
    row = home.services.journal.get_symptom(done.id)
    assert row == SymptomEntry(done.id, "itch", at(8), "Europe/Rome", 1, 2, (2,), note="after the gym")


RED_FLAGS = [each.code for each in symptoms() if each.shows_help]


@pytest.mark.parametrize("code", RED_FLAGS)
def test_no_red_flag_is_noted_before_the_help_page_was_shown(journal, code):
    with pytest.raises(NeedsAnswer) as asked:
        journal.add_symptom(NewSymptom(code))
    assert asked.value.questions == ("get_help",)
    assert asked.value.values["category"] in {each.id for each in help_categories()}
    assert journal.page() == ()
    done = journal.add_symptom(NewSymptom(code, help_shown=True))
    assert done.help == help_for_symptom(code)
    entry = journal.get_symptom(done.id)
    assert entry is not None
    assert entry.help_shown_at == at(8)


@pytest.mark.parametrize(
    "text", ["my chest hurts and I can't breathe", "Dolore al petto da stamattina", "una gamba gonfia e calda"]
)
def test_urgent_words_in_a_note_or_beside_a_side_effect_show_the_help_page(journal, text):
    for act in (
        lambda shown: journal.add_note(text, help_shown=shown),
        lambda shown: journal.add_symptom(replace(ITCH, note=text, help_shown=shown)),
        lambda shown: journal.add_symptom(replace(ITCH, action=text, help_shown=shown)),
    ):
        with pytest.raises(NeedsAnswer):
            act(False)
        assert act(True).help is not None


def test_an_edit_that_becomes_urgent_shows_the_help_page_once(journal):
    row = journal.get_note(journal.add_note("all fine").id)
    with pytest.raises(NeedsAnswer):
        journal.edit_note(replace(row, text="chest pain since noon"))
    journal.edit_note(replace(row, text="chest pain since noon"), help_shown=True)
    shown = journal.get_note(row.id)
    assert shown.help_shown_at == at(8)
    journal.edit_note(replace(shown, text="chest pain since noon, gone at two"))


def test_ending_a_red_flag_claims_nothing_about_the_page(home, journal):
    done = journal.add_symptom(NewSymptom("fever", help_shown=True))
    shown = journal.get_symptom(done.id).help_shown_at
    home.clock.advance(timedelta(days=2))
    journal.end_symptom(done.id)
    row = journal.get_symptom(done.id)
    assert (row.ended_on, row.help_shown_at) == (TODAY + timedelta(days=2), shown)


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewSymptom("no_such_thing"), "unknown_symptom"),
        (replace(ITCH, bad=4), "scale"),
        (replace(ITCH, bothers=-1), "scale"),
        (replace(ITCH, at=at(8, 3)), "in_future"),
        (replace(ITCH, ended_on=TODAY + timedelta(days=1)), "in_future"),
        (replace(ITCH, ended_on=TODAY - timedelta(days=1)), "end_before_start"),
        (replace(ITCH, places=(99,)), "unknown_place"),
        (replace(ITCH, note="a" * (MAX_TEXT + 1)), "note_too_long"),
        (replace(ITCH, action="a" * (MAX_TEXT + 1)), "note_too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(journal, new, key):
    with pytest.raises(PersonError) as error:
        journal.add_symptom(new)
    assert error.value.key == key
    assert journal.page() == ()


def test_two_full_texts_fit_together(journal):
    journal.add_symptom(replace(ITCH, note="a" * MAX_TEXT, action="b" * MAX_TEXT))


@pytest.mark.parametrize(("text", "key"), [("  \n", "note_empty"), ("a" * (MAX_TEXT + 1), "note_too_long")])
def test_an_empty_or_endless_note_is_refused(journal, text, key):
    with pytest.raises(PersonError) as error:
        journal.add_note(text)
    assert error.value.key == key


@pytest.mark.parametrize(
    "text",
    [
        "<h1>no</h1> & <img src=x onerror=alert(1)>",
        "👩🏽‍⚕️🧴 é ñ ß \u0000-free",
        "היום זה מגרד פחות — اليوم أفضل",
        "first\r\nsecond\n\n\tthird ",
        "è" * MAX_TEXT,
    ],
    ids=["html", "emoji", "right-to-left", "lines", "long"],
)
def test_any_note_comes_back_as_it_was_written(home, journal, text):
    number = journal.add_note(text).id
    home.reopen()
    assert home.services.journal.get_note(number).text == text


def test_undo_of_adding_changing_and_deleting_and_twice(journal):
    added = journal.add_symptom(ITCH)
    changed = journal.edit_symptom(replace(journal.get_symptom(added.id), bad=3))
    journal.undo(changed.undo)
    journal.undo(changed.undo)
    assert journal.get_symptom(added.id).bad == 1
    gone = journal.delete_symptom(added.id)
    assert journal.page() == ()
    journal.undo(gone.undo)
    journal.undo(gone.undo)
    assert [each.id for each in journal.page()] == [added.id]
    journal.undo(added.undo)
    journal.undo(added.undo)
    assert journal.page() == ()


def test_notes_undo_the_same_way(journal):
    added = journal.add_note("one")
    changed = journal.edit_note(replace(journal.get_note(added.id), text="two"))
    journal.undo(changed.undo)
    assert journal.get_note(added.id).text == "one"
    journal.undo(journal.delete_note(added.id).undo)
    assert [each.text for each in journal.page()] == ["one"]
    journal.undo(added.undo)
    assert journal.page() == ()


def test_a_side_effect_and_a_note_of_the_same_number_are_not_mixed_up(journal):
    symptom, note = journal.add_symptom(ITCH), journal.add_note("one")
    assert symptom.id == note.id
    journal.undo(journal.delete_note(note.id).undo)
    journal.delete_symptom(symptom.id)
    assert [type(each) for each in journal.page()] == [NoteEntry]


def test_what_is_gone_is_said_to_be_gone(journal):
    for act in (
        lambda: journal.delete_symptom(9),
        lambda: journal.delete_note(9),
        lambda: journal.end_symptom(9),
        lambda: journal.edit_note(NoteEntry(9, at(8), "UTC", "x")),
    ):
        with pytest.raises(PersonError) as error:
            act()
        assert error.value.key == "entry_gone"


def test_deleted_entries_are_removed_for_good_after_thirty_days(home, journal):
    keep, gone = journal.add_note("keep"), journal.add_note("go")
    journal.delete_note(gone.id)
    home.clock.advance(KEEP_DELETED - timedelta(minutes=1))
    journal.purge()
    assert journal.get_note(gone.id) is not None
    home.clock.advance(timedelta(minutes=2))
    journal.purge()
    assert journal.get_note(gone.id) is None
    assert journal.get_note(keep.id) is not None


def test_the_journal_is_newest_first_and_comes_in_pages(home, journal):
    for number in range(5):
        journal.add_note(f"note {number}", at=at(8, day=date(2026, 11, 1 + number)))
        journal.add_symptom(replace(ITCH, at=at(9, day=date(2026, 11, 1 + number))))
    first = journal.page(limit=4)
    rest = journal.page(limit=50, before=first[-1].at)
    moments = [each.at for each in (*first, *rest)]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 10


def test_the_journal_is_searched_by_words_kinds_place_and_the_names_of_side_effects(journal):
    journal.add_symptom(ITCH)
    journal.add_symptom(NewSymptom("redness", places=(1,)))
    journal.add_note("Perché prude così?")
    assert len(journal.page(text="perche")) == 1
    assert [each.code for each in journal.page(text="GYM")] == ["itch"]
    assert [each.code for each in journal.page(text="redn")] == ["redness"]
    use_language("it")
    assert [each.code for each in journal.page(text="prurito")] == ["itch"]
    assert len(journal.page(kinds=("note",))) == 1
    assert len(journal.page(kinds=("symptom",))) == 2
    assert [each.code for each in journal.page(place=1)] == ["redness"]
    assert journal.page(text="100%_") == ()


def test_every_side_effect_has_a_name_in_both_languages():
    for language in ("en", "it"):
        use_language(language)
        names = [symptom_name(each.code) for each in symptoms()]
        assert len(set(names)) == len(names)
        assert not {each.code for each in symptoms()} & set(names)
    assert symptom_name("from_a_newer_version") == "from_a_newer_version"


def test_an_entry_that_turns_urgent_in_another_way_shows_the_page_again(home, journal):
    number = journal.add_note("pain in a leg and it is swollen", help_shown=True).id
    row = journal.get_note(number)
    home.clock.advance(timedelta(hours=1))
    for changed in (replace(row, text=row.text + "; chest pain since noon"),):
        with pytest.raises(NeedsAnswer) as asked:
            journal.edit_note(changed)
        assert asked.value.questions == ("get_help",)
        journal.edit_note(changed, help_shown=True)
    assert journal.get_note(number).help_shown_at == at(9)
    journal.edit_note(replace(journal.get_note(number), text="chest pain since noon"))

    entry = journal.get_symptom(journal.add_symptom(NewSymptom("fever", help_shown=True)).id)
    for changed in (replace(entry, code="chest_pain"), replace(entry, note="dolore al petto")):
        with pytest.raises(NeedsAnswer):
            journal.edit_symptom(changed)
    journal.edit_symptom(replace(entry, bad=2, note="38.5"))

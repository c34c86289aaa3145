"""Side effects and notes: kept as they were told, found again, and paged through without losing one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.domain.errors import PersonError
from companion.domain.reactions import NoteEntry, SymptomEntry
from tests.support.records import NOON, ZONE

HOUR = timedelta(hours=1)
FULL = SymptomEntry(
    0, "acne", NOON, ZONE, 2, 0, (2, 1), date(2026, 1, 9), "Washed it off.", True, "Prurito sul «mento»\n🙂", NOON
)


def a_symptom(at=NOON, code="itch", **other):
    return SymptomEntry(0, code, at, ZONE, **other)


def a_note(text="A note.", at=NOON):
    return NoteEntry(0, at, ZONE, text)


def test_a_side_effect_comes_back_in_full(record):
    with record.unit_of_work() as work:
        for each in (FULL, a_symptom()):
            number = work.symptoms.add(each)
            assert work.symptoms.get(number) == replace(each, id=number)
        assert work.symptoms.get(99) is None


def test_a_note_comes_back_in_full(record):
    long = "x" * 100_000 + " \0 '; --"
    with record.unit_of_work() as work:
        number = work.notes.add(replace(a_note(long), help_shown_at=NOON))
        assert work.notes.get(number) == NoteEntry(number, NOON, ZONE, long, NOON)
        assert work.notes.get(99) is None


@pytest.mark.parametrize("store", ["symptoms", "notes"])
def test_entries_are_changed_thrown_away_and_fetched_back(record, store):
    with record.unit_of_work() as work:
        entries = getattr(work, store)
        new = FULL if store == "symptoms" else a_note()
        number = entries.add(new)
        changed = replace(entries.get(number), zone="America/New_York")
        entries.update(changed)
        assert entries.get(number) == changed
        entries.mark_deleted(number, NOON)
        assert entries.all() == entries.page(5) == work.journal.page(5) == ()
        assert entries.all(deleted=True) == (replace(changed, deleted=True),)
        assert entries.get(number).deleted
        entries.restore(number)
        assert entries.all() == (changed,)
        entries.mark_deleted(number, NOON)
        assert entries.purge(NOON) == 0
        assert entries.purge(NOON + HOUR) == 1
        for change in (lambda: entries.update(changed), lambda: entries.mark_deleted(number, NOON)):
            with pytest.raises(PersonError, match="entry_gone"):
                change()


@pytest.mark.parametrize("number", [-1, 4])
def test_scales_go_from_none_to_very(record, number):
    with pytest.raises(Exception, match="CHECK"), record.unit_of_work() as work:
        work.symptoms.add(a_symptom(bad=number))


@pytest.fixture
def mixed(record):
    """Sixty entries, many of them at the same instant, some thrown away; the instants are few on purpose."""
    chance = random.Random(7)
    with record.unit_of_work() as work:
        for _ in range(60):
            at = NOON + HOUR * chance.randrange(12)
            if chance.random() < 0.5:
                number = work.symptoms.add(a_symptom(at, places=(chance.randrange(3),)))
                store = work.symptoms
            else:
                number = work.notes.add(a_note(at=at))
                store = work.notes
            if chance.random() < 0.2:
                store.mark_deleted(number, NOON)
    return record


def walk(page, limit):
    """Return every entry that paging shows, page by page."""
    shown, before = [], None
    while found := page(limit, before):
        assert len(found) >= limit or not page(limit, found[-1].at)
        shown.append(found)
        before = found[-1].at
    return shown


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 59, 100])
def test_pages_show_every_entry_once_newest_first(mixed, limit):
    with mixed.unit_of_work() as work:
        everything = {*work.symptoms.all(), *work.notes.all()}
        for page, expected in (
            (lambda limit, before: work.journal.page(limit, before), everything),
            (work.symptoms.page, set(work.symptoms.all())),
            (work.notes.page, set(work.notes.all())),
            (
                lambda limit, before: work.journal.page(limit, before, place=1),
                {each for each in work.symptoms.all() if 1 in each.places},
            ),
            (lambda limit, before: work.journal.page(limit, before, kinds=("note",)), set(work.notes.all())),
            (lambda limit, before: work.journal.page(limit, before, text="A NOTE"), set(work.notes.all())),
        ):
            shown = [each for found in walk(page, limit) for each in found]
            assert len(shown) == len(set(shown))
            assert set(shown) == expected
            assert [each.at for each in shown] == sorted((each.at for each in shown), reverse=True)


def test_a_page_is_of_at_least_one(record):
    with record.unit_of_work() as work, pytest.raises(ValueError, match="page"):
        work.journal.page(0)


@pytest.fixture
def written(record):
    with record.unit_of_work() as work:
        work.notes.add(a_note("Perché no? 100% d'accordo_"))
        work.notes.add(a_note("STRASSE und Straße"))
        work.symptoms.add(a_symptom(code="acne", note="rough SKIN", places=(1, 12)))
        work.symptoms.add(a_symptom(code="redness", action="Called the pharmacy"))
        work.symptoms.add(a_symptom(code="acne", places=(2,)))
    return record


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("perche", 1),
        ("PERCHÉ", 1),
        ("perche\u0301", 1),
        ("100%", 1),
        ("%", 1),
        ("_", 1),
        ("d'accordo", 1),
        ("strasse", 1),
        ("skin", 1),
        ("pharmacy", 1),
        ("acne", 0),  # a code is not what the person wrote
        ("nowhere", 0),
        ("*", 0),
        ("'", 1),
    ],
)
def test_search_finds_what_was_written_however_it_was_typed(written, text, found):
    with written.unit_of_work() as work:
        assert len(work.journal.page(10, text=text)) == found


def test_search_finds_side_effects_by_the_names_only_the_wording_knows(written):
    with written.unit_of_work() as work:
        found = work.journal.page(10, text="spot", codes=("acne", "never noted"))
        assert [each.code for each in found] == ["acne", "acne"]
        assert len(work.journal.page(10, text="skin", codes=("redness",))) == 2
        assert len(work.journal.page(10, text="skin", codes=("redness",), place=12)) == 1


def test_the_journal_can_be_narrowed(written):
    with written.unit_of_work() as work:
        assert len(work.journal.page(10)) == 5
        assert len(work.journal.page(10, kinds=("symptom",))) == 3
        assert len(work.journal.page(10, kinds=("note",))) == 2
        assert work.journal.page(10, kinds=()) == ()
        assert [each.places for each in work.journal.page(10, place=12)] == [(1, 12)]
        assert [each.places for each in work.journal.page(10, place=2)] == [(2,)]
        assert work.journal.page(10, kinds=("note",), place=1) == ()

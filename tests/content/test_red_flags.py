"""What a typed text must set off, and what it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.content import reactions
from companion.wording import resources

ROOT = resources.root()
MOST_FALSE_ALARMS = 2
TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))
"""By what they call for and by language: urgent ones in lay words, ordinary notes, ..."""


@pytest.mark.parametrize("text", [*TEXTS["urgent"]["en"], *TEXTS["urgent"]["it"]])
def test_an_urgent_text_is_never_missed(text: str) -> None:
    assert reactions.help_needed(ROOT, text)


@pytest.mark.parametrize("language", ["en", "it"])
def test_ordinary_notes_set_off_hardly_anything(language: str) -> None:
    notes = TEXTS["harmless"][language]
    assert len(notes) >= 60
    alarms = [note for note in notes if reactions.help_needed(ROOT, note)]
    assert len(alarms) <= MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_sign_of_the_list_calls_for_help_in_its_own_words(language: str) -> None:
    silent = [
        sign
        for category in reactions.help_categories(ROOT, language)
        for sign in category.signs
        if not reactions.help_needed(ROOT, sign)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("one leg is swollen and hurts", "clot"),
        ("my dad's mouth hangs down on one side", "stroke"),
        ("my daughter has hives and her lips are swollen", "allergy"),
        ("ha la bocca storta e parla strano", "stroke"),
        ("mi sento una morsa al petto", "heart"),
        ("vorrei sparire per sempre", "distress"),
        ("i dont want to be here anymore", "distress"),
        ("la ferita sul naso non guarisce", "skin"),
    ],
)
def test_the_right_section_is_named_first(text: str, category: str) -> None:
    assert reactions.help_needed(ROOT, text)[0] == category


def test_the_most_urgent_comes_first() -> None:
    urgency = {category.id: category.urgency for category in reactions.help_categories(ROOT, "en")}
    order = list(dict.fromkeys(urgency.values()))
    found = reactions.help_needed(ROOT, "fever, bruises and pain in my chest")
    assert set(found) >= {"heart", "infection", "blood"}
    assert [order.index(urgency[each]) for each in found] == sorted(order.index(urgency[each]) for each in found)


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("my chest hurts", ("heart", "clot")),
        ("i can't breathe properly", ("clot", "allergy")),
        ("mi fa male il petto", ("heart", "clot")),
        ("faccio fatica a respirare", ("clot", "allergy")),
    ],
)
def test_a_sign_that_may_mean_two_things_calls_for_both_sections(text: str, categories: tuple[str, ...]) -> None:
    assert reactions.help_needed(ROOT, text) == categories


def test_both_languages_are_searched_and_negation_is_ignored() -> None:
    assert reactions.help_needed(ROOT, "no chest pain")
    assert reactions.help_needed(ROOT, "dolore al petto, chest fine")


def test_accents_case_and_marks_do_not_matter() -> None:
    assert reactions.help_needed(ROOT, "FEBBRE!!! perché?") == reactions.help_needed(ROOT, "febbre perche")


def test_words_far_apart_do_not_make_a_sign() -> None:
    far = "throat " + "and so on " * 6 + "closing"
    near = "throat and so on closing"
    assert "allergy" in reactions.help_needed(ROOT, near)
    assert "allergy" not in reactions.help_needed(ROOT, far)


@pytest.mark.parametrize("text", ["", "   ", "!!!", "…", "日本語", "a" * 5000])
def test_any_text_is_taken(text: str) -> None:
    assert reactions.help_needed(ROOT, text) == ()


@pytest.mark.parametrize(
    ("text", "phrases", "left"),
    [
        ("i cut myself shaving today", ["cut myself shaving"], "i | today"),
        ("blood clots and clotting", ["clot*", "blood clots"], "blood | and |"),
        ("nothing here", ["shaving"], "nothing here"),
        ("so so so", ["so"], "| | |"),
    ],
)
def test_a_phrase_taken_out_leaves_a_gap(text: str, phrases: list[str], left: str) -> None:
    assert reactions.without(text, phrases) == left

"""What the grammar takes for a misspelt word, and what it must leave alone."""

from __future__ import annotations

import tracemalloc

import pytest

from companion.content import library, reactions
from companion.content.grammar import grammar
from companion.wording import resources

ROOT = resources.root()


@pytest.mark.parametrize("language", ["en", "it"])
def test_no_word_of_the_articles_is_taken_for_a_misspelt_one(language: str) -> None:
    words = {
        word
        for article in library.articles(ROOT, language)
        for sections in article.levels.values()
        for section in sections
        for block in section.blocks
        for word in reactions.fold(block.text)
    }
    assert grammar(ROOT).slips(language, words) == {}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("my lips are swolllen", "allergy"),
        ("cant breathe", "clot"),
        ("i cant swalow", "allergy"),
        ("nn riesco a respirrare", "clot"),
        ("non riesco a inghiotire", "allergy"),
    ],
)
def test_a_slip_of_the_finger_does_not_hide_a_sign(text: str, category: str) -> None:
    assert category in reactions.help_needed(ROOT, text)


def test_what_spoils_a_rule_stands_near_it() -> None:
    assert reactions.help_needed(ROOT, "my leg is hot and tight")
    assert not reactions.help_needed(ROOT, "my jeans are tight on the leg")


@pytest.mark.parametrize("word", ["x" * 99_000, "dolore" * 16_000, "ab" * 49_000])
def test_one_endless_word_costs_no_more_than_its_length(word):
    reactions.help_needed(ROOT, "dolore al petto")  # what is loaded once is not counted
    tracemalloc.start()
    try:
        reactions.help_needed(ROOT, word)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200 * len(word)

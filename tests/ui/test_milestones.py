"""A milestone card says where its words come from, and leads to a section that exists."""

from __future__ import annotations

import pytest

from companion.domain.today import Milestone
from companion.services import citing, learning
from companion.ui.pages.today.notices import ARTICLES, SOURCES
from companion.wording import LANGUAGES, say


@pytest.mark.parametrize("milestone", Milestone)
def test_every_milestone_leads_to_a_section_that_exists(milestone):
    slug, _, anchor = ARTICLES[milestone].partition("#")
    for language in LANGUAGES:
        article = learning.article(slug, language)
        assert article is not None
        for sections in article.levels.values():
            assert not anchor or anchor in [section.anchor for section in sections]
    assert say(f"today.milestone.{milestone.value}.text")


@pytest.mark.parametrize("source", SOURCES.values())
def test_words_that_are_not_the_leaflets_have_a_source_of_the_table(source):
    assert citing.source(source) is not None

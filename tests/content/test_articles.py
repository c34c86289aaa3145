"""The articles are held to their rules, and every rule has been seen to fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from companion.content import library, readability
from companion.content.check import check
from companion.domain.articles import BlockKind, Level
from companion.domain.leaflet import Leaflet
from companion.wording import resources


def test_the_content_has_no_fault():
    assert check(resources.root()) == []


def test_every_article_of_the_plan_is_there_in_both_languages():
    slugs = [article.slug for article in library.articles(resources.root(), "en")]
    assert slugs == [article.slug for article in library.articles(resources.root(), "it")]
    assert len(slugs) >= 13


ARTICLE = """+++
slug = "{slug}"
order = 1
title = "A title"
summary = "A summary."
minutes = 1
checked = "2026-11-21"
review = "checked-not-reviewed"
+++
=== plain
## Head {{#first}}
The [cream](term:cream) helps 30 in 100.[^one] Read [on](article:{slug}#first).[^-]

::: leaflet eu
The cream is thin.[^eu]
:::
=== more
## Head {{#first}}
The cream helps 30 in 100.[^one]

::: leaflet eu
The cream is thin.[^eu]
:::
=== clinical
## Head {{#first}}
The cream helps 29.8 in 100.[^one]

::: leaflet eu
The cream is thin.[^eu]
:::
"""


MORE = "=== more\n## Head {#first}\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A library of one article in two languages, without a fault."""
    content = tmp_path / "content"
    source = {"title": "T", "publisher": "P", "year": 2024, "address": "a", "supports": "s", "checked": "2026-11-21"}
    lines = [source | {"id": "one", "kind": "trial"}, source | {"id": "eu", "kind": "leaflet-eu"}]
    lines.append(source | {"id": "us", "kind": "label-us"})
    for language in ("en", "it"):
        (content / language).mkdir(parents=True)
        (content / language / "a.md").write_text(ARTICLE.format(slug="a"), encoding="utf-8")
    term = {"term": "cream", "forms": ["cream"], "text": "Soft."}
    words = ["the", "helps", "read", "thin", "head"]
    files = {
        "sources.json": lines,
        "glossary.json": [{"id": "cream", "en": term, "it": term}],
        "check-rules.json": {
            "masked": ["jak1"],
            "banned": {"en": ["cured?"], "it": ["danno"]},
            "everyday": {"en": words, "it": words},
        },
        "symptoms.json": [],
        "red-flags.json": {},
        "icon-arrays.json": {},
    }
    for name, value in files.items():
        (content / name).write_text(json.dumps(value), encoding="utf-8")
    return tmp_path


def test_the_small_library_is_sound(small: Path):
    assert check(small) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("30 in 100.[^one] Read", "30 in 100. Read", "claim without source"),
        ("[^one]", "[^two]", "unknown source two"),
        ("[^eu]", "[^us]", "us is not a source for readers of the eu leaflet"),
        ("=== clinical", "=== plain", "not all three levels"),
        ("(term:cream)", "(term:lotion)", "unknown term lotion"),
        ("(article:a#first)", "(article:b)", "broken cross-reference b"),
        ("(article:a#first)", "(article:a#second)", "broken cross-reference a#second"),
        ("helps 30 in 100.[^one] Read", "helps 45 in 100.[^one] Read", "45 stands in the plain level only"),
        ("The cream is thin", "The cream is cured", "banned word"),
        ("The [cream]", "The emollient [cream]", "emollient is neither an everyday word nor in the glossary"),
        ("The cream is thin", " ".join(["the"] * 21), "a sentence of over 20 words"),
        ("{#first}", "", "a heading needs {#anchor}"),
        ('review = "checked-not-reviewed"', 'review = "fine"', "unknown review status"),
        ("+++\nslug", "slug", "front matter"),
    ],
)
def test_each_fault_is_found(small: Path, old: str, new: str, fault: str):
    path = small / "content" / "en" / "a.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1 if old.startswith(("+++", "===")) else -1), encoding="utf-8")
    library.shelf.cache_clear()
    assert any(fault in line for line in check(small)), check(small)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("30 in 100", "31 in 100", "numbers differ between languages"),
        ("[^one]", "[^eu]", "sources differ between languages"),
    ],
)
def test_a_difference_between_languages_is_found(small: Path, old: str, new: str, fault: str):
    path = small / "content" / "it" / "a.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert any(fault in line for line in check(small))


def test_a_missing_language_is_found(small: Path):
    shutil.rmtree(small / "content" / "it")
    assert "a: missing in one language" in check(small)


def test_hard_text_is_over_its_band(small: Path):
    hard = "Nevertheless immunological pathophysiology necessitates multidisciplinary consideration.[^one]"
    path = small / "content" / "en" / "a.md"
    text = path.read_text(encoding="utf-8").replace(MORE, f"{MORE}{hard}\n")
    path.write_text(text, encoding="utf-8")
    assert any("en/a/more: Flesch-Kincaid grade" in line for line in check(small))


def test_readers_of_one_leaflet_never_see_the_other_ones_rules():
    seen = {leaflet: 0 for leaflet in Leaflet}
    for article in library.articles(resources.root(), "en"):
        for sections in article.levels.values():
            for section in sections:
                for leaflet in (Leaflet.US, Leaflet.EU):
                    blocks = section.seen_by(leaflet)
                    assert all(block.leaflet in (None, leaflet) for block in blocks)
                    seen[leaflet] += sum(block.leaflet is leaflet for block in blocks)
    assert seen[Leaflet.US] > 10
    assert seen[Leaflet.EU] > 10


def test_sections_keep_the_readers_place():
    for article in library.articles(resources.root(), "en"):
        anchors = {level: [section.anchor for section in sections] for level, sections in article.levels.items()}
        assert anchors[Level.PLAIN] == anchors[Level.MORE] == anchors[Level.CLINICAL]


def test_runs_tell_terms_links_and_claims_apart():
    runs = library.parse_runs("A [cell](term:cell) and **this**, see [it](article:x#y).[^a,b] Fine.[^-]")
    assert [(run.text, run.term, run.article, run.strong, run.sources, run.plain) for run in runs] == [
        ("A ", "", "", False, (), False),
        ("cell", "cell", "", False, (), False),
        (" and ", "", "", False, (), False),
        ("this", "", "", True, (), False),
        (", see ", "", "", False, (), False),
        ("it", "", "x#y", False, (), False),
        (".", "", "", False, (), False),
        ("", "", "", False, ("a", "b"), False),
        (" Fine.", "", "", False, (), False),
        ("", "", "", False, (), True),
    ]


def test_tables_keep_their_cells():
    text = ARTICLE.format(slug="t").replace(MORE, MORE + "| A | B |\n|---|---|\n| 1 | 2[^one] |\n\n")
    blocks = library.parse_article("t", text).levels[Level.MORE][0].blocks
    assert [block.kind for block in blocks[:2]] == [BlockKind.HEADER_ROW, BlockKind.ROW]
    assert blocks[1].text == "1 | 2"
    assert blocks[1].sources == ("one",)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("cream", 1), ("little", 2), ("immune", 2), ("colour", 2), ("stopped", 1), ("started", 2)],
)
def test_syllables(word: str, count: int):
    assert readability.syllables(word) == count


def test_ease_of_reading_orders_texts():
    easy, hard = ["The cat sat.", "It ate."], ["Pharmacological interventions necessitate considerable circumspection."]
    assert readability.flesch_kincaid(easy) < 3 < readability.flesch_kincaid(hard)
    assert readability.gulpease(["Il gatto dorme."]) > 90 > readability.gulpease(["Farmacologicamente considerando."])


def test_the_shelf_is_known_before_any_article_is_read(small: Path, monkeypatch):
    library.shelf.cache_clear()
    read = []
    whole = library._Reader.read
    monkeypatch.setattr(library._Reader, "read", lambda self, body: read.append(self.name) or whole(self, body))
    shelf = library.shelf(small, "en")
    assert shelf[0].title
    assert read == []
    assert set(shelf[0].levels) == set(Level)
    assert shelf[0].levels[Level.PLAIN]
    assert read == ["en/a.md"]
    assert library.articles(small, "en") == shelf
    assert len(read) == len(shelf)

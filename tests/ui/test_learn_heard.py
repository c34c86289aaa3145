"""What a screen reader is told on the Learn page: a tile is one thing, and each source mark says which source."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui import theme
from companion.ui.pages.learn import LearnPage
from companion.ui.pages.learn.words import ReadingWords, short_title
from companion.ui.widgets.article_view_stop import Stop
from companion.ui.widgets.article_view_text import Kind
from companion.wording import use_language
from tests.ui.learn_home import context


@pytest.fixture
def page(qtbot):
    made = LearnPage(context())
    qtbot.addWidget(made)
    made.resize(1084, 832)
    made.show()
    made.enter()
    return made


def test_a_tile_is_one_thing(page):
    for tile in page.index().tiles.values():
        heard = QAccessible.queryAccessibleInterface(tile)
        assert heard.role() is QAccessible.Role.Button
        assert heard.childCount() == 0
        assert heard.text(QAccessible.Text.Description) == ""


def test_a_read_tile_says_so_and_stays_one_thing(page):
    tile = page.index().tiles["the-loop"]
    tile.set_read(True)
    assert tile.accessibleName().endswith("Read.")
    tile.set_read(False)
    assert not tile.accessibleName().endswith("Read.")


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [220, 420, 560])
def test_the_painted_words_of_a_tile_fit_it(page, qapp, spoken, scale, width):
    use_language(spoken)
    theme.apply(qapp, theme.load("light", scale))
    for tile in page.index().tiles.values():
        tile.set_read(True)
        room = tile._room(width)
        words = tile._title.height(room) + tile._summary.height(room) + tile._foot()
        assert tile.heightForWidth(width) >= words + 2 * 16
        lines = [tile._summary._layout.lineAt(number) for number in range(tile._summary._layout.lineCount())]
        assert all(line.naturalTextWidth() <= room + 1 for line in lines)


def marks(page):
    return [stop for stop in page.reader().text.findChildren(Stop) if stop.span.kind is Kind.SOURCE]


@pytest.mark.parametrize("level", ["plain", "more", "clinical"])
def test_each_source_mark_says_which_source(page, level):
    page.context.preferences.level = level
    known = learning.sources()
    for article in learning.shelf("en"):
        page.open(article.slug)
        QApplication.processEvents()
        names = {}
        for stop in marks(page):
            name = stop.accessibleName()
            for target in stop.span.targets:
                assert short_title(known[target].title) in name
                assert known[target].year is None or str(known[target].year) in name
            names.setdefault(name, set()).add(stop.span.targets)
            title = known[stop.span.targets[0]].title
            assert (title in name) != (title in stop.accessibleDescription()), "heard twice, or never in full"
        assert all(len(targets) == 1 for targets in names.values()), "two sources, one name"


def test_a_long_title_is_cut_at_a_word():
    for source in learning.sources().values():
        short = short_title(source.title)
        assert 0 < len(short) <= 66
        assert source.title.startswith(short.rstrip("…").rstrip())
    assert short_title(
        "Validation of a scale: what the patients said of it, year after year (Br J Dermatol 2016)"
    ).endswith("year after…")


def test_the_year_is_said_once():
    words = ReadingWords("en", Leaflet.EU)
    for source in learning.sources().values():
        if source.year is not None:
            assert words.short(source).count(str(source.year)) == 1

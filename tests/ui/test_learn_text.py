"""The text of an article as widgets: marks, terms, lines, leaflets, keyboard, cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from companion.domain.articles import Block, BlockKind, Level, Run, Section
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui import theme
from companion.ui.pages.learn.cards import Cards
from companion.ui.pages.learn.words import ReadingWords
from companion.ui.widgets.article_view import ArticleText, Desk
from companion.ui.widgets.article_view_prose import LONGEST_LINE, reading_width
from companion.ui.widgets.article_view_table import ArticleTable
from companion.ui.widgets.article_view_text import Kind, compose, mark_after, number_sources
from tests.ui.learn_home import context

NUMBERS = {"a": 1, "b": 2}


def test_shown_and_spoken_words_differ_by_the_marks_only():
    text = compose((Run("It takes "), Run("months", term="week"), Run("."), Run(sources=("a", "b"))), NUMBERS)
    assert text.spoken == "It takes months."
    assert text.shown == "It takes months.\u202f1,2"
    assert [(span.kind, text.shown[span.start : span.start + span.length]) for span in text.spans] == [
        (Kind.TERM, "months"),
        (Kind.SOURCE, "1,2"),
    ]
    assert text.spans[1].targets == ("a", "b")


@pytest.mark.parametrize(("text", "mark"), [("30 in 100", "[2]"), ("0.4%", "[2]"), ("colour.", "2"), ("", "2")])
def test_a_mark_after_a_number_does_not_look_like_a_power(text, mark):
    assert mark_after(text, "2") == mark


def test_sources_are_numbered_in_the_order_they_are_cited():
    blocks = [Block(BlockKind.PARAGRAPH, ((Run("x"), Run(sources=("b",)), Run("y"), Run(sources=("a", "b"))),))]
    assert number_sources(blocks) == {"b": 1, "a": 2}


def text_of(qtbot, slug="the-loop", level=Level.PLAIN, leaflet=Leaflet.EU, lang="en", width=600):
    """Return an article's text laid out in a width, with its words."""
    words = ReadingWords(lang, leaflet)
    sections = learning.article(slug, lang).levels[level]
    made = ArticleText(Desk(), words)
    made.show_sections(sections, leaflet, number_sources(b for s in sections for b in s.seen_by(leaflet)), words)
    qtbot.addWidget(made)
    made.resize(width, made.heightForWidth(width))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_line_is_longer_than_can_be_read(qtbot, qapp, lang, scale):
    theme.apply(qapp, theme.load("light", scale))
    text = text_of(qtbot, "going-on-or-stopping", Level.CLINICAL, lang=lang, width=1500)
    prose = [each for each in text.passages() if not isinstance(each.parent(), ArticleTable)]
    longest = max(each.longest_line() for each in prose)
    marks = 8  # source numbers at the end of a line do not count
    assert 40 < longest <= LONGEST_LINE + marks
    assert all(each.width() <= reading_width() + 20 for each in prose)


def test_every_claim_has_a_button_that_names_its_sources(qtbot):
    text = text_of(qtbot)
    blocks = [block for section in learning.article("the-loop").levels[Level.PLAIN] for block in section.blocks]
    claims = sum(1 for block in blocks for run in block.runs if run.sources)
    marks = [stop for each in text.passages() for stop in each.stops if stop.span.kind is Kind.SOURCE]
    assert len(marks) == claims > 20
    known = learning.sources()
    for stop in marks:
        assert stop.accessibleName().startswith("Source")
        for source in stop.span.targets:
            assert known[source].title in stop.accessibleName() + stop.accessibleDescription()
            assert "21 November 2026" in stop.accessibleDescription()


def test_a_screen_reader_hears_the_words_alone_and_finds_buttons(qtbot):
    text = text_of(qtbot)
    first = text.passages()[1]
    interface = QAccessible.queryAccessibleInterface(first)
    assert interface.role() == QAccessible.Role.StaticText
    assert interface.text(QAccessible.Text.Name).startswith("It begins when colour cells come under stress. This sets")
    stop = first.stops[0]
    assert QAccessible.queryAccessibleInterface(stop).role() == QAccessible.Role.Button
    assert stop.accessibleName() == "Explanation: colour cells"
    assert "colour of skin" in stop.accessibleDescription()
    heading = text.headings["start"]
    assert "section 1 of 7" in heading.accessibleDescription()


def test_the_buttons_lie_over_their_words_on_every_line(qtbot):
    text = text_of(qtbot, width=330)
    for passage in text.passages():
        for stop in passage.stops:
            assert passage.rect().adjusted(-8, -8, 8, 8).contains(stop.geometry())
    wrapped = [stop for each in text.passages() for stop in each.stops if not stop.mask().isEmpty()]
    assert wrapped, "in so narrow a column some term breaks over two lines"
    assert all(stop.mask().contains(stop.anchor().center()) for stop in wrapped)


@pytest.mark.parametrize(
    ("leaflet", "labels"),
    [
        (Leaflet.US, ["Your leaflet: United States"]),
        (Leaflet.EU, ["Your leaflet: European Union, Italy"]),
        (
            Leaflet.OTHER,
            [
                "Only if your leaflet is from the United States",
                "Only if your leaflet is from the European Union or Italy",
            ],
        ),
    ],
)
def test_leaflet_blocks_are_shown_to_their_readers_and_named(qtbot, leaflet, labels):
    text = text_of(qtbot, "using-the-cream", leaflet=leaflet)
    words = [each.composed.spoken for each in text.passages()]
    for label in labels:
        assert label in words
    everything = " ".join(words)
    assert ("8 hours from one application" in everything) == (leaflet is not Leaflet.US)
    assert ("The US texts we checked give no number of hours" in everything) == (leaflet is not Leaflet.EU)
    if leaflet is not Leaflet.OTHER:
        assert not any(word.startswith("Only if") for word in words)


def test_a_table_stands_in_columns_or_below_one_another(qtbot):
    text = text_of(qtbot, "side-effects", Level.MORE, width=600)
    table = text.findChild(ArticleTable)
    assert not table.stacked(table.width())
    assert table.head[0].isVisible()
    assert table.rows[0][1].accessibleName() == "With the cream: 6"
    text.resize(150, text.heightForWidth(150))
    assert table.stacked(table.width())
    assert not table.head[0].isVisible()
    tops = [cell.y() for cell in table.rows[0]]
    assert tops == sorted(set(tops))


def test_arrow_keys_go_from_passage_to_passage_and_tab_to_the_marks(qtbot):
    text = text_of(qtbot)
    first, second = text.passages()[:2]
    text.go_to(first)
    assert QApplication.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    assert second.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert first.focusPolicy() == Qt.FocusPolicy.ClickFocus
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.stops[0]
    QTest.keyClick(second.stops[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.stops[1]
    QTest.keyClick(second.stops[1], Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is text.headings["signal"]
    QTest.keyClick(text.headings["signal"], Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is text.headings["start"]


# Cards


@pytest.fixture
def page(qtbot):
    """The page with an article open."""
    from companion.ui.pages.learn import LearnPage

    made = LearnPage(context())
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter("what-is-vitiligo")
    return made


@pytest.fixture
def reader(page):
    """The reader of the page."""
    return page.reader()


def stops_of(reader, kind):
    return [stop for each in reader.text.passages() for stop in each.stops if stop.span.kind is kind]


def words_on(cards: Cards) -> str:
    from PySide6.QtWidgets import QLabel, QTextEdit

    labels = [each.text() for each in cards.findChildren(QLabel) if each.isVisible()]
    return " ".join([*labels, *(each.toPlainText() for each in cards.findChildren(QTextEdit) if each.isVisible())])


def enter(stop):
    QApplication.sendEvent(stop, QEnterEvent(QPointF(2, 2), QPointF(2, 2), QPointF(stop.mapToGlobal(QPoint(2, 2)))))


def test_a_term_is_explained_on_hover_and_stays_while_the_mouse_is_there(qtbot, reader):
    stop = stops_of(reader, Kind.TERM)[1]
    enter(stop)
    qtbot.waitUntil(reader.cards.isVisible, timeout=2000)
    assert "immune system turns on the cells" in words_on(reader.cards)
    QApplication.sendEvent(stop, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not reader.cards.isVisible(), timeout=2000)


def test_a_source_opens_in_place_by_keyboard_and_its_address_can_be_marked(qtbot, reader):
    stop = stops_of(reader, Kind.SOURCE)[0]
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    assert reader.cards.isVisible()
    assert not reader.cards.pinned
    said = words_on(reader.cards)
    source = learning.sources()[stop.span.targets[0]]
    for part in (source.title, source.publisher, source.address, "Checked on 21 November 2026"):
        assert part in said
    QTest.keyClick(stop, Qt.Key.Key_Return)
    assert reader.cards.pinned
    address = QApplication.focusWidget()
    assert address.toPlainText() == source.address
    assert address.textCursor().selectedText() == source.address
    QTest.keyClick(address, Qt.Key.Key_Escape)
    assert not reader.cards.isVisible()
    assert QApplication.focusWidget() is stop


def test_a_press_pins_the_card_and_a_press_beside_it_closes_it(qtbot, reader):
    stop = stops_of(reader, Kind.TERM)[0]
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton, pos=stop.anchor().center())
    assert reader.cards.pinned
    QApplication.sendEvent(stop, QEvent(QEvent.Type.Leave))
    assert reader.cards.isVisible()
    QTest.mouseClick(reader, Qt.MouseButton.LeftButton, pos=QPoint(4, 400))
    assert not reader.cards.isVisible()


def test_a_card_lies_inside_the_page_and_leaves_its_word_readable(reader):
    for stop in stops_of(reader, Kind.SOURCE):
        if not reader.area.viewport().rect().contains(stop.mapTo(reader.area.viewport(), stop.rect().center())):
            continue
        reader.cards.show_for(stop)
        assert reader.rect().contains(reader.cards.geometry())
        word = stop.mapTo(reader, stop.anchor().center())
        assert not reader.cards.geometry().contains(word)


def test_scrolling_closes_the_card(reader):
    reader.cards.show_for(stops_of(reader, Kind.TERM)[0], pin=True)
    reader.area.verticalScrollBar().setValue(200)
    assert not reader.cards.isVisible()


def test_nothing_in_a_text_is_markup(qtbot):
    section = Section("x", "<b>Heading</b>", (Block(BlockKind.PARAGRAPH, ((Run("<img src='http://x'> & <i>"),),)),))
    words = ReadingWords("en", Leaflet.EU)
    text = ArticleText(Desk(), words)
    qtbot.addWidget(text)
    text.show_sections((section,), Leaflet.EU, {}, words)
    assert [each.text() for each in text.passages()] == ["<b>Heading</b>", "<img src='http://x'> & <i>"]
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in text.passages())

"""The controls of an article stay at hand: small where there is little room, in view while the keyboard is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from companion.ui import theme
from companion.ui.pages.learn import LearnPage
from companion.wording import say, use_language
from tests.ui.learn_home import context


@pytest.fixture
def reading(qtbot, qapp):
    """Open an article in a page of a given size; return page, reader and bar."""

    def opened(size, scale=1.0, spoken="en"):
        use_language(spoken)
        theme.apply(qapp, theme.load("light", scale))
        page = LearnPage(context())
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.enter("side-effects")
        for _ in range(4):
            qapp.processEvents()
        kept.append(page)
        reader = page.reader()
        return page, reader, reader.bar

    kept = []
    yield opened
    kept.clear()


def scroll(reader, value=900):
    reader.area.verticalScrollBar().setValue(value)
    QApplication.processEvents()
    assert reader.area.verticalScrollBar().value() > 300


def top_of(reader, widget):
    return widget.mapTo(reader, QPoint(0, 0)).y()


@pytest.mark.parametrize("spoken", ["en", "it"])
@pytest.mark.parametrize(
    ("size", "scale"), [((816, 530), 1.5), ((1074, 785), 1.5), ((1714, 1150), 1.5), ((870, 600), 1.0)]
)
def test_level_and_language_stay_in_view(reading, spoken, size, scale):
    _, reader, bar = reading(size, scale, spoken)
    scroll(reader)
    level = bar.levels if bar.levels is not None and bar.levels.isVisible() else bar.level
    for control in (level, bar.language, bar.larger, bar.paper):
        assert control.isVisible()
        assert 0 <= top_of(reader, control) < size[1] // 4
    assert bar.height() <= size[1] * 0.2


def test_in_little_room_the_levels_are_a_list_that_works(reading):
    page, reader, bar = reading((816, 530), 1.5)
    assert bar.levels.isVisible()
    assert not bar.level.isVisible()
    assert (bar.levels.accessibleName(), bar.levels.chosen()) == (say("learn.level"), "plain")
    bar.levels.chosen_key.emit("clinical")
    assert reader.shown.level == "clinical"
    assert bar.levels.chosen() == "clinical"
    assert bar.back_sign.accessibleName() == say("learn.all")
    bar.back_sign.click()
    assert page._reading_now() is None


def test_with_room_everything_is_in_words(reading):
    _, _, bar = reading((1074, 785))
    assert bar.level.isVisible()
    assert bar.back.isVisible()
    assert not bar.back_sign.isVisible()
    assert bar.levels is None


def test_a_bar_that_is_too_high_comes_when_the_keyboard_does(reading, qapp):
    _, reader, bar = reading((680, 430), 2.0)
    reader.focus_text()
    scroll(reader)
    assert top_of(reader, bar) < 0, "it must scroll away here, or this test proves nothing"
    bar.language.segment("en").setFocus(Qt.FocusReason.TabFocusReason)
    qapp.processEvents()
    assert top_of(reader, bar) == 0
    reader.focus_text()
    qapp.processEvents()
    assert top_of(reader, bar) < 0


def test_shift_tab_from_the_text_goes_to_the_bar_and_shows_it(reading, qapp):
    _, reader, bar = reading((680, 430), 2.0)
    scroll(reader)
    reader.focus_text()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        if bar.isAncestorOf(QApplication.focusWidget()):
            break
    qapp.processEvents()
    assert bar.isAncestorOf(QApplication.focusWidget())
    assert top_of(reader, bar) == 0


@pytest.mark.parametrize("anchor", ["", "#box"])
def test_what_stands_below_the_first_text_comes_after_the_paint_and_moves_nothing(qtbot, qapp, anchor):
    page = LearnPage(context())
    qtbot.addWidget(page)
    page.resize(1074, 785)
    page.show()
    page.enter(f"side-effects{anchor}")
    reader = page.reader()
    assert reader._due is not None
    before = reader.place()
    qtbot.waitUntil(lambda: reader._due is None)
    after = reader.place()
    assert (after.anchor, round(after.share, 2)) == (before.anchor, round(before.share, 2))
    said = " ".join(label.text() for label in reader.findChildren(QLabel))
    assert say("learn.sources") in said
    assert reader._foot.widgets()

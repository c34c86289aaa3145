"""The living pictures: steps, cream, words, sources, keyboard, motion, themes, and what they claim."""

from __future__ import annotations

import json
from itertools import product
from operator import ne

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from companion.domain.articles import Level
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui import theme
from companion.ui.pages.learn.pictures import picture_of
from companion.ui.pages.learn.words import ReadingWords
from companion.ui.widgets import mechanism, mechanism_return
from companion.ui.widgets.icon_array import ArrayCard, percent, said_of
from companion.ui.widgets.mechanism import LoopCard
from companion.ui.widgets.mechanism_loop import STEPS, LoopScene, LoopState
from companion.ui.widgets.mechanism_return import STAGES, ReturnCard, stage_of
from companion.ui.widgets.mechanism_signals import NOTHING, SignalsCard
from companion.ui.widgets.mechanism_skin import HAIRS, TONES, WAYS, SkinState, paint_panel, patch_path, tone_colour
from companion.wording import resources

LANGS = ("en", "it")


def words(lang="en"):
    return ReadingWords(lang, Leaflet.OTHER)


def shown(qtbot, card, width=540):
    qtbot.addWidget(card)
    card.resize(width, card.heightForWidth(width))
    card.show()
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    return card


def grab(paint, width=560, height=460) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def different(first: QImage, second: QImage) -> float:
    """Return the share of pixels that differ, judged by every third of them."""
    one, two = bytes(first.constBits())[::12], bytes(second.constBits())[::12]
    return sum(map(ne, one, two)) / len(one)


# The loop


@pytest.fixture
def loop(qtbot):
    return shown(qtbot, LoopCard(words(), Level.PLAIN))


def test_steps_go_on_with_button_arrow_and_dot_and_back(loop):
    assert loop.step() == "whole"
    assert not loop.back.isEnabled()
    loop.next.click()
    assert loop.step() == "start"
    QTest.keyClick(loop.canvas, Qt.Key.Key_Right)
    assert loop.step() == "signal"
    loop.back.click()
    assert loop.step() == "start"
    fourth = QPoint(loop.dots.width() * 9 // (2 * len(STEPS)), loop.dots.height() // 2)
    QTest.mouseClick(loop.dots, Qt.MouseButton.LeftButton, pos=fourth)
    assert loop.step() == STEPS[4]
    while loop.step() != STEPS[-1]:
        loop.next.click()
    assert loop.next.text() == "Show the whole loop"
    loop.next.click()
    assert loop.step() == "whole"
    QTest.keyClick(loop.canvas, Qt.Key.Key_Left)
    assert loop.step() == "whole"


def test_each_step_says_its_sentence_its_number_and_its_sources(loop):
    for at, step in enumerate(STEPS):
        loop.go(at)
        said = loop.canvas.accessibleDescription()
        assert loop.text.text() in said
        assert (f"Step {at} of 7." in said) == (at > 0)
        known = learning.sources()
        for source in mechanism.SOURCES[step]:
            assert known[source].publisher in loop.cited.text()
        assert "Checked on 21 November 2026" in loop.cited.text()


def test_the_cream_breaks_the_loop_at_the_jaks(loop):
    loop.go(STEPS.index("relay"))
    before = loop.text.text()
    loop.switch.click()
    assert loop.canvas.cream
    assert loop.text.text() != before
    assert "held up" in loop.text.text()
    assert "European Medicines Agency" in loop.cited.text()
    scene = LoopScene(lambda name: "")
    off = grab(lambda painter: scene.paint(painter, 1.0, LoopState(cream=0.0)))
    on = grab(lambda painter: scene.paint(painter, 1.0, LoopState(cream=1.0)))
    jaks = (off.copy(285, 170, 90, 50), on.copy(285, 170, 90, 50))
    assert different(*jaks) > 0.3
    teal = theme.colour("accent")
    assert jaks[1].pixelColor(24, 8) == teal
    assert different(off.copy(0, 0, 250, 30), on.copy(0, 0, 250, 30)) == 0, "nothing changes outside the skin"


def test_the_signal_itself_is_not_stopped_by_the_cream(loop):
    loop.switch.click()
    loop.go(STEPS.index("signal"))
    assert loop.text.text() == words().say("mechanism.loop.step.signal.plain")


def test_motion_is_short_and_none_at_all_when_it_is_reduced(qtbot, qapp, loop):
    loop.next.click()
    assert loop.canvas.moving()
    qtbot.waitUntil(lambda: not loop.canvas.moving(), timeout=2000)
    theme.apply(qapp, theme.load("light", 1.0, reduced_motion=True))
    loop.next.click()
    loop.switch.click()
    assert not loop.canvas.moving()
    assert (loop.canvas._motion, loop.canvas._film) == (1.0, 1.0)


def test_the_whole_content_stands_in_words_on_demand(loop):
    loop.disclosure.button.click()
    from PySide6.QtWidgets import QLabel

    said = " ".join(label.text() for label in loop.disclosure.findChildren(QLabel) if label.isVisible())
    for step in STEPS[1:]:
        assert words().say(f"mechanism.loop.step.{step}.plain") in said
    for step in mechanism.CHANGED_BY_CREAM[1:]:
        assert words().say(f"mechanism.loop.with_cream.{step}.plain") in said
    assert loop.disclosure.button.text() == "Hide the description"


def test_labels_too_large_for_the_picture_stand_below_it(qtbot, qapp):
    theme.apply(qapp, theme.load("light", 2.0))
    card = shown(qtbot, LoopCard(words("it"), Level.CLINICAL), 420)
    assert "1. Melanocita" in card._legend.text()
    theme.apply(qapp, theme.load("light"))
    wide = shown(qtbot, LoopCard(words("it"), Level.CLINICAL), 620)
    assert not wide._legend.isVisible()


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("lang", LANGS)
def test_no_label_of_the_picture_lies_on_another(qtbot, level, lang):
    """Where the labels stand in the picture they keep clear of each other, in both languages at each level."""
    from companion.ui.widgets import mechanism_brush

    places = []
    original = mechanism_brush.Brush.words

    def noted(self, *values, **more):
        area = original(self, *values, **more)
        if more.get("plate") is not None or (len(values) > 8 and values[8] is not None):
            places.append((values[3], area))
        return area

    mechanism_brush.Brush.words = noted
    try:
        card = shown(qtbot, LoopCard(words(lang), level), 540)
        grab(lambda painter: card.canvas.picture(painter, 500), 520, 420)
    finally:
        mechanism_brush.Brush.words = original
    drawn = dict(places)
    assert len(drawn) >= 8
    for (name, area), (other, second) in product(drawn.items(), drawn.items()):
        assert name == other or not area.adjusted(2, 2, -2, -2).intersects(second), f"{name} lies on {other}"
        assert area.left() >= 0
        assert area.right() <= 560
        assert area.bottom() <= 444


# What the pictures claim


def test_every_sentence_of_a_picture_has_sources_that_exist():
    known = learning.sources()
    for cited in (mechanism.SOURCES, mechanism.SOURCES_WITH_CREAM, mechanism_return.SOURCES):
        for step, sources in cited.items():
            assert sources, step
            assert set(sources) <= set(known)
    assert set(mechanism.SOURCES) == set(STEPS)


def test_the_steps_cite_what_the_articles_cite_for_the_same():
    """A step may rest only on sources that its article names at some level."""
    cited = {
        source
        for slug in ("the-loop", "what-the-cream-blocks", "how-colour-returns", "what-is-vitiligo")
        for level in Level
        for section in learning.article(slug, "en").levels[level]
        for block in section.blocks
        for source in block.sources
    }
    for table in (mechanism.SOURCES, mechanism.SOURCES_WITH_CREAM, mechanism_return.SOURCES):
        assert {source for sources in table.values() for source in sources} <= cited


def test_the_words_of_the_pictures_exist_in_both_languages_and_avoid_the_banned_ones():
    import re

    rules = json.loads(resources.read_text("content/check-rules.json"))
    rooms = {lang: json.loads(resources.read_text(f"wording/{lang}/mechanism.json")) for lang in LANGS}
    assert rooms["en"].keys() == rooms["it"].keys()
    for lang, room in rooms.items():
        said = " ".join(text if isinstance(text, str) else " ".join(text.values()) for text in room.values())
        for word in rules["banned"][lang]:
            assert not re.search(rf"(?i)(?<!\w){word}(?!\w)", said), word


@pytest.mark.parametrize("lang", LANGS)
def test_plain_sentences_of_the_pictures_are_as_easy_as_the_plain_articles(lang):
    import re

    from companion.content import readability

    rules = json.loads(resources.read_text("content/check-rules.json"))
    room = json.loads(resources.read_text(f"wording/{lang}/mechanism.json"))
    names = (".label.", ".way.")
    texts = [text for key, text in room.items() if key.endswith(".plain") and not any(each in key for each in names)]
    flat = [part for text in texts for part in re.split(r"(?<=[.!?:])\s+", readability.mask(text, rules["masked"]))]
    assert max(len(readability.words(part)) for part in flat) <= 20
    if lang == "en":
        assert readability.flesch_kincaid(flat) <= 7
    else:
        assert readability.gulpease(flat) >= 60


# Signals and medicines


@pytest.mark.parametrize(("level", "lang"), list(product(Level, LANGS)))
def test_signals_and_medicines_come_from_the_articles(qtbot, level, lang):
    signals, blockers = learning.signals(level, lang), learning.blockers(level, lang)
    assert len(signals) == (13 if level is Level.CLINICAL else 5)
    assert signals[0].name == "IFN-γ"
    assert signals[0].jaks == ("JAK1", "JAK2")
    assert dict((row.name, row.jaks) for row in signals)["IL-15"] == ("JAK1", "JAK3")
    blocked = [row.jaks for row in blockers]
    assert blocked == [
        ("JAK1", "JAK2"), ("JAK1",), ("JAK1", "JAK2"), ("JAK3",), ("JAK1",), ("JAK1", "JAK2", "JAK3", "TYK2"),
    ]  # fmt: skip
    assert all(row.sources for row in (*signals, *blockers))


def test_the_chosen_medicine_blocks_its_jaks_and_is_said(qtbot):
    card = shown(
        qtbot, SignalsCard(words(), Level.MORE, learning.signals(Level.MORE, "en"), learning.blockers(Level.MORE, "en"))
    )
    assert card.grid.blocked == ("JAK1", "JAK2")
    assert card.said.text() == "Ruxolitinib cream blocks JAK1 and JAK2. In vitiligo: Approved in the US and the EU."
    assert "It touches: IFN-γ, IFN-α, IFN-β, IL-15, EPO, IL-12, IL-23." in card.grid.accessibleDescription()
    card.medicines.chip("3").click()
    assert card.grid.blocked == ("JAK3",)
    assert "It touches: IL-15." in card.grid.accessibleDescription()
    card.medicines.chip(NOTHING).click()
    assert card.grid.blocked == ()
    assert card.said.text() == "No medicine chosen: every signal gets through."
    assert "IL-15 uses JAK1 and JAK3. Keeps memory T cells in the skin." in card.described


# Colour coming back


def test_the_slider_tells_the_stages_and_never_a_number_of_weeks(qtbot):
    card = shown(qtbot, ReturnCard(words(), Level.PLAIN))
    seen = []
    card.slider.setValue(0)
    for value in range(0, 101, 2):
        card.slider.setValue(value)
        seen.append(card.text.text())
    assert list(dict.fromkeys(seen)) == [words().say(f"mechanism.return.stage.{stage}.plain") for stage in STAGES]
    assert not any(character.isdigit() for text in seen for character in text)
    assert stage_of(0) == "before"
    assert stage_of(100) == "later"
    card.slider.setFocus()
    card.slider.setValue(50)
    QTest.keyClick(card.slider, Qt.Key.Key_Right)
    assert card.slider.value() > 50


def test_skin_tones_span_light_to_very_dark_and_each_can_be_chosen_by_name(qtbot):
    card = shown(qtbot, ReturnCard(words(), Level.PLAIN))
    lightness = [tone_colour(theme.current(), tone).lightnessF() for tone in range(TONES)]
    assert lightness == sorted(lightness, reverse=True)
    assert lightness[0] > 0.8
    assert lightness[-1] < 0.22
    names = [swatch.accessibleName() for swatch in card.swatches]
    assert len(set(names)) == TONES
    card.swatches[5].click()
    assert {panel.state.tone for panel in card.panels.values()} == {5}


@pytest.mark.parametrize("tone", range(TONES))
@pytest.mark.parametrize("name", theme.NAMES)
def test_time_adds_colour_in_every_way_on_every_skin_and_leaves_some_pale(qapp, name, tone):
    theme.apply(qapp, theme.load(name))

    def panel(way, time, hairs="many"):
        from PySide6.QtCore import QRectF

        state = SkinState(way, time, tone, hairs)
        return grab(lambda painter: paint_panel(painter, QRectF(0, 0, 200, 200), state, theme.current()), 200, 200)

    for way in WAYS:
        start, end = panel(way, 0.0), panel(way, 1.0)
        assert different(start, end) > 0.04
        assert different(end, panel(way, 0.5)) > 0.01
    few, many = panel("dots", 1.0, "few"), panel("dots", 1.0)
    assert different(panel("dots", 0.0, "few"), few) < different(panel("dots", 0.0), many) / 2
    assert different(panel("dots", 0.0, "white"), panel("dots", 1.0, "white")) < 0.1


def test_the_patch_lies_inside_the_panel():
    area = patch_path().boundingRect()
    assert area.left() > 10
    assert area.right() < 190


def test_the_hairs_explain_why_hands_are_slow(qtbot):
    card = shown(qtbot, ReturnCard(words(), Level.PLAIN))
    card.hair.chip("few").click()
    assert "hands, feet and lips" in card.hair_text.text()
    assert {panel.state.hairs for panel in card.panels.values()} == {"few"}
    assert set(HAIRS) == {"many", "few", "white"}


# Icon arrays


def test_arrays_stand_side_by_side_with_the_words_face_and_the_week(qtbot):
    article = learning.article("what-the-trials-saw", "en")
    card = shown(qtbot, picture_of(article, Level.MORE, words()))
    assert isinstance(card, ArrayCard)
    for key in ("true-v1-week24", "true-v2-week24", "phase2-week24", "extension-year1"):
        card.results.chip(key).click()
        arms = card.pair.arms
        assert [arm.people.filled for arm in arms] == [arm.per_100 for arm in card.shown.arms]
        assert len(arms) == 2
        assert arms[0].people.height() == arms[1].people.height()
        assert arms[0].people.y() == arms[1].people.y()
        said = card.pair.accessibleName().lower()
        assert "face" in said
        assert "week" in said
        for arm in card.shown.arms:
            assert arm.label.lower() in said
        assert "Checked on" in card.cited.text()
    card.results.chip("true-v1-week24").click()
    assert "Ruxolitinib cream: 30 in 100. Cream without medicine: 7 in 100." in card.pair.accessibleName()
    assert card.pair.arms[0].exact.text() == "29.8%"


def test_side_effects_below_one_in_a_hundred_are_not_called_none(qtbot):
    arm = learning.icon_arrays("en")["side-effects-flu"].arms[1]
    assert arm.per_100 == 0
    assert said_of(arm, words()) == "Fewer than 1 in 100"
    assert percent(arm, words("it")) == "0,4"


def test_every_array_of_an_article_has_two_groups_and_sources():
    for lang in LANGS:
        arrays = learning.icon_arrays(lang)
        for key, array in arrays.items():
            for member in learning.members(key):
                assert len(arrays[member].arms) == 2
                assert arrays[member].sources
            assert array.title


# All of them


ARTICLES = ("the-loop", "what-the-cream-blocks", "how-colour-returns", "what-the-trials-saw", "side-effects")


@pytest.mark.parametrize(("slug", "lang", "level"), list(product(ARTICLES, LANGS, Level)))
def test_every_picture_is_described_cited_and_printable(qtbot, slug, lang, level):
    card = shown(qtbot, picture_of(learning.article(slug, lang), level, words(lang)))
    assert card.described
    assert card.cited.text()
    assert all(card.described)
    light = theme.load("light")
    heights = []
    grab(lambda painter: heights.append(card.paper_picture(painter, 460.0, light)), 460, 900)
    assert 60 < heights[0] < 900


@pytest.mark.parametrize(("slug", "name", "scale"), list(product(ARTICLES, theme.NAMES, (1.0, 2.0))))
def test_every_picture_fits_its_card_in_every_look(qtbot, qapp, slug, name, scale):
    theme.apply(qapp, theme.load(name, scale))
    card = shown(qtbot, picture_of(learning.article(slug, "it"), Level.CLINICAL, words("it")), 520)
    from PySide6.QtWidgets import QWidget

    for part in card.findChildren(QWidget):
        if part.isVisible() and part.parentWidget() is card:
            assert card.rect().contains(part.geometry()), part
    assert not card.grab().toImage().isNull()

"""The Learn page: index, opening, going back, switches that keep the place, progress, questions, paper."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from companion.content.search import Answer, AnswerKind
from companion.domain.articles import Level
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.services.changes import Changes
from companion.services.learning import Bookmark
from companion.ui import theme
from companion.ui.pages.learn import LearnPage, paper
from companion.ui.widgets.buttons import Button
from companion.wording import use_language
from tests.ui.learn_home import TODAY, FakeCare, context

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(qtbot):
    """The page at the index."""
    return opened(qtbot, LearnPage(context()))


def opened(qtbot, page, argument=None, size=(1000, 800)):
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.enter(argument)
    qtbot.waitUntil(lambda: page._reader is None or page._reader._due is None)  # what follows the first paint
    return page


def words_of(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# Index


def test_the_index_names_every_article_with_what_it_says_and_how_long_it_takes(page):
    tiles = page.index().tiles
    assert len(tiles) == 13
    for article in learning.shelf("en"):
        name = tiles[article.slug].accessibleName()
        assert article.title in name
        assert article.summary in name
        assert "minute" in name
        assert not name.endswith("Read.")


def test_a_read_article_and_the_place_of_the_last_one_are_remembered(qtbot):
    care = FakeCare()
    first = opened(qtbot, LearnPage(context(care=care)), "the-loop#call")
    reader = first.reader()
    reader.area.verticalScrollBar().setValue(reader.area.verticalScrollBar().maximum())
    reader._on_rest()
    second = opened(qtbot, LearnPage(context(care=care)))
    assert second.index().tiles["the-loop"].accessibleName().endswith("Read.")
    assert second.index().going_on() is None, "an article read to the end is not offered again"
    first._on_opened("side-effects")
    reader.go_to(Bookmark("side-effects", "box", 0.5))
    reader._on_rest()
    third = opened(qtbot, LearnPage(context(care=care)))
    kept = third.index().going_on()
    assert (kept.slug, kept.anchor) == ("side-effects", "box")
    assert kept.share == pytest.approx(0.5, abs=0.05)
    third._on_opened("")
    place = third.reader().place()
    assert (place.slug, place.anchor) == ("side-effects", "box")
    assert place.share == pytest.approx(0.5, abs=0.05)


def test_the_index_is_worked_with_the_keyboard_alone(page):
    page.focus_start()
    assert QApplication.focusWidget() is page.index().ask.field
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is page.index().tiles["the-loop"]:
            break
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.reader().shown.article.slug == "the-loop"
    assert QApplication.focusWidget() is page.reader().text.headings["start"]


# Opening and going back


def test_a_milestone_link_opens_the_article_at_its_section(qtbot):
    page = opened(qtbot, LearnPage(context()), "going-on-or-stopping#week-24")
    reader = page.reader()
    heading = reader.text.headings["week-24"]
    top = heading.mapTo(reader.area.viewport(), heading.rect().topLeft()).y()
    assert reader.spread.covered() <= top <= reader.spread.covered() + 60
    assert reader.place().anchor == "week-24"


def test_a_link_to_nowhere_leads_to_the_index(qtbot):
    page = opened(qtbot, LearnPage(context()), "no-such-article#x")
    assert page._stack.currentWidget() is page.index()


def test_cross_references_open_and_back_returns_to_the_same_place(qtbot):
    page = opened(qtbot, LearnPage(context()), "the-loop#break")
    before = page.reader().place()
    link = next(
        stop for each in page.reader().text.passages() for stop in each.stops if stop.span.targets[0].count("#")
    )
    assert link.accessibleDescription() == "Opens the article: What the cream blocks"
    link.click()
    assert page.reader().shown.article.slug == "what-the-cream-blocks"
    QTest.keyClick(page.reader(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    after = page.reader().place()
    assert (after.slug, after.anchor) == (before.slug, before.anchor)
    assert after.share == pytest.approx(before.share, abs=0.03)
    page.reader().bar.back.click()
    assert page._stack.currentWidget() is page.index()


def test_before_and_next_walk_through_all_articles(qtbot):
    page = opened(qtbot, LearnPage(context()), "what-is-vitiligo")
    seen = ["what-is-vitiligo"]
    while page.reader().shown.after is not None:
        following = page.reader().shown.after.title
        button = next(b for b in page.reader()._foot.findChildren(Button) if following in b.text())
        button.click()
        seen.append(page.reader().shown.article.slug)
    assert seen == [each.slug for each in learning.shelf("en")]


# Switches that keep the place


@pytest.mark.parametrize("switch", ["level", "language", "size"])
@pytest.mark.parametrize("share", [0.0, 0.4, 0.9])
def test_level_language_and_text_size_keep_the_place(qtbot, qapp, switch, share):
    page = opened(qtbot, LearnPage(context()), "what-the-trials-saw")
    reader = page.reader()
    reader.go_to(Bookmark("what-the-trials-saw", "stopping", share))
    before = reader.place()
    assert before.anchor == "stopping"
    if switch == "level":
        reader.bar.level.segment("clinical").click()
        assert reader.shown.level is Level.CLINICAL
        assert page.context.preferences.level == "clinical"
    elif switch == "language":
        reader.bar.language.segment("it").click()
        assert reader.shown.words.lang == "it"
        assert reader.title.text() == "Che cosa hanno visto gli studi"
        assert "Da dove viene" in words_of(reader)
    else:
        theme.apply(qapp, theme.load("light", 1.5))
        qapp.processEvents()
    after = reader.place()
    assert after.anchor == "stopping"
    assert after.share == pytest.approx(before.share, abs=0.06)


def test_the_reading_language_is_remembered_and_follows_the_program_when_it_is_the_same(qtbot):
    care = FakeCare()
    page = opened(qtbot, LearnPage(context(care=care)), "the-loop")
    page.reader().bar.language.segment("it").click()
    again = opened(qtbot, LearnPage(context(care=care)), "the-loop")
    assert again.reader().shown.words.lang == "it"
    again.reader().bar.language.segment("en").click()
    assert care.kept[learning.LANGUAGE] == ""


def test_text_size_buttons_step_through_the_sizes(qtbot):
    page = opened(qtbot, LearnPage(context()), "the-loop")
    bar, preferences = page.reader().bar, page.context.preferences
    bar.larger.click()
    assert preferences.text_scale == 1.1
    bar.smaller.click()
    bar.smaller.click()
    assert preferences.text_scale == 1.0
    assert bar.larger.accessibleName() == "Larger text"


def test_the_controls_stay_in_view_while_the_text_moves(qtbot):
    page = opened(qtbot, LearnPage(context()), "the-loop#memory", size=(1100, 832))
    reader = page.reader()
    assert reader.area.verticalScrollBar().value() > 300
    assert reader.bar.mapTo(reader, reader.bar.rect().topLeft()).y() == 0
    picture = reader.picture
    top = picture.mapTo(reader, picture.rect().topLeft()).y()
    assert 0 < top < 120
    assert top + picture.height() <= reader.height()


def test_tab_visits_controls_picture_text_and_the_way_on_in_that_order(qtbot):
    page = opened(qtbot, LearnPage(context()), "the-loop")
    reader = page.reader()
    reader.bar.back.setFocus(Qt.FocusReason.TabFocusReason)
    order = []
    for _ in range(400):
        widget = QApplication.focusWidget()
        for name, part in (
            ("bar", reader.bar),
            ("picture", reader.picture),
            ("text", reader.text),
            ("foot", reader._foot),
        ):
            if part.isAncestorOf(widget) and (not order or order[-1] != name):
                order.append(name)
        if order[-1] == "foot":
            break
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert order == ["bar", "picture", "text", "foot"]


def test_whatever_has_the_keyboard_is_in_view(qtbot):
    page = opened(qtbot, LearnPage(context()), "side-effects", size=(900, 600))
    reader = page.reader()
    view = reader.area.viewport()
    for passage in reader.text.passages():
        for stop in passage.stops:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            top = stop.mapTo(view, stop.rect().topLeft()).y()
            assert reader.spread.covered() <= top
            assert top + stop.height() <= view.height()


def test_the_leaflet_of_the_record_decides_and_a_change_is_followed(qtbot):
    made = context(Leaflet.US)
    page = opened(qtbot, LearnPage(made), "using-the-cream#hours")
    assert "Your leaflet: United States" in words_of(page.reader().text)
    made.applications.leaflet = lambda: Leaflet.EU
    made.bus.announce(Changes(treatment=True))
    said = words_of(page.reader().text)
    assert "Your leaflet: European Union, Italy" in said
    assert "United States" not in said
    assert page.reader().place().anchor == "hours"


# What it says of itself


def test_every_article_says_who_has_and_has_not_reviewed_it(qtbot):
    page = opened(qtbot, LearnPage(context()))
    for article in learning.shelf("en"):
        page.open(article.slug)
        qtbot.waitUntil(lambda: page.reader()._due is None)
        said = words_of(page.reader())
        assert "Checked against its sources on 21 November 2026. Not yet reviewed by a clinician." in said
        assert "more than 12 months ago" not in said


def test_a_page_checked_over_a_year_ago_says_so(qtbot):
    page = opened(qtbot, LearnPage(context(care=FakeCare(date(2027, 11, 22)))), "the-loop")
    assert "more than 12 months ago" in words_of(page.reader())
    assert not learning.is_old(TODAY, date(2027, 11, 21))


# Questions


def test_the_answer_is_quoted_word_for_word_with_its_sources_and_a_way_into_the_article(page):
    box = page.index().ask
    box.field.setText("What are JAK inhibitors?")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    view = page.index().answer
    assert view.answer.kind is AnswerKind.ANSWER
    first = view.answer.passages[0]
    section = learning.section(first.article, first.anchor, first.level, "en")
    said = words_of(view.passages[0])
    for block in section.seen_by(Leaflet.EU):
        assert block.text in said
    for source in {s for block in section.seen_by(Leaflet.EU) for s in block.sources}:
        assert learning.sources()[source].title in said
    assert page.context.host.calls == []
    assert not page.index().tiles["the-loop"].isVisible()
    go = next(button for button in view.passages[0].findChildren(Button) if button.property("target"))
    go.click()
    assert page.reader().shown.article.slug == first.article
    assert page.reader().place().anchor == first.anchor


def test_an_urgent_question_shows_the_get_help_page_first(page, monkeypatch):
    order: list[str] = []
    monkeypatch.setattr(page.context.host, "show_help", lambda *asked: order.append(f"help {' '.join(asked)}"))
    shown = page.index().show_answer
    monkeypatch.setattr(page.index(), "show_answer", lambda *words: (order.append("answer"), shown(*words)))
    box = page.index().ask
    box.field.setText("one side of my face is drooping")
    box.button.click()
    assert order == ["help stroke", "answer"]
    assert "This may need help at once" in words_of(page.index().answer.message)
    page.index().answer.message.acted.emit()
    assert order[-1] == "help stroke"


def test_what_is_urgent_and_about_a_dose_is_told_as_both(page):
    page.index().ask.field.setText("my chest hurts, should I stop the cream")
    page.index().ask.button.click()
    said = words_of(page.index().answer)
    assert said.index("This may need help at once") < said.index("Ask your doctor first")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(AnswerKind.ASK_YOUR_DOCTOR, "Ask your doctor first"), (AnswerKind.NONE, "There is no answer here")],
)
def test_what_is_said_when_nothing_can_be_answered_or_a_dose_is_meant(page, monkeypatch, kind, words):
    monkeypatch.setattr(learning, "ask", lambda *_: Answer(kind))
    page.index().ask.field.setText("anything at all")
    page.index().ask.button.click()
    said = words_of(page.index().answer)
    assert words in said
    assert "doctor or pharmacist" in said
    assert page.index().answer.passages == []


def test_a_question_that_only_the_other_language_answers_is_answered_in_it(page, monkeypatch):
    asked = learning.ask

    def only_italian(question, level, leaflet, lang):
        return asked(question, level, leaflet, lang) if lang == "it" else Answer(AnswerKind.NONE)

    monkeypatch.setattr(learning, "ask", only_italian)
    page.index().ask.field.setText("Che cosa sono gli inibitori delle JAK?")
    page.index().ask.button.click()
    said = words_of(page.index().answer)
    assert "in the other language" in said
    assert "Gli inibitori delle JAK sono medicinali" in said


def test_typing_builds_the_index_in_the_background_once(page, monkeypatch):
    warmed: list[tuple[object, ...]] = []
    monkeypatch.setattr(learning, "warm", lambda *words: warmed.append(words))
    QTest.keyClicks(page.index().ask.field, "can")
    assert warmed == [("en", Leaflet.EU)]


def test_emptying_the_question_brings_the_articles_back(page):
    box = page.index().ask
    box.field.setText("What are JAK inhibitors?")
    box.button.click()
    box.field.clear()
    assert page.index().tiles["the-loop"].isVisible()
    assert page.index().answer.answer is None


# Paper


def test_a_pdf_holds_the_article_its_sources_and_neutral_properties(qtbot, qapp, tmp_path):
    theme.apply(qapp, theme.load("dark", 2.0))
    page = opened(qtbot, LearnPage(context()), "the-loop")
    reader = page.reader()
    data = paper.pdf(reader.shown, reader.picture)
    assert data.startswith(b"%PDF-")
    assert str(Path.home()).encode() not in data
    document = paper.Paper(reader.shown, reader.picture).document
    text = document.toPlainText()
    for section in reader.shown.sections:
        assert section.heading in text
        for block in section.seen_by(Leaflet.EU):
            words = block.text.replace("\u00a0", " ").split()
            assert " ".join(words[:3]) in text.replace("\u00a0", " ")
    for source in reader.shown.numbers():
        assert learning.sources()[source].address in text
    assert "Not yet reviewed by a clinician." in text
    assert reader.picture.described[0] in text
    target = tmp_path / "loop.pdf"
    paper.save(target, data)
    assert target.read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["loop.pdf"]


def test_a_pdf_that_cannot_be_written_is_said_and_leaves_nothing(qtbot, tmp_path, monkeypatch):
    page = opened(qtbot, LearnPage(context()), "what-is-vitiligo")
    folder = tmp_path / "missing"
    monkeypatch.setattr(paper, "ask_where", lambda *_: folder / "x.pdf")
    page.reader().bar.save_wanted.emit()
    ((name, error),) = page.context.host.calls
    assert (name, error.key) == ("problem", "paper_not_saved")
    assert not folder.exists()


def test_the_page_is_letter_for_the_us_leaflet_and_a4_elsewhere():
    assert paper.page_layout(Leaflet.US).pageSize().name().startswith("Letter")
    assert paper.page_layout(Leaflet.EU).pageSize().name().startswith("A4")


# All of it


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("level", list(Level))
def test_every_article_opens_at_every_level_without_cutting_anything(qtbot, lang, level):
    use_language(lang)
    made = context(Leaflet.OTHER)
    made.preferences.level = level.value
    page = opened(qtbot, LearnPage(made), size=(640, 560))
    for article in learning.shelf(lang):
        page.open(article.slug)
        reader = page.reader()
        assert reader.spread.width() == reader.area.viewport().width()
        for passage in reader.text.passages():
            assert passage.width() <= reader.spread.width()
            if passage.isVisibleTo(reader):
                assert passage.height() >= passage.heightForWidth(passage.width())


def test_nothing_of_learn_is_loaded_when_the_program_starts():
    code = (
        "import sys, companion.app, companion.ui.main_window, companion.ui.pages.today\n"
        "print([n for n in sys.modules if n.startswith(('companion.ui.pages.learn', 'companion.services.learning',"
        " 'companion.content.library', 'companion.content.search', 'companion.ui.widgets.mechanism'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


# Level


def test_a_level_chosen_in_the_example_leaves_the_persons_own_alone(qtbot):
    care = FakeCare()
    example = context(care=care, example=True)
    example.preferences.level = "more"
    page = opened(qtbot, LearnPage(example), "the-loop")
    assert page.reader().shown.level == "more", "it begins with the person's own"
    page.reader().bar.level.segment("clinical").click()
    assert page.reader().shown.level == "clinical"
    assert example.preferences.level == "more"
    again = opened(qtbot, LearnPage(context(care=care, example=True)), "the-loop")
    assert again.reader().shown.level == "clinical"


def test_a_level_chosen_in_ones_own_record_is_the_computers(qtbot):
    own = context()
    page = opened(qtbot, LearnPage(own), "the-loop")
    page.reader().bar.level.segment("more").click()
    assert own.preferences.level == "more"
    assert own.care.kept.get("learn_level") is None

"""Labels and announcements: words as they are, set with room, never cut, spoken politely."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from companion.ui import labels, theme
from companion.ui.widgets import announce as room
from companion.ui.widgets.tag import TagLabel

LONG = "The leaflet says to wait eight hours between two applications, and not to make up for a missed one."


@pytest.fixture
def put(qtbot):
    def show(widget, width=300):
        qtbot.addWidget(widget)
        widget.resize(width, widget.heightForWidth(width) if widget.hasHeightForWidth() else 40)
        widget.show()
        return widget

    return show


def test_lines_stand_as_far_apart_as_the_design_says(put):
    label = put(labels.body(LONG))
    one = label.heightForWidth(4000)
    assert one == round(15 * 1.45)
    lines = label.heightForWidth(300) / one
    assert lines == int(lines) >= 3


def test_a_line_break_of_the_person_is_kept(put):
    assert put(labels.user_text("a\nb\nc")).heightForWidth(300) == 3 * put(labels.user_text("a")).heightForWidth(300)


def test_a_word_without_end_breaks_and_never_widens_the_window(put):
    label = put(labels.user_text("x" * 400))
    assert label.minimumSizeHint().width() < 260
    assert label.heightForWidth(300) > 5 * label.heightForWidth(9000)


def test_ordinary_words_are_never_broken(put):
    label = put(labels.title("Applicazioni"))
    metrics = label.fontMetrics()
    assert label.minimumSizeHint().width() >= metrics.horizontalAdvance("Applicazioni")


def test_a_long_text_asks_for_a_line_that_can_be_read(put):
    label = put(labels.body(LONG * 5))
    assert label.sizeHint().width() <= 68 * label.fontMetrics().averageCharWidth() + 2


def test_a_label_kept_on_one_line_is_as_wide_as_its_words(put):
    label = put(labels.small(LONG))
    label.set_wrapping(False)
    assert label.minimumSizeHint().width() >= label.fontMetrics().horizontalAdvance(LONG)
    assert not label.hasHeightForWidth()


def test_new_words_and_kinds_are_measured_anew(put):
    label = put(labels.body("short"))
    before = label.sizeHint()
    label.setText(LONG)
    assert label.sizeHint().width() > before.width()
    label.set_kind("figure")
    assert label.sizeHint().height() > before.height() * 2


def test_margins_count(put):
    label = put(labels.body("short"))
    before = label.sizeHint()
    label.setContentsMargins(10, 5, 10, 5)
    assert label.sizeHint().width() == before.width() + 20
    assert label.heightForWidth(300) == before.height() + 10


def test_a_tone_colours_the_words(put):
    label = put(labels.body("Due"))
    label.set_tone("urgent")
    assert label.palette().color(label.foregroundRole()) == theme.colour("urgent_text")
    pixels = {label.grab().toImage().pixelColor(x, y).name() for x in range(40) for y in range(20)}
    assert theme.colour("urgent_text").name() in pixels


def test_words_that_can_be_copied_are_a_stop_of_tab(put):
    label = put(labels.user_text("recovery words"))
    assert label.focusPolicy().value == 0
    label.set_selectable()
    assert label.focusPolicy().value & 1
    assert not label.grab().isNull()


def test_a_screen_reader_hears_a_label_and_a_tag(put):
    for widget in (labels.body("Applied"), TagLabel("Applied 07:42", "morning")):
        interface = QAccessible.queryAccessibleInterface(put(widget))
        assert interface.role() == QAccessible.Role.StaticText
        assert interface.text(QAccessible.Text.Name).startswith("Applied")


def test_an_announcement_is_polite_and_only_made_to_a_listener(qtbot, monkeypatch):
    said = []
    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(QAccessible, "updateAccessibility", said.append)
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    room.announce(widget, "Noted.")
    assert said == []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    room.announce(widget, "Noted.")
    (event,) = said
    assert event.object() is widget
    if hasattr(event, "message"):
        assert event.message() == "Noted."
        assert event.politeness() == QAccessible.AnnouncementPoliteness.Polite

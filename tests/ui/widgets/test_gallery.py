"""Every component, in every theme, language and text size: nothing cut, nothing nameless, nothing too small to hit."""

import pytest

from companion.ui import theme
from tests.support import gallery
from tests.support.looks import clipped_labels, low_controls, unnamed_controls

SIZES = {1.0: ((1280, 832), (960, 640)), 1.5: ((1280, 832), (960, 640)), 2.0: ((1920, 1200), (960, 640))}


def build(qapp, qtbot, language, name, scale, size):
    theme.apply(qapp, theme.load(name, scale))
    window = gallery.build(language)
    qtbot.addWidget(window)
    window.resize(*size)
    window.rail.fit(size[0])
    window.show()
    qapp.processEvents()
    return window


@pytest.mark.parametrize("scale", SIZES)
@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("name", theme.NAMES)
def test_every_component_shows_all_its_words(qapp, qtbot, language, name, scale):
    for size in SIZES[scale]:
        window = build(qapp, qtbot, language, name, scale, size)
        assert clipped_labels(window) == [], size
        assert unnamed_controls(window) == []
        assert low_controls(window) == []
        assert window.width() == size[0], "the page forces the window wider"
        window.close()


def test_a_page_is_as_wide_as_its_window_and_never_scrolls_sideways(qapp, qtbot):
    window = build(qapp, qtbot, "it", "light", 2.0, (960, 640))
    area = window.page._area
    assert area.content.width() <= area.viewport().width()


def test_the_measure_sees_a_cut_word(qapp, qtbot):
    window = build(qapp, qtbot, "en", "light", 1.0, (1280, 832))
    title = window.page.title
    title.setFixedWidth(40)
    qapp.processEvents()
    assert any("Label" in line for line in clipped_labels(window))


def test_the_measure_sees_a_nameless_button(qapp, qtbot):
    window = build(qapp, qtbot, "en", "light", 1.0, (1280, 832))
    window.rail.item("today").setText("")
    assert unnamed_controls(window) == ["RailItem in Rail"]

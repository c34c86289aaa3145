"""The look: contrast computed from the tokens, and one switch that restyles everything that is open."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from companion.ui import icons, labels, theme
from companion.ui.widgets import buttons
from companion.wording import resources
from tests.support.looks import contrast

GROUNDS = ("canvas", "surface", "raised", "sunken", "chip", "track", "well", "hover")
SOFT = ("accent_soft", "morning_soft", "evening_soft", "attention_soft", "urgent_soft")
CARDS = ("canvas", "surface", "sunken")

TEXT = [
    *(("ink", ground) for ground in GROUNDS + SOFT),
    *(("ink_soft", ground) for ground in GROUNDS + SOFT),
    *(("accent", ground) for ground in (*CARDS, "raised", "chip", "hover", "accent_soft")),
    *((f"{slot}_text", ground) for slot in ("morning", "evening", "attention", "urgent") for ground in CARDS),
    *((f"{slot}_text", f"{slot}_soft") for slot in ("morning", "evening", "attention", "urgent")),
    *(("on_accent", fill) for fill in ("accent", "accent_hover", "accent_press")),
    *(("on_urgent", fill) for fill in ("urgent", "urgent_hover")),
    ("canvas", "ink"),  # tooltips
]
SHAPES = [
    *(("control", ground) for ground in CARDS),
    *(("accent_line", ground) for ground in ("canvas", "surface")),
    *(("focus", ground) for ground in (*CARDS, "raised", "chip", "hover", *SOFT)),
    *((mark, "surface") for mark in ("morning", "evening", "slot_line", "accent", "attention", "urgent")),
    ("accent", "track"),
    ("accent", "body"),
    ("body_line", "surface"),
    ("control", "track"),
    ("on_accent", "accent"),
]


@pytest.fixture(autouse=True)
def _back_to_light(qapp):
    yield
    theme.apply(qapp, theme.load("light"))


@pytest.mark.parametrize("name", theme.NAMES)
def test_words_can_be_read_on_every_ground_they_stand_on(name):
    look = theme.load(name)
    poor = {
        f"{ink} on {ground}": round(contrast(look.colour(ink), look.colour(ground)), 2)
        for ink, ground in TEXT
        if contrast(look.colour(ink), look.colour(ground)) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("name", theme.NAMES)
def test_shapes_that_carry_meaning_stand_out_from_their_ground(name):
    look = theme.load(name)
    poor = {
        f"{shape} on {ground}": round(contrast(look.colour(shape), look.colour(ground)), 2)
        for shape, ground in SHAPES
        if contrast(look.colour(shape), look.colour(ground)) < 3
    }
    assert poor == {}


def test_high_contrast_is_higher():
    high = theme.load("high_contrast")
    assert all(contrast(high.colour(ink), high.colour(ground)) >= 7 for ink, ground in TEXT)


def test_the_contrast_formula_gives_the_figures_of_the_standard():
    look = theme.load("high_contrast")
    assert contrast(look.colour("ink"), look.colour("canvas")) == pytest.approx(21.0)


def test_every_theme_names_the_same_roles():
    roles = {name: set(theme.load(name).colours) for name in theme.NAMES}
    assert roles["light"] == roles["dark"] == roles["high_contrast"]


def test_every_role_asked_for_exists():
    asked = set()
    for source in (Path(theme.__file__).parent).rglob("*.py"):
        asked |= set(re.findall(r"""theme\.colour\("(\w+)"\)""", source.read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(theme.load("light").colours)


def test_the_style_sheet_names_only_roles_and_no_colour_of_its_own():
    sheet = resources.read_text("themes/sheet.qss")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet)


@pytest.mark.parametrize(("asked", "given"), [(0.5, 1.0), (1.0, 1.0), (1.5, 1.5), (3.0, 2.0)])
def test_text_grows_from_one_to_two_times(asked, given):
    assert theme.load("light", asked).scale == given
    assert theme.load("light", asked).size("body") == round(15 * given + 0.01)


def test_an_unknown_theme_or_role_is_refused():
    with pytest.raises(ValueError, match="sepia"):
        theme.load("sepia")
    with pytest.raises(KeyError):
        theme.load("light").colour("pink")


def test_system_follows_the_desktop_and_else_is_light(qapp):
    assert theme.system_theme() in ("light", "dark")
    assert theme.chosen("system").name == theme.system_theme()
    assert theme.chosen("dark").name == "dark"
    assert theme.chosen("system").follows
    assert not theme.chosen("dark").follows


def test_a_new_look_reaches_windows_that_are_already_open(qapp, qtbot):
    theme.apply(qapp, theme.load("light"))
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    title, line, button = labels.title("Today"), QLineEdit(), buttons.primary("I applied it")
    for widget in (title, line, button):
        column.addWidget(widget)
    window.show()
    before = title.sizeHint(), line.sizeHint(), button.sizeHint()
    theme.apply(qapp, theme.load("dark", 1.5))
    after = title.sizeHint(), line.sizeHint(), button.sizeHint()
    assert all(new.height() > old.height() for old, new in zip(before, after, strict=True))
    assert title.palette().color(title.foregroundRole()) == theme.colour("ink")
    assert window.palette().color(QPalette.ColorRole.Window) == theme.load("dark").colour("canvas")


def test_things_that_are_no_widgets_hear_of_a_new_look(qapp):
    class Ear(QObject):
        heard = Signal()

        def __init__(self):
            super().__init__()
            self.count = 0

        def hear(self):
            self.count += 1

    ear = Ear()
    theme.watcher().changed.connect(ear.hear)
    theme.apply(qapp, theme.load("dark"))
    theme.watcher().changed.disconnect(ear.hear)
    assert ear.count == 1


def test_fonts_follow_the_text_size(qapp):
    theme.apply(qapp, theme.load("light", 2.0))
    assert theme.font("figure").pixelSize() == 76
    assert theme.font("heading").weight() == QFont.Weight.Bold
    assert theme.px(36) == 72


ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg"))
COLOURED = {"mark", "companion", "tray", "tray_dark"}


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_shows_something_in_the_colour_asked_for(qapp, name):
    picture = icons.pixmap(name, 40, "accent", 2.0)
    assert picture.width() == 80
    assert picture.devicePixelRatio() == 2.0
    image = picture.toImage()
    solid = [image.pixelColor(x, y) for x in range(80) for y in range(80) if image.pixelColor(x, y).alpha() == 255]
    assert len(solid) > 40
    if name not in COLOURED:
        assert {colour.name() for colour in solid} == {theme.colour("accent").name()}


def test_icons_leave_colour_to_the_theme():
    for name in set(ICONS) - COLOURED:
        text = resources.read_text(f"icons/{name}.svg")
        assert "currentColor" in text
        assert not re.search(r"#[0-9a-fA-F]{3,6}", text), name


def test_the_program_has_an_icon_for_window_and_tray(qapp):
    assert not icons.application_icon().pixmap(64, 64).isNull()
    for on_dark in (True, False):
        assert not icons.tray_icon(on_dark).pixmap(22, 22).isNull()


def test_a_missing_icon_is_an_error():
    with pytest.raises(FileNotFoundError):
        icons.pixmap("unicorn")


def test_labels_never_take_words_for_markup(qapp, qtbot):
    label = labels.user_text("<b>a</b> & <img src='x'>")
    plain = QLabel("<b>a</b>")
    for widget in (label, plain):
        qtbot.addWidget(widget)
    assert label.text() == "<b>a</b> & <img src='x'>"
    assert label.sizeHint().width() > plain.sizeHint().width() * 4

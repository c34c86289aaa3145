"""The look of the program: colours by role, type sizes, and the one place that sets palette and style sheet.

Everything else asks for a role (``colour("ink_soft")``) and never for a colour. Roles and their colours are data in
``resources/themes/<name>.json``; the contrast of every pair is computed from the same files by the tests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from companion.wording import resources

NAMES = ("light", "dark", "high_contrast")

SIZES: Mapping[str, float] = {
    "title": 27,
    "subtitle": 15,
    "sheet": 21,
    "heading": 17,
    "strong": 15,
    "body": 15,
    "reading": 16.5,
    "small": 14,
    "caption": 13,
    "figure": 38,
}
"""Height of each kind of text in px at 100%."""

WEIGHTS: Mapping[str, int] = {"title": 700, "sheet": 700, "heading": 700, "strong": 600, "figure": 700}
LINE_HEIGHTS: Mapping[str, float] = {"title": 1.2, "sheet": 1.25, "heading": 1.25, "figure": 1.15, "reading": 1.6}
LINE_HEIGHT = 1.45

CONTROL = 36
"""Least height of a control, at 100%."""
MAIN_CONTROL = 44
"""Height of the main action of a page, at 100%."""
RADIUS = 10
CARD_RADIUS = 14
GAP_TIGHT, GAP_SMALL, GAP, GAP_LARGE, GAP_PAGE = 8, 12, 18, 28, 36
"""The spacing grid. Spacing does not grow with the text: at 200% the words need the room."""

# Where the desktop names no font of its own ("Sans Serif"), the first of these that is installed serves.
_FAMILIES = ("Inter", "Cantarell", "Ubuntu", "Noto Sans", "DejaVu Sans")
_GENERIC = {"", "sans", "sans serif", "sans-serif"}


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One look: a set of colours at one text size. ``scale`` is 1.0 to 2.0.

    ``follows`` says that the desktop chose it, so that frames and file dialogs are left to the desktop, too.
    """

    name: str
    dark: bool
    colours: Mapping[str, QColor]
    scale: float = 1.0
    reduced_motion: bool = False
    follows: bool = False

    def colour(self, role: str) -> QColor:
        """Return the colour of a role. Raises ``KeyError`` for a role that no theme file names."""
        return self.colours[role]

    def px(self, size: float) -> int:
        """Return a length in px that grows with the text size."""
        return int(size * self.scale + 0.5)

    def size(self, kind: str) -> int:
        """Return the text height in px of a kind of text (see ``SIZES``)."""
        return self.px(SIZES[kind])


@cache
def _colours(name: str) -> tuple[bool, Mapping[str, QColor]]:
    data = json.loads(resources.read_text(f"themes/{name}.json"))
    base = data["base"]
    return data["dark"], {role: QColor(base.get(value, value)) for role, value in data["roles"].items()}


def load(name: str, scale: float = 1.0, reduced_motion: bool = False) -> Theme:
    """Return a theme by name (one of ``NAMES``); ``scale`` is held between 1.0 and 2.0.

    Raises:
        ValueError: there is no such theme.
    """
    if name not in NAMES:
        raise ValueError(f"no theme {name!r}")
    dark, colours = _colours(name)
    return Theme(name, dark, colours, min(2.0, max(1.0, scale)), reduced_motion)


def chosen(choice: str, scale: float = 1.0, reduced_motion: bool = False) -> Theme:
    """Return the theme for a preference: one of ``NAMES``, or ``system`` for what the desktop shows now."""
    if choice != "system":
        return load(choice, scale, reduced_motion)
    # A scheme set for another theme would be read back as the desktop's own.
    QGuiApplication.styleHints().unsetColorScheme()
    return replace(load(system_theme(), scale, reduced_motion), follows=True)


def system_theme() -> str:
    """Return ``dark`` when the desktop is dark and ``light`` when it is light or does not say."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


class _Now(QObject):
    """What is applied now, for those who are not widgets and get no style change event (the tray)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = load("light")
        self.fonts: dict[str, QFont] = {}


@cache
def watcher() -> _Now:
    """Return the object whose signal ``changed`` follows every new theme. Widgets need it not: they are restyled."""
    return _Now()


def current() -> Theme:
    """Return the theme in use; the light one before any was applied."""
    return watcher().theme


def colour(role: str) -> QColor:
    """Return the colour a role has now."""
    return watcher().theme.colours[role]


def px(size: float) -> int:
    """Return a length in px that grows with the text size in use."""
    return watcher().theme.px(size)


def font(kind: str) -> QFont:
    """Return the font of a kind of text at the size in use. The caller must not change it."""
    fonts = watcher().fonts
    if kind not in fonts:
        made = QFont(_base_font())
        made.setPixelSize(current().size(kind))
        made.setWeight(QFont.Weight(WEIGHTS.get(kind, 400)))
        if kind in ("title", "figure"):
            made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
        fonts[kind] = made
    return fonts[kind]


def line_height(kind: str) -> float:
    """Return the distance between lines as a multiple of the text height."""
    return LINE_HEIGHTS.get(kind, LINE_HEIGHT)


@cache
def _base_font() -> QFont:
    """Return the font of the desktop, whatever its size."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if system.family().lower() in _GENERIC:
        installed = set(QFontDatabase.families())
        system.setFamilies([family for family in _FAMILIES if family in installed] or [system.family()])
    system.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return system


def apply(app: QApplication, theme: Theme) -> None:
    """Make ``theme`` the look of the whole program at once, windows already open included."""
    now = watcher()
    now.theme = theme
    now.fonts.clear()
    if app.style().name() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    if not theme.follows:
        app.styleHints().setColorScheme(Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light)
    app.setPalette(_palette(theme))
    app.setFont(font("body"))
    app.setStyleSheet(_sheet(theme))
    now.changed.emit()


@contextmanager
def lent(name: str) -> Iterator[None]:
    """Let what is painted inside the block be in another theme at 100%: for pictures that leave the program."""
    now = watcher()
    kept = now.theme, now.fonts
    now.theme, now.fonts = load(name), {}
    try:
        yield
    finally:
        now.theme, now.fonts = kept


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "canvas",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "ink_soft",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.ToolTipBase: "ink",
        QPalette.ColorRole.ToolTipText: "canvas",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "control",
        QPalette.ColorRole.Shadow: "control",
        QPalette.ColorRole.Accent: "accent",
    }
    palette = QPalette()
    for slot, role in roles.items():
        palette.setColor(slot, theme.colour(role))
    for slot in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, slot, theme.colour("ink_soft"))
    return palette


def _sheet(theme: Theme) -> str:
    tokens: dict[str, str] = {role: value.name() for role, value in theme.colours.items()}
    tokens.update({f"size_{kind}": str(theme.size(kind)) for kind in SIZES})
    tokens["field"] = str(theme.px(CONTROL) - 2)
    tokens["field_focus"] = str(theme.px(CONTROL) - 4)
    return Template(resources.read_text("themes/sheet.qss")).substitute(tokens)

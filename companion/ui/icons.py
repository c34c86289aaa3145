"""The program's own icons, drawn in the colour of a role.

Each is an SVG on a 20 px grid in one line style that says ``currentColor``. An icon is rendered the first time it is
shown at a size and colour, then kept. A new theme asks for new colours, so nothing has to be thrown away.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from companion.ui import theme
from companion.wording import resources

SIZE = 20


@lru_cache(maxsize=512)
def _source(name: str) -> str:
    return resources.read_text(f"icons/{name}.svg")


@lru_cache(maxsize=512)
def _rendered(name: str, size: int, colour: str, dpr: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    side = max(1, round(size * dpr))
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(dpr)
    return made


def pixmap(name: str, size: int = SIZE, role: str = "ink", dpr: float = 1.0) -> QPixmap:
    """Return the icon ``name`` as a square picture of ``size`` logical px, in the colour ``role`` has now.

    Raises:
        FileNotFoundError: there is no such icon.
        KeyError: there is no such role.
    """
    return _rendered(name, size, theme.colour(role).name(), dpr)


def icon(name: str, role: str = "ink") -> QIcon:
    """Return the icon for an action or a stock control. It keeps its colours: ask again after a new theme."""
    screen = QGuiApplication.primaryScreen()
    dpr = screen.devicePixelRatio() if screen else 1.0
    side = theme.px(SIZE)
    made = QIcon(pixmap(name, side, role, dpr))
    made.addPixmap(pixmap(name, side, "ink_soft", dpr), QIcon.Mode.Disabled)
    return made


@cache
def application_icon() -> QIcon:
    """Return the icon of the program, for windows and the task bar."""
    return QIcon(str(resources.path("icons/companion.svg")))


@cache
def tray_icon(on_dark: bool) -> QIcon:
    """Return the small two-tone mark for the system tray; ``on_dark`` gives it a rim that shows on a dark panel."""
    made = QIcon()
    for side in (16, 22, 24, 32, 48, 64):
        made.addPixmap(_rendered("tray_dark" if on_dark else "tray", side, "", 1.0))
    return made


def icon_size() -> QSize:
    """Return the size of an icon beside text, at the text size in use."""
    side = theme.px(SIZE)
    return QSize(side, side)

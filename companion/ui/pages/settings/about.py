"""About the program: its version, what it never does, its licence and what it is built from."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from companion import __version__
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Divider
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.points import Points
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

PARTS = (
    ("PySide6-Essentials", "Qt", "LGPL-3.0"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("alembic", "Alembic", "MIT"),
    ("sqlcipher3", "SQLCipher, SQLite, OpenSSL", "BSD-3-Clause, zlib, Apache-2.0"),
    ("PyNaCl", "PyNaCl, libsodium", "Apache-2.0, ISC"),
    ("keyring", "keyring", "MIT"),
    ("Pillow", "Pillow", "MIT-CMU"),
    ("pi-heif", "pi-heif, libheif, libde265", "BSD-3-Clause, LGPL-3.0"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("platformdirs", "platformdirs", "MIT"),
    ("tzdata", "tzdata", "Apache-2.0"),
    ("tzlocal", "tzlocal", "MIT"),
)
"""Distribution, what it brings, and its licence."""


def parts() -> list[tuple[str, str, str]]:
    """Return name, version and licence of everything the program is built from, as installed."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for distribution, name, licence in PARTS:
        try:
            found.append((name, version(distribution), licence))
        except PackageNotFoundError:
            continue
    return found


class LicencesSheet(Sheet):
    """The parts and their licences."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, say("settings.licences"), say("settings.licences_text"))
        for name, number, licence in parts():
            self.add(labels.body(say("settings.licence_line", name=name, version=number, licence=licence)))
            self.add(Divider())
        self.add_button(say("common.close"), "primary").clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)


class AboutSection(Section):
    """Version, what it never does, licences."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.about"))
        self.add(labels.body(say("settings.version", version=__version__)))
        self.add(labels.small(say("settings.not_a_device")))
        self.add(labels.strong(say("settings.never")))
        self.add(Points([say(f"settings.never.{number}") for number in range(1, 6)], "close", "ink_soft"))
        row = FlowLayout()
        self.licences = buttons.quiet(say("settings.licences"), "info")
        self.licences.clicked.connect(self._on_licences)
        row.addWidget(self.licences)
        self.add_layout(row)

    @Slot()
    def _on_licences(self) -> None:
        LicencesSheet(self).open()

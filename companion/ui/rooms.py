"""The pages of the window, in one list. A page whose module does not exist is not offered."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from companion.domain.values import value
from companion.ui.context import Page


@value
class Room:
    """One page: its key (also that of its words, ``shell.page.<key>``), icon, shortcut, and where its class is."""

    key: str
    icon: str
    shortcut: str
    module: str
    class_name: str

    def page_class(self) -> type[Page]:
        """Import the page and return its class."""
        found: type[Page] = getattr(import_module(self.module), self.class_name)
        return found


ROOMS = (
    Room("today", "today", "Ctrl+1", "companion.ui.pages.today", "TodayPage"),
    Room("learn", "learn", "Ctrl+2", "companion.ui.pages.learn", "LearnPage"),
    Room("photos", "photos", "Ctrl+3", "companion.ui.pages.photos", "PhotosPage"),
    Room("journal", "journal", "Ctrl+4", "companion.ui.pages.journal", "JournalPage"),
    Room("progress", "progress", "Ctrl+5", "companion.ui.pages.progress", "ProgressPage"),
    Room("visit", "visit", "Ctrl+6", "companion.ui.pages.visit", "VisitPage"),
    Room("settings", "settings", "Ctrl+7", "companion.ui.pages.settings", "SettingsPage"),
)
FIRST = "today"
LAST = "settings"
"""The page that stands apart at the bottom of the rail."""


@cache
def standing() -> tuple[Room, ...]:
    """Return the pages that exist."""
    return tuple(room for room in ROOMS if (found := find_spec(room.module)) is not None and found.origin)

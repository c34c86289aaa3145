"""Which cards the settings have, in their order, and how each is made. Code is loaded with the card that needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from companion.ui.context import Context
from companion.ui.pages.settings.section import Section

_HERE = "companion.ui.pages.settings"


@dataclass(frozen=True, slots=True)
class Room:
    """One card: its column (0 left, 1 right), and whether it is seen as soon as the page is."""

    key: str
    column: int
    first: bool
    class_name: str

    def make(self, context: Context) -> Section:
        """Return the card."""
        made: Callable[[Context], Section] = getattr(import_module(f"{_HERE}.{self.key}"), self.class_name)
        return made(context)


ROOMS = (
    Room("times", 0, True, "TimesSection"),
    Room("places", 0, True, "PlacesSection"),
    Room("tubes", 0, True, "TubesSection"),
    Room("treatment", 0, False, "TreatmentSection"),
    Room("look", 1, True, "LookSection"),
    Room("lock", 1, True, "LockSection"),
    Room("record", 1, False, "RecordSection"),
    Room("about", 1, False, "AboutSection"),
)
_OF_CUSTODY = ("lock", "record")


def rooms(context: Context) -> tuple[Room, ...]:
    """Return the cards for a record; without custody of it there is neither lock nor folder."""
    return tuple(room for room in ROOMS if context.custody is not None or room.key not in _OF_CUSTODY)

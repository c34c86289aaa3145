"""Which cards the settings have, in their order, and how each is made. Code is loaded with the card that needs it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from companion.domain.values import value
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section

_HERE = "companion.ui.pages.settings"


@value
class Room:
    """One card and its column: 0 left, 1 right."""

    key: str
    column: int
    class_name: str

    def make(self, context: Context) -> Section:
        """Return the card."""
        made: Callable[[Context], Section] = getattr(import_module(f"{_HERE}.{self.key}"), self.class_name)
        return made(context)


ROOMS = (
    Room("times", 0, "TimesSection"),
    Room("reaching", 1, "ReachingSection"),
    Room("reminders", 0, "RemindersSection"),
    Room("pause", 0, "PauseSection"),
    Room("phone", 1, "PhoneSection"),
    Room("places", 0, "PlacesSection"),
    Room("tubes", 0, "TubesSection"),
    Room("treatment", 0, "TreatmentSection"),
    Room("look", 1, "LookSection"),
    Room("lock", 1, "LockSection"),
    Room("record", 1, "RecordSection"),
    Room("about", 1, "AboutSection"),
)
_OF_CUSTODY = ("lock", "record", "phone")
_OF_REMINDING = ("reminders", "reaching", "phone")


def rooms(context: Context) -> tuple[Room, ...]:
    """Return the cards for a record; without custody of it there is neither lock nor folder."""
    absent: set[str] = set()
    if context.custody is None:
        absent.update(_OF_CUSTODY)
    if context.reminding is None:
        absent.update(_OF_REMINDING)
    return tuple(room for room in ROOMS if room.key not in absent)

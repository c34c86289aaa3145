"""Side effects as the person tells them: raw words and numbers, no grade, no verdict."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from companion.domain.values import value


class SymptomKind(StrEnum):
    """Where a symptom of the list belongs. ``RED_FLAG`` always shows the get-help page."""

    LOCAL = "local"
    GENERAL = "general"
    RED_FLAG = "red-flag"


@value
class Symptom:
    """One line of the program's own list (``resources/content/symptoms.json``); ``category`` names the help section."""

    code: str
    kind: SymptomKind
    category: str | None
    common: bool

    @property
    def shows_help(self) -> bool:
        """Return whether noting it shows the get-help page."""
        return self.category is not None


SCALE = (0, 1, 2, 3)
"""Both scales of an entry, how bad and how much it bothers: none, a little, quite, very."""


@value
class SymptomEntry:
    """One noted side effect. ``at`` is when it was noticed (UTC) and ``zone`` where; ``places`` are place ids.

    ``help_shown_at`` is when the get-help page was shown for it.
    """

    id: int
    code: str
    at: datetime
    zone: str
    bad: int | None = None
    bothers: int | None = None
    places: tuple[int, ...] = ()
    ended_on: date | None = None
    action: str = ""
    told_doctor: bool = False
    note: str = ""
    help_shown_at: datetime | None = None
    deleted: bool = False


@value
class NoteEntry:
    """A free note of the person, dated."""

    id: int
    at: datetime
    zone: str
    text: str
    help_shown_at: datetime | None = None
    deleted: bool = False

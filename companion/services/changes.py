"""What a use case altered, so that a page reloads only what concerns it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

from companion.domain.values import value


@value
class Changes:
    """Flags for the kinds of things that changed; ``a | b`` unites two reports."""

    treatment: bool = False
    places: bool = False
    applications: bool = False
    symptoms: bool = False
    notes: bool = False
    tubes: bool = False
    photos: bool = False
    settings: bool = False
    reminders: bool = False
    care: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, each.name) or getattr(other, each.name) for each in fields(self)))

    @property
    def any(self) -> bool:
        """Return whether anything changed."""
        return any(getattr(self, each.name) for each in fields(self))


EVERYTHING = Changes(*([True] * len(fields(Changes))))


@value
class Undo:
    """How to take a change back; opaque to the pages. ``what`` names the use case, the others its rows."""

    what: str
    before: tuple[object, ...]
    after: tuple[object, ...]


@value
class Done:
    """A use case that was carried out: what changed, the row it concerns, how to undo it.

    ``help`` is the category of the get-help page that must be shown, if any. ``again`` is when a reminder that was put
    off comes again; ``None`` when it does not, because another one takes its place before.
    """

    changes: Changes
    id: int = 0
    undo: Undo | None = None
    help: str | None = None
    day: date | None = None
    again: datetime | None = None

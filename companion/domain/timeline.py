"""One list of everything that was noted, newest first: what can be asked of it, and what it answers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from companion.domain.care import CareEntry, CareKind
from companion.domain.dosing import Application
from companion.domain.moments import local_day
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Tube
from companion.domain.values import value


class EntryKind(StrEnum):
    """The kinds of the timeline. ``APPLICATION`` are only those with a note: the others are Today's."""

    SYMPTOM = "symptom"
    NOTE = "note"
    LIGHT = "light"
    TREATMENT = "treatment"
    SKIN_DAY = "skin_day"
    TUBE = "tube"
    ESTIMATE = "estimate"
    SCORE = "score"
    NOTICING = "noticing"
    VISIT = "visit"
    APPLICATION = "application"


CARE_KINDS = frozenset(EntryKind(kind.value) for kind in CareKind)

Entry = SymptomEntry | NoteEntry | Tube | CareEntry | Application


@value
class Filter:
    """What is wanted; an empty set or ``None`` asks for everything.

    Every word of ``text`` must be found, without regard to case and accents, in what the person wrote or in the names
    of what was chosen. An entry is of ``places`` when it names one of them. ``first`` and ``last`` are civil days.
    """

    text: str = ""
    kinds: frozenset[EntryKind] = frozenset()
    places: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None


ALL = Filter()


@value
class Item:
    """One line of the timeline. A tube stands at noon of the day it was opened."""

    kind: EntryKind
    at: datetime
    zone: str
    entry: Entry

    @property
    def id(self) -> int:
        """Return the id of the entry, unique within its kind of table."""
        return self.entry.id

    @property
    def day(self) -> date:
        """Return the civil day it belongs to."""
        return local_day(self.at, self.zone)


@value
class Page:
    """Items newest first. ``before`` asks for the next page; ``None`` when this is the last one."""

    items: tuple[Item, ...]
    before: datetime | None

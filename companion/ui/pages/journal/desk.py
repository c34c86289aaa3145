"""One hand for every kind of entry: whichever service keeps it, the page deletes, ends and takes back in one way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.domain.care import CareEntry
from companion.domain.dosing import Application
from companion.domain.history import Edit, Noun
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.timeline import Entry, Item
from companion.domain.treatment import Tube
from companion.services.changes import Done, Undo
from companion.ui.context import Context

if TYPE_CHECKING:
    from companion.services.care_entries import CareEntries
    from companion.services.prescription import PrescriptionFacts
    from companion.services.timeline import Timeline

TakeBack = Callable[[Undo], object]

_NOUNS: dict[type[Entry], Noun] = {
    SymptomEntry: Noun.SYMPTOM,
    NoteEntry: Noun.NOTE,
    Tube: Noun.TUBE,
    CareEntry: Noun.CARE_ENTRY,
    Application: Noun.APPLICATION,
}


def timeline(context: Context) -> Timeline:
    """Return the list of everything that was noted."""
    assert context.timeline is not None
    return context.timeline


def entries(context: Context) -> CareEntries:
    """Return what keeps light, treatments, sun, sizes, scores and visits."""
    assert context.care_entries is not None
    return context.care_entries


def prescription(context: Context) -> PrescriptionFacts:
    """Return what keeps the facts of the prescription."""
    assert context.prescription is not None
    return context.prescription


def noun_of(entry: Entry) -> Noun:
    """Return which kind of row an entry is."""
    return _NOUNS[type(entry)]


def delete(context: Context, item: Item) -> tuple[Done, TakeBack]:
    """Delete an entry; return what was done, and the service's way back."""
    entry = item.entry
    if isinstance(entry, SymptomEntry):
        return context.journal.delete_symptom(entry.id), context.journal.undo
    if isinstance(entry, NoteEntry):
        return context.journal.delete_note(entry.id), context.journal.undo
    if isinstance(entry, Tube):
        return context.care.delete_tube(entry.id), context.care.undo
    if isinstance(entry, Application):
        return context.applications.remove(entry.id), context.applications.undo
    return entries(context).delete(entry.id), entries(context).undo


def end(context: Context, item: Item) -> tuple[Done, TakeBack]:
    """Note that what goes on is over since today. Only for what :func:`goes_on` says so of."""
    if isinstance(item.entry, SymptomEntry):
        return context.journal.end_symptom(item.entry.id), context.journal.undo
    return entries(context).end(item.entry.id), entries(context).undo


def history(context: Context, entry: Entry) -> tuple[Edit, ...]:
    """Return what an entry said before each correction, the latest correction first."""
    return entries(context).history(noun_of(entry), entry.id)

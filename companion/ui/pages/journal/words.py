"""What the Journal says of an entry. No widgets here, so the tests read the words as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from companion.domain.care import CareEntry
from companion.domain.dosing import Application
from companion.domain.moments import local, local_day
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.timeline import Entry, EntryKind, Item
from companion.domain.treatment import Tube
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import care_words
from companion.ui.pages.journal.texts import cut, day_said, ended
from companion.wording import dates, say

__all__ = ["cut", "day_of", "day_words", "details", "ended", "headline", "spoken", "tag", "time_words"]

TIMED = frozenset({EntryKind.SYMPTOM, EntryKind.NOTE, EntryKind.APPLICATION})
"""Kinds whose time of day means something; the others are of a day."""


def day_of(entry: SymptomEntry | NoteEntry) -> date:
    """Return the civil day an entry is about, where it happened."""
    return local_day(entry.at, entry.zone)


def day_words(day: date, today: date) -> str:
    """Return a day as a heading of the list; the year is written when it is not this one."""
    text = dates.full_day(day) if day.year == today.year else dates.long_day(day)
    return text[:1].upper() + text[1:]


def time_words(item: Item) -> str:
    """Return the time of day of an entry, as the clock there showed it; nothing where only the day counts."""
    return dates.clock_time(local(item.at, item.zone)) if item.kind in TIMED else ""


def headline(entry: Entry, names: Mapping[int, str]) -> str:
    """Return the first line of an entry: what it is with place and strength, or the beginning of the note."""
    if isinstance(entry, SymptomEntry):
        return symptom_words.headline(entry, names)
    if isinstance(entry, NoteEntry):
        return cut(entry.text)
    if isinstance(entry, Tube):
        return say("journal.line.tube")
    if isinstance(entry, Application):
        return care_words.application_headline(entry)
    return care_words.headline(entry, names)


def details(entry: Entry, today: date, names: Mapping[int, str]) -> str:
    """Return what follows the first line; nothing for a note."""
    if isinstance(entry, SymptomEntry):
        return _symptom_details(entry, today)
    if isinstance(entry, Tube):
        return care_words.tube_details(entry, today)
    if isinstance(entry, Application):
        return cut(entry.note)
    return care_words.details(entry, today, names) if isinstance(entry, CareEntry) else ""


def _symptom_details(entry: SymptomEntry, today: date) -> str:
    said = []
    if entry.ended_on is not None and entry.ended_on != day_of(entry):
        said.append(say("journal.gone_on", day=day_said(entry.ended_on, today)))
    if entry.bothers is not None:
        said.append(say(f"symptoms.bother.{entry.bothers}"))
    if entry.action.strip():
        said.append(say("journal.done_was", text=ended(cut(" ".join(entry.action.split())))))
    if entry.told_doctor:
        said.append(say("journal.told"))
    if entry.note.strip():
        said.append(cut(entry.note))
    return " ".join(said)


def tag(entry: Entry) -> str:
    """Return what a row bears at its right: how long something lasted, that it goes on, whose words these are."""
    if isinstance(entry, SymptomEntry):
        if entry.ended_on is None:
            return say("journal.tag.still")
        days = (entry.ended_on - day_of(entry)).days
        return say("journal.tag.days", count=days) if days > 0 else say("journal.tag.same_day")
    if isinstance(entry, Tube):
        return say("journal.tag.open") if entry.finished_on is None else ""
    return care_words.tag(entry) if isinstance(entry, CareEntry) else ""


def goes_on(entry: Entry) -> bool:
    """Return whether the entry is a side effect that is still there or a treatment that is still used."""
    if isinstance(entry, SymptomEntry):
        return entry.ended_on is None
    return isinstance(entry, CareEntry) and care_words.still_used(entry)


def spoken(item: Item, names: Mapping[int, str], today: date) -> str:
    """Return an entry in full, for a screen reader."""
    entry, kind = item.entry, say(f"care.kind.{item.kind.value}")
    first = headline(entry, names).rstrip(".")
    said = tag(entry)
    text = ". ".join(filter(None, (first, said if said != kind else "", details(entry, today, names))))
    day, time = day_words(item.day, today), time_words(item)
    if first.casefold().startswith(kind.casefold()):
        return say("journal.spoken_plain", day=day, text=text)
    if not time:
        return say("journal.spoken_day", day=day, kind=kind, text=text)
    return say("journal.spoken", day=day, time=time, kind=kind, text=text)

"""What the Journal says of an entry. No widgets here, so the tests read the words as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from companion.domain.moments import local, local_day
from companion.domain.reactions import SymptomEntry
from companion.services.journal import Entry
from companion.ui.pages import symptom_words
from companion.wording import dates, say

PREVIEW = 1_200
"""No more of a text than this is ever set in lines in the list; the sheet shows it whole."""


def day_of(entry: Entry) -> date:
    """Return the civil day an entry is about, where it happened."""
    return local_day(entry.at, entry.zone)


def day_words(day: date, today: date) -> str:
    """Return a day as a heading of the list; the year is written when it is not this one."""
    text = dates.full_day(day) if day.year == today.year else dates.long_day(day)
    return text[:1].upper() + text[1:]


def time_words(entry: Entry) -> str:
    """Return the time of day of an entry, as the clock there showed it."""
    return dates.clock_time(local(entry.at, entry.zone))


def cut(text: str) -> str:
    """Return the beginning of a text, its line breaks kept but never more than one empty line."""
    beginning = text[:PREVIEW]
    lines = [line.rstrip() for line in beginning.splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    shown = "\n".join(kept).strip()
    return f"{shown}…" if len(text) > PREVIEW else shown


def headline(entry: Entry, names: Mapping[int, str]) -> str:
    """Return the first line of an entry: the side effect with place and strength, or the beginning of the note."""
    if isinstance(entry, SymptomEntry):
        return symptom_words.headline(entry, names)
    return cut(entry.text)


def details(entry: Entry, today: date) -> str:
    """Return what follows the first line of a side effect; nothing for a note."""
    if not isinstance(entry, SymptomEntry):
        return ""
    said = []
    if entry.ended_on is not None and entry.ended_on != day_of(entry):
        said.append(say("journal.gone_on", day=_day(entry.ended_on, today)))
    if entry.bothers is not None:
        said.append(say(f"symptoms.bother.{entry.bothers}"))
    if entry.action.strip():
        said.append(say("journal.done_was", text=ended(" ".join(entry.action[:PREVIEW].split()))))
    if entry.told_doctor:
        said.append(say("journal.told"))
    if entry.note.strip():
        said.append(cut(entry.note))
    return " ".join(said)


def ended(text: str) -> str:
    """Return a text with a full stop, unless it closes by itself."""
    return text if text[-1:] in (".", "!", "?", "…", ")", "”", "»") else f"{text}."


def tag(entry: Entry) -> str:
    """Return how long a side effect lasted, or that it is still there; nothing for a note."""
    if not isinstance(entry, SymptomEntry):
        return ""
    if entry.ended_on is None:
        return say("journal.tag.still")
    days = (entry.ended_on - day_of(entry)).days
    return say("journal.tag.days", count=days) if days > 0 else say("journal.tag.same_day")


def spoken(entry: Entry, names: Mapping[int, str], today: date) -> str:
    """Return an entry in full, for a screen reader."""
    kind = "symptom" if isinstance(entry, SymptomEntry) else "note"
    text = ". ".join(filter(None, (headline(entry, names), tag(entry), details(entry, today))))
    return say(
        "journal.spoken",
        day=day_words(day_of(entry), today),
        time=time_words(entry),
        kind=say(f"journal.kind_name.{kind}"),
        text=text,
    )


def _day(day: date, today: date) -> str:
    return dates.short_day(day) if day.year == today.year else dates.short_day_year(day)

"""How texts and days are written in the rows of the Journal."""

from __future__ import annotations

from datetime import date

from companion.wording import dates

PREVIEW = 1_200
"""No more of a text than this is ever set in lines in the list; the sheet shows it whole."""


def cut(text: str) -> str:
    """Return the beginning of a text, its line breaks kept but never more than one empty line."""
    beginning = text[:PREVIEW]
    lines = [line.rstrip() for line in beginning.splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    shown = "\n".join(kept).strip()
    return f"{shown}…" if len(text) > PREVIEW else shown


def ended(text: str) -> str:
    """Return a text with a full stop, unless it closes by itself."""
    return text if text[-1:] in (".", "!", "?", "…", ")", "”", "»") else f"{text}."


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return a text as inside a sentence: it begins small, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def day_said(day: date, today: date) -> str:
    """Return a day, with its year when it is not this one."""
    return dates.short_day(day) if day.year == today.year else dates.short_day_year(day)

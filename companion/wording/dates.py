"""Days, times and spans in words, for the language spoken now.

Qt's locale data would serve the window but not the command line, the reports or the calendar file, and Babel costs
a third of the start-up budget. Two languages with one calendar need little: names and patterns are phrases.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from companion.wording.phrases import Phrasebook, current


def _book(book: Phrasebook | None) -> Phrasebook:
    return book or current()


class HourCycle:
    """Whether times are written 7:42 am or 07:42; set once from the person's preference."""

    twelve = False


def use_twelve_hours(twelve: bool) -> None:
    """Write times as 7:42 am from now on (``True``) or as 07:42 (``False``)."""
    HourCycle.twelve = twelve


def clock_time(moment: time | datetime, book: Phrasebook | None = None) -> str:
    """Return a time of day, such as ``07:42`` or ``7:42 am``. A datetime is written in its own zone."""
    if not HourCycle.twelve:
        return f"{moment.hour:02d}:{moment.minute:02d}"
    half = _book(book).say("dates.am" if moment.hour < 12 else "dates.pm")
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"


def _parts(day: date, book: Phrasebook) -> dict[str, object]:
    return {
        "weekday": book.say(f"dates.weekday.{day.weekday()}"),
        "weekday_short": book.say(f"dates.weekday_short.{day.weekday()}"),
        "month": book.say(f"dates.month.{day.month}"),
        "month_short": book.say(f"dates.month_short.{day.month}"),
        "day": day.day,
        "year": day.year,
    }


def full_day(day: date, book: Phrasebook | None = None) -> str:
    """Return ``Saturday, 21 November``."""
    chosen = _book(book)
    return chosen.say("dates.full", **_parts(day, chosen))


def long_day(day: date, book: Phrasebook | None = None) -> str:
    """Return ``21 November 2026``."""
    chosen = _book(book)
    return chosen.say("dates.long", **_parts(day, chosen))


def short_day(day: date, book: Phrasebook | None = None) -> str:
    """Return ``21 Nov``."""
    chosen = _book(book)
    return chosen.say("dates.short", **_parts(day, chosen))


def short_day_year(day: date, book: Phrasebook | None = None) -> str:
    """Return ``21 Nov 2026``."""
    chosen = _book(book)
    return chosen.say("dates.short_year", **_parts(day, chosen))


def weekday(day: date, book: Phrasebook | None = None) -> str:
    """Return ``Saturday``."""
    return _book(book).say(f"dates.weekday.{day.weekday()}")


def weekday_short(day: date, book: Phrasebook | None = None) -> str:
    """Return ``Sat``."""
    return _book(book).say(f"dates.weekday_short.{day.weekday()}")


def month_year(day: date, book: Phrasebook | None = None) -> str:
    """Return ``November 2026``."""
    chosen = _book(book)
    return chosen.say("dates.month_year", **_parts(day, chosen))


def span(length: timedelta, book: Phrasebook | None = None) -> str:
    """Return a length of time to the minute, such as ``4 h 12 min``; the sign is dropped, under a minute is 1 min."""
    minutes = max(1, round(abs(length).total_seconds() / 60))
    chosen = _book(book)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return chosen.say("dates.minutes", minutes=rest)
    if not rest:
        return chosen.say("dates.hours", hours=hours)
    return chosen.say("dates.hours_minutes", hours=hours, minutes=rest)


def days_ago(days: int, book: Phrasebook | None = None) -> str:
    """Return ``today``, ``yesterday`` or ``9 days ago``."""
    chosen = _book(book)
    if days <= 0:
        return chosen.say("dates.today")
    if days == 1:
        return chosen.say("dates.yesterday")
    return chosen.say("dates.days_ago", count=days)

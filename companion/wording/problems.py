"""Errors in words: what happened, why, what is safe and what to do. The same for the window and the command line."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from companion.domain.errors import CompanionError
from companion.domain.moments import local
from companion.wording import dates, numbers
from companion.wording.phrases import Phrasebook, current


def words(error: CompanionError, zone: str, book: Phrasebook | None = None) -> str:
    """Return what ``error`` means, with its values written as the person in ``zone`` writes them."""
    return words_of(error.key, error.values, zone, book)


def words_of(key: str, values: dict[str, object], zone: str, book: Phrasebook | None = None) -> str:
    """Return the words of one key, such as one question of :class:`NeedsAnswer`."""
    chosen = book or current()
    return chosen.say(f"errors.{key}", **{name: _written(value, zone, chosen) for name, value in values.items()})


def _written(value: object, zone: str, book: Phrasebook) -> object:
    if isinstance(value, datetime):
        there = local(value, zone)
        moment = {"time": dates.clock_time(there, book), "day": dates.short_day(there.date(), book)}
        return book.say("errors.value.moment", **moment)
    if isinstance(value, date):
        return dates.long_day(value, book)
    if isinstance(value, time):
        return dates.clock_time(value, book)
    if isinstance(value, float | Decimal):
        return numbers.decimal(value, 2, book)
    return value

"""Column types: the values of :mod:`companion.storage.values`, as SQLAlchemy wants them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from companion.storage import values

Word = TypeVar("Word", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; a naive one is refused."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the stored form."""
        return None if value is None else values.instant_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant, in UTC."""
        return None if value is None else values.instant_out(value)


class CivilDay(TypeDecorator[date]):
    """A day of the calendar, in no zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the stored form."""
        return None if value is None else values.day_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else values.day_out(value)


class WallTime(TypeDecorator[time]):
    """A time of the day to the minute, in no zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        """Return the stored form."""
        return None if value is None else values.time_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> time | None:
        """Return the time."""
        return None if value is None else values.time_out(value)


class IdList(TypeDecorator[tuple[int, ...]]):
    """Ids of places, in order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> str | None:
        """Return the stored form."""
        return None if value is None else values.ids_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[int, ...] | None:
        """Return the ids."""
        return None if value is None else values.ids_out(value)


class Weekdays(TypeDecorator[frozenset[int]]):
    """Days of the week, Monday is 1."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> str | None:
        """Return the stored form."""
        return None if value is None else values.weekdays_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> frozenset[int] | None:
        """Return the days."""
        return None if value is None else values.weekdays_out(value)


class DecimalText(TypeDecorator[Decimal]):
    """A decimal number, digit for digit."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Return the stored form."""
        return None if value is None else values.decimal_in(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return the number."""
        return None if value is None else values.decimal_out(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0 (a strict table has no boolean)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Return the stored form."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        """Return yes or no."""
        return None if value is None else bool(value)


class OneOf(TypeDecorator[Word]):
    """A word of one enumeration."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:
        """Return the stored form. Raises ``ValueError`` for a word that is not of the enumeration."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Word | None:
        """Return the member."""
        return None if value is None else self.words(value)

"""How values lie in the database, both ways. Plain functions, so that the start page needs no SQLAlchemy.

* An instant is an INTEGER: microseconds since 1970 in UTC. Exact, it sorts as time does, and no text form of it can
  carry a zone that is then believed; the zone it happened in is its own column.
* A civil day is TEXT ``YYYY-MM-DD``, a wall-clock time TEXT ``HH:MM``: they belong to no zone and sort as they read.
* Handprints are TEXT of the decimal, because a quarter must stay a quarter.
* A list of ids is TEXT, a JSON array of integers; days of the week are TEXT, their ISO numbers in order (``67``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from companion.domain.moments import as_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant_in(moment: datetime) -> int:
    """Return an aware instant as it is stored. Raises ``ValueError`` for a naive one."""
    return (as_utc(moment) - _EPOCH) // _MICROSECOND


def instant_out(stored: int) -> datetime:
    """Return a stored instant, aware, in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def day_in(day: date) -> str:
    """Return a civil day as it is stored. Raises ``ValueError`` for an instant, which is on no day without a zone."""
    if isinstance(day, datetime):
        raise ValueError("an instant is not a day")
    return day.isoformat()


def day_out(stored: str) -> date:
    """Return a stored civil day."""
    return date.fromisoformat(stored)


def time_in(at: time) -> str:
    """Return a wall-clock time as it is stored, to the minute."""
    return f"{at.hour:02}:{at.minute:02}"


def time_out(stored: str) -> time:
    """Return a stored wall-clock time."""
    return time.fromisoformat(stored)


def ids_in(ids: Iterable[int]) -> str:
    """Return ids as they are stored, in the order given."""
    return json.dumps([int(each) for each in ids], separators=(",", ":"))


def ids_out(stored: str) -> tuple[int, ...]:
    """Return stored ids."""
    return tuple(json.loads(stored)) if stored != "[]" else ()


def weekdays_in(days: Iterable[int]) -> str:
    """Return ISO weekdays as they are stored. Raises ``ValueError`` for a number that is none."""
    if not set(days) <= set(range(1, 8)):
        raise ValueError("not a day of the week")
    return "".join(str(day) for day in sorted(set(days)))


def weekdays_out(stored: str) -> frozenset[int]:
    """Return stored ISO weekdays."""
    return frozenset(map(int, stored))


def decimal_in(number: Decimal) -> str:
    """Return a decimal as it is stored, digit for digit. Raises ``ValueError`` for infinity and not-a-number."""
    if not number.is_finite():
        raise ValueError("not a number")
    return format(number, "f")


def decimal_out(stored: str) -> Decimal:
    """Return a stored decimal."""
    return Decimal(stored)

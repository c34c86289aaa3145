"""What lies ahead: the slots of a span of days, with what is known of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError
from companion.domain.moments import DAY, Clock, local_day, zone_info
from companion.schedule import planner
from companion.schedule.planner import AgendaItem

if TYPE_CHECKING:
    from companion.storage.record import Record

MAX_DAYS = 3660


class Agenda:
    """The agenda of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def days(self, first: date | None = None, days: int = 7, zone: str | None = None) -> tuple[AgendaItem, ...]:
        """Return the slots of ``days`` local days from ``first`` (today when absent) in ``zone`` (here when absent).

        Raises:
            PersonError: ``not_set_up``, ``days_range`` (with ``most``), ``unknown_zone``.
        """
        where = zone or self._clock.zone()
        _check_zone(where)
        if not 1 <= days <= MAX_DAYS:
            raise PersonError("days_range", most=MAX_DAYS)
        start = first or local_day(self._clock.now(), where)
        try:
            end = start + timedelta(days=days - 1)
            end + 2 * DAY
        except OverflowError:
            raise PersonError("days_range", most=MAX_DAYS) from None
        with self._record.unit_of_work() as work:
            treatment = work.treatments.current()
            if treatment is None:
                raise PersonError("not_set_up")
            rows = work.applications.between(start, end)
            last = work.applications.last_applied()
        records = {each.slot: each for each in rows if each.ordinal == 0}
        return planner.agenda(treatment, records, last, (start, end), self._clock.now(), where)


def _check_zone(name: str) -> None:
    try:
        zone_info(name)
    except (LookupError, ValueError, OSError):
        raise PersonError("unknown_zone") from None

"""What lies ahead: the slots of a span of days with what is known of each, and what would be announced when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError
from companion.domain.moments import DAY, Clock, instant_of, local_day, zone_info
from companion.domain.reminders import Key, Kind, Told
from companion.domain.today import kept_since
from companion.domain.values import value
from companion.schedule import planner, reminders
from companion.schedule.planner import AgendaItem
from companion.services.reminder_settings import KEY, settings_in
from companion.services.reminding import errands_of
from companion.services.treatment import rules_of

if TYPE_CHECKING:
    from companion.storage.record import Record

MAX_DAYS = 3660
MARGIN = timedelta(days=20)
"""How far beyond the asked days the calendar must reach."""


@value
class Entry:
    """One line of an agenda: a slot (``item`` is what is known of it), photo day, or the order of the next tube.

    ``announced`` are the moments at which it would be announced if nobody answered; none if it was told before.
    """

    kind: Kind
    day: date
    due: datetime
    item: AgendaItem | None
    announced: tuple[datetime, ...]


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
        where, start, end = self._span(first, days, zone)
        with self._record.unit_of_work() as work:
            treatment = work.treatments.current()
            if treatment is None:
                raise PersonError("not_set_up")
            rows = work.applications.between(start, end)
            last = work.applications.last_applied(reminders.latest_cream(self._clock.now()))
        records = {each.slot: each for each in rows if each.ordinal == 0}
        return planner.agenda(treatment, records, last, (start, end), self._clock.now(), where)

    def entries(self, first: date | None = None, days: int = 7, zone: str | None = None) -> tuple[Entry, ...]:
        """Return the slots of these days, photo day and the next order in order, and when each would be announced.

        The announcements are what the planner itself says from now on, moment by moment, if nothing is recorded.
        Arguments and errors are those of :meth:`days`.
        """
        items = self.days(first, days, zone)
        where, start, end = self._span(first, days, zone)
        told = self._announced(start, end, where)
        found = []
        for item in items:
            at = told.pop(Key(Kind.APPLICATION, item.slot.day, item.slot.part), ())
            found.append(Entry(Kind.APPLICATION, item.slot.day, item.due, item, tuple(at)))
        for key, moments in told.items():
            if key.part is None:
                found.append(Entry(key.kind, local_day(moments[0], where), moments[0], None, tuple(moments)))
        return tuple(sorted(found, key=lambda each: each.due))

    def _announced(self, start: date, end: date, zone: str) -> dict[Key, list[datetime]]:
        """Return what would be announced on these days, and when, if nobody answered."""
        now = self._clock.now()
        back = min(start, reminders.days_read(now, zone)[0]) - DAY
        watch = self._record.watch(back, end + reminders.DAYS_AHEAD * DAY, reminders.latest_cream(now))
        if watch.treatment is None:
            return {}
        records = {each.slot: each for each in watch.applications if each.ordinal == 0}
        told = {each.key: each for each in watch.told}
        settings = settings_in(watch.settings.get(KEY))
        # The day of the next order moves with every day on which nothing is recorded: as it is now, it comes.
        errands, rules = errands_of(watch, now, zone), rules_of(watch.treatment.leaflet)
        since = kept_since(watch.settings, now)
        first, until = _midnight(start, zone), _midnight(end + DAY, zone)
        found: dict[Key, list[datetime]] = {}
        at = max(now, first - 2 * DAY)
        while at < until:
            looked = reminders.outlook(
                watch.treatment, settings, records, watch.last_applied, told, errands, at, zone, rules, since
            )
            if (new := looked.announce) is not None:
                told = _recent(told, new.key.day)
                told[new.key] = Told(new.key, new.stage, at)
                if at >= first:
                    found.setdefault(new.key, []).append(at)
            elif looked.next_moment is None:
                break
            else:
                at = looked.next_moment
        return found

    def _span(self, first: date | None, days: int, zone: str | None) -> tuple[str, date, date]:
        """Return the zone, the first and the last day that are meant. Raises what :meth:`days` does."""
        where = zone or self._clock.zone()
        _check_zone(where)
        if not 1 <= days <= MAX_DAYS:
            raise PersonError("days_range", most=MAX_DAYS)
        start = first or local_day(self._clock.now(), where)
        try:
            end = start + timedelta(days=days - 1)
            end + MARGIN
            start - MARGIN
        except OverflowError:
            raise PersonError("days_range", most=MAX_DAYS) from None
        return where, start, end


def _recent(told: dict[Key, Told], day: date) -> dict[Key, Told]:
    """Return what the planner still looks at on ``day``: over years the rest would take the time."""
    if len(told) < MARGIN.days * 2:
        return told
    return {key: each for key, each in told.items() if key.part is None or key.day >= day - MARGIN / 2}


def _midnight(day: date, zone: str) -> datetime:
    found = instant_of(day, time(0), zone) or instant_of(day + DAY, time(0), zone)
    assert found is not None
    return found


def _check_zone(name: str) -> None:
    try:
        zone_info(name)
    except (LookupError, ValueError, OSError):
        raise PersonError("unknown_zone") from None

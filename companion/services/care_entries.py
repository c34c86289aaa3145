"""Light, other treatments, sun, estimates, scores, noticing and visits: add, correct, list, delete and undo.

Any text that sounds urgent is handled as in the Journal: the get-help page comes first, and the entry records that it
was shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from companion.domain import care
from companion.domain.care import CareEntry, CareKind, Estimate, Fact, Noticing
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.history import Edit, Noun
from companion.domain.moments import Clock, as_utc, instant_of, local, local_day
from companion.domain.values import value
from companion.services import corrections
from companion.services.applications import FUTURE_SLACK
from companion.services.changes import Changes, Done, Undo
from companion.services.journal import GET_HELP, KEEP_DELETED, help_for_text
from companion.services.treatment import rules_of

if TYPE_CHECKING:
    from companion.storage.record import Record
    from companion.storage.unit_of_work import UnitOfWork

NOON = time(12)
"""Where an entry stands that is told of a day and no time."""


@value
class NewCare:
    """An entry to be noted: at an instant, or on a civil day (noon of it), or now.

    The place of an estimate is in the estimate. ``help_shown`` says the get-help page was shown first.
    """

    what: Fact
    at: datetime | None = None
    day: date | None = None
    ended_on: date | None = None
    places: tuple[int, ...] = ()
    note: str = ""
    help_shown: bool = False


@value
class Areas:
    """The sizes of all places together, in handprints: of each the latest estimate, or what the place was given.

    ``treated`` counts the treated places only; ``cap`` is what the leaflet states, or ``None``.
    """

    by_place: tuple[tuple[int, Decimal], ...]
    treated: Decimal
    cap: int | None

    @property
    def over_cap(self) -> bool:
        """Return whether the treated places are more than the leaflet states."""
        return self.cap is not None and self.treated > self.cap


class CareEntries:
    """The entries of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def add(self, new: NewCare) -> Done:
        """Note an entry, durably.

        Raises:
            PersonError: those of :func:`companion.domain.care.check` and ``check_days``; ``unknown_place``,
                ``one_place``, ``note_too_long``, ``estimates_over_body``.
            NeedsAnswer: ``get_help`` with ``category``: show the page, then call again with ``help_shown``.
        """
        at, day = self._when(new)
        row = CareEntry(0, new.what, at, self._clock.zone(), day, new.ended_on, _places(new.what, new.places), new.note)
        self._check(row)
        called = help_for_text(_typed(row))
        if called and not new.help_shown:
            raise NeedsAnswer((GET_HELP,), category=called[0])
        if called:
            row = replace(row, help_shown_at=self._clock.now())
        with self._record.unit_of_work() as work:
            _check_together(work, row)
            number = work.care.add(row)
        return _done(number, Undo("care_added", (), (number,)), called)

    def edit(self, row: CareEntry, help_shown: bool = False) -> Done:
        """Store a corrected entry whole; what it said before is kept as its history.

        Where only its day was changed the instant moves to that day, where only the instant was, the day follows.
        Raises as :meth:`add`, and ``entry_gone``.
        """
        now = self._clock.now()
        with self._record.unit_of_work() as work:
            before = work.care.get(row.id)
            if before is None:
                raise PersonError("entry_gone")
            row = _aligned(replace(row, places=_places(row.what, row.places), deleted=before.deleted), before, now)
            self._check(row)
            called = help_for_text(_typed(row))
            new = set(called) - set(help_for_text(_typed(before)))
            if called and not help_shown and (new or row.help_shown_at is None):
                raise NeedsAnswer((GET_HELP,), category=called[0])
            if called and (new or row.help_shown_at is None):
                row = replace(row, help_shown_at=now)
            _check_together(work, row)
            corrections.keep(work, Noun.CARE_ENTRY, before, row, now)
            work.care.update(row)
        return _done(row.id, Undo("care", (before,), (row,)), called)

    def end(self, entry_id: int, day: date | None = None) -> Done:
        """Note that another treatment is over, since ``day`` (today when absent)."""
        row = self.get(entry_id)
        if row is None:
            raise PersonError("entry_gone")
        return self.edit(replace(row, ended_on=day or self._today()), help_shown=row.help_shown_at is not None)

    def delete(self, entry_id: int) -> Done:
        """Delete an entry; undo brings it back for thirty days."""
        with self._record.unit_of_work() as work:
            work.care.mark_deleted(entry_id, self._clock.now())
        return _done(entry_id, Undo("care_deleted", (entry_id,), ()))

    def undo(self, undo: Undo) -> Done:
        """Take back an addition, a change or a deletion; doing it twice changes nothing more."""
        with self._record.unit_of_work() as work:
            if undo.what == "care_added":
                work.care.mark_deleted(int(str(undo.after[0])), self._clock.now())
            elif undo.what == "care_deleted":
                work.care.restore(int(str(undo.before[0])))
            elif undo.what == "care":
                (before,) = (each for each in undo.before if isinstance(each, CareEntry))
                corrections.take_back(work, Noun.CARE_ENTRY, before, work.care.get(before.id))
                work.care.update(before)
        return Done(Changes(care=True))

    def get(self, entry_id: int) -> CareEntry | None:
        """Return one entry, or ``None`` when it is gone."""
        with self._record.unit_of_work() as work:
            return work.care.get(entry_id)

    def of_kinds(self, *kinds: CareKind, first: date | None = None, last: date | None = None) -> tuple[CareEntry, ...]:
        """Return the entries of these kinds (of all, when none is named) and days, oldest first."""
        with self._record.unit_of_work() as work:
            return work.care.between(first or date.min, last or date.max, kinds or tuple(CareKind))

    def areas(self) -> Areas:
        """Return the sizes of the places as they are known now, and the leaflet's line."""
        with self._record.unit_of_work() as work:
            places = work.places.all()
            latest = _estimates(work)
            treatment = work.treatments.current()
        sizes = tuple((place.id, latest.get(place.id, place.handprints)) for place in places)
        treated = {place.id for place in places if place.treated}
        cap = rules_of(treatment.leaflet).handprints_cap if treatment is not None else None
        return Areas(sizes, sum((size for place, size in sizes if place in treated), Decimal(0)), cap)

    def history(self, noun: Noun, row_id: int) -> tuple[Edit, ...]:
        """Return what an entry of any noun said before each correction, the latest correction first."""
        with self._record.unit_of_work() as work:
            return work.history.of(noun, row_id)

    def purge(self) -> None:
        """Remove for good what was deleted more than thirty days ago, tubes too, and every history of what is gone."""
        limit = self._clock.now() - KEEP_DELETED
        with self._record.unit_of_work() as work:
            work.care.purge(limit)
            work.tubes.purge(limit)
            work.history.purge(limit)

    def _today(self) -> date:
        return local_day(self._clock.now(), self._clock.zone())

    def _when(self, new: NewCare) -> tuple[datetime, date]:
        """Return the instant and the civil day of a new entry."""
        zone, now = self._clock.zone(), self._clock.now()
        if new.at is not None:
            return as_utc(new.at), local_day(new.at, zone)
        if new.day is None or new.day == self._today():
            return now, self._today()
        return instant_of(new.day, NOON, zone) or now, new.day

    def _check(self, row: CareEntry) -> None:
        care.check(row.what)
        care.check_days(row.what, row.day, row.ended_on, self._today())
        if row.at > self._clock.now() + FUTURE_SLACK:
            raise PersonError("in_future")
        if len(row.note) > care.MAX_TEXT:
            raise PersonError("note_too_long", count=care.MAX_TEXT)
        if isinstance(row.what, Noticing) and len(row.places) > 1:
            raise PersonError("one_place")


def _done(number: int, undo: Undo, called: tuple[str, ...] = ()) -> Done:
    return Done(Changes(care=True), id=number, undo=undo, help=called[0] if called else None)


def _typed(row: CareEntry) -> str:
    return f"{care.typed(row.what)}\n{row.note}"


def _places(what: Fact, places: tuple[int, ...]) -> tuple[int, ...]:
    return (what.place_id,) if isinstance(what, Estimate) else tuple(dict.fromkeys(places))


def _aligned(row: CareEntry, before: CareEntry, now: datetime) -> CareEntry:
    """Return a corrected entry whose day and instant agree; the day is what people correct."""
    if row.day != before.day:
        clock_time = local(row.at, row.zone).time()
        at = instant_of(row.day, clock_time, row.zone) or row.at
        return replace(row, at=min(at, max(now, before.at)))
    return replace(row, day=local_day(row.at, row.zone)) if row.at != before.at else row


def _estimates(work: UnitOfWork, without: int = 0) -> dict[int, Decimal]:
    """Return the latest estimate of each place, not counting the entry ``without``."""
    found = work.care.between(kinds=(CareKind.ESTIMATE,))
    return {
        each.what.place_id: each.what.handprints
        for each in found
        if isinstance(each.what, Estimate) and each.id != without
    }


def _check_together(work: UnitOfWork, row: CareEntry) -> None:
    """Check what only the record knows: the places, and that all of them are no more than a body."""
    if row.places and not set(row.places) <= {place.id for place in work.places.all(include_archived=True)}:
        raise PersonError("unknown_place")
    if isinstance(row.what, Estimate):
        others = _estimates(work, row.id)
        others.pop(row.what.place_id, None)
        care.check_over_body((*others.values(), row.what.handprints))

"""Log, skip, edit and undo applications of the cream."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from companion.domain.dosing import (
    Application,
    Outcome,
    Question,
    due_at,
    questions_before,
    slot_for,
    waking_day,
)
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.moments import DAY, PARTS, Clock, Part, Slot, as_utc, local_day
from companion.domain.nouns import Noun
from companion.domain.today import TodayView, days_read, today_view
from companion.domain.treatment import Treatment
from companion.domain.values import value
from companion.services import corrections
from companion.services.changes import Changes, Done, Undo
from companion.services.treatment import rules_of

if TYPE_CHECKING:
    from companion.domain.leaflet import Leaflet
    from companion.storage.record import Record
    from companion.storage.unit_of_work import UnitOfWork

FUTURE_SLACK = timedelta(minutes=2)
"""Clocks of two machines differ a little; more than this ahead is a slip."""
MAX_NOTE = 100_000
MAX_GRAMS = 100.0


@value
class Log:
    """What is to be recorded. Without ``slot`` it is the one ``at`` belongs to; without ``at`` it is now.

    ``places`` are place ids, ``None`` for the usual ones (every treated place). ``extra`` records a further
    application of the same part of the day. ``answered`` holds the questions that were answered with yes.
    """

    slot: Slot | None = None
    at: datetime | None = None
    places: tuple[int, ...] | None = None
    grams: float | None = None
    note: str = ""
    extra: bool = False
    source: str = "window"
    answered: frozenset[Question] = frozenset()


class Applications:
    """The applications of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def today(self) -> TodayView | None:
        """Return what the start page shows now, or ``None`` before a treatment was set up."""
        now, zone = self._clock.now(), self._clock.zone()
        glance = self._record.glance(*days_read(now, zone))
        if glance.treatment is None:
            return None
        return today_view(glance, rules_of(glance.treatment.leaflet), now, zone)

    def log(self, what: Log) -> Done:
        """Record an application of cream, durably, before returning.

        A note that sounds urgent is kept, and ``Done.help`` names the get-help page that must be shown at once.

        Raises:
            PersonError: ``not_set_up``, ``in_future``, ``before_start``, ``already_recorded`` (with ``at``),
                ``grams_range``, ``note_too_long``, ``unknown_place``.
            NeedsAnswer: it is within eight hours of another, or the third of its day. Ask, and call again with the
                questions in ``answered``.
        """
        at = self._instant(what.at)
        zone = self._clock.zone()
        _check_amount(what.grams, what.note)
        with self._record.unit_of_work() as work:
            treatment = _treatment(work)
            days = {local_day(at, zone)} | ({what.slot.day} if what.slot else set())
            near = work.applications.between(min(days) - DAY, max(days) + DAY)
            slot, extra = self._aimed(what, treatment, near, at, zone)
            _check_day(slot, treatment, local_day(at, zone))
            before, ordinal = _place_in_day(near, slot, extra)
            _ask(what.answered, at, slot.day, [each for each in near if each is not before], zone)
            row = Application(
                id=before.id if before else 0,
                slot=slot,
                outcome=Outcome.APPLIED,
                at=at,
                zone=zone,
                places=_places(work, what.places),
                grams=what.grams,
                note=what.note,
                ordinal=ordinal,
            )
            row = self._store(work, treatment, before, row, what.source)
        return _done(before, row, help=_urgent(row.note))

    def set_outcome(
        self, slot: Slot, outcome: Outcome, note: str = "", source: str = "window", at: datetime | None = None
    ) -> Done:
        """Record that a slot was skipped or missed. It replaces an earlier word about the same slot.

        ``Done.help`` is as of :meth:`log`.

        Raises:
            PersonError: ``in_future`` for a slot of tomorrow, or one called missed before its time;
                ``already_recorded`` when cream was logged for it; ``before_start``.
        """
        if outcome is Outcome.APPLIED:
            raise ValueError("cream is logged with log()")
        moment, zone = self._instant(at), self._clock.zone()
        _check_amount(None, note)
        with self._record.unit_of_work() as work:
            treatment = _treatment(work)
            _check_day(slot, treatment, local_day(self._clock.now(), zone))
            due = due_at(treatment, slot, zone)
            if outcome is Outcome.MISSED and due is not None and due > self._clock.now():
                raise PersonError("in_future")
            before = work.applications.slot(slot.day, slot.part, 0)
            if before is not None and before.outcome is Outcome.APPLIED:
                raise PersonError("already_recorded", at=before.at)
            row = Application(before.id if before else 0, slot, outcome, moment, zone, note=note)
            row = self._store(work, treatment, before, row, source)
        return _done(before, row, help=_urgent(row.note))

    def slot_of(self, part: Part | None = None, at: datetime | None = None) -> Slot:
        """Return the slot somebody means who says ``part``, or nothing, at ``at`` (now when absent).

        The night counts to the evening before, and a morning is that of the calendar's day. Raises ``PersonError``:
        ``not_set_up``, ``in_future``.
        """
        moment, zone = self._instant(at), self._clock.zone()
        with self._record.unit_of_work() as work:
            treatment = _treatment(work)
            day = local_day(moment, zone)
            near = work.applications.between(day - DAY, day)
        if part is not None:
            return Slot(waking_day(treatment, moment, zone) if part is Part.EVENING else day, part)
        records = {each.slot: each for each in near if each.ordinal == 0}
        return slot_for(treatment, records, moment, zone) or _closest(treatment, moment, zone)

    def edit(self, row: Application, answered: Collection[Question] = ()) -> Done:
        """Store corrected time, places, amount or note of an application; ``row`` is the whole new row.

        ``Done.help`` is as of :meth:`log`, for what is new in the note.

        Raises as :meth:`log`; also ``entry_gone`` when it was removed meanwhile.
        """
        self._instant(row.at)
        _check_amount(row.grams, row.note)
        with self._record.unit_of_work() as work:
            before = work.applications.get(row.id)
            if before is None:
                raise PersonError("entry_gone")
            if row.outcome is Outcome.APPLIED and (row.at != before.at or before.outcome is not Outcome.APPLIED):
                days = (row.slot.day, local_day(row.at, row.zone))
                near = work.applications.between(min(days) - DAY, max(days) + DAY)
                _ask(answered, row.at, row.slot.day, [each for each in near if each.id != row.id], row.zone)
            if row.places != before.places:
                _places(work, row.places)
            self._change(work, before, row)
        return _done(before, row, help=_urgent(row.note, before.note))

    def remove(self, application_id: int) -> Done:
        """Take an entry out; its slot is then not recorded. Undo puts it back."""
        with self._record.unit_of_work() as work:
            before = work.applications.get(application_id)
            if before is None:
                raise PersonError("entry_gone")
            corrections.keep(work, Noun.APPLICATION, before, None, self._clock.now())
            work.applications.remove(application_id)
        return _done(before, None)

    def undo(self, undo: Undo) -> Done:
        """Restore the entry as it was before the change; doing it twice changes nothing more."""
        before = [each for each in undo.before if isinstance(each, Application)]
        after = [each for each in undo.after if isinstance(each, Application)]
        kept = {each.id for each in before}
        with self._record.unit_of_work() as work:
            for each in after:
                if each.id not in kept and work.applications.get(each.id) is not None:
                    work.applications.remove(each.id)
            for each in before:
                corrections.take_back(work, Noun.APPLICATION, each, work.applications.get(each.id))
                if work.applications.get(each.id) is not None:
                    work.applications.update(each)
                elif work.applications.slot(each.slot.day, each.slot.part, each.ordinal) is None:
                    work.applications.add(_treatment(work).id, each, "undo", self._clock.now())
        return Done(Changes(applications=True))

    def between(self, first: date, last: date) -> tuple[Application, ...]:
        """Return the entries of the local days from ``first`` to ``last``, oldest first."""
        with self._record.unit_of_work() as work:
            return work.applications.between(first, last)

    def leaflet(self) -> Leaflet | None:
        """Return the record's leaflet, or ``None`` before it is set up."""
        with self._record.unit_of_work() as work:
            treatment = work.treatments.current()
            return treatment.leaflet if treatment else None

    def _instant(self, at: datetime | None) -> datetime:
        now = self._clock.now()
        if at is None:
            return now
        moment = as_utc(at)
        if moment > now + FUTURE_SLACK:
            raise PersonError("in_future")
        return moment

    @staticmethod
    def _aimed(
        what: Log, treatment: Treatment, near: tuple[Application, ...], at: datetime, zone: str
    ) -> tuple[Slot, bool]:
        """Return the slot of an application, and whether it is a further one of that part of the day."""
        if what.slot is not None:
            return what.slot, what.extra
        records = {each.slot: each for each in near if each.ordinal == 0}
        slot = slot_for(treatment, records, at, zone)
        return (slot, what.extra) if slot is not None else (_closest(treatment, at, zone), True)

    def _change(self, work: UnitOfWork, before: Application, row: Application) -> None:
        """Store what is said now, and keep what was said before."""
        corrections.keep(work, Noun.APPLICATION, before, row, self._clock.now())
        work.applications.update(row)

    def _store(
        self, work: UnitOfWork, treatment: Treatment, before: Application | None, row: Application, source: str
    ) -> Application:
        if before is not None:
            self._change(work, before, row)
            return row
        return replace(row, id=work.applications.add(treatment.id, row, source, self._clock.now()))


def _treatment(work: UnitOfWork) -> Treatment:
    treatment = work.treatments.current()
    if treatment is None:
        raise PersonError("not_set_up")
    return treatment


def _closest(treatment: Treatment, at: datetime, zone: str) -> Slot:
    """Return the slot of the day of ``at`` whose time is closest to it."""
    slots = [Slot(local_day(at, zone), part) for part in PARTS]
    return min(slots, key=lambda slot: abs((due_at(treatment, slot, zone) or at) - at))


def _check_day(slot: Slot, treatment: Treatment, today: date) -> None:
    if slot.day < treatment.started_on:
        raise PersonError("before_start")
    if slot.day > today:
        raise PersonError("in_future")


def _places(work: UnitOfWork, chosen: tuple[int, ...] | None) -> tuple[int, ...]:
    """Return the places of an application: those chosen, which must be there, or every treated one."""
    if chosen is None:
        return tuple(place.id for place in work.places.all() if place.treated)
    if not set(chosen) <= {place.id for place in work.places.all(include_archived=True)}:
        raise PersonError("unknown_place")
    return chosen


def _place_in_day(near: tuple[Application, ...], slot: Slot, extra: bool) -> tuple[Application | None, int]:
    """Return the row to replace, if any, and the ordinal of the new one."""
    same = [each for each in near if each.slot == slot]
    known = next((each for each in same if each.ordinal == 0), None)
    if known is None or known.outcome is not Outcome.APPLIED:
        return known, 0
    if not extra:
        raise PersonError("already_recorded", at=known.at)
    return None, max(each.ordinal for each in same) + 1


def _ask(answered: Collection[Question], at: datetime, day: date, others: list[Application], zone: str) -> None:
    questions, closest = questions_before(at, day, others, zone)
    left = tuple(question for question in questions if question not in answered)
    if left:
        raise NeedsAnswer(left, at=closest.at if closest else None, part=closest.slot.part if closest else None)


def _check_amount(grams: float | None, note: str) -> None:
    if grams is not None and not 0 < grams <= MAX_GRAMS:
        raise PersonError("grams_range", most=int(MAX_GRAMS))
    if len(note) > MAX_NOTE:
        raise PersonError("note_too_long", count=MAX_NOTE)


def _urgent(note: str, before: str = "") -> str | None:
    """Return the get-help category that is new in a note, or ``None``."""
    if not note:
        return None
    from companion.services.journal import help_for_text  # the lists are not for the start

    known = help_for_text(before)
    return next((each for each in help_for_text(note) if each not in known), None)


def _done(before: Application | None, after: Application | None, help: str | None = None) -> Done:
    row = after or before
    return Done(
        Changes(applications=True),
        id=row.id if row else 0,
        help=help,
        undo=Undo("application", (before,) if before else (), (after,) if after else ()),
        day=row.slot.day if row else None,
    )

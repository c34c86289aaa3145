"""Reminders of one open record: what is to be announced, what was, and what the person chose.

Asked every half minute, so :meth:`Reminding.outlook` reads in plain SQL and loads no SQLAlchemy. The caller shows the
announcement and then says so with :meth:`Reminding.told`: a crash in between repeats a nudge, and loses none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from companion.domain.dosing import Application
from companion.domain.errors import SurroundingsError
from companion.domain.glance import Watch
from companion.domain.leaflet import Rules
from companion.domain.moments import DAY, Clock, Slot, local_day
from companion.domain.reminders import (
    Announcement,
    Errands,
    Key,
    Kind,
    Outlook,
    ReminderSettings,
    Silence,
    Told,
    ZoneQuestion,
)
from companion.domain.today import PHOTO_EVERY, kept_since
from companion.domain.treatment import Treatment, total_handprints
from companion.domain.tube import estimate_from
from companion.schedule import reminders
from companion.schedule.travel import zone_question
from companion.services import reminder_settings
from companion.services.changes import Changes, Done, Undo
from companion.services.reminder_settings import KEY, ZONE_SEEN, person_clock, settings_in, settings_out, zone_in
from companion.services.treatment import rules_of

if TYPE_CHECKING:
    from companion.storage.record import Record
    from companion.storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

KEPT = timedelta(days=60)
"""How long it is remembered that a slot was announced; the planner looks back a week."""


class Reminding:
    """The reminders of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = person_clock(record, clock)

    def outlook(self) -> Outlook:
        """Return what is to be announced now, what lies ahead, and why there is nothing.

        What was told by a clock that was wrong is forgotten at once, or at a later look while nothing can be written.
        Never raises for settings that make no sense, nor for a full disk.

        Raises:
            SurroundingsError: ``record_closed``, ``record_damaged`` and its kin.
        """
        now, zone = self._clock.now(), self._clock.zone()
        if not reminders.believable(now):
            return Outlook(now, zone, None, None, None, silence=Silence.CLOCK)
        found = planned(self._watch(now, zone), now, zone)
        if found.forget:
            self._note(lambda work: _drop(work, found.forget))
        return found

    def zone_question(self) -> ZoneQuestion | None:
        """Return what to ask because the computer is in another zone than before, or ``None``.

        The first zone ever seen is taken as the person's own.
        """
        now, here = self._clock.now(), self._clock.here()
        if not reminders.believable(now):
            return None
        watch = self._watch(now, here)
        seen = zone_in(watch.settings.get(ZONE_SEEN))
        if watch.treatment is not None and seen is None:
            self._note(lambda work: work.settings.put(ZONE_SEEN, here))
            return None
        given = _given(watch, now, here)
        return zone_question(*given, now, seen, here, _rules(watch), kept_since(watch.settings, now))

    def told(self, announcement: Announcement, at: datetime | None = None) -> None:
        """Keep that an announcement reached the person, now or, if it could not be kept then, at ``at``.

        Called after it was shown. What was told, or asked for, after ``at`` stays as it is.

        Raises:
            SurroundingsError: ``disk_full`` and its kin: try again later, with the instant.
        """
        moment = at or self._clock.now()
        known = Told(announcement.key, announcement.stage, moment)
        with self._record.unit_of_work() as work:
            before = work.reminders.get(known.key) if at is not None else None
            if before is not None and before.at is not None and before.at >= moment:
                return
            if before is not None and before.snoozed_until is not None and before.snoozed_until > moment:
                known = replace(known, snoozed_until=before.snoozed_until)
            work.reminders.put(known)

    def later(self, key: Key, span: timedelta | None = None) -> Done:
        """Announce ``key`` again after ``span`` (the chosen one when absent; a minute to a day). The last word counts.

        ``Done.again`` is when it really comes: not within eight hours of cream, and not at all (``None``) once the next
        one is due. Undo takes the word back.
        """
        wanted = reminder_settings.bounded(span if span is not None else self.settings().later)
        now, zone = self._clock.now(), self._clock.zone()
        with self._record.unit_of_work() as work:
            before = work.reminders.get(key)
            known = before or Told(key, 0, None)
            after = replace(known, snoozed_until=now + wanted)
            work.reminders.put(after)
        again = None
        if reminders.believable(now):
            watch = self._watch(now, zone)
            given = _given(watch, now, zone)
            again = reminders.comes_again(key, *given, now, zone, _rules(watch), kept_since(watch.settings, now))
        return Done(Changes(reminders=True), undo=Undo("later", (before,), (after,)), day=key.day, again=again)

    def last_told(self) -> Told | None:
        """Return the reminder that was announced last, or ``None``."""
        with self._record.unit_of_work() as work:
            return work.reminders.last()

    def settings(self) -> ReminderSettings:
        """Return what the person chose."""
        return settings_in(self._record.setting(KEY))

    def change(self, settings: ReminderSettings) -> Done:
        """Keep what the person chose; spans are brought within a minute and a day. Undo brings the choice before back.

        Raises:
            PersonError: ``unknown_zone``.
        """
        return self._chosen(settings, self._record.setting(ZONE_SEEN))

    def stay(self, zone: str) -> Done:
        """Keep the record in ``zone``, wherever the computer is. Raises ``PersonError("unknown_zone")``."""
        return self._chosen(replace(self.settings(), home=zone), self._clock.here())

    def move(self) -> Done:
        """Let the record move with the computer."""
        return self._chosen(replace(self.settings(), home=None), self._clock.here())

    def undo(self, undo: Undo) -> Done:
        """Take back a choice or a "later"."""
        with self._record.unit_of_work() as work:
            if undo.what == "later":
                _put_back(work, undo)
                return Done(Changes(reminders=True))
            settings, seen = undo.before
            assert isinstance(settings, ReminderSettings)
            _keep(work, settings, seen if isinstance(seen, str) else None)
        self._clock.stay(settings.home)
        return Done(Changes(settings=True, reminders=True))

    def tidy(self) -> None:
        """Forget which slots were announced two months ago and earlier, unless the clock cannot be right."""
        now = self._clock.now()
        if not reminders.believable(now):
            return
        with self._record.unit_of_work() as work:
            work.reminders.forget(local_day(now, self._clock.zone()) - KEPT)

    def _watch(self, now: datetime, zone: str) -> Watch:
        return self._record.watch(*reminders.days_read(now, zone), reminders.latest_cream(now))

    def _note(self, write: Callable[[UnitOfWork], object]) -> None:
        """Write what can as well be written at a later look: a full disk keeps no reminder from coming."""
        if self._record.read_only:
            return
        try:
            with self._record.unit_of_work() as work:
                write(work)
        except SurroundingsError as error:
            log.info("not noted: %s", error.key)

    def _chosen(self, settings: ReminderSettings, seen: str | None) -> Done:
        after = reminder_settings.sensible(settings)
        with self._record.unit_of_work() as work:
            before = (settings_in(work.settings.get(KEY)), work.settings.get(ZONE_SEEN))
            _keep(work, after, seen)
        self._clock.stay(after.home)
        return Done(Changes(settings=True, reminders=True), undo=Undo("reminders", before, (after, seen)))


def planned(watch: Watch, now: datetime, zone: str) -> Outlook:
    """Return the outlook of what was read of a record, at ``now`` in ``zone``."""
    return reminders.outlook(*_given(watch, now, zone), now, zone, _rules(watch), kept_since(watch.settings, now))


def errands_of(watch: Watch, now: datetime, zone: str) -> Errands:
    """Return the days of the next photos and of the next order, as the start page shows them.

    The order's day moves with every application; once it was announced, or put off, for a tube it stays where it was.
    """
    treatment, tube = watch.treatment, watch.tube
    if treatment is None:
        return Errands()
    last = watch.last_photo_at
    photos = treatment.started_on if last is None else local_day(last, zone) + PHOTO_EVERY
    if tube is None:
        return Errands(photos)
    of_it = [each.key.day for each in watch.told if each.key.kind is Kind.TUBE_ORDER and each.key.day > tube.opened_on]
    if of_it:
        return Errands(photos, of_it[-1])
    figures = estimate_from(
        tube,
        watch.tube_noted_grams,
        watch.tube_unnoted,
        total_handprints(watch.places),
        max(local_day(now, zone), tube.opened_on + DAY),  # on its first day an order was for the tube before it
        rules_of(treatment.leaflet).discard_months,
    )
    return Errands(photos, figures.order_by)


_Given = tuple[
    Treatment | None, ReminderSettings, dict[Slot, Application], Application | None, dict[Key, Told], Errands
]


def _given(watch: Watch, now: datetime, zone: str) -> _Given:
    """Return what the planner is told of a record, in its order."""
    return (
        watch.treatment,
        settings_in(watch.settings.get(KEY)),
        {each.slot: each for each in watch.applications if each.ordinal == 0},
        watch.last_applied,
        {each.key: each for each in watch.told},
        errands_of(watch, now, zone),
    )


def _rules(watch: Watch) -> Rules | None:
    return None if watch.treatment is None else rules_of(watch.treatment.leaflet)


def _keep(work: UnitOfWork, settings: ReminderSettings, seen: str | None) -> None:
    work.settings.put(KEY, settings_out(settings))
    if seen is None:
        work.settings.remove(ZONE_SEEN)
    else:
        work.settings.put(ZONE_SEEN, seen)


def _drop(work: UnitOfWork, keys: tuple[Key, ...]) -> None:
    for key in keys:
        work.reminders.remove(key)


def _put_back(work: UnitOfWork, undo: Undo) -> None:
    before, after = undo.before[0], undo.after[0]
    if isinstance(before, Told):
        work.reminders.put(before)
    elif isinstance(after, Told):
        work.reminders.remove(after.key)

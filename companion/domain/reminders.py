"""What a reminder is: what is announced, when it may be, and why there is none. Values only.

The planner (``companion.schedule.reminders``) computes them; nothing here or there knows a sentence or a notification.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from companion.domain.dosing import MissedAdvice
from companion.domain.moments import Part, Slot
from companion.domain.values import value


class Kind(StrEnum):
    """What a reminder is about."""

    APPLICATION = "application"
    PHOTO_DAY = "photo_day"
    TUBE_ORDER = "tube_order"


class Nudge(StrEnum):
    """Why something is announced at this moment."""

    TIME = "time"  # its time has come (or the eight hours are over)
    FOLLOW_UP = "follow_up"  # announced before and not answered
    SNOOZED = "snoozed"  # the person asked for this moment
    CATCH_UP = "catch_up"  # the computer slept or was off when it was due


class Silence(StrEnum):
    """Why no reminder lies ahead."""

    NOT_SET_UP = "not_set_up"
    OFF = "off"
    PAUSED = "paused"
    ENDED = "ended"
    CLOCK = "clock"  # the computer's clock cannot be right


@value
class Key:
    """What a reminder is remembered under: once told, a restart does not tell it again. ``part`` only for slots."""

    kind: Kind
    day: date
    part: Part | None = None

    @property
    def slot(self) -> Slot | None:
        """Return the slot it is about, if it is about one."""
        return Slot(self.day, self.part) if self.part is not None else None


@value
class Told:
    """What the record knows of one reminder: announced ``stage`` times, last at ``at``; ``snoozed_until`` if asked."""

    key: Key
    stage: int
    at: datetime | None
    snoozed_until: datetime | None = None


@value
class Quiet:
    """Wall-clock hours in which only what the person chose comes: the two times themselves, and an asked "later".

    Follow-ups, late ones and everything else wait for their end. ``start`` may be later than ``end``: over midnight.
    """

    start: time
    end: time


@value
class ReminderSettings:
    """What the person chose for reminders. ``home`` is the zone to stay in, ``None`` to move with the computer.

    ``follow_ups`` are the spans after the first announcement at which an unanswered one is repeated.
    """

    on: bool = True
    quiet: Quiet | None = Quiet(time(22, 30), time(6, 30))
    follow_ups: tuple[timedelta, ...] = (timedelta(minutes=30), timedelta(hours=2))
    later: timedelta = timedelta(minutes=30)
    sound: bool = False
    discreet: bool = True
    home: str | None = None
    photo_day: bool = True
    tube_order: bool = True


@value
class Errands:
    """Two days on which something else is to be done, as the record stands: taking photos, ordering a tube."""

    photo_day: date | None = None
    tube_order: date | None = None

    def keys(self, settings: ReminderSettings) -> tuple[Key, ...]:
        """Return those the person wants to be reminded of."""
        chosen = (
            (Kind.PHOTO_DAY, self.photo_day, settings.photo_day),
            (Kind.TUBE_ORDER, self.tube_order, settings.tube_order),
        )
        return tuple(Key(kind, day) for kind, day, wanted in chosen if wanted and day is not None)


@value
class Announcement:
    """One thing to be announced. ``at`` is the instant it was meant for; ``stage`` counts from 1.

    ``advice`` is what the leaflet says of a late one. ``earlier`` are slots before it about which nothing was
    recorded and that were never announced: one quiet line, not a pile.
    """

    key: Key
    nudge: Nudge
    stage: int
    at: datetime
    advice: MissedAdvice | None = None
    earlier: tuple[Slot, ...] = ()


@value
class Current:
    """The slot that is open now. ``can_go_on_from`` is set while the eight hours are not over."""

    slot: Slot
    due: datetime
    late: bool
    can_go_on_from: datetime | None
    advice: MissedAdvice | None


@value
class Ahead:
    """A reminder that will come: which, and at which instant."""

    key: Key
    at: datetime


@value
class ZoneQuestion:
    """The computer is in another zone than before: ``here`` and ``home``, with the next three reminders either way."""

    home: str
    here: str
    moving: tuple[Ahead, ...]
    staying: tuple[Ahead, ...]


@value
class Outlook:
    """Everything about reminders at one moment. ``announce`` is what must be announced now, ``ahead`` the next three.

    ``unknown`` are the last week's slots about which nothing was recorded, ``missed`` those the person called missed.
    ``next_moment`` is when to look again at the latest; ``None`` only with a reason in ``silence``. In a pause that has
    an end, ``silence`` is ``PAUSED`` and ``ahead`` says what comes after it. ``forget`` are reminders that were told
    while the clock stood well ahead of now: what is known of them must be dropped, or they would not come.
    """

    now: datetime
    zone: str
    current: Current | None
    announce: Announcement | None
    next_moment: datetime | None
    ahead: tuple[Ahead, ...] = ()
    unknown: tuple[Slot, ...] = ()
    missed: tuple[Slot, ...] = ()
    silence: Silence | None = None
    forget: tuple[Key, ...] = ()

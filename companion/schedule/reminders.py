"""What is announced, when, and why not: a pure function of what the record knows, the instant and the zone.

It is asked every half minute and after every change, so it keeps no state and costs some twenty microseconds. Nothing
here looks at a clock or writes: the caller shows the announcement, then records that it was told. A crash between the
two repeats a nudge; nothing can lose or double an application, because a slot is a local day and a part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from companion.domain.dosing import Application, MissedAdvice, Outcome, missed_advice
from companion.domain.leaflet import SPACING, Rules
from companion.domain.moments import DAY, Slot, local_day
from companion.domain.reminders import (
    Ahead,
    Announcement,
    Current,
    Errands,
    Key,
    Nudge,
    Outlook,
    ReminderSettings,
    Silence,
    Told,
)
from companion.domain.treatment import Treatment
from companion.domain.values import value
from companion.schedule.timeline import Point, after_quiet, coming, gaps, last_quiet_end, live_days, opening, points

FIRST_MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2100, 1, 1, tzinfo=UTC)
"""A clock outside of these cannot be right."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PUNCTUAL = timedelta(minutes=5)
"""What comes later than this after its moment is a catch-up: the computer slept or was off."""
LATE = timedelta(hours=1)
"""How long after its time a slot is spoken of as late, as on the start page."""
WRONG_CLOCK = timedelta(hours=1)
"""What was told further ahead than this was told by a clock that was wrong."""
LONGEST_LATER = timedelta(hours=24)
ERRAND_TIME = time(10)
APART = timedelta(minutes=15)
"""Errands keep this distance from the announcement before them, so that nothing comes in a pile."""
MOST_EARLIER = 14
MOST_AHEAD = 3
FEW_DAYS = 8
DAYS_BACK = 8
DAYS_AHEAD = 8


def days_read(now: datetime, zone: str) -> tuple[date, date]:
    """Return the first and last local day whose records and tellings :func:`outlook` looks at."""
    day = local_day(min(max(now, FIRST_MOMENT), LAST_MOMENT), zone)
    return day - DAYS_BACK * DAY, day + DAYS_AHEAD * DAY


def latest_cream(now: datetime) -> datetime:
    """Return until when an application can be believed at ``now``: one further ahead was logged by a wrong clock."""
    return now + SPACING if now < LAST_MOMENT else now


def outlook(
    treatment: Treatment | None,
    settings: ReminderSettings,
    records: Mapping[Slot, Application],
    last_applied: Application | None,
    told: Mapping[Key, Told],
    errands: Errands,
    now: datetime,
    zone: str,
    rules: Rules | None,
    since: datetime | None = None,
) -> Outlook:
    """Return everything about reminders at ``now`` in ``zone`` (an IANA name that exists).

    ``records`` are the first words about the slots of :func:`days_read`, ``last_applied`` the latest application up to
    :func:`latest_cream`, ``told`` what is known of the reminders of these days and of the errands. ``rules`` may be
    ``None`` only without a treatment. ``since`` is the instant the record was set up: what was due before it is not
    announced, and not named as unknown.
    """
    if not believable(now):
        return Outlook(now, zone, None, None, None, silence=Silence.CLOCK)
    if treatment is None or rules is None:
        return Outlook(now, zone, None, None, None, silence=Silence.NOT_SET_UP)
    return _Planner(treatment, settings, records, last_applied, told, errands, now, zone, rules, since).outlook()


def comes_again(
    key: Key,
    treatment: Treatment | None,
    settings: ReminderSettings,
    records: Mapping[Slot, Application],
    last_applied: Application | None,
    told: Mapping[Key, Told],
    errands: Errands,
    now: datetime,
    zone: str,
    rules: Rules | None,
    since: datetime | None = None,
) -> datetime | None:
    """Return when ``key`` is announced next if nothing is recorded until then, ``now`` for at once.

    ``None`` when it is not: another one takes its place before. All else is as for :func:`outlook`.
    """
    if not believable(now) or treatment is None or rules is None or not settings.on:
        return None
    planner = _Planner(treatment, settings, records, last_applied, told, errands, now, zone, rules, since)
    return planner.comes(key)


def believable(now: datetime) -> bool:
    """Return whether a clock that shows ``now`` can be right; other moments may be too large to reckon with."""
    return FIRST_MOMENT <= now < LAST_MOMENT


@value
class _Move:
    """The next announcement of one reminder: it was meant for ``at``, and ``comes`` then or as soon as it may."""

    nudge: Nudge
    stage: int
    at: datetime
    comes: datetime


class _Planner:
    """One question about one moment."""

    def __init__(
        self,
        treatment: Treatment,
        settings: ReminderSettings,
        records: Mapping[Slot, Application],
        last_applied: Application | None,
        told: Mapping[Key, Told],
        errands: Errands,
        now: datetime,
        zone: str,
        rules: Rules,
        since: datetime | None,
    ) -> None:
        self._treatment = treatment
        self._settings = settings
        self._records = records
        self._words = {(slot.day, slot.part): each.outcome for slot, each in records.items()}
        self._told = told
        self._errands = errands
        self._now = now
        self._zone = zone
        self._rules = rules
        self._earliest: datetime | None = None
        self._since = since if since is not None and since <= now else EPOCH
        self._day = local_day(now, zone)
        self._points = points(treatment, self._day - DAYS_BACK * DAY, self._day + 2 * DAY, zone)
        self._last = self._latest(last_applied)
        self._free = self._last + SPACING if self._last is not None else None

    def _latest(self, known: Application | None) -> datetime | None:
        """Return when cream went on last. One further ahead than eight hours was logged by a clock that was wrong."""
        limit = latest_cream(self._now)
        latest = known.at if known is not None and known.at <= limit else None
        for each in self._records.values():
            if (latest is None or latest < each.at) and each.at <= limit and each.outcome is Outcome.APPLIED:
                latest = each.at
        return latest

    def outlook(self) -> Outlook:
        """Return the outlook."""
        now = self._now
        open_point = self._open()
        current = self._current(open_point) if open_point is not None else None
        unknown, missed = self._past()
        if not self._settings.on:
            return Outlook(now, self._zone, current, None, None, (), unknown, missed, Silence.OFF)
        announce, planned = self._plan(open_point)
        ahead = planned[:MOST_AHEAD]
        silence = self._silence(open_point, ahead)
        moments = [each.at for each in ahead]
        if current is not None:
            moments += [each for each in (current.can_go_on_from, open_point.ends if open_point else None) if each]
        later = [each for each in moments if each > now]
        soonest = min(later, default=None if silence is not None else now + timedelta(hours=12))
        return Outlook(now, self._zone, current, announce, soonest, ahead, unknown, missed, silence, self._forgotten())

    def comes(self, key: Key) -> datetime | None:
        """Return when ``key`` is announced next."""
        announce, planned = self._plan(self._open())
        if announce is not None and announce.key == key:
            return self._now
        return next((each.at for each in planned if each.key == key), None)

    # What is open

    def _open(self) -> Point | None:
        """Return the slot that is open now: the last one whose time has come, if nothing was recorded for it."""
        for point in reversed(self._points):
            if point.due <= self._now:
                return point if self._waits(point) else None
        return None

    def _waits(self, point: Point) -> bool:
        """Return whether a slot can be announced: no word about it, and the next one was not applied before it."""
        words = self._words
        return point.live and point.name not in words and words.get(point.after) is not Outcome.APPLIED

    def _current(self, point: Point) -> Current:
        free = self._free if self._free is not None and self._free > self._now else None
        late = self._now - point.due > LATE
        return Current(point.slot, point.due, late, free, self._advice(point, self._now) if late else None)

    def _advice(self, point: Point, at: datetime) -> MissedAdvice:
        return missed_advice(self._rules.missed, at, self._last, point.follows)

    def _past(self) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
        """Return the last week's slots about which nothing was recorded, and those that were called missed."""
        unknown, missed = [], []
        first = self._day - 7 * DAY
        for point in self._points:
            if point.slot.day < first or point.due < self._since:
                continue
            if point.due > self._now:
                break
            word = self._words.get(point.name)
            if word is Outcome.MISSED:
                missed.append(point.slot)
                continue
            over = point.ends <= self._now or self._words.get(point.after) is Outcome.APPLIED
            if over and word is None and point.live:
                unknown.append(point.slot)
        return tuple(unknown), tuple(missed)

    # What is announced

    def _plan(self, open_point: Point | None) -> tuple[Announcement | None, tuple[Ahead, ...]]:
        """Return what is announced now, and at least the next three after it."""
        announce = None
        ahead = []
        if open_point is not None and (move := self._move(open_point)) is not None:
            if move.comes <= self._now:
                announce = self._announcement(open_point, move)
            else:
                ahead.append(Ahead(open_point.key, move.comes))
        for point in coming(self._treatment, self._day - DAY, self._zone):
            if len(ahead) >= MOST_AHEAD:
                break
            if point.due > self._now and self._waits(point):
                move = self._move(point)
                if move is not None:
                    ahead.append(Ahead(point.key, move.comes))
        for key in self._errands.keys(self._settings):
            if (errand := self._errand(key)) is None:
                continue
            if errand.comes > self._now or announce is not None:
                ahead.append(Ahead(key, max(errand.comes, self._now + APART) if announce else errand.comes))
            else:
                announce = Announcement(key, errand.nudge, errand.stage, errand.at)
        ahead.sort(key=lambda each: each.at)
        return announce, tuple(ahead)

    def _move(self, point: Point) -> _Move | None:
        """Return the next announcement of a slot without a word, or ``None`` when there is none any more."""
        if point.due < self._since:
            return None
        base = point.due if self._free is None or self._free <= point.due else self._free
        stage, at, asked = self._known(point.key, base)
        chosen = base == point.due
        if asked is not None:
            nudge, stage, planned = Nudge.SNOOZED, max(stage, 1), max(asked, base)
            chosen = planned == asked or chosen
        elif stage == 0:
            nudge, stage, planned = Nudge.TIME, 1, base
        else:
            spans = gaps(self._settings.follow_ups)
            if stage > len(spans) or at is None:
                return None
            # Told a little ahead of now: the clock was set back since. It must not wait for that moment again.
            since = at if at <= self._now else base
            nudge, stage, planned, chosen = Nudge.FOLLOW_UP, stage + 1, max(since + spans[stage - 1], base), False
        move = self._when(nudge, stage, planned, chosen)
        if move.comes >= point.ends or self._let_go(point, move, planned, chosen):
            return None
        return None if nudge is Nudge.FOLLOW_UP and self._left_out(point, move.comes) else move

    def _let_go(self, point: Point, move: _Move, planned: datetime, chosen: bool) -> bool:
        """Return whether quiet hours came between, up to a moment that is within eight hours of the next slot.

        Cream at the end of a quiet night would push the next two slots off their times, and the second of them into
        the next night: somebody who does as told would never get the times back that they chose.
        """
        if chosen and move.comes - planned <= PUNCTUAL:
            return False
        end = last_quiet_end(self._settings.quiet, move.comes, self._zone)
        return end is not None and planned < end and point.ends - end <= SPACING

    def _left_out(self, point: Point, at: datetime) -> bool:
        """Return whether the leaflet says at ``at`` to leave a late slot out: that is said once, and not repeated."""
        return at - point.due > LATE and self._advice(point, at) is MissedAdvice.SKIP_IT

    def _known(self, key: Key, base: datetime) -> tuple[int, datetime | None, datetime | None]:
        """Return how often it was told, when last, and the moment the person asked for, as far as it can be believed.

        One that was told before it may go on (another zone, another time, a later word about another slot) was told
        in vain, and one told far ahead of now was told by a wrong clock: both come anew.
        """
        told = self._told.get(key)
        if told is None:
            return 0, None, None
        asked = told.snoozed_until
        if asked is not None and asked > self._now + LONGEST_LATER:
            asked = None
        at = told.at
        if at is None or at > self._now + WRONG_CLOCK or at < base - timedelta(minutes=1):
            return 0, None, asked
        return max(told.stage, 1), at, asked

    def _when(self, nudge: Nudge, stage: int, planned: datetime, chosen: bool) -> _Move:
        """Return the move; what the person did not choose, and what is late, waits for the end of the quiet hours."""
        at = planned if chosen else self._after_quiet(planned)
        if at > self._now:
            return _Move(nudge, stage, at, at)
        late = self._now - at > PUNCTUAL
        if late and nudge is Nudge.TIME:
            nudge = Nudge.CATCH_UP
        return _Move(nudge, stage, at, self._now if chosen and not late else self._after_quiet(self._now))

    def _after_quiet(self, moment: datetime) -> datetime:
        return after_quiet(self._settings.quiet, moment, self._zone)

    def _announcement(self, point: Point, move: _Move) -> Announcement:
        first = move.nudge in (Nudge.TIME, Nudge.CATCH_UP)
        late = move.nudge is Nudge.CATCH_UP or self._now - point.due > LATE
        return Announcement(
            point.key,
            move.nudge,
            move.stage,
            move.at,
            self._advice(point, self._now) if late else None,
            self._earlier(point) if first else (),
        )

    def _earlier(self, point: Point) -> tuple[Slot, ...]:
        """Return the slots before ``point`` that were neither announced nor recorded, back to the last that was."""
        found: list[Slot] = []
        for other in reversed(self._points):
            if other.due >= point.due or other.due < self._since or not other.live:
                continue
            known = self._told.get(other.key)
            if other.name in self._words or (known is not None and known.stage > 0) or len(found) == MOST_EARLIER:
                break
            found.append(other.slot)
        return tuple(reversed(found))

    # Errands

    def _errand(self, key: Key) -> _Move | None:
        """Return the one announcement of an errand: at ten on its day or, once that has passed, on a later one."""
        told = self._told.get(key)
        asked = told.snoozed_until if told is not None else None
        if asked is not None and asked <= self._now + LONGEST_LATER:
            stage = max(told.stage if told is not None else 0, 1)
            return self._when(Nudge.SNOOZED, stage, asked, True)
        if told is not None and told.stage > 0 and (told.at is None or told.at <= self._now + WRONG_CLOCK):
            return None
        for day in islice(live_days(self._treatment, max(key.day, self._day)), FEW_DAYS):
            opens = opening(self._settings.quiet, day, ERRAND_TIME, self._zone)
            if opens is None:
                continue
            comes = self._after_quiet(max(opens, self._apart()))
            if local_day(comes, self._zone) == day:
                late = day > key.day or comes - opens > PUNCTUAL
                return _Move(Nudge.CATCH_UP if late else Nudge.TIME, 1, opens if comes <= self._now else comes, comes)
        return None

    def _apart(self) -> datetime:
        """Return from when an errand keeps its distance from what was told before it."""
        if self._earliest is None:
            since = self._now - APART
            recent = [each.at for each in self._told.values() if each.at is not None and since < each.at <= self._now]
            self._earliest = max(recent) + APART if recent else self._now
        return self._earliest

    # Why there is none

    def _silence(self, open_point: Point | None, ahead: tuple[Ahead, ...]) -> Silence | None:
        if open_point is not None:
            return None
        ended = self._treatment.ended_on
        if ended is not None and ended <= self._day and not ahead:
            return Silence.ENDED
        if self._treatment.pause_on(self._day) is not None:
            return Silence.PAUSED
        if ahead or next(live_days(self._treatment, self._day), None) is not None:
            return None
        return Silence.NOT_SET_UP if self._treatment.started_on > self._day else Silence.PAUSED

    def _forgotten(self) -> tuple[Key, ...]:
        return tuple(each.key for each in self._told.values() if each.at and each.at > self._now + WRONG_CLOCK)

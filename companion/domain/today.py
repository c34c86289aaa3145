"""What the start page shows, as one frozen value computed from a glance at the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from companion.domain.dosing import (
    Application,
    Count,
    MissedAdvice,
    Outcome,
    SlotState,
    count_slots,
    due_at,
    following_live_due,
    last_applied,
    missed_advice,
    next_slot,
    slot_state,
    slots_between,
)
from companion.domain.glance import Glance
from companion.domain.leaflet import SPACING, Rules
from companion.domain.moments import DAY, PARTS, Part, Slot, local_day, week_number
from companion.domain.photos import Photo
from companion.domain.reactions import SymptomEntry
from companion.domain.treatment import KEPT_SINCE, Pause, Place, Treatment, Tube, total_handprints
from companion.domain.tube import TubeEstimate, estimate_from
from companion.domain.values import value

PHOTO_EVERY = timedelta(weeks=4)
PHOTO_NOTICE = timedelta(days=2)
FIRST_YEAR = 1971


class Milestone(StrEnum):
    """Weeks at which the start page points to an article."""

    FIRST_WEEK = "first_week"
    DOTS = "dots"
    WEEK_12 = "week_12"
    WEEK_24 = "week_24"
    WEEK_52 = "week_52"


@value
class SlotCard:
    """One slot as its card shows it.

    ``due`` and ``free_from`` are instants in UTC; ``free_from`` is eight hours after the last application when that
    is still ahead. ``advice`` is what the leaflet says of a slot that is late.
    """

    slot: Slot
    state: SlotState
    due: datetime | None
    application: Application | None
    free_from: datetime | None
    advice: MissedAdvice | None
    places: tuple[Place, ...]


@value
class WeekView:
    """Monday to Sunday: the states of each day's two slots, what is counted so far, and the slots not applied.

    ``kept_since`` is the day the record began, when slots of this week lie before that.
    """

    days: tuple[date, ...]
    states: tuple[tuple[SlotState, SlotState], ...]
    count: Count
    gaps: tuple[tuple[Slot, SlotState], ...]
    kept_since: date | None = None


@value
class TubeView:
    """The open tube and what is left of it, about.

    ``uncounted_before`` is the day the record began, if the tube was open before: what was used then is not known.
    """

    tube: Tube
    estimate: TubeEstimate
    past_discard: bool
    uncounted_before: date | None = None


@value
class PhotoDay:
    """When the next photos are due. ``last`` is the day of the last set or ``None`` before the first."""

    due: date
    last: date | None
    photos: tuple[Photo, ...]
    places: int


@value
class TodayView:
    """Everything Today shows. ``carried`` is an earlier slot about which nothing was recorded yet.

    ``nothing_on`` is the last day on which the person said that there was nothing to report; ``pause`` is the pause of
    the treatment that this day lies in.
    """

    now: datetime
    zone: str
    day: date
    week: int
    name: str
    treatment: Treatment
    cards: tuple[SlotCard, SlotCard]
    carried: SlotCard | None
    extras: tuple[Application, ...]
    week_view: WeekView
    handprints_over_cap: bool
    tube: TubeView | None
    photo_day: PhotoDay
    last_symptom: SymptomEntry | None
    milestone: Milestone | None
    places: tuple[Place, ...]
    nothing_on: date | None = None
    pause: Pause | None = None


def days_read(now: datetime, zone: str) -> tuple[date, date]:
    """Return the first and last local day whose applications the start page needs."""
    day = local_day(now, zone)
    return day - timedelta(days=day.weekday()) - DAY, day + timedelta(days=7 - day.weekday())


def today_view(glance: Glance, rules: Rules, now: datetime, zone: str) -> TodayView | None:
    """Return what Today shows, or ``None`` before a treatment was set up.

    ``glance`` must hold the applications of :func:`days_read`. ``now`` is an instant in UTC.
    """
    treatment = glance.treatment
    if treatment is None:
        return None
    day = local_day(now, zone)
    records = {each.slot: each for each in glance.applications if each.ordinal == 0}
    morning, evening = (_card(Slot(day, part), glance, treatment, records, rules, now, zone) for part in PARTS)
    week = _week(glance, treatment, records, now, zone)
    return TodayView(
        now=now,
        zone=zone,
        day=day,
        week=week_number(treatment.started_on, day),
        name=glance.settings.get("name", ""),
        treatment=treatment,
        cards=(morning, evening),
        carried=_carried(glance, treatment, records, rules, now, zone),
        extras=tuple(each for each in glance.applications if each.ordinal > 0 and each.slot.day == day),
        week_view=week,
        handprints_over_cap=(
            rules.handprints_cap is not None and total_handprints(glance.places) > rules.handprints_cap
        ),
        tube=_tube(glance, rules, now, zone),
        photo_day=_photo_day(glance, treatment, zone),
        last_symptom=glance.symptoms[0] if glance.symptoms else None,
        milestone=_milestone(treatment, day),
        places=glance.places,
        nothing_on=_day_kept(glance.settings.get("nothing_on", "")),
        pause=treatment.pause_on(day),
    )


def kept_since(settings: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the instant the record was set up, or ``None`` where that is not known or does not count.

    One after ``now``, or before there were such computers, was written by a clock that was wrong.
    """
    try:
        began = datetime.fromisoformat(settings.get(KEPT_SINCE, ""))
    except ValueError:
        return None
    return began if began.tzinfo is not None and began.year >= FIRST_YEAR and began <= now else None


def _day_kept(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _card(
    slot: Slot,
    glance: Glance,
    treatment: Treatment,
    records: dict[Slot, Application],
    rules: Rules,
    now: datetime,
    zone: str,
) -> SlotCard:
    record = records.get(slot)
    state = _state(treatment, slot, records, now, zone)
    due = due_at(treatment, slot, zone)
    # One that was logged while the clock was set ahead hides no earlier one.
    known = (*glance.applications, *((glance.last_applied,) if glance.last_applied is not None else ()))
    latest = last_applied(known, now)
    last = latest.at if latest is not None else None
    free = last + SPACING if last is not None and last + SPACING > now else None
    late = state in (SlotState.OPEN, SlotState.UNKNOWN) and due is not None and now - due > timedelta(hours=1)
    places = glance.places
    if record is not None and record.outcome is Outcome.APPLIED:
        places = tuple(place for place in places if place.id in record.places)
    return SlotCard(
        slot=slot,
        state=state,
        due=due,
        application=record,
        free_from=free if record is None else None,
        advice=missed_advice(rules.missed, now, last, following_live_due(treatment, slot, zone)) if late else None,
        places=tuple(place for place in places if place.treated and not place.archived),
    )


def _state(treatment: Treatment, slot: Slot, records: dict[Slot, Application], now: datetime, zone: str) -> SlotState:
    """Return the state of a slot; one whose follower was applied already is no longer open, whatever the clock says."""
    state = slot_state(treatment, slot, records.get(slot), now, zone)
    following = records.get(next_slot(slot))
    if state is SlotState.OPEN and following is not None and following.outcome is Outcome.APPLIED:
        return SlotState.UNKNOWN
    return state


def _carried(
    glance: Glance,
    treatment: Treatment,
    records: dict[Slot, Application],
    rules: Rules,
    now: datetime,
    zone: str,
) -> SlotCard | None:
    """Return yesterday evening when nothing is known of it: after midnight it is still the slot that is open."""
    slot = Slot(local_day(now, zone) - DAY, Part.EVENING)
    card = _card(slot, glance, treatment, records, rules, now, zone)
    if _before_record(card.state, card.due, kept_since(glance.settings, now)):
        return None
    return card if card.state in (SlotState.OPEN, SlotState.UNKNOWN) else None


def _before_record(state: SlotState, due: datetime | None, began: datetime | None) -> bool:
    """Return whether nothing is known of a slot because the record was not there yet."""
    return state is SlotState.UNKNOWN and began is not None and due is not None and due < began


def _week(glance: Glance, treatment: Treatment, records: dict[Slot, Application], now: datetime, zone: str) -> WeekView:
    began = kept_since(glance.settings, now)
    day = local_day(now, zone)
    monday = day - timedelta(days=day.weekday())
    slots = slots_between(monday, monday + timedelta(days=6))
    states = [_state(treatment, slot, records, now, zone) for slot in slots]
    early = [
        _before_record(state, due_at(treatment, slot, zone), began) for slot, state in zip(slots, states, strict=True)
    ]
    states = [SlotState.BEFORE_RECORD if before else state for before, state in zip(early, states, strict=True)]
    gaps = tuple(
        (slot, state)
        for slot, state in zip(slots, states, strict=True)
        if state in (SlotState.MISSED, SlotState.SKIPPED, SlotState.UNKNOWN)
    )
    return WeekView(
        days=tuple(monday + DAY * n for n in range(7)),
        states=tuple((states[2 * n], states[2 * n + 1]) for n in range(7)),
        count=count_slots(states),
        gaps=gaps,
        kept_since=local_day(began, zone) if began is not None and any(early) else None,
    )


def _tube(glance: Glance, rules: Rules, now: datetime, zone: str) -> TubeView | None:
    if glance.tube is None:
        return None
    day = local_day(now, zone)
    figures = estimate_from(
        glance.tube,
        glance.tube_noted_grams,
        glance.tube_unnoted,
        total_handprints(glance.places),
        day,
        rules.discard_months,
    )
    past = figures.discard_on is not None and figures.discard_on < day
    began = kept_since(glance.settings, now)
    kept = local_day(began, zone) if began is not None else None
    return TubeView(glance.tube, figures, past, kept if kept is not None and glance.tube.opened_on < kept else None)


def _photo_day(glance: Glance, treatment: Treatment, zone: str) -> PhotoDay:
    last = local_day(glance.last_photo_at, zone) if glance.last_photo_at is not None else None
    return PhotoDay(
        due=last + PHOTO_EVERY if last is not None else treatment.started_on,
        last=last,
        photos=glance.photos,
        places=sum(not place.intimate and not place.archived for place in glance.places),
    )


def _milestone(treatment: Treatment, day: date) -> Milestone | None:
    week = week_number(treatment.started_on, day)
    return {
        1: Milestone.FIRST_WEEK,
        8: Milestone.DOTS,
        12: Milestone.WEEK_12,
        24: Milestone.WEEK_24,
        52: Milestone.WEEK_52,
    }.get(week)

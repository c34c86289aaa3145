"""Which slots lie ahead, and when each is due. Pure: the same answers for the agenda, the reminders and the calendar.

A slot is a local day and a part of it; only here, for one zone, it becomes an instant. Days that do not exist in a
zone have no slots, and a slot due inside the hour a spring change leaves out moves later with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.dosing import Application, SlotState, due_at, slot_state, slots_between
from companion.domain.leaflet import SPACING
from companion.domain.moments import Slot
from companion.domain.treatment import Treatment


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot and the instant it is due, in UTC."""

    slot: Slot
    due: datetime


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A slot as an agenda shows it.

    ``not_before`` is when cream can go on, eight hours after the last application, where that is later than ``due``;
    ``recorded`` is the word about the slot, if there is one.
    """

    slot: Slot
    due: datetime
    state: SlotState
    not_before: datetime | None
    recorded: Application | None


def plan(treatment: Treatment, first: date, last: date, zone: str) -> tuple[Planned, ...]:
    """Return the slots of the local days ``first`` to ``last``, both included, that lie inside the treatment.

    Days on which it is paused have none.
    """
    return _within(treatment, first, last, zone, frozenset())


def _within(treatment: Treatment, first: date, last: date, zone: str, kept: Collection[Slot]) -> tuple[Planned, ...]:
    """Return the slots of the plan, and of paused days those in ``kept``."""
    start = max(first, treatment.started_on)
    end = last if treatment.ended_on is None else min(last, treatment.ended_on)
    return tuple(
        Planned(slot, due)
        for slot in slots_between(start, end)
        if slot in kept or treatment.pause_on(slot.day) is None
        if (due := due_at(treatment, slot, zone)) is not None
    )


def agenda(
    treatment: Treatment,
    records: Mapping[Slot, Application],
    last_applied: Application | None,
    days: tuple[date, date],
    now: datetime,
    zone: str,
) -> tuple[AgendaItem, ...]:
    """Return the slots of ``days`` (first and last) in order, each with what is known of it at ``now``.

    Of paused days only slots about which something was recorded are shown.

    ``records`` are the words about the slots of these days, ``last_applied`` the latest application of all.
    """
    # One that lies ahead was logged while the computer's clock was wrong; it must not close the days until then.
    real = last_applied is not None and last_applied.at <= now + SPACING
    free = last_applied.at + SPACING if last_applied is not None and real else None
    items = []
    for planned in _within(treatment, *days, zone, records):
        recorded = records.get(planned.slot)
        state = slot_state(treatment, planned.slot, recorded, now, zone)
        waits = free is not None and state in (SlotState.OPEN, SlotState.AHEAD) and free > max(planned.due, now)
        items.append(AgendaItem(planned.slot, planned.due, state, free if waits else None, recorded))
    return tuple(items)

"""Whose turn it is: which slot is the next to be applied, and what can be done with each."""

from __future__ import annotations

from datetime import datetime, timedelta

from companion.domain.dosing import EARLY, MissedAdvice, SlotState
from companion.domain.moments import Slot
from companion.domain.today import SlotCard, TodayView

LATE = timedelta(hours=1)
"""How long after its time a slot is spoken of as late."""


def is_late(card: SlotCard, now: datetime) -> bool:
    """Return whether the time of a slot without a word has been gone for more than an hour."""
    return card.state in (SlotState.OPEN, SlotState.UNKNOWN) and card.due is not None and now - card.due > LATE


def actions_of(card: SlotCard, view: TodayView) -> tuple[str, ...]:
    """Return what can be done with a slot, in the order shown."""
    if card.state in (SlotState.APPLIED, SlotState.SKIPPED, SlotState.MISSED):
        return ("edit", "undo")
    if card.state is SlotState.UNKNOWN:
        return ("apply_at", "other_time", "missed")
    if card.state is SlotState.OPEN:
        return ("apply", "other_time", "missed" if is_late(card, view.now) else "skip")
    if card.state is SlotState.AHEAD:
        return ("apply", "other_time", "skip") if is_next(card, view) else ("skip",)
    return ("apply", "other_time") if card.state is SlotState.PAUSED else ()


def is_near(card: SlotCard, view: TodayView) -> bool:
    """Return whether cream put on now would be taken for this slot, because its time is close."""
    return card.state is SlotState.AHEAD and card.due is not None and card.due - view.now <= EARLY


def is_next(card: SlotCard, view: TodayView) -> bool:
    """Return whether a slot whose time has not come is the next to be applied: no earlier one of the day waits."""
    return is_near(card, view) or not any(waits(other) for other in view.cards if other.slot < card.slot)


def waits(card: SlotCard) -> bool:
    """Return whether a slot is still to be applied, as far as the leaflet goes; one to be left out does not wait."""
    if card.state is SlotState.AHEAD:
        return True
    return card.state is SlotState.OPEN and card.advice in (None, MissedAdvice.APPLY_NOW, MissedAdvice.ASK)


def main_slot(view: TodayView) -> Slot | None:
    """Return the slot whose first button is the filled one: the one whose time is close, or else the first that waits.

    A slot that the leaflet says to leave out has none: nothing there should look like the thing to do.
    """
    near = [card.slot for card in view.cards if is_near(card, view)]
    if near:
        return near[0]
    return next((card.slot for card in view.cards if waits(card)), None)

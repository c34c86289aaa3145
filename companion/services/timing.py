"""When a treatment's slots are due: which times can be, how pauses join, and how a change of them is taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError
from companion.domain.leaflet import SPACING
from companion.domain.moments import DAY, gap_between
from companion.domain.treatment import Pause, Times, tightest
from companion.services.changes import Undo

if TYPE_CHECKING:
    from companion.storage.unit_of_work import UnitOfWork


def check_times(morning: time, evening: time) -> None:
    """Raise ``PersonError`` when the two daily times are closer than eight hours, either way round, or swapped."""
    if gap_between(morning, evening) < SPACING:
        raise PersonError("times_too_close", hours=int(SPACING.total_seconds() // 3600))
    if morning >= evening:
        raise PersonError("morning_after_evening")


def check_week(times: Times) -> None:
    """Raise what :func:`check_times` does of times in any week, on usual days, on others and from one to the next."""
    check_times(times.morning, times.evening)
    if times.other_morning is not None and times.other_evening is not None:
        check_times(times.other_morning, times.other_evening)
    if tightest(times) < SPACING:
        raise PersonError("times_too_close", hours=int(SPACING.total_seconds() // 3600))


def meet(one: Pause, other: Pause) -> bool:
    """Return whether two pauses share a day, or one begins on the day after the other."""
    first, second = sorted((one, other), key=lambda each: each.first)
    return first.last is None or second.first - DAY <= first.last


def joined(pauses: Collection[Pause]) -> Pause:
    """Return one pause over all of ``pauses``."""
    ends = [each.last for each in pauses if each.last is not None]
    return Pause(0, min(each.first for each in pauses), max(ends) if len(ends) == len(pauses) else None)


def put_back(work: UnitOfWork, number: int, undo: Undo) -> None:
    """Let times or pauses of treatment ``number`` be what they were."""
    for each in undo.after:
        if isinstance(each, Times) and None in undo.before:
            work.treatments.remove_times(number, each.valid_from)
        elif isinstance(each, Pause):
            work.treatments.remove_pause(each.id)
    for each in undo.before:
        if isinstance(each, Times):
            work.treatments.set_times(number, each)
        elif isinstance(each, Pause):
            work.treatments.add_pause(number, each)

"""Tubes of cream: what can be noted of one, and noting it. Called by the services that own the transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.nouns import Noun
from companion.domain.treatment import Tube
from companion.domain.values import value
from companion.services import corrections

if TYPE_CHECKING:
    from companion.storage.unit_of_work import UnitOfWork

CREAM_SINCE = 2015
"""The cream did not exist before."""
MAX_TUBE_GRAMS = 500
MAX_LOT = 60
MAX_YEARS_AHEAD = 10
THREE_OPEN = "three_tubes_open"
"""The question of ``NeedsAnswer`` before a third tube is in use at once."""
_MANY = 2


@value
class NewTube:
    """A tube to be added."""

    grams: int
    opened_on: date
    lot: str = ""
    expires_on: date | None = None
    crystals: bool = False

    def as_tube(self) -> Tube:
        """Return it as it is stored."""
        return Tube(0, self.grams, self.opened_on, None, self.lot.strip()[:MAX_LOT], self.expires_on, self.crystals)


def check(tube: Tube | NewTube, today: date) -> None:
    """Check what a tube says.

    Raises:
        PersonError: ``tube_grams``, ``opened_in_future``, ``opened_too_early``, ``end_before_start``, ``in_future``,
            ``day_too_early``, ``day_too_late``.
    """
    if not 1 <= tube.grams <= MAX_TUBE_GRAMS:
        raise PersonError("tube_grams", most=MAX_TUBE_GRAMS)
    if tube.opened_on > today:
        raise PersonError("opened_in_future")
    if tube.opened_on.year < CREAM_SINCE:
        raise PersonError("opened_too_early", year=CREAM_SINCE)
    if tube.expires_on is not None:
        if tube.expires_on.year < CREAM_SINCE:
            raise PersonError("day_too_early", year=CREAM_SINCE)
        if tube.expires_on.year > today.year + MAX_YEARS_AHEAD:
            raise PersonError("day_too_late", count=MAX_YEARS_AHEAD)
    if isinstance(tube, Tube) and tube.finished_on is not None:
        if tube.finished_on < tube.opened_on:
            raise PersonError("end_before_start")
        if tube.finished_on > today:
            raise PersonError("in_future")


def open_one(
    work: UnitOfWork, new: NewTube, finished: Tube | None, answered: Collection[str], at: datetime
) -> tuple[tuple[Tube, ...], int]:
    """Note a new tube, and ``finished`` as empty with it; return the latter as it was, and the new tube's id.

    Raises ``NeedsAnswer``: :data:`THREE_OPEN` with ``count``, when two others are in use and it was not answered.
    """
    known = work.tubes.all()
    before = tuple(each for each in known if finished is not None and each.id == finished.id)
    in_use = [each for each in known if each.finished_on is None and each not in before]
    if len(in_use) >= _MANY and THREE_OPEN not in answered:
        raise NeedsAnswer((THREE_OPEN,), count=len(in_use))
    for each in before:
        change(work, each, replace(each, finished_on=max(new.opened_on, each.opened_on)), at)
    return before, work.tubes.add(new.as_tube())


def change(work: UnitOfWork, before: Tube, after: Tube, at: datetime) -> None:
    """Store a corrected tube, and keep what was said of it before."""
    corrections.keep(work, Noun.TUBE, before, after, at)
    work.tubes.update(after)


def put_back(work: UnitOfWork, before: Tube) -> None:
    """Store a tube as it was before a correction that is taken back."""
    corrections.take_back(work, Noun.TUBE, before, work.tubes.get(before.id))
    work.tubes.update(before)

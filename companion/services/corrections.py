"""The history of edits, as every use case writes it: what an entry said before, in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from companion.domain.nouns import Noun

if TYPE_CHECKING:
    from companion.domain.history import Kept
    from companion.storage.unit_of_work import UnitOfWork


def keep(work: UnitOfWork, noun: Noun, before: Kept, after: Kept | None, at: datetime) -> None:
    """Keep what an entry said, when it is about to say something else; ``after`` is ``None`` when it is taken out."""
    if before != after:
        work.history.keep(noun, before.id, at)


def take_back(work: UnitOfWork, noun: Noun, before: Kept, now: Kept | None) -> None:
    """Forget the correction that is being taken back: ``now`` is what the entry says, ``before`` what it will say."""
    if before == now:
        return
    latest = next(iter(work.history.of(noun, before.id)), None)
    if latest is not None and latest.before == before:
        work.history.forget(latest.id)

"""What was said of each slot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select

from companion.domain.dosing import Application, Outcome
from companion.domain.errors import PersonError
from companion.domain.moments import Part
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Pages, Store, columns_of, update_by_id
from companion.storage.tables import application

_c = application.c
_COLUMNS = columns_of(application, rows.APPLICATION)
_IN_DAYS = _c.day.between(bindparam("first"), bindparam("last"))
_BETWEEN = Statement(select(*_COLUMNS).where(_IN_DAYS).order_by(_c.at, _c.id))
_AROUND = Statement(
    select(*_COLUMNS).where(_c.at.between(bindparam("earliest"), bindparam("latest"))).order_by(_c.at, _c.id)
)
_ONE = Statement(select(*_COLUMNS).where(_c.id == bindparam("row_id")))
_SLOT = Statement(
    select(*_COLUMNS)
    .where(_c.day == bindparam("day"), _c.part == bindparam("part"), _c.ordinal == bindparam("ordinal"))
    .order_by(_c.treatment_id.desc())
    .limit(1)
)
_LAST_APPLIED = Statement(
    select(*_COLUMNS).where(_c.outcome == Outcome.APPLIED).order_by(_c.at.desc(), _c.id.desc()).limit(1)
)
_LAST_APPLIED_UNTIL = Statement(
    select(*_COLUMNS)
    .where(_c.outcome == Outcome.APPLIED, _c.at <= bindparam("until"))
    .order_by(_c.at.desc(), _c.id.desc())
    .limit(1)
)
_count = select(func.count()).select_from(application).where(_IN_DAYS)
_COUNT = Statement(_count)
_COUNT_OF = Statement(_count.where(_c.outcome == bindparam("outcome")))
_PAGES = Pages(select(*_COLUMNS).order_by(_c.at.desc(), _c.id.desc()), _c.at)
_CHUNK = Statement(select(*_COLUMNS).where(_c.id > bindparam("after")).order_by(_c.id).limit(bindparam("size")))
_ADD = Statement(insert(application))
_UPDATE = update_by_id(application)
_REMOVE = Statement(delete(application).where(_c.id == bindparam("row_id")))


class Applications(Store):
    """Applications, skipped and missed ones: one row for each word about a slot."""

    def between(self, first: date, last: date) -> tuple[Application, ...]:
        """Return those of the days ``first`` to ``last``, both included, in order of time."""
        return self._all(rows.application, _BETWEEN, {"first": first, "last": last})

    def around(self, moment: datetime, hours: float) -> tuple[Application, ...]:
        """Return those no further than ``hours`` from ``moment``, before or after, in order of time."""
        span = timedelta(hours=hours)
        return self._all(rows.application, _AROUND, {"earliest": moment - span, "latest": moment + span})

    def get(self, number: int) -> Application | None:
        """Return one of them."""
        return self._one(rows.application, _ONE, {"row_id": number})

    def slot(self, day: date, part: Part, ordinal: int = 0) -> Application | None:
        """Return what was said of a slot (of the newest treatment, should two have had it)."""
        return self._one(rows.application, _SLOT, {"day": day, "part": part, "ordinal": ordinal})

    def last_applied(self, until: datetime | None = None) -> Application | None:
        """Return the latest application of cream, or the latest up to ``until``."""
        if until is None:
            return self._one(rows.application, _LAST_APPLIED)
        return self._one(rows.application, _LAST_APPLIED_UNTIL, {"until": until})

    def count(self, first: date, last: date, outcome: Outcome | None = None) -> int:
        """Return how many there are in the days ``first`` to ``last``, of one outcome or of all."""
        values: dict[str, Any] = {"first": first, "last": last}
        if outcome is None:
            ((number,),) = self._session.rows(_COUNT, values)
        else:
            ((number,),) = self._session.rows(_COUNT_OF, {**values, "outcome": outcome})
        return int(number)

    def page(self, limit: int, before: datetime | None = None) -> tuple[Application, ...]:
        """Return the newest ones before ``before``: ``limit``, and all of the last one's instant."""
        return self._page(rows.application, _PAGES, limit, before)

    def pages(self, size: int = 500) -> Iterator[tuple[Application, ...]]:
        """Go through all of them, in the order they were recorded, ``size`` at a time."""
        after = 0
        while chunk := self._all(rows.application, _CHUNK, {"after": after, "size": size}):
            yield chunk
            after = chunk[-1].id

    def add(self, treatment_id: int, new: Application, source: str, recorded_at: datetime) -> int:
        """Record a word about a slot and return its id; ``source`` is the code of where it was said.

        Raises:
            PersonError: ``already_there``: something was said of that slot and ordinal before.
        """
        values = {**_values(new), "treatment_id": treatment_id, "source": source, "recorded_at": recorded_at}
        return self._add(_ADD, values, new.id)

    def update(self, changed: Application) -> None:
        """Change what was said. Raises ``PersonError``: ``entry_gone``, ``already_there``."""
        self._change(_UPDATE, {**_values(changed), "row_id": changed.id})

    def remove(self, number: int) -> Application:
        """Take a word back and return it, so that it can be added again. Raises ``PersonError("entry_gone")``."""
        found = self.get(number)
        if found is None:
            raise PersonError("entry_gone")
        self._session.run(_REMOVE, {"row_id": number})
        return found


def _values(each: Application) -> dict[str, Any]:
    return {
        "day": each.slot.day,
        "part": each.slot.part,
        "ordinal": each.ordinal,
        "outcome": each.outcome,
        "at": each.at,
        "zone": each.zone,
        "places": each.places,
        "grams": each.grams,
        "note": each.note,
    }

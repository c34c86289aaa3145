"""Tubes of cream."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from companion.domain.treatment import Tube
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Bin, BinnedStore, columns_of, update_by_id
from companion.storage.tables import tube

_COLUMNS = columns_of(tube, rows.TUBE)
_IN_ORDER = select(*_COLUMNS).order_by(tube.c.opened_on, tube.c.id)
_ALL = Statement(_IN_ORDER.where(tube.c.deleted_at.is_(None)))
_THROWN_AWAY = Statement(_IN_ORDER.where(tube.c.deleted_at.is_not(None)))
_ONE = Statement(select(*_COLUMNS).where(tube.c.id == bindparam("row_id")))
_OPEN = Statement(
    select(*_COLUMNS)
    .where(tube.c.deleted_at.is_(None), tube.c.finished_on.is_(None))
    .order_by(tube.c.opened_on.desc(), tube.c.id.desc())
    .limit(1)
)
_ADD = Statement(insert(tube))
_UPDATE = update_by_id(tube)


class Tubes(BinnedStore):
    """The tubes of a record."""

    _bin = Bin(tube)

    def all(self, *, deleted: bool = False) -> tuple[Tube, ...]:
        """Return the tubes in the order they were opened; with ``deleted`` those thrown away instead."""
        return self._all(rows.tube, _THROWN_AWAY if deleted else _ALL)

    def get(self, number: int) -> Tube | None:
        """Return one tube."""
        return self._one(rows.tube, _ONE, {"row_id": number})

    def open(self) -> Tube | None:
        """Return the tube in use: of the unfinished ones, the one opened last."""
        return self._one(rows.tube, _OPEN)

    def add(self, new: Tube) -> int:
        """Add a tube and return its id."""
        return self._add(_ADD, _values(new), new.id)

    def update(self, changed: Tube) -> None:
        """Change a tube. Raises ``PersonError("entry_gone")``."""
        self._change(_UPDATE, {**_values(changed), "row_id": changed.id})

    def purge(self, before: datetime) -> int:
        """Remove for good what was thrown away before ``before``; return how many that were."""
        return self._purge(before)


def _values(each: Tube) -> dict[str, Any]:
    return {
        "grams": each.grams,
        "opened_on": each.opened_on,
        "finished_on": each.finished_on,
        "lot": each.lot,
        "expires_on": each.expires_on,
        "crystals": each.crystals,
    }

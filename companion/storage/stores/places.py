"""Places of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from companion.domain.treatment import Place
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Store, columns_of, update_by_id
from companion.storage.tables import place

_COLUMNS = columns_of(place, rows.PLACE)
_IN_ORDER = select(*_COLUMNS).order_by(place.c.position, place.c.id)
_ALL = Statement(_IN_ORDER)
_SHOWN = Statement(_IN_ORDER.where(place.c.archived == bindparam("archived")))
_ONE = Statement(select(*_COLUMNS).where(place.c.id == bindparam("row_id")))
_NEXT = Statement(select(func.coalesce(func.max(place.c.position) + 1, 0)))
_ADD = Statement(insert(place))
_UPDATE = update_by_id(place)


class Places(Store):
    """The places of a record. None is ever removed, because photos and past applications speak of it."""

    def all(self, include_archived: bool = False) -> tuple[Place, ...]:
        """Return the places in the person's order, the archived ones only if asked for."""
        if include_archived:
            return self._all(rows.place, _ALL)
        return self._all(rows.place, _SHOWN, {"archived": False})

    def get(self, number: int) -> Place | None:
        """Return one place."""
        return self._one(rows.place, _ONE, {"row_id": number})

    def add(self, new: Place) -> int:
        """Add a place after the others and return its id."""
        ((position,),) = self._session.rows(_NEXT, {})
        return self._add(_ADD, {**_values(new), "position": position}, new.id)

    def update(self, changed: Place) -> None:
        """Change a place."""
        self._change(_UPDATE, {**_values(changed), "row_id": changed.id})

    def archive(self, number: int) -> None:
        """Put a place away."""
        self._change(_UPDATE, {"row_id": number, "archived": True})

    def restore(self, number: int) -> None:
        """Take a place out again."""
        self._change(_UPDATE, {"row_id": number, "archived": False})

    def reorder(self, numbers: Sequence[int]) -> None:
        """Show the places in this order; those that are not named follow, as they were."""
        others = [each.id for each in self.all(include_archived=True) if each.id not in set(numbers)]
        for position, number in enumerate([*numbers, *others]):
            self._change(_UPDATE, {"row_id": number, "position": position})


def _values(each: Place) -> dict[str, Any]:
    return {
        "region": each.region,
        "label": each.label,
        "handprints": each.handprints,
        "intimate": each.intimate,
        "treated": each.treated,
        "archived": each.archived,
    }

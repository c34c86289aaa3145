"""Everything else a treatment is made of, and what entries said before they were corrected."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Text, bindparam, delete, func, insert, literal, select, type_coerce

from companion.domain.care import CareEntry, CareKind
from companion.domain.history import Edit, Noun
from companion.storage import care_rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Bin, BinnedStore, Store, columns_of, update_by_id
from companion.storage.tables import care_entry, edit_history, metadata

_c, _h = care_entry.c, edit_history.c
_core = select(*columns_of(care_entry, care_rows.CARE))
_ONE = Statement(_core.where(_c.id == bindparam("row_id")))
_kinds = func.json_each(bindparam("kinds", type_=Text)).table_valued("value", name="wanted")
_BETWEEN = Statement(
    _core.where(
        _c.deleted_at.is_(None),
        _c.kind.in_(select(_kinds.c.value)),
        _c.day.between(bindparam("first"), bindparam("last")),
    ).order_by(_c.at, _c.id)
)
_AWAY = Statement(_core.where(_c.deleted_at.is_not(None)).order_by(_c.at, _c.id))
_ADD = Statement(insert(care_entry))
_UPDATE = update_by_id(care_entry)


class CareEntries(BinnedStore):
    """Light sessions, other treatments, days in the sun, estimates, scores, noticing and visits."""

    _bin = Bin(care_entry)

    def get(self, number: int) -> CareEntry | None:
        """Return one entry, thrown away or not."""
        return self._one(care_rows.entry, _ONE, {"row_id": number})

    def between(
        self, first: date = date.min, last: date = date.max, kinds: Collection[CareKind] = tuple(CareKind)
    ) -> tuple[CareEntry, ...]:
        """Return the entries of these kinds and days, both included, oldest first."""
        wanted = json.dumps(sorted(kind.value for kind in kinds))
        return self._all(care_rows.entry, _BETWEEN, {"kinds": wanted, "first": first, "last": last})

    def thrown_away(self) -> tuple[CareEntry, ...]:
        """Return what was thrown away and is still there, oldest first."""
        return self._all(care_rows.entry, _AWAY)

    def add(self, new: CareEntry) -> int:
        """Add an entry and return its id."""
        return self._add(_ADD, _values(new), new.id)

    def update(self, changed: CareEntry) -> None:
        """Change an entry. Raises ``PersonError("entry_gone")``."""
        self._change(_UPDATE, {**_values(changed), "row_id": changed.id})

    def purge(self, before: datetime) -> int:
        """Remove for good what was thrown away before ``before``; return how many that were."""
        return self._purge(before)


def _values(each: CareEntry) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "at": each.at,
        "zone": each.zone,
        "day": each.day,
        "ended_on": each.ended_on,
        "places": each.places,
        "value": care_rows.fact_in(each.what),
        "note": each.note,
        "help_shown_at": each.help_shown_at,
    }


_EDITS = Statement(
    select(_h.id, _h.noun, _h.row_id, _h.at, _h.before)
    .where(_h.noun == bindparam("of_noun"), _h.row_id == bindparam("of_row"))
    .order_by(_h.id.desc())
)
_FORGET = Statement(delete(edit_history).where(_h.id == bindparam("row_id")))


@cache
def _keep(noun: Noun) -> Statement:
    """Return the statement that copies a row as it lies, column by column, so that nothing is lost in between."""
    table = metadata.tables[noun.value]
    columns = columns_of(table, care_rows.KEPT[noun][0])
    pairs = [each for column in columns for each in (literal(column.name, Text), type_coerce(column, column.type))]
    copied = select(
        literal(noun.value, Text), table.c.id, bindparam("kept_at", type_=_h.at.type), func.json_object(*pairs)
    ).where(table.c.id == bindparam("kept_row"))
    return Statement(insert(edit_history).from_select(["noun", "row_id", "at", "before"], copied))


@cache
def _orphans(noun: Noun) -> Statement:
    """Return the statement that removes the history of rows that are gone, if nothing was added to it lately."""
    table = metadata.tables[noun.value]
    there = select(table.c.id).where(table.c.id == _h.row_id).exists()
    late = edit_history.alias("late")
    fresh = select(late.c.id).where(
        late.c.noun == _h.noun, late.c.row_id == _h.row_id, late.c.at >= bindparam("before")
    )
    return Statement(delete(edit_history).where(_h.noun == noun, ~there, ~fresh.exists()))


class History(Store):
    """What entries said before: one row for each correction, written in its transaction."""

    def keep(self, noun: Noun, row_id: int, at: datetime) -> int:
        """Keep what the row says now, before it is changed or taken out; return the id of the edit."""
        return int(self._session.run(_keep(noun), {"kept_at": at, "kept_row": row_id}).lastrowid)

    def of(self, noun: Noun, row_id: int) -> tuple[Edit, ...]:
        """Return what a row said before, the latest correction first."""
        found = self._session.rows(_EDITS, {"of_noun": noun, "of_row": row_id})
        return tuple(Edit(number, of, row, at, care_rows.kept(of, before)) for number, of, row, at, before in found)

    def forget(self, edit_id: int) -> None:
        """Forget a correction that was taken back."""
        self._session.run(_FORGET, {"row_id": edit_id})

    def purge(self, before: datetime) -> None:
        """Remove the history of what is gone for good and was not touched since ``before``."""
        for noun in Noun:
            self._session.run(_orphans(noun), {"before": before})

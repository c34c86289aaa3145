"""Side effects and notes, each by itself and both together as the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, insert, or_, select, true

from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.storage import rows
from companion.storage.connection import folded
from companion.storage.stores.base import Bin, BinnedStore, Store, columns_of, update_by_id, whole_instants
from companion.storage.tables import note, symptom

SYMPTOM = "symptom"
NOTE = "note"
KINDS = (SYMPTOM, NOTE)
"""The kinds of journal entries."""

_SYMPTOM_COLUMNS = columns_of(symptom, rows.SYMPTOM)
_NOTE_COLUMNS = columns_of(note, rows.NOTE)


def _newest_first(table: Table, names: Collection[str], deleted: bool) -> Select[Any]:
    column = table.c.deleted_at
    kept = column.is_not(None) if deleted else column.is_(None)
    return select(*columns_of(table, names)).where(kept).order_by(table.c.at.desc(), table.c.id.desc())


_SYMPTOMS = _newest_first(symptom, rows.SYMPTOM, deleted=False)
_SYMPTOMS_AWAY = _newest_first(symptom, rows.SYMPTOM, deleted=True)
_SYMPTOM = select(*_SYMPTOM_COLUMNS).where(symptom.c.id == bindparam("row_id"))
_ADD_SYMPTOM = insert(symptom)
_UPDATE_SYMPTOM = update_by_id(symptom)
_NOTES = _newest_first(note, rows.NOTE, deleted=False)
_NOTES_AWAY = _newest_first(note, rows.NOTE, deleted=True)
_NOTE = select(*_NOTE_COLUMNS).where(note.c.id == bindparam("row_id"))
_ADD_NOTE = insert(note)
_UPDATE_NOTE = update_by_id(note)


class Symptoms(BinnedStore):
    """The side effects the person noted."""

    _bin = Bin(symptom)

    def get(self, number: int) -> SymptomEntry | None:
        """Return one entry, thrown away or not."""
        return self._one(rows.symptom, _SYMPTOM, {"row_id": number})

    def add(self, new: SymptomEntry) -> int:
        """Add an entry and return its id."""
        return self._add(_ADD_SYMPTOM, _symptom_values(new), new.id)

    def update(self, changed: SymptomEntry) -> None:
        """Change an entry. Raises ``PersonError("entry_gone")``."""
        self._change(_UPDATE_SYMPTOM, {**_symptom_values(changed), "row_id": changed.id})

    def all(self, *, deleted: bool = False) -> tuple[SymptomEntry, ...]:
        """Return every entry, newest first; with ``deleted`` those thrown away instead."""
        return self._all(rows.symptom, _SYMPTOMS_AWAY if deleted else _SYMPTOMS)

    def page(self, limit: int, before: datetime | None = None) -> tuple[SymptomEntry, ...]:
        """Return the newest entries before ``before``: ``limit``, and all of the last one's instant."""
        found = _page(self, symptom, _SYMPTOMS, limit, before)
        return tuple(rows.symptom(row) for row in found)

    def purge(self, before: datetime) -> int:
        """Remove for good what was thrown away before ``before``; return how many that were."""
        return self._purge(before)


class Notes(BinnedStore):
    """The person's free notes."""

    _bin = Bin(note)

    def get(self, number: int) -> NoteEntry | None:
        """Return one note, thrown away or not."""
        return self._one(rows.note, _NOTE, {"row_id": number})

    def add(self, new: NoteEntry) -> int:
        """Add a note and return its id."""
        return self._add(_ADD_NOTE, _note_values(new), new.id)

    def update(self, changed: NoteEntry) -> None:
        """Change a note. Raises ``PersonError("entry_gone")``."""
        self._change(_UPDATE_NOTE, {**_note_values(changed), "row_id": changed.id})

    def all(self, *, deleted: bool = False) -> tuple[NoteEntry, ...]:
        """Return every note, newest first; with ``deleted`` those thrown away instead."""
        return self._all(rows.note, _NOTES_AWAY if deleted else _NOTES)

    def page(self, limit: int, before: datetime | None = None) -> tuple[NoteEntry, ...]:
        """Return the newest notes before ``before``: ``limit``, and all of the last one's instant."""
        return tuple(rows.note(row) for row in _page(self, note, _NOTES, limit, before))

    def purge(self, before: datetime) -> int:
        """Remove for good what was thrown away before ``before``; return how many that were."""
        return self._purge(before)


class Journal(Store):
    """Side effects and notes in one list."""

    def page(
        self,
        limit: int,
        before: datetime | None = None,
        text: str = "",
        kinds: Collection[str] = KINDS,
        place: int | None = None,
        codes: Collection[str] = (),
    ) -> tuple[SymptomEntry | NoteEntry, ...]:
        """Return the newest entries before ``before``: ``limit``, and all of the last one's instant.

        ``text`` is looked for in what the person wrote, without regard to case and accents; ``codes`` are the
        symptoms whose names hold it too, which only the wording knows. ``kinds`` is of :data:`KINDS`. ``place``
        leaves the side effects noted for that place.
        """
        found: list[SymptomEntry | NoteEntry] = []
        if SYMPTOM in kinds:
            statement = _SYMPTOMS.where(
                _written(text, codes, symptom.c.note, symptom.c.action), _at_place(place)
            )
            found += (rows.symptom(row) for row in _page(self, symptom, statement, limit, before, _search(text)))
        if NOTE in kinds and place is None:
            statement = _NOTES.where(_written(text, (), note.c.text))
            found += (rows.note(row) for row in _page(self, note, statement, limit, before, _search(text)))
        found.sort(key=lambda each: (each.at, isinstance(each, SymptomEntry), each.id), reverse=True)
        if len(found) <= limit:
            return tuple(found)
        last = found[limit - 1].at
        return tuple(each for each in found if each.at >= last)


def _page(
    store: Store,
    table: Table,
    statement: Select[Any],
    limit: int,
    before: datetime | None,
    values: dict[str, Any] | None = None,
) -> list[Any]:
    values = values or {}
    if before is not None:
        statement = statement.where(table.c.at < bindparam("before"))
        values = {**values, "before": before}
    return whole_instants(store.connection, statement, table.c.at, limit, values)


def _search(text: str) -> dict[str, Any]:
    return {"needle": folded(text)} if text else {}


def _written(text: str, codes: Collection[str], *columns: ColumnElement[str]) -> ColumnElement[bool]:
    if not text:
        return true()
    holds = [func.instr(func.folded(column), bindparam("needle")) > 0 for column in columns]
    return or_(*holds, symptom.c.code.in_(sorted(codes))) if codes else or_(*holds)


def _at_place(place: int | None) -> ColumnElement[bool]:
    if place is None:
        return true()
    each = func.json_each(symptom.c.places).table_valued("value")
    return select(each.c.value).where(each.c.value == place).exists()


def _symptom_values(each: SymptomEntry) -> dict[str, Any]:
    return {
        "code": each.code,
        "at": each.at,
        "zone": each.zone,
        "bad": each.bad,
        "bothers": each.bothers,
        "places": each.places,
        "ended_on": each.ended_on,
        "action": each.action,
        "told_doctor": each.told_doctor,
        "note": each.note,
        "help_shown_at": each.help_shown_at,
    }


def _note_values(each: NoteEntry) -> dict[str, Any]:
    return {"at": each.at, "zone": each.zone, "text": each.text, "help_shown_at": each.help_shown_at}

"""Side effects and notes, each by itself and both together as the journal."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, Text, bindparam, func, insert, or_, select

from companion.domain.folding import folded
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Bin, BinnedStore, Pages, Store, columns_of, update_by_id
from companion.storage.tables import note, symptom

SYMPTOM = "symptom"
NOTE = "note"
KINDS = (SYMPTOM, NOTE)
"""The kinds of journal entries."""

_s, _n = symptom.c, note.c


def _newest_first(table: Table, names: Collection[str], deleted: bool = False) -> Select[Any]:
    column = table.c.deleted_at
    kept = column.is_not(None) if deleted else column.is_(None)
    return select(*columns_of(table, names)).where(kept).order_by(table.c.at.desc(), table.c.id.desc())


_symptoms = _newest_first(symptom, rows.SYMPTOM)
_notes = _newest_first(note, rows.NOTE)
_SYMPTOMS = Statement(_symptoms)
_SYMPTOMS_AWAY = Statement(_newest_first(symptom, rows.SYMPTOM, deleted=True))
_SYMPTOM_PAGES = Pages(_symptoms, _s.at)
_SYMPTOM = Statement(select(*columns_of(symptom, rows.SYMPTOM)).where(_s.id == bindparam("row_id")))
_ADD_SYMPTOM = Statement(insert(symptom))
_UPDATE_SYMPTOM = update_by_id(symptom)
_NOTES = Statement(_notes)
_NOTES_AWAY = Statement(_newest_first(note, rows.NOTE, deleted=True))
_NOTE_PAGES = Pages(_notes, _n.at)
_NOTE = Statement(select(*columns_of(note, rows.NOTE)).where(_n.id == bindparam("row_id")))
_ADD_NOTE = Statement(insert(note))
_UPDATE_NOTE = update_by_id(note)


def _holds(column: ColumnElement[str]) -> ColumnElement[bool]:
    return func.instr(func.folded(column), bindparam("needle", type_=Text)) > 0


@cache
def _found_symptoms(searched: bool, placed: bool) -> Pages:
    """Return the question for side effects that hold ``needle`` (or are of ``codes``), that are at ``place``."""
    core = _symptoms
    if searched:
        named = func.json_each(bindparam("codes", type_=Text)).table_valued("value", name="named")
        core = core.where(or_(_holds(_s.note), _holds(_s.action), _s.code.in_(select(named.c.value))))
    if placed:
        listed = func.json_each(_s.places).table_valued("value", name="listed")
        core = core.where(select(listed.c.value).where(listed.c.value == bindparam("place")).exists())
    return Pages(core, _s.at)


@cache
def _found_notes(searched: bool) -> Pages:
    return Pages(_notes.where(_holds(_n.text)) if searched else _notes, _n.at)


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
        return self._page(rows.symptom, _SYMPTOM_PAGES, limit, before)

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
        return self._page(rows.note, _NOTE_PAGES, limit, before)

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
        needle = {"needle": folded(text)} if text else {}
        if SYMPTOM in kinds:
            values: dict[str, Any] = {**needle, "codes": json.dumps(sorted(codes))} if text else {}
            if place is not None:
                values["place"] = place
            pages = _found_symptoms(bool(text), place is not None)
            found += self._page(rows.symptom, pages, limit, before, values)
        if NOTE in kinds and place is None:
            found += self._page(rows.note, _found_notes(bool(text)), limit, before, needle)
        found.sort(key=lambda each: (each.at, isinstance(each, SymptomEntry), each.id), reverse=True)
        if len(found) <= limit:
            return tuple(found)
        last = found[limit - 1].at
        return tuple(each for each in found if each.at >= last)


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

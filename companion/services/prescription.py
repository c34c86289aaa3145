"""What stands on the prescription, at hand: free text, everything optional."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from companion.domain.care import OLDEST_DAY, Prescription, check_name
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.moments import Clock, local_day
from companion.services.changes import Changes, Done, Undo
from companion.services.journal import GET_HELP, help_for_text

if TYPE_CHECKING:
    from companion.storage.record import Record

KEY = "prescription"
"""The setting that holds it, as a JSON object."""
_TEXTS = tuple(each.name for each in fields(Prescription) if each.name != "started_on")


class PrescriptionFacts:
    """The prescription of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def get(self) -> Prescription:
        """Return it; empty where nothing was written."""
        return prescription_of(self._record.setting(KEY))

    def put(self, facts: Prescription, help_shown: bool = False) -> Done:
        """Store all of it, without the spaces around.

        Raises:
            PersonError: ``name_too_long`` (``count``), ``in_future``, ``day_too_early``.
            NeedsAnswer: ``get_help``, as in the Journal.
        """
        facts = replace(facts, **{name: getattr(facts, name).strip() for name in _TEXTS})
        for name in _TEXTS:
            check_name(getattr(facts, name))
        if facts.started_on is not None:
            if facts.started_on > local_day(self._clock.now(), self._clock.zone()):
                raise PersonError("in_future")
            if facts.started_on < OLDEST_DAY:
                raise PersonError("day_too_early", year=OLDEST_DAY.year)
        called = help_for_text("\n".join(getattr(facts, name) for name in _TEXTS))
        if called and not help_shown:
            raise NeedsAnswer((GET_HELP,), category=called[0])
        before = self._store(facts)
        undo = Undo("prescription", (before,), (facts,))
        return Done(Changes(settings=True), undo=undo, help=called[0] if called else None)

    def undo(self, undo: Undo) -> Done:
        """Put back what stood there before."""
        for before in undo.before:
            if isinstance(before, Prescription):
                self._store(before)
        return Done(Changes(settings=True))

    def _store(self, facts: Prescription) -> Prescription:
        """Store ``facts`` and return what stood there."""
        with self._record.unit_of_work() as work:
            before = prescription_of(work.settings.get(KEY))
            if facts == Prescription():
                work.settings.remove(KEY)
            else:
                told = {name: getattr(facts, name) for name in _TEXTS if getattr(facts, name)}
                if facts.started_on is not None:
                    told["started_on"] = facts.started_on.isoformat()
                work.settings.put(KEY, json.dumps(told, ensure_ascii=False))
        return before


def prescription_of(stored: str | None) -> Prescription:
    """Return what is stored, field by field: one that makes no sense is empty, and nothing raises."""
    try:
        told: Any = json.loads(stored or "{}")
    except ValueError:
        return Prescription()
    if not isinstance(told, dict):
        return Prescription()
    texts = {name: told[name] for name in _TEXTS if isinstance(told.get(name), str)}
    return Prescription(**texts, started_on=_day(told.get("started_on")))


def _day(stored: object) -> date | None:
    try:
        return date.fromisoformat(stored) if isinstance(stored, str) else None
    except ValueError:
        return None

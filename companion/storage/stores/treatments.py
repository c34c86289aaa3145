"""Treatments and the history of their two daily times."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from companion.domain.leaflet import Leaflet
from companion.domain.treatment import Pause, Times, Treatment
from companion.storage import rows
from companion.storage.statement import Statement
from companion.storage.stores.base import Store, columns_of, update_by_id
from companion.storage.tables import treatment, treatment_pause, treatment_times

_COLUMNS = columns_of(treatment, rows.TREATMENT)
_ALL = Statement(select(*_COLUMNS).order_by(treatment.c.started_on, treatment.c.id))
_ONE = Statement(select(*_COLUMNS).where(treatment.c.id == bindparam("row_id")))
_CURRENT = Statement(select(*_COLUMNS).order_by(treatment.c.started_on.desc(), treatment.c.id.desc()).limit(1))
_TIMES = Statement(
    select(*columns_of(treatment_times, rows.TIMES))
    .where(treatment_times.c.treatment_id == bindparam("treatment_id"))
    .order_by(treatment_times.c.valid_from)
)
_ADD = Statement(insert(treatment))
_add_times = sqlite_insert(treatment_times)
_SET_TIMES = Statement(
    _add_times.on_conflict_do_update(
        index_elements=["treatment_id", "valid_from"],
        set_={name: _add_times.excluded[name] for name in rows.TIMES if name != "valid_from"},
    )
)
_REMOVE_TIMES = Statement(
    delete(treatment_times).where(
        treatment_times.c.treatment_id == bindparam("of_treatment"), treatment_times.c.valid_from == bindparam("from")
    )
)
_PAUSES = Statement(
    select(*columns_of(treatment_pause, rows.PAUSE))
    .where(treatment_pause.c.treatment_id == bindparam("treatment_id"))
    .order_by(treatment_pause.c.first_day, treatment_pause.c.id)
)
_ADD_PAUSE = Statement(insert(treatment_pause))
_UPDATE_PAUSE = update_by_id(treatment_pause)
_REMOVE_PAUSE = Statement(delete(treatment_pause).where(treatment_pause.c.id == bindparam("row_id")))
_UPDATE = update_by_id(treatment)


class Treatments(Store):
    """The treatments of a record; most people have one."""

    def current(self) -> Treatment | None:
        """Return the treatment that began last, ended or not, or ``None`` before the first."""
        return self._one(self._build, _CURRENT)

    def get(self, number: int) -> Treatment | None:
        """Return one treatment."""
        return self._one(self._build, _ONE, {"row_id": number})

    def all(self) -> tuple[Treatment, ...]:
        """Return every treatment, oldest first."""
        return self._all(self._build, _ALL)

    def add(self, new: Treatment) -> int:
        """Add a treatment with its times and return its id. Raises ``ValueError`` when it has no times."""
        if not new.times:
            raise ValueError("a treatment has times")
        values = {"leaflet": new.leaflet, "started_on": new.started_on, "ended_on": new.ended_on}
        number = self._add(_ADD, values, new.id)
        for times in new.times:
            self.set_times(number, times)
        for pause in new.pauses:
            self.add_pause(number, pause)
        return number

    def set_times(self, number: int, times: Times) -> None:
        """Let ``times`` hold from their day on; times that began on the same day are replaced."""
        self._session.run(
            _SET_TIMES,
            {
                "treatment_id": number,
                "valid_from": times.valid_from,
                "morning": times.morning,
                "evening": times.evening,
                "other_days": times.other_days,
                "other_morning": times.other_morning,
                "other_evening": times.other_evening,
            },
        )

    def remove_times(self, number: int, valid_from: date) -> None:
        """Forget the times that held from a day on; those before them go on. Raises ``PersonError("entry_gone")``."""
        self._change(_REMOVE_TIMES, {"of_treatment": number, "from": valid_from})

    def add_pause(self, number: int, new: Pause) -> int:
        """Add a pause and return its id."""
        values = {"treatment_id": number, "first_day": new.first, "last_day": new.last}
        return self._add(_ADD_PAUSE, values, new.id)

    def update_pause(self, changed: Pause) -> None:
        """Change the days of a pause. Raises ``PersonError("entry_gone")``."""
        self._change(_UPDATE_PAUSE, {"row_id": changed.id, "first_day": changed.first, "last_day": changed.last})

    def remove_pause(self, number: int) -> None:
        """Take a pause away. Raises ``PersonError("entry_gone")``."""
        self._change(_REMOVE_PAUSE, {"row_id": number})

    def set_leaflet(self, number: int, leaflet: Leaflet) -> None:
        """Say which leaflet applies."""
        self._change(_UPDATE, {"row_id": number, "leaflet": leaflet})

    def set_start(self, number: int, day: date) -> None:
        """Say on which day the treatment began."""
        self._change(_UPDATE, {"row_id": number, "started_on": day})

    def end(self, number: int, day: date | None) -> None:
        """Say on which day the treatment ended; ``None`` when it goes on."""
        self._change(_UPDATE, {"row_id": number, "ended_on": day})

    def _build(self, row: rows.Row) -> Treatment:
        of_it = {"treatment_id": row[0]}
        return rows.treatment(row, self._all(rows.times, _TIMES, of_it), self._all(rows.pause, _PAUSES, of_it))

"""The months on one page: read in one go, and what is taken out of it as a file."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.care import CareKind
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.moments import Clock
from companion.domain.progress import ProgressView, progress_view
from companion.services.care_entries import CareEntries
from companion.services.treatment import rules_of

if TYPE_CHECKING:
    from companion.domain.progress_tables import Cell, Table
    from companion.storage.record import Record

SHOWN = (CareKind.ESTIMATE, CareKind.SCORE, CareKind.LIGHT, CareKind.TREATMENT)
"""The kinds of entries that have a place on the axis."""


class Progress:
    """What one open record says over the months."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def view(self) -> ProgressView | None:
        """Return everything the page shows, or ``None`` before a treatment was set up."""
        months = self._record.months()
        if months.treatment is None:
            return None
        care = CareEntries(self._record, self._clock).of_kinds(*SHOWN)
        rules = rules_of(months.treatment.leaflet)
        return progress_view(months, care, rules.review_weeks, self._clock.now(), self._clock.zone())

    def csv(self, table: Table, view: ProgressView) -> bytes:
        """Return a table as a file for a spreadsheet: codes and ISO days, and beside each place what it is called."""
        from companion.export import csv
        from companion.wording.places import place_name

        names = {str(each.id): place_name(each) for each in self._record.months().places}
        columns: list[str] = []
        for name in table.columns:
            columns += [name, "place_name"] if name == "place" else [name]
        rows = tuple(tuple(_cells(table.columns, row, names)) for row in table.rows)
        return csv.Table(table.plot.value, tuple(columns), rows).encoded()

    def save(self, file: Path, content: bytes) -> None:
        """Write a picture or a table to ``file``, in place of what is there: whole, or not at all. Not encrypted.

        Raises:
            PersonError: ``inside_record``.
            SurroundingsError: ``disk_full``, ``target_not_writable``. What was there is still there then.
        """
        from companion.storage.durable import durable_write

        if file.resolve().is_relative_to(self._record.folder.resolve()):
            raise PersonError("inside_record")
        try:
            durable_write(file, content)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise SurroundingsError("disk_full" if full else "target_not_writable") from None


def _cells(columns: tuple[str, ...], row: tuple[Cell, ...], names: dict[str, str]) -> list[Cell]:
    found: list[Cell] = []
    for column, cell in zip(columns, row, strict=True):
        found.append(cell)
        if column == "place":
            found.append("; ".join(names.get(each, "") for each in str(cell or "").split()))
    return found

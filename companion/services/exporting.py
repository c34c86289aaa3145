"""Take the record's data out of it, in formats others can read."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError, SurroundingsError
from companion.export import csv, csv_care
from companion.export.folder import write_files
from companion.services.journal import symptom_name, symptoms
from companion.services.prescription import KEY as PRESCRIPTION
from companion.services.prescription import prescription_of
from companion.wording.places import place_name

if TYPE_CHECKING:
    from companion.storage.record import Record


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files, and how many rows each kind has."""

    folder: Path
    files: tuple[Path, ...]
    rows: Mapping[str, int]


def export_csv(record: Record, folder: Path) -> Exported:
    """Write one CSV file a kind into ``folder``: all of them, or none. Deleted entries are left out.

    The files are not encrypted, and hold everything, also of intimate places: they are the person's own copy.

    Raises:
        PersonError: ``export_exists``: a file of such a name is there. ``inside_record``: the folder of the record.
        SurroundingsError: ``disk_full``, ``target_not_writable``. Nothing of it is left then.
    """
    if folder.resolve().is_relative_to(record.folder.resolve()):
        raise PersonError("inside_record")
    tables = csv_tables(record)
    try:
        files = write_files({f"{table.name}.csv": table.encoded() for table in tables}, folder)
    except FileExistsError:
        raise PersonError("export_exists") from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise SurroundingsError("disk_full" if full else "target_not_writable") from None
    return Exported(folder, files, {table.name: len(table.rows) for table in tables})


def csv_tables(record: Record) -> tuple[csv.Table, ...]:
    """Return the record's data as tables, read in one transaction, with names in the language spoken now."""
    with record.unit_of_work() as work:
        treatment = work.treatments.current()
        places = work.places.all(include_archived=True)
        applications = [each for page in work.applications.pages() for each in page]
        side_effects, notes = work.symptoms.all(), work.notes.all()
        tubes, photos = work.tubes.all(), work.photos.all()
        care = work.care.between()
        prescription = prescription_of(work.settings.get(PRESCRIPTION))
    names = {place.id: place_name(place) for place in places}
    codes = {each.code: symptom_name(each.code) for each in symptoms()}
    applications.sort(key=lambda each: (each.slot, each.ordinal))
    return (
        csv.treatment(treatment),
        csv.pauses(treatment),
        csv.places(places, names),
        csv.applications(applications, names),
        csv.symptoms(side_effects[::-1], codes, names),
        csv.notes(notes[::-1]),
        csv.tubes(tubes),
        *csv_care.tables(care, names),
        csv_care.prescription(prescription),
        csv.photos(photos[::-1], names),
    )

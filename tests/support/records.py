"""Records for tests: real ones, in a temporary folder, whose passphrase is quick to try."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from companion.domain.dosing import Application, Outcome
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Part, Slot
from companion.domain.photos import Photo, PhotoKind, TakenSource
from companion.domain.treatment import Place, Times, Treatment
from companion.storage.keys import KdfCost
from companion.storage.record import Record, create, open_record
from companion.storage.unit_of_work import UnitOfWork

QUICK = KdfCost(memory_kib=19_456, passes=2)
"""The least that is allowed: some 30 ms a try."""

PASSPHRASE = "caffè nero 42"
ZONE = "Europe/Rome"
START = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
TREATMENT = Treatment(0, Leaflet.EU, START, (Times(START, time(8), time(20)),))


def make_record(folder: Path, *, example: bool = True) -> Record:
    """Return a new, empty, open record in ``folder / "record"``.

    An example opens without deriving a key, so it is what a test wants that is not about passphrases.
    """
    if example:
        return create(folder / "record", example=True)[0]
    return create(folder / "record", passphrase=PASSPHRASE, cost=QUICK)[0]


def reopen(record: Record) -> Record:
    """Close ``record`` and return it opened again."""
    record.close()
    return open_again(record.folder)


def open_again(folder: Path) -> Record:
    """Open what :func:`make_record` made in ``folder`` (the record's own)."""

    def unlock(keys: object) -> bytes:
        return keys.unlock_example() if keys.is_example else keys.unlock_passphrase(PASSPHRASE)

    return open_record(folder, unlock)


def begin(work: UnitOfWork) -> tuple[int, int]:
    """Add a treatment and a place; return their ids."""
    return work.treatments.add(TREATMENT), work.places.add(Place(0, "hand_left", "", Decimal("0.5"), False))


def an_application(
    day: date = START, part: Part = Part.MORNING, *, at: datetime = NOON, ordinal: int = 0, grams: float | None = None
) -> Application:
    """Return an application of cream."""
    return Application(0, Slot(day, part), Outcome.APPLIED, at, ZONE, (), grams, "", ordinal)


def a_photo(
    names: tuple[str, str, str], place_id: int | None, *, at: datetime = NOON, raw_hash: str = "a" * 64
) -> Photo:
    """Return a photo whose files are called ``names`` (original, display, thumbnail)."""
    return Photo(
        0, place_id, at, ZONE, TakenSource.EXIF, PhotoKind.ORDINARY, "jpeg", 4000, 3000, *names, raw_hash, "b" * 64, at
    )

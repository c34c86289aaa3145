"""The record as a whole: where it lies, what opens it, whether it is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError
from companion.domain.moments import Clock
from companion.schedule.clock import SystemClock
from companion.services import opening

if TYPE_CHECKING:
    from companion.services.exporting import Exported
    from companion.services.phone import Written
    from companion.storage.record import Record


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. ``files`` photo files the record speaks of, ``read`` of them opened, ``faults`` unusable."""

    database_sound: bool
    files: int
    read: int
    faults: int

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong, as far as it was read."""
        return self.database_sound and not self.faults


class Custody:
    """What opens one open record, and its health."""

    def __init__(self, record: Record, clock: Clock | None = None) -> None:
        self._record = record
        self._clock = clock or SystemClock()

    @property
    def folder(self) -> Path:
        """Return the folder of the record."""
        return self._record.folder

    @property
    def read_only(self) -> bool:
        """Return whether the folder can only be read, so that nothing can be noted."""
        return self._record.read_only

    def ways(self) -> tuple[str, ...]:
        """Return what opens the record: of ``passphrase``, ``recovery``, ``keychain``, ``example``."""
        return opening.look(self._record.folder).ways

    def change_passphrase(self, current: str | None, new: str) -> None:
        """Let ``new`` open the record from now on. ``current`` (or the recovery key in its place) is needed
        when a passphrase opens it today.

        Raises:
            PersonError: ``wrong_passphrase``, ``passphrase_short``.
        """
        opening.check_passphrase(new)
        if "passphrase" in self.ways():
            if not current:
                raise PersonError("passphrase_needed")
            opening.confirm(self._record.folder, current)
        opening.change_passphrase(self._record, new)

    def new_recovery_key(self) -> str:
        """Replace the recovery key; the old one opens nothing any more. Return the new one, to be printed once."""
        return opening.new_recovery_key(self._record)

    def check(
        self, progress: Callable[[int, int], None] | None = None, stopped: Callable[[], bool] | None = None
    ) -> Health:
        """Read everything and compare: the database's own checks, and every photo against its row.

        ``progress`` is told (photo files read, of how many); when ``stopped`` says so, the rest is left unread.
        Raises ``SurroundingsError("record_damaged")`` when not even this can be done.
        """

        def told(done: int, of: int) -> bool:
            if progress is not None:
                progress(done, of)
            return stopped is None or not stopped()

        found = self._record.check(read_photos=True, progress=told)
        return Health(found.database.sound, found.files, found.read, len(found.missing) + len(found.damaged))

    def export_csv(self, folder: Path) -> Exported:
        """Write the data as tables into ``folder``, all or none; see :mod:`companion.services.exporting`."""
        from companion.services.exporting import export_csv

        return export_csv(self._record, folder)

    def export_ics(self, file: Path) -> Written:
        """Write the calendar for a phone to ``file``, in place of what is there; see :mod:`companion.services.phone`.

        Raises:
            PersonError: ``not_set_up``, ``inside_record``.
            SurroundingsError: ``disk_full``, ``target_not_writable``.
        """
        from companion.services.phone import export_ics

        return export_ics(self._record, self._clock, file, replace=True)

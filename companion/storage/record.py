"""A record: one folder with the keys, the encrypted database and the photos, open in one program at a time.

Opening one and a glance at it load neither SQLAlchemy nor Alembic; the first unit of work, or :meth:`Record.warm`,
loads SQLAlchemy.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.glance import Glance, Watch
from companion.storage.connection import connect
from companion.storage.durable import flush_folder, private_folder
from companion.storage.faults import of_system, said, said_database
from companion.storage.glance import read_glance, read_setting, read_watch
from companion.storage.keys import KdfCost, KeyFile, new_data_key
from companion.storage.lock import RecordLock
from companion.storage.reserve import give_up_reserve, keep_reserve
from companion.storage.schema import HEAD, revision_of
from companion.storage.seal import subkey
from companion.storage.state import DATABASE_NAME, NEW_NAME, RecordState, inspect
from companion.storage.vault import Vault

__all__ = ["Record", "RecordState", "create", "inspect", "open_record"]

# What making, checking and copying a record need is imported there: an opening at the start needs none of it.
if TYPE_CHECKING:
    from companion.domain.progress import Months
    from companion.storage.check import CheckFigures, DatabaseFigures, Progress
    from companion.storage.unit_of_work import UnitOfWork


class Record:
    """An open record. Made by :func:`create` and :func:`open_record`.

    Any thread may use it; one at a time is let in. ``uid`` is random and tells records apart; ``read_only`` that its
    folder cannot be written, so that it can be looked at and exported, and nothing can be added.
    """

    def __init__(
        self,
        folder: Path,
        connection: sqlcipher.Connection,
        data_key: bytes,
        *,
        lock: RecordLock | None,
        is_example: bool,
    ) -> None:
        self.folder = folder
        self.vault = Vault(folder, subkey(data_key, "photos"))
        self.is_example = is_example
        self.read_only = lock is None
        self._connection = connection
        self._data_key = data_key
        self._lock = lock
        self._turn = threading.RLock()
        self._closed = False
        row = connection.execute("SELECT value FROM setting WHERE key = 'uid'").fetchone()
        self.uid = str(row[0]) if row else ""

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Give the stores inside one transaction: written when the block ends well, undone when it raises.

        Raises:
            PersonError: ``already_there``, ``entry_gone``.
            SurroundingsError: ``disk_full``, ``disk_trouble``, ``folder_read_only``, ``record_damaged``,
                ``record_closed``. Nothing of the block is written then, and what was written before is safe.
        """
        with self._in_turn():
            from companion.storage.statement import Session
            from companion.storage.unit_of_work import UnitOfWork

            if self._connection.in_transaction:
                raise RuntimeError("units of work do not nest")
            self._connection.execute("BEGIN" if self.read_only else "BEGIN IMMEDIATE")
            session = Session(self._connection)
            try:
                yield UnitOfWork(session)
                self._connection.execute("COMMIT")
            finally:
                session.end()
                if self._connection.in_transaction:
                    with suppress(sqlcipher.Error):  # a full disk may have ended it already
                        self._connection.execute("ROLLBACK")

    def glance(self, first_day: date, last_day: date) -> Glance:
        """Return everything the start page needs, with the applications of ``first_day`` to ``last_day``."""
        with self._in_turn():
            return read_glance(self._connection, first_day, last_day)

    def watch(self, first_day: date, last_day: date, until: datetime | None = None) -> Watch:
        """Return what the reminders need, with the applications of ``first_day`` to ``last_day``.

        ``last_applied`` is the latest application up to ``until``, if that is given.
        """
        with self._in_turn():
            return read_watch(self._connection, first_day, last_day, until)

    def months(self) -> Months:
        """Return what the page of the months needs: every word about a slot, side effects, tubes and photos."""
        from companion.storage.months import read_months

        with self._in_turn():
            return read_months(self._connection)

    def setting(self, key: str) -> str | None:
        """Return one setting, without the stores."""
        with self._in_turn():
            return read_setting(self._connection, key)

    def warm(self) -> None:
        """Load SQLAlchemy and compile the most used questions, so that the first unit of work is quick.

        Called from a background thread after the first window is shown.
        """
        import companion.storage.unit_of_work  # noqa: F401  (outside the turn: this is the slow part)

        with self.unit_of_work() as work:
            work.treatments.current()
            work.places.all()
            work.applications.last_applied()
            work.tubes.open()
        if not self.read_only:
            keep_reserve(self.folder)

    def check(self, *, read_photos: bool = False, progress: Progress | None = None) -> CheckFigures:
        """Look through the record for damage and return what was found. Changes nothing.

        The database always; of the photos whether their files are there or, with ``read_photos``, whether each is
        what was written (which takes its time: ``progress`` is told and may end it).

        Raises:
            SurroundingsError: ``record_damaged``: so much that not even this can be done.
        """
        from companion.storage.check import CheckFigures, check_database, check_photos, photo_files

        with self._in_turn():
            database = check_database(self._connection)
            files = photo_files(self._connection)
        read, missing, damaged = check_photos(files, self.vault, read=read_photos, progress=progress)
        return CheckFigures(database, len(files), read, missing, damaged)

    def snapshot(self, path: Path) -> DatabaseFigures:
        """Put a checked copy of the database at ``path``, with the same key; the photos are not in it.

        Raises:
            SurroundingsError: ``disk_full`` and its kin; ``record_damaged``.
        """
        from companion.storage.snapshot import write_snapshot

        with self._in_turn():
            return write_snapshot(self._connection, subkey(self._data_key, "database"), path)

    def set_passphrase(self, text: str, cost: KdfCost | None = None) -> None:
        """Let ``text`` open the record, and the passphrase before no more. Nothing is encrypted again.

        Raises:
            PersonError: ``passphrase_empty``; ``example_needs_no_key``.
            SurroundingsError: ``keys_damaged``, ``memory_short``, ``disk_full`` and its kin; the old one still opens.
        """
        with self._changed_keys() as keys:
            keys.add_passphrase(self._data_key, text, cost)

    def new_recovery(self) -> str:
        """Let a new recovery key open the record, and the one before no more; return it. Raises as above."""
        with self._changed_keys() as keys:
            return keys.add_recovery(self._data_key)

    def set_keychain(self, wanted: bool) -> None:
        """Let the system's keychain open the record, or no more.

        Raises:
            PersonError: ``no_way_in``: only the recovery key would be left.
            SurroundingsError: ``keychain_gone``; and as above.
        """
        with self._changed_keys() as keys:
            if wanted:
                keys.add_keychain(self._data_key)
            elif set(keys.slots) <= {"keychain", "recovery"}:
                raise PersonError("no_way_in")
            else:
                keys.remove("keychain")

    def close(self) -> None:
        """End every use of the record and let others open it. A second time does nothing."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            self._connection.close()
            if self._lock is not None:
                self._lock.release()

    @contextmanager
    def _changed_keys(self) -> Iterator[KeyFile]:
        with self._in_turn():
            if self.read_only:
                raise SurroundingsError("folder_read_only")
            keys = KeyFile.load(self.folder)
            yield keys
            keys.save()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        try:
            with self._turn, said_database():
                if self._closed:
                    raise SurroundingsError("record_closed")
                yield
        except SurroundingsError as error:
            if error.key == "disk_full":
                give_up_reserve(self.folder)  # the next try has this much room
            raise


def open_record(folder: Path, unlock: Callable[[KeyFile], bytes]) -> Record:
    """Open the record in ``folder``; ``unlock`` is given its slots and returns the data key.

    A schema of an earlier version is brought up to date, after a checked copy was put beside it.

    Raises:
        PersonError: what ``unlock`` raises (``wrong_passphrase``); ``not_a_record``.
        SurroundingsError: ``record_missing``, ``keys_missing``, ``keys_damaged``, ``keychain_gone``,
            ``record_damaged``, ``record_newer``, ``record_in_use``, ``folder_read_only``, ``folder_unreadable``,
            ``disk_full``, ``disk_trouble``. Nothing was changed then.
    """
    _must_be_ready(inspect(folder))
    lock = _lock(folder)
    try:
        keys = KeyFile.load(folder)
        return _opened(folder, unlock(keys), lock, is_example=keys.is_example)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def create(
    folder: Path,
    *,
    passphrase: str | None = None,
    keychain: bool = False,
    example: bool = False,
    cost: KdfCost | None = None,
) -> tuple[Record, str]:
    """Make a new record in ``folder``, which is missing or empty, and return it with its recovery key.

    The ways in are the passphrase, the keychain, or both, and always the recovery key; or, for example data, none
    that is secret (then the recovery key is empty).

    Raises:
        PersonError: ``folder_not_empty``; ``passphrase_empty``.
        SurroundingsError: ``keychain_gone``, ``record_in_use``, ``folder_read_only``, ``disk_full``,
            ``disk_trouble``, ``memory_short``. Nothing is left behind then.
    """
    from companion.storage import making

    if example == (passphrase is not None or keychain):
        raise ValueError("a person's record has a way in, an example has none")
    _must_be_absent(folder)
    was_there = folder.exists()
    data_key = new_data_key()
    keys = KeyFile(folder)
    lock: RecordLock | None = None
    try:
        with said():
            private_folder(folder)
            lock = _lock_absent(folder)
            making.clear(folder)
            recovery = making.add_slots(keys, data_key, passphrase, keychain, example, cost)
            making.make_database(folder / NEW_NAME, subkey(data_key, "database"))
            keys.save()
            (folder / NEW_NAME).replace(folder / DATABASE_NAME)
            flush_folder(folder)
            return _opened(folder, data_key, lock, is_example=example), recovery
    except BaseException:
        making.undo(folder, keys, lock, was_there=was_there)
        raise


def _must_be_absent(folder: Path) -> None:
    if inspect(folder) is not RecordState.ABSENT:
        raise PersonError("folder_not_empty")


def _lock_absent(folder: Path) -> RecordLock:
    """Return the lock of a folder that is still no record now that nobody else can make one in it."""
    lock = RecordLock(folder)
    try:
        _must_be_absent(folder)
    except BaseException:
        lock.release()
        raise
    return lock


def _must_be_ready(state: RecordState) -> None:
    errors = {
        RecordState.ABSENT: SurroundingsError("record_missing"),
        RecordState.NOT_A_RECORD: PersonError("not_a_record"),
        RecordState.KEYS_MISSING: SurroundingsError("keys_missing"),
        RecordState.DATABASE_MISSING_OR_EMPTY: SurroundingsError("record_damaged"),
    }
    if state in errors:
        raise errors[state]


def _lock(folder: Path) -> RecordLock | None:
    """Return the lock, or ``None`` where nothing can be written."""
    database = folder / DATABASE_NAME
    if not _may(database, os.R_OK):
        raise SurroundingsError("folder_unreadable")
    try:
        lock = RecordLock(folder)
    except OSError as error:
        meant = of_system(error)
        if meant.key == "folder_read_only":
            return None
        raise meant from None
    if not (_may(database, os.W_OK) and _may(folder, os.W_OK)):
        lock.release()
        return None
    return lock


def _may(path: Path, what: int) -> bool:
    # For the rights this process acts with, where the system tells them from those it was started with.
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _opened(folder: Path, data_key: bytes, lock: RecordLock | None, *, is_example: bool) -> Record:
    key = subkey(data_key, "database")
    connection = connect(folder / DATABASE_NAME, key, read_only=lock is None)
    try:
        with said_database():
            revision = revision_of(connection)
            if revision != HEAD:
                _bring_up_to_date(folder, connection, key, revision, read_only=lock is None)
            return Record(folder, connection, data_key, lock=lock, is_example=is_example)
    except BaseException:
        connection.close()
        raise


def _bring_up_to_date(
    folder: Path, connection: sqlcipher.Connection, key: bytes, revision: str, *, read_only: bool
) -> None:
    if read_only:
        raise SurroundingsError("folder_read_only")
    from companion.storage.migrate import migrate
    from companion.storage.snapshot import write_snapshot

    write_snapshot(connection, key, folder / f"before-{revision}.db")
    migrate(connection)

"""Find, make and open a record. Pages and subcommands come here, never to the storage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.errors import PersonError
from companion.domain.values import value
from companion.storage import keys
from companion.storage import record as records

if TYPE_CHECKING:
    from companion.storage.record import Record, RecordState

MIN_PASSPHRASE = 8


@value
class Found:
    """What lies in a folder: its state and, for a record, the ways in that its key file offers."""

    state: RecordState
    ways: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Return whether a record can be opened here."""
        return self.state is records.RecordState.READY

    @property
    def absent(self) -> bool:
        """Return whether a record could be made here."""
        return self.state is records.RecordState.ABSENT

    @property
    def needs_secret(self) -> bool:
        """Return whether neither the computer's keychain nor an example opens it without a word from the person."""
        return self.ready and "keychain" not in self.ways and "example" not in self.ways


def look(folder: Path) -> Found:
    """Return what lies in ``folder``; nothing is changed.

    Raises:
        SurroundingsError: ``keys_damaged`` or ``folder_read_only`` (the folder cannot even be read).
    """
    state = records.inspect(folder)
    ways = keys.KeyFile.load(folder).slots if state is records.RecordState.READY else ()
    return Found(state, tuple(ways))


def open_record(folder: Path, passphrase: str | None = None, recovery: str | None = None) -> Record:
    """Open the record in ``folder`` with what is given, or without a word where keychain or example allows it.

    Raises:
        PersonError: ``no_record``, ``not_a_record``, ``passphrase_needed``, ``wrong_passphrase``,
            ``wrong_recovery_key``.
        SurroundingsError: ``keys_missing``, ``record_damaged`` and the others of ``storage.record.open_record``.
    """
    found = look(folder)
    if found.absent:
        raise PersonError("no_record")

    def unlock(key_file: keys.KeyFile) -> bytes:
        if passphrase is not None and "passphrase" in key_file.slots:
            return key_file.unlock_passphrase(passphrase)
        if recovery is not None:
            return key_file.unlock_recovery(recovery)
        if "example" in key_file.slots:
            return key_file.unlock_example()
        if "keychain" in key_file.slots:
            return key_file.unlock_keychain()
        raise PersonError("passphrase_needed")

    return records.open_record(folder, unlock)


def open_with(folder: Path, secret: str) -> Record:
    """Open the record in ``folder`` with a text that is its passphrase or its recovery key.

    Raises:
        PersonError: ``no_record``, ``not_a_record``, ``wrong_passphrase``: it is neither.
        SurroundingsError: as :func:`open_record`.
    """
    if look(folder).absent:
        raise PersonError("no_record")
    return records.open_record(folder, lambda key_file: _unlock_by_either(key_file, secret))


def _unlock_by_either(key_file: keys.KeyFile, secret: str) -> bytes:
    """Return the data key; the recovery key is tried first, because its check letter tells without any work."""
    for kind, unlock in (("recovery", key_file.unlock_recovery), ("passphrase", key_file.unlock_passphrase)):
        if kind in key_file.slots:
            try:
                return unlock(secret)
            except PersonError:
                continue
    raise PersonError("wrong_passphrase")


def check_passphrase(text: str) -> None:
    """Raise ``PersonError("passphrase_short")`` when a new passphrase has fewer than eight characters."""
    if len(text.strip()) < MIN_PASSPHRASE:
        raise PersonError("passphrase_short", count=MIN_PASSPHRASE)


def create_record(folder: Path, *, passphrase: str | None) -> tuple[Record, str]:
    """Make a record and return it open, with its recovery key in words to be printed once.

    Without a passphrase the key goes into the computer's keychain.

    Raises:
        PersonError: ``passphrase_short``, ``folder_not_empty``, ``no_keychain`` (a server, a container).
    """
    if passphrase is not None:
        check_passphrase(passphrase)
        return records.create(folder, passphrase=passphrase)
    if not keys.keychain_available():
        raise PersonError("no_keychain")
    return records.create(folder, keychain=True)


def take_up(folder: Path, passphrase: str | None, *, new_recovery: bool) -> tuple[Record, str]:
    """Return, open, a record whose making was cut short before its treatment was set up, and a recovery key.

    The key shown at its making may never have been seen, so with ``new_recovery`` there is another; else it is empty.

    Raises:
        PersonError: ``record_exists``: it is set up already, or is not opened by what is given.
        SurroundingsError: as :func:`open_record`.
    """
    try:
        record = open_record(folder, passphrase)
    except PersonError:
        raise PersonError("record_exists") from None
    try:
        with record.unit_of_work() as work:
            begun = work.treatments.current() is not None
        if begun or record.is_example:
            raise PersonError("record_exists")
        return record, record.new_recovery() if new_recovery else ""
    except BaseException:
        record.close()
        raise


def create_example(folder: Path) -> Record:
    """Make an empty example record, which opens without a secret and says so everywhere."""
    return records.create(folder, example=True)[0]


def keychain_available() -> bool:
    """Return whether this computer has a keychain that can hold a key."""
    return keys.keychain_available()


def confirm(folder: Path, secret: str) -> None:
    """Raise ``PersonError("wrong_passphrase")`` unless ``secret`` opens the record, as passphrase or recovery key."""
    _unlock_by_either(keys.KeyFile.load(folder), secret)


def change_passphrase(record: Record, passphrase: str) -> None:
    """Let ``passphrase`` open the record from now on, and the old one no more. Nothing is encrypted again."""
    check_passphrase(passphrase)
    record.set_passphrase(passphrase)


def new_recovery_key(record: Record) -> str:
    """Replace the recovery key and return the new one, to be printed once."""
    return record.new_recovery()

"""What went wrong below, said in the terms of :mod:`companion.domain.errors`. The one place that reads error codes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher

from companion.domain.errors import CompanionError, PersonError, SurroundingsError

# Primary result codes, https://www.sqlite.org/rescode.html
_BY_CODE = {
    5: "record_in_use",  # BUSY
    6: "record_in_use",  # LOCKED
    8: "folder_read_only",  # READONLY
    10: "disk_trouble",  # IOERR
    11: "record_damaged",  # CORRUPT
    13: "disk_full",  # FULL
    14: "folder_read_only",  # CANTOPEN: the journal cannot be made
    26: "record_damaged",  # NOTADB: the first page does not answer to the key
}
_CONSTRAINT = 19

_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "folder_read_only",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
}


def of_database(error: BaseException) -> CompanionError | None:
    """Return what an error of the database means to a person, or ``None`` when it is a mistake of ours.

    Raises nothing. A second row where only one may be is the person's (:class:`PersonError` ``already_there``).
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The binding's own: a connection that was closed under us while a background task was still at work.
        return SurroundingsError("record_closed") if "closed database" in str(error) else None
    if code & 0xFF == _CONSTRAINT:
        return PersonError("already_there") if str(error).startswith("UNIQUE") else None
    key = _BY_CODE.get(code & 0xFF)
    return SurroundingsError(key) if key else None


def of_system(error: OSError) -> SurroundingsError:
    """Return what an error of the file system means to a person."""
    return SurroundingsError(_BY_ERRNO.get(error.errno or 0, "disk_trouble"))


@contextmanager
def said_database() -> Iterator[None]:
    """Say errors of the database raised inside as errors a person can be told."""
    try:
        yield
    except sqlcipher.Error as error:
        meant = of_database(error)
        if meant is None:
            raise
        raise meant from None


@contextmanager
def said() -> Iterator[None]:
    """Say errors of the database and of the file system raised inside as errors a person can be told.

    The original is not chained: its text may name a path, and errors are logged.
    """
    try:
        with said_database():
            yield
    except OSError as error:
        raise of_system(error) from None

"""Who has a record open: one program at a time. The first fence, before the database's own lock."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from companion.domain.errors import SurroundingsError

LOCK_NAME = "record.lock"

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class RecordLock:
    """A lock on ``record.lock`` in a folder, held until :meth:`release` or the end of the process.

    The file holds nothing and stays: removing a lock file lets two openers lock two different files.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            SurroundingsError: ``record_in_use``.
            OSError: the file cannot be made (a read-only folder, for one).
        """
        self._descriptor = -1
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _TAKEN:
                raise SurroundingsError("record_in_use") from None
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back. A second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)  # which ends the lock on every system
            self._descriptor = -1


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Some network and USB file systems know no locks; the database's own is the fence that is left.
            if error.errno not in _NO_LOCKS_HERE:
                raise

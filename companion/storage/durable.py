"""Files that are whole or not there: written aside, flushed to the disk, then put in place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
PART = ".part"
"""The ending of a file that is still being written; one that is found later is a leftover."""


def private_umask() -> int:
    """Make every file and folder of this process private from now on; return the umask that held before.

    Called first thing at start, so that journals and temporary files are private too.
    """
    return os.umask(0o077)


def private_folder(path: Path) -> Path:
    """Make ``path`` and what is missing above it as folders only this person can enter; return ``path``.

    A folder that is already there keeps its rights, except that other people's are taken away from ``path`` itself.
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE_FOLDER)
    return path


def empty_private_file(path: Path) -> None:
    """Make an empty 0600 file. Raises ``FileExistsError`` if something is there already."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))


def flush(descriptor: int) -> None:
    """Return when what was written to ``descriptor`` is on the disk.

    On macOS a plain fsync stops at the drive's cache, so the full one is asked for where the file system has it.
    """
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # network and FAT volumes do not know it
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def flush_folder(path: Path) -> None:
    """Return when the names in the folder ``path`` are on the disk (Windows keeps them itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_file(path: Path) -> None:
    """Return when a file that somebody else wrote is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def durable_write(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` (0600): afterwards it is on the disk, and at no moment was half of it there.

    Raises:
        OSError: it could not be written; what was at ``path`` before is still there, and no leftover is.
    """
    aside = path.with_name(path.name + PART)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(aside, flags, PRIVATE_FILE)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            flush(descriptor)
        finally:
            os.close(descriptor)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)

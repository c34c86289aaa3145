"""A little room kept free for the day the disk is full, so that an application can still be noted.

``reserve.bin`` is 2 MiB of nothing. When a disk is full it is given up, and the next try has that room.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from companion.storage.durable import durable_write

RESERVE_NAME = "reserve.bin"
_SIZE = 2 * 1024 * 1024
_PLENTY = 64 * 1024 * 1024


def keep_reserve(folder: Path) -> None:
    """Put the reserve into ``folder`` unless it is there or the disk has little left. Says nothing if it cannot."""
    import shutil

    with suppress(OSError):
        if not (folder / RESERVE_NAME).exists() and shutil.disk_usage(folder).free > _PLENTY:
            # Random, because some file systems keep no room for zeros.
            durable_write(folder / RESERVE_NAME, os.urandom(_SIZE))


def give_up_reserve(folder: Path) -> None:
    """Free the room. Says nothing if it cannot."""
    with suppress(OSError):
        (folder / RESERVE_NAME).unlink(missing_ok=True)

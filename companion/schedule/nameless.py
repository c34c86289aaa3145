"""The computer's zone where nothing names it: ``/etc/localtime`` as a plain copy, as some installations leave it.

Loaded only then. The copy is compared, byte for byte, with the zones of the system.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from zoneinfo import TZPATH

LOCALTIME = Path("/etc/localtime")
MOST_BYTES = 65536
MAGIC = b"TZif"
_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})
_TWINS = frozenset({"posix", "right"})


def nameless_zone() -> str | None:
    """Return the name of the zone that ``/etc/localtime`` is a copy of, or ``None`` where it is of none.

    Not where ``TZ`` is set: then the clock follows that. The zones are read once for each content of the file.
    """
    if os.environ.get("TZ"):
        return None
    try:
        content = LOCALTIME.read_bytes() if LOCALTIME.stat().st_size <= MOST_BYTES else b""
    except OSError:
        return None
    return _search(content) if content.startswith(MAGIC) else None


@lru_cache(maxsize=4)
def _search(content: bytes) -> str | None:
    for root in map(Path, TZPATH):
        found = sorted(_same(root, root, content))
        if found:
            known = _places(root)
            return min(found, key=lambda name: (name != "UTC", name not in known, "/" not in name, name))
    return None


def _same(root: Path, folder: Path, content: bytes) -> Iterator[str]:
    """Yield the names of the files in ``folder`` and below it that hold ``content``."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            if entry.is_dir():
                if entry.name not in _TWINS:
                    yield from _same(root, path, content)
            elif entry.name not in _NO_PLACES and entry.stat().st_size == len(content) and path.read_bytes() == content:
                yield path.relative_to(root).as_posix()
        except OSError:
            continue


def _places(root: Path) -> frozenset[str]:
    """Return the zones that the database lists by country: of several names for one, these are in use."""
    try:
        lines = (root / "zone1970.tab").read_text("utf-8", "replace").splitlines()
    except OSError:
        return frozenset()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(row[2] for row in rows if len(row) > 2)

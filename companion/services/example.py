"""The example record in the program's cache: made when it is first looked at, and made anew when it is out of date.

It tells of the weeks up to the day it was made, in the language spoken then, so on another day it is drawn again.
What somebody noted in it is nobody's data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from companion import __version__
from companion.domain.moments import Clock, local_day
from companion.services import folders
from companion.wording import language

MARKER = "example.json"
"""Lies beside the example's folder and says for which day, and by which version, it was made."""


def is_cached(folder: Path) -> bool:
    """Return whether ``folder`` is the example in the cache, which may be thrown away and made again."""
    return folder == folders.example_folder()


def is_fresh(folder: Path, clock: Clock) -> bool:
    """Return whether the example in the cache was made by this program for this day."""
    try:
        kept = json.loads((folder.parent / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(kept == _mark(clock)) and folder.is_dir()


def make(folder: Path, clock: Clock, progress: Callable[[int, int], None] | None = None) -> None:
    """Make an example in ``folder``: the one in the cache in place of an old one, any other only where nothing is.

    ``progress`` is told (done, of) and may end it by raising; nothing half-made stays in the cache then.

    Raises:
        PersonError: ``folder_not_empty``.
        SurroundingsError: ``disk_full`` and its kin.
    """
    from companion.services import demonstration

    if not is_cached(folder):
        demonstration.build(folder, clock, progress=progress)
        return
    part = folder.with_name(folder.name + ".part")
    for old in (part, folder):
        shutil.rmtree(old, ignore_errors=True)
    try:
        demonstration.build(part, clock, progress=progress)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    (folder.parent / MARKER).write_text(json.dumps(_mark(clock)), encoding="utf-8")


def _mark(clock: Clock) -> dict[str, str]:
    day = local_day(clock.now(), clock.zone()).isoformat()
    return {"version": __version__, "day": day, "language": language()}

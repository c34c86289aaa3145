"""Write notes until no file may grow further; say what was acknowledged, what was said, and what is still there."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from companion.domain.errors import CompanionError
from companion.domain.reactions import NoteEntry
from tests.support.records import NOON, ZONE, open_again


def write_until_it_fails(record):
    """Return how many notes were acknowledged, and the key of the error."""
    acknowledged = 0
    try:
        while True:
            with record.unit_of_work() as work:
                work.notes.add(NoteEntry(0, NOON, ZONE, "text " * 400))
            acknowledged += 1
    except CompanionError as error:
        return acknowledged, error.key


def refused(act):
    """Return the key of the error that ``act`` ends with."""
    try:
        act()
    except CompanionError as error:
        return error.key
    return ""


def main(folder: Path) -> None:
    """Lower the limit, fill, look, lift the limit, go on."""
    record = open_again(folder)
    record.warm()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "record.db").stat().st_size + 200_000, hard))
    acknowledged, key = write_until_it_fails(record)
    again, _ = write_until_it_fails(record)
    with record.unit_of_work() as work:
        there = len(work.notes.all())
    photo = refused(lambda: record.vault.put(b"x" * 2_000_000, "original"))
    copy = refused(lambda: record.snapshot(folder / "copy.db"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    with record.unit_of_work() as work:
        work.notes.add(NoteEntry(0, NOON, ZONE, "after"))
    figures = record.check()
    record.close()
    print(
        json.dumps(
            {
                "acknowledged": acknowledged + again,
                "key": key,
                "there": there,
                "photo": photo,
                "copy": copy,
                "sound": figures.sound,
                "after": figures.database.rows["note"],
                "left": sorted(each.name for each in folder.iterdir()),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

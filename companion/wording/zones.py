"""What people call a zone of the tz database: its city."""

from __future__ import annotations

from companion.wording.phrases import Phrasebook, current


def city(zone: str, book: Phrasebook | None = None) -> str:
    """Return ``Rome`` for ``Europe/Rome``: the name in the language, or else the one in the zone's own name."""
    chosen = book or current()
    key = f"zones.{zone.lower().replace('/', '.')}"
    if chosen.has(key):
        return chosen.say(key)
    return zone.rpartition("/")[2].replace("_", " ")

"""What a place of the body is called: by the person, or by the region's name in the language spoken now."""

from __future__ import annotations

from companion.domain.treatment import Place
from companion.wording.phrases import Phrasebook, current


def place_name(place: Place, book: Phrasebook | None = None) -> str:
    """Return the person's own name for a place, or its region's, such as ``Right hand``. The first is plain text."""
    return place.label or region_name(place.region, book)


def region_name(region: str, book: Phrasebook | None = None) -> str:
    """Return the name of a region of the body; one of a newer version stands for itself."""
    chosen = book or current()
    key = f"body.{region}"
    return chosen.say(key) if chosen.has(key) else region

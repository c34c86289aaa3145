"""Photographs as rows: what is known of a picture whose bytes are in the vault."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from companion.domain.values import value


class TakenSource(StrEnum):
    """How the time of a photo is known."""

    EXIF = "exif"
    FILE = "file"
    PERSON = "person"
    IMPORT = "import"


class PhotoKind(StrEnum):
    """How a photo was taken."""

    ORDINARY = "ordinary"
    WOODS_LAMP = "woods_lamp"
    MAKE_UP = "make_up"


@value
class Photo:
    """One photo. ``width`` and ``height`` in pixels, upright; ``taken_at`` in UTC with the zone or offset it was in.

    ``original``, ``display`` and ``thumbnail`` name files of the vault; ``raw_hash`` is SHA-256 of the file as it
    came, ``stored_hash`` of the stripped original.
    """

    id: int
    place_id: int | None
    taken_at: datetime
    zone: str
    taken_source: TakenSource
    kind: PhotoKind
    picture_format: str
    width: int
    height: int
    original: str
    display: str
    thumbnail: str
    raw_hash: str
    stored_hash: str
    imported_at: datetime
    note: str = ""
    deleted: bool = False

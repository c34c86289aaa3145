"""What a picture file may ask of the computer, checked before any decoder sees it.

The figures leave room for every phone on sale (a 200-megapixel JPEG is decoded at an eighth of its size) and
stop the known traps: a 3 kB WebP that unfolds to gigabytes, a JPEG of two thousand passes, 58 MB of EXIF.
"""

from __future__ import annotations

from companion.domain.pictures import PictureFormat, Refusal

MAX_BYTES = 60_000_000
"""Largest file, in bytes."""

MIN_SIDE = 16
MAX_SIDE = 30_000

MAX_PIXELS = {
    PictureFormat.JPEG: 220_000_000,
    PictureFormat.PNG: 100_000_000,
    PictureFormat.WEBP: 40_000_000,
    PictureFormat.HEIC: 100_000_000,
    PictureFormat.AVIF: 50_000_000,
}
"""Most pixels by format, so that a worker of one gibibyte can do it. Only a JPEG is decoded at a fraction."""

MAX_PIXELS_IN_PASSES = 80_000_000
"""Most pixels of a JPEG in several passes: all its coefficients are held at once."""

MAX_METADATA_BYTES = 4_000_000
MAX_METADATA_PARTS = 100
MAX_PARTS = 20_000
"""Most chunks, boxes or items of one file (a 200-megapixel HEIC has some 800 tiles)."""

MAX_PASSES = 40
"""Most scans of a JPEG; a progressive one of a phone or an editor has about ten."""

DISPLAY_SIDE = 1900
"""A display copy is reduced by a power of two, up to eight, as long as its long side keeps this many pixels."""

THUMBNAIL_SIDE = 256


class Refused(Exception):
    """A picture is left out, with the reason. Never leaves the imaging room."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def check_size(width: int, height: int, most: int) -> None:
    """Refuse a picture whose ``width`` and ``height`` (pixels) are out of bounds, ``most`` pixels in all.

    Raises:
        Refused: TOO_SMALL or TOO_MANY_PIXELS.
    """
    if min(width, height) < MIN_SIDE:
        raise Refused(Refusal.TOO_SMALL)
    if max(width, height) > MAX_SIDE or width * height > most:
        raise Refused(Refusal.TOO_MANY_PIXELS)

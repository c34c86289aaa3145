"""The chunks of a PNG file (W3C PNG, third edition)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.limits import Refused

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk, from its length field at ``start`` to after its checksum at ``end``."""

    kind: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Png:
    """Where the chunks of a PNG lie, ``IEND`` included."""

    width: int
    height: int
    chunks: tuple[Chunk, ...]
    exif: bytes | None


def read(data: bytes) -> Png:
    """Return the structure of the PNG at the start of ``data``.

    Raises:
        Refused: DAMAGED, ANIMATED, TOO_MUCH_METADATA, TOO_SMALL or TOO_MANY_PIXELS.
    """
    chunks: list[Chunk] = []
    metadata_parts = metadata_bytes = 0
    at = len(SIGNATURE)
    while not chunks or chunks[-1].kind != b"IEND":
        if at + 12 > len(data) or len(chunks) >= limits.MAX_PARTS:
            raise Refused(Refusal.DAMAGED if at + 12 > len(data) else Refusal.TOO_MUCH_METADATA)
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data) or (not chunks and kind != b"IHDR"):
            raise Refused(Refusal.DAMAGED)
        if kind in _ANIMATION:
            raise Refused(Refusal.ANIMATED)
        if kind not in _PIXELS:
            metadata_parts, metadata_bytes = metadata_parts + 1, metadata_bytes + end - at
        if metadata_parts > limits.MAX_METADATA_PARTS or metadata_bytes > limits.MAX_METADATA_BYTES:
            raise Refused(Refusal.TOO_MUCH_METADATA)
        chunks.append(Chunk(kind, at, end))
        at = end
    header = chunks[0]
    if header.end - header.start != 25 or sum(c.kind == b"IHDR" for c in chunks) != 1:
        raise Refused(Refusal.DAMAGED)
    if not any(c.kind == b"IDAT" for c in chunks):
        raise Refused(Refusal.DAMAGED)
    width = int.from_bytes(data[header.start + 8 : header.start + 12])
    height = int.from_bytes(data[header.start + 12 : header.start + 16])
    limits.check_size(width, height, limits.MAX_PIXELS[PictureFormat.PNG])
    exif = next((data[c.start + 8 : c.end - 4] for c in chunks if c.kind == b"eXIf"), None)
    return Png(width, height, tuple(chunks), exif)

"""The chunks of a WebP file (RFC 9649)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.limits import Refused

EXTENDED, LOSSY, LOSSLESS = b"VP8X", b"VP8 ", b"VP8L"
ANIMATION_FLAG, EXIF_FLAG, XMP_FLAG = 0x02, 0x08, 0x04

_PIXELS = frozenset({EXTENDED, LOSSY, LOSSLESS, b"ALPH"})
_HEADER = 12


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: ``body`` is after its eight bytes of head, ``end`` after its content (without padding)."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class WebP:
    """Where the chunks of a WebP lie. ``width`` and ``height`` are those of the coded picture."""

    width: int
    height: int
    chunks: tuple[Chunk, ...]
    exif: bytes | None


def is_webp(data: bytes) -> bool:
    """Return whether ``data`` begins as a WebP file does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read(data: bytes) -> WebP:
    """Return the structure of the WebP at the start of ``data``.

    Raises:
        Refused: DAMAGED, ANIMATED, TOO_MUCH_METADATA, TOO_SMALL or TOO_MANY_PIXELS.
    """
    chunks = _chunks(data)
    coded = [c for c in chunks if c.kind in (LOSSY, LOSSLESS)]
    canvas = [c for c in chunks if c.kind == EXTENDED]
    if len(coded) != 1 or len(canvas) > 1 or (canvas and chunks[0].kind != EXTENDED):
        raise Refused(Refusal.DAMAGED)
    width, height = _coded_size(data, coded[0])
    limits.check_size(width, height, limits.MAX_PIXELS[PictureFormat.WEBP])
    if canvas and _canvas_size(data, canvas[0]) != (width, height):
        raise Refused(Refusal.DAMAGED)
    exif = next((data[c.body : c.end] for c in chunks if c.kind == b"EXIF"), None)
    return WebP(width, height, tuple(chunks), exif)


def _chunks(data: bytes) -> list[Chunk]:
    stop = 8 + int.from_bytes(data[4:8], "little")
    if stop > len(data) + 1:  # an odd last chunk is sometimes written without its padding
        raise Refused(Refusal.DAMAGED)
    chunks: list[Chunk] = []
    metadata_parts = metadata_bytes = 0
    at = _HEADER
    while at + 8 <= stop:
        kind, body = data[at : at + 4], at + 8
        end = body + int.from_bytes(data[at + 4 : body], "little")
        if end > min(stop, len(data)):
            raise Refused(Refusal.DAMAGED)
        if kind in (b"ANIM", b"ANMF") or (kind == EXTENDED and end > body and data[body] & ANIMATION_FLAG):
            raise Refused(Refusal.ANIMATED)
        if kind not in _PIXELS:
            metadata_parts, metadata_bytes = metadata_parts + 1, metadata_bytes + end - at
        if metadata_parts > limits.MAX_METADATA_PARTS or metadata_bytes > limits.MAX_METADATA_BYTES:
            raise Refused(Refusal.TOO_MUCH_METADATA)
        chunks.append(Chunk(kind, at, body, end))
        if len(chunks) > limits.MAX_PARTS:
            raise Refused(Refusal.TOO_MUCH_METADATA)
        at = end + (end - body) % 2
    return chunks


def _canvas_size(data: bytes, chunk: Chunk) -> tuple[int, int]:
    if chunk.end - chunk.body < 10:
        raise Refused(Refusal.DAMAGED)
    return (
        1 + int.from_bytes(data[chunk.body + 4 : chunk.body + 7], "little"),
        1 + int.from_bytes(data[chunk.body + 7 : chunk.body + 10], "little"),
    )


def _coded_size(data: bytes, chunk: Chunk) -> tuple[int, int]:
    head = data[chunk.body : min(chunk.end, chunk.body + 10)]
    if chunk.kind == LOSSY:
        if len(head) < 10 or head[3:6] != b"\x9d\x01\x2a":
            raise Refused(Refusal.DAMAGED)
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    if len(head) < 5 or head[0] != 0x2F:
        raise Refused(Refusal.DAMAGED)
    bits = int.from_bytes(head[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1

"""The segments of a JPEG file (ITU-T T.81, JFIF 1.02, Exif 3.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.limits import Refused

START = b"\xff\xd8"
END = b"\xff\xd9"
EXIF = b"Exif\0\0"

APP0, APP1, APP2, APP14, APP15, COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_END_MARKER, _SCAN = 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DECODABLE_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive; all Huffman, 8 bit

# Stuffed zeros and restart markers belong to the coded data; a run of 0xFF is padding before a marker.
_NEXT_MARKER = re.compile(rb"\xff([^\x00\xff])")
_NEXT_MARKER_AFTER_SCAN = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker segment: ``start`` is at its 0xFF, ``body`` after its length, ``end`` after its last byte.

    For a scan, ``end`` is after its coded data.
    """

    marker: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Jpeg:
    """Where the parts of a JPEG lie, up to its end marker; what follows that belongs to something else."""

    width: int
    height: int
    passes: int
    segments: tuple[Segment, ...]
    exif: bytes | None


@dataclass(slots=True)
class _Walk:
    """What has been counted so far."""

    size: tuple[int, int] | None = None
    passes: int = 0
    metadata_parts: int = 0
    metadata_bytes: int = 0

    def metadata(self, length: int) -> None:
        self.metadata_parts += 1
        self.metadata_bytes += length
        if self.metadata_parts > limits.MAX_METADATA_PARTS or self.metadata_bytes > limits.MAX_METADATA_BYTES:
            raise Refused(Refusal.TOO_MUCH_METADATA)


def read(data: bytes) -> Jpeg:
    """Return the structure of the JPEG at the start of ``data``.

    Raises:
        Refused: DAMAGED, UNSUPPORTED_FORMAT (12 bit, lossless, arithmetic), TOO_MUCH_METADATA, TOO_SMALL or
            TOO_MANY_PIXELS.
    """
    walk = _Walk()
    segments = _segments(data, walk)
    if walk.size is None or not walk.passes:
        raise Refused(Refusal.DAMAGED)
    width, height = walk.size
    several = walk.passes > 1
    limits.check_size(width, height, limits.MAX_PIXELS_IN_PASSES if several else limits.MAX_PIXELS[PictureFormat.JPEG])
    exif = next((data[s.body : s.end] for s in segments if s.marker == APP1 and data.startswith(EXIF, s.body)), None)
    return Jpeg(width, height, walk.passes, tuple(segments), exif)


def _segments(data: bytes, walk: _Walk) -> list[Segment]:
    found: list[Segment] = []
    at, after_scan = 2, False
    while True:
        marker = (_NEXT_MARKER_AFTER_SCAN if after_scan else _NEXT_MARKER).search(data, at)
        if marker is None:
            raise Refused(Refusal.DAMAGED)
        start, code = marker.start(), marker[1][0]
        if after_scan:
            last = found[-1]
            found[-1] = Segment(last.marker, last.start, last.body, start)
        elif start > at:  # bytes between segments, which a decoder skips: count them, so that they cannot pile up
            walk.metadata(start - at)
        after_scan = False
        if code == _END_MARKER:
            return found
        if code == 0x01 or 0xD0 <= code <= 0xD8:  # markers that stand alone have no place here
            raise Refused(Refusal.DAMAGED)
        body = start + 4
        end = start + 2 + int.from_bytes(data[start + 2 : body])
        if end < body or end > len(data):
            raise Refused(Refusal.DAMAGED)
        segment = Segment(code, start, body, end)
        _inspect(data, segment, walk)
        found.append(segment)
        if len(found) > limits.MAX_PARTS:
            raise Refused(Refusal.TOO_MUCH_METADATA)
        at, after_scan = end, code == _SCAN


def _inspect(data: bytes, segment: Segment, walk: _Walk) -> None:
    """Count one segment, and read the picture's size where it is said."""
    code = segment.marker
    if APP0 <= code <= APP15 or code == COMMENT:
        walk.metadata(segment.end - segment.start)
    elif code == _SCAN:
        walk.passes += 1
        if walk.size is None:
            raise Refused(Refusal.DAMAGED)
        if walk.passes > limits.MAX_PASSES:
            raise Refused(Refusal.TOO_MUCH_METADATA)
    elif code in _FRAMES:
        frame = data[segment.body : segment.end]
        if walk.size is not None or len(frame) < 6:
            raise Refused(Refusal.DAMAGED)
        if code not in _DECODABLE_FRAMES or frame[0] != 8 or frame[5] not in (1, 3, 4):
            raise Refused(Refusal.UNSUPPORTED_FORMAT)
        height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
        if not width or not height:  # a height that only comes later (DNL): no camera writes it
            raise Refused(Refusal.DAMAGED)
        walk.size = width, height

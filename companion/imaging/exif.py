"""The few EXIF facts that matter here: which way is up, and when. Reads hostile bytes in bounded time.

Exif 3.0 (CIPA DC-008-2023): a TIFF header, then directories of 12-byte entries.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from companion.domain.pictures import CaptureTime, TimeSource

PREFIX = b"Exif\0\0"

_ORIENTATION = 0x0112
_EXIF_DIRECTORY = 0x8769
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_DIGITISED, _DIGITISED_OFFSET = 0x9004, 0x9012
_SHORT, _LONG, _ASCII = 3, 4, 2
_MOST_ENTRIES = 512

_MOMENT = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_FIRST_BELIEVABLE_YEAR = 1990  # before it, a camera whose clock was never set


@dataclass(frozen=True, slots=True)
class Exif:
    """Orientation (1 to 8, 1 is upright) and the moment of capture."""

    orientation: int = 1
    taken: CaptureTime = field(default_factory=CaptureTime.unknown)


def read(payload: bytes | None) -> Exif:
    """Return what an EXIF payload says, with or without its ``Exif`` prefix; nonsense reads as nothing."""
    if not payload:
        return Exif()
    tiff = payload.removeprefix(PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return Exif()
    main = _directory(tiff, order, struct.unpack_from(order + "I", tiff, 4)[0])
    orientation = _number(tiff, order, main.get(_ORIENTATION))
    start = _number(tiff, order, main.get(_EXIF_DIRECTORY))
    detail = _directory(tiff, order, start) if start else {}
    taken = CaptureTime.unknown()
    for moment, offset in ((_TAKEN, _TAKEN_OFFSET), (_DIGITISED, _DIGITISED_OFFSET)):
        if taken.local is None:
            taken = _capture(_text(tiff, order, detail.get(moment)), _text(tiff, order, detail.get(offset)))
    return Exif(orientation if orientation is not None and 1 <= orientation <= 8 else 1, taken)


def orientation_only(orientation: int) -> bytes:
    """Return the smallest EXIF body (no prefix, 26 bytes) that says which way is up, and nothing else."""
    return struct.pack("<4sIHHHIHHI", b"II*\0", 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)


_Entry = tuple[int, int, int]  # type, count, place of the value field


def _directory(tiff: bytes, order: str, start: int) -> dict[int, _Entry]:
    if start + 2 > len(tiff):
        return {}
    count = min(struct.unpack_from(order + "H", tiff, start)[0], _MOST_ENTRIES, (len(tiff) - start - 2) // 12)
    entries: dict[int, _Entry] = {}
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, length = struct.unpack_from(order + "HHI", tiff, at)
        entries.setdefault(tag, (kind, length, at + 8))
    return entries


def _number(tiff: bytes, order: str, entry: _Entry | None) -> int | None:
    if entry is None or entry[1] != 1 or entry[0] not in (_SHORT, _LONG):
        return None
    value: int = struct.unpack_from(order + ("H" if entry[0] == _SHORT else "I"), tiff, entry[2])[0]
    return value


def _text(tiff: bytes, order: str, entry: _Entry | None) -> str:
    if entry is None or entry[0] != _ASCII or entry[1] > 64:
        return ""
    start = entry[2] if entry[1] <= 4 else struct.unpack_from(order + "I", tiff, entry[2])[0]
    return tiff[start : start + entry[1]].split(b"\0", 1)[0].decode("ascii", "replace").strip()


def _capture(moment: str, offset: str) -> CaptureTime:
    found = _MOMENT.match(moment)
    if found is None or int(found[1]) < _FIRST_BELIEVABLE_YEAR:
        return CaptureTime.unknown()
    try:
        local = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*found.groups()))
    except ValueError:  # the 31st of February, the 25th hour
        return CaptureTime.unknown()
    distance = None
    if said := _OFFSET.fullmatch(offset):
        minutes = int(said[2]) * 60 + int(said[3])
        if minutes <= 14 * 60 and int(said[3]) < 60:
            distance = timedelta(minutes=-minutes if said[1] == "-" else minutes)
    return CaptureTime(local, distance, TimeSource.EXIF)

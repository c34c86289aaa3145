"""The boxes and items of a HEIC or AVIF file (ISO/IEC 14496-12 and 23008-12).

Such a file is a small file system: ``meta`` lists items (pictures, tiles, EXIF, XMP) and where their bytes lie,
in ``mdat`` or in ``meta`` itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.limits import Refused

PICTURE_ITEMS = frozenset({b"hvc1", b"hev1", b"av01", b"grid", b"iden", b"iovl", b"tmap"})
"""Items that are pixels or say how to put pixels together; anything else is metadata."""

TAIL = b""
_HEVC_ITEMS = frozenset({b"hvc1", b"hev1"})
_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"avif", b"avio", b"mif1", b"miaf"})
_SEQUENCE_BRANDS = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1", b"avis"})
_FILE_OFFSET, _IN_META = 0, 1
_LENGTH_SIZES = frozenset({0, 4, 8})


@dataclass(frozen=True, slots=True)
class Box:
    """One box: ``start`` at its length field, ``body`` after its head, ``end`` after its content."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item, the place of its name in the file, and the ranges of its bytes."""

    number: int
    kind: bytes
    name: tuple[int, int]
    extents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where everything lies in a HEIC or AVIF file.

    ``width`` and ``height`` are the largest of any picture in it, before it is turned upright.
    """

    format: PictureFormat
    width: int
    height: int
    top: tuple[Box, ...]
    meta: tuple[Box, ...]
    properties: tuple[Box, ...]
    references: tuple[Box, ...]
    items: tuple[Item, ...]
    exif: bytes | None


def brands(data: bytes) -> frozenset[bytes]:
    """Return the brands the file claims: the major one and the compatible ones; empty where it has none."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4]), len(data), 1024)
    return frozenset(data[at : at + 4] for at in (8, *range(16, end - 3, 4)))


def is_picture(data: bytes) -> bool:
    """Return whether ``data`` claims to hold pictures of this family (not, say, a film)."""
    return bool(brands(data) & (_STILL_BRANDS | _SEQUENCE_BRANDS))


def read(data: bytes) -> Pictures:
    """Return the structure of the HEIC or AVIF file ``data``.

    Raises:
        Refused: DAMAGED, ANIMATED, UNSUPPORTED_FORMAT, TOO_MUCH_METADATA, TOO_SMALL or TOO_MANY_PIXELS.
    """
    top = _top(data)
    if any(b.kind == b"moov" for b in top) or data[8:12] in _SEQUENCE_BRANDS:
        raise Refused(Refusal.ANIMATED)
    metas = [b for b in top if b.kind == b"meta"]
    if len(metas) != 1:
        raise Refused(Refusal.DAMAGED)
    meta = tuple(boxes(data, metas[0].body + 4, metas[0].end))
    items = _items(data, meta)
    kind = _format(items)
    properties = _properties(data, meta)
    width, height = _largest(data, properties, limits.MAX_PIXELS[kind])
    _check_metadata(items)
    references = _references(data, meta)
    return Pictures(kind, width, height, top, meta, properties, references, items, _exif(data, items))


def _format(items: tuple[Item, ...]) -> PictureFormat:
    """Tell the two formats apart by how their pictures are coded; brands are only claims."""
    kinds = {item.kind for item in items}
    if kinds & _HEVC_ITEMS:
        return PictureFormat.HEIC
    if b"av01" in kinds:
        return PictureFormat.AVIF
    raise Refused(Refusal.UNSUPPORTED_FORMAT if kinds else Refusal.DAMAGED)


def _top(data: bytes) -> tuple[Box, ...]:
    """Return the outermost boxes. What trails a whole picture and is no box comes last, as ``TAIL``."""
    found: list[Box] = []
    try:
        for box in boxes(data, 0, len(data)):
            found.append(box)
    except Refused as refused:
        if refused.reason is not Refusal.DAMAGED or not {b"meta", b"mdat"} <= {box.kind for box in found}:
            raise
        found.append(Box(TAIL, found[-1].end, found[-1].end, len(data)))
    return tuple(found)


def boxes(data: bytes, at: int, stop: int) -> Iterator[Box]:
    """Yield the boxes that fill ``data[at:stop]``.

    Raises:
        Refused: DAMAGED where a box reaches further, TOO_MUCH_METADATA where there are too many.
    """
    count = 0
    while at < stop:
        body = at + 8
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : body]
        if size == 1:
            size, body = int.from_bytes(data[body : body + 8]), body + 8
        end = stop if size == 0 else at + size
        if body > stop or end < body or end > stop:
            raise Refused(Refusal.DAMAGED)
        count += 1
        if count > limits.MAX_PARTS:
            raise Refused(Refusal.TOO_MUCH_METADATA)
        yield Box(kind, at, body, end)
        at = end


class _Fields:
    """Reads big-endian numbers one after the other, never past the end of its box."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data, self.at, self._end = data, box.body, box.end

    def number(self, size: int) -> int:
        if self.at + size > self._end:
            raise Refused(Refusal.DAMAGED)
        self.at += size
        return int.from_bytes(self._data[self.at - size : self.at])

    def version(self) -> int:
        return self.number(4) >> 24


def _only(meta: tuple[Box, ...], kind: bytes) -> Box:
    found = [b for b in meta if b.kind == kind]
    if len(found) != 1:
        raise Refused(Refusal.DAMAGED)
    return found[0]


def _properties(data: bytes, meta: tuple[Box, ...]) -> tuple[Box, ...]:
    parts = _only(meta, b"iprp")
    containers = [b for b in boxes(data, parts.body, parts.end) if b.kind == b"ipco"]
    if len(containers) != 1:
        raise Refused(Refusal.DAMAGED)
    return tuple(boxes(data, containers[0].body, containers[0].end))


def _references(data: bytes, meta: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return the boxes that say which item belongs to which."""
    found = [b for b in meta if b.kind == b"iref"]
    return tuple(inner for box in found for inner in boxes(data, box.body + 4, box.end))


def _largest(data: bytes, properties: tuple[Box, ...], most: int) -> tuple[int, int]:
    sizes = [
        (int.from_bytes(data[p.body + 4 : p.body + 8]), int.from_bytes(data[p.body + 8 : p.body + 12]))
        for p in properties
        if p.kind == b"ispe" and p.end - p.body == 12
    ]
    if not sizes:
        raise Refused(Refusal.DAMAGED)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    limits.check_size(width, height, most)
    return width, height


def _items(data: bytes, meta: tuple[Box, ...]) -> tuple[Item, ...]:
    described = _descriptions(data, _only(meta, b"iinf"))
    inner = next((b for b in meta if b.kind == b"idat"), None)
    items = []
    for number, extents in _locations(data, _only(meta, b"iloc"), inner):
        kind, name = described.get(number, (b"", (0, 0)))
        items.append(Item(number, kind, name, tuple(extents)))
    return tuple(items)


def _descriptions(data: bytes, box: Box) -> dict[int, tuple[bytes, tuple[int, int]]]:
    """Return the type of each item and the place of its name, from ``iinf``."""
    fields = _Fields(data, box)
    fields.number(4 if fields.version() else 2)
    described: dict[int, tuple[bytes, tuple[int, int]]] = {}
    for entry in boxes(data, fields.at, box.end):
        if entry.kind != b"infe":
            continue
        inner = _Fields(data, entry)
        version = inner.version()
        if version < 2:  # no type: of the time before pictures
            continue
        number = inner.number(2 if version == 2 else 4)
        inner.number(2)
        kind = inner.number(4).to_bytes(4)
        stop = data.find(b"\0", inner.at, entry.end)
        if number in described:
            raise Refused(Refusal.DAMAGED)
        described[number] = kind, (inner.at, stop if stop >= 0 else entry.end)
    return described


def _locations(data: bytes, box: Box, inner: Box | None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield each item's number and the ranges of its bytes in the file, from ``iloc``."""
    fields = _Fields(data, box)
    version = fields.version()
    sizes = fields.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if version > 2 or not {offset_size, length_size, base_size} <= _LENGTH_SIZES:
        raise Refused(Refusal.DAMAGED)
    count = fields.number(2 if version < 2 else 4)
    if count > limits.MAX_PARTS:
        raise Refused(Refusal.TOO_MUCH_METADATA)
    total, seen = 0, set[int]()
    for _ in range(count):
        number = fields.number(2 if version < 2 else 4)
        method = fields.number(2) & 15 if version else _FILE_OFFSET
        fields.number(2)  # a file elsewhere: decoders do not follow it
        base = fields.number(base_size)
        extents: list[tuple[int, int]] = []
        for _ in range(fields.number(2)):
            total += 1
            if total > limits.MAX_PARTS:
                raise Refused(Refusal.TOO_MUCH_METADATA)
            if version and index_size:
                fields.number(index_size)
            offset, length = base + fields.number(offset_size), fields.number(length_size)
            extents.append(_range(offset, length, method, inner, len(data)))
        if number in seen:
            raise Refused(Refusal.DAMAGED)
        seen.add(number)
        yield number, extents


def _range(offset: int, length: int, method: int, inner: Box | None, size: int) -> tuple[int, int]:
    if method == _IN_META and inner is not None:
        start, stop = inner.body + offset, inner.end
    elif method == _FILE_OFFSET:
        start, stop = offset, size
    else:
        raise Refused(Refusal.UNSUPPORTED_FORMAT)
    end = start + length if length else stop
    if start > stop or end > stop:
        raise Refused(Refusal.DAMAGED)
    return start, end


def _check_metadata(items: tuple[Item, ...]) -> None:
    foreign = [i for i in items if i.kind not in PICTURE_ITEMS]
    total = sum(end - start for i in foreign for start, end in i.extents)
    if len(foreign) > limits.MAX_METADATA_PARTS or total > limits.MAX_METADATA_BYTES:
        raise Refused(Refusal.TOO_MUCH_METADATA)


def _exif(data: bytes, items: tuple[Item, ...]) -> bytes | None:
    """Return the first EXIF payload, without the offset that stands before it."""
    for item in items:
        if item.kind == b"Exif":
            payload = b"".join(data[start:end] for start, end in item.extents)
            skip = 4 + int.from_bytes(payload[:4])
            return payload[skip:] if skip <= len(payload) else None
    return None

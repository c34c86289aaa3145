"""Take everything out of a picture file that tells who, where or with what, and leave its pixels as they are.

Nothing is decoded and nothing re-encoded. A JPEG, PNG or WebP is put together again from the parts that make the
picture; a HEIC or AVIF keeps its length, since its parts are found by position, and is blanked in place. What is
kept is listed, so that a part nobody has heard of goes too. Colour profiles stay: without them colours shift.
"""

from __future__ import annotations

import struct
import zlib

from companion.imaging import exif
from companion.imaging.containers import isobmff, jpeg, png, webp
from companion.imaging.prescan import Structure

_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
    b"cLLI", b"bKGD", b"pHYs",
})  # fmt: skip
_WEBP_KEPT = frozenset({webp.EXTENDED, webp.LOSSY, webp.LOSSLESS, b"ALPH", b"ICCP"})

_TOP_KEPT = frozenset({b"ftyp", b"meta", b"mdat"})
_META_KEPT = frozenset({b"hdlr", b"pitm", b"iinf", b"iloc", b"iref", b"iprp", b"idat", b"dinf", b"grpl"})
_PROPERTIES_KEPT = frozenset({
    b"ispe", b"pixi", b"colr", b"hvcC", b"av1C", b"irot", b"imir", b"clap", b"pasp", b"auxC", b"rloc", b"clli",
    b"mdcv", b"cclv", b"amve", b"a1op", b"a1lx", b"lsel", b"prdi",
})  # fmt: skip


def strip(data: bytes, structure: Structure) -> bytes:
    """Return ``data`` without any identifying part; its decoded pixels are the same, bit for bit."""
    container = structure.container
    if isinstance(container, jpeg.Jpeg):
        return _jpeg(data, container)
    if isinstance(container, png.Png):
        return _png(data, container)
    if isinstance(container, webp.WebP):
        return _webp(data, container)
    return _isobmff(data, container)


def orientation_of(structure: Structure) -> int:
    """Return the EXIF orientation (1 to 8) that applies; HEIC and AVIF turn by other means, so theirs is 1."""
    container = structure.container
    return 1 if isinstance(container, isobmff.Pictures) else exif.read(container.exif).orientation


def _jpeg(data: bytes, container: jpeg.Jpeg) -> bytes:
    view = memoryview(data)
    head: list[bytes | memoryview] = [jpeg.START]
    rest: list[bytes | memoryview] = []
    jfif_seen = False
    for s in container.segments:
        if s.marker == jpeg.APP0:
            if not jfif_seen and data.startswith(b"JFIF\0", s.body) and s.end - s.body >= 14:
                jfif_seen = True  # its first 12 bytes; the two after them are the size of a thumbnail
                head.append(b"\xff\xe0\0\x10" + data[s.body : s.body + 12] + b"\0\0")
        elif s.marker == jpeg.APP2:
            if data.startswith(b"ICC_PROFILE\0", s.body):
                rest.append(view[s.start : s.end])
        elif s.marker == jpeg.APP14:
            if data.startswith(b"Adobe", s.body) and s.end - s.body >= 12:
                rest.append(b"\xff\xee\0\x0e" + data[s.body : s.body + 12])
        elif s.marker != jpeg.COMMENT and not jpeg.APP0 <= s.marker <= jpeg.APP15:
            rest.append(view[s.start : s.end])
    orientation = exif.read(container.exif).orientation
    if orientation != 1:
        payload = exif.PREFIX + exif.orientation_only(orientation)
        head.append(b"\xff\xe1" + struct.pack(">H", 2 + len(payload)) + payload)
    return b"".join([*head, *rest, jpeg.END])


def _png(data: bytes, container: png.Png) -> bytes:
    parts = [png.SIGNATURE, *(data[c.start : c.end] for c in container.chunks if c.kind in _PNG_KEPT)]
    orientation = exif.read(container.exif).orientation
    if orientation != 1:
        content = b"eXIf" + exif.orientation_only(orientation)
        parts.insert(2, struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content)))
    return b"".join(parts)


def _webp(data: bytes, container: webp.WebP) -> bytes:
    orientation = exif.read(container.exif).orientation
    chunks = [(c.kind, data[c.body : c.end]) for c in container.chunks if c.kind in _WEBP_KEPT]
    if orientation != 1:
        chunks.append((b"EXIF", exif.orientation_only(orientation)))
    if chunks[0][0] == webp.EXTENDED:
        flags = chunks[0][1][0] & ~(webp.EXIF_FLAG | webp.XMP_FLAG)
        flags |= webp.EXIF_FLAG if orientation != 1 else 0
        chunks[0] = webp.EXTENDED, bytes([flags, 0, 0, 0]) + chunks[0][1][4:10]
    body = b"".join(k + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for k, c in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _isobmff(data: bytes, container: isobmff.Pictures) -> bytes:
    out = bytearray(data)
    pixels = _joined([e for i in container.items if i.kind in isobmff.PICTURE_ITEMS for e in i.extents])
    for box in container.top:
        if box.kind not in _TOP_KEPT:
            _free(out, box, pixels)
        elif box.kind == b"mdat":
            _blank_around(out, box.body, box.end, pixels)
    for box in container.meta:
        if box.kind not in _META_KEPT:
            _free(out, box, pixels)
        elif box.kind == b"idat":
            _blank_around(out, box.body, box.end, pixels)
        elif box.kind == b"hdlr":
            _blank(out, box.body + 20, box.end)  # the name of the program that wrote it
    for box in container.properties:
        if box.kind not in _PROPERTIES_KEPT:
            _free(out, box, pixels)
    for box in container.references:
        if box.kind == b"cdsc":  # "describes": without it nothing looks at what is left of the metadata
            out[box.start + 4 : box.start + 8] = b"free"
    payloads = [b for b in container.top if b.kind == b"mdat"] + [b for b in container.meta if b.kind == b"idat"]
    for item in container.items:
        start, end = item.name
        out[start:end] = b" " * (end - start)
        if item.kind == b"Exif":
            _empty_exif(out, item, payloads, pixels)
    last = container.top[-1]
    return bytes(out[: last.start]) if last.kind == isobmff.TAIL else bytes(out)


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, with those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _blank(out: bytearray, start: int, end: int) -> None:
    if end > start:
        out[start:end] = bytes(end - start)


def _blank_around(out: bytearray, start: int, end: int, kept: list[tuple[int, int]]) -> None:
    """Set every byte of ``start:end`` to zero that lies in no kept range (the ranges are in order)."""
    at = start
    for first, last in kept:
        if last > start and first < end:
            _blank(out, at, min(first, end))
            at = max(at, last)
    _blank(out, at, end)


def _free(out: bytearray, box: isobmff.Box, pixels: list[tuple[int, int]]) -> None:
    """Turn a box into free space of the same length, though pixels that lie in it stay."""
    if box.kind != isobmff.TAIL:
        out[box.start + 4 : box.start + 8] = b"free"
        _blank_around(out, box.body, box.end, pixels)


def _empty_exif(out: bytearray, item: isobmff.Item, payloads: list[isobmff.Box], pixels: list[tuple[int, int]]) -> None:
    """Leave an EXIF item that decoders can read and that says nothing: no offset, a TIFF head, no entries.

    Its bytes are zero already. One that lies across pixels or outside the payload, as no camera writes it, stays so.
    """
    nothing = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
    start, end = item.extents[0] if item.extents else (0, 0)
    inside = any(box.body <= start and end <= box.end for box in payloads)
    shared = any(first < end and start < last for first, last in pixels)
    if end - start >= len(nothing) and inside and not shared:
        out[start : start + len(nothing)] = nothing

"""Look at a picture file's structure before any decoder sees it.

The walk is linear in the file's length, trusts no name and no claim, and stops whatever decoders are known to
stumble over: bombs, thousands of passes, mountains of metadata, other formats in disguise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.containers import isobmff, jpeg, png, webp
from companion.imaging.limits import Refused

Container = jpeg.Jpeg | png.Png | webp.WebP | isobmff.Pictures

_OTHER_PICTURES = (
    b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"8BPS", b"%!PS", b"\xc5\xd0\xd3\xc6", b"\xff\x0a",
    b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\0\0\1\0", b"DDS ", b"icns", b"\x76\x2f\x31\x01",
    b"FUJIFILM", b"IIRO", b"IIU\0", b"BPG\xfb", b"qoif", b"gimp xcf", b"\x01\xda", b"\xd7\xcd\xc6\x9a",
)  # fmt: skip
_NETPBM = re.compile(rb"P[1-7]\s")
_DRAWING = re.compile(rb"<svg[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structure:
    """What the walk found: the format, the coded size in pixels (not yet upright), and where the parts lie."""

    format: PictureFormat
    width: int
    height: int
    container: Container


def prescan(data: bytes) -> Structure:
    """Return the structure of a picture file, told by its content.

    Raises:
        Refused: with the reason; everything that passes may be handed to its one decoder, and to no other.
    """
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > limits.MAX_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    container: Container
    if data.startswith(jpeg.START):
        container = jpeg.read(data)
        return Structure(PictureFormat.JPEG, container.width, container.height, container)
    if data.startswith(png.SIGNATURE):
        container = png.read(data)
        return Structure(PictureFormat.PNG, container.width, container.height, container)
    if webp.is_webp(data):
        container = webp.read(data)
        return Structure(PictureFormat.WEBP, container.width, container.height, container)
    if isobmff.is_picture(data):
        container = isobmff.read(data)
        return Structure(container.format, container.width, container.height, container)
    raise Refused(Refusal.UNSUPPORTED_FORMAT if _is_other_picture(data) else Refusal.NOT_A_PICTURE)


def _is_other_picture(data: bytes) -> bool:
    """Whether this is a picture or a film all the same, so that converting it is sound advice."""
    if data.startswith(_OTHER_PICTURES) or _NETPBM.match(data):
        return True
    if data[4:8] in (b"ftyp", b"moov", b"mdat") or data[:4] == b"RIFF":
        return True
    if data[:2] == b"BM":  # two letters are also the start of a word: the size of the file must follow
        return int.from_bytes(data[2:6], "little") in (0, len(data)) and data[6:10] == b"\0\0\0\0"
    return _DRAWING.search(data, 0, 2048) is not None

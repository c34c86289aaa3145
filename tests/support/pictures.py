"""Picture files for tests, made on the spot: ordinary ones, and every kind that must be refused.

Every function returns the bytes of one file. Those that carry metadata carry ``CANARY`` and a place on earth, which
must never be found in anything that is kept.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from pathlib import Path

CANARY = b"CANARY"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "pictures"

XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='45,27.8N' exif:Comment='CANARY'/>"
    b"</rdf:RDF></x:xmpmeta>"
)


def scene(width=320, height=240, colour=(196, 150, 120)):
    """Return an RGB picture without symmetry: a pale oval on skin, three of four corners marked."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.2, height * 0.3, width * 0.6, height * 0.75), fill=(238, 214, 198))
    w, h = width // 4, height // 4
    draw.rectangle((0, 0, w, h), fill=(200, 40, 40))
    draw.rectangle((width - w, 0, width, h), fill=(40, 160, 60))
    draw.rectangle((0, height - h, w, height), fill=(40, 60, 200))
    return picture


def exif(taken="2026:06:01 08:00:00", offset="+02:00", gps=True, orientation=1):
    """Return an EXIF body that tells the moment, the device (``CANARY``) and, if asked, the place."""
    from PIL import Image

    body = Image.Exif()
    body[0x010F], body[0x0110], body[0x0112] = "CANARY-MAKER", "CANARY-MODEL", orientation
    detail = body.get_ifd(0x8769)
    detail[0xA431] = "CANARY-SERIAL"
    if taken:
        detail[0x9003] = taken
    if taken and offset:
        detail[0x9011] = offset
    if gps:
        place = body.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = "N", (45.0, 27.0, 50.0), "E", (9.0, 11.0, 25.0)
    return body.tobytes()


def jpeg(
    width=320,
    height=240,
    colour=(196, 150, 120),
    taken="2026:06:01 08:00:00",
    offset="+02:00",
    gps=True,
    orientation=1,
    progressive=False,
):
    """Return a JPEG as a phone writes it: EXIF, XMP, a comment, and a second picture behind its end."""
    from PIL import Image

    upright = scene(width, height, colour)
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    stored = upright.transpose(turn) if turn is not None else upright
    body = exif(taken, offset, gps, orientation)
    out = io.BytesIO()
    stored.save(out, "JPEG", quality=88, exif=body, xmp=XMP, comment=CANARY, progressive=progressive)
    second = io.BytesIO()
    stored.resize((32, 24)).save(second, "JPEG", exif=body)
    return out.getvalue() + second.getvalue()


def encoded(form, mode="RGB", **options):
    """Return the scene as a file of any kind Pillow writes (``form`` as Pillow names it)."""
    out = io.BytesIO()
    scene().convert(mode).save(out, form, **options)
    return out.getvalue()


def heic():
    """Return a HEIC of 320 x 240 with EXIF (2026-06-01 08:00 +02:00), a place and XMP.

    HEIC files are kept as fixtures, since the decoder the app uses cannot write them; they show the same scene.
    """
    return (FIXTURES / "upright.heic").read_bytes()


def heic_turned():
    """Return the same picture, stored a quarter turn off and turned upright by the file."""
    return (FIXTURES / "turned.heic").read_bytes()


def heic_tiled():
    """Return the same picture as a phone stores it: in tiles, with a copy of itself as preview."""
    return (FIXTURES / "tiled.heic").read_bytes()


def heic_of_two():
    """Return a HEIC that holds two pictures, the first of them the main one."""
    return (FIXTURES / "two.heic").read_bytes()


def avif():
    """Return an AVIF with EXIF, a place and XMP."""
    return encoded("AVIF", exif=exif(), xmp=XMP)


def webp():
    """Return a WebP with EXIF, a place and XMP."""
    return encoded("WEBP", exif=exif(), xmp=XMP, quality=80)


def png():
    """Return a PNG with EXIF, a place, XMP, text and a time."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "CANARY")
    info.add_text("Location", "CANARY", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"tIME", b"\x07\xea\x06\x01\x08\0\0")
    return encoded("PNG", pnginfo=info, exif=exif())


def animated(form):
    """Return two frames in one file (``GIF``, ``PNG``, ``WEBP`` or ``AVIF``)."""
    out = io.BytesIO()
    scene().save(out, form, save_all=True, append_images=[scene(colour=(90, 60, 40))], duration=100)
    return out.getvalue()


def text_named_jpg():
    """Return a shopping list, which somebody has called ``photo.jpg``."""
    return b"milk\nbread\nsun cream\n" * 40


def truncated():
    """Return the first half of a JPEG."""
    whole = jpeg()
    return whole[: whole.index(b"\xff\xd9") // 2]


def png_claiming(width, height, rows=b"\0" * 1000, depth=8, colour=0):
    """Return a small PNG that claims any size."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(kind, content):
    """Return one PNG chunk."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb():
    """Return a PNG of a few hundred bytes that claims a tenth of a terapixel."""
    return png_claiming(300_000, 300_000)


@cache
def hungry():
    """Return a PNG of 10 kB that keeps to every bound of the file and needs 300 MB to take in."""
    header = struct.pack(">IIBBBBB", 8000, 8000, 2, 3, 0, 0, 0)
    parts = (b"IHDR", header), (b"PLTE", bytes(12)), (b"IDAT", zlib.compress(bytes(8000 * 2001))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def jpeg_of_scans(passes=2000):
    """Return a small JPEG that a decoder works on for half a minute."""
    whole = encoded("JPEG", progressive=True)
    last = whole.rfind(b"\xff\xda")
    return whole[:last] + whole[last:-2] * passes + whole[-2:]


def jpeg_of_exif(segments=900):
    """Return a JPEG with up to 58 MB of EXIF."""
    whole = encoded("JPEG")
    segment = b"\xff\xe1\xff\xff" + b"Exif\0\0" + bytes(65_527)
    return whole[:2] + segment * segments + whole[2:]

"""Take one picture in: check it, clean it, and make the copies the app shows.

Runs in a worker process (`companion.imaging.workers`), since here foreign bytes meet their decoder. A JPEG is
decoded once, at the power-of-two scale its format offers for free, and never resampled for the display copy; any
other format is decoded whole and reduced by the same rule.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from typing import Any

from PIL import Image

from companion.domain.pictures import PictureFormat, Refusal, Rendition, TakenIn
from companion.imaging import exif, limits
from companion.imaging.limits import Refused
from companion.imaging.prescan import prescan
from companion.imaging.strip import strip

_DISPLAY_QUALITY = 90
_THUMBNAIL_QUALITY = 85
_PAPER = (255, 255, 255)  # behind transparent pixels

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes each EXIF orientation upright."""
_SIDEWAYS = frozenset({5, 6, 7, 8})

_DECODER_COMPLAINTS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, RuntimeError, AttributeError,
    NotImplementedError, struct.error, zlib.error,
)  # fmt: skip


def take_in(data: bytes) -> TakenIn:
    """Return all that is kept of the picture file ``data``.

    Raises:
        Refused: with the reason.
    """
    structure = prescan(data)
    original = strip(data, structure)
    # The decoder gets the cleaned file: the parts it could stumble over are gone.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright, size = _decode(original, structure.format)
            display = _jpeg(upright, _DISPLAY_QUALITY)
            small = _thumbnail(upright)
            thumbnail = _jpeg(small, _THUMBNAIL_QUALITY)
    except (Image.DecompressionBombError, MemoryError) as error:
        bomb = isinstance(error, Image.DecompressionBombError)
        raise Refused(Refusal.TOO_MANY_PIXELS if bomb else Refusal.OUT_OF_MEMORY) from error
    except _DECODER_COMPLAINTS as error:
        raise Refused(Refusal.DAMAGED) from error
    return TakenIn(
        format=structure.format,
        width=size[0],
        height=size[1],
        taken=exif.read(structure.container.exif).taken,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        original=original,
        original_sha256=hashlib.sha256(original).hexdigest(),
        display=display,
        thumbnail=thumbnail,
        fingerprint=_difference_hash(small),
    )


def prepare() -> None:
    """Load what the first picture will need, and set the decoders' own limits."""
    Image.MAX_IMAGE_PIXELS = max(limits.MAX_PIXELS.values())  # an error beyond twice as many; see _decode
    Image.preinit()


def reduction(width: int, height: int) -> int:
    """Return by how much a picture of this size is reduced for display: 1, 2, 4 or 8."""
    long, short = max(width, height), min(width, height)
    return next(
        d for d in (8, 4, 2, 1) if d == 1 or (long // d >= limits.DISPLAY_SIDE and short // d >= limits.MIN_SIDE)
    )


def _decode(original: bytes, kind: PictureFormat) -> tuple[Image.Image, tuple[int, int]]:
    """Return the upright RGB picture at display size, and the upright size of the original."""
    with _open(original, kind) as opened:
        width, height = opened.size
        limits.check_size(width, height, limits.MAX_PIXELS[kind])
        if getattr(opened, "n_frames", 1) > 1 and kind is not PictureFormat.HEIC:
            raise Refused(Refusal.ANIMATED)
        factor = reduction(width, height)
        if kind is PictureFormat.JPEG and factor > 1:
            opened.draft(None, (width // factor, height // factor))
        opened.load()
        profile = opened.info.get("icc_profile")
        picture: Image.Image = opened
        if max(picture.size) > -(-max(width, height) // factor):
            picture = _eight_bit(picture).reduce(factor)
        orientation = opened.getexif().get(0x0112, 1)
        picture = _rgb(picture, profile)
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    return picture, (height, width) if orientation in _SIDEWAYS else (width, height)


def _open(original: bytes, kind: PictureFormat) -> Any:
    """Open with the one decoder of this format; no other is ever asked."""
    if kind is PictureFormat.HEIC:
        import pi_heif

        pi_heif.register_heif_opener(decode_threads=2, thumbnails=False, depth_images=False, aux_images=False)
        return Image.open(io.BytesIO(original), formats=("HEIF",))
    if kind is PictureFormat.WEBP:
        from PIL import WebPImagePlugin  # noqa: F401  (importing it registers it)
    if kind is PictureFormat.AVIF:
        from PIL import AvifImagePlugin

        AvifImagePlugin.DEFAULT_MAX_THREADS = 2
    return Image.open(io.BytesIO(original), formats=(kind.name,))


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be reduced: no palette, no 16 bit, no single bits."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Pillow clips 16-bit grey to 255 when it converts; halve the bits first.
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as opaque sRGB."""
    flat = _eight_bit(picture)
    if flat.mode in ("RGBA", "LA", "La", "RGBa"):
        flat = flat.convert("RGBA")
        paper = Image.new("RGB", flat.size, _PAPER)
        paper.paste(flat, mask=flat.getchannel("A"))
        flat = paper
    if profile:
        return _to_srgb(flat, profile)
    return flat if flat.mode == "RGB" else flat.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in sRGB; a profile that does not fit, or makes no sense, is left aside."""
    from PIL import ImageCms

    spaces = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        named = source.profile.profile_description or ""
        if source.profile.xcolor_space != spaces.get(picture.mode) or "sRGB" in named:
            return picture.convert("RGB")
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_DECODER_COMPLAINTS):
        return picture.convert("RGB")
    return turned if turned is not None else picture.convert("RGB")


def _thumbnail(picture: Image.Image) -> Image.Image:
    ratio = limits.THUMBNAIL_SIDE / max(picture.size)
    if ratio >= 1:
        return picture
    # A strip thinner than 1:16 is shown a little thicker than it is, rather than as a hair.
    size = (
        max(limits.MIN_SIDE, round(picture.width * ratio)),
        max(limits.MIN_SIDE, round(picture.height * ratio)),
    )
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _jpeg(picture: Image.Image, quality: int) -> Rendition:
    out = io.BytesIO()
    picture.info = {}  # nothing of the file goes along
    picture.save(out, "JPEG", quality=quality)
    return Rendition(out.getvalue(), picture.width, picture.height)


def _difference_hash(picture: Image.Image) -> int:
    """Return 64 bits: whether each of 8 x 8 places is brighter than its right neighbour."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = (grey[row * 9 + column] > grey[row * 9 + column + 1] for row in range(8) for column in range(8))
    return sum(1 << place for place, bit in enumerate(bits) if bit)

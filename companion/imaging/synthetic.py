"""Photographs for the example data, drawn by the program: skin, a patch, and colour coming back. Nobody's body.

The same arguments give the same picture, on the same versions of NumPy and Pillow.
"""

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache

from PIL import Image

from companion.imaging.skin.fields import Canvas
from companion.imaging.skin.forms import SkinPlace
from companion.imaging.skin.photograph import photograph
from companion.imaging.skin.surface import TONES, Surface, make_surface

SIZE = (1200, 900)

_QUALITY = 90


def draw_skin(
    place: str | SkinPlace,
    tone: int,
    share: float,
    seed: int = 5,
    *,
    visit: int = 0,
    size: tuple[int, int] = SIZE,
    unsteadiness: float = 1.0,
    taken: datetime | None = None,
) -> bytes:
    """Return a JPEG of one body place, as a phone would have taken it.

    Args:
        place: ``cheek``, ``hand`` or ``knee``.
        tone: skin tone, 1 (very fair) to 6 (deep brown).
        share: how much of the patch is left without colour, 1 (all of it) to 0.
        seed: which example; the same seed is the same skin and the same patch at every visit.
        visit: which visit; another visit is another hand holding the camera, in slightly other light.
        size: width and height in pixels, at least 160 x 120.
        unsteadiness: how much views and light differ between visits; 0 is a tripod.
        taken: the moment to write into the picture. Aware moments are written with their offset.

    Raises:
        ValueError: an argument is out of bounds.
    """
    if tone not in TONES or not 0 <= share <= 1 or min(size) < 120:
        raise ValueError("no such picture")
    surface = _surface(SkinPlace(place), tone, seed, size)
    picture = photograph(surface, share, visit, seed, unsteadiness)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, exif=_exif(taken))
    return out.getvalue()


@lru_cache(maxsize=1)
def _surface(place: SkinPlace, tone: int, seed: int, size: tuple[int, int]) -> Surface:
    """Return the surface, kept for the next visit: it takes longer to make than a photograph of it."""
    return make_surface(place, tone, seed, Canvas(*size))


def _exif(taken: datetime | None) -> bytes:
    body = Image.Exif()
    if taken is None:
        return body.tobytes()
    detail = body.get_ifd(0x8769)
    detail[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if (offset := taken.strftime("%z")) != "":
        detail[0x9011] = f"{offset[:3]}:{offset[3:5]}"
    return body.tobytes()

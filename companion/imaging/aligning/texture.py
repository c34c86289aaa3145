"""What of a photograph stays the same from visit to visit: the skin's own texture, without light, hair or patch."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any

_HAIR = 0.006  # of the long side: wider than a hair, narrower than a mole
_LIGHT = 0.02  # of the long side: what is smoother than this is light
_EDGE = 0.004  # of the long side: half the width of a patch's edge
_GREY = 128
_COARSE = 4  # light is worked out at a fraction of the size


class Prepared:
    """A photograph made ready for comparing at several sizes; each size is worked out once."""

    def __init__(self, picture: Array) -> None:
        self.width, self.height = picture.shape[1], picture.shape[0]
        self._picture = picture
        self._small: dict[int, tuple[Array, float]] = {}
        self._ready: dict[int, Array] = {}

    def at(self, side: int) -> tuple[Array, float]:
        """Return the normalised texture at a long side of at most ``side``, and by how much it was enlarged."""
        small, by = self._reduced(side)
        if side not in self._ready:
            self._ready[side] = normalised(small)
        return self._ready[side], by

    def without_patch(self, side: int, outline: Array) -> tuple[Array, float]:
        """Return the same with the patch inside ``outline`` (n, 2; in its pixels) brought to the level of the skin.

        The edge of a patch moves between visits while the skin under it does not, so it must not be matched.
        """
        small, by = self._reduced(side)
        height, width = small.shape[:2]
        return normalised(small, bare(small, region((outline + 0.5) * by - 0.5, 1.15, width, height))), by

    def _reduced(self, side: int) -> tuple[Array, float]:
        if side not in self._small:
            self._small[side] = reduced(self._picture, side)
        return self._small[side]


def reduced(picture: Array, side: int) -> tuple[Array, float]:
    """Return a picture with a long side of at most ``side`` pixels, and by how much it was enlarged (<= 1)."""
    import cv2

    by = side / max(picture.shape[:2])
    if by >= 1:
        return picture, 1.0
    size = round(picture.shape[1] * by), round(picture.shape[0] * by)
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA), by


def normalised(picture: Array, patch: Array | None = None) -> Array:
    """Return the green channel with hair closed and every place brought to the same mean and contrast (uint8).

    With the mask ``patch`` (bool), patch and skin are each brought to it on their own, and the edge between is blank.
    """
    import cv2

    side = max(picture.shape[:2])
    width = max(3, round(_HAIR * side) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    bald = cv2.morphologyEx(np.ascontiguousarray(picture[..., 1]), cv2.MORPH_CLOSE, kernel)
    depth = np.log(bald.astype(np.float32) + 4)
    depth -= _level(depth, patch, _LIGHT * side)
    depth /= np.sqrt(np.maximum(_level(depth * depth, patch, _LIGHT * side), 0)) + np.float32(0.004)
    out = np.clip(_GREY + 42 * depth, 0, 255).astype(np.uint8)
    if patch is not None:
        reach = 2 * max(1, round(_EDGE * side)) + 1
        wide = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        out[cv2.morphologyEx(patch.astype(np.uint8), cv2.MORPH_GRADIENT, wide) > 0] = _GREY
    return out


def _level(values: Array, patch: Array | None, size: float) -> Array:
    """Return the local mean of values, of each side of the patch's edge apart."""
    if patch is None:
        return _smooth(values, size)
    inner = patch.astype(np.float32)
    kept, share = _smooth(values * inner, size), _smooth(inner, size)
    within = kept / np.maximum(share, 1e-3)
    without = (_smooth(values, size) - kept) / np.maximum(1 - share, 1e-3)
    return np.where(patch, within, without)


def _smooth(values: Array, size: float) -> Array:
    import cv2

    height, width = values.shape
    small = cv2.resize(values, (-(-width // _COARSE), -(-height // _COARSE)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), size / _COARSE)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def bare(picture: Array, where: Array) -> Array:
    """Return where colour is missing (bool), roughly: paler than the split of the colours in the mask ``where``.

    The blue of the light against its red is looked at, which neither shade nor slope of the light changes much.
    """
    import cv2

    small = picture.astype(np.float32) + 6
    tint = cv2.GaussianBlur(np.log(small[..., 0] / small[..., 2]), (0, 0), 0.003 * max(picture.shape[:2]))
    inside = tint[where > 0]
    if inside.size < 100:
        return np.zeros(picture.shape[:2], bool)
    low, high = (float(v) for v in np.percentile(inside, (1, 99)))
    scaled = np.clip((inside - low) * (255 / max(high - low, 1e-3)), 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return (tint < low + (level + 0.5) * (high - low) / 255) & (where > 0)


def region(outline: Array, grow: float, width: int, height: int) -> Array:
    """Return a mask (uint8, 255 inside) of an outline (n, 2) grown about its middle by ``grow``."""
    import cv2

    middle = (outline.min(0) + outline.max(0)) / 2
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round((middle + (outline - middle) * grow) * 16).astype(np.int32)], 255, shift=4)
    return mask

"""When an area cannot be told: the figures that give wrong answers away, and where each is too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from companion.domain.measuring import Reason
from companion.imaging.measuring.frame import Frame
from companion.imaging.measuring.pigment import Pigment

Array = Any

_GREY = np.array((1.0, 1.0, 1.0))
_BLOOD = np.array((0.10, 0.46, 0.33))
"""Which way shadow and blood move the densities of red, green and blue."""

_SEPARATION = 4.5
_PLAIN = 12.0  # patch and skin are so far apart that some redness does not matter
_CONTRAST = 2.5
_CONTAINMENT = 0.8
_SPREAD = 0.07
_BRIGHT = 0.05
_RED, _RED_ON_FAIR = 0.30, 0.15
_CLIPPED, _BELOW_CLIPPING = 0.01, 235
_FULL = 252
_GLOOM = 40
_SLOPE = 2.4
_BLUR = 0.5


@dataclass(frozen=True, slots=True)
class Figures:
    """What the checks look at; each is worse the larger it is, unless said otherwise."""

    separation: float
    """Of patch and skin, on the photograph where it is less. Worse the smaller."""
    contrast: float
    """Of the follow photograph over that of the base."""
    containment: float
    """How much of the smaller patch lies in the larger. Worse the smaller."""
    spread: float
    """Standard deviation of the change over the settings of the working."""
    bright: float
    """Share of the inside that is brighter than the patch can be."""
    dark: float
    """Share of the inside that is darker than the skin, and not by pigment."""
    red: float
    """Share of the inside that is redder than before."""
    clipped: float
    """Share of the inside that is over-exposed, on the worse photograph."""
    skin_clipped: float
    """The same for the skin round the outline."""
    patch_level: float
    """Median brightness (0 to 255) of the patch, on the brighter photograph: where it is high, the patch clips."""
    gloom: float
    """Median brightness (0 to 255) inside, on the darker photograph. Worse the smaller."""
    slope: float
    """How far the light inside differs, in densities, on the worse photograph."""
    blur: float
    """Fine detail of the blurrier photograph over that of the sharper. Worse the smaller."""


def figures(
    frame: Frame, a: Pigment, b: Pigment, patches: tuple[Array, Array], inside: Array, ring: Array, changes: Array
) -> Figures:
    """Return the figures of a pair."""
    first, second = patches
    smaller = min(np.count_nonzero(first), np.count_nonzero(second))
    both = np.count_nonzero(first & second)
    pictures = frame.base, frame.follow
    bright, dark, red = _unexplained(a, b, pictures, inside)
    whole = inside | ring
    return Figures(
        separation=min(a.axis.separation, b.axis.separation),
        contrast=_contrast(b, a.axis.direction, second, inside, ring) / max(a.axis.contrast, 1e-3),
        containment=both / smaller if smaller > 0.02 * np.count_nonzero(inside) else 1.0,
        spread=float(changes.std()),
        bright=bright,
        dark=dark,
        red=red,
        clipped=max(float(np.mean(each[inside].max(1) >= _FULL)) for each in pictures),
        skin_clipped=max(float(np.mean(each[ring].max(1) >= _FULL)) for each in pictures),
        patch_level=max(_level(each, patch) for each, patch in zip(pictures, patches, strict=True)),
        gloom=min(float(np.median(each[inside].max(1))) for each in pictures),
        slope=max(float(np.ptp(np.percentile(each.light[whole].mean(1), (1, 99)))) for each in (a, b)),
        blur=_blur(frame, whole),
    )


def reasons(found: Figures) -> tuple[Reason, ...]:
    """Return what speaks against an answer, the likeliest cause first."""
    out = []
    if found.separation < _SEPARATION:
        out.append(Reason.LOW_CONTRAST)
    shaded = found.dark > 0.1 or found.slope > 0.9
    if found.bright > _BRIGHT:
        out.append(Reason.SHADOW if shaded else Reason.HIGHLIGHT)
    elif found.contrast > _CONTRAST or (found.clipped > _CLIPPED and found.patch_level < _BELOW_CLIPPING):
        out.append(Reason.HIGHLIGHT)
    if found.red > (_RED if found.separation > _PLAIN else _RED_ON_FAIR):
        out.append(Reason.REDNESS)
    if found.gloom < _GLOOM or found.skin_clipped > _CLIPPED or found.slope > _SLOPE:
        out.append(Reason.LIGHT)
    if found.blur < _BLUR:
        out.append(Reason.FOCUS)
    if found.containment < _CONTAINMENT:
        out.append(Reason.DISPLACED)
    if found.spread > _SPREAD and not out:
        out.append(Reason.UNSTEADY)
    return tuple(out)


def _contrast(b: Pigment, direction: Array, patch: Array, inside: Array, ring: Array) -> float:
    if np.count_nonzero(patch) < 0.02 * np.count_nonzero(inside):
        return 0.0
    value = b.residual @ direction.astype(np.float32)
    return float(np.median(value[ring]) - np.median(value[patch]))


def _level(picture: Array, patch: Array) -> float:
    return float(np.median(picture[patch].max(1))) if patch.any() else 0.0


def _unexplained(a: Pigment, b: Pigment, pictures: tuple[Array, Array], inside: Array) -> tuple[float, float, float]:
    """Return the shares of the inside whose colour no pigment explains: too bright, too dark, and redder than before.

    Each density residual is split into pigment (the base's own direction from patch to skin), grey and blood.
    """
    import cv2

    # Where a channel is full, its colour is not the skin's.
    inside = inside & (np.maximum(*pictures).max(2) < _FULL)
    if np.count_nonzero(inside) < 100:
        return 0.0, 0.0, 0.0
    patch = inside & (a.share < 0.3)
    skin = inside & (a.share > 0.8)
    if np.count_nonzero(patch) < 50:
        return 0.0, 0.0, 0.0
    gap = (np.median(a.residual[skin], 0) if np.count_nonzero(skin) > 50 else 0) - np.median(a.residual[patch], 0)
    parts = np.linalg.inv(np.stack((gap, _GREY, _BLOOD), 1))
    grey, red = [], []
    for each in (a, b):
        smooth = cv2.GaussianBlur(each.residual, (0, 0), 2.5)
        split = smooth @ parts.T.astype(np.float32)
        grey.append(split[..., 1][inside])
        red.append(split[..., 2][inside])
    bright = max(float(np.mean(each < -0.22)) for each in grey)
    dark = max(float(np.mean(each > 0.22)) for each in grey)
    return bright, dark, float(np.mean(np.abs(red[1] - red[0]) > 0.25))


def _blur(frame: Frame, where: Array) -> float:
    import cv2

    energy = []
    for picture in (frame.base, frame.follow):
        depth = np.log(picture[..., 1].astype(np.float32) + 4)
        fine = cv2.GaussianBlur(depth, (0, 0), 0.8) - cv2.GaussianBlur(depth, (0, 0), 2.2)
        energy.append(float(np.median(np.abs(fine[where]))))
    return min(energy) / max(*energy, 1e-6)

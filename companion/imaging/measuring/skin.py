"""The person's own skin round the outline: what the patch is compared with."""

from __future__ import annotations

from typing import Any

import numpy as np

from companion.imaging.measuring.frame import Frame
from companion.imaging.measuring.optics import density

Array = Any

_GAP, _NEAR, _FAR = 0.03, 0.22, 0.55  # of the outline's radius
_LEAST = 0.12  # of the outline's area


def own_skin(frame: Frame) -> Array | None:
    """Return the mask (bool) of skin round the outline that is seen on both photographs, or None if there is little.

    Cloth, background and what else differs in colour from the skin next to the outline is left out.
    """
    import cv2

    away = frame.distance / frame.radius
    around = (away > _GAP) & (away < _FAR) & frame.seen_base & frame.seen_follow
    near = around & (away < _NEAR)
    if np.count_nonzero(near) < 200:
        return None
    kept = around
    for picture in (frame.base, frame.follow):
        kept = kept & _alike(density(picture), near)
    small = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    kept = cv2.morphologyEx(kept.astype(np.uint8), cv2.MORPH_OPEN, small)
    # What is cut off from the outline by something else is not taken for its skin.
    joined = cv2.connectedComponents(cv2.bitwise_or(kept, (away <= _GAP + 0.02).astype(np.uint8)))[1]
    home = joined[frame.inside]
    ring = (kept > 0) & (joined == np.bincount(home[home > 0]).argmax() if (home > 0).any() else False)
    enough = np.count_nonzero(ring) > _LEAST * np.count_nonzero(frame.inside)
    return ring if enough else None


def _alike(values: Array, near: Array) -> Array:
    """Return where colour and brightness are those of the pixels in ``near``."""
    tint = np.stack((values[..., 0] - values[..., 1], values[..., 1] - values[..., 2], values.mean(2) / 3), -1)
    middle = np.median(tint[near], 0)
    spread = 1.4826 * np.median(np.abs(tint[near] - middle), 0)
    bound = np.maximum(4.5 * spread, (0.10, 0.10, 0.20)).astype(np.float32)
    return (np.abs(tint - middle) < bound).all(-1)

"""A first, projective fit: features of the skin found in both photographs.

SIFT (Lowe, IJCV 2004) with square-rooted descriptors (Arandjelović and Zisserman, CVPR 2012), mutual matches, and
MAGSAC++ (Barath et al., CVPR 2020) to tell those that agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any

_MOST = 4000
_CONTRAST, _EDGE = 0.012, 15
_RATIO = 0.85
_TOLERANCE_PX = 3.0
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class Fit:
    """A projective fit between two reduced pictures, and how many features agree with it."""

    matrix: Array
    inliers: int


def fit(base: Array, follow: Array, mask: Array | None) -> Fit | None:
    """Return the fit of two normalised pictures (uint8); of the base only what lies in ``mask`` counts.

    None where nothing believable agrees: mirrored, folded, or more than about twice as near or far.
    """
    import cv2

    finder = cv2.SIFT_create(  # type: ignore[attr-defined,unused-ignore]
        _MOST, 3, _CONTRAST, _EDGE
    )
    points_base, words_base = _found(finder, base, mask)
    points_follow, words_follow = _found(finder, follow, None)
    if min(len(points_base), len(points_follow)) < _FEWEST:
        return None
    first, second = _matches(words_base, words_follow)
    if len(first) < _FEWEST:
        return None
    source, target = points_base[first], points_follow[second]
    cv2.setRNGSeed(1)
    matrix, kept = cv2.findHomography(source, target, cv2.USAC_MAGSAC, _TOLERANCE_PX, maxIters=20000, confidence=0.9999)
    if matrix is None or kept is None or int(kept.sum()) < _FEWEST:
        return None
    return Fit(matrix, int(kept.sum())) if _believable(matrix, source[kept.ravel() > 0]) else None


def _found(finder: Any, picture: Array, mask: Array | None) -> tuple[Array, Array]:
    keys, words = finder.detectAndCompute(picture, mask)
    if words is None:
        return np.zeros((0, 2)), np.zeros((0, 128), np.float32)
    words = np.sqrt(words / np.maximum(words.sum(1, keepdims=True), 1e-6))
    return np.array([key.pt for key in keys], np.float64), words.astype(np.float32)


def _matches(base: Array, follow: Array) -> tuple[Array, Array]:
    """Return the indices of features that are each other's nearest, and clearly nearer than the next."""
    alike = base @ follow.T
    rows = np.arange(len(base))
    best = alike.argmax(1)
    top = alike[rows, best]
    mutual = alike.argmax(0)[best] == rows
    alike[rows, best] = -1
    distance, next_distance = (np.sqrt(np.maximum(2 - 2 * each, 1e-9)) for each in (top, alike.max(1)))
    kept = mutual & (distance < _RATIO * next_distance)
    return rows[kept], best[kept]


def _believable(matrix: Array, points: Array) -> bool:
    """Return whether a matrix keeps the area of points facing the camera, and of a possible size."""
    depth = points @ matrix[2, :2] + matrix[2, 2]
    if depth.min() <= 0:
        return False
    growth = np.linalg.det(matrix) / depth**3
    return bool(growth.min() > 0.15 and growth.max() < 7)

"""The second fit: small tiles of skin looked for where the first fit says, and a gentle bend through what they say.

Tiles on the changing edge of a patch disagree with their neighbours and lose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from companion.imaging.aligning.warp import TERMS, Array, Warp, basis

_PEAK = 0.35
"""Least correlation of a tile that counts."""
_ROUNDS = 12
_NEAR_PX, _FAR_PX = 1.5, 3.0


@dataclass(frozen=True, slots=True)
class Bent:
    """A warp bent to the tiles, and what they say of it. Lengths are pixels of the pictures compared."""

    warp: Warp
    tried: int
    near: int
    """Tiles not far from the fit."""
    agreeing: int
    """Tiles close to it."""
    likeness: float
    """Median correlation of the agreeing tiles."""
    residual: float
    """Median distance of the agreeing tiles from the fit."""
    error: float
    """Standard error of the fit inside the outline."""


def bend(
    base: Array, follow: Array, warp: Warp, where: Array, inside: Array, *, tile: int, search: int, order: int
) -> Bent | None:
    """Return ``warp`` bent so that tiles of ``follow`` fall on those of ``base``, or None where hardly any does.

    Args:
        base, follow: normalised pictures (uint8).
        warp: base pixels to follow pixels.
        where: mask of the base (uint8) in which tiles are compared.
        inside: points (n, 2) of the base for which the error is told.
        tile, search: side of a tile, and how far it is looked for, in pixels.
        order: of the polynomial, 2 or 3.
    """
    height, width = base.shape
    seen, there = warp.pulled(follow, width, height)
    centres = _centres(where, there, tile, search)
    if len(centres) < 3 * TERMS[order]:
        return None
    shifts, peaks = _shifts(base, seen, centres, tile, search)
    good = peaks >= _PEAK
    if good.sum() < 2 * TERMS[order]:
        return None
    at, found = centres[good] + 0.0, centres[good] + shifts[good]
    # The whole bend is fitted anew, so that rounds do not pile polynomials on each other.
    wanted = found + warp.moved(found) - at
    middle = (float(inside[:, 0].mean()), float(inside[:, 1].mean()))
    reach = float(np.abs(at - middle).max()) or 1.0
    x, y = ((at - middle) / reach).T
    terms = basis(x, y, order)
    coefficients, weights, spread = _robust(terms, wanted, peaks[good])
    away = np.hypot(*(wanted - terms @ coefficients).T)
    agreeing = away < max(_NEAR_PX, 2 * spread)
    if agreeing.sum() < 2 * TERMS[order]:
        return None
    x, y = ((inside - middle) / reach).T
    here = basis(x, y, order)
    spread_matrix = np.linalg.pinv(terms.T @ (terms * weights[:, None]))
    leverage = np.einsum("ij,jk,ik->i", here, spread_matrix, here)
    return Bent(
        warp=replace(warp, bend=coefficients, centre=middle, reach=reach),
        tried=len(centres),
        near=int((away < _FAR_PX).sum()),
        agreeing=int((away < _NEAR_PX).sum()),
        likeness=float(np.median(peaks[good][agreeing])),
        residual=float(np.median(away[agreeing])),
        error=float(spread * np.sqrt(np.mean(np.maximum(leverage, 0)))),
    )


def _centres(where: Array, there: Array, tile: int, search: int) -> Array:
    """Return the middles of tiles, some 400 of them, that lie in the mask and are seen with room to search."""
    import cv2

    margin = tile // 2 + search + 1
    room = cv2.erode(
        (there * 255).astype(np.uint8),
        np.ones((2 * (tile // 2) + 1, 2 * (tile // 2) + 1), np.uint8),
        borderType=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
    step = max(8, round(np.sqrt(np.count_nonzero(where) / 420)))
    height, width = where.shape
    y, x = np.mgrid[margin : height - margin : step, margin : width - margin : step]
    kept = (where[y, x] > 0) & (room[y, x] > 0)
    return np.stack((x[kept], y[kept]), 1)


def _shifts(base: Array, seen: Array, centres: Array, tile: int, search: int) -> tuple[Array, Array]:
    """Return by how much each tile lies elsewhere (to a fraction of a pixel), and its correlation there."""
    import cv2

    half, shifts, peaks = tile // 2, np.zeros((len(centres), 2)), np.zeros(len(centres))
    for number, (x, y) in enumerate(centres.tolist()):
        piece = base[y - half : y + half, x - half : x + half]
        area = seen[y - half - search : y + half + search, x - half - search : x + half + search]
        likeness = cv2.matchTemplate(area, piece, cv2.TM_CCOEFF_NORMED)
        _, peak, _, (column, row) = cv2.minMaxLoc(likeness)
        if not (0 < column < 2 * search and 0 < row < 2 * search):
            continue  # its best place may lie beyond
        left, right = likeness[row, column - 1], likeness[row, column + 1]
        above, below = likeness[row - 1, column], likeness[row + 1, column]
        shifts[number] = (
            column - search + _vertex(left, peak, right),
            row - search + _vertex(above, peak, below),
        )
        peaks[number] = peak
    return shifts, peaks


def _vertex(before: float, peak: float, after: float) -> float:
    """Return where the parabola through three values has its top, from the middle one."""
    bow = before - 2 * peak + after
    return float(0.5 * (before - after) / bow) if bow < 0 else 0.0


def _robust(terms: Array, wanted: Array, trust: Array) -> tuple[Any, Any, float]:
    """Return coefficients (terms, 2) that the many agree on, the last weights, and the spread (pixels).

    Cauchy weights, repeated; the first spread is wide, so that a minority cannot capture the fit.
    """
    weights = trust**2
    ridge = 1e-4 * np.diag([0.0, 0, 0] + [1.0] * (terms.shape[1] - 3)) * len(terms)
    spread = 3.0
    for _ in range(_ROUNDS):
        lever = terms.T * weights
        coefficients = np.linalg.solve(lever @ terms + ridge, lever @ wanted)
        away = np.hypot(*(wanted - terms @ coefficients).T)
        spread = max(0.15, min(spread, 1.4826 * float(np.median(away))))
        weights = trust**2 / (1 + (away / (1.5 * spread)) ** 2)
    return coefficients, weights / max(float(weights.max()), 1e-9), spread

"""Line photographs up by points a person placed in both, then by the skin's texture if that agrees."""

from __future__ import annotations

import numpy as np

from companion.domain.measuring import MIN_POINTS, Alignment, Method, Points, Reason
from companion.imaging.aligning.align import (
    Evidence,
    LinedUp,
    judged,
    outline_of,
    refine,
    relied_on,
    valued,
    visible_share,
)
from companion.imaging.aligning.texture import Prepared
from companion.imaging.aligning.warp import Array, Warp

LARGEST_RESIDUAL = 1.0
"""Largest residual of the points alone, in % of the width, for the fit to count."""

_START = 5.0  # % of the width: the texture may still find its place from here
_LEAST_SPREAD = 0.03  # of the width: the narrower extent of the points


def preview(
    points_base: Points, points_follow: Points, base_size: tuple[int, int], follow_size: tuple[int, int]
) -> Alignment:
    """Return what the points alone say (turn, shift and size), without looking at the pictures: quick, for a drag.

    Sizes are (width, height) in pixels. ``residual`` is how far the points stay apart, in % of the base's width,
    corrected for how few they are.
    """
    width, height = base_size
    line = np.array(((0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)), float)
    warp, residual, reasons = _fitted(points_base, points_follow, width)
    visible = visible_share(warp, line, *follow_size)
    return valued(Method.POINTS, warp, residual, reasons, visible)


def line_up_by_points(
    base: Array, follow: Array, points_base: Points, points_follow: Points, outline: Array | None = None
) -> LinedUp:
    """Return the alignment by points (pixels of each upright RGB picture), refined by texture where that agrees."""
    first, second = Prepared(base), Prepared(follow)
    line = outline_of(first, outline)
    warp, residual, reasons = _fitted(points_base, points_follow, first.width)
    if Reason.TOO_FEW_POINTS in reasons or Reason.POINTS_TOO_CLOSE in reasons:
        return LinedUp(valued(Method.POINTS, warp, residual, reasons, 0.0), Evidence())
    if residual is not None and residual <= _START:
        bent = refine(first, second, warp, line)
        if bent is not None and relied_on(bent, first):
            return judged(first, second, line, warp, bent, Method.POINTS_REFINED, 0)
    visible = visible_share(warp, line, second.width, second.height)
    return LinedUp(valued(Method.POINTS, warp, residual, reasons, visible), Evidence())


def _fitted(points_base: Points, points_follow: Points, width: int) -> tuple[Warp, float | None, tuple[Reason, ...]]:
    """Return the least-squares similarity, its residual in % of the width, and what speaks against it."""
    if len(points_base) != len(points_follow):
        raise ValueError("points come in pairs")
    if len(points_base) < MIN_POINTS:
        return Warp(np.eye(3)), None, (Reason.TOO_FEW_POINTS,)
    source, target = np.array(points_base, float), np.array(points_follow, float)
    if min(_narrow(source), _narrow(target)) < _LEAST_SPREAD * width:
        return Warp(np.eye(3)), None, (Reason.POINTS_TOO_CLOSE,)
    matrix = similarity(source, target)
    size = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    away = target - (source @ matrix[:2, :2].T + matrix[:2, 2])
    freedom = 2 * len(source) - 4
    residual = 100 * float(np.sqrt((away**2).sum() / freedom)) / size / width
    reasons = (Reason.POINTS_DISAGREE,) if residual > LARGEST_RESIDUAL else ()
    return Warp(matrix), residual, reasons


def similarity(source: Array, target: Array) -> Array:
    """Return the 3 x 3 turn, shift and size that brings points nearest to others (Umeyama, PAMI 1991)."""
    from_middle, to_middle = source.mean(0), target.mean(0)
    a, b = source - from_middle, target - to_middle
    left, values, right = np.linalg.svd(b.T @ a)
    sign = np.array((1.0, np.sign(np.linalg.det(left @ right)) or 1.0))
    turn = left @ np.diag(sign) @ right
    size = float((values * sign).sum() / (a**2).sum())
    matrix = np.eye(3)
    matrix[:2, :2] = size * turn
    matrix[:2, 2] = to_middle - size * turn @ from_middle
    return matrix


def _narrow(points: Array) -> float:
    """Return the narrower extent of points, in pixels: small where they lie on a line."""
    centred = points - points.mean(0)
    return float(np.linalg.svd(centred, compute_uv=False)[-1])

"""Measure one pair of photographs: the areas, the change, its honest range, or the reasons for none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from companion.domain.measuring import Alignment, Measurement, Reason
from companion.imaging.aligning.align import LinedUp
from companion.imaging.aligning.warp import Warp, projected
from companion.imaging.measuring import checks
from companion.imaging.measuring.frame import Frame, framed
from companion.imaging.measuring.optics import Surface, density
from companion.imaging.measuring.pigment import RED_BLUE, Pigment, first_map, next_map
from companion.imaging.measuring.skin import own_skin

Array = Any

ORDERS = (1, 2, 3)
THRESHOLDS = (0.4, 0.5, 0.6)
FLOOR = 0.0075
"""Least half-width of the range of a change: what no setting of the working shows."""

_SMALLEST_PX = 40  # of the outline's shorter extent, in base pixels
_LEAST_PATCH = 0.03  # of the outline


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement with what the page draws: where the patch is on each date, in one frame, and the checks' figures.

    Masks are (height, width) bool; ``to_base`` is the matrix from frame pixels to base pixels.
    """

    value: Measurement
    mask_base: Array | None = None
    mask_follow: Array | None = None
    inside: Array | None = None
    to_base: Array | None = None
    figures: checks.Figures | None = None


def measure(
    base: Array, follow: Array, outline: Array, lined_up: LinedUp, own_deviation: float | None = None
) -> Measured:
    """Return the area without colour inside ``outline`` (n, 2; base pixels) on both upright RGB pictures (uint8).

    ``own_deviation`` is the person's own repeatability (`Repeatability.deviation`), where it is known.
    """
    alignment = lined_up.alignment
    outline = np.asarray(outline, float)
    if not alignment.accepted:
        return Measured(_none(alignment, alignment.reasons))
    if float(np.ptp(outline, 0).min()) < _SMALLEST_PX:
        return Measured(_none(alignment, (Reason.OUTLINE_TOO_SMALL,)))
    frame = framed(base, follow, outline, Warp.of(alignment))
    ring = own_skin(frame)
    if ring is None:
        return Measured(_none(alignment, (Reason.NO_SKIN_AROUND,)))
    inside = frame.inside & frame.seen_base & frame.seen_follow
    first, second = density(frame.base), density(frame.follow)
    a, b = _both(first, second, Surface(inside.shape), inside, ring, 2, None)
    patches = inside & (a.share < THRESHOLDS[1]), inside & (b.share < THRESHOLDS[1])
    before, after = (float(np.count_nonzero(each) / np.count_nonzero(inside)) for each in patches)
    if before < _LEAST_PATCH:
        return Measured(_none(alignment, (Reason.NO_PATCH,)), *patches, inside, frame.to_base)
    changes = _changes(first, second, inside, ring)
    change = after / before - 1
    error = lined_up.evidence.error or alignment.residual or 0.0
    half = half_width(
        change, float(changes.std()), error * base.shape[1] / 100, _radius(outline), own_deviation, before
    )
    figures = checks.figures(frame, a, b, patches, inside, ring, changes)
    reasons = checks.reasons(figures)
    value = Measurement(
        alignment,
        before,
        after,
        change,
        max(-1.0, change - half),
        change + half,
        not reasons,
        reasons,
        _edges(patches[0], frame),
        _edges(patches[1], frame),
    )
    return Measured(value, *patches, inside, frame.to_base, figures)


def half_width(
    change: float, spread: float, error_px: float, radius_px: float, own: float | None, before: float
) -> float:
    """Return half the width of the range of a change.

    Settings of the working disagree by ``spread``; the alignment errs by ``error_px`` round an outline of
    ``radius_px``; the rest is ``FLOOR``, or the person's own repeatability where two shots a visit have shown it.
    """
    floor = FLOOR
    if own is not None and before > 0:
        floor = max(FLOOR / 2, 1.96 * own * math.sqrt(1 + (1 + change) ** 2) / before)
    return math.sqrt((2 * spread) ** 2 + floor**2 + (2 * error_px / radius_px * (1 + change)) ** 2)


def _changes(first: Array, second: Array, inside: Array, ring: Array) -> Array:
    """Return the change each setting gives: order of the light, axis and threshold; from every other pixel."""
    first, second, inside, ring = (each[::2, ::2] for each in (first, second, inside, ring))
    surface, out = Surface(inside.shape), []
    for order, fixed in product(ORDERS, (None, RED_BLUE)):
        a, b = _both(first, second, surface, inside, ring, order, fixed)
        for limit in THRESHOLDS:
            before, after = np.mean(a.share[inside] < limit), np.mean(b.share[inside] < limit)
            if before > _LEAST_PATCH / 2:
                out.append(after / before - 1)
    return np.array(out or [0.0, math.inf])


def _both(
    first: Array, second: Array, surface: Surface, inside: Array, ring: Array, order: int, fixed: Array | None
) -> tuple[Pigment, Pigment]:
    base = first_map(first, surface, inside, ring, order, fixed)
    return base, next_map(second, surface, inside, ring, order, fixed, base)


def _none(alignment: Alignment, reasons: tuple[Reason, ...]) -> Measurement:
    return Measurement(alignment, None, None, None, None, None, False, reasons)


def _radius(outline: Array) -> float:
    import cv2

    return math.sqrt(max(1.0, float(cv2.contourArea(outline.astype(np.float32)))) / math.pi)


def _edges(mask: Array, frame: Frame) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the edges of a mask as closed lines in base pixels, smallest specks left out."""
    import cv2

    lines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    out = []
    for line in lines:
        if cv2.contourArea(line) < 12:
            continue
        points = projected(frame.to_base, cv2.approxPolyDP(line, 0.5, True)[:, 0].astype(float))
        out.append(tuple((round(float(x), 1), round(float(y), 1)) for x, y in points))
    return tuple(out)

"""Line up and measure two pictures that were taken in, in pixels of the pictures as they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from companion.domain.measuring import Alignment, Measurement, Points
from companion.domain.pictures import TakenIn
from companion.imaging.aligning.align import line_up
from companion.imaging.aligning.points import line_up_by_points
from companion.imaging.aligning.warp import Array, Warp, resized
from companion.imaging.measuring.measure import measure
from companion.imaging.picturefiles import pixels


def measured(
    base: TakenIn, follow: TakenIn, outline: Points, pairs: Sequence[Sequence[float]] | None = None
) -> Measurement:
    """Return the measurement of ``outline`` (pixels of ``base`` as shown upright).

    ``pairs`` are hand-placed points, (x, y) on ``base`` and (x, y) on ``follow``; without them the skin is recognised.
    """
    first, second = pixels(base.display), pixels(follow.display)
    by_base, by_follow = first.shape[1] / base.width, second.shape[1] / follow.width
    line = _scaled(np.array(outline, float), by_base)
    if pairs is None:
        lined_up = line_up(first, second, line)
    else:
        spots = np.array(pairs, float)
        lined_up = line_up_by_points(
            first, second, _pairs(_scaled(spots[:, :2], by_base)), _pairs(_scaled(spots[:, 2:], by_follow)), line
        )
    value = measure(first, second, line, lined_up).value
    back = 1 / by_base
    return replace(
        value,
        alignment=enlarged(value.alignment, back, 1 / by_follow),
        edges_base=_edges(value.edges_base, back),
        edges_follow=_edges(value.edges_follow, back),
    )


def enlarged(alignment: Alignment, base: float, follow: float) -> Alignment:
    """Return an alignment for the same pictures enlarged by ``base`` and ``follow``."""
    warp = Warp.of(alignment).scaled(base, follow)
    return replace(
        alignment,
        matrix=tuple(float(value) for value in warp.matrix.ravel()),
        bend=tuple((float(x), float(y)) for x, y in warp.bend) if warp.bend is not None else (),
        centre=warp.centre,
        reach=warp.reach,
    )


def _scaled(points: Array, by: float) -> Array:
    return points @ resized(by)[:2, :2].T + resized(by)[:2, 2]


def _pairs(points: Array) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]


def _edges(
    edges: tuple[tuple[tuple[float, float], ...], ...], by: float
) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(
        tuple((round(by * (x + 0.5) - 0.5, 1), round(by * (y + 0.5) - 0.5, 1)) for x, y in line) for line in edges
    )

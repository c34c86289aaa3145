"""The area without colour: its outline, and how colour comes back from the margin and round the hairs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from companion.imaging.skin.fields import Canvas, Field, noise, smooth_max
from companion.imaging.skin.forms import Form

DIVIDER = 2
"""The patch is worked out at half the resolution; its soft border hides that."""

REACH = 14.0
"""Fields are cut off at this distance from the border, in pixels: beyond it nothing changes."""


@dataclass(frozen=True, slots=True)
class Island:
    """A hair root from which colour spreads: where, from which moment (0 to 1), and how far compared with others."""

    column: float
    row: float
    from_moment: float
    vigour: float


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch. ``depth`` is positive inside its first outline. All sizes are in pixels of the half resolution."""

    depth: Field
    islands: tuple[Island, ...]
    island_radius: float
    roughness: Field
    margin_first: float


def make_patch(form: Form, canvas: Canvas, rng: np.random.Generator) -> Patch:
    """Return the patch of a place: a few rounded lobes grown together, with an uneven outline."""
    x, y = canvas.grid(DIVIDER)
    shape, unit = canvas.shape(DIVIDER), canvas.unit(DIVIDER)
    (cx, cy), radius = form.patch_centre, form.patch_radius
    turn = rng.uniform(0, 2 * math.pi)
    depth = 0.82 * radius - np.hypot((x - cx) / rng.uniform(0.9, 1.15), y - cy)
    for lobe in range(1, 5):
        angle = turn + lobe * 2.4 + rng.normal(0, 0.3)
        away, size, flat = radius * rng.uniform(0.45, 0.85), radius * rng.uniform(0.35, 0.60), rng.uniform(0.85, 1.2)
        dx, dy = x - cx - 1.15 * away * math.cos(angle), y - cy - 0.85 * away * math.sin(angle)
        depth = smooth_max(depth, size - np.hypot(dx / flat, dy * flat), 0.05)
    for size, strength in ((0.75, 0.085), (0.30, 0.05), (0.12, 0.022), (0.05, 0.008)):
        depth = depth + radius * strength * noise(rng, shape, size * radius * unit)
    depth = (depth * unit).astype(np.float32)
    islands = _islands(form, canvas, rng, depth)
    return Patch(depth, islands, form.island_radius * radius * unit, 1.1 * noise(rng, shape, 7), form.margin_first)


def _islands(form: Form, canvas: Canvas, rng: np.random.Generator, depth: Field) -> tuple[Island, ...]:
    """Return the hair roots inside the patch, spread evenly but not regularly."""
    (cx, cy), radius = form.patch_centre, form.patch_radius
    step = radius * 1.9 / math.sqrt(form.follicles)
    reach = int(2.6 * radius / step)
    readiness = noise(rng, depth.shape, 0.9 * radius * canvas.unit(DIVIDER))  # some parts answer sooner than others
    islands = []
    for i in range(-reach, reach + 1):
        for j in range(-reach, reach + 1):
            x, y = cx + (i + rng.uniform(-0.42, 0.42)) * step, cy + (j + rng.uniform(-0.42, 0.42)) * step
            moment, vigour = rng.uniform(0.0, 0.8), rng.uniform(0.4, 1.4)
            column, row = canvas.pixels(x, y, DIVIDER)
            inside = 0 <= row < depth.shape[0] and 0 <= column < depth.shape[1]
            if inside and depth[int(row), int(column)] > 0:
                moment += 0.22 * float(readiness[int(row), int(column)])
                islands.append(Island(column, row, min(max(moment, 0.0), 1.0), vigour))
    return tuple(islands)


def uncoloured(patch: Patch, share: float) -> tuple[Field, Field]:
    """Return how deep each pixel lies in the area without colour when ``share`` (0 to 1) of it is left.

    The first field is positive inside, in pixels of the half resolution, cut off at ``REACH``; its positive part
    has exactly the share asked for, to a pixel. The second is positive inside the islands of returned colour.
    """
    returned = _returned(patch, 1 - share)
    if share >= 1:
        return np.clip(patch.depth, -REACH, REACH), returned
    wanted = int(share * np.count_nonzero(patch.depth > 0))
    free = patch.depth[(returned <= 0) & (patch.depth > 0)]
    if wanted <= 0:
        retreat = float(patch.depth.max()) + REACH
    elif wanted >= len(free):
        retreat = 0.0
    else:
        retreat = float(np.partition(free, len(free) - wanted)[len(free) - wanted])
    return np.clip(np.minimum(patch.depth - retreat, -returned), -REACH, REACH), returned


def _returned(patch: Patch, gone: float) -> Field:
    """Return the field of the islands once ``gone`` (0 to 1) of the patch has its colour back."""
    field = np.full(patch.depth.shape, -REACH, np.float32)
    for island in patch.islands:
        age = 1.1 * gone - island.from_moment * (1 - patch.margin_first) - patch.margin_first
        if age <= 0:
            continue
        radius = island.vigour * patch.island_radius * age**0.6
        reach = int(radius + REACH) + 2
        top, left = max(0, int(island.row) - reach), max(0, int(island.column) - reach)
        window = field[top : int(island.row) + reach, left : int(island.column) + reach]
        rows, columns = np.arange(top, top + window.shape[0]), np.arange(left, left + window.shape[1])
        away = np.hypot(columns[None] - island.column, rows[:, None] - island.row)
        np.maximum(window, (radius - away).astype(np.float32), out=window)
    return field + patch.roughness * (field > -REACH / 2)

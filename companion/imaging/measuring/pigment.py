"""How much colour each place inside the outline has, from 0 (none) to 1 (as the skin around)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from companion.imaging.measuring.optics import Surface

Array = Any

RED_BLUE = np.array((-1.0, 0.0, 1.0))
"""The direction of blue against red: grey shadows do not move along it. Channels are red, green, blue densities."""

_ROUNDS = 4
_EDGE = 0.25, 0.75  # pixels between these shares are edge and take no side in the next fit
_FEW = 0.02  # of the outline: fewer patch pixels say nothing of a direction


@dataclass(frozen=True, slots=True)
class Axis:
    """From the skin's colour to the patch's: a direction in densities, and where both lie on it.

    ``separation`` is how many standard deviations lie between.
    """

    direction: Array
    skin: float
    patch: float
    separation: float

    @property
    def contrast(self) -> float:
        """Return how far patch and skin lie apart along the direction."""
        return self.skin - self.patch


@dataclass(frozen=True, slots=True)
class Pigment:
    """A pigment map (float32, about 0 to 1), the densities less the light, and the axis the map was made along."""

    share: Array
    residual: Array
    light: Array
    axis: Axis


def first_map(density: Array, surface: Surface, inside: Array, ring: Array, order: int, fixed: Array | None) -> Pigment:
    """Return the pigment of a photograph of which nothing is known yet.

    Two first guesses are followed, one by brightness and one by colour, and the one that ends better separated wins.
    ``fixed`` is a direction to keep; None finds the best one.
    """
    residual = density - surface.fit(density, ring, min(order, 2))
    found = []
    for direction in (np.ones(3), RED_BLUE):
        value = residual @ direction.astype(np.float32)
        level = _split(value[inside], float(value[ring].std()))
        found.append(_settled(density, surface, inside, ring, inside & (value < level), order, fixed, None))
    return max(found, key=lambda each: each.axis.separation)


def next_map(
    density: Array, surface: Surface, inside: Array, ring: Array, order: int, fixed: Array | None, known: Pigment
) -> Pigment:
    """Return the pigment of a later photograph of the same place, starting from what the first one taught."""
    residual = density - surface.fit(density, ring, min(order, 2))
    axis = known.axis
    value = residual @ axis.direction.astype(np.float32)
    skin = float(np.median(value[ring]))
    patch = inside & (value < skin - 0.5 * axis.contrast)
    return _settled(density, surface, inside, ring, patch, order, fixed, axis)


def _settled(
    density: Array,
    surface: Surface,
    inside: Array,
    ring: Array,
    patch: Array,
    order: int,
    fixed: Array | None,
    known: Axis | None,
) -> Pigment:
    """Return the map a first guess of the patch leads to, light, axis and patch being found in turn."""
    skin = ring | (inside & ~patch)
    for number in range(_ROUNDS):
        light = surface.fit(density, skin, order if number else min(order, 2))
        residual = density - light
        axis = _axis(residual, skin, patch, fixed, known, _FEW * np.count_nonzero(inside))
        share = (residual @ axis.direction.astype(np.float32) - np.float32(axis.patch)) / np.float32(axis.contrast)
        patch = inside & (share < _EDGE[0])
        skin = ring | (inside & (share > _EDGE[1]))
    return Pigment(share, residual, light, axis)


def _axis(residual: Array, skin: Array, patch: Array, fixed: Array | None, known: Axis | None, few: float) -> Axis:
    """Return the axis from skin to patch: Fisher's discriminant, or along ``fixed``.

    Where too few patch pixels are left to tell, the known axis serves, with its contrast.
    """
    own, bare = residual[skin][::3], residual[patch][::3]
    middle = np.median(own, 0)
    if 3 * len(bare) < max(few, 60):
        direction = fixed if fixed is not None else known.direction if known is not None else np.ones(3)
        contrast = known.contrast if known is not None and fixed is None else 0.3
        if known is not None and fixed is not None:
            contrast = known.contrast
        level, spread = float(middle @ direction), max(float((own @ direction).std()), 1e-3)
        return Axis(direction, level, level - contrast, contrast / spread if known is not None else 0.0)
    gap = middle - np.median(bare, 0)
    if fixed is None:
        scatter = np.cov(own.T) + np.cov(bare.T) + 2e-4 * np.eye(3)
        direction = np.linalg.solve(scatter, gap)
        direction = direction / (np.abs(direction).sum() or 1.0)
    else:
        direction = fixed
    values, bare_values = own @ direction, bare @ direction
    level, low = float(np.median(values)), float(np.median(bare_values))
    spread = np.sqrt((_spread(values) ** 2 + _spread(bare_values) ** 2) / 2)
    if level - low < 1e-3:
        return Axis(direction, level, level - 1.0, 0.0)
    return Axis(direction, level, low, (level - low) / max(spread, 1e-3))


def _spread(values: Array) -> float:
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def _split(values: Array, noise: float) -> float:
    """Return the value that best parts values in two (Otsu, IEEE SMC 1979), at least beyond the noise of skin."""
    low, high = np.percentile(values, (0.5, 99.5))
    counts, edges = np.histogram(values, 96, (low, high + 1e-6))
    middles = (edges[1:] + edges[:-1]) / 2
    below, above = np.cumsum(counts), counts.sum() - np.cumsum(counts)
    sums = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    best = float(edges[1 + int(np.nanargmax(np.where(np.isfinite(between), between, -1)))])
    return min(best, -1.5 * noise)

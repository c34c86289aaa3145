"""Arrays the drawing is made of: smooth noise, cells, soft steps and the canvas they lie on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]

MARGIN = 0.06
"""The canvas reaches this much beyond the photograph on each side, as a share of it: room for an unsteady hand."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The surface that is drawn, of which a photograph shows all but the margin.

    Places on it are in frame units: y from 0 (top) to 1 (bottom) of the photograph, x in the same unit.
    """

    width: int
    height: int

    @property
    def scale(self) -> float:
        """How large a pixel-sized detail is drawn, 1 where the photograph is 1200 pixels wide."""
        return self.width / 1200

    def shape(self, divider: int = 1) -> tuple[int, int]:
        """Return rows and columns of the canvas at a fraction of its resolution."""
        full = 1 + 2 * MARGIN
        return int(self.height * full) // divider, int(self.width * full) // divider

    def grid(self, divider: int) -> tuple[Field, Field]:
        """Return the x and y of every pixel, in frame units."""
        rows, columns = self.shape(divider)
        x = (np.arange(columns, dtype=np.float32) / columns * (1 + 2 * MARGIN) - MARGIN) * (self.width / self.height)
        y = np.arange(rows, dtype=np.float32) / rows * (1 + 2 * MARGIN) - MARGIN
        return np.broadcast_to(x, (rows, columns)), np.broadcast_to(y[:, None], (rows, columns))

    def pixels(self, x: float, y: float, divider: int = 1) -> tuple[float, float]:
        """Return column and row of a place given in frame units."""
        rows, columns = self.shape(divider)
        across = (x * self.height / self.width + MARGIN) / (1 + 2 * MARGIN)
        return across * columns, (y + MARGIN) / (1 + 2 * MARGIN) * rows

    def unit(self, divider: int) -> float:
        """Return how many pixels one frame unit has."""
        return self.shape(divider)[0] / (1 + 2 * MARGIN)


def smooth_step(low: float, high: float, value: Any) -> Any:
    """Return 0 below ``low``, 1 above ``high`` and a soft way between (or the other way round)."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def smooth_max(a: Any, b: Any, width: float) -> Any:
    """Return the larger of two fields, with the seam rounded over ``width``."""
    h = np.clip(0.5 + 0.5 * (a - b) / width, 0, 1)
    return b * (1 - h) + a * h + width * h * (1 - h)


def resized(field: Any, shape: tuple[int, int]) -> Field:
    """Return a field at another resolution."""
    image = Image.fromarray(np.ascontiguousarray(field, np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BICUBIC))


def noise(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Field:
    """Return smooth noise of mean 0 and spread 1 whose blobs are about ``size`` pixels across.

    The lattice it is made from lies at a random angle, so that no edge follows the picture's own.
    """
    rows, columns = shape
    reach = int(math.hypot(rows, columns) / size) + 8
    angle = rng.uniform(0, 2 * math.pi)
    a, b = math.cos(angle) / size, math.sin(angle) / size
    middle = reach / 2
    move = (a, -b, middle - a * columns / 2 + b * rows / 2, b, a, middle - b * columns / 2 - a * rows / 2)
    lattice = Image.fromarray(rng.standard_normal((reach, reach), dtype=np.float32))
    field = np.asarray(
        lattice.transform((columns, rows), Image.Transform.AFFINE, move, Image.Resampling.BICUBIC), np.float32
    )
    level: Field = (field - field.mean()) / (field.std() + np.float32(1e-6))
    return level


def cells(rng: np.random.Generator, side: int, size: int) -> tuple[Field, Field, Field]:
    """Return a tile of ``side`` pixels that repeats without a seam, filled with cells of about ``size`` pixels.

    The three fields are the distance from a cell's border, a number from 0 to 1 of its own for each cell, and the
    distance from its centre (both distances in cell sizes). After S. Worley, A cellular texture basis function, 1996.
    """
    count = side // size
    x, y, own = (rng.random((count, count), dtype=np.float32) for _ in range(3))
    along = np.arange(side, dtype=np.float32) / size
    column = along.astype(np.int32)
    part = along - column
    nearest = np.full((side, side), 9, np.float32)
    second, shade = nearest.copy(), np.zeros_like(nearest)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            near = np.ix_((column + dy) % count, (column + dx) % count)
            gap = (x[near] * 0.9 + (0.05 + dx) - part) ** 2 + (y[near] * 0.9 + (0.05 + dy) - part[:, None]) ** 2
            closer = gap < nearest
            second = np.where(closer, nearest, np.minimum(second, gap))
            shade = np.where(closer, own[near], shade)
            nearest = np.minimum(nearest, gap)
    centre = np.sqrt(nearest)
    return np.sqrt(second) - centre, shade, centre

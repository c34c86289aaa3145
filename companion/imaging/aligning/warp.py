"""Where a point of the base lies on the follow photograph: a projective matrix after a gentle bend of the skin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from companion.domain.measuring import Alignment

Array = Any

TERMS = {2: 6, 3: 10, 4: 15}
"""How many coefficients a polynomial of each order has."""


def basis(x: Array, y: Array, order: int) -> Array:
    """Return the polynomial terms of positions, along a new last axis (see `Alignment.bend` for their order)."""
    terms = [np.ones_like(x), x, y, x * x, x * y, y * y]
    if order > 2:
        terms += [x**3, x * x * y, x * y * y, y**3]
    if order > 3:
        terms += [x**4, x**3 * y, x * x * y * y, x * y**3, y**4]
    return np.stack(terms, -1)


def projected(matrix: Array, points: Array) -> Array:
    """Return points (n, 2) sent through a projective matrix."""
    flat = points @ matrix[:, :2].T + matrix[:, 2]
    return flat[:, :2] / flat[:, 2:]


def resized(by: float) -> Array:
    """Return the matrix from pixels of a picture to those of the picture enlarged by ``by``; pixels are squares."""
    return np.array(((by, 0, by / 2 - 0.5), (0, by, by / 2 - 0.5), (0, 0, 1)))


@dataclass(frozen=True, slots=True)
class Warp:
    """Base points to follow points. ``bend`` is (terms, 2), in base pixels; see `Alignment`."""

    matrix: Array
    bend: Array | None = None
    centre: tuple[float, float] = (0.0, 0.0)
    reach: float = 1.0

    @staticmethod
    def of(alignment: Alignment) -> Warp:
        """Return the warp of a stored alignment."""
        bend = np.array(alignment.bend, float) if alignment.bend else None
        return Warp(np.array(alignment.matrix, float).reshape(3, 3), bend, alignment.centre, alignment.reach)

    def moved(self, points: Array) -> Array:
        """Return by how much the bend moves base points (n, 2)."""
        if self.bend is None:
            return np.zeros_like(points)
        x, y = ((points[:, axis] - self.centre[axis]) / self.reach for axis in (0, 1))
        return basis(x, y, next(order for order, terms in TERMS.items() if terms == len(self.bend))) @ self.bend

    def find(self, points: Array) -> Array:
        """Return where base points (n, 2) lie on the follow photograph."""
        return projected(self.matrix, points + self.moved(points))

    def scaled(self, base: float, follow: float) -> Warp:
        """Return the same warp for pictures enlarged by ``base`` and ``follow``."""
        matrix = resized(follow) @ self.matrix @ np.linalg.inv(resized(base))
        if self.bend is None:
            return Warp(matrix / matrix[2, 2])
        x, y = (base * (each + 0.5) - 0.5 for each in self.centre)
        return replace(
            self, matrix=matrix / matrix[2, 2], bend=self.bend * base, centre=(x, y), reach=self.reach * base
        )

    def maps(self, width: int, height: int, to_base: Array | None = None) -> tuple[Array, Array]:
        """Return, for each pixel of a picture in the base's frame, where to look on the follow photograph (float32).

        ``to_base`` is a matrix from that picture's pixels to base pixels, if it is not the base itself.
        """
        step = 8  # the bend is smooth: worked out at every eighth pixel, then interpolated
        x = np.arange(0, width + step, step, dtype=float)
        y = np.arange(0, height + step, step, dtype=float)
        grid = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)
        if to_base is not None:
            grid = projected(to_base, grid)
        found = self.find(grid).reshape(len(y), len(x), 2)
        return _filled(found[..., 0], step, width, height), _filled(found[..., 1], step, width, height)

    def pulled(self, picture: Array, width: int, height: int, to_base: Array | None = None) -> tuple[Array, Array]:
        """Return the follow ``picture`` as seen in the base's frame, and where there was any of it (bool)."""
        import cv2

        x, y = self.maps(width, height, to_base)
        seen = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        rows, columns = picture.shape[:2]
        return seen, (x >= 0) & (x <= columns - 1) & (y >= 0) & (y <= rows - 1)


def _filled(coarse: Array, step: int, width: int, height: int) -> Array:
    """Return a coarse grid, interpolated linearly to every pixel."""
    across = np.arange(width) / step
    left = across.astype(int)
    part = across - left
    wide = coarse[:, left] * (1 - part) + coarse[:, left + 1] * part
    down = np.arange(height) / step
    top = down.astype(int)
    part = (down - top)[:, None]
    return (wide[top] * (1 - part) + wide[top + 1] * part).astype(np.float32)

"""Light and pigment: optical density, and the smooth surface of light over a person's own skin."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any

_DARK = 0.004  # keeps the logarithm of black in bounds
_SAMPLE = 3000
_ROUNDS = 6


def _curve() -> Any:
    value = np.arange(256) / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return (-np.log(light + _DARK)).astype(np.float32)


_DENSITY = _curve()


def density(picture: Array) -> Array:
    """Return the optical density (height, width, 3; float32) of an sRGB picture (uint8), a little smoothed."""
    import cv2

    return cv2.GaussianBlur(_DENSITY[picture], (0, 0), 0.9)


class Surface:
    """Positions of a frame as polynomial terms, for fitting smooth surfaces of an order up to 3."""

    def __init__(self, shape: tuple[int, int]) -> None:
        height, width = shape
        reach = max(shape) / 2
        y, x = np.mgrid[:height, :width].astype(np.float32)
        x, y = ((x - width / 2) / reach).astype(np.float32), ((y - height / 2) / reach).astype(np.float32)
        self._terms = (np.ones_like(x), x, y, x * x, x * y, y * y, x**3, x * x * y, x * y * y, y**3)

    def fit(self, values: Array, where: Array, order: int) -> Array:
        """Return the surface (height, width, channels) through ``values`` at the pixels of the mask ``where``.

        Robust: Huber weights, repeated; pixels that stand out lose their say.
        """
        terms = self._terms[: {1: 3, 2: 6, 3: 10}[order]]
        places = np.flatnonzero(where)
        places = places[:: max(1, len(places) // _SAMPLE)]
        lever = np.stack([term.ravel()[places] for term in terms], 1).astype(np.float64)
        ridge = 1e-3 * len(places) * np.diag([0.0] * 3 + [1.0] * (len(terms) - 3))
        out = np.empty_like(values)
        for channel in range(values.shape[2]):
            wanted = values[..., channel].ravel()[places].astype(np.float64)
            weights = np.ones(len(places))
            for _ in range(_ROUNDS):
                weighted = lever.T * weights
                coefficients = np.linalg.solve(weighted @ lever + 1e-2 * ridge, weighted @ wanted)
                away = np.abs(wanted - lever @ coefficients)
                spread = max(1.4826 * float(np.median(away)), 1e-3)
                weights = 1 / np.maximum(1, away / (1.5 * spread))
            out[..., channel] = sum(np.float32(c) * term for c, term in zip(coefficients, terms, strict=True))
        return out

"""Where the camera stood, and how the skin had moved since the first photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np


@dataclass(frozen=True)
class Hand:
    """How unsteady: degrees of roll and tilt, log of the distance, shift and skin movement as shares of the width."""

    roll: float = 9.0
    tilt: float = 7.0
    distance: float = 0.11
    shift: float = 0.05
    skin: float = 0.003

    def scaled(self, by: float) -> Hand:
        return Hand(self.roll * by, self.tilt * by, self.distance * by, self.shift * by, self.skin * by)


@dataclass
class View:
    """Base pixels to pixels of one photograph: a plane seen by a pinhole camera, and a smooth movement of the skin."""

    matrix: np.ndarray
    movement: tuple[np.ndarray, np.ndarray] | None = field(default=None, repr=False)
    size: tuple[int, int] = (1600, 1200)

    def to_base(self, points: np.ndarray) -> np.ndarray:
        """Return where points of the photograph (n, 2) lie in the base."""
        flat = _projected(np.linalg.inv(self.matrix), points)
        return flat if self.movement is None else flat + self._moved(flat)

    def to_photo(self, points: np.ndarray) -> np.ndarray:
        """Return where points of the base (n, 2) lie in the photograph; exact to a thousandth of a pixel."""
        flat = np.asarray(points, np.float64)
        guess = flat.copy()
        if self.movement is not None:
            for _ in range(30):
                guess = flat - self._moved(guess)
        return _projected(self.matrix, guess)

    def maps(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the base column and row of every pixel of the photograph."""
        x, y = np.meshgrid(np.arange(self.size[0], dtype=np.float64), np.arange(self.size[1], dtype=np.float64))
        base = self.to_base(np.stack((x.ravel(), y.ravel()), 1)).astype(np.float32)
        return base[:, 0].reshape(x.shape), base[:, 1].reshape(x.shape)

    def _moved(self, points: np.ndarray) -> np.ndarray:
        rows, columns = self.movement[0].shape
        x = (points[:, 0] / self.size[0] * 0.5 + 0.25) * (columns - 1)
        y = (points[:, 1] / self.size[1] * 0.5 + 0.25) * (rows - 1)
        x, y = np.clip(x, 0, columns - 1.001), np.clip(y, 0, rows - 1.001)
        i, j = x.astype(int), y.astype(int)
        fx, fy = x - i, y - j
        return np.stack(
            [
                (f[j, i] * (1 - fx) + f[j, i + 1] * fx) * (1 - fy)
                + (f[j + 1, i] * (1 - fx) + f[j + 1, i + 1] * fx) * fy
                for f in self.movement
            ],
            1,
        )


def first_view(width: int, height: int) -> View:
    """Return the view of the base itself."""
    return View(np.eye(3), None, (width, height))


def make_view(rng: np.random.Generator, hand: Hand, width: int, height: int) -> View:
    """Return the view of another visit."""
    focal = 1.25 * width
    roll, pan, tilt = (math.radians(rng.uniform(-1, 1) * d) for d in (hand.roll, hand.tilt, hand.tilt))
    turn = cv2.Rodrigues(np.array((tilt, pan, 0.0)))[0] @ cv2.Rodrigues(np.array((0.0, 0.0, roll)))[0]
    away = math.exp(rng.uniform(-1, 1) * hand.distance)
    lens = np.array(((focal, 0, width / 2), (0, focal, height / 2), (0, 0, 1)))
    plane = np.column_stack((turn[:, 0], turn[:, 1], np.array((0, 0, away))))
    matrix = (
        lens
        @ plane
        @ np.diag((1, 1, 1))
        @ np.array(((1 / focal, 0, -width / 2 / focal), (0, 1 / focal, -height / 2 / focal), (0, 0, 1)))
    )
    shift = np.array(
        ((1, 0, rng.uniform(-1, 1) * hand.shift * width), (0, 1, rng.uniform(-1, 1) * hand.shift * width), (0, 0, 1))
    )
    matrix = shift @ matrix
    movement = tuple(
        (
            hand.skin
            * width
            * cv2.resize(
                cv2.GaussianBlur(rng.standard_normal((11, 11)), (0, 0), 1.0) * 3.4,
                (221, 221),
                interpolation=cv2.INTER_CUBIC,
            )
        )
        for _ in range(2)
    )
    return View(matrix / matrix[2, 2], movement if hand.skin else None, (width, height))


def _projected(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    flat = np.asarray(points, np.float64) @ matrix[:, :2].T + matrix[:, 2]
    return flat[:, :2] / flat[:, 2:]

"""A place of somebody's skin: pigment, blood, relief, moles, a patch, and the outline a person draws round it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np

BORDER = 0.22
"""How much canvas lies beyond each edge of the first photograph, as a share of its width."""

TONES = {1: 0.10, 2: 0.21, 3: 0.44, 4: 0.78, 5: 1.3, 6: 2.1}
"""Melanin by skin tone, very fair to deep brown, in the unit of `MELANIN`."""

MELANIN = np.array((0.36, 0.60, 0.86), np.float32)
BLOOD = np.array((0.07, 0.46, 0.33), np.float32)
DERMIS = np.array((0.34, 0.47, 0.60), np.float32)
"""Optical density of red, green and blue per unit of pigment and of blood, and of skin without either."""


def noise(rng: np.random.Generator, shape: tuple[int, int], size: float) -> np.ndarray:
    """Return smooth noise of mean 0 and deviation 1 whose blobs are about ``size`` pixels wide."""
    step = max(1.0, size / 5)
    rows, columns = math.ceil(shape[0] / step) + 8, math.ceil(shape[1] / step) + 8
    rough = cv2.GaussianBlur(rng.standard_normal((rows, columns), np.float32), (0, 0), max(0.4, size / step / 2.4))
    rough = (rough - rough.mean()) / (rough.std() + 1e-6)
    wide = cv2.resize(rough, (math.ceil(columns * step), math.ceil(rows * step)), interpolation=cv2.INTER_CUBIC)
    return wide[: shape[0], : shape[1]]


@dataclass(frozen=True)
class Kind:
    """What kind of place: tone (1 to 6), how strong its texture is, a limb or skin all over, and its hair."""

    tone: int = 4
    texture: float = 1.0
    limb: bool = True
    hairs: int = 260
    patch: float = 0.19
    islands: float = 0.5


@dataclass
class Place:
    """One place; everything here stays from visit to visit. Fields are on the canvas, points in base pixels."""

    width: int
    height: int
    seed: int
    kind: Kind
    origin: tuple[int, int] = (0, 0)
    melanin: np.ndarray = field(default=None, repr=False)
    spots: np.ndarray = field(default=None, repr=False)
    blood: np.ndarray = field(default=None, repr=False)
    relief: np.ndarray = field(default=None, repr=False)
    across: np.ndarray = field(default=None, repr=False)  # -1 to 1 over the limb, beyond it cloth
    depth: np.ndarray = field(default=None, repr=False)  # positive inside the first patch, in pixels
    roots: np.ndarray = field(default=None, repr=False)
    moles: np.ndarray = field(default=None, repr=False)
    outline: np.ndarray = field(default=None, repr=False)
    inside: np.ndarray = field(default=None, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        return self.height + 2 * self.origin[1], self.width + 2 * self.origin[0]

    def patch(self, share: float) -> np.ndarray:
        """Return a field that is positive where colour is missing once ``share`` of the first patch is left.

        Above 1 the patch has grown. Inside the outline its area is exact to a pixel.
        """
        gone = max(0.0, 1 - share) * self.kind.islands
        islands = self._islands(gone)
        first = int(np.count_nonzero(self.depth[self.inside] > 0))
        free = np.where(islands > 0, -1e6, self.depth)[self.inside]
        wanted = min(round(first * share), free.size - 1)
        level = 0.0 if share == 1 else float(np.partition(free, free.size - wanted - 1)[free.size - wanted - 1])
        return np.minimum(self.depth - level, -islands)

    def area(self, patch: np.ndarray) -> float:
        """Return the share of the outline without colour."""
        return float(np.mean(patch[self.inside] > 0))

    def _islands(self, gone: float) -> np.ndarray:
        unit = self.width / 1600
        out = np.full(self.shape, -60 * unit, np.float32)
        if gone <= 0:
            return out
        rng = np.random.default_rng([self.seed, 41])
        for x, y in self.roots[: int(len(self.roots) * min(1, 0.3 + gone))]:
            radius = unit * (3 + 26 * gone * rng.uniform(0.3, 1.0))
            reach = int(radius + 20 * unit)
            top, left = max(0, int(y) - reach), max(0, int(x) - reach)
            window = out[top : int(y) + reach, left : int(x) + reach]
            rows, columns = np.mgrid[top : top + window.shape[0], left : left + window.shape[1]]
            np.maximum(window, (radius - np.hypot(columns - x, rows - y)).astype(np.float32), out=window)
        return out


def make_place(seed: int, kind: Kind | None = None, width: int = 1600, height: int = 1200) -> Place:
    """Return the place of this seed."""
    kind = kind or Kind()
    rng = np.random.default_rng([seed, 11])
    place = Place(width, height, seed, kind, (round(width * BORDER), round(width * BORDER)))
    unit, shape = width / 1600, place.shape
    blotches = sum(a * noise(rng, shape, s * unit) for s, a in ((340, 0.05), (90, 0.04), (26, 0.03), (9, 0.02)))
    place.melanin = (TONES[kind.tone] * (1 + kind.texture * blotches)).astype(np.float32)
    place.spots, place.moles = _spots(rng, place)
    flush = sum(a * noise(rng, shape, s * unit) for s, a in ((260, 0.05), (60, 0.04), (18, 0.03)))
    place.blood = (0.42 + kind.texture * (flush + 0.07 * _veins(rng, place))).astype(np.float32)
    place.relief = (0.05 * kind.texture * _relief(rng, place)).astype(np.float32)
    place.across = _limb(rng, place)
    place.roots = rng.uniform((0, 0), (shape[1], shape[0]), (520, 2))
    place.depth = _patch(rng, place)
    place.outline = _outline(rng, place)
    canvas = np.zeros(shape, np.uint8)
    points = np.round((place.outline + place.origin) * 16).astype(np.int32)
    cv2.fillPoly(canvas, [points], 255, shift=4)
    place.inside = np.nonzero(canvas)
    return place


def _spots(rng: np.random.Generator, place: Place) -> tuple[np.ndarray, np.ndarray]:
    unit, (rows, columns) = place.width / 1600, place.shape
    layer, moles = np.zeros(place.shape, np.uint8), []
    for number in range(110):
        mole = number < 16
        centre = rng.uniform((0.02 * columns, 0.02 * rows), (0.98 * columns, 0.98 * rows))
        radius = unit * (rng.uniform(5, 13) if mole else rng.uniform(2, 5.5))
        strength = rng.uniform(0.5, 1) if mole else place.kind.texture * rng.uniform(0.15, 0.5)
        axes = (radius * rng.uniform(0.7, 1.3), radius * rng.uniform(0.7, 1.3))
        centre16, axes16 = (tuple(round(float(v) * 16) for v in pair) for pair in (centre, axes))
        cv2.ellipse(layer, centre16, axes16, rng.uniform(0, 180), 0, 360, min(255, 255 * strength), -1, shift=4)
        if mole:
            moles.append(centre - place.origin)
    return cv2.GaussianBlur(layer.astype(np.float32) / 255, (0, 0), 1.7 * unit), np.array(moles)


def _veins(rng: np.random.Generator, place: Place) -> np.ndarray:
    unit, (rows, columns) = place.width / 1600, place.shape
    layer = np.zeros(place.shape, np.uint8)
    for _ in range(5):
        start, angle = rng.uniform((0, 0), (columns, rows)), rng.uniform(0, math.tau)
        line = [start]
        for _ in range(50):
            angle += rng.normal(0, 0.16)
            line.append(line[-1] + 40 * unit * np.array((math.cos(angle), math.sin(angle))))
        cv2.polylines(layer, [np.array(line, np.int32)], False, 255, max(1, round(11 * unit)))
    return cv2.GaussianBlur(layer.astype(np.float32) / 255, (0, 0), 8 * unit)


def _relief(rng: np.random.Generator, place: Place) -> np.ndarray:
    """Return the net of fine lines that divides skin into small fields, and a few folds."""
    unit, shape = place.width / 1600, place.shape
    out = np.zeros(shape, np.float32)
    for size, depth in ((9, 0.5), (22, 1.0)):
        count = int(shape[0] * shape[1] / (size * unit) ** 2)
        seeds = np.full(shape, 255, np.uint8)
        seeds[rng.integers(0, shape[0], count), rng.integers(0, shape[1], count)] = 0
        _, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
        lines = np.zeros(shape, np.float32)
        lines[:, 1:] += labels[:, 1:] != labels[:, :-1]
        lines[1:] += labels[1:] != labels[:-1]
        out -= depth * cv2.GaussianBlur(np.minimum(lines, 1), (0, 0), max(0.7, 1.1 * unit)) * 1.6
    folds = np.zeros(shape, np.uint8)
    for _ in range(12):
        point, angle = rng.uniform((0, 0), shape[::-1]), rng.normal(1.3, 0.4)
        line = [point]
        for _ in range(int(rng.integers(6, 16))):
            angle += rng.normal(0, 0.15)
            line.append(line[-1] + 22 * unit * np.array((math.cos(angle), math.sin(angle))))
        cv2.polylines(folds, [np.array(line, np.int32)], False, int(rng.integers(70, 190)), max(1, round(2 * unit)))
    return out - 1.6 * cv2.GaussianBlur(folds.astype(np.float32) / 255, (0, 0), 1.2 * unit)


def _limb(rng: np.random.Generator, place: Place) -> np.ndarray:
    rows, columns = place.shape
    x = np.linspace(0, 1, columns, dtype=np.float32)
    reach = 0.66 * place.height / 2 if place.kind.limb else 1.4 * rows
    middle = rows / 2 + rows * 0.02 * np.sin(math.tau * (x * rng.uniform(0.4, 0.9) + rng.uniform()))
    half = reach * (1 + 0.06 * np.sin(math.tau * (x * rng.uniform(0.3, 0.8) + rng.uniform())))
    y = np.arange(rows, dtype=np.float32)[:, None]
    return ((y - middle) / half).astype(np.float32)


def _patch(rng: np.random.Generator, place: Place) -> np.ndarray:
    """Return the depth of each pixel inside the first patch: a wavy ring of sectors, roughened, in pixels."""
    rows, columns = place.shape
    centre = np.array((columns, rows)) / 2 + rng.uniform(-0.04, 0.04, 2) * place.width
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    x, y = x - centre[0], (y - centre[1]) * rng.uniform(1.05, 1.35)
    angle, away = np.arctan2(y, x), np.hypot(x, y)
    radius = min(place.kind.patch * place.width, 0.23 * place.height)
    edge = np.ones(place.shape, np.float32)
    for wave in range(2, 7):
        edge += rng.normal(0, 0.16 / wave**0.7) * np.sin(wave * angle + rng.uniform(0, math.tau))
    rough = 0.12 * noise(rng, place.shape, 0.5 * radius) + 0.05 * noise(rng, place.shape, 0.14 * radius)
    return (radius * (edge + rough) - away).astype(np.float32)


def _outline(rng: np.random.Generator, place: Place) -> np.ndarray:
    """Return what a person draws: round the patch, some way off, with an unsteady hand; it stays on the limb."""
    unit = place.width / 1600
    mask = ((place.depth > 0) * 255).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    mask = ((labels == largest) * 255).astype(np.uint8)
    reach = round(unit * rng.uniform(26, 46))
    grown = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    soft = cv2.GaussianBlur(grown, (0, 0), 16 * unit)
    contours, _ = cv2.findContours((soft > 110).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    line = max(contours, key=cv2.contourArea)[:, 0].astype(np.float64)
    line = line[:: max(1, len(line) // 60)] + rng.normal(0, 3.5 * unit, (len(line[:: max(1, len(line) // 60)]), 2))
    for number, (x, y) in enumerate(line):
        column = place.across[:, int(np.clip(x, 0, place.shape[1] - 1))]
        low, high = np.searchsorted(column, -0.88), np.searchsorted(column, 0.88)
        line[number, 1] = np.clip(y, low, high)
    return line - place.origin

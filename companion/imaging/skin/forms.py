"""Three places of the body as forms: how high the surface stands, where it ends, what grows and folds on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np

from companion.imaging.skin.fields import Canvas, Field, smooth_max, smooth_step

FORM_DIVIDER = 4
"""Forms are smooth, so a quarter of the resolution is plenty."""


class SkinPlace(StrEnum):
    """The places that can be drawn: suggestions of a place, never of a person."""

    CHEEK = "cheek"
    HAND = "hand"
    KNEE = "knee"


@dataclass(frozen=True, slots=True)
class Hairs:
    """How many hairs grow, how long (pixels of a 1200-pixel photograph), which way (radians), how dark (0 to 1)."""

    count: int
    shortest: float
    longest: float
    angle: float
    darkness: float


@dataclass(frozen=True, slots=True)
class Form:
    """One place. Fields at a quarter of the resolution: height and distance from the edge in frame units (negative
    beyond it), and redness. ``folds`` are lines in frame units; ``grows`` says how likely a hair is at a place.
    """

    height: Field
    edge: Field
    redness: Field
    light: tuple[float, float, float]
    patch_centre: tuple[float, float]
    patch_radius: float
    follicles: int
    island_radius: float
    margin_first: float
    cell: int
    stretch: float
    grain: float
    relief: float
    pores: bool
    focus: float
    cloth: tuple[int, int, int]
    hairs: Hairs
    grows: Callable[[float, float], float]
    folds: tuple[tuple[tuple[float, float], ...], ...]


def form_of(place: SkinPlace, canvas: Canvas, rng: np.random.Generator) -> Form:
    """Return the form of one place."""
    return {SkinPlace.CHEEK: _cheek, SkinPlace.HAND: _hand, SkinPlace.KNEE: _knee}[place](canvas, rng)


def _bump(x: Any, y: Any, at: tuple[float, float], wide: float, tall: float) -> Any:
    return np.exp(-(((x - at[0]) / wide) ** 2 + ((y - at[1]) / tall) ** 2))


def _limb(x: Any, y: Any, start: tuple[float, float], end: tuple[float, float], radii: tuple[float, float]) -> Any:
    """Return distance from the edge, and height, of a rounded limb between two points."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy), 0, 1)
    radius = radii[0] + (radii[1] - radii[0]) * along
    away = np.hypot(x - start[0] - along * dx, y - start[1] - along * dy)
    return radius - away, np.sqrt(np.clip(radius * radius - away * away, 0, None))


def _cheek(canvas: Canvas, rng: np.random.Generator) -> Form:
    """Return a broad curve that falls away at the jaw, in one corner and out of focus."""
    x, y = canvas.grid(FORM_DIVIDER)
    q: Field = ((x - 0.20) / 1.22) ** 2 + ((y - 0.22) / 1.16) ** 2
    return Form(
        height=0.5 * np.sqrt(np.clip(1.02 - q, 0.002, None)) + 0.02 * _bump(x, y, (0.62, 0.42), 0.3, 0.25),
        edge=np.float32(1.15) * (1 - np.sqrt(q)),
        redness=0.24 * _bump(x, y, (0.70, 0.52), 0.33, 0.30),
        light=(-0.50, -0.50, 0.70),
        patch_centre=(0.58, 0.50),
        patch_radius=0.25,
        follicles=150,
        island_radius=0.115,
        margin_first=0.0,
        cell=8,
        stretch=1.25,
        grain=0.5,
        relief=0.55,
        pores=True,
        focus=7,
        cloth=(205, 204, 196),
        hairs=Hairs(1100, 8, 20, 0.9, 0.20),
        grows=lambda x, y: 1.0,
        folds=(),
    )


_KNUCKLES = ((0.96, 0.20), (1.02, 0.405), (1.00, 0.615), (0.94, 0.80))
_FINGERTIPS = ((1.66, 0.07), (1.78, 0.34), (1.76, 0.67), (1.62, 0.93))  # beyond the picture
_FINGER_RADII = (0.102, 0.108, 0.105, 0.095)


def _hand(canvas: Canvas, rng: np.random.Generator) -> Form:
    """Return the back of a hand, its fingers leaving the picture."""
    x, y = canvas.grid(FORM_DIVIDER)
    edge, height = _limb(x, y, (-0.5, 0.52), (0.30, 0.50), (0.30, 0.35))
    height = 0.55 * height
    for start, end, radii in (
        ((0.25, 0.46), (0.80, 0.37), (0.33, 0.25)),
        ((0.25, 0.54), (0.80, 0.64), (0.33, 0.24)),
    ):
        more, higher = _limb(x, y, start, end, radii)
        edge, height = smooth_max(edge, more, 0.10), smooth_max(height, 0.52 * higher, 0.06)
    for knuckle, tip, radius in zip(_KNUCKLES, _FINGERTIPS, _FINGER_RADII, strict=True):
        root = knuckle[0] - 0.10, 0.5 + (knuckle[1] - 0.5) * 0.93
        more, higher = _limb(x, y, root, tip, (radius * 1.03, radius * 0.88))
        edge, height = smooth_max(edge, more, 0.03), smooth_max(height, higher + 0.02, 0.035)
    redness = np.zeros_like(height)
    for kx, ky in _KNUCKLES:
        height = height + 0.034 * _bump(x, y, (kx, ky), 0.075, 0.062)
        tendon, _ = _limb(x, y, (0.10, 0.5 + (ky - 0.5) * 0.30), (kx, ky), (0.0, 0.0))
        height = height + 0.011 * np.exp(-((tendon / 0.030) ** 2)) * smooth_step(0.15, 0.80, x)
        redness = redness + 0.20 * _bump(x, y, (kx, ky), 0.07, 0.06)
    for (ax, ay), (bx, by) in pairwise(_KNUCKLES):
        height = height - 0.022 * _bump(x, y, ((ax + bx) / 2 + 0.01, (ay + by) / 2), 0.075, 0.045)
    rim = np.clip(edge / 0.13, 0, 1)
    return Form(
        height=0.9 * height + 0.06 * np.sqrt(rim * (2 - rim)),
        edge=edge,
        redness=redness,
        light=(-0.30, -0.60, 0.74),
        patch_centre=(0.50, 0.50),
        patch_radius=0.205,
        follicles=90,
        island_radius=0.09,
        margin_first=0.22,
        cell=8,
        stretch=1.5,
        grain=1.45,
        relief=1.0,
        pores=False,
        focus=1.4,
        cloth=(216, 208, 194),
        hairs=Hairs(150, 22, 55, 0.45, 0.75),
        grows=lambda x, y: 0.95 - 0.55 * x,
        folds=tuple(_knuckle_folds(rng)),
    )


def _knuckle_folds(rng: np.random.Generator) -> list[tuple[tuple[float, float], ...]]:
    folds = []
    for kx, ky in _KNUCKLES:
        for number in range(9):
            at, length = kx + (number - 4) * 0.022 + rng.normal(0, 0.004), rng.uniform(0.035, 0.075)
            bow = 0.018 if number > 4 else -0.018
            folds.append(
                tuple(
                    (at + bow * math.cos(2.2 * t), ky + t * length)
                    for t in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)
                )
            )
    return folds


_KNEE = (0.67, 0.50)
_KNEE_TURN = 0.16


def _knee(canvas: Canvas, rng: np.random.Generator) -> Form:
    """Return a bent knee: thigh to the left, kneecap, shin to the right."""
    across, down = canvas.grid(FORM_DIVIDER)
    c, s = math.cos(_KNEE_TURN), math.sin(_KNEE_TURN)
    x = _KNEE[0] + (across - _KNEE[0]) * c + (down - _KNEE[1]) * s
    y = _KNEE[1] - (across - _KNEE[0]) * s + (down - _KNEE[1]) * c
    half = 0.47 + 0.10 * smooth_step(0.5, -0.25, x) - 0.10 * smooth_step(0.85, 1.45, x)
    half = half - 0.025 * np.exp(-(((x - 0.98) / 0.10) ** 2))
    side = (y - 0.5) / half
    cap = np.hypot((x - _KNEE[0]) / 0.245, (y - _KNEE[1]) / 0.215)
    dome = 0.085 * smooth_step(1.28, 0.35, cap) + 0.018 * np.clip(1 - cap * cap, 0, 1)
    hollows = 0.030 * (_bump(x, y, (0.72, 0.20), 0.13, 0.07) + _bump(x, y, (0.72, 0.80), 0.13, 0.07))
    shin = 0.030 * _bump(x, y, (1.08, 0.5), 0.07, 0.085)
    shin = shin + 0.018 * np.exp(-(((y - 0.5) / 0.05) ** 2)) * smooth_step(0.86, 1.0, x)
    thigh = 0.02 * _bump(x, y, (0.32, 0.5), 0.16, 0.2)
    return Form(
        height=0.40 * np.sqrt(np.clip(1 - side * side, 0, 1)) + dome - hollows + shin + thigh,
        edge=(1 - np.abs(side)) * half,
        redness=0.16 * np.clip(1 - cap * cap, 0, 1),
        light=(-0.36, -0.58, 0.73),
        patch_centre=(0.66, 0.50),
        patch_radius=0.235,
        follicles=130,
        island_radius=0.11,
        margin_first=0.05,
        cell=8,
        stretch=1.7,
        grain=1.5,
        relief=1.1,
        pores=False,
        focus=1.8,
        cloth=(201, 203, 195),
        hairs=Hairs(240, 28, 75, 0.05, 0.8),
        grows=lambda x, y: 0.1 if math.hypot((x - 0.67) / 0.36, (y - 0.5) / 0.38) < 1 else 1.0,
        folds=tuple(_knee_folds(rng)),
    )


def _knee_folds(rng: np.random.Generator) -> list[tuple[tuple[float, float], ...]]:
    """Return arcs round the kneecap, most of them above it."""
    folds = []
    for number in range(34):
        radius = rng.uniform(0.16, 0.30) if number < 20 else rng.uniform(0.03, 0.20)
        middle = (math.pi if number < 26 else 0) + rng.normal(0, 0.35) + _KNEE_TURN
        span = rng.uniform(0.25, 0.80)
        angles = [middle + span * t / 8 for t in range(-8, 9)]
        folds.append(tuple((_KNEE[0] + 1.15 * radius * math.cos(a), _KNEE[1] + radius * math.sin(a)) for a in angles))
    return folds

"""What the skin of one place looks like before light falls on it; the same at every visit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from companion.imaging.skin.fields import Canvas, Field, cells, noise, resized, smooth_step
from companion.imaging.skin.forms import FORM_DIVIDER, Form, SkinPlace, form_of
from companion.imaging.skin.patch import DIVIDER, Patch, make_patch

TILE = 512

_REDNESS = np.array((0.04, 0.34, 0.26), np.float32)  # how much more blood darkens red, green and blue
_VEIN = np.array((0.13, 0.05, -0.03), np.float32)
_SPOT = np.array((0.60, 0.95, 1.30), np.float32)


@dataclass(frozen=True, slots=True)
class Tone:
    """One skin tone as photographs show it (sRGB), and how it takes the light.

    ``blush`` is how much of blood's colour shows through the pigment, ``gloss`` how strong its sheen is.
    """

    coloured: tuple[int, int, int]
    uncoloured: tuple[int, int, int]
    hair: tuple[int, int, int]
    exposure: float
    blush: float
    gloss: float
    cloth: float


TONES = {
    1: Tone((234, 199, 179), (247, 231, 217), (120, 84, 52), 1.05, 0.90, 1.00, 1.00),
    2: Tone((224, 182, 155), (246, 227, 210), (96, 66, 42), 1.08, 0.90, 1.00, 1.00),
    3: Tone((206, 160, 129), (244, 222, 202), (70, 48, 34), 1.13, 0.85, 1.00, 0.97),
    4: Tone((172, 123, 93), (241, 216, 195), (44, 32, 26), 1.17, 0.70, 0.90, 0.93),
    5: Tone((127, 84, 60), (237, 209, 187), (30, 24, 22), 1.24, 0.55, 0.75, 0.88),
    6: Tone((89, 58, 42), (233, 202, 178), (24, 20, 19), 1.32, 0.40, 0.60, 0.83),
}
"""From very fair to deep brown."""


@dataclass(frozen=True, slots=True)
class Hair:
    """One hair: root (canvas pixels), direction and bend (radians), length (pixels), darkness (0 to 1)."""

    column: float
    row: float
    angle: float
    bend: float
    length: float
    darkness: float


@dataclass(frozen=True, slots=True)
class Surface:
    """One place of one example: everything that stays from visit to visit."""

    canvas: Canvas
    tone: Tone
    form: Form
    patch: Patch
    coloured: Field  # reflectance, half resolution, three channels
    uncoloured: Field
    softness: Field  # of the patch's border, in pixels of the half resolution
    texture: Field  # a tile
    furrows: Field  # a tile
    pores: Field | None  # a tile
    drift: tuple[Field, Field]  # how far the texture is shifted, quarter resolution, in pixels
    folds: Field  # half resolution, 0 to 1
    cloth: Field  # quarter resolution
    hairs: tuple[Hair, ...]


def linear(colour: tuple[int, int, int]) -> Field:
    """Return an sRGB colour (0 to 255) as linear light (0 to 1). IEC 61966-2-1."""
    value = np.asarray(colour, np.float32) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def make_surface(place: SkinPlace, tone: int, seed: int, canvas: Canvas) -> Surface:
    """Return the surface of one place for one skin tone (1 to 6); the same arguments give the same surface."""
    rng = np.random.default_rng([seed, list(SkinPlace).index(place)])
    form = form_of(place, canvas, rng)
    patch = make_patch(form, canvas, rng)
    half, quarter, scale = canvas.shape(DIVIDER), canvas.shape(FORM_DIVIDER), canvas.scale
    border, own, _ = cells(rng, TILE, form.cell)
    wide, _, _ = cells(rng, TILE, 4 * form.cell)
    pores = None
    if form.pores:
        _, kept, centre = cells(rng, TILE, 16)
        pores = (np.exp(-((centre / 0.14) ** 2)) * (kept > 0.25)).astype(np.float32)
    coloured, uncoloured = _reflectance(place, form, TONES[tone], tone, canvas, rng)
    return Surface(
        canvas=canvas,
        tone=TONES[tone],
        form=form,
        patch=patch,
        coloured=coloured,
        uncoloured=uncoloured,
        softness=np.clip(7 + 2.6 * noise(rng, half, 60 * scale), 3.5, 14) * scale,
        texture=(0.8 * smooth_step(0.0, 0.45, border) + 0.35 * own).astype(np.float32),
        furrows=smooth_step(0.0, 0.22, wide).astype(np.float32),
        pores=pores,
        drift=(7 * scale * noise(rng, quarter, 26 * scale), 7 * scale * noise(rng, quarter, 26 * scale)),
        folds=_folds(form, canvas, rng),
        cloth=1 + 0.05 * noise(rng, quarter, 60 * scale) + 0.02 * noise(rng, quarter, 16 * scale),
        hairs=tuple(_hairs(form, canvas, rng)),
    )


def _reflectance(
    place: SkinPlace, form: Form, tone: Tone, number: int, canvas: Canvas, rng: np.random.Generator
) -> tuple[Field, Field]:
    """Return how much light the skin gives back with its colour, and without it.

    Light is weakened exponentially by pigment and by blood (Beer-Lambert), each with its own appetite for red,
    green and blue.
    """
    half, scale = canvas.shape(DIVIDER), canvas.scale
    pigment = np.ones(half, np.float32)
    for size, strength in ((150, 0.035), (40, 0.030), (11, 0.022), (4, 0.012)):
        pigment += strength * noise(rng, half, size * scale)
    blood = sum(strength * noise(rng, half, size * scale) for size, strength in ((170, 0.05), (45, 0.035), (14, 0.025)))
    edge = resized(form.edge, half) * canvas.unit(1)
    redness = resized(form.redness, half) + 0.16 * np.exp(-np.clip(edge, 0, None) / (16 * scale))
    spots = _spots(canvas, rng, number)
    veins = _veins(canvas) * max(0.2, 1.1 - 0.15 * number) if place is SkinPlace.HAND else None
    full, none = -np.log(linear(tone.coloured)), -np.log(linear(tone.uncoloured))
    coloured, uncoloured = np.empty((*half, 3), np.float32), np.empty((*half, 3), np.float32)
    for c in range(3):
        through = _REDNESS[c] * (0.9 * blood + redness)
        deep = none[c] + pigment * (full[c] - none[c]) + tone.blush * through + _SPOT[c] * spots
        pale = none[c] + _REDNESS[c] * (1.4 * blood + 0.8 * redness + 0.02) + 0.35 * _SPOT[c] * spots
        if veins is not None:
            deep, pale = deep + _VEIN[c] * veins, pale + _VEIN[c] * veins
        coloured[..., c], uncoloured[..., c] = np.exp(-deep), np.exp(-pale)
    return coloured, uncoloured


def _spots(canvas: Canvas, rng: np.random.Generator, tone: int) -> Field:
    """Return moles and freckles (more of them on fair skin), at half resolution."""
    rows, columns = canvas.shape()
    moles, freckles = Image.new("L", (columns, rows)), Image.new("L", (columns, rows))
    for layer, count, sizes, depths in (
        (freckles, 70 if tone <= 3 else 20, (1.2, 3.4), (40, 110)),
        (moles, 5, (3.0, 5.5), (150, 230)),
    ):
        draw = ImageDraw.Draw(layer)
        for _ in range(count):
            x, y, r = rng.uniform(0, columns), rng.uniform(0, rows), rng.uniform(*sizes) * canvas.scale
            draw.ellipse((x - r, y - 0.88 * r, x + r, y + 0.88 * r), fill=int(rng.uniform(*depths)))
    strength = 0.9 if tone <= 4 else 0.55
    half = columns // DIVIDER, rows // DIVIDER
    soft = ImageFilter.GaussianBlur(0.75 * canvas.scale)
    dark, faint = (
        np.asarray(layer.resize(half, Image.Resampling.BOX).filter(soft), np.float32) * np.float32(1 / 255)
        for layer in (moles, freckles)
    )
    return np.float32(strength) * (dark + np.float32(0.35) * faint)


def _veins(canvas: Canvas) -> Field:
    """Return the veins of a hand's back, at half resolution."""
    rows, columns = canvas.shape(FORM_DIVIDER)
    layer = Image.new("L", (columns, rows))
    draw = ImageDraw.Draw(layer)
    for start, end, reach in ((0.30, 0.28, 0.86), (0.45, 0.52, 0.95), (0.62, 0.72, 0.88)):
        steps = [t / 23 for t in range(24)]
        line = [
            canvas.pixels(
                0.02 + (reach - 0.02) * t, start + (end - start) * t + 0.025 * math.sin(5 * t + 9 * start), FORM_DIVIDER
            )
            for t in steps
        ]
        draw.line(line, fill=255, width=max(2, int(5 * canvas.scale)))
    branch = [canvas.pixels(x, y, FORM_DIVIDER) for x, y in ((0.40, 0.335), (0.48, 0.40), (0.55, 0.47))]
    draw.line(branch, fill=200, width=max(2, int(4 * canvas.scale)))
    soft = layer.filter(ImageFilter.GaussianBlur(3.5 * canvas.scale))
    return resized(np.asarray(soft, np.float32) / 255, canvas.shape(DIVIDER))


def _folds(form: Form, canvas: Canvas, rng: np.random.Generator) -> Field:
    rows, columns = canvas.shape(DIVIDER)
    layer = Image.new("L", (columns, rows))
    draw = ImageDraw.Draw(layer)
    for fold in form.folds:
        draw.line([canvas.pixels(x, y, DIVIDER) for x, y in fold], fill=int(rng.uniform(50, 160)), width=1)
    soft = np.asarray(layer.filter(ImageFilter.GaussianBlur(1.3 * canvas.scale)), np.float32)
    return soft * np.float32(1 / 255)


def _hairs(form: Form, canvas: Canvas, rng: np.random.Generator) -> list[Hair]:
    """Return the hairs of a place, which lie roughly with their neighbours."""
    rows, columns = canvas.shape()
    flow = noise(rng, canvas.shape(FORM_DIVIDER), 90 * canvas.scale)
    kind, hairs = form.hairs, []
    for _ in range(kind.count):
        column, row = rng.uniform(0, columns - FORM_DIVIDER), rng.uniform(0, rows - FORM_DIVIDER)
        near = min(int(row) // FORM_DIVIDER, flow.shape[0] - 1), min(int(column) // FORM_DIVIDER, flow.shape[1] - 1)
        x, y = column / columns * canvas.width / canvas.height, row / rows
        chance, angle = rng.random(), kind.angle + 0.25 * float(flow[near]) + rng.normal(0, 0.12)
        bend, length = 0.20 + rng.normal(0, 0.08), rng.uniform(kind.shortest, kind.longest) * canvas.scale
        darkness = kind.darkness * rng.uniform(0.45, 1)
        if form.edge[near] > 0.01 and chance < form.grows(x, y):
            hairs.append(Hair(column, row, angle, bend, length, darkness))
    return hairs

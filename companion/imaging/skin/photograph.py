"""One photograph of a surface: an unsteady hand, the light of the day, a phone's camera."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from companion.imaging.skin.fields import Field, resized, smooth_step
from companion.imaging.skin.forms import FORM_DIVIDER
from companion.imaging.skin.patch import DIVIDER, uncoloured
from companion.imaging.skin.surface import TILE, Surface, linear

_SHEEN = np.array((1.0, 0.94, 0.88), np.float32)
_LEVELS = 4096


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera was: photograph pixels to canvas pixels, ``(a x + b y + c, d x + e y + f)``."""

    size: tuple[int, int]
    canvas: tuple[int, int]
    move: tuple[float, float, float, float, float, float]

    def seen(self, layer: Image.Image, resampling: Image.Resampling = Image.Resampling.BILINEAR) -> Any:
        """Return a layer of the canvas, of any resolution, as the camera sees it.

        It is turned at half the resolution and then enlarged, which is several times faster: nothing in these
        layers is finer than that.
        """
        kx, ky = layer.width / self.canvas[1], layer.height / self.canvas[0]
        a, b, c, d, e, f = self.move
        turn = (2 * a * kx, 2 * b * kx, c * kx, 2 * d * ky, 2 * e * ky, f * ky)
        half = -(-self.size[0] // 2), -(-self.size[1] // 2)
        turned = layer.transform(half, Image.Transform.AFFINE, turn, resampling)
        return np.asarray(turned.resize((2 * half[0], 2 * half[1]), resampling).crop((0, 0, *self.size)))

    def seen_field(self, field: Any, resampling: Image.Resampling = Image.Resampling.BILINEAR) -> Any:
        """Return a field of the canvas as the camera sees it."""
        return self.seen(Image.fromarray(np.ascontiguousarray(field, np.float32)), resampling)

    def positions(self) -> tuple[Field, Field]:
        """Return the canvas column and row of every pixel."""
        x = np.arange(self.size[0], dtype=np.float32)
        y = np.arange(self.size[1], dtype=np.float32)[:, None]
        a, b, c, d, e, f = (np.float32(value) for value in self.move)
        return a * x + (b * y + c), d * x + (e * y + f)

    def project(self, points: Any) -> Any:
        """Return canvas points (pairs on the last axis) as photograph points."""
        a, b, c, d, e, f = self.move
        return (points - np.array((c, f))) @ np.linalg.inv(np.array(((a, b), (d, e)))).T


def photograph(surface: Surface, share: float, visit: int, seed: int, unsteadiness: float) -> Image.Image:
    """Return one photograph. ``share`` (0 to 1) of the patch is left; ``visit`` chooses the hand and the light.

    ``unsteadiness`` 0 gives the same view and light at every visit, 1 what two careful photographs differ by.
    """
    rng = np.random.default_rng([seed, 77, visit])
    view = _view(surface, rng, unsteadiness)
    depth, returned = uncoloured(surface.patch, share)
    shade, sheen = _light(surface, rng, unsteadiness)
    full, bare, mask = _painted(surface, shade, sheen, depth, returned, rng, unsteadiness)

    bicubic = Image.Resampling.BICUBIC
    texture, relief = _texture(surface, view)
    border = view.seen_field(depth / surface.softness, bicubic)
    border = border + (texture - np.float32(0.7)) * np.float32(0.19)
    pigment = np.asarray(1 - smooth_step(-1, 1, border), np.float32)[..., None]
    picture = np.asarray(view.seen(bare, bicubic), np.float32)
    picture += pigment * (view.seen(full, bicubic) - picture)

    skin = np.asarray(view.seen(mask), np.float32) * np.float32(1 / 255)
    glint = view.seen_field(sheen) * (texture - np.float32(0.62))
    glint *= skin * np.float32(11 * surface.form.relief * surface.tone.gloss)
    glint += rng.standard_normal(glint.shape, dtype=np.float32) * np.float32(1.3)  # and the sensor's grain
    relief *= skin
    relief += 1
    picture *= relief[..., None]
    picture += glint[..., None]
    _add_hairs(picture, surface, view)
    return Image.fromarray(np.clip(picture, 0, 255, out=picture).astype(np.uint8))


def _view(surface: Surface, rng: np.random.Generator, unsteadiness: float) -> View:
    canvas, (rows, columns) = surface.canvas, surface.canvas.shape()
    # Bounded, so that the camera never sees beyond the canvas's margin.
    turn, zoom, across, down = (float(v) * unsteadiness for v in rng.normal(0, 1, 4).clip(-1.6, 1.6))
    angle, zoom = math.radians(1.3 * turn), math.exp(0.0125 * zoom)
    across, down = 0.0095 * across * canvas.width, 0.0095 * down * canvas.width
    a, b = math.cos(angle) / zoom, -math.sin(angle) / zoom
    c = columns / 2 + across - a * canvas.width / 2 - b * canvas.height / 2
    f = rows / 2 + down + b * canvas.width / 2 - a * canvas.height / 2
    return View((canvas.width, canvas.height), (rows, columns), (a, b, c, -b, a, f))


def _light(surface: Surface, rng: np.random.Generator, unsteadiness: float) -> tuple[Field, Field]:
    """Return the light each place gets (1 is plenty), and its sheen, at half resolution."""
    form, canvas = surface.form, surface.canvas
    down, across = np.gradient(form.height * np.float32(canvas.unit(FORM_DIVIDER)))
    towards = np.array(form.light) + np.array((*rng.normal(0, 0.05, 2), 0)) * unsteadiness
    lx, ly, lz = (float(v) for v in towards / np.linalg.norm(towards))
    nz = 1 / np.sqrt(1 + across * across + down * down)
    facing = (lz - across * lx - down * ly) * nz
    shade = 0.36 * (0.5 + 0.5 * nz) + 0.73 * np.clip((facing + 0.35) / 1.35, 0, 1)
    shade *= 1 - 0.28 * np.exp(-np.clip(form.edge, 0, 1) / 0.03)
    length = math.sqrt(lx * lx + ly * ly + (lz + 1) ** 2)
    sheen = np.clip((lz + 1 - across * lx - down * ly) * nz / length, 0, 1) ** 18
    x, y = canvas.grid(FORM_DIVIDER)
    x = x * (canvas.height / canvas.width) - 0.5
    y = y - 0.5
    slope_x, slope_y = (float(slope) * unsteadiness for slope in rng.normal(0, 0.03, 2))
    shade *= (1 + slope_x * x + slope_y * y) * (1 - 0.2 * (x * x + y * y))
    half = canvas.shape(DIVIDER)
    return resized(shade, half), resized(sheen, half)


def _painted(
    surface: Surface,
    shade: Field,
    sheen: Field,
    depth: Field,
    returned: Field,
    rng: np.random.Generator,
    unsteadiness: float,
) -> tuple[Image.Image, Image.Image, Image.Image]:
    """Return the place painted all with its colour, all without it, and where there is skin; half resolution."""
    form, tone, canvas = surface.form, surface.tone, surface.canvas
    half, scale = canvas.shape(DIVIDER), canvas.scale
    exposure = tone.exposure * math.exp(rng.normal(0, 0.02) * unsteadiness)
    white = np.exp(rng.normal(0, 0.012, 3) * unsteadiness) * exposure
    edge = resized(form.edge, half) * np.float32(canvas.unit(DIVIDER))
    skin = np.asarray(smooth_step(-form.focus * scale, form.focus * scale, 2 * edge), np.float32)
    # New colour comes back a little darker than the skin around it, and the border of a patch is darker too.
    darker = 0.05 * np.exp(-(((2 * depth + 10) / 14) ** 2)) + 0.06 * smooth_step(-3, 2, returned)
    cloth = (
        resized(surface.cloth, half) * (1 - 0.45 * np.exp(-np.clip(-edge, 0, None) / (19 * scale))) * 0.86 * tone.cloth
    )
    gleam = 0.03 * form.relief * tone.gloss * sheen
    full, bare = np.empty((*half, 3), np.uint8), np.empty((*half, 3), np.uint8)
    contrast, background = np.log(linear(tone.uncoloured) / linear(tone.coloured)), linear(form.cloth)
    for c in range(3):
        behind = background[c] * cloth * (1 - skin)
        for layer, reflectance in (
            (full, surface.coloured[..., c] * (1 - contrast[c] * darker)),
            (bare, surface.uncoloured[..., c]),
        ):
            light = ((reflectance * shade + gleam * _SHEEN[c]) * skin + behind) * np.float32(white[c])
            layer[..., c] = _camera_curve()[np.clip(light * _LEVELS, 0, _LEVELS).astype(np.uint16)]
    return Image.fromarray(full), Image.fromarray(bare), Image.fromarray((skin * 255).astype(np.uint8))


@cache
def _camera_curve() -> Any:
    """Return the sRGB value (0 to 255) of each level of linear light."""
    light = np.arange(_LEVELS + 1) / _LEVELS
    value = np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.power(light, 1 / 2.4) - 0.055)
    return np.round(value * 255).astype(np.uint8)


def _texture(surface: Surface, view: View) -> tuple[Field, Field]:
    """Return the skin's fine texture (0 to about 1.1), and how its relief brightens or darkens each pixel."""
    form = surface.form
    column, row = view.positions()
    across = column + view.seen_field(surface.drift[0])
    down = row + view.seen_field(surface.drift[1])
    c, s = np.float32(math.cos(form.grain)), np.float32(math.sin(form.grain))
    x = across * c + down * s
    y = (down * c - across * s) * np.float32(form.stretch)
    texture = _tiled(surface.texture, x, y)
    height = texture + np.float32(0.8) * _tiled(
        surface.furrows, np.float32(0.9) * x - np.float32(0.25) * y, np.float32(0.9) * y + np.float32(0.25) * x
    )
    if surface.pores is not None:
        height -= np.float32(1.1) * _tiled(surface.pores, column, row)
    folds = view.seen_field(surface.folds)
    height -= np.float32(2.2) * folds
    relief = np.float32(0.030) * (height - np.float32(1.35))
    relief[1:, 1:] += np.float32(0.075) * (height[1:, 1:] - height[:-1, :-1])  # lit from the upper left
    relief *= np.float32(form.relief)
    relief -= np.float32(0.10) * folds
    return texture, relief * np.float32(0.5)  # values of a picture go with the root of the light


def _tiled(tile: Field, x: Field, y: Field) -> Field:
    """Return a tile that repeats for ever, at given columns and rows."""
    last = TILE - 1
    place = (y.astype(np.int32) & last) * TILE + (x.astype(np.int32) & last)
    return tile.ravel().take(place)


def _add_hairs(picture: Field, surface: Surface, view: View) -> None:
    """Draw the hairs and their soft shadows into ``picture``."""
    width, height = view.size
    layer = Image.new("L", (2 * width, 2 * height))
    draw = ImageDraw.Draw(layer)
    hairs = np.array([(h.column, h.row, h.angle, h.bend, h.length) for h in surface.hairs])
    steps = np.array((0, 0.25, 0.5, 0.75, 1.0))[:, None]
    turn = hairs[:, 2] + hairs[:, 3] * steps
    points = np.stack(
        (hairs[:, 0] + steps * hairs[:, 4] * np.cos(turn), hairs[:, 1] + steps * hairs[:, 4] * np.sin(turn)), 2
    )
    lines = (2 * view.project(points)).transpose(1, 0, 2).tolist()
    for hair, line in zip(surface.hairs, lines, strict=True):
        corners = [(x, y) for x, y in line]
        draw.line(corners[:3], fill=int(255 * hair.darkness), width=2 if hair.darkness > 0.25 else 1)
        draw.line(corners[2:], fill=int(190 * hair.darkness), width=1)
    layer = layer.reduce(2)
    moved = Image.new("L", view.size)
    moved.paste(layer.filter(ImageFilter.GaussianBlur(1.8 * surface.canvas.scale)), (2, 3))
    cover = np.asarray(layer, np.float32) * np.float32(0.9 / 255)
    # What is left of the light: under the hair, and in its shadow.
    picture *= ((1 - cover) * (1 - np.asarray(moved, np.float32) * np.float32(0.12 / 255)))[..., None]
    for c in range(3):
        picture[..., c] += cover * np.float32(0.9 * surface.tone.hair[c])

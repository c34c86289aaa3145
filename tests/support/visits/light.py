"""One photograph: light, camera, and what can go wrong in front of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from tests.support.visits.camera import View
from tests.support.visits.skin import BLOOD, DERMIS, MELANIN, Place, noise

BARE = 0.03


@dataclass(frozen=True)
class Day:
    """The day: how far light and white balance differ from the first photograph, and one thing that goes wrong.

    ``trouble`` is empty or one of ``highlight``, ``shadow``, ``soft-shadow``, ``erythema``, ``defocus``, ``tan``,
    ``warm``, ``dark``, ``bright``, ``jpeg``.
    """

    light: float = 1.0
    white: float = 1.0
    grain: float = 1.0
    trouble: str = ""


def photograph(place: Place, view: View, share: float, day: Day, seed: list[int]) -> tuple[np.ndarray, float]:
    """Return an upright RGB picture (uint8) that has been through JPEG, and the true share of the outline."""
    rng = np.random.default_rng(seed)
    unit = place.width / 1600
    patch = place.patch(share)
    canvas = _skin(place, patch, day, rng)
    column, row = view.maps()
    ox, oy = place.origin
    seen = cv2.remap(canvas, column + ox, row + oy, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    across = cv2.remap(place.across, column + ox, row + oy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = np.clip((1 - np.abs(across)) * 90, 0, 1)[..., None]
    scene = seen * cover + _cloth(rng, seen.shape[:2], unit) * (1 - cover)
    scene = scene * _field(rng, day, seen.shape[:2])[..., None]
    base = np.stack((column, row), 2)
    scene = _trouble(place, scene, base, day, rng)
    height, width = seen.shape[:2]
    meter = np.median(  # the camera's meter reads the middle of the frame
        scene[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4, 1]
    )
    exposure = (0.34 / meter) ** 0.8 * math.exp(rng.normal(0, 0.09) * day.light)
    exposure = min(exposure, 0.86 / float(np.percentile(scene[::4, ::4].max(2), 98.5)))  # and spares what is bright
    exposure *= {"dark": 0.45, "bright": 1.45}.get(day.trouble, 1.0)
    return _developed(scene * exposure, day, rng, unit), place.area(patch)


def _skin(place: Place, patch: np.ndarray, day: Day, rng: np.random.Generator) -> np.ndarray:
    """Return what the skin gives back of white light falling straight on it, on the canvas."""
    unit = place.width / 1600
    kept = np.asarray(1 / (1 + np.exp(np.clip(patch / (1.6 * unit), -30, 30))), np.float32)
    strong = 1.35 if day.trouble == "tan" else 1.0
    pigment = (strong * place.melanin + 0.9 * place.spots * max(0.45, float(place.melanin.mean()))) * kept + BARE * (
        1 - kept
    )
    blood = place.blood + 0.06 * (1 - kept)
    if day.trouble == "erythema":
        blood = blood + _flush(place, rng)
    person = np.random.default_rng([place.seed, 77])
    melanin, red = MELANIN * person.uniform(0.88, 1.12, 3), BLOOD * person.uniform(0.85, 1.15, 3)
    lit = 1 + place.relief * (1 + 0.35 * rng.normal())
    tilt = 0.06 + rng.normal(0, 0.22) * day.light
    curve = np.clip(np.abs(place.across), 0, 0.99) if place.kind.limb else np.zeros(place.shape, np.float32)
    facing = np.clip(np.cos(tilt) * np.sqrt(1 - curve * curve) + np.sin(tilt) * np.sign(place.across) * curve, 0, 1)
    shade = (0.5 + 0.5 * facing) * lit
    gloss = 0.010 * facing**20 * (1 + 6 * place.relief)
    hair = _hair(place, rng)
    out = np.empty((*place.shape, 3), np.float32)
    for c in range(3):
        skin = np.exp(-(DERMIS[c] + melanin[c] * pigment + red[c] * blood)) * shade + gloss
        out[..., c] = skin * (1 - hair) + 0.025 * hair
    return out


def _flush(place: Place, rng: np.random.Generator) -> np.ndarray:
    """Return a red spot that lies partly over the patch."""
    y, x = np.mgrid[: place.shape[0], : place.shape[1]].astype(np.float32)
    angle = rng.uniform(0, math.tau)
    centre = place.outline.mean(0) + place.origin + 0.09 * place.width * np.array((math.cos(angle), math.sin(angle)))
    away = np.hypot(x - centre[0], y - centre[1]) / (rng.uniform(0.07, 0.12) * place.width)
    return rng.uniform(0.5, 1.0) * np.exp(-(away**4)).astype(np.float32)


def _hair(place: Place, rng: np.random.Generator) -> np.ndarray:
    """Return how much of each pixel hair covers; it lies elsewhere at every visit."""
    unit = place.width / 1600
    layer = np.zeros(place.shape, np.uint8)
    fixed = np.random.default_rng([place.seed, 5])
    count = min(place.kind.hairs, len(place.roots))
    angles = fixed.normal(0.6, 0.3, count) + rng.normal(0, 0.22, count)
    lengths = fixed.uniform(26, 78, count) * unit
    steps = np.linspace(0, 1, 6)[:, None]
    for (x, y), angle, length in zip(place.roots[:count], angles, lengths, strict=True):
        turn = angle + 0.5 * steps[:, 0]
        line = np.stack((x + steps[:, 0] * length * np.cos(turn), y + steps[:, 0] * length * np.sin(turn)), 1)
        cv2.polylines(
            layer, [np.round(line * 16).astype(np.int32)], False, 200, max(1, round(1.5 * unit)), cv2.LINE_AA, 4
        )
    return cv2.GaussianBlur(layer.astype(np.float32) / 255, (0, 0), 0.5 * unit) * 0.6


def _cloth(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> np.ndarray:
    colour = rng.uniform(0.03, 0.5, 3).astype(np.float32)
    weave = 1 + 0.16 * noise(rng, shape, 5 * unit) + 0.18 * noise(rng, shape, 120 * unit)
    if rng.random() < 0.4:  # stripes
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        weave += 0.3 * np.sign(np.sin((x * rng.normal() + y * rng.normal()) / (14 * unit)))
    return np.clip(weave, 0.1, 2)[..., None] * colour


def _field(rng: np.random.Generator, day: Day, shape: tuple[int, int]) -> np.ndarray:
    """Return the light each pixel gets: a slope, the glow of a near lamp, and the lens's own fall-off."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    x, y = x / shape[1] - 0.5, (y - shape[0] / 2) / shape[1]
    slope = rng.normal(0, 0.22, 2) * day.light
    lamp, reach = rng.uniform(-0.5, 0.5, 2), rng.uniform(0.7, 1.4)
    glow = 0.22 * abs(rng.normal()) * day.light * np.exp(-((x - lamp[0]) ** 2 + (y - lamp[1]) ** 2) / reach**2)
    return np.clip((1 + slope[0] * x + slope[1] * y + glow) * (1 - rng.uniform(0.1, 0.4) * (x * x + y * y)), 0.2, 2.5)


def _trouble(place: Place, scene: np.ndarray, base: np.ndarray, day: Day, rng: np.random.Generator) -> np.ndarray:
    """Add what falls between the lamp and the skin, or shines back from it. It stays where it is in the base."""
    middle, width = place.outline.mean(0), place.width
    if day.trouble in ("shadow", "soft-shadow"):
        angle = rng.uniform(0, math.tau)
        normal = np.array((math.cos(angle), math.sin(angle)), np.float32)
        away = (base - (middle + rng.normal(0, 0.05, 2) * width).astype(np.float32)) @ normal
        soft = (0.004 if day.trouble == "shadow" else 0.06) * width
        dark = 1 / (1 + np.exp(np.clip(away / soft, -30, 30)))
        left = np.array((0.30, 0.33, 0.37)) + rng.uniform(0, 0.2)
        return scene * (1 - dark[..., None] * (1 - left)).astype(np.float32)
    if day.trouble == "highlight":
        out = scene.copy()
        for _ in range(int(rng.integers(3, 8))):
            spot = middle + rng.normal(0, 0.07, 2) * width
            size = rng.uniform(0.012, 0.04) * width * np.array((1, rng.uniform(0.4, 1)))
            away = ((base[..., 0] - spot[0]) / size[0]) ** 2 + ((base[..., 1] - spot[1]) / size[1]) ** 2
            out += (rng.uniform(0.3, 0.9) * np.exp(-np.minimum(away, 30)))[..., None].astype(np.float32)
        return out
    return scene


def _developed(scene: np.ndarray, day: Day, rng: np.random.Generator, unit: float) -> np.ndarray:
    """Return the picture the camera's own program makes of the light, through JPEG."""
    gains = np.exp(np.array((rng.normal(0, 0.06), 0, rng.normal(0, 0.08))) * day.white)
    if day.trouble == "warm":
        gains = gains * np.array((1.22, 1.0, 0.72))
    vivid = 1 + 0.07 * rng.normal()
    grey = scene.mean(2, keepdims=True)
    light = np.clip((grey + (scene - grey) * vivid) * gains, 0, None).astype(np.float32)
    blur = rng.uniform(0.5, 1.1) * max(0.6, unit) if day.trouble != "defocus" else 4.5 * unit
    light = cv2.GaussianBlur(light, (0, 0), blur)
    light = light + day.grain * np.sqrt(0.00012 * light + 0.00001) * rng.standard_normal(light.shape, np.float32)
    value = np.clip(light, 0, 1) ** math.exp(rng.normal(0, 0.05) * day.light)
    value = np.where(value <= 0.0031308, 12.92 * value, 1.055 * np.maximum(value, 1e-6) ** (1 / 2.4) - 0.055)
    if rng.random() < 0.5:  # phones sharpen
        value = value + 0.4 * (value - cv2.GaussianBlur(value.astype(np.float32), (0, 0), 1.5 * unit))
    eight = np.clip(value * 255 + 0.5, 0, 255).astype(np.uint8)
    quality = 40 if day.trouble == "jpeg" else int(rng.integers(84, 95))
    _, packed = cv2.imencode(".jpg", eight[..., ::-1], (cv2.IMWRITE_JPEG_QUALITY, quality))
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1].copy()

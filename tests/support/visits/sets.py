"""Pairs of photographs with their truth, in named sets. Tuning and judging never share a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.support.visits.camera import Hand, View, first_view, make_view
from tests.support.visits.light import Day, photograph
from tests.support.visits.skin import Kind, Place, make_place

TUNING, FINAL = 100_000, 900_000
"""Where the seeds of each material begin."""

TROUBLES = ("highlight", "shadow", "erythema", "light-skin")

EASY, HARD = Hand(), Hand(24, 11, 0.22, 0.07, 0.007)


@dataclass
class Pair:
    """Two photographs of a place. ``view`` is None where they show two people."""

    name: str
    base: np.ndarray = field(repr=False)
    follow: np.ndarray = field(repr=False)
    outline: np.ndarray = field(repr=False)
    view: View | None = field(repr=False)
    area_base: float
    area_follow: float
    moles: np.ndarray = field(repr=False)
    trouble: str = ""

    @property
    def change(self) -> float:
        """The true change of the area, as a share of the first."""
        return self.area_follow / self.area_base - 1

    def errors(self, mapped) -> np.ndarray:
        """Return how far ``mapped`` (base points to follow points) is off inside the outline, in % of the width."""
        low, high = self.outline.min(0), self.outline.max(0)
        x, y = np.meshgrid(np.linspace(low[0], high[0], 22), np.linspace(low[1], high[1], 22))
        points = np.stack((x.ravel(), y.ravel()), 1)
        import cv2

        line = self.outline.astype(np.float32).reshape(-1, 1, 2)
        points = points[[cv2.pointPolygonTest(line, (float(a), float(b)), False) > 0 for a, b in points]]
        seen = self.view.to_photo(points)
        size = self.follow.shape[1], self.follow.shape[0]
        visible = ((seen >= 0) & (seen < size)).all(1)
        back = self.view.to_base(np.asarray(mapped(points))[visible])
        return 100 * np.hypot(*(back - points[visible]).T) / self.base.shape[1]


def pair(
    seed: int, kind: Kind, hand: Hand, day: Day, share: float, name: str, width: int = 1600, other: int | None = None
) -> Pair:
    """Return one pair; ``other`` is the seed of another person for the second photograph."""
    height = width * 3 // 4
    place = make_place(seed, kind, width, height)
    base, area = photograph(place, first_view(width, height), 1.0, Day(light=0.5 * day.light), [seed, 1])
    second: Place = place if other is None else make_place(other, kind, width, height)
    view = make_view(np.random.default_rng([seed, 3]), hand, width, height)
    follow, later = photograph(second, view, share, day, [seed, 2])
    return Pair(
        name, base, follow, place.outline, view if other is None else None, area, later, place.moles, day.trouble
    )


def easy(start: int, count: int, width: int = 1600) -> Iterator[Pair]:
    """Careful photographs, some change."""
    for n in range(count):
        rng = np.random.default_rng([start, 1, n])
        kind = Kind(tone=2 + n % 5, limb=n % 3 != 2, islands=rng.uniform(0, 0.9), patch=rng.uniform(0.12, 0.2))
        yield pair(start + n, kind, EASY, Day(), _share(rng), f"easy {n}", width)


def hard(start: int, count: int, width: int = 1600) -> Iterator[Pair]:
    """Careless photographs: turned, tilted, other distance, skin moved, other light, little texture."""
    for n in range(count):
        rng = np.random.default_rng([start, 2, n])
        kind = Kind(
            tone=2 + n % 5, texture=0.6, limb=n % 2 == 0, islands=rng.uniform(0, 0.9), patch=rng.uniform(0.12, 0.2)
        )
        yield pair(start + 2000 + n, kind, HARD, Day(light=1.8, white=1.6), _share(rng), f"hard {n}", width)


def unchanged(start: int, count: int, width: int = 1600) -> Iterator[Pair]:
    """The same patch, photographed once more, in whatever light."""
    for n in range(count):
        kind = Kind(tone=2 + n % 5, limb=n % 2 == 0, texture=0.8)
        yield pair(start + 4000 + n, kind, EASY.scaled(1.4), Day(light=1.5, white=1.5), 1.0, f"unchanged {n}", width)


def strangers(start: int, count: int, width: int = 1600) -> Iterator[Pair]:
    """Two people of the same skin tone."""
    for n in range(count):
        seed = start + 6000 + n
        kind = Kind(tone=2 + n % 5, limb=n % 2 == 0)
        yield pair(seed, kind, EASY, Day(), 1.0, f"stranger {n}", width, other=seed + 50_000)


def troubled(start: int, count: int, width: int = 1600) -> Iterator[Pair]:
    """Something wrong with the second photograph, in turn: highlights, a hard shadow, redness, very fair skin."""
    for n in range(count):
        rng = np.random.default_rng([start, 5, n])
        trouble = TROUBLES[n % 4]
        fair = trouble == "light-skin"
        kind = Kind(tone=1 + (n // 4) % 2 if fair else 2 + (n // 4) % 5, limb=n % 8 < 4)
        day = Day(trouble="" if fair else trouble)
        share = 1.0 if n % 3 else _share(rng)
        made = pair(start + 8000 + n, kind, EASY, day, share, f"{trouble} {n}", width)
        made.trouble = trouble
        yield made


def _share(rng: np.random.Generator) -> float:
    return float(rng.choice((0.15, 0.35, 0.55, 0.75, 0.9, 1.0, 1.1), p=(0.1, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1)))

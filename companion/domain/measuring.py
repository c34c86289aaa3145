"""What lining up and measuring two photographs gives: values, qualities and reasons; no sentence and no verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Points = Sequence[tuple[float, float]]

MIN_POINTS = 3
"""Fewest hand-placed points that line two photographs up."""

CHANCE = 1.96
"""How many standard deviations to each side hold 95 % of a normal spread."""


class Method(StrEnum):
    """How two photographs were lined up."""

    FEATURES = "features"
    """By what the program recognised of the skin in both."""
    POINTS = "points"
    """By points a person placed."""
    POINTS_REFINED = "points-refined"
    """By points a person placed, then by the skin's own texture."""


class Quality(StrEnum):
    """How well two photographs lie on each other; said in words beside the number."""

    CLOSE = "close"
    FAIR = "fair"
    ROUGH = "rough"
    NONE = "none"


class Reason(StrEnum):
    """Why photographs could not be lined up or measured."""

    NOTHING_IN_COMMON = "nothing-in-common"
    """Nothing was recognised in both: another place, another person, or too different a view."""
    POOR_FIT = "poor-fit"
    """Something was recognised, but not enough agrees to rely on."""
    OUT_OF_FRAME = "out-of-frame"
    """Part of the outlined area is not on the second photograph."""
    TOO_FEW_POINTS = "too-few-points"
    POINTS_TOO_CLOSE = "points-too-close"
    """The points lie on one spot or on one line."""
    POINTS_DISAGREE = "points-disagree"
    """No turn, shift and size brings the points together."""
    OUTLINE_TOO_SMALL = "outline-too-small"
    NO_SKIN_AROUND = "no-skin-around"
    """Too little of the person's own skin lies round the outline to compare with."""
    NO_PATCH = "no-patch"
    """Hardly any area without colour is found inside the outline of the base."""
    LIGHT = "light"
    """Too dark, too bright, or too uneven."""
    FOCUS = "focus"
    """One of the photographs is blurred."""
    HIGHLIGHT = "highlight"
    """The skin shines inside the outline."""
    SHADOW = "shadow"
    """A shadow falls across the outline."""
    REDNESS = "redness"
    """The skin is redder in places inside the outline, which cannot be told from pigment."""
    LOW_CONTRAST = "low-contrast"
    """Patch and skin are too alike in ordinary light, as on fair skin."""
    UNSTEADY = "unsteady"
    """The answer depends too much on how it is worked out."""
    DISPLACED = "displaced"
    """What looks like the patch lies elsewhere on the second photograph."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a point of the base is found on the follow photograph.

    ``matrix`` is a 3 x 3 projective matrix, row by row, from base pixels to follow pixels, both as shown upright.
    ``bend`` holds what the skin moved beyond that: pairs of coefficients of 1, x, y, x², xy, y², x³, x²y, xy², y³
    (and so on to y⁴), in base pixels, added to the base point before the matrix, where x and y are the base point less
    ``centre``, over ``reach``. ``residual`` is how far matched texture still lies apart, in % of the base's width; None
    where nothing matched.
    """

    method: Method
    matrix: tuple[float, ...]
    residual: float | None
    quality: Quality
    accepted: bool
    reasons: tuple[Reason, ...] = ()
    bend: tuple[tuple[float, float], ...] = ()
    centre: tuple[float, float] = (0.0, 0.0)
    reach: float = 1.0
    visible: float = 1.0
    """The share of the outline that is on the follow photograph."""

    def __post_init__(self) -> None:
        if len(self.matrix) != 9 or self.accepted == bool(self.reasons):
            raise ValueError("nine numbers, and a reason exactly where it is refused")

    def find(self, x: float, y: float) -> tuple[float, float]:
        """Return where the base point ``x``, ``y`` lies on the follow photograph, in its pixels."""
        u, v = (x - self.centre[0]) / self.reach, (y - self.centre[1]) / self.reach
        terms = [u ** (order - power) * v**power for order in range(5) for power in range(order + 1)]
        x += sum(t * c[0] for t, c in zip(terms, self.bend, strict=False))
        y += sum(t * c[1] for t, c in zip(terms, self.bend, strict=False))
        a, b, c, d, e, f, g, h, i = self.matrix
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w


@dataclass(frozen=True, slots=True)
class Measurement:
    """The area without colour on two dates, inside one outline.

    Areas are shares of the outline (0 to 1); ``change`` is the follow area less the base area, over the base area;
    ``low`` and ``high`` are the ends of its honest range. All of them are None where the photographs could not be
    lined up. Where the measurement is refused for another reason they hold what was found, to be drawn hollow and
    never to be printed as a result. Edges are closed lines in base pixels.
    """

    alignment: Alignment
    area_base: float | None
    area_follow: float | None
    change: float | None
    low: float | None
    high: float | None
    accepted: bool
    reasons: tuple[Reason, ...]
    edges_base: tuple[tuple[tuple[float, float], ...], ...] = ()
    edges_follow: tuple[tuple[tuple[float, float], ...], ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the range leaves no change out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Repeatability:
    """How far two photographs of the same visit differ, for one person and one place, over ``visits`` visits.

    ``deviation`` is the standard deviation of one measured area, ``smallest_change`` what two visits must differ by to
    be told from chance in 95 of 100 cases; both are shares of the outline.
    """

    visits: int
    deviation: float
    smallest_change: float


def repeatability(pairs: Sequence[tuple[float, float]]) -> Repeatability | None:
    """Return what pairs of areas (shares of the outline), two shots a visit each, say; None without any pair.

    Deviation within pairs, and the repeatability coefficient: Bland and Altman, Statistics in Medicine 1986.
    """
    if not pairs:
        return None
    deviation = math.sqrt(sum((a - b) ** 2 for a, b in pairs) / (2 * len(pairs)))
    # Few visits say little of the spread: an upper bound with a normal approximation, so that it is never flattered.
    deviation *= 1 + 1 / math.sqrt(2 * len(pairs))
    return Repeatability(len(pairs), deviation, CHANCE * math.sqrt(2) * deviation)


@dataclass(frozen=True, slots=True)
class Scale:
    """A length that is in the picture: two points in base pixels, lying on the skin, and the millimetres between."""

    first: tuple[float, float]
    second: tuple[float, float]
    millimetres: float

    def __post_init__(self) -> None:
        if self.millimetres <= 0 or math.dist(self.first, self.second) < 20:
            raise ValueError("a scale has a length, and its ends lie apart")

    @property
    def per_pixel(self) -> float:
        """Return the millimetres of one pixel."""
        return self.millimetres / math.dist(self.first, self.second)


def polygon_area(outline: Points) -> float:
    """Return the area of a simple polygon, in the square of its unit."""
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def square_centimetres(share: float, outline: Points, scale: Scale) -> float:
    """Return how large ``share`` of ``outline`` (base pixels) is, seen straight on, by a scale in the picture."""
    return share * polygon_area(outline) * scale.per_pixel**2 / 100


def crosses_itself(outline: Points) -> bool:
    """Return whether two sides of a polygon cross."""
    count = len(outline)
    sides = [(outline[n], outline[(n + 1) % count]) for n in range(count)]
    for i in range(count):
        for j in range(i + 2, count):
            if (i == 0 and j == count - 1) or not _cross(*sides[i], *sides[j]):
                continue
            return True
    return False


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0

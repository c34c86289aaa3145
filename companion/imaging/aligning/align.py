"""Line a follow photograph up with a base, and say how well, or why not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from companion.domain.measuring import Alignment, Method, Quality, Reason
from companion.imaging.aligning import features, tiles
from companion.imaging.aligning.texture import Prepared, region
from companion.imaging.aligning.warp import Array, Warp

_SIDES = (640, 1024)
_GROWN = 1.7
"""Features and tiles are taken from the outline grown by this: enough skin, little cloth."""

FEWEST_INLIERS = 12
FEWEST_TILES = 60
LEAST_AGREEING = 0.20
"""Least share of the tiles that must agree with the fit to 1.5 pixels of a photograph 1024 pixels long."""
LARGEST_ERROR = 0.13
"""Largest standard error of the fit inside the outline, in % of the width."""
LEAST_VISIBLE = 0.95

_HOPELESS = 0.1
"""Below this share of agreeing tiles chance alone speaks: a tile finds its place by luck in two of a hundred."""

_CLOSE, _FAIR = 0.15, 0.5  # % of the width


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a fit: agreeing features, tiles tried and agreeing, their likeness; lengths in % of the width."""

    inliers: int = 0
    tried: int = 0
    agreeing: int = 0
    likeness: float = 0.0
    residual: float = 0.0
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class LinedUp:
    """An alignment and the evidence for it."""

    alignment: Alignment
    evidence: Evidence


def line_up(base: Array, follow: Array, outline: Array | None = None) -> LinedUp:
    """Return how ``follow`` lies on ``base``; both are upright RGB pictures (height, width, 3; uint8).

    ``outline`` is a polygon (n, 2) in base pixels round what matters; without it the whole base matters. The transform
    is in pixels of the pictures given. A fit that cannot be relied on is returned too, refused, with the reasons.
    """
    first, second = Prepared(base), Prepared(follow)
    line = outline_of(first, outline)
    grown = _GROWN if outline is not None else 1.0
    best: tuple[Warp, tiles.Bent | None, int] | None = None
    for side, masked in ((_SIDES[0], True), (_SIDES[1], True), (_SIDES[1], False)):
        (texture_base, by_base), (texture_follow, by_follow) = first.at(side), second.at(side)
        height, width = texture_base.shape
        mask = region((line + 0.5) * by_base - 0.5, grown, width, height) if masked else None
        found = features.fit(texture_base, texture_follow, mask)
        if found is None:
            continue
        start = Warp(found.matrix).scaled(1 / by_base, 1 / by_follow)
        bent = refine(first, second, start, line, grown)
        if best is None or _agreeing(bent) > _agreeing(best[1]):
            best = (start, bent, found.inliers)
        if bent is not None and relied_on(bent, first) and found.inliers >= FEWEST_INLIERS:
            break
    if best is None:
        return LinedUp(_nothing(Method.FEATURES), Evidence())
    return judged(first, second, line, best[0], best[1], Method.FEATURES, best[2])


def refine(base: Prepared, follow: Prepared, start: Warp, line: Array, grown: float = _GROWN) -> tiles.Bent | None:
    """Return ``start`` (pixels of the pictures) bent to the tiles, or None if hardly any agree.

    The figures are in pixels of the finer comparison (see `_scale`).
    """
    warp, bent = start, None
    for side, tile, search, orders in ((_SIDES[0], 56, 14, (2, 3)), (_SIDES[1], 72, 9, (3, 4))):
        texture_base, by_base = base.without_patch(side, line)
        texture_follow, by_follow = follow.without_patch(side, warp.find(line))
        small = (line + 0.5) * by_base - 0.5
        where = region(small, grown, texture_base.shape[1], texture_base.shape[0])
        for order in orders:
            bent = tiles.bend(
                texture_base,
                texture_follow,
                warp.scaled(by_base, by_follow),
                where,
                _inside(small),
                tile=tile,
                search=search,
                order=order,
            )
            if bent is None or bent.near < _HOPELESS * bent.tried:
                return None
            warp = bent.warp.scaled(1 / by_base, 1 / by_follow)
    assert bent is not None
    return replace(bent, warp=warp)


def judged(
    base: Prepared, follow: Prepared, line: Array, start: Warp, bent: tiles.Bent | None, method: Method, inliers: int
) -> LinedUp:
    """Return the alignment with its quality, refused where the evidence is thin."""
    warp = bent.warp if bent is not None else start
    visible = visible_share(warp, line, follow.width, follow.height)
    reasons = []
    thin = method is Method.FEATURES and inliers < FEWEST_INLIERS
    if thin or bent is None or not relied_on(bent, base):
        reasons.append(Reason.POOR_FIT)
    if visible < LEAST_VISIBLE:
        reasons.append(Reason.OUT_OF_FRAME)
    percent = 100 * _scale(base) / base.width
    evidence = Evidence(inliers)
    residual = None
    if bent is not None:
        residual = bent.residual * percent
        evidence = Evidence(inliers, bent.tried, bent.agreeing, bent.likeness, residual, bent.error * percent)
    return LinedUp(valued(method, warp, residual, tuple(reasons), visible), evidence)


def quality_of(residual: float | None, accepted: bool) -> Quality:
    """Return the word for a residual (% of the width)."""
    if not accepted or residual is None:
        return Quality.NONE
    return Quality.CLOSE if residual <= _CLOSE else Quality.FAIR if residual <= _FAIR else Quality.ROUGH


def valued(
    method: Method, warp: Warp, residual: float | None, reasons: tuple[Reason, ...], visible: float
) -> Alignment:
    """Return a warp as a value that can be stored; accepted where there is no reason against it."""
    return Alignment(
        method=method,
        matrix=tuple(float(v) for v in (warp.matrix / warp.matrix[2, 2]).ravel()),
        residual=residual,
        quality=quality_of(residual, not reasons),
        accepted=not reasons,
        reasons=reasons,
        bend=tuple((float(a), float(b)) for a, b in warp.bend) if warp.bend is not None else (),
        centre=warp.centre,
        reach=warp.reach,
        visible=visible,
    )


def _nothing(method: Method) -> Alignment:
    return valued(method, Warp(np.eye(3)), None, (Reason.NOTHING_IN_COMMON,), 0.0)


def outline_of(base: Prepared, outline: Array | None) -> Array:
    """Return the outline as an array (n, 2) of base pixels; without one, the frame."""
    if outline is not None:
        return np.asarray(outline, float)
    right, bottom = base.width - 1, base.height - 1
    return np.array(((0, 0), (right, 0), (right, bottom), (0, bottom)), float)


def _scale(base: Prepared) -> float:
    """Return how many base pixels one pixel of the finest comparison is."""
    return float(max(1.0, max(base.width, base.height) / _SIDES[1]))


def _agreeing(bent: tiles.Bent | None) -> int:
    return bent.agreeing if bent is not None else 0


def relied_on(bent: tiles.Bent, base: Prepared) -> bool:
    """Return whether so many tiles agree, and so closely, that no chance would do it."""
    return (
        bent.agreeing >= FEWEST_TILES
        and bent.agreeing >= LEAST_AGREEING * bent.tried
        and 100 * bent.error * _scale(base) / base.width <= LARGEST_ERROR
    )


def _inside(line: Array) -> Array:
    """Return points spread over the inside of a polygon."""
    import cv2

    low, high = line.min(0), line.max(0)
    x, y = np.meshgrid(np.linspace(low[0], high[0], 15), np.linspace(low[1], high[1], 15))
    points = np.stack((x.ravel(), y.ravel()), 1)
    contour = line.astype(np.float32).reshape(-1, 1, 2)
    kept = [cv2.pointPolygonTest(contour, (float(a), float(b)), False) >= 0 for a, b in points]
    return points[kept] if any(kept) else line


def visible_share(warp: Warp, line: Array, width: int, height: int) -> float:
    """Return the share of the inside of a polygon that falls on a follow photograph of this size."""
    found = warp.find(_inside(line))
    return float(np.mean(((found >= 0) & (found <= (width - 1, height - 1))).all(1)))

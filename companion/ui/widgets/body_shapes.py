"""The drawn body: its outline, its lines and the shape of each region, from ``resources/pictures/body.json``.

Sided regions are drawn once, on the viewer's right. From the front that is the person's own left, from the back their
right; the other side is its mirror image.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainterPath, QTransform

from companion.domain.body import Region, Side, View
from companion.ui.widgets.drawing import path
from companion.wording import resources


@dataclass(frozen=True, slots=True)
class Figure:
    """One view: its size, outline, inner lines and regions, in its own units."""

    size: QSizeF
    outline: QPainterPath
    lines: QPainterPath
    regions: Mapping[Region, QPainterPath]

    def region_at(self, point: QPointF, private: bool) -> Region | None:
        """Return the region at a point; small regions lie above the large ones they are part of."""
        found = [
            (shape.boundingRect().width() * shape.boundingRect().height(), region)
            for region, shape in self.regions.items()
            if (private or not region.intimate) and shape.contains(point)
        ]
        return min(found)[1] if found else None


@cache
def figures() -> Mapping[View, Figure]:
    """Return the three views. Read once, when the first body is shown."""
    data = json.loads(resources.read_text("pictures/body.json"))
    made = {}
    for view, near in ((View.FRONT, Side.LEFT), (View.BACK, Side.RIGHT), (View.FACE, None)):
        kind = "face" if view is View.FACE else "figure"
        size = QSizeF(*data[kind])
        lines = QPainterPath()
        for text in data["lines"][view.value]:
            lines.addPath(path(text))
        regions = {Region(code): path(text) for code, text in data["middle"][view.value].items()}
        if near is not None:
            regions |= _pairs(data["pairs"]["both"] | data["pairs"][view.value], near, size.width())
        order = sorted(regions, key=list(Region).index)
        made[view] = Figure(size, path(data["outline"][kind]), lines, {region: regions[region] for region in order})
    return made


def _pairs(texts: Mapping[str, str], near: Side, width: float) -> dict[Region, QPainterPath]:
    mirror = QTransform(-1, 0, 0, 1, width, 0)
    far = Side.RIGHT if near is Side.LEFT else Side.LEFT
    made: dict[Region, QPainterPath] = {}
    for part, text in texts.items():
        shape = path(text)
        made[Region(f"{part}_{near}")] = shape
        made[Region(f"{part}_{far}")] = mirror.map(shape)
    return made

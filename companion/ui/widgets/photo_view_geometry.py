"""Where a photo lies in its frame: zoom and pan as shares of the photo, so that two of any size can be locked together.

No Qt here: a :class:`Look` is a value, and moving it makes another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Size = tuple[float, float]

WHOLE = 1.0
MOST = 8.0
"""The largest zoom; 1 shows the whole photo."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen: ``zoom`` times the whole photo, with the point ``x, y`` (shares of the photo) in the middle."""

    zoom: float = WHOLE
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in the frame, in its pixels."""

    left: float
    top: float
    width: float
    height: float


def fit(photo: Size, frame: Size) -> float:
    """Return the scale at which the whole photo fills the frame."""
    return min(frame[0] / max(1.0, photo[0]), frame[1] / max(1.0, photo[1]))


def area(look: Look, photo: Size, frame: Size) -> Area:
    """Return where the photo lies in the frame; it may reach beyond it."""
    scale = fit(photo, frame) * look.zoom
    width, height = photo[0] * scale, photo[1] * scale
    return Area(frame[0] / 2 - look.x * width, frame[1] / 2 - look.y * height, width, height)


def held(look: Look, photos: Sequence[Size], frame: Size) -> Look:
    """Return the look kept within bounds: no photo leaves the frame while it could fill it.

    With two photos of different shape the one that reaches further decides, so that all of it can be seen.
    """
    zoom = min(MOST, max(WHOLE, look.zoom))
    spans = [(photo[0] * scale, photo[1] * scale) for photo in photos if (scale := fit(photo, frame) * zoom) > 0]
    x = _kept(look.x, [span[0] for span in spans], frame[0])
    y = _kept(look.y, [span[1] for span in spans], frame[1])
    return Look(zoom, x, y)


def _kept(middle: float, spans: Sequence[float], room: float) -> float:
    margin = min((room / 2 / span for span in spans if span > room), default=0.5)
    return min(1 - margin, max(margin, middle)) if margin < 0.5 else 0.5


def zoomed(look: Look, factor: float, at: tuple[float, float], photos: Sequence[Size], frame: Size) -> Look:
    """Return the look ``factor`` times closer; the point ``at`` of the frame keeps showing what it shows."""
    if not photos:
        return look
    zoom = min(MOST, max(WHOLE, look.zoom * factor))
    before = area(look, photos[0], frame)
    scale = zoom / look.zoom
    x = (at[0] - before.left) / before.width
    y = (at[1] - before.top) / before.height
    width, height = before.width * scale, before.height * scale
    return held(Look(zoom, x + (frame[0] / 2 - at[0]) / width, y + (frame[1] / 2 - at[1]) / height), photos, frame)


def moved(look: Look, right: float, down: float, photos: Sequence[Size], frame: Size) -> Look:
    """Return the look after the photo was dragged by so many pixels of the frame."""
    if not photos:
        return look
    now = area(look, photos[0], frame)
    return held(Look(look.zoom, look.x - right / now.width, look.y - down / now.height), photos, frame)

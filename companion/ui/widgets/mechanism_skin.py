"""A patch of skin in several tones, and how colour comes back to it: around hairs, from the edge, all over."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from companion.ui.theme import Theme
from companion.ui.widgets.mechanism_brush import faded, mix

WAYS = ("dots", "edges", "diffuse")
HAIRS = ("many", "few", "white")
TONES = 6
_SIDE = 200.0
_FOLLICLES = (
    (100, 98), (70, 82), (128, 84), (86, 118), (118, 120), (60, 108), (142, 106), (98, 70), (74, 136), (128, 142),
    (100, 146), (54, 86), (146, 78), (86, 100), (112, 102), (84, 58), (114, 52), (148, 128), (58, 128), (108, 84),
)  # fmt: skip
_OUTSIDE = (
    (20, 30),
    (174, 26),
    (24, 172),
    (178, 168),
    (30, 98),
    (176, 96),
    (100, 20),
    (102, 182),
    (44, 48),
    (160, 152),
)
_FEW = (0, 7, 9)
_STILL_GROWING = (1, 9, 17)
"""Among the white hairs, the few whose follicle still gives colour."""


@dataclass(frozen=True, slots=True)
class SkinState:
    """What a panel shows: the way colour returns, how far (0 to 1), the skin's tone (0 to 5) and its hairs."""

    way: str
    time: float
    tone: int
    hairs: str = "many"


def tone_colour(look: Theme, tone: int) -> QColor:
    """Return one of the six tones, from very light to very dark."""
    light, middle, dark = look.colour("skin_light"), look.colour("skin_mid"), look.colour("skin_dark")
    return (
        light, mix(light, middle, 0.45), middle, mix(middle, dark, 0.5), dark, dark.darker(150),
    )[max(0, min(TONES - 1, tone))]  # fmt: skip


def pale_colour(look: Theme) -> QColor:
    """Return the colour of skin without pigment."""
    return mix(look.colour("skin_light"), QColor(Qt.GlobalColor.white), 0.62)


def patch_path(shrink: float = 0.0) -> QPainterPath:
    """Return the outline of the patch in units; ``shrink`` draws it nearer to its middle."""
    path = QPainterPath()
    for step in range(97):
        turn = math.tau * step / 96
        reach = 62 + 6 * math.sin(3 * turn + 0.6) + 4 * math.sin(5 * turn + 2.1)
        reach *= (1 - shrink) * (1 - shrink * 0.18 * math.sin(2 * turn))
        point = QPointF(100 + reach * 1.06 * math.cos(turn), 100 + reach * math.sin(turn))
        if step:
            path.lineTo(point)
        else:
            path.moveTo(point)
    path.closeSubpath()
    return path


def paint_panel(painter: QPainter, area: QRectF, state: SkinState, look: Theme) -> None:
    """Paint one patch into a square ``area``."""
    painter.save()
    painter.translate(area.topLeft())
    scale = area.width() / _SIDE
    painter.scale(scale, scale)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(0, 0, _SIDE, _SIDE), 18, 18)
    painter.setClipPath(frame)
    base = tone_colour(look, state.tone)
    painter.fillRect(QRectF(0, 0, _SIDE, _SIDE), base)
    pale = pale_colour(look)
    if state.way == "edges":
        _patch(painter, patch_path(0.58 * state.time), pale)
    elif state.way == "diffuse":
        _patch(painter, patch_path(), mix(pale, base, 0.78 * state.time))
    else:
        _patch(painter, patch_path(), pale)
        _dots(painter, state, base)
    pen = QPen(faded(_against(base), 0.55), 1.4)
    pen.setDashPattern([2.5, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(patch_path())
    _hairs(painter, state, base)
    painter.setClipping(False)
    painter.setPen(QPen(look.colour("control"), 1.2))
    painter.drawRoundedRect(QRectF(0.6, 0.6, _SIDE - 1.2, _SIDE - 1.2), 18, 18)
    painter.restore()


def _patch(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path)


def _against(base: QColor) -> QColor:
    """Return black or white, whichever shows on a skin tone."""
    return QColor(Qt.GlobalColor.black if base.lightnessF() > 0.35 else Qt.GlobalColor.white)


def _growing(state: SkinState) -> list[int]:
    """Return the follicles that give colour."""
    if state.hairs == "few":
        return list(_FEW)
    if state.hairs == "white":
        return list(_STILL_GROWING)
    return list(range(len(_FOLLICLES)))


def _dots(painter: QPainter, state: SkinState, base: QColor) -> None:
    """Paint dots that begin at different times and grow until they meet; the newest colour is a little darker."""
    painter.save()
    painter.setClipPath(patch_path(), Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    darker = base.darker(116)
    for order, number in enumerate(_growing(state)):
        start = 0.06 + 0.022 * order
        share = max(0.0, min(1.0, (state.time - start) / (1.0 - start)))
        if share <= 0:
            continue
        radius = 3.0 + 15.5 * share**1.15
        x, y = _FOLLICLES[number]
        shade = QRadialGradient(QPointF(x, y), radius)
        shade.setColorAt(0.0, mix(darker, base, share))
        shade.setColorAt(0.82, mix(darker, base, share))
        shade.setColorAt(1.0, faded(base, 0.0))
        painter.setBrush(shade)
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()


def _hairs(painter: QPainter, state: SkinState, base: QColor) -> None:
    ink = mix(QColor(Qt.GlobalColor.black), base, 0.25)
    white = QColor(Qt.GlobalColor.white)
    inside = [_FOLLICLES[number] for number in (_FEW if state.hairs == "few" else range(len(_FOLLICLES)))]
    outside = _OUTSIDE[::3] if state.hairs == "few" else _OUTSIDE
    for number, (x, y) in enumerate([*inside, *outside]):
        in_patch = number < len(inside)
        lean = 5 + (number * 7) % 5
        path = QPainterPath(QPointF(x, y))
        path.quadTo(x + 1.5, y - 7, x + lean, y - 12)
        colour = ink if not in_patch or state.hairs != "white" else white
        if colour is white:
            painter.setPen(QPen(faded(QColor(Qt.GlobalColor.black), 0.45), 2.6))
            painter.drawPath(path)
        painter.setPen(QPen(faded(colour, 0.9 if in_patch else 0.7), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

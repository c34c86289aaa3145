"""The figures of the loop: cells, receptor, enzymes, skin. Each is drawn by hand in units of the scene."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath

from companion.ui.widgets.mechanism_brush import Brush, Tint, curve, faded, mix

BASE = 252.0
"""Where the outer skin ends and the deeper skin begins."""
SURFACE = 42.0
"""Where the skin begins."""
LEFT, RIGHT, BOTTOM = 8.0, 552.0, 438.0


def skin(brush: Brush, pigment: float, cream: float) -> None:
    """Draw the two layers of the skin; the upper one is pale above the colour cell when that has lost its colour."""
    deep = deep_skin(brush)
    upper = mix(brush.colour("body"), brush.colour("surface"), 0.22)
    brush.box(LEFT, SURFACE, RIGHT - LEFT, BOTTOM - SURFACE, 20, Tint(deep, None))
    top = QPainterPath(QPointF(LEFT, SURFACE + 20))
    top.quadTo(LEFT, SURFACE, LEFT + 20, SURFACE)
    top.lineTo(RIGHT - 20, SURFACE)
    top.quadTo(RIGHT, SURFACE, RIGHT, SURFACE + 20)
    top.lineTo(RIGHT, BASE)
    _wave(top, RIGHT, LEFT)
    top.closeSubpath()
    brush.path(top, Tint(upper, None))
    _bricks(brush, pigment)
    _grains(brush, pigment)
    edge = QPainterPath(QPointF(RIGHT, BASE))
    _wave(edge, RIGHT, LEFT)
    brush.path(edge, Tint(None, brush.colour("body_line"), 1.3), (1, 3))
    if cream > 0.01:
        film = QPainterPath(QPointF(LEFT + 12, SURFACE + 5))
        film.lineTo(LEFT + 12, SURFACE - 6)
        film.cubicTo(LEFT + 150, SURFACE - 15, LEFT + 300, SURFACE - 3, RIGHT - 12, SURFACE - 9)
        film.lineTo(RIGHT - 12, SURFACE + 5)
        film.closeSubpath()
        before = brush.alpha
        brush.alpha = cream
        brush.path(film, Tint(brush.colour("accent_soft"), brush.colour("accent"), 1.8))
        brush.alpha = before


def _wave(path: QPainterPath, start: float, end: float) -> None:
    count = 8
    step = (end - start) / count
    for number in range(count):
        middle = start + step * (number + 0.5)
        path.quadTo(middle, BASE + (7 if number % 2 else -7), start + step * (number + 1), BASE)


def deep_skin(brush: Brush) -> QColor:
    """Return the ground of the deeper layer."""
    return mix(brush.colour("surface"), brush.colour("body"), 0.28)


def soak(brush: Brush, shown: float) -> None:
    """Draw how the cream goes from the surface down to the enzymes."""
    if shown < 0.01:
        return
    before = brush.alpha
    brush.alpha = before * shown
    for number in range(7):
        y = SURFACE + 18 + number * 19
        sway = 7 * math.sin(number * 1.9)
        brush.disc(290 + sway, y, 3.2, Tint(brush.colour("accent"), None))
    brush.alpha = before


def _bricks(brush: Brush, pigment: float) -> None:
    """Draw the other cells of the upper layer: brown where colour reaches them, pale where it does not."""
    line = faded(brush.colour("body_line"), 0.45)
    pale = mix(brush.colour("skin_light"), brush.colour("surface"), 0.45 if not brush.look.dark else 0.12)
    brown = mix(pale, brush.colour("skin_mid"), 0.62)
    fill = mix(pale, brown, pigment)
    for row in range(4):
        y = SURFACE + 14 + row * 50
        for column in range(-1, 5):
            x = LEFT + 8 + column * 62 + (31 if row % 2 else 0)
            width = 54.0
            if x < LEFT + 4:
                width -= LEFT + 4 - x
                x = LEFT + 4
            if x + width > 250:
                continue
            if width > 14:
                brush.box(x, y, width, 44, 13, Tint(fill, line, 1.0))


def _grains(brush: Brush, pigment: float) -> None:
    """Draw the grains of colour that the colour cell gives to its neighbours: many, or few."""
    shown = round(46 * pigment)
    colour = brush.colour("mark_dark")
    for number in range(shown):
        turn = number * 2.399963  # the golden angle spreads them evenly
        reach = 18 + 11.5 * math.sqrt(number)
        x, y = 122 + reach * math.cos(turn) * 1.15, 150 + reach * math.sin(turn) * 0.92
        if SURFACE + 14 < y < BASE - 12 and LEFT + 10 < x < 242:
            brush.disc(x, y, 2.4, Tint(faded(colour, 0.85), None))


def t_cell(brush: Brush, x: float, y: float, radius: float, forks: bool = False, ghost: bool = False) -> None:
    """Draw a T cell; ``forks`` are its receptors, ``ghost`` one that did not come."""
    fill, line = brush.colour("evening_soft"), brush.colour("evening")
    if ghost:
        brush.disc(x, y, radius, Tint(None, faded(line, 0.75), 1.3), dashes=(3, 3))
        return
    if forks:
        for number in range(8):
            turn = math.tau * number / 8 + 0.2
            cos, sin = math.cos(turn), math.sin(turn)
            foot = (x + radius * cos, y + radius * sin)
            neck = (x + (radius + 5) * cos, y + (radius + 5) * sin)
            brush.line([foot, neck], line, 1.8)
            for side in (-0.34, 0.34):
                tip = (x + (radius + 9) * math.cos(turn + side * 0.55), y + (radius + 9) * math.sin(turn + side * 0.55))
                brush.line([neck, tip], line, 1.8)
    brush.disc(x, y, radius, Tint(fill, line, 2.0))
    brush.disc(x + radius * 0.06, y + radius * 0.04, radius * 0.56, Tint(mix(fill, line, 0.34), None))
    brush.disc(x - radius * 0.1, y - radius * 0.14, radius * 0.2, Tint(faded(fill, 0.7), None))


_ARMS = (
    ((-12, -6), (-30, -14), (-34, -34), (-58, -46)),
    ((-7, -10), (-16, -34), (-12, -56), (-26, -84)),
    ((4, -11), (8, -36), (2, -62), (14, -92)),
    ((11, -7), (26, -20), (24, -44), (50, -66)),
    ((14, -1), (36, -6), (46, -18), (70, -22)),
    ((-15, 0), (-34, 2), (-50, -8), (-72, -10)),
)


def melanocyte(brush: Brush, x: float, y: float, pigment: float) -> None:
    """Draw the colour cell with its arms; with little colour it is pale and its line broken."""
    brown = brush.colour("mark_dark")
    pale = mix(brush.colour("skin_light"), brush.colour("surface"), 0.15 if brush.look.dark else 0.45)
    fill = mix(pale, brown, 0.08 + 0.92 * pigment)
    line = mix(brush.colour("body_line"), brown, 0.4 + 0.6 * pigment)
    dashes = () if pigment > 0.45 else (2.2, 2.6)
    shape = QPainterPath()
    shape.addEllipse(QPointF(x, y), 27, 17)
    for start, first, second, tip in _ARMS:
        shape = shape.united(_arm(x, y, (start, first, second, tip)))
    brush.path(shape.simplified(), Tint(fill, line, 1.7), dashes)
    brush.disc(x, y + 1, 11, Tint(mix(fill, brush.colour("surface"), 0.55), None), 7)


def _arm(x: float, y: float, points: tuple[tuple[float, float], ...]) -> QPainterPath:
    """Return one arm: wide at the body, thin and round at its tip."""
    middle = curve(*((x + dx, y + dy) for dx, dy in points))
    left, right = [], []
    for step in range(13):
        share = step / 12
        at = middle.pointAtPercent(share)
        turn = math.radians(middle.angleAtPercent(min(share, 0.98)) + 90)
        half = 6.8 * (1 - share) ** 0.8 + 1.9
        left.append(QPointF(at.x() + half * math.cos(turn), at.y() - half * math.sin(turn)))
        right.append(QPointF(at.x() - half * math.cos(turn), at.y() + half * math.sin(turn)))
    path = QPainterPath(left[0])
    for point in left[1:] + right[::-1]:
        path.lineTo(point)
    path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(middle.pointAtPercent(1.0), 2.4, 2.4)
    return path


def keratinocyte(brush: Brush, strong: bool) -> None:
    """Draw the skin cell that answers the signal."""
    line = brush.colour("attention" if strong else "body_line")
    brush.box(256, 62, 284, 180, 30, Tint(brush.colour("surface"), line, 2.6 if strong else 1.8))


def nucleus(brush: Brush, x: float, y: float, active: float) -> None:
    """Draw the nucleus with its thread."""
    ground = mix(brush.colour("chip"), brush.colour("morning_soft"), active)
    brush.disc(x, y, 54, Tint(ground, brush.colour("control"), 1.2), 34)
    for lift in (0, 1):
        start = x - 36
        path = QPainterPath(QPointF(start, y))
        for number in range(4):
            side = 9 if (number + lift) % 2 else -9
            path.quadTo(start + 9 + 18 * number, y + side * 1.6, start + 18 * (number + 1), y)
        brush.path(path, Tint(None, brush.colour("ink_soft"), 1.5))


def receptor(brush: Brush, x: float, y: float, strong: bool) -> None:
    """Draw the receptor in the wall of the skin cell: two arms that hold the signal."""
    colour = brush.colour("ink" if strong else "ink_soft")
    for side in (-1, 1):
        path = curve((x + side * 5, y - 26), (x + side * 5, y - 10), (x + side * 6, y), (x + side * 6, y + 6))
        path.cubicTo(x + side * 6, y + 14, x + side * 15, y + 14, x + side * 15, y + 22)
        brush.path(path, Tint(None, colour, 5.2 if strong else 4.4))


def signal_dots(brush: Brush, path: QPainterPath, count: int, start: float, end: float, until: float) -> None:
    """Draw the interferon as discs along a path, up to the share the animation has reached."""
    tint = Tint(brush.colour("attention"), brush.colour("surface"), 1.0)
    for number in range(count):
        share = start + (end - start) * (number + 0.5) / count
        x, y = brush.along(path, min(share, until))
        brush.disc(x, y, 5.2, tint)


def call_marks(brush: Brush, path: QPainterPath, count: int, of: int, until: float) -> None:
    """Draw the calls as diamonds along a path; those that are missing are left out."""
    tint = Tint(brush.colour("morning"), brush.colour("surface"), 1.0)
    for number in range(count):
        share = (number + 0.7) / of
        x, y = brush.along(path, min(share, until))
        diamond = QPainterPath(QPointF(x, y - 7))
        diamond.lineTo(x + 6, y)
        diamond.lineTo(x, y + 7)
        diamond.lineTo(x - 6, y)
        diamond.closeSubpath()
        brush.path(diamond, tint)


def enzyme(brush: Brush, x: float, y: float, radius: float, name: str, blocked: float) -> None:
    """Draw a Janus kinase; blocked, a cap with a bar sits on it."""
    ground: QColor = mix(brush.colour("morning_soft"), brush.colour("surface"), blocked * 0.7)
    brush.disc(x, y, radius, Tint(ground, brush.colour("morning_text"), 1.8))
    role = "ink"
    if blocked > 0.01:
        before = brush.alpha
        brush.alpha = before * blocked
        grown = radius * (0.7 + 0.3 * blocked) + 2.5
        brush.disc(x, y, grown, Tint(brush.colour("accent"), brush.colour("surface"), 1.4))
        brush.alpha = before
        role = "on_accent" if blocked > 0.5 else "ink"
    brush.words(x - 40, y, 80, name, "caption", role, strong=True, middle=True)


def cut(brush: Brush, x: float, y: float, shown: float) -> None:
    """Draw two strokes across a line: here it is interrupted."""
    if shown < 0.01:
        return
    before = brush.alpha
    brush.alpha = before * shown
    brush.disc(x, y, 13, Tint(brush.colour("surface"), brush.colour("accent"), 2.0))
    brush.line([(x - 6.5, y - 6.5), (x + 6.5, y + 6.5)], brush.colour("accent"), 3.0)
    brush.line([(x + 6.5, y - 6.5), (x - 6.5, y + 6.5)], brush.colour("accent"), 3.0)
    brush.alpha = before

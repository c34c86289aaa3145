"""The scene of the loop that removes colour, with and without the cream."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPainter

from companion.ui.theme import Theme
from companion.ui.widgets import mechanism_cells as cells
from companion.ui.widgets.mechanism_brush import Brush, Tint, curve

STEPS = ("whole", "start", "signal", "receptor", "relay", "call", "arrive", "loss")
"""The first shows everything at once."""
SIZE = QSizeF(560, 444)
_FIRST = {name: at for at, name in enumerate(STEPS)}
_FAINT = 0.26
_PIGMENT = {"whole": 0.18, "start": 1.0, "signal": 0.95, "receptor": 0.9, "relay": 0.85, "call": 0.75, "arrive": 0.6,
            "loss": 0.18}  # fmt: skip
_WITH_CREAM = 0.75
LARGEST_LABEL = 17.0
"""Up to this text height in units the labels stand in the picture; larger ones go into a list below it."""

_TCELL = (226.0, 346.0)
_MELANOCYTE = (122.0, 206.0)
_RECEPTOR = (330.0, 238.0)
_STAT = (330.0, 122.0)
_NUCLEUS = (462.0, 122.0)
_CALL_CELLS = ((488.0, 344.0), (440.0, 376.0), (512.0, 380.0))

SIGNAL = curve((244, 316), (252, 280), (300, 292), (326, 264))
RELAY = curve((330, 178), (330, 166), (330, 160), (330, 142))
TO_NUCLEUS = curve((372, 122), (384, 122), (392, 122), (406, 122))
CALL = curve((486, 154), (512, 190), (512, 262), (494, 312))
ARRIVE = curve((410, 384), (366, 400), (312, 396), (268, 366))
ATTACK = curve((200, 322), (182, 296), (160, 268), (142, 238))


@dataclass(frozen=True, slots=True)
class LoopState:
    """What the scene shows: a step, how far its motion is, and how much cream there is (both 0 to 1)."""

    step: str = "whole"
    motion: float = 1.0
    cream: float = 0.0


class LoopScene:
    """Paints the loop. ``label`` gives the words of a figure at the level read."""

    def __init__(self, label: Callable[[str], str]) -> None:
        self._label = label

    def numbered(self, brush: Brush) -> bool:
        """Return whether the labels are too large for the picture and stand below it."""
        return brush.text_units("caption") > LARGEST_LABEL

    def paint(self, painter: QPainter, scale: float, state: LoopState, look: Theme | None = None) -> None:
        """Paint the scene at ``scale`` px a unit."""
        brush = Brush(painter, scale, look)
        at = _FIRST[state.step]
        pigment = _PIGMENT[state.step]
        pigment += (max(pigment, _WITH_CREAM) - pigment) * state.cream
        cells.skin(brush, pigment, state.cream)
        self._skin_cell(brush, state, at)
        self._calls(brush, state, at)
        self._attack(brush, state, at, pigment)
        self._signal(brush, state, at)
        brush.alpha = 1.0
        if self.numbered(brush):
            self._numbers(brush, at)
        else:
            self._labels(brush, state, at)

    @staticmethod
    def _shown(brush: Brush, at: int, name: str, motion: float) -> bool:
        """Set how clearly a part is drawn; return whether it is the one spoken of."""
        first = _FIRST[name]
        if at == 0 or first < at:
            brush.alpha = 1.0
        elif first == at:
            brush.alpha = _FAINT + (1 - _FAINT) * motion
        else:
            brush.alpha = _FAINT
        return first == at

    def _skin_cell(self, brush: Brush, state: LoopState, at: int) -> None:
        active = self._shown(brush, at, "receptor", state.motion)
        brush.alpha = max(brush.alpha, 0.62)
        cells.keratinocyte(brush, active)
        cells.soak(brush, state.cream)
        cells.receptor(brush, *_RECEPTOR, active)
        self._shown(brush, at, "relay", state.motion)
        until = state.motion if STEPS[at] == "relay" else 1.0
        weak = state.cream > 0.5
        line = brush.colour("control" if weak else "ink")
        dashes = (2, 2.6) if weak else ()
        brush.arrow(RELAY, line, 1.6 if weak else 2.6, dashes, until)
        self._stat(brush)
        brush.arrow(TO_NUCLEUS, line, 1.6 if weak else 2.6, dashes, until)
        cells.nucleus(brush, *_NUCLEUS, (1 - state.cream) * (1.0 if at in (0, 5, 6, 7) else 0.0))
        self._shown(brush, at, "receptor", state.motion)
        brush.alpha = max(brush.alpha, 0.62)
        radius = max(19.0, brush.width_of("JAK2", brush.font("caption", strong=True)) / 2 + 5)
        for x, name in ((_RECEPTOR[0] - radius - 1.5, "JAK1"), (_RECEPTOR[0] + radius + 1.5, "JAK2")):
            cells.enzyme(brush, x, 196, radius, name, state.cream)
        cells.cut(brush, 330, 163, state.cream)

    def _stat(self, brush: Brush) -> None:
        width = max(52.0, brush.width_of("STAT1", brush.font("caption", strong=True)) + 18)
        tint = Tint(brush.colour("chip"), brush.colour("ink_soft"), 1.5)
        high = max(24.0, brush.text_units("caption") * 1.7)
        brush.box(_STAT[0] - width / 2, _STAT[1] - high / 2, width, high, high / 2, tint)
        brush.words(_STAT[0] - width / 2, _STAT[1], width, "STAT1", "caption", "ink", strong=True, middle=True)

    def _calls(self, brush: Brush, state: LoopState, at: int) -> None:
        weak = state.cream > 0.5
        self._shown(brush, at, "call", state.motion)
        until = state.motion if STEPS[at] == "call" else 1.0
        dashes = (2, 2.6) if weak else ()
        brush.arrow(CALL, brush.colour("control" if weak else "morning_text"), 1.6 if weak else 2.6, dashes, until)
        cells.call_marks(brush, CALL, 1 if weak else 4, 4, until)
        self._shown(brush, at, "arrive", state.motion)
        for number, (x, y) in enumerate(_CALL_CELLS):
            cells.t_cell(brush, x, y, 20, forks=True, ghost=weak and number > 0)
        until = state.motion if STEPS[at] == "arrive" else 1.0
        brush.arrow(ARRIVE, brush.colour("control" if weak else "evening"), 1.6 if weak else 3.0, dashes, until)

    def _attack(self, brush: Brush, state: LoopState, at: int, pigment: float) -> None:
        weak = state.cream > 0.5
        brush.alpha = 1.0
        cells.melanocyte(brush, *_MELANOCYTE, pigment)
        self._shown(brush, at, "loss", state.motion)
        if at == _FIRST["start"]:
            brush.alpha = 0.75
        until = state.motion if STEPS[at] == "loss" else 1.0
        thin = weak or at == _FIRST["start"]
        dashes = (2, 2.6) if thin else ()
        brush.arrow(ATTACK, brush.colour("control" if weak else "urgent"), 1.8 if thin else 3.4, dashes, until)
        brush.alpha = 1.0
        cells.t_cell(brush, *_TCELL, 34, forks=at == 0 or at >= _FIRST["arrive"])

    def _signal(self, brush: Brush, state: LoopState, at: int) -> None:
        self._shown(brush, at, "signal", state.motion)
        until = state.motion if STEPS[at] == "signal" else 1.0
        brush.arrow(SIGNAL, brush.colour("attention"), 2.6, (), until)
        cells.signal_dots(brush, SIGNAL, 3, 0.0, 0.86, until)

    # Words

    def _labels(self, brush: Brush, state: LoopState, at: int) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        centre = Qt.AlignmentFlag.AlignHCenter
        for name, part, x, y, width, align, strong in (
            ("surface", "start", 20, 12, 260, left, False),
            ("melanocyte", "start", 22, 262, 118, left, True),
            ("tcell", "start", 160, 386, 132, centre, True),
            ("ifn", "signal", 288, 292, 86, left, True),
            ("receptor", "receptor", 352, 250, 120, left, False),
            ("keratinocyte", "receptor", 372, 212, 150, centre, True),
            ("cxcl", "call", 380, 280, 104, right, True),
            ("cxcr3", "arrive", 372, 404, 180, centre, True),
            ("attack", "loss", 40, 300, 112, right, True),
        ):
            text = self._label(name)
            if not text:
                continue
            self._shown(brush, at, part, state.motion)
            brush.alpha = max(0.5, brush.alpha)
            plate = brush.colour("surface") if name == "keratinocyte" else cells.deep_skin(brush)
            brush.words(x, y, width, text, "caption", "ink", strong, align, None if name == "surface" else plate)
        if state.cream > 0.5:
            brush.alpha = 1.0
            brush.words(280, 10, 264, self._label("cream"), "caption", "accent", True, right)

    def _numbers(self, brush: Brush, at: int) -> None:
        """Number the figures instead of naming them; the names stand below the picture."""
        for number, (x, y) in enumerate(NUMBERED.values(), 1):
            brush.badge(x, y, str(number), at > 0 and list(NUMBERED)[number - 1] == _SPOKEN.get(STEPS[at]))


NUMBERED = {
    "melanocyte": (64.0, 250.0),
    "tcell": (196.0, 384.0),
    "ifn": (270.0, 278.0),
    "receptor": (366.0, 262.0),
    "keratinocyte": (510.0, 220.0),
    "cxcl": (480.0, 262.0),
    "cxcr3": (486.0, 414.0),
    "attack": (158.0, 302.0),
}
"""Where the number of each figure stands when the labels do not fit."""
_SPOKEN = {"start": "tcell", "signal": "ifn", "receptor": "receptor", "call": "cxcl",
           "arrive": "cxcr3", "loss": "attack"}  # fmt: skip

"""The loop that removes colour, step by step, without and with the cream."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from companion.domain.articles import Level
from companion.ui import labels, theme
from companion.ui.theme import Theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.mechanism_brush import Brush
from companion.ui.widgets.mechanism_card import MOTION, Canvas, PictureCard, PictureWords, SteadyText
from companion.ui.widgets.mechanism_loop import NUMBERED, SIZE, STEPS, LoopScene, LoopState
from companion.ui.widgets.painting import Painted, painter_for, ringed
from companion.ui.widgets.switches import Switch

SOURCES: dict[str, tuple[str, ...]] = {
    "whole": ("annrev-2020", "pmc-2021-loop"),
    "start": ("biomed-2022", "annrev-2020"),
    "signal": ("annrev-2020",),
    "receptor": ("pmc-jak-table", "cst-jak-table"),
    "relay": ("pmc-jak-table", "cst-jak-table"),
    "call": ("annrev-2020", "pmc-2021-trm"),
    "arrive": ("annrev-2020",),
    "loss": ("pmc-2021-loop", "ema-overview"),
}
"""The sources of each step's sentences."""
SOURCES_WITH_CREAM: dict[str, tuple[str, ...]] = {
    **SOURCES,
    "whole": ("ema-overview", "nejm-2022"),
    "receptor": ("ema-overview",),
    "relay": ("ema-overview", "pmc-jak-table"),
    "call": ("ema-overview", "annrev-2020"),
    "arrive": ("ema-overview", "annrev-2020"),
    "loss": ("ema-overview", "nejm-2022"),
}
CHANGED_BY_CREAM = ("whole", "receptor", "relay", "call", "arrive", "loss")
LABELS = ("surface", "melanocyte", "tcell", "ifn", "receptor", "keratinocyte", "cxcl", "cxcr3", "attack", "cream")


class LoopCanvas(Canvas):
    """Paints the scene and moves it gently from step to step."""

    def __init__(self, scene: LoopScene, parent: QWidget | None = None) -> None:
        super().__init__(SIZE.height() / SIZE.width(), parent)
        self.scene = scene
        self.step = STEPS[0]
        self.cream = False
        self._motion, self._film = 1.0, 0.0
        self._moving = _motion(self)
        self._moving.valueChanged.connect(self._on_motion)
        self._filming = _motion(self)
        self._filming.valueChanged.connect(self._on_film)

    def go(self, step: str) -> None:
        """Show a step."""
        self.step = step
        self._run(self._moving, 0.0, 1.0)

    def set_cream(self, on: bool) -> None:
        """Put the cream on or take it away."""
        self.cream = on
        self._run(self._filming, self._film, 1.0 if on else 0.0)

    def _run(self, animation: QVariantAnimation, start: float, end: float) -> None:
        animation.stop()
        animation.setStartValue(start)
        animation.setEndValue(end)
        if theme.current().reduced_motion or not self.isVisible():
            (self._on_motion if animation is self._moving else self._on_film)(end)
        else:
            animation.start()

    def moving(self) -> bool:
        """Return whether anything moves."""
        running = QVariantAnimation.State.Running
        return self._moving.state() == running or self._filming.state() == running

    def _on_motion(self, value: object) -> None:
        self._motion = float(value)  # type: ignore[arg-type]
        self.update()

    def _on_film(self, value: object) -> None:
        self._film = float(value)  # type: ignore[arg-type]
        self.update()

    def picture(self, painter: QPainter, width: float, look: Theme | None = None) -> None:
        """See :meth:`Canvas.picture`."""
        self.scene.paint(painter, width / SIZE.width(), LoopState(self.step, self._motion, self._film), look)

    def numbered(self, width: int) -> bool:
        """Return whether, in a canvas of ``width``, the labels stand below the picture."""
        return self.scene.numbered(Brush(QPainter(), self.picture_width(width) / SIZE.width()))


def _motion(parent: QWidget) -> QVariantAnimation:
    made = QVariantAnimation(parent)
    made.setDuration(MOTION)
    made.setEasingCurve(QEasingCurve.Type.OutCubic)
    return made


class Dots(Painted, QWidget):
    """Where in the steps one is; a click on a dot goes there. The buttons beside it serve the keyboard."""

    pressed = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, at: int) -> None:
        """Fill one dot."""
        self._at = at
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the dots."""
        return QSize(self._count * theme.px(18), theme.px(theme.CONTROL))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the dot clicked."""
        self.pressed.emit(max(0, min(self._count - 1, int(event.position().x() // theme.px(18)))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots; the one shown is filled and larger."""
        painter = painter_for(self)
        step = theme.px(18)
        for at in range(self._count):
            here = at == self._at
            painter.setPen(theme.colour("accent" if here else "control"))
            painter.setBrush(theme.colour("accent" if here else "surface"))
            size = theme.px(5.5 if here else 3.6)
            painter.drawEllipse(QPointF(step * (at + 0.5), self.height() / 2), size, size)
        ringed(painter, QRectF(self.rect()), theme.RADIUS, self.ring_visible())
        painter.end()


class LoopCard(PictureCard):
    """The loop with its steps, its cream switch and its words."""

    def __init__(self, words: PictureWords, level: Level) -> None:
        self.switch = Switch(words.say("mechanism.loop.cream"))
        super().__init__(words.say("mechanism.loop.title"), words, trailing=self.switch)
        self.level = level
        self.canvas = LoopCanvas(LoopScene(self._label))
        self.canvas.setAccessibleName(words.say("mechanism.loop.title"))
        self.add(self.canvas)
        self._legend = labels.small("", "ink")
        self.add(self._legend)
        self._legend.hide()
        self.text = SteadyText()
        self.text.set_texts({key: self._said(*key.split("/")) for key in self._keys()})
        self.add(self.text)
        self.add(self.cited)
        self.add_layout(self._controls(), 0)
        self.add_description(self._lines())
        self.canvas.stepped.connect(self._on_step)
        self.switch.toggled.connect(self._on_cream)
        self._show(announced=False)

    @staticmethod
    def _keys() -> list[str]:
        return [f"{step}/{cream}" for cream in ("off", "on") for step in STEPS]

    def _label(self, name: str) -> str:
        return self.words.say(f"mechanism.loop.label.{name}.{self.level.value}")

    def _said(self, step: str, cream: str) -> str:
        kind = "with_cream" if cream == "on" and step in CHANGED_BY_CREAM else "step"
        return self.words.say(f"mechanism.loop.{kind}.{step}.{self.level.value}")

    def _controls(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_TIGHT)
        self.back = buttons.secondary(self.words.say("mechanism.back"))
        self.next = buttons.primary(self.words.say("mechanism.next"), main=False)
        self.dots = Dots(len(STEPS))
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self.dots.pressed.connect(self._on_dot)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addSpacing(theme.GAP_TIGHT)
        row.addWidget(self.dots)
        row.addStretch(1)
        return row

    def _lines(self) -> list[str]:
        """Return the same content in words: the scene, then every step without and with the cream."""
        lines = [self.words.say("mechanism.loop.scene")]
        for cream in ("off", "on"):
            lines.append(self.words.say(f"mechanism.loop.described.{cream}"))
            steps = STEPS[1:] if cream == "off" else [step for step in STEPS[1:] if step in CHANGED_BY_CREAM]
            lines += [
                self.words.say("mechanism.loop.line", number=STEPS.index(step), text=self._said(step, cream))
                for step in steps
            ]
        return lines

    # Steps

    def step(self) -> str:
        """Return the step shown."""
        return self.canvas.step

    def go(self, at: int) -> None:
        """Show the step ``at``; after the last comes the first."""
        self.canvas.go(STEPS[at % len(STEPS)])
        self._show()

    def _show(self, announced: bool = True) -> None:
        at = STEPS.index(self.canvas.step)
        cream = "on" if self.switch.isChecked() else "off"
        self.text.show_text(f"{self.canvas.step}/{cream}")
        cited = SOURCES_WITH_CREAM if cream == "on" else SOURCES
        self.cited.setText(self.words.cite(cited[self.canvas.step]))
        self.dots.show_step(at)
        self.back.setEnabled(at > 0)
        key = "mechanism.start" if at == 0 else "mechanism.again" if at == len(STEPS) - 1 else "mechanism.next"
        self.next.setText(self.words.say(key))
        place = self.words.say("mechanism.step_of", number=at, of=len(STEPS) - 1) if at else ""
        said = " ".join(filter(None, (place, self.text.text())))
        self.canvas.setAccessibleDescription(said)
        if announced:
            announce(self.canvas, said)

    def _on_step(self, way: int) -> None:
        at = STEPS.index(self.canvas.step) + way
        if 0 <= at < len(STEPS):
            self.go(at)

    def _on_back(self) -> None:
        self._on_step(-1)

    def _on_next(self) -> None:
        self.go(STEPS.index(self.canvas.step) + 1)

    def _on_dot(self, at: int) -> None:
        self.go(at)

    def _on_cream(self, on: bool) -> None:
        self.canvas.set_cream(on)
        self._show()

    # Labels that are too large for the picture stand below it. Decided before the height is asked, or it would jump.

    def _fit(self, width: int) -> None:
        edges = self.body.contentsMargins()
        text = ""
        if self.canvas.numbered(max(1, width - edges.left() - edges.right())):
            named = [(number, self._label(name)) for number, name in enumerate(NUMBERED, 1)]
            text = "\n".join(self.words.say("mechanism.loop.key", number=number, name=name) for number, name in named)
        if text != self._legend.text():
            self._legend.setText(text)
            self._legend.setVisible(bool(text))

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``, with the labels below the picture where they do not fit in it."""
        self._fit(width)
        return super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the labels where they fit."""
        super().resizeEvent(event)
        self._fit(self.width())

    def paper_picture(self, painter: QPainter, width: float, look: Theme) -> float:
        """See :meth:`PictureCard.paper_picture`: the whole loop with the cream switch as it is."""
        state = LoopState(STEPS[0], 1.0, 1.0 if self.switch.isChecked() else 0.0)
        LoopScene(self._label).paint(painter, width / SIZE.width(), state, look)
        return width * SIZE.height() / SIZE.width()


__all__ = ["LABELS", "SOURCES", "SOURCES_WITH_CREAM", "LoopCard"]

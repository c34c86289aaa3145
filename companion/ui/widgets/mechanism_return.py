"""Colour coming back to a patch, over time, in several skin tones."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QSlider, QWidget

from companion.domain.articles import Level
from companion.ui import labels, theme
from companion.ui.theme import Theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.mechanism_card import PictureCard, PictureWords, SteadyText
from companion.ui.widgets.mechanism_skin import HAIRS, TONES, WAYS, SkinState, paint_panel, tone_colour
from companion.ui.widgets.painting import Painted, TippedByName, painter_for, ringed

STAGES = ("before", "first", "months", "later")
SOURCES: dict[str, tuple[str, ...]] = {
    "before": ("falabella-2009",),
    "first": ("us-hcp-expectations", "falabella-2009"),
    "months": ("melanocyte-regeneration", "us-medscape", "eu-smpc-use"),
    "later": ("us-hcp-expectations", "jaad-2017"),
    "many": ("falabella-2009",),
    "few": ("us-hcp-expectations",),
    "white": ("us-hcp-expectations",),
}
END = 100
_STARTS = (0, 6, 34, 78)
FIRST_TONE = 3


def stage_of(value: int) -> str:
    """Return the stage a value of the slider (0 to 100) belongs to."""
    return STAGES[sum(value >= start for start in _STARTS) - 1]


class TimeSlider(Painted, QSlider):
    """A slider with a round knob and marks where a stage begins."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, END)
        self.setSingleStep(4)
        self.setPageStep(20)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(theme.px(200), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return room for the knob to move."""
        return QSize(theme.px(120), theme.px(theme.CONTROL))

    def _x(self, value: int) -> float:
        edge = theme.px(14)
        return edge + (self.width() - 2 * edge) * value / END

    def _value(self, x: float) -> int:
        edge = theme.px(14)
        return round((x - edge) / max(1, self.width() - 2 * edge) * END)

    def mousePressEvent(self, event: object) -> None:
        """Go to where the mouse is."""
        self.setValue(self._value(event.position().x()))  # type: ignore[attr-defined]

    def mouseMoveEvent(self, event: object) -> None:
        """Follow the mouse while its button is down."""
        self.setValue(self._value(event.position().x()))  # type: ignore[attr-defined]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track, marks and knob."""
        painter = painter_for(self)
        y = self.height() / 2
        pen = QPen(theme.colour("control"), theme.px(4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(END), y))
        pen.setColor(theme.colour("accent"))
        painter.setPen(pen)
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(self.value()), y))
        for start in (*_STARTS, END):
            painter.setPen(QPen(theme.colour("surface"), 1.4))
            painter.setBrush(theme.colour("accent" if start <= self.value() else "control"))
            painter.drawEllipse(QPointF(self._x(start), y), theme.px(4), theme.px(4))
        painter.setPen(QPen(theme.colour("surface"), 2))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(self._x(self.value()), y), theme.px(10), theme.px(10))
        ringed(painter, QRectF(self.rect()), theme.RADIUS, self.ring_visible())
        painter.end()


class Swatch(TippedByName, Painted, QRadioButton):
    """One skin tone to choose."""

    def __init__(self, tone: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = tone
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: object) -> bool:
        """Return whether a click counts: anywhere on the disc."""
        return True

    def sizeHint(self) -> QSize:
        """Return the size of a control."""
        return QSize(theme.px(theme.CONTROL), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the disc; the chosen one wears a second ring."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        painter.setPen(QPen(theme.colour("control"), 1.2))
        painter.setBrush(tone_colour(theme.current(), self.tone))
        half = area.height() / 2
        painter.drawEllipse(area.center(), half - 7, half - 7)
        if self.isChecked():
            painter.setPen(QPen(theme.colour("ink"), 2.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area.center(), half - 3.4, half - 3.4)
        ringed(painter, area, half, self.ring_visible())
        painter.end()


class Panel(Painted, QWidget):
    """One way in which colour comes back."""

    def __init__(self, way: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = SkinState(way, 0.0, FIRST_TONE)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_state(self, state: SkinState) -> None:
        """Show another moment, tone or hair."""
        self.state = state
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the panel is square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the width."""
        return width

    def sizeHint(self) -> QSize:
        """Return a pleasant size."""
        return QSize(150, 150)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which dots can be told apart."""
        return QSize(90, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the skin."""
        painter = painter_for(self)
        side = min(self.width(), self.height())
        paint_panel(painter, QRectF(0, 0, side, side), self.state, theme.current())
        painter.end()


class _Panels(QWidget):
    """The three panels side by side, each with its name below; names wrap."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self.panels = {way: Panel(way, names[way], self) for way in WAYS}
        self.names = {way: labels.Label(names[way], "strong", parent=self) for way in WAYS}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _arrange(self, width: int, place: bool) -> int:
        gap = theme.GAP_SMALL
        column = min((width - 2 * gap) // 3, theme.px(230))
        high = max(label.heightForWidth(column) for label in self.names.values())
        if place:
            for at, way in enumerate(WAYS):
                x = at * (column + gap)
                self.panels[way].setGeometry(x, 0, column, column)
                self.names[way].setGeometry(x, column + 6, column, high)
        return column + 6 + high

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, place=False)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), self.heightForWidth(theme.px(480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(280), 1)

    def resizeEvent(self, event: object) -> None:
        self._arrange(self.width(), place=True)


class ReturnCard(PictureCard):
    """Three ways, one slider, six skin tones, and what hairs have to do with it."""

    def __init__(self, words: PictureWords, level: Level) -> None:
        super().__init__(words.say("mechanism.return.title"), words)
        self._level = level
        names = {way: words.say(f"mechanism.return.way.{way}.{level.value}") for way in WAYS}
        self._three = _Panels(names)
        self.panels = self._three.panels
        self.add(self._three)
        self.slider = TimeSlider(words.say("mechanism.return.time"))
        self.slider.valueChanged.connect(self._on_time)
        self.add(self.slider)
        self.text = SteadyText()
        self.text.set_texts({stage: words.say(f"mechanism.return.stage.{stage}.{level.value}") for stage in STAGES})
        self.add(self.text)
        self.hair = ChipGroup([(key, words.say(f"mechanism.return.hair.{key}")) for key in HAIRS],
                              words.say("mechanism.return.hairs"))  # fmt: skip
        self.hair.choose(["many"])
        self.hair.changed.connect(self._on_hair)
        self.add(self.hair, gap=4)
        self.hair_text = SteadyText("small")
        self.hair_text.set_texts({key: words.say(f"mechanism.return.hair_text.{key}.{level.value}") for key in HAIRS})
        self.add(self.hair_text)
        self.add(self._tones())
        self.add(labels.small(words.say("mechanism.return.no_forecast"), "ink"))
        self.add(self.cited)
        self.add_description(self._lines())
        self._tone = FIRST_TONE
        self.slider.setValue(45)
        self._show()

    def _tones(self) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(self.words.say("mechanism.return.tones"))
        row = FlowLayout(holder, gap=2)
        caption = labels.small(self.words.say("mechanism.return.tones"))
        caption.set_wrapping(False)
        caption.setContentsMargins(0, 0, 8, 0)
        row.addWidget(caption)
        self.swatches = [Swatch(tone, self.words.say(f"mechanism.return.tone.{tone + 1}")) for tone in range(TONES)]
        for swatch in self.swatches:
            swatch.setChecked(swatch.tone == FIRST_TONE)
            swatch.clicked.connect(self._on_tone)
            row.addWidget(swatch)
        return holder

    def _lines(self) -> list[str]:
        say, level = self.words.say, self._level.value
        lines = [say("mechanism.return.scene")]
        lines += [say(f"mechanism.return.stage.{stage}.{level}") for stage in STAGES]
        lines += [say(f"mechanism.return.described.{way}") for way in WAYS]
        return lines + [say(f"mechanism.return.hair_text.{key}.{level}") for key in HAIRS]

    def _on_time(self, value: int) -> None:
        before = self.text.text()
        self._show()
        if self.text.text() != before:
            announce(self.slider, self.text.text())

    def _on_hair(self, chosen: tuple[str, ...]) -> None:
        self._show()
        announce(self.hair, self.hair_text.text())

    def _on_tone(self) -> None:
        sender = self.sender()
        if isinstance(sender, Swatch):
            self._tone = sender.tone
            self._show()

    def _show(self) -> None:
        stage, hairs = stage_of(self.slider.value()), (self.hair.chosen() or ("many",))[0]
        for way, panel in self.panels.items():
            panel.show_state(SkinState(way, self.slider.value() / END, self._tone, hairs))
            panel.setAccessibleDescription(self.words.say(f"mechanism.return.described.{way}"))
        self.text.show_text(stage)
        self.hair_text.show_text(hairs)
        self.slider.setAccessibleDescription(self.text.text())
        self.cited.setText(self.words.cite(tuple(dict.fromkeys((*SOURCES[stage], *SOURCES[hairs])))))

    def paper_picture(self, painter: QPainter, width: float, look: Theme) -> float:
        """See :meth:`PictureCard.paper_picture`."""
        gap = width * 0.02
        side = (width - 2 * gap) / 3
        for at, panel in enumerate(self.panels.values()):
            paint_panel(painter, QRectF(at * (side + gap), 0, side, side), panel.state, look)
        return side

    def paper_lines(self) -> list[str]:
        """Return the names of the panels first, then the description."""
        ways = "; ".join(label.text() for label in self._three.names.values())
        return [ways, *super().paper_lines(), self.words.say("mechanism.return.no_forecast")]

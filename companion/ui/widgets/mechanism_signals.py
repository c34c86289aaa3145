"""Which Janus kinases each immune signal uses, and which of them a medicine blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.domain.articles import Level
from companion.services.learning import JAKS, Pairing
from companion.ui import labels, theme
from companion.ui.theme import Theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.mechanism_brush import faded
from companion.ui.widgets.mechanism_card import MOTION, PictureCard, PictureWords
from companion.ui.widgets.painting import Painted, painter_for

NOTHING = "none"
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_PAD = 8


@dataclass(frozen=True, slots=True)
class _Row:
    """One signal as it is set: where it begins, and how high name and text are."""

    top: float
    name: float
    text: float
    height: float


class _Table:
    """Sets and paints the rows in a width; shared by window and paper."""

    def __init__(self, rows: Sequence[Pairing], width: float, look: Theme, own: bool) -> None:
        self.rows, self.width, self.look, self.own = rows, width, look, own
        metrics = QFontMetricsF(self.font("strong"))
        self.cell = max(metrics.horizontalAdvance("TYK2") + look.px(14), look.px(46))
        self.left = max(look.px(90), width - 4 * self.cell - look.px(6))
        self.head = metrics.height() + look.px(30)
        self.set: list[_Row] = []
        top = self.head
        for row in rows:
            name = self._high(row.name, "strong")
            text = self._high(row.text, "caption")
            high = max(name + text, look.px(30)) + 2 * _PAD
            self.set.append(_Row(top, name, text, high))
            top += high
        self.height = top + 2

    def font(self, kind: str) -> QFont:
        made = QFont(theme.font(kind))
        if self.own:
            made.setPixelSize(self.look.size(kind))
        return made

    def _high(self, text: str, kind: str) -> float:
        room = QRectF(0, 0, self.left - 12, 10_000)
        return QFontMetricsF(self.font(kind)).boundingRect(room, int(_WRAP), text).height()

    def column(self, at: int) -> float:
        """Return the middle of a column."""
        return self.left + self.look.px(6) + self.cell * (at + 0.5)

    def paint(self, painter: QPainter, blocked: Sequence[str], shown: float) -> None:
        """Paint head and rows; ``shown`` (0 to 1) is how far the caps have come."""
        for at, jak in enumerate(JAKS):
            self._column(painter, at, jak, jak in blocked, shown)
        for row, pairing in zip(self.set, self.rows, strict=True):
            self._row(painter, row, pairing, blocked, shown)

    def _column(self, painter: QPainter, at: int, jak: str, blocked: bool, shown: float) -> None:
        look, x = self.look, self.column(at)
        if blocked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(look.colour("accent_soft"), shown))
            area = QRectF(x - self.cell / 2 + 3, 0, self.cell - 6, self.height)
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.setFont(self.font("strong"))
        painter.setPen(look.colour("ink"))
        name = QRectF(x - self.cell / 2, look.px(4), self.cell, QFontMetricsF(self.font("strong")).height())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignCenter), jak)
        if blocked:
            self._cap(painter, QPointF(x, name.bottom() + look.px(11)), shown)

    def _cap(self, painter: QPainter, centre: QPointF, shown: float) -> None:
        radius = self.look.px(8) * (0.5 + 0.5 * shown)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(self.look.colour("accent"), shown))
        painter.drawEllipse(centre, radius, radius)
        pen = QPen(faded(self.look.colour("on_accent"), shown), max(1.6, radius * 0.28))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        arm = radius * 0.42
        painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
        painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))

    def _row(self, painter: QPainter, row: _Row, pairing: Pairing, blocked: Sequence[str], shown: float) -> None:
        look = self.look
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(0, row.top), QPointF(self.width, row.top))
        room = QRectF(0, row.top + _PAD, self.left - 12, row.name + 2)
        painter.setFont(self.font("strong"))
        painter.setPen(look.colour("ink"))
        painter.drawText(room, int(_WRAP), pairing.name)
        painter.setFont(self.font("caption"))
        painter.setPen(look.colour("ink_soft"))
        painter.drawText(QRectF(0, room.top() + row.name, room.width(), row.text + 2), int(_WRAP), pairing.text)
        y = row.top + row.height / 2
        used = [at for at, jak in enumerate(JAKS) if jak in pairing.jaks]
        if len(used) > 1:
            pen = QPen(look.colour("morning_text"), look.px(3))
            painter.setPen(pen)
            painter.drawLine(QPointF(self.column(used[0]), y), QPointF(self.column(used[-1]), y))
        for at, jak in enumerate(JAKS):
            centre = QPointF(self.column(at), y)
            if at not in used:
                if used[0] < at < used[-1]:
                    continue  # the line passes here: a dot on it would look like a use
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("control"))
                painter.drawEllipse(centre, 1.6, 1.6)
                continue
            radius = look.px(9)
            painter.setPen(QPen(look.colour("morning_text"), 1.8))
            painter.setBrush(look.colour("morning_soft"))
            painter.drawEllipse(centre, radius, radius)
            if jak in blocked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(faded(look.colour("surface"), shown))
                painter.drawEllipse(centre, radius + 2, radius + 2)
                self._cap(painter, centre, shown)


class SignalGrid(Painted, QWidget):
    """The table of signals. ``show_blocked`` puts the caps on, gently."""

    def __init__(self, rows: Sequence[Pairing], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._tables: dict[int, _Table] = {}
        self.blocked: tuple[str, ...] = ()
        self._shown = 1.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(MOTION)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.valueChanged.connect(self._moved)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_blocked(self, jaks: tuple[str, ...]) -> None:
        """Show which Janus kinases are blocked."""
        self.blocked = jaks
        self._motion.stop()
        if theme.current().reduced_motion or not self.isVisible():
            self._moved(1.0)
        else:
            self._motion.start()

    def _moved(self, value: object) -> None:
        self._shown = float(value)  # type: ignore[arg-type]
        self.update()

    def _table(self, width: int) -> _Table:
        if width not in self._tables:
            self._tables.clear()
            self._tables[width] = _Table(self._rows, width, theme.current(), own=False)
        return self._tables[width]

    def restyle(self) -> None:
        """Set the rows anew."""
        self._tables.clear()

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        return int(self._table(max(1, width)).height + 0.999)

    def sizeHint(self) -> QSize:
        """Return a pleasant size."""
        return QSize(theme.px(480), self.heightForWidth(theme.px(480)))

    def minimumSizeHint(self) -> QSize:
        """Return room for the four columns and a name."""
        return QSize(int(4 * self._table(max(1, self.width())).cell) + theme.px(96), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the table."""
        painter = painter_for(self)
        self._table(self.width()).paint(painter, self.blocked, self._shown)
        painter.end()


class SignalsCard(PictureCard):
    """Signals and medicines. ``blockers`` are the medicines in the order offered; the first one is chosen."""

    def __init__(
        self, words: PictureWords, level: Level, signals: tuple[Pairing, ...], blockers: tuple[Pairing, ...]
    ) -> None:
        super().__init__(words.say("mechanism.signals.title"), words)
        self._signals, self._blockers, self._level = signals, blockers, level
        self.add(labels.body(words.say(f"mechanism.signals.intro.{level.value}")))
        choices = [(str(at), each.name) for at, each in enumerate(blockers)]
        choices.append((NOTHING, words.say("mechanism.signals.none")))
        self.add(labels.strong(words.say("mechanism.signals.choose")), gap=4)
        self.medicines = ChipGroup(choices, words.say("mechanism.signals.choose"))
        self.medicines.changed.connect(self._on_medicine)
        self.add(self.medicines)
        self.grid = SignalGrid(signals)
        self.add(self.grid, gap=4)
        self.said = labels.body("")
        self.add(self.said)
        self.add(self.cited)
        self.add_description(self._lines())
        self.medicines.choose(["0"])
        self._show("0", announced=False)

    def _named(self, jaks: tuple[str, ...]) -> str:
        if len(jaks) == 1:
            return jaks[0]
        return self.words.say("mechanism.signals.and", first=", ".join(jaks[:-1]), last=jaks[-1])

    def _blocking(self, medicine: Pairing) -> str:
        return self.words.say(
            "mechanism.signals.blocks", name=medicine.name, jaks=self._named(medicine.jaks), status=medicine.text
        )

    def _lines(self) -> list[str]:
        said = [self.words.say(f"mechanism.signals.intro.{self._level.value}")]
        said += [
            self.words.say("mechanism.signals.uses", name=row.name, jaks=self._named(row.jaks), text=row.text)
            for row in self._signals
        ]
        return said + [self._blocking(each) for each in self._blockers]

    def _on_medicine(self, chosen: tuple[str, ...]) -> None:
        self._show(chosen[0] if chosen else NOTHING)

    def _show(self, key: str, announced: bool = True) -> None:
        medicine = self._blockers[int(key)] if key != NOTHING else None
        self.grid.show_blocked(medicine.jaks if medicine is not None else ())
        text = self._blocking(medicine) if medicine is not None else self.words.say("mechanism.signals.nothing")
        self.said.setText(text)
        cited = dict.fromkeys(source for row in self._signals for source in row.sources)
        if medicine is not None:
            cited.update(dict.fromkeys(medicine.sources))
        self.cited.setText(self.words.cite(tuple(cited)))
        blocked = medicine.jaks if medicine is not None else ()
        touched = [row.name for row in self._signals if set(row.jaks) & set(blocked)]
        self.grid.setAccessibleName(self.words.say("mechanism.signals.title"))
        self.grid.setAccessibleDescription(
            self.words.say("mechanism.signals.touched", text=text, names=", ".join(touched)) if touched else text
        )
        if announced:
            announce(self.grid, text)

    def paper_picture(self, painter: QPainter, width: float, look: Theme) -> float:
        """See :meth:`PictureCard.paper_picture`."""
        table = _Table(self._signals, width, look, own=True)
        table.paint(painter, self.grid.blocked, 1.0)
        return table.height

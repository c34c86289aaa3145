"""Results as 100 people: the groups of a trial side by side at the same scale, filled figures for those counted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.domain.articles import Level
from companion.services.learning import Arm, IconArray
from companion.ui import labels, theme
from companion.ui.theme import Theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.mechanism_card import PictureCard, PictureWords
from companion.ui.widgets.painting import Painted, painter_for
from companion.wording import numbers

SIDE = 10
"""Figures in a row, and rows."""
_WIDEST = 250
_FEW = 4
"""Up to so many results are all told on paper; of more only the one shown, for the text has a table of them."""


def figure_path() -> QPainterPath:
    """Return one person in a box of 1 by 1."""
    path = QPainterPath()
    path.addEllipse(QRectF(0.36, 0.06, 0.28, 0.28))
    path.moveTo(0.26, 0.94)
    path.lineTo(0.26, 0.58)
    path.cubicTo(0.26, 0.42, 0.36, 0.38, 0.5, 0.38)
    path.cubicTo(0.64, 0.38, 0.74, 0.42, 0.74, 0.58)
    path.lineTo(0.74, 0.94)
    path.closeSubpath()
    return path


def paint_people(painter: QPainter, area: QRectF, filled: int, look: Theme) -> None:
    """Paint 100 people into a square; ``filled`` of them solid, row by row from the top, the others outlined."""
    step = area.width() / SIDE
    path = figure_path()
    thin = max(1.0, step * 0.055)
    for number in range(SIDE * SIDE):
        row, column = divmod(number, SIDE)
        painter.save()
        painter.translate(area.left() + column * step, area.top() + row * step)
        painter.scale(step, step)
        if number < filled:
            painter.setPen(QPen(look.colour("accent"), thin / step))
            painter.setBrush(look.colour("accent"))
        else:
            painter.setPen(QPen(look.colour("control"), thin / step))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.restore()


class People(Painted, QWidget):
    """The picture of one group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filled = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_people(self, filled: int, name: str) -> None:
        """Show how many of 100; ``name`` says the same."""
        self.filled = filled
        self.setAccessibleName(name)
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the picture is square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the side of the square."""
        return min(width, theme.px(_WIDEST))

    def sizeHint(self) -> QSize:
        """Return a pleasant size."""
        return QSize(theme.px(200), theme.px(200))

    def minimumSizeHint(self) -> QSize:
        """Return the least at which people can be counted."""
        return QSize(110, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the people."""
        painter = painter_for(self)
        side = min(self.width(), self.height())
        paint_people(painter, QRectF(1, 1, side - 2, side - 2), self.filled, theme.current())
        painter.end()


class ArmView(QWidget):
    """One group: its name, how many of 100, and the people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.name = labels.strong("")
        self.count = labels.Label("", "sheet", "accent")
        self.exact = labels.caption("")
        self.people = People()
        for part in (self.name, self.count, self.exact, self.people):
            column.addWidget(part)
        column.addStretch(1)

    def show_arm(self, arm: Arm, words: PictureWords, exact: bool) -> None:
        """Show one group."""
        self.name.setText(arm.label)
        self.count.setText(said_of(arm, words))
        self.exact.setText(words.say("mechanism.array.exact", percent=percent(arm, words)))
        self.exact.setVisible(exact)
        text = words.say("mechanism.array.arm", label=arm.label, count=said_of(arm, words))
        self.people.show_people(arm.per_100, text)


class _Pair(QWidget):
    """The groups side by side, in columns of one width and with the pictures at one height."""

    def __init__(self) -> None:
        super().__init__()
        self.arms: list[ArmView] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_arms(self, arms: Sequence[Arm], words: PictureWords, exact: bool) -> None:
        while len(self.arms) < len(arms):
            made = ArmView(self)
            made.show()
            self.arms.append(made)
        for view, arm in zip(self.arms, arms, strict=False):
            view.show_arm(arm, words, exact)
        self._arrange(self.width(), place=True)
        self.updateGeometry()

    def _arrange(self, width: int, place: bool) -> int:
        if not self.arms:
            return 0
        gap = theme.GAP
        column = min((width - gap * (len(self.arms) - 1)) // len(self.arms), theme.px(_WIDEST))
        tall = max(arm.name.heightForWidth(column) for arm in self.arms)
        for arm in self.arms:
            arm.name.setMinimumHeight(tall)
        layouts = [arm.layout() for arm in self.arms]
        high = max((layout.totalHeightForWidth(column) for layout in layouts if layout is not None), default=0)
        if place:
            for at, arm in enumerate(self.arms):
                arm.setGeometry(at * (column + gap), 0, column, high)
        return high

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, place=False)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(440), self.heightForWidth(theme.px(440)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), 1)

    def resizeEvent(self, event: object) -> None:
        self._arrange(self.width(), place=True)


def percent(arm: Arm, words: PictureWords) -> str:
    """Return the exact percentage as the language writes it."""
    from companion.wording import phrasebook

    return numbers.decimal(arm.percent, 1, phrasebook(words.lang))


def said_of(arm: Arm, words: PictureWords) -> str:
    """Return how many of 100, in words that stay true below one."""
    if arm.per_100 == 0 and arm.percent > 0:
        return words.say("mechanism.array.fewer_than_one")
    return words.say("mechanism.array.in_100", number=arm.per_100)


def sentence(array: IconArray, words: PictureWords) -> str:
    """Return a result in one sentence, both groups in it."""
    arms = [words.say("mechanism.array.arm", label=arm.label, count=said_of(arm, words)) for arm in array.arms]
    return words.say("mechanism.array.sentence", title=array.title, measure=array.measure, arms=" ".join(arms))


class ArrayCard(PictureCard):
    """Several results of which one is shown; ``choices`` are the short names in the order offered."""

    def __init__(
        self, words: PictureWords, level: Level, title: str, arrays: Sequence[IconArray], choices: Sequence[str]
    ) -> None:
        super().__init__(title, words)
        self._arrays = {array.id: array for array in arrays}
        self._exact = level is not Level.PLAIN
        self.results = ChipGroup(
            [(array.id, name) for array, name in zip(arrays, choices, strict=True)], words.say("mechanism.array.choose")
        )
        self.results.changed.connect(self._on_result)
        self.add(self.results)
        if len(arrays) == 1:
            self.results.hide()
        self.head = labels.strong("")
        self.measure = labels.body("", "soft")
        self.add(self.head, gap=4)
        self.add(self.measure)
        self.pair = _Pair()
        self.add(self.pair, gap=4)
        self.add(labels.small(words.say("mechanism.array.key")))
        self.add(labels.small(words.say("mechanism.array.groups"), "ink"))
        self.add(self.cited)
        self.add_description([sentence(array, words) for array in arrays])
        self.shown = arrays[0]
        self.results.choose([arrays[0].id])
        self._show(announced=False)

    def _on_result(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self.shown = self._arrays[chosen[0]]
            self._show()

    def _show(self, announced: bool = True) -> None:
        self.head.setText(self.shown.title)
        self.measure.setText(self.shown.measure)
        self.pair.show_arms(self.shown.arms, self.words, self._exact)
        self.pair.setAccessibleName(sentence(self.shown, self.words))
        self.cited.setText(self.words.cite(self.shown.sources))
        if announced:
            announce(self.pair, sentence(self.shown, self.words))

    def paper_picture(self, painter: QPainter, width: float, look: Theme) -> float:
        """See :meth:`PictureCard.paper_picture`; the sentence below it names the groups from left to right."""
        gap = width * 0.06
        side = min((width - gap) / 2, width * 0.42)
        for at, arm in enumerate(self.shown.arms):
            paint_people(painter, QRectF(at * (side + gap), 0, side, side), arm.per_100, look)
        return side

    def paper_lines(self) -> list[str]:
        """Return the sentence of the result shown first: it names the groups in the picture."""
        shown = sentence(self.shown, self.words)
        few = len(self.described) <= _FEW
        others = [line for line in self.described if line != shown] if few else []
        return [shown, *others, self.words.say("mechanism.array.groups"), self.cited.text()]

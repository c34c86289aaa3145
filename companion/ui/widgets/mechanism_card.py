"""What the living pictures share: a card with a title, a canvas, words that do not jump, sources, a description."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.theme import Theme
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.painting import Painted, painter_for, ringed

WIDEST = 620
"""The most a canvas is wide, in px at 100% text size."""
MOTION = 220
"""How long a step of a picture moves, in ms."""


class PictureWords(Protocol):
    """Words in the language of the article."""

    lang: str

    def say(self, key: str, /, **values: object) -> str:
        """Return a phrase."""
        ...

    def cite(self, sources: tuple[str, ...]) -> str:
        """Return one line that names sources and the day of their check."""
        ...


class Canvas(Painted, QWidget):
    """A picture of fixed proportions that takes the keyboard; the arrow keys leave by ``stepped`` (-1 or 1)."""

    stepped = Signal(int)

    def __init__(self, ratio: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ratio = ratio
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def picture_width(self, width: int) -> int:
        """Return how wide the picture is in a canvas of ``width``."""
        return min(width, theme.px(WIDEST))

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the proportions are fixed."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        return round(self.picture_width(width) * self._ratio)

    def sizeHint(self) -> QSize:
        """Return a pleasant size."""
        return QSize(theme.px(480), self.heightForWidth(theme.px(480)))

    def minimumSizeHint(self) -> QSize:
        """Return a size that never keeps a window wide."""
        return QSize(120, 1)

    def picture(self, painter: QPainter, width: float, look: Theme | None = None) -> None:
        """Paint the picture ``width`` px wide, from the painter's origin."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in the middle, and the focus ring."""
        painter = painter_for(self)
        width = self.picture_width(self.width())
        painter.save()
        painter.translate((self.width() - width) // 2, 0)
        self.picture(painter, width)
        painter.restore()
        ringed(painter, QRectF(self.rect()), theme.RADIUS, self.ring_visible())
        painter.end()


class SteadyText(QWidget):
    """One of several texts, in a room high enough for each: nothing jumps from step to step."""

    def __init__(self, kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._texts: dict[str, labels.Label] = {}
        self._now = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_texts(self, texts: dict[str, str]) -> None:
        """Replace the texts."""
        for label in self._texts.values():
            label.hide()
            label.deleteLater()
        self._texts = {key: labels.Label(text, self._kind, parent=self) for key, text in texts.items()}
        for label in self._texts.values():
            label.hide()
        self._now = ""
        self.updateGeometry()

    def show_text(self, key: str) -> None:
        """Show one of the texts. Raises ``KeyError``."""
        if self._now in self._texts:
            self._texts[self._now].hide()
        self._now = key
        self._texts[key].setGeometry(self.rect())
        self._texts[key].show()

    def text(self) -> str:
        """Return the text shown."""
        return self._texts[self._now].text() if self._now in self._texts else ""

    def texts(self) -> dict[str, str]:
        """Return every text by key."""
        return {key: label.text() for key, label in self._texts.items()}

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the longest text."""
        return max((label.heightForWidth(width) for label in self._texts.values()), default=0)

    def sizeHint(self) -> QSize:
        """Return the size at a pleasant width."""
        return QSize(theme.px(420), self.heightForWidth(theme.px(420)))

    def minimumSizeHint(self) -> QSize:
        """Return a size that never keeps a window wide."""
        return QSize(theme.px(120), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text the whole room."""
        super().resizeEvent(event)
        for label in self._texts.values():
            label.setGeometry(self.rect())


class Disclosure(QWidget):
    """A button that shows and hides lines of text below it. They are set the first time they are shown."""

    toggled = Signal(bool)

    def __init__(self, show: str, hide: str, lines: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show, self._hide, self._lines = show, hide, lines
        self.content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_TIGHT)
        self.button = buttons.quiet(show, "down")
        self.button.clicked.connect(self._toggle)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle(self) -> None:
        self.open(self.content is None or self.content.isHidden())

    def open(self, shown: bool) -> None:
        """Show or hide the lines."""
        if self.content is None:
            self.content = QWidget()
            column = QVBoxLayout(self.content)
            column.setContentsMargins(theme.GAP_SMALL, 0, 0, 0)
            column.setSpacing(6)
            for line in self._lines:
                column.addWidget(labels.body(line))
            self._column.addWidget(self.content)
        self.content.setVisible(shown)
        self.button.setText(self._hide if shown else self._show)
        self.button.set_icon_name("up" if shown else "down")
        self.updateGeometry()
        self.toggled.emit(shown)


class PictureCard(Card):
    """The card of a living picture. A subclass adds canvas and controls, then calls :meth:`add_description`."""

    def __init__(self, title: str, words: PictureWords, trailing: QWidget | None = None) -> None:
        super().__init__(title, trailing=trailing)
        self.words = words
        self.cited = labels.caption("")
        self.described: list[str] = []
        self.disclosure: Disclosure | None = None

    def add_description(self, lines: list[str]) -> None:
        """Add the same content in words, shown on demand."""
        self.described = lines
        show, hide = self.words.say("mechanism.describe"), self.words.say("mechanism.describe_hide")
        self.disclosure = Disclosure(show, hide, lines)
        self.add(self.disclosure)

    def paper_picture(self, painter: QPainter, width: float, look: Theme) -> float:
        """Paint the picture for paper, ``width`` px wide; return its height, 0 when it has none."""
        return 0.0

    def paper_lines(self) -> list[str]:
        """Return what stands below the picture on paper."""
        return [*self.described, self.cited.text()]

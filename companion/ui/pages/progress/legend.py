"""What the marks of a picture mean, in a row below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.pages.progress.lane import Key
from companion.ui.pages.progress.showing import let_show
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.painting import Painted, painter_for, text_width, words

BOX = (20, 16)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class KeyLabel(Painted, QLabel):
    """One mark and its meaning."""

    def __init__(self, key: Key, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._size = QSize()
        self.restyle()
        self.setAccessibleName(key.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        """Measure anew: layouts ask a hundred times."""
        self._size = QSize(int(key_width(self._key) + 0.999), theme.px(24))

    def sizeHint(self) -> QSize:
        """Return room for the mark and the words."""
        return QSize(self._size)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a legend is not cut."""
        return QSize(self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        painter = painter_for(self)
        paint_key(painter, self._key, 0, 0, self.height())
        painter.end()


class Legend(QWidget):
    """The legend of a picture; it breaks into rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=theme.GAP, row_gap=0)

    def show_keys(self, keys: list[Key]) -> None:
        """Show other marks."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key in keys:
            self._row.addWidget(KeyLabel(key, self))
        let_show(self, bool(keys))


def key_width(key: Key) -> float:
    """Return how wide a mark with its words is, in px."""
    return theme.px(BOX[0]) + theme.px(7) + text_width(key.text, theme.font("caption")) + 2


def paint_key(painter: QPainter, key: Key, x: float, y: float, high: float) -> None:
    """Paint a mark and its words with their left end at ``x``."""
    wide, tall = theme.px(BOX[0]), theme.px(BOX[1])
    key.draw(painter, QRectF(x, y + (high - tall) / 2, wide, tall))
    area = QRectF(x + wide + theme.px(7), y, key_width(key), high)
    words(painter, area, key.text, theme.font("caption"), theme.colour("ink_soft"), _LEFT)

"""The gauge: a calm bar that shows a share, such as what is left in the tube."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, painter_for, text_width, words

_BAR = 12


class Gauge(Painted, QProgressBar):
    """A bar filled to ``share`` (0 to 1).

    Args:
        name: what is measured, for the screen reader.
        text: words at its right, such as ``58%``; empty for the bar alone.
        tone: ``accent``, ``attention``, ``morning`` or ``evening``.
    """

    def __init__(
        self, share: float, name: str, text: str = "", tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(0, 100)  # spoken as per cent; the bar itself is painted more finely
        self._share = 0.0
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = ""
        self._tone = tone
        self.show_share(share, text)

    def show_share(self, share: float, text: str = "", tone: str = "") -> None:
        """Show another share, with other words and, when given, another tone."""
        self._words = text
        self._tone = tone or self._tone
        self._share = min(1.0, max(0.0, share))
        self.setValue(round(100 * self._share))
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words, as a screen reader says them for the value."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return a bar as long as it is given."""
        return QSize(theme.px(160), theme.px(22 if self._words else _BAR))

    def minimumSizeHint(self) -> QSize:
        """Return a bar that can still be read."""
        return QSize(theme.px(90), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track, filled part and words."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        if self._words:
            font = theme.font("strong")
            room = text_width(self._words, font) + 1
            words(painter, QRectF(area.right() - room, 0, room, area.height()), self._words, font, theme.colour("ink"))
            area.setRight(area.right() - room - theme.px(16))
        high = theme.px(_BAR)
        bar = QRectF(area.left(), area.center().y() - high / 2, area.width(), high)
        edge = theme.colour("control") if theme.current().name == "high_contrast" else None
        box(painter, bar, high / 2, theme.colour("track"), edge)
        filled = bar.width() * self._share
        if self._share:
            painter.setClipRect(QRectF(bar.left(), bar.top(), max(filled, high / 2), high))
            box(painter, bar, high / 2, theme.colour(self._tone))
        painter.end()

"""The tag: a pill with a word or two about the thing beside it, such as ``Applied 07:42``."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted, box, painter_for, text_width, words

TONES = ("", "accent", "morning", "evening", "attention", "urgent")


class TagLabel(Painted, QLabel):
    """A pill in one of ``TONES``; to a screen reader a label."""

    def __init__(self, text: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """Change the colours."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the words with their room."""
        width = text_width(self.text(), theme.font("small")) + 2 * theme.px(11)
        return QSize(int(width + 0.999), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words of a tag are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        tone = self._tone
        fill = theme.colour(f"{tone}_soft" if tone else "chip")
        role = "ink_soft" if not tone else "accent" if tone == "accent" else f"{tone}_text"
        line = theme.colour("line") if theme.current().name == "high_contrast" else None
        box(painter, area, area.height() / 2, fill, line)
        words(painter, area, self.text(), theme.font("small"), theme.colour(role))
        painter.end()

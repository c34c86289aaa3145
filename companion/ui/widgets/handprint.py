"""The measuring hand: one handprint is the palm with all five fingers, down to the fold of the wrist."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.drawing import path
from companion.ui.widgets.painting import Painted, painter_for
from companion.wording import resources, say

_WRIST = 236.0
_END = 262.0


@cache
def _hand() -> tuple[QSizeF, QPainterPath, QPainterPath]:
    data = json.loads(resources.read_text("pictures/hand.json"))
    lines = QPainterPath()
    for text in data["lines"]:
        lines.addPath(path(text))
    return QSizeF(*data["size"]), path(data["outline"]), lines


class HandDrawing(Painted, QLabel):
    """The hand alone, ``high`` px at 100% text size. It describes itself to a screen reader."""

    def __init__(self, high: int = 170, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._high = high
        self.setAccessibleName(say("body.handprint_name"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the drawing."""
        size, _, _ = _hand()
        high = theme.px(self._high)
        return QSize(int(high * size.width() / size.height()) + 1, high)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hand: what counts is tinted, the wrist below is not."""
        size, outline, lines = _hand()
        painter = painter_for(self)
        scale = min(self.height() / size.height(), self.width() / size.width())
        painter.scale(scale, scale)
        thin = 1.0 / scale
        painter.setClipRect(QRectF(0, 0, size.width(), _END))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("body"))
        painter.drawPath(outline)
        painter.save()
        painter.setClipRect(QRectF(0, 0, size.width(), _WRIST))
        fill = theme.colour("accent").toRgb()
        fill.setAlphaF(0.30)
        painter.setBrush(fill)
        painter.drawPath(outline)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent_line"), 1.2 * thin, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(lines)
        painter.setPen(QPen(theme.colour("accent"), 1.4 * thin, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(54, _WRIST), QPointF(134, _WRIST))
        painter.setPen(QPen(theme.colour("accent"), 2.0 * thin))
        painter.drawPath(outline)
        painter.end()


class Handprint(QWidget):
    """The measuring hand with its caption below.

    Args:
        caption: the words; by default what one handprint is. Pass an empty text for none.
        high: the height of the hand in px at 100% text size.
    """

    def __init__(self, caption: str | None = None, high: int = 170, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        self.drawing = HandDrawing(high)
        column.addWidget(self.drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        text = say("body.handprint_caption") if caption is None else caption
        if text:
            words = labels.small(text)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(words)

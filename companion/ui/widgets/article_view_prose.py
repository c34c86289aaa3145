"""One paragraph, list item, heading or table cell of an article: painted text with pressable stretches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from companion.ui import theme
from companion.ui.widgets.article_view_stop import Desk, Stop
from companion.ui.widgets.article_view_text import Composed, Kind, Span
from companion.ui.widgets.painting import painter_for
from companion.wording import say

GUTTER = 10
"""Room in px left of the words, for the bar that says where the keyboard reads."""
LONGEST_LINE = 68
"""The most characters a line of reading text holds; a longer one is tiring to read."""
_SAMPLE = "the quick colour of a small patch comes back in its own time, and slowly"


def reading_width(kind: str = "reading") -> int:
    """Return the width in px at which a line of ``kind`` holds about as many characters as it may, gutter included."""
    metrics = QFontMetricsF(theme.font(kind))
    return int(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * LONGEST_LINE) + GUTTER


@dataclass(slots=True)
class _Set:
    """The text set in lines for one width."""

    layout: QTextLayout
    height: float
    width: float


class Prose(QLabel):
    """A passage of an article. To a screen reader a label with the words alone, and buttons in it.

    Args:
        text: the words and what can be pressed in them.
        desk: hears of presses, hovering and the arrow keys.
        describe: gives the accessible name and description of a span.
        kind: the type size; see ``theme.SIZES``.
        bullet: paints the dot of a list item before the text.
        strong: sets all of it in bold (the head of a table).
    """

    def __init__(
        self,
        text: Composed,
        desk: Desk,
        describe: Callable[[Span], tuple[str, str]],
        kind: str = "reading",
        tone: str = "ink",
        bullet: bool = False,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text.spoken)
        self.composed = text
        self._desk = desk
        self._kind, self._tone, self._bullet, self._strong = kind, tone, bullet, strong
        self._sets: dict[int, _Set] = {}
        self._marked = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stops = [Stop(span, desk, *describe(span), parent=self) for span in text.spans if span.pressable]

    # Setting the lines

    def _font(self) -> QFont:
        if not self._strong:
            return theme.font(self._kind)
        made = QFont(theme.font(self._kind))
        made.setWeight(QFont.Weight.DemiBold)
        return made

    def _left(self) -> int:
        return GUTTER + (theme.px(22) if self._bullet else 0)

    def _lines(self, width: int) -> _Set:
        known = self._sets.get(width)
        if known is None:
            if len(self._sets) > 4:
                self._sets.clear()
            known = self._sets[width] = self._set_lines(max(1, width - self._left()))
        return known

    def _set_lines(self, width: int) -> _Set:
        layout = QTextLayout(self.composed.shown, self._font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._range(span) for span in self.composed.spans])
        step = max(
            QFontMetricsF(self._font()).height(), round(self._font().pixelSize() * theme.line_height(self._kind))
        )
        y = widest = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            if line.textLength() > LONGEST_LINE + 1:
                self._shorten(line, width)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            widest = max(widest, line.naturalTextWidth())
            y += step
        layout.endLayout()
        return _Set(layout, max(y, step), widest)

    def _shorten(self, line: QTextLine, width: int) -> None:
        """Break a line of narrow letters where the longest allowed one ends; source marks do not count."""
        start = line.textStart()
        marks = sum(
            span.length + 1
            for span in self.composed.spans
            if span.kind is Kind.SOURCE and start <= span.start < start + line.textLength()
        )
        most = LONGEST_LINE + 1 + marks
        share = 1.0
        while line.textLength() > most and share > 0.6:
            share -= 0.04
            line.setLineWidth(width * share)

    def _range(self, span: Span) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        if span.kind is Kind.STRONG:
            form.setFontWeight(QFont.Weight.DemiBold)
        else:
            form.setForeground(theme.colour("accent"))
        if span.kind is Kind.TERM:
            form.setForeground(theme.colour(self._tone))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(theme.colour("accent"))
        elif span.kind is Kind.ARTICLE:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        elif span.kind is Kind.SOURCE:
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            form.setFontWeight(QFont.Weight.DemiBold)
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = span.start, span.length, form
        return found

    def _fragments(self, span: Span, layout: QTextLayout) -> tuple[QRectF, ...]:
        """Return where a span stands, one rectangle a line."""
        found = []
        first, last = span.start, span.start + span.length
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if end <= first or start >= last:
                continue
            left = _x(line, max(first, start))
            right = _x(line, min(last, end))
            found.append(QRectF(left + self._left(), line.y(), max(4.0, right - left), line.height()))
        return tuple(found)

    # What the text around asks

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in ``width``."""
        return int(self._lines(width).height + 0.999)

    def natural_width(self) -> int:
        """Return the width of the words on one line."""
        return int(self._lines(1 << 16).width + 1.999) + self._left()

    def least_width(self) -> int:
        """Return the width at which no word is cut."""
        metrics = QFontMetricsF(self._font())
        words = self.composed.shown.replace("-", "- ").split()
        return int(max((metrics.horizontalAdvance(word) for word in words), default=0) + 1.999) + self._left()

    def sizeHint(self) -> QSize:
        """Return the size of lines of a pleasant length."""
        width = min(self.natural_width(), reading_width(self._kind))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word."""
        return QSize(min(self.least_width(), theme.px(180)), 1)

    def longest_line(self) -> int:
        """Return the characters of the longest line as it is set now; for the tests."""
        layout = self._lines(self.width()).layout
        return max(
            len(self.composed.shown[line.textStart() : line.textStart() + line.textLength()].rstrip())
            for line in (layout.lineAt(number) for number in range(layout.lineCount()))
        )

    def place_stops(self) -> None:
        """Lay the stops over their words; called when the width is settled."""
        layout = self._lines(self.width()).layout
        for stop in self.stops:
            stop.cover(self._fragments(stop.span, layout))

    # Keyboard

    def mark(self, shown: bool) -> None:
        """Show or hide the bar that says where the keyboard reads."""
        if self._marked != shown:
            self._marked = shown
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the passage when the keyboard came by Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away."""
        super().focusOutEvent(event)
        self.mark(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or the last passage with the arrow keys, with Ctrl to the next or the last heading."""
        # Qt.Key is a large enumeration that is built when first named: not before a key is pressed.
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._desk.stepped.emit(self, step * 1000)
        else:
            self._desk.stepped.emit(self, step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the words."""
        menu = QMenu(self)
        action = QAction(say("learn.copy"), menu)
        action.triggered.connect(self._copy)
        menu.addAction(action)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.composed.spoken)

    # Qt events

    def changeEvent(self, event: QEvent) -> None:
        """Set the lines anew in a new look."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._sets.clear()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bullet, words and the reading mark."""
        painter: QPainter = painter_for(self)
        lines = self._lines(self.width())
        painter.setPen(theme.colour(self._tone))
        lines.layout.draw(painter, QPointF(self._left(), 0))
        painter.setPen(Qt.PenStyle.NoPen)
        if self._bullet:
            line = lines.layout.lineAt(0)
            painter.setBrush(theme.colour("accent"))
            middle = QPointF(GUTTER + theme.px(8), line.y() + line.height() * 0.54)
            painter.drawEllipse(middle, theme.px(2.6), theme.px(2.6))
        if self._marked:
            painter.setBrush(theme.colour("focus"))
            painter.drawRoundedRect(QRectF(0, 2, 3, self.height() - 4), 1.5, 1.5)
        painter.end()


def _x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # PySide6 returns the x and the position it is for
    return float(found[0])

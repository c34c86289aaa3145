"""Labels that always show their words as they are: plain text, wrapped, with room between the lines.

``QLabel`` guesses whether a text is HTML and sets lines tight. These never guess, and paint with the line height of
the design. To a screen reader they are ordinary labels.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui import theme

# A wrapped text asks for at most this many average letters in a line; a longer line is tiring to read.
_READING_LETTERS = 68
# No single word may make a window wider than this many letters; longer ones (an address) break inside.
_LONGEST_WORD = 26


class _Set:
    """A text set in lines: where each begins and how large the whole is."""

    __slots__ = ("height", "layout", "width")

    def __init__(self, layout: QTextLayout, width: float, height: float) -> None:
        self.layout, self.width, self.height = layout, width, height


class Label(QLabel):
    """A label for plain text. ``kind`` names the type size, ``tone`` the colour; see ``theme.SIZES``."""

    def __init__(self, text: str, kind: str = "body", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._kind = kind
        self._sets: dict[int, _Set] = {}
        self._least: QSize | None = None
        self._natural: QSize | None = None
        self._key = ""
        self.setText(text)
        self.set_wrapping(True)

    def set_wrapping(self, wraps: bool) -> None:
        """Break the text into lines (the default) or keep it on one, which then is never narrower than its words."""
        self.setWordWrap(wraps)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if wraps:
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    def set_tone(self, tone: str) -> None:
        """Change the colour role of the text: ink, soft, accent, morning, evening, attention or urgent."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def set_kind(self, kind: str) -> None:
        """Change the type size of the text."""
        if self._kind != kind:
            self._kind = kind
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
            self._forget()
            self.updateGeometry()

    def set_selectable(self) -> None:
        """Let the text be marked and copied by mouse and keyboard; it then is a stop of the Tab key."""
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Setting the lines

    def _forget(self) -> None:
        self._sets.clear()
        self._least = None
        self._natural = None

    def _fresh(self) -> None:
        """Drop what was set for another text or font."""
        self.ensurePolished()
        key = f"{self.font().key()}|{self.text()}"
        if key != self._key:
            self._key = key
            self._forget()

    def _lines(self, width: int) -> _Set:
        self._fresh()
        known = self._sets.get(width)
        if known is None:
            if len(self._sets) > 8:
                self._sets.clear()
            known = self._sets[width] = self._set_lines(width)
        return known

    def _set_lines(self, width: int) -> _Set:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(
            QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self.wordWrap() else QTextOption.WrapMode.ManualWrap
        )
        layout.setTextOption(option)
        step = self._step()
        y = widest = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            widest = max(widest, line.naturalTextWidth())
            y += step
        layout.endLayout()
        return _Set(layout, widest, max(y, step))

    def _step(self) -> float:
        metrics = QFontMetricsF(self.font())
        return max(metrics.height(), round(self.font().pixelSize() * theme.line_height(self._kind)))

    # What a layout asks

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text set in lines of ``width``."""
        if self._plain_label():
            return super().heightForWidth(width)
        edges = self.contentsMargins()
        inner = width - edges.left() - edges.right()
        return int(self._lines(max(1, inner)).height + 0.999) + edges.top() + edges.bottom()

    def hasHeightForWidth(self) -> bool:
        """Return whether the height depends on the width."""
        return self.wordWrap()

    def sizeHint(self) -> QSize:
        """Return the size of the text on one line, or in lines of a pleasant length when it is long."""
        if self._plain_label():
            return super().sizeHint()
        self._fresh()
        if self._natural is None:
            metrics = QFontMetricsF(self.font())
            one = self._lines(1 << 20)
            width = one.width
            if self.wordWrap():
                width = min(width, _READING_LETTERS * metrics.averageCharWidth())
            width = int(width + 1.999)
            self._natural = QSize(width, int(self._lines(width).height + 0.999))
        return self._natural.grownBy(self.contentsMargins())

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which no word is cut."""
        if self._plain_label():
            return super().minimumSizeHint()
        self._fresh()
        if self._least is None:
            if self.wordWrap():
                metrics = QFontMetricsF(self.font())
                longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0.0)
                longest = min(longest, _LONGEST_WORD * metrics.averageCharWidth())
                self._least = QSize(int(longest + 1.999), int(self._step() + 0.999))
            else:
                self.sizeHint()
                self._least = self._natural or QSize()
        return self._least.grownBy(self.contentsMargins())

    def _plain_label(self) -> bool:
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)

    # Qt events

    def changeEvent(self, event: QEvent) -> None:
        """Set the lines anew in a new font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines; a selectable text is left to Qt, which paints the selection."""
        if self._plain_label():
            super().paintEvent(event)
            return
        area = self.contentsRect()
        lines = self._lines(max(1, area.width()))
        top = float(area.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += (area.height() - lines.height) / 2
        elif self.alignment() & Qt.AlignmentFlag.AlignBottom:
            top += area.height() - lines.height
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines.layout.draw(painter, QPointF(area.left(), top))
        painter.end()


def title(text: str) -> Label:
    """Return the title of a page."""
    return Label(text, "title")


def subtitle(text: str) -> Label:
    """Return the one line below the title of a page."""
    return Label(text, "subtitle")


def heading(text: str, tone: str = "") -> Label:
    """Return the title of a card."""
    return Label(text, "heading", tone)


def body(text: str, tone: str = "") -> Label:
    """Return ordinary text."""
    return Label(text, "body", tone)


def strong(text: str, tone: str = "") -> Label:
    """Return ordinary text with weight, for the first line of an entry."""
    return Label(text, "strong", tone)


def reading(text: str) -> Label:
    """Return text meant to be read at length."""
    return Label(text, "reading")


def small(text: str, tone: str = "") -> Label:
    """Return secondary text."""
    return Label(text, "small", tone)


def caption(text: str, tone: str = "") -> Label:
    """Return the smallest text: notes below a picture, sources, times in a list."""
    return Label(text, "caption", tone)


def figure(text: str, tone: str = "") -> Label:
    """Return one large number with its words."""
    return Label(text, "figure", tone)


def user_text(text: str, kind: str = "body") -> Label:
    """Return words the person wrote, shown letter for letter. Use ``set_selectable`` where they are to be copied."""
    return Label(text, kind)

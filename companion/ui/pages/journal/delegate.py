"""Paints the rows of the journal from the theme's roles: a day's heading, or time, sign, words and tag of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from companion.domain.timeline import EntryKind
from companion.ui import theme
from companion.ui.pages.journal.model import ROW, DayRow, EntryRow
from companion.ui.widgets.painting import box, picture, ringed, text_width, words
from companion.wording import say

_PAD = 14
_GAP = 12
_HEAD_ROOM = 18
_LINES, _LINES_OPEN = 2, 14
_LETTERS = 2_000
_FOOT = 14
"""Room below the buttons of the chosen entry, in px."""

SIGNS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.SYMPTOM: ("body", "attention_text"),
    EntryKind.NOTE: ("note", "accent"),
    EntryKind.LIGHT: ("light", "morning_text"),
    EntryKind.TREATMENT: ("pill", "evening_text"),
    EntryKind.SKIN_DAY: ("today", "morning_text"),
    EntryKind.TUBE: ("tube", "evening_text"),
    EntryKind.ESTIMATE: ("hand", "accent"),
    EntryKind.SCORE: ("progress", "accent"),
    EntryKind.NOTICING: ("eye", "accent"),
    EntryKind.VISIT: ("visit", "accent"),
    EntryKind.APPLICATION: ("clock", "ink_soft"),
}
"""The icon of each kind and the role of its colour; the words say the same."""

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SetText:
    """A text set in at most so many lines; ``lines`` are the strings drawn, the last one shortened when cut."""

    lines: tuple[str, ...]
    step: float

    @property
    def height(self) -> float:
        """The height of all lines in px."""
        return len(self.lines) * self.step


@lru_cache(maxsize=8192)
def set_text(text: str, kind: str, width: int, most: int, look: tuple[str, float]) -> SetText:
    """Return ``text`` broken into lines of ``width`` px, at most ``most``, with an ellipsis where it goes on.

    ``look`` (theme name and scale) is part of the key only, so that a new text size sets the lines anew.
    """
    font = theme.font(kind)
    metrics = QFontMetricsF(font)
    step = max(metrics.height(), round(font.pixelSize() * theme.line_height(kind)))
    flat = text[:_LETTERS].replace("\n", "\u2028")
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start, length = line.textStart(), line.textLength()
        part = flat[start : start + length].rstrip("\u2028")
        if len(lines) == most - 1 and start + length < len(flat.rstrip("\u2028 ")):
            part = metrics.elidedText(flat[start:].split("\u2028")[0] + " …", Qt.TextElideMode.ElideRight, width)
        lines.append(part)
    layout.endLayout()
    return SetText(tuple(lines) or ("",), step)


def _look() -> tuple[str, float]:
    return theme.current().name, theme.current().scale


class EntryDelegate(QStyledItemDelegate):
    """Knows how high a row is and how it looks. The chosen entry is open: it shows more lines and room for buttons."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        # Every change of the open row lays the whole list out again, which after years of reading is thousands of rows.
        self._closed: dict[int, int] = {}
        self._closed_for: tuple[int, tuple[str, float]] = (0, ("", 0.0))

    def forget(self) -> None:
        """Measure every row anew, because the rows are others now."""
        self._closed.clear()

    # Measures

    def _columns(self, width: int) -> tuple[int, int]:
        """Return where the words begin, and how wide they may be without a tag."""
        if width < theme.px(420):
            return _PAD, width - 2 * _PAD
        left = _PAD + self._time_width() + _GAP + theme.px(18) + _GAP
        return left, width - left - _PAD

    @staticmethod
    def _time_width() -> int:
        return int(text_width("00:00 mm", theme.font("small"))) + 2

    def _stacked(self, width: int) -> bool:
        """Return whether time and tag stand above the words, because the list is narrow."""
        return width < theme.px(420)

    @staticmethod
    def _tag_width(row: EntryRow) -> int:
        return int(text_width(row.tag, theme.font("caption"))) + 2 * theme.px(10) + 1 if row.tag else 0

    def _texts(self, row: EntryRow, width: int, is_open: bool) -> tuple[SetText, SetText | None]:
        _, room = self._columns(width)
        if row.tag and not self._stacked(width):
            room -= self._tag_width(row) + _GAP
        most = _LINES_OPEN if is_open else _LINES
        kind = "strong" if row.titled else "body"
        head = set_text(row.headline, kind, room, 3 if row.titled else most, _look())
        tail = set_text(row.details, "small", room, most, _look()) if row.details else None
        return head, tail

    def words_height(self, row: EntryRow, width: int, is_open: bool) -> int:
        """Return the height of an entry's words with their air, without the buttons."""
        head, tail = self._texts(row, width, is_open)
        high = head.height + (2 + tail.height if tail else 0) + 2 * 10
        if self._stacked(width):
            high += theme.px(28)
        return int(high + 0.999)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row in the width of the view."""
        width = self._view.viewport().width()
        number = index.row()
        if number == self._view.currentIndex().row():
            return QSize(width, self._height(index, width, True))
        look = (width, _look())
        if look != self._closed_for:
            self._closed.clear()
            self._closed_for = look
        high = self._closed.get(number)
        if high is None:
            high = self._closed[number] = self._height(index, width, False)
        return QSize(width, high)

    def _height(self, index: AnyIndex, width: int, is_open: bool) -> int:
        row = index.data(ROW)
        if isinstance(row, DayRow):
            return theme.px(24) + (_HEAD_ROOM if index.row() else 4)
        high = max(self.words_height(row, width, is_open), theme.px(theme.CONTROL) + 8)
        return high + (self.actions_height(width) if is_open else 0)

    def actions_height(self, width: int) -> int:
        """Return the room for the buttons of the open entry, which may need more than one row in a narrow list."""
        editor = self._view.indexWidget(self._view.currentIndex())
        if editor is None:
            return theme.px(theme.CONTROL) + _FOOT
        return editor.heightForWidth(self._columns(width)[1]) + _FOOT

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Place the buttons of the open entry below its words."""
        area = self._view.visualRect(index)
        left, room = self._columns(area.width())
        high = self.actions_height(area.width())
        editor.setGeometry(QRect(area.left() + left, area.bottom() + 1 - high, room, high - _FOOT))

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(ROW)
        area = QRectF(option.rect)
        if isinstance(row, DayRow):
            band = area.adjusted(_PAD, 0, -_PAD, -2)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            words(painter, band, row.text, _heading_font(_look()), theme.colour("ink_soft"), align)
        elif isinstance(row, EntryRow):
            self._paint_entry(painter, area, option, index, row)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, area: QRectF, option: QStyleOptionViewItem, index: AnyIndex, row: EntryRow
    ) -> None:
        is_open = index == self._view.currentIndex()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        field = area.adjusted(2, 1, -2, -2)
        if is_open or over:
            line = theme.colour("accent_pale") if is_open else None
            box(painter, field, theme.RADIUS, theme.colour("accent_soft" if is_open else "hover"), line)
        if is_open and self._view.hasFocus():
            ringed(painter, field, theme.RADIUS, True)
        if not is_open and not self._last_of_day(index):
            painter.setPen(QPen(theme.colour("line"), 1))
            y = area.bottom() - 0.5
            painter.drawLine(QPointF(area.left() + _PAD, y), QPointF(area.right() - _PAD, y))
        self._paint_words(painter, area, row, is_open)

    def _paint_words(self, painter: QPainter, area: QRectF, row: EntryRow, is_open: bool) -> None:
        width = int(area.width())
        left, _ = self._columns(width)
        head, tail = self._texts(row, width, is_open)
        top = area.top() + 10
        soft = theme.colour("ink_soft")
        small = theme.font("small")
        level = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        high = theme.px(22)
        if self._stacked(width):
            picture(painter, QPointF(area.left() + _PAD + theme.px(9), top + high / 2), _sign(row), _sign_role(row), 18)
            left_of = area.left() + _PAD + theme.px(18) + 8
            end = area.right() - _PAD - (self._tag_width(row) + _GAP if row.tag else 0)
            band = QRectF(left_of, top, end - left_of, high)
            words(painter, band, row.time or say(f"care.kind.{row.kind.value}"), small, soft, level)
            self._paint_tag(painter, area, top, row)
            top += theme.px(28)
        else:
            first = head.step
            words(painter, QRectF(area.left() + _PAD, top, self._time_width(), first), row.time, small, soft, level)
            middle = area.left() + _PAD + self._time_width() + _GAP + theme.px(9)
            picture(painter, QPointF(middle, top + first / 2), _sign(row), _sign_role(row), 18)
            self._paint_tag(painter, area, top + (first - theme.px(24)) / 2, row)
        kind = "strong" if row.titled else "body"
        top = _draw(painter, QPointF(area.left() + left, top), head, theme.font(kind), "ink")
        if tail:
            _draw(painter, QPointF(area.left() + left, top + 2), tail, small, "ink" if is_open else "ink_soft")

    def _paint_tag(self, painter: QPainter, area: QRectF, top: float, row: EntryRow) -> None:
        if not row.tag:
            return
        wide = self._tag_width(row)
        pill = QRectF(area.right() - _PAD - wide, top, wide, theme.px(24))
        fill, role = _tag_roles(row)
        line = theme.colour("line") if theme.current().name == "high_contrast" else None
        box(painter, pill, pill.height() / 2, theme.colour(fill), line)
        words(painter, pill, row.tag, theme.font("caption"), theme.colour(role))

    def _last_of_day(self, index: AnyIndex) -> bool:
        following = index.model().index(index.row() + 1, 0)
        return not following.isValid() or isinstance(following.data(ROW), DayRow)


@lru_cache(maxsize=8)
def _heading_font(look: tuple[str, float]) -> QFont:
    font = QFont(theme.font("caption"))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _tag_roles(row: EntryRow) -> tuple[str, str]:
    """Return fill and ink of a tag: a side effect that is still there stands out, and so do a doctor's words."""
    if row.kind is EntryKind.SYMPTOM and row.ongoing:
        return "attention_soft", "attention_text"
    return ("accent_soft", "accent") if row.kind is EntryKind.SCORE else ("chip", "ink_soft")


def _sign(row: EntryRow) -> str:
    return SIGNS[row.kind][0]


def _sign_role(row: EntryRow) -> str:
    return SIGNS[row.kind][1]


def _draw(painter: QPainter, at: QPointF, text: SetText, font: QFont, role: str) -> float:
    """Draw set lines from ``at`` down; return where the next thing begins."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    y = at.y()
    for line in text.lines:
        base = y + (text.step + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(at.x(), base), line)
        y += text.step
    return y

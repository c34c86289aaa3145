"""On or off, one of a few, yes or no: switch, check box, radio button and segmented control, with words that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPoint, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.painting import Painted, TippedByName, box, painter_for, picture, ringed, text_width, words

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_MOVE = 160


def _settle(button: QAbstractButton) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)


def _height(text: str, width: int) -> int:
    """Return the height of wrapped words, never under that of a control."""
    least = theme.px(theme.CONTROL)
    if not text:
        return least
    metrics = QFontMetrics(theme.font("body"))
    return max(least, metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), int(_WRAP), text).height() + 8)


def _longest(text: str) -> int:
    return int(max((text_width(word, theme.font("body")) for word in text.split()), default=0) + 1.999)


class _Marked(Painted):
    """What check box and radio button share: a mark at the left of words that wrap."""

    def _text_left(self) -> int:
        return theme.px(20) + theme.px(10) + 4

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a click at ``pos`` counts: anywhere on mark and words."""
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in ``width``."""
        return _height(self.text(), width - self._text_left())  # type: ignore[attr-defined]

    def sizeHint(self) -> QSize:
        """Return the size with the words on one line."""
        wide = int(text_width(self.text(), theme.font("body")) + 1.999)  # type: ignore[attr-defined]
        return QSize(self._text_left() + min(wide, theme.px(460)), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the longest word fits."""
        text = self.text()  # type: ignore[attr-defined]
        return QSize(self._text_left() + _longest(text), theme.px(theme.CONTROL))

    def paint_beside(self, painter: QPainter, radius: float) -> QRectF:
        """Paint the words, and the ring round the mark where it belongs; return where the mark goes.

        ``radius`` is that of the ring.
        """
        middle = self._paint_words(painter)
        half = theme.px(20) / 2
        area = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        if self.ring_visible():
            ringed(painter, area.adjusted(-4, -4, 4, 4), radius, True)
        return area

    def _paint_words(self, painter: QPainter) -> QPointF:
        """Paint the words; return the middle of the mark."""
        left = self._text_left()
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink_soft"))
        area = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(area, int(_WRAP), self.text())  # type: ignore[attr-defined]
        return QPointF(2 + theme.px(20) / 2, self.height() / 2)


class Check(_Marked, QCheckBox):
    """A check box."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _settle(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, check mark and words."""
        painter = painter_for(self)
        area = self.paint_beside(painter, 9)
        on = self.isChecked()
        line = theme.colour("accent" if on or self.underMouse() else "control")
        box(painter, area, 6, theme.colour("accent" if on else "surface"), line, 1.6)
        if on:
            picture(painter, area.center(), "check", "on_accent", 16)
        painter.end()


class Radio(_Marked, QRadioButton):
    """A radio button; those with the same parent are one choice."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _settle(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, dot and words."""
        painter = painter_for(self)
        half = theme.px(20) / 2
        area = self.paint_beside(painter, half + 4)
        on = self.isChecked()
        line = theme.colour("accent" if on or self.underMouse() else "control")
        box(painter, area, half, theme.colour("surface"), line, 2.0 if on else 1.6)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(area.center(), half * 0.5, half * 0.5)
        painter.end()


class Switch(Painted, QCheckBox):
    """A switch with its words at the left and the knob at the right; it acts at once, so it needs no Save."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _settle(self)
        self._at = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_MOVE)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._moved)
        self.toggled.connect(self._slide)

    def _slide(self, on: bool) -> None:
        goal = 1.0 if on else 0.0
        self._motion.stop()
        if theme.current().reduced_motion or not self.isVisible():
            self._moved(goal)
            return
        self._motion.setStartValue(self._at)
        self._motion.setEndValue(goal)
        self._motion.start()

    def _moved(self, at: object) -> None:
        self._at = float(at)  # type: ignore[arg-type]
        self.update()

    def _track(self) -> QSize:
        return QSize(theme.px(44), theme.px(24))

    def _gap(self) -> int:
        return theme.px(14) if self.text() else 0

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a click at ``pos`` counts: anywhere on words and switch."""
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        """Return ``True``: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in ``width``."""
        return _height(self.text(), width - self._track().width() - self._gap() - 4)

    def sizeHint(self) -> QSize:
        """Return the size with the words on one line."""
        wide = int(text_width(self.text(), theme.font("body")) + 1.999)
        return QSize(min(wide, theme.px(460)) + self._gap() + self._track().width() + 4, theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the longest word fits."""
        return QSize(_longest(self.text()) + self._gap() + self._track().width() + 4, theme.px(theme.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, track and knob; on, the track is filled and bears a check mark."""
        painter = painter_for(self)
        track = self._track()
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "ink_soft"))
        room = QRect(0, 0, self.width() - track.width() - self._gap() - 4, self.height())
        painter.drawText(room, int(_WRAP), self.text())
        top = (self.height() - track.height()) / 2
        area = QRectF(self.width() - track.width() - 2, top, track.width(), track.height())
        if self.ring_visible():
            ringed(painter, area.adjusted(-4, -4, 4, 4), area.height(), True)
        radius = area.height() / 2
        on = self.isChecked()
        if on:
            box(painter, area, radius, theme.colour("accent" if self.isEnabled() else "control"))
            tick = QPointF(area.left() + radius + 1, area.center().y())
            picture(painter, tick, "check", "on_accent", 13)
        else:
            box(painter, area, radius, theme.colour("track"), theme.colour("control"), 1.5)
        knob = radius - 3
        x = area.left() + radius + self._at * (area.width() - 2 * radius)
        painter.setPen(QPen(theme.colour("control"), 1.2) if not on else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent" if on else "knob"))
        painter.drawEllipse(QPointF(x, area.center().y()), knob, knob)
        painter.end()


class _Segment(TippedByName, Painted, QRadioButton):
    """One of the choices of a segmented control."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = text_width(self.text(), theme.font("strong")) + 2 * theme.px(15)
        return QSize(int(width + 0.999), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        on = self.isChecked()
        area = QRectF(self.rect())
        if on:
            box(painter, area, 7, theme.colour("raised"), theme.colour("accent_line"))
        elif self.underMouse():
            box(painter, area, 7, theme.colour("hover"))
        ringed(painter, area, 7, self.ring_visible())
        role = "ink" if on or self.underMouse() else "ink_soft"
        words(painter, area, self.text(), theme.font("strong" if on else "body"), theme.colour(role))
        painter.end()


class SegmentedControl(Painted, QWidget):
    """A few choices side by side of which one holds, such as the level of detail.

    ``changed`` is sent with the key when the person chooses, not by :meth:`choose`. Arrow keys move the choice.
    """

    changed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = FlowLayout(self, gap=2, row_gap=2)
        row.setContentsMargins(4, 4, 4, 4)
        self._segments: dict[str, _Segment] = {}
        for key, text in choices:
            made = _Segment(text, self)
            made.setProperty("key", key)
            made.clicked.connect(self._tell)
            self._segments[key] = made
            row.addWidget(made)

    def segment(self, key: str) -> QRadioButton:
        """Return the button of one choice. Raises ``KeyError``."""
        return self._segments[key]

    def chosen(self) -> str:
        """Return the key that holds, or an empty text."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def choose(self, key: str) -> None:
        """Set the choice, without telling. Raises ``KeyError``."""
        self._segments[key].setChecked(True)

    def _tell(self) -> None:
        self.changed.emit(self.chosen())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the trough."""
        painter = painter_for(self)
        edge = theme.colour("control") if theme.current().name == "high_contrast" else None
        box(painter, QRectF(self.rect()), theme.RADIUS, theme.colour("chip"), edge)
        painter.end()

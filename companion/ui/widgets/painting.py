"""What the painted components share: when to show the focus ring, and how ring, box and words are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from companion.ui import icons, theme

RING = 2.0
"""Width of the focus ring in px."""

RING_GAP = 2.0
"""Clear space between the ring and the box of the control."""


# For the type checker the mixin is a widget; in truth it must not be one, or Qt would see two base classes.
if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Painted(_Base):
    """Mixin, to stand before a Qt widget class: knows when its focus came from the keyboard and follows the theme."""

    _ring_shown = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, unless the focus came by a click."""
        self._ring_shown = event.reason() not in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ) or (self._ring_shown and event.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away, except while another window or a menu is in front."""
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._ring_shown = False
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the ring from the first key on, however the focus came here."""
        if not self._ring_shown:
            self._ring_shown = True
            self.update()
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure and paint anew in a new look."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.restyle()
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def restyle(self) -> None:
        """Called when the theme or the text size changed, before the new size is asked for."""

    def ring_visible(self) -> bool:
        """Return whether the focus ring is to be painted now."""
        return self._ring_shown and self.hasFocus()


class TippedByName(_Base):
    """Mixin, to stand before a Qt widget class: its name is its tooltip, but only while the mouse is on it.

    A screen reader speaks a tooltip as a description, so that the name would be heard twice.
    """

    def rename(self, name: str) -> None:
        """Give the control another name."""
        self.setAccessibleName(name)
        if self.toolTip():
            self.setToolTip(self.tip())

    def tip(self) -> str:
        """Return what the tooltip says."""
        return self.accessibleName()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Have the name ready as the tooltip."""
        self.setToolTip(self.tip())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tooltip away."""
        self.setToolTip("")
        super().leaveEvent(event)


def painter_for(widget: QWidget) -> QPainter:
    """Return a smooth painter on ``widget``. The caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded box whose line lies inside ``area``."""
    inset = width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    area = area.adjusted(inset, inset, -inset, -inset)
    radius = max(0.0, min(radius - inset, area.height() / 2, area.width() / 2))
    painter.drawRoundedRect(area, radius, radius)


def ringed(painter: QPainter, area: QRectF, radius: float, shown: bool) -> QRectF:
    """Draw the focus ring along the edge of ``area`` when ``shown``; return where the control itself goes.

    The ring is drawn inward, so that boxes stand flush with the text above them whether or not they have the focus.
    """
    if not shown:
        return area
    half = RING / 2
    painter.setPen(QPen(theme.colour("focus"), RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = area.adjusted(half, half, -half, -half)
    radius = min(radius, area.height() / 2) - half
    painter.drawRoundedRect(edge, radius, radius)
    inward = RING + RING_GAP
    return area.adjusted(inward, inward, -inward, -inward)


def words(
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """Draw one line of text in ``area``, with an ellipsis where it does not fit."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) > area.width() + 1:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, int(align) | int(Qt.TextFlag.TextSingleLine), text)


def picture(painter: QPainter, centre: QPointF, name: str, role: str, size: int = icons.SIZE) -> None:
    """Draw an icon with its middle at ``centre``; ``size`` is at 100% text size."""
    side = theme.px(size)
    dpr = painter.device().devicePixelRatio()
    painter.drawPixmap(
        QPointF(round(centre.x() - side / 2), round(centre.y() - side / 2)), icons.pixmap(name, side, role, dpr)
    )


def text_width(text: str, font: QFont) -> float:
    """Return the width of one line of text in px."""
    return QFontMetricsF(font).horizontalAdvance(text)

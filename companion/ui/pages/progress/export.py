"""A picture of the page as a file: PNG and SVG, in the light look whatever the window shows, so that it prints well."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTextLayout, QTextOption

from companion.ui import theme
from companion.ui.pages.progress.axis import TimeAxis
from companion.ui.pages.progress.lane import LEFT, Key, Lane, axis_high, paint_labels
from companion.ui.pages.progress.legend import key_width, paint_key
from companion.ui.pages.progress.plot import GUTTER, paint_lane
from companion.ui.widgets.painting import words

WIDE = 1200
EDGE = 32
SHARPNESS = 2
"""Device px a px of a PNG."""


class Poster:
    """A lane with its title, its sentences and its legend, as it leaves the program."""

    def __init__(self, lane: Lane, axis: TimeAxis, title: str, told: str, keys: list[Key]) -> None:
        self._lane, self._axis = lane, axis
        self._title, self._told, self._keys = title, told, keys
        self._inner = WIDE - 2 * EDGE

    def png(self) -> bytes:
        """Return it as PNG."""
        with theme.lent("light"):
            image = QImage(WIDE * SHARPNESS, self._high() * SHARPNESS, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(SHARPNESS)
            image.fill(theme.colour("surface"))
            painter = QPainter(image)
            self._paint(painter)
            painter.end()
        array = QByteArray()
        buffer = QBuffer(array)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, the call text
        return bytes(array.data())

    def svg(self) -> bytes:
        """Return it as SVG, with its title and its sentences as description for a screen reader."""
        from PySide6.QtSvg import QSvgGenerator

        array = QByteArray()
        buffer = QBuffer(array)
        with theme.lent("light"):
            made = QSvgGenerator()
            made.setOutputDevice(buffer)
            size = QSize(WIDE, self._high())
            made.setSize(size)
            made.setViewBox(QRectF(0, 0, size.width(), size.height()))
            made.setTitle(self._title)
            made.setDescription(self._told)
            painter = QPainter(made)
            painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.colour("surface"))
            self._paint(painter)
            painter.end()
        return bytes(array.data())

    # Painting

    def _high(self) -> int:
        return int(self._top() + self._lane.high() + axis_high() + EDGE)

    def _top(self) -> float:
        return EDGE + theme.px(34) + self._set(None) + 10 + self._rows() * theme.px(26) + 14

    def _rows(self) -> int:
        return self._legend(None, 0.0)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRectF(EDGE, EDGE, self._inner, theme.px(30))
        words(painter, head, self._title, theme.font("heading"), theme.colour("ink"), LEFT)
        told = self._set(painter)
        self._legend(painter, EDGE + theme.px(34) + told + 10)
        painter.translate(EDGE, self._top())
        gutter = theme.px(GUTTER)
        area = QRectF(gutter, 0, self._inner - gutter, self._lane.high() + axis_high())
        scale = self._axis.scale(area.width())
        offset = self._axis.window.first * scale.a_week
        self._lane.paint_gutter(painter, gutter, scale)
        painter.setClipRect(area.adjusted(-EDGE, 0, EDGE, 0))
        painter.save()
        painter.translate(gutter - offset, 0)
        paint_lane(painter, self._lane, scale, offset, offset + area.width())
        paint_labels(painter, self._lane, scale, offset - EDGE, offset + area.width() + EDGE)
        painter.restore()
        self._lane.paint_over(painter, area, offset, scale)

    def _set(self, painter: QPainter | None) -> float:
        """Set the sentences in lines, paint them where there is a painter, and return their height."""
        layout = QTextLayout(self._told, theme.font("small"))
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        step = theme.px(21)
        y = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._inner)
            line.setPosition(QPointF(0, y))
            y += step
        layout.endLayout()
        if painter is not None:
            painter.setPen(theme.colour("ink_soft"))
            layout.draw(painter, QPointF(EDGE, EDGE + theme.px(34)))
        return y

    def _legend(self, painter: QPainter | None, top: float) -> int:
        """Set the legend in rows from ``top`` on, paint it where there is a painter, and return how many rows."""
        x, row = 0.0, 0
        for key in self._keys:
            wide = key_width(key)
            if x and x + wide > self._inner:
                x, row = 0.0, row + 1
            if painter is not None:
                paint_key(painter, key, EDGE + x, top + row * theme.px(26), theme.px(26))
            x += wide + theme.GAP
        return row + 1 if self._keys else 0

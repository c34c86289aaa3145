"""A decoded photo ready to be painted fast: halves of it for every zoom, and one copy of just the size that is shown.

Qt paints 32-bit pictures five times faster than 24-bit ones, and shrinks well only down to half: so a photo is kept in
steps of a half, and once a zoom stands still a copy of exactly that size is made and from then on only copied.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from companion.ui.pixels import image_of

MOST_COPIED = 5_000_000
"""Pixels of the largest copy: 20 MB, and made in some 20 ms."""
_SMALLEST = 400


class Picture:
    """The pixels of one photo. Made on a worker by :func:`decoded`, painted on the GUI thread."""

    def __init__(self, levels: tuple[QImage, ...]) -> None:
        if not levels or levels[0].isNull():
            raise ValueError("a picture has pixels")
        self._levels = levels
        self._exact = QImage()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels of the sharpest copy there is."""
        return float(self._levels[0].width()), float(self._levels[0].height())

    def level_for(self, width: float) -> QImage:
        """Return the smallest step that is not narrower than ``width`` device pixels, else the sharpest."""
        fitting = [level for level in self._levels if level.width() >= width]
        return fitting[-1] if fitting else self._levels[0]

    def prepare(self, width: int, height: int) -> None:
        """Make the copy for a photo that is shown at this size in device pixels; none where it would be huge."""
        wanted = QSize(width, height)
        if width * height > MOST_COPIED or width < 1 or height < 1:
            self._exact = QImage()
        elif self._exact.size() != wanted:
            source = self.level_for(width)
            smooth = Qt.TransformationMode.SmoothTransformation
            self._exact = source.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)

    def is_prepared(self, width: int, height: int) -> bool:
        """Return whether the copy of this size is there, or none is needed."""
        none_needed = width * height > MOST_COPIED or width < 1 or height < 1
        return none_needed or self._exact.size() == QSize(width, height)

    def draw(self, painter: QPainter, target: QRectF, ratio: float) -> None:
        """Paint the whole photo into ``target``; ``ratio`` is device pixels per pixel of the widget."""
        width, height = round(target.width() * ratio), round(target.height() * ratio)
        if self._exact.size() == QSize(width, height):
            self._exact.setDevicePixelRatio(ratio)
            corner = QPointF(round(target.left() * ratio) / ratio, round(target.top() * ratio) / ratio)
            painter.drawImage(corner, self._exact)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        level = self.level_for(width)
        painter.drawImage(target, level, QRectF(level.rect()))


def decoded(data: bytes) -> Picture | None:
    """Return the picture of a JPEG that the program made itself, or ``None``. For a worker thread."""
    image = image_of(data)
    if image.isNull():
        return None
    levels = [image.convertToFormat(QImage.Format.Format_RGB32)]
    while max(levels[-1].width(), levels[-1].height()) // 2 >= _SMALLEST:
        half = QSize(max(1, levels[-1].width() // 2), max(1, levels[-1].height() // 2))
        levels.append(levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH))
    return Picture(tuple(levels))


_SMOOTH = Qt.TransformationMode.SmoothTransformation

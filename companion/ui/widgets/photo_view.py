"""A photo in a frame with round corners: zoom with wheel, fingers or keys, drag to move. The photo is never altered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui import theme
from companion.ui.widgets import photo_view_geometry as geometry
from companion.ui.widgets.painting import Painted, box, ringed, text_width, words
from companion.ui.widgets.photo_grid_paint import paint_corners
from companion.ui.widgets.photo_view_geometry import Look, Size
from companion.ui.widgets.photo_view_picture import Picture

STEP = 1.25
"""One press of plus, one click of the wheel."""
CLOSE = 2.5
"""The zoom a double click goes to."""
PAN = 60
"""Pixels one arrow key moves."""
_SETTLE = 110  # ms after the last zoom until the copy of exactly this size is made


class ZoomFrame(Painted, QWidget):
    """What photo and comparison share: the look, how it is moved, and the frame. ``look_changed`` follows every move.

    A subclass paints in :meth:`paint_inside`, and says what it shows in :meth:`pictures`.
    """

    look_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = Look()
        self._grip: QPointF | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._sharpen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setMouseTracking(True)

    # What a subclass says

    def pictures(self) -> tuple[Picture, ...]:
        """Return the pictures that are there."""
        raise NotImplementedError

    def frame_size(self) -> Size:
        """Return the size one photo is fitted into."""
        return float(self.width()), float(self.height())

    def frame_left(self, x: float) -> float:
        """Return where the frame under the point ``x`` begins."""
        return 0.0

    def paint_inside(self, painter: QPainter) -> None:
        """Paint the photos."""
        raise NotImplementedError

    def frames(self) -> list[QRectF]:
        """Return the frames, each with round corners."""
        return [QRectF(self.rect())]

    # The look

    def set_look(self, look: Look) -> None:
        """Show another part; it is kept within bounds."""
        kept = geometry.held(look, self._sizes(), self.frame_size()) if self.pictures() else look
        if kept == self.look:
            return
        closer = kept.zoom != self.look.zoom
        self.look = kept
        if closer:
            self._settle.start()
        self.update()
        self.look_changed.emit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come closer or go back, round ``at`` or the middle."""
        if not self.pictures():
            return
        wide, high = self.frame_size()
        point = (wide / 2, high / 2) if at is None else (at.x() - self.frame_left(at.x()), at.y())
        self.set_look(geometry.zoomed(self.look, factor, point, self._sizes(), (wide, high)))

    def zoom_in(self) -> None:
        """Come one step closer."""
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Go one step back."""
        self.zoom_by(1 / STEP)

    def show_whole(self) -> None:
        """Show the whole photo."""
        self.set_look(Look())

    def pan(self, right: float, down: float) -> None:
        """Move the photo by so many pixels."""
        self.set_look(geometry.moved(self.look, right, down, self._sizes(), self.frame_size()))

    def enlarged(self) -> bool:
        """Return whether a photo is shown larger than the sharpest copy there is."""
        ratio = self.devicePixelRatioF()
        return any(
            geometry.area(self.look, each.size, self.frame_size()).width * ratio > each.size[0] * 1.02
            for each in self.pictures()
        )

    def _sizes(self) -> list[Size]:
        return [each.size for each in self.pictures()]

    def settle(self) -> None:
        """Make the exact copies soon; called when a picture has come or the frame has another size."""
        self.look = geometry.held(self.look, self._sizes(), self.frame_size()) if self.pictures() else self.look
        self._settle.start()
        self.update()

    def _sharpen(self) -> None:
        """Make the exact copy of one picture that has none, and come back for the next."""
        for picture, wide, high in self._places():
            if not picture.is_prepared(wide, high):
                picture.prepare(wide, high)
                self._settle.start()
                break
        self.update()

    def sharpen_now(self) -> None:
        """Make the exact copies at once."""
        self._settle.stop()
        for picture, wide, high in self._places():
            picture.prepare(wide, high)
        self.update()

    def _places(self) -> list[tuple[Picture, int, int]]:
        """Return the pictures with the size each has now in device pixels."""
        ratio = self.devicePixelRatioF()
        found = []
        for each in self.pictures():
            place = geometry.area(self.look, each.size, self.frame_size())
            found.append((each, round(place.width * ratio), round(place.height * ratio)))
        return found

    # Painting

    def draw_picture(self, painter: QPainter, picture: Picture, frame: QRectF) -> None:
        """Paint a photo as the look says, inside ``frame``."""
        place = geometry.area(self.look, picture.size, (frame.width(), frame.height()))
        target = QRectF(frame.left() + place.left, frame.top() + place.top, place.width, place.height)
        picture.draw(painter, target, self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, photos, round corners and the focus ring."""
        painter = QPainter(self)
        for frame in self.frames():
            painter.fillRect(frame, theme.colour("well"))
        self.paint_inside(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in self.frames():
            paint_corners(painter, frame, theme.CARD_RADIUS)
        if self.ring_visible():
            ringed(painter, QRectF(self.rect()), theme.CARD_RADIUS, True)
        painter.end()

    def paint_words(self, painter: QPainter, frame: QRectF, text: str) -> None:
        """Paint a sentence in the middle of a frame, wrapped."""
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        room = frame.adjusted(theme.GAP_LARGE, theme.GAP, -theme.GAP_LARGE, -theme.GAP)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)

    def paint_pill(self, painter: QPainter, text: str, left: float, bottom: float, align: str, room: float) -> QRectF:
        """Paint a date on the photo, legible on any skin: light words on a dark pill. Return where it is."""
        font = theme.font("strong")
        high = theme.px(30)
        wide = min(room, text_width(text, font) + 2 * theme.px(12))
        start = {"left": left, "right": left - wide, "middle": left - wide / 2}[align]
        pill = QRectF(start, bottom - high, wide, high)
        ground = theme.colour("photo_pill")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, pill, 8, ground)
        words(painter, pill.adjusted(theme.px(8), 0, -theme.px(8), 0), text, font, theme.colour("on_photo"))
        return pill

    # Moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            if self.look.zoom > 1:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo."""
        if self._grip is None:
            self._point(event.position())
            return
        step = event.position() - self._grip
        self._grip = event.position()
        self.pan(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        self._point(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Come closer to where it was clicked, or show the whole photo again."""
        if self.look.zoom > 1:
            self.show_whole()
        else:
            self.zoom_by(CLOSE, event.position())

    def _point(self, at: QPointF) -> None:
        """Show what dragging would do at this point."""
        if self.look.zoom > 1:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; a frame that was not clicked yet lets the page scroll."""
        if not (self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
            return
        self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers on a touchpad."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the photo, plus and minus zoom, 0 shows all of it."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: (PAN, 0),
            Qt.Key.Key_Right: (-PAN, 0),
            Qt.Key.Key_Up: (0, PAN),
            Qt.Key.Key_Down: (0, -PAN),
        }
        if key in steps:
            self.pan(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the photo into the new frame."""
        super().resizeEvent(event)
        self.settle()

    def sizeHint(self) -> QSize:
        """Return a frame in which a photo says something."""
        return QSize(theme.px(560), theme.px(420))

    def minimumSizeHint(self) -> QSize:
        """Return the least frame."""
        return QSize(240, 260)


class PhotoView(ZoomFrame):
    """One photo. ``stepped`` emits -1 or 1 when the arrow keys ask for the photo before or after it."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._pill = ""
        self._problem = ""

    def show_photo(self, name: str, pill: str, picture: Picture | None, problem: str = "") -> None:
        """Show a photo called ``name``, with the words ``pill`` on it; ``None`` while it is on its way."""
        self._picture, self._pill, self._problem = picture, pill, problem
        self.setAccessibleName(name)
        self.setAccessibleDescription(problem)
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to another photo while all of this one is seen."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self.look.zoom <= 1 and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def pictures(self) -> tuple[Picture, ...]:
        """Return the picture, when it is there."""
        return () if self._picture is None else (self._picture,)

    def paint_inside(self, painter: QPainter) -> None:
        """Paint the photo and its date."""
        frame = QRectF(self.rect())
        if self._picture is not None:
            self.draw_picture(painter, self._picture, frame)
        elif self._problem:
            self.paint_words(painter, frame, self._problem)
        if self._pill:
            self.paint_pill(painter, self._pill, theme.GAP - 2, frame.bottom() - 14, "left", frame.width() - 32)

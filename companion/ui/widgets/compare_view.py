"""Two photos of one place, looked at together: side by side, with a divider, one over the other, or in turn.

Zoom and pan are locked: both always show the same part. Nothing is computed from the pixels and nothing is altered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from companion.ui import theme
from companion.ui.widgets.announce import announce
from companion.ui.widgets.painting import box, picture
from companion.ui.widgets.photo_view import ZoomFrame
from companion.ui.widgets.photo_view_geometry import Size
from companion.ui.widgets.photo_view_picture import Picture
from companion.wording import say

GAP = 8
"""Between two frames side by side."""
TURN = 900
"""How long each photo is shown in turn, in ms: far slower than anything that flickers."""
KEY_STEP = 0.02
PAGE_STEP = 0.1


class Mode(StrEnum):
    """The ways to look, in the order of the keys 1 to 4."""

    SIDE = "side"
    SLIDE = "slide"
    OVERLAY = "overlay"
    BLINK = "blink"


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the two: its name for assistive technology, the words on it, its pixels, and why there are none."""

    name: str = ""
    pill: str = ""
    picture: Picture | None = None
    problem: str = ""


class CompareView(ZoomFrame):
    """The comparison. ``share_changed`` follows the divider (or the mix), ``turned`` the photo shown in turn."""

    share_changed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.SIDE
        self._pair = (Shown(), Shown())
        self._share = 0.5
        self._second = False
        self._dragging = False
        self._pills: tuple[QRectF, QRectF] = (QRectF(), QRectF())
        self._turns = QTimer(self)
        self._turns.setInterval(TURN)
        self._turns.timeout.connect(self.turn)

    # What is shown

    def show_pair(self, first: Shown, second: Shown) -> None:
        """Show two photos; the look stays, so that stepping through photos keeps the same part in view."""
        self._pair = (first, second)
        self._describe()
        self.settle()

    def mode(self) -> Mode:
        """Return the way of looking."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Look in another way. In turn starts by itself, unless motion is reduced: then Space turns."""
        self._mode = mode
        self._second = False
        self.play(mode is Mode.BLINK and not theme.current().reduced_motion)
        self._describe()
        self.settle()

    def share(self) -> float:
        """Return where the divider is (0 left, 1 right), or how much of the second photo shows through."""
        return self._share

    def set_share(self, share: float) -> None:
        """Move the divider, or mix anew."""
        kept = min(1.0, max(0.0, share))
        if kept == self._share:
            return
        before, self._share = self._share, kept
        if self._mode is Mode.SLIDE:
            self._update_between(before, kept)
        else:
            self.update()
        self._describe()
        self.share_changed.emit()

    def playing(self) -> bool:
        """Return whether the photos take turns by themselves."""
        return self._turns.isActive()

    def play(self, on: bool) -> None:
        """Let the photos take turns, or stop at the one that is shown."""
        self._turns.start() if on and self.isVisible() else self._turns.stop()
        self._describe()
        self.turned.emit()

    def turn(self) -> None:
        """Show the other photo."""
        self._second = not self._second
        self.update()
        if not self.playing():
            self._describe()
            announce(self, self._pair[self._second].name)
        self.turned.emit()

    def second_shown(self) -> bool:
        """Return whether it is the second photo's turn."""
        return self._second

    def _describe(self) -> None:
        first, second = self._pair
        self.setAccessibleName(say("photos.compare.pair", first=first.name, second=second.name))
        percent = round(self._share * 100)
        how = say(f"photos.compare.described.{self._mode.value}", percent=percent, name=self._pair[self._second].name)
        problems = [each.problem for each in self._pair if each.problem]
        self.setAccessibleDescription(" ".join([how, *problems]))

    # Geometry

    def pictures(self) -> tuple[Picture, ...]:
        """Return the pictures that are there."""
        return tuple(each.picture for each in self._pair if each.picture is not None)

    def frames(self) -> list[QRectF]:
        """Return one frame, or two side by side."""
        whole = QRectF(self.rect())
        if self._mode is not Mode.SIDE:
            return [whole]
        wide = (whole.width() - GAP) / 2
        return [QRectF(0, 0, wide, whole.height()), QRectF(wide + GAP, 0, wide, whole.height())]

    def frame_size(self) -> Size:
        """Return the size one photo is fitted into."""
        frame = self.frames()[0]
        return frame.width(), frame.height()

    def frame_left(self, x: float) -> float:
        """Return where the frame under ``x`` begins."""
        return next((frame.left() for frame in reversed(self.frames()) if x >= frame.left()), 0.0)

    def _line(self) -> float:
        return self._share * self.width()

    def _track(self) -> QRectF:
        """Return the track of the mix, between the two dates."""
        left, right = self._pills[0].right() + 16, self._pills[1].left() - 16
        if right - left < 120:
            left, right = 24.0, self.width() - 24.0
        middle = self.height() - 14 - theme.px(30) / 2
        if left == 24.0:
            middle -= theme.px(40)
        return QRectF(left, middle - 3, right - left, 6)

    def _update_between(self, before: float, after: float) -> None:
        """Paint only the strip the divider has moved over, and the grip."""
        reach = theme.px(26)
        low, high = sorted((before * self.width(), after * self.width()))
        self.update(int(low) - reach, 0, int(high - low) + 2 * reach + 2, self.height())

    # Painting

    def paint_inside(self, painter: QPainter) -> None:
        """Paint the photos in the way chosen, then their dates."""
        {
            Mode.SIDE: self._paint_side,
            Mode.SLIDE: self._paint_slide,
            Mode.OVERLAY: self._paint_overlay,
            Mode.BLINK: self._paint_blink,
        }[self._mode](painter)

    def _paint_one(self, painter: QPainter, shown: Shown, frame: QRectF) -> None:
        if shown.picture is not None:
            self.draw_picture(painter, shown.picture, frame)
        elif shown.problem:
            self.paint_words(painter, frame, shown.problem)

    def _paint_side(self, painter: QPainter) -> None:
        for shown, frame in zip(self._pair, self.frames(), strict=True):
            painter.setClipRect(frame)
            self._paint_one(painter, shown, frame)
        painter.setClipping(False)
        left, right = self.frames()
        self._dates(painter, (left.left(), left.right()), (right.left(), right.right()), second_left=True)

    def _paint_slide(self, painter: QPainter) -> None:
        whole = QRectF(self.rect())
        line = self._line()
        for shown, part in zip(self._pair, _halves(whole, line), strict=True):
            painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
            if shown.picture is None:
                painter.fillRect(part, theme.colour("well"))
            self._paint_one(painter, shown, part if shown.picture is None else whole)
            painter.setClipping(False)
        painter.setPen(QPen(theme.colour("on_photo"), 3))
        painter.drawLine(QPointF(line, 0), QPointF(line, whole.height()))
        self._dates(painter, (0, whole.width()), (0, whole.width()))
        self._grip_at(painter, QPointF(line, whole.height() * 0.58), 46)

    def _paint_overlay(self, painter: QPainter) -> None:
        whole = QRectF(self.rect())
        first, second = self._pair
        self._paint_one(painter, first, whole)
        if second.picture is not None and self._share > 0:
            painter.setOpacity(self._share)
            self.draw_picture(painter, second.picture, whole)
            painter.setOpacity(1.0)
        elif second.problem:
            self._paint_one(painter, second, whole)
        self._dates(painter, (0, whole.width()), (0, whole.width()))
        track = self._track()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, track.adjusted(-10, -9, 10, 9), 12, theme.colour("photo_pill"))
        box(painter, track, 3, theme.colour("on_photo"))
        self._grip_at(painter, QPointF(track.left() + self._share * track.width(), track.center().y()), 32)

    def _paint_blink(self, painter: QPainter) -> None:
        whole = QRectF(self.rect())
        shown = self._pair[self._second]
        self._paint_one(painter, shown, whole)
        if self._second:
            self.paint_pill(painter, shown.pill, whole.width() - 16, whole.height() - 14, "right", whole.width() - 32)
        else:
            self.paint_pill(painter, shown.pill, 16, whole.height() - 14, "left", whole.width() - 32)

    def _dates(
        self, painter: QPainter, first: tuple[float, float], second: tuple[float, float], second_left: bool = False
    ) -> None:
        """Paint both dates: at the outer corners, or each at the left of its own frame."""
        bottom = self.height() - 14
        room = (first[1] - first[0]) - 32 if second_left else (first[1] - first[0]) / 2 - 24
        one = self.paint_pill(painter, self._pair[0].pill, first[0] + 16, bottom, "left", room)
        if second_left:
            two = self.paint_pill(painter, self._pair[1].pill, second[0] + 16, bottom, "left", room)
        else:
            two = self.paint_pill(painter, self._pair[1].pill, second[1] - 16, bottom, "right", room)
        self._pills = (one, two)

    def _grip_at(self, painter: QPainter, middle: QPointF, size: int) -> None:
        side = theme.px(size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        box(painter, disc, side / 2, theme.colour("on_photo"), theme.colour("photo_pill"), 1)
        if size > 40:
            offset = side * 0.2
            picture(painter, QPointF(middle.x() - offset, middle.y()), "back", "photo_pill", 15)
            picture(painter, QPointF(middle.x() + offset, middle.y()), "next", "photo_pill", 15)

    # Mouse and keys

    def _on_handle(self, at: QPointF) -> bool:
        """Return whether dragging from ``at`` moves the divider or the mix, and not the photos."""
        if self._mode is Mode.SLIDE:
            return self.look.zoom <= 1 or abs(at.x() - self._line()) <= theme.px(24)
        if self._mode is Mode.OVERLAY:
            return self._track().adjusted(-16, -16, 16, 16).contains(at)
        return False

    def _drag_to(self, at: QPointF) -> None:
        if self._mode is Mode.SLIDE:
            self.set_share(at.x() / max(1, self.width()))
        else:
            track = self._track()
            self.set_share((at.x() - track.left()) / max(1.0, track.width()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider or of the photos."""
        if event.button() == Qt.MouseButton.LeftButton and self._on_handle(event.position()):
            self._dragging = True
            self._drag_to(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held."""
        if self._dragging:
            self._drag_to(event.position())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = False
        super().mouseReleaseEvent(event)

    def _point(self, at: QPointF) -> None:
        if self._on_handle(at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            super()._point(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the divider or the mix (with Shift the photos, as the other arrows do); Space turns."""
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sliding = self._mode in (Mode.SLIDE, Mode.OVERLAY) and not shift
        steps = {
            Qt.Key.Key_Left: -KEY_STEP,
            Qt.Key.Key_Right: KEY_STEP,
            Qt.Key.Key_PageUp: PAGE_STEP,
            Qt.Key.Key_PageDown: -PAGE_STEP,
            Qt.Key.Key_Home: -1.0,
            Qt.Key.Key_End: 1.0,
        }
        if sliding and key in steps:
            self.set_share(self._share + steps[Qt.Key(key)])
            announce(self, say(f"photos.compare.said.{self._mode.value}", percent=round(self._share * 100)))
        elif key == Qt.Key.Key_Space and self._mode is Mode.BLINK:
            if self.playing():
                self.play(False)
            else:
                self.turn()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._turns.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on taking turns."""
        super().showEvent(event)
        if self._mode is Mode.BLINK and not theme.current().reduced_motion:
            self._turns.start()

    def minimumSizeHint(self) -> QSize:
        """Return the least room for two photos."""
        return QSize(320, 280)


def _halves(whole: QRectF, line: float) -> tuple[QRectF, QRectF]:
    return (
        QRectF(0, 0, line, whole.height()),
        QRectF(line, 0, whole.width() - line, whole.height()),
    )

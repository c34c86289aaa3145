"""The film strip: every photo of a place, oldest first, with the two that are compared marked 1 and 2."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from companion.ui import theme
from companion.ui.widgets import photo_grid_paint as paint
from companion.ui.widgets.painting import Painted
from companion.ui.widgets.photo_grid_model import PhotoModel
from companion.ui.widgets.photo_view_loader import Thumbs
from companion.wording import say

_WIDE, _HIGH = 132, 66
_GAP = 10

AnyIndex = QModelIndex | QPersistentModelIndex


class FilmStrip(Painted, QListView):
    """Photos of one place in a row that scrolls sideways.

    ``second_wanted`` emits the id of a photo to be shown as the second (a click, Enter), ``first_wanted`` as the first
    (with Shift). The context menu offers both.
    """

    first_wanted = Signal(int)
    second_wanted = Signal(int)

    def __init__(self, model: PhotoModel, thumbs: Thumbs, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = model
        self._thumbs = thumbs
        self._pair: tuple[int | None, int | None] = (None, None)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setItemDelegate(_Frame(self))
        self.setModel(model)
        thumbs.ready.connect(self._on_ready)

    def show_pair(self, first: int | None, second: int | None) -> None:
        """Mark the two photos that are compared."""
        self._pair = (first, second)
        self.viewport().update()

    def bring_into_sight(self, photo_id: int) -> None:
        """Scroll so that a photo is seen, and put the keyboard on it."""
        row = self._photos.row_of(photo_id)
        if row is not None:
            self.setCurrentIndex(self._photos.index(row))
            self.scrollTo(self._photos.index(row))

    def face(self, row: int, size: QSize, focused: bool, hovered: bool) -> paint.Face:
        """Return what one frame of the strip shows."""
        photo = self._photos.photo(row)
        marks = {number: str(place + 1) for place, number in enumerate(self._pair) if number is not None}
        return paint.Face(
            pixmap=self._thumbs.get(photo, size),
            broken=self._thumbs.is_broken(photo),
            chosen=False,
            focused=focused,
            hovered=hovered and photo.id not in marks,
            mark=marks.get(photo.id, ""),
            inside=True,
        )

    def frame_size(self) -> QSize:
        """Return the size of one picture."""
        return QSize(theme.px(_WIDE), theme.px(_HIGH))

    def photos(self) -> PhotoModel:
        """Return what is shown."""
        return self._photos

    def sizeHint(self) -> QSize:
        """Return the height of pictures, dates and the scroll bar."""
        return QSize(400, theme.px(_HIGH) + theme.px(30) + 18)

    def minimumSizeHint(self) -> QSize:
        """Return room for two pictures."""
        return QSize(200, self.sizeHint().height())

    def restyle(self) -> None:
        """Measure anew."""
        self.scheduleDelayedItemsLayout()

    def _on_ready(self, photo_id: int) -> None:
        if self._photos.row_of(photo_id) is not None:
            self.viewport().update()

    def _want(self, row: int, first: bool) -> None:
        number = self._photos.photo(row).id
        (self.first_wanted if first else self.second_wanted).emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the photo that was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._want(index.row(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the photo the keyboard is on with Enter or Space."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row >= 0:
            self._want(row, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to show the photo as the first or as the second."""
        index = self.indexAt(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        as_first = menu.addAction(say("photos.compare.as_first"))
        as_second = menu.addAction(say("photos.compare.as_second"))
        picked = menu.exec(event.globalPos())
        if picked is as_first or picked is as_second:
            self._want(index.row(), picked is as_first)
        menu.deleteLater()


class _Frame(QStyledItemDelegate):
    """Paints one picture of the strip with its day."""

    def __init__(self, strip: FilmStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return self._strip.frame_size() + QSize(_GAP, theme.px(30) + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        size = self._strip.frame_size()
        area = QRectF(option.rect.left(), option.rect.top(), size.width(), size.height())
        ratio = self._strip.devicePixelRatioF()
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        focused = self._strip.ring_visible() and index.row() == self._strip.currentIndex().row()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = self._strip.face(index.row(), wanted, focused, hovered)
        paint.paint_picture(painter, area, face)
        model = self._strip.photos()
        below = QRectF(area.left(), area.bottom() + 1, area.width(), theme.px(26))
        paint.paint_words(painter, below, model.naming.day(model.photo(index.row())), "", middle=True)
        painter.restore()

"""The timeline: photos newest first under a heading for each month, thousands of them, smooth.

Only tiles in sight are painted, and only their small pictures are fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from companion.ui import theme
from companion.ui.widgets import photo_grid_paint as paint
from companion.ui.widgets.photo_grid_model import PhotoModel
from companion.ui.widgets.photo_grid_places import PlacedList
from companion.ui.widgets.photo_view_loader import Thumbs

_NO_CHANGE = QItemSelectionModel.SelectionFlag.NoUpdate


class PhotoGrid(PlacedList):
    """The photos of a model. ``opened`` emits the id of a photo to be looked at, ``chosen_changed`` the new choice.

    A click opens, a click on the mark in the corner (or with Ctrl, or once something is chosen) chooses, Shift chooses
    all up to there. With the keyboard: arrows, Space chooses, Enter opens, Ctrl+A chooses all, Escape none.

    Args:
        heading: the words of a month, ``(month, photos in it) -> (title, count)``.
    """

    opened = Signal(int)
    chosen_changed = Signal()
    delete_wanted = Signal()

    def __init__(
        self,
        model: PhotoModel,
        thumbs: Thumbs,
        heading: Callable[[tuple[int, int], int], tuple[str, str]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, name, parent)
        self._thumbs = thumbs
        self._heading = heading
        self._hovered = -1
        self._anchor = -1
        self._choosing = False
        thumbs.ready.connect(self._on_ready)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    # Choosing

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the photos chosen, newest first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.photos.photo(row).id for row in rows)

    def choose(self, photo_ids: Sequence[int]) -> None:
        """Choose exactly these photos, as far as they are shown."""
        flag = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for number in photo_ids:
            row = self.photos.row_of(number)
            if row is not None:
                selection.select(self.photos.index(row), self.photos.index(row))
        self.selectionModel().select(selection, flag.ClearAndSelect)

    def choose_all(self) -> None:
        """Choose every photo shown."""
        if self.places.count:
            self._select(0, self.places.count - 1, QItemSelectionModel.SelectionFlag.Select)

    def choose_none(self) -> None:
        """Choose nothing."""
        self.selectionModel().clearSelection()

    def set_choosing(self, on: bool) -> None:
        """Let every click choose instead of open."""
        self._choosing = on
        self.viewport().update()

    def go_to(self, photo_id: int) -> None:
        """Put the keyboard on a photo and bring it into sight."""
        row = self.photos.row_of(photo_id)
        if row is not None:
            self.selectionModel().setCurrentIndex(self.photos.index(row), _NO_CHANGE)
            self._scroll_to_row(row)

    def current_id(self) -> int | None:
        """Return the id of the photo the keyboard is on."""
        row = self.currentIndex().row()
        return self.photos.photo(row).id if 0 <= row < self.places.count else None

    def _select(self, first: int, last: int, flag: QItemSelectionModel.SelectionFlag) -> None:
        low, high = sorted((first, last))
        self.selectionModel().select(QItemSelection(self.photos.index(low), self.photos.index(high)), flag)

    def _toggle(self, row: int) -> None:
        self._anchor = row
        self._select(row, row, QItemSelectionModel.SelectionFlag.Toggle)

    def _extend(self, row: int) -> None:
        start = self._anchor if 0 <= self._anchor < self.places.count else row
        self._select(start, row, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the keyboard where it was clicked; what the click does follows when the button is let go."""
        self._ring_shown = False
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _NO_CHANGE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open or choose."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index != self.currentIndex():
            return
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            self._extend(index.row())
        elif keys & Qt.KeyboardModifier.ControlModifier or self._chooses(index.row(), event.position()):
            self._toggle(index.row())
        else:
            self.opened.emit(self.photos.photo(index.row()).id)

    def _chooses(self, row: int, at: QPointF) -> bool:
        return (
            self._choosing
            or self.selectionModel().hasSelection()
            or paint.disc_area(self.picture_area(self.places.tile(row))).contains(at)
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would meet."""
        row = self.indexAt(event.position().toPoint()).row()
        if row != self._hovered:
            self._hovered = row
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing more than the first click did."""

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was on."""
        self._hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose, open, delete."""
        self._ring_shown = True  # the keyboard is in use, however the focus came here
        action = _MOVES.get(Qt.Key(event.key()))
        row = self.currentIndex().row()
        if action is not None:
            self._move(action, event.modifiers())
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_all()
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.choose_none()
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self._toggle(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(self.photos.photo(row).id)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selectionModel().hasSelection():
            self.delete_wanted.emit()
        else:
            event.ignore()

    def _move(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> None:
        before = self.currentIndex().row()
        target = self.moveCursor(action, modifiers)
        if not target.isValid():
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = before if self._anchor < 0 else self._anchor
            self._extend(target.row())
        elif not self.selectionModel().hasSelection():
            self._anchor = -1
        self.selectionModel().setCurrentIndex(target, _NO_CHANGE)

    # Painting

    def _on_ready(self, photo_id: int) -> None:
        row = self.photos.row_of(photo_id)
        if row is not None and row < self.places.count:
            self.viewport().update(self.visualRect(self.photos.index(row)))

    def thumb_size(self) -> QSize:
        """Return the size of a tile's picture in device pixels: so small pictures are copied and not scaled."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.places.tile_width * ratio), round(self.places.tile_height * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings and tiles that are in sight."""
        offset = self.verticalOffset()
        exposed = event.rect()
        sections, rows = self.places.between(exposed.top() + offset - 8, exposed.bottom() + offset + 8)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for section in sections:
            title, count = self._heading(section.key, section.count)
            base = section.top - offset + theme.px(30)
            room = self.viewport().width() - 2 * self.side
            paint.paint_heading(painter, QPointF(self.side, base), room, title, count)
        size = self.thumb_size()
        for row in rows:
            self._paint_tile(painter, row, size)
        painter.end()

    def _paint_tile(self, painter: QPainter, row: int, size: QSize) -> None:
        photo = self.photos.photo(row)
        tile = self.places.tile(row)
        area = self.picture_area(tile)
        index = self.photos.index(row)
        any_chosen = self.selectionModel().hasSelection()
        face = paint.Face(
            pixmap=self._thumbs.get(photo, size),
            broken=self._thumbs.is_broken(photo),
            chosen=self.selectionModel().isSelected(index),
            choosing=self._choosing or any_chosen,
            focused=self.ring_visible() and index == self.currentIndex(),
            hovered=row == self._hovered,
        )
        paint.paint_picture(painter, area, face)
        naming = self.photos.naming
        below = QRectF(area.left(), area.bottom(), area.width(), tile.words)
        paint.paint_words(painter, below, naming.day(photo), naming.under(photo))


_CURSOR = QAbstractItemView.CursorAction
_MOVES = {
    Qt.Key.Key_Left: _CURSOR.MoveLeft,
    Qt.Key.Key_Right: _CURSOR.MoveRight,
    Qt.Key.Key_Up: _CURSOR.MoveUp,
    Qt.Key.Key_Down: _CURSOR.MoveDown,
    Qt.Key.Key_PageUp: _CURSOR.MovePageUp,
    Qt.Key.Key_PageDown: _CURSOR.MovePageDown,
    Qt.Key.Key_Home: _CURSOR.MoveHome,
    Qt.Key.Key_End: _CURSOR.MoveEnd,
}

"""The placing of the timeline: a list to Qt and to assistive technology, laid out in months and rows by itself."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from companion.ui import theme
from companion.ui.widgets.painting import Painted
from companion.ui.widgets.photo_grid_layout import GridLayout, Measures, Tile
from companion.ui.widgets.photo_grid_model import PhotoModel

LEAST = 200
"""Least width of a tile in px at 100%."""
_SCROLL = 72

AnyIndex = QModelIndex | QPersistentModelIndex
_CURSOR = QAbstractItemView.CursorAction


class PlacedList(Painted, QListView):
    """A list of photos whose places are those of :class:`GridLayout`. It paints nothing and knows no mouse."""

    resized = Signal()
    side_changed = Signal(int)
    """Emits the room left free at the left and right, when it is another."""

    def __init__(self, model: PhotoModel, name: str, parent: QWidget | None = None) -> None:
        self.places = GridLayout((), 400, 0, Measures(0, LEAST, 1, 1, 1, 0))
        self.side = theme.GAP_PAGE
        super().__init__(parent)
        # Asked for the viewport that Qt makes, PySide loads every kind of widget to see which it is.
        self.setViewport(QWidget())
        self.photos = model
        self._widest = 0
        self._top = 0
        self._arriving = False
        self._known: tuple[int, int, Measures] | None = None
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(0)
        self._stale.timeout.connect(self.relayout)
        self._settle(name)
        self.setModel(model)
        model.modelReset.connect(self._on_reset)

    def _settle(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def _on_reset(self) -> None:
        self._known = None
        self._stale.start() if not self.isVisible() else self.relayout()

    # Layout

    def set_top(self, high: int, widest: int) -> None:
        """Leave ``high`` px free above the photos; ``widest`` px at 100% is their greatest width together."""
        if (high, widest) != (self._top, self._widest):
            self._top, self._widest = high, widest
            self.relayout()

    def relayout(self) -> None:
        """Place everything anew, as far as anything changed."""
        self._stale.stop()
        wide = self.viewport().width()
        edge = theme.GAP_PAGE if wide >= 640 else theme.GAP
        side = max(edge, (wide - theme.px(self._widest)) // 2) if self._widest else edge
        if side != self.side:
            self.side = side
            self.side_changed.emit(side)
        measures = Measures(
            side=self.side,
            least=theme.px(LEAST),
            gap=theme.GAP - 2,
            heading=theme.px(46),
            words=theme.px(48),
            below=theme.GAP_TIGHT,
        )
        known = (wide, self._top, measures)
        if known != self._known:
            self._known = known
            self.places = GridLayout(self.photos.months(), wide, self._top, measures)
            self.updateGeometries()
            self.viewport().update()

    def updateGeometries(self) -> None:
        """Set the range of the scroll bar. Qt calls this."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self.places.height + theme.GAP - page))
        bar.setPageStep(page)
        bar.setSingleStep(theme.px(_SCROLL))

    def doItemsLayout(self) -> None:
        """Place the tiles. Qt calls this; its own placing would measure every one of thousands."""
        self.relayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew, and keep the photo at the top in sight."""
        keep = self._first_visible()
        QAbstractItemView.resizeEvent(self, event)
        self.resized.emit()
        self.relayout()
        if keep is not None and self.verticalOffset() > 0:
            self._scroll_to_row(keep, top=True)

    def restyle(self) -> None:
        """Follow text size and theme."""
        if hasattr(self, "_stale"):
            self._stale.start()

    def _first_visible(self) -> int | None:
        _, rows = self.places.between(self.verticalOffset(), self.verticalOffset() + 1)
        return rows.start if self.places.count and self.verticalOffset() > 0 and rows.start in rows else None

    # What Qt asks of a view

    def horizontalOffset(self) -> int:
        """Return 0: nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far it is scrolled."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted, and paint only what came into sight."""
        self.viewport().scroll(0, dy)

    def isIndexHidden(self, index: AnyIndex) -> bool:
        """Return ``False``: what is not to be seen is not in the model."""
        return False

    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a photo's tile is in the viewport."""
        if not index.isValid() or index.row() >= self.places.count:
            return QRect()
        tile = self.places.tile(index.row())
        return QRect(tile.left, tile.top - self.verticalOffset(), tile.width, tile.height + tile.words)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the photo at a point of the viewport."""
        row = self.places.at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.photos.index(row)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return the part of the viewport that shows chosen photos: simply all of it."""
        return QRegion(self.viewport().rect())

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Do nothing: photos are not chosen by a rubber band."""

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a photo into sight."""
        if index.isValid() and index.row() < self.places.count:
            self._scroll_to_row(index.row())

    def _scroll_to_row(self, row: int, top: bool = False) -> None:
        tile = self.places.tile(row)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        first = row - self.places.section_of(row).first < self.places.columns
        above = tile.top - (self.places.measures.heading if first else theme.GAP_SMALL)
        below = tile.top + tile.height + tile.words + theme.GAP
        if row < self.places.columns and below <= page:
            above = 0  # the first photos are shown with the title
        if top or above < bar.value():
            bar.setValue(above)
        elif below > bar.value() + page:
            bar.setValue(below - page)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key of movement leads."""
        total = self.places.count
        if not total:
            return QModelIndex()
        now = self.currentIndex().row()
        if now < 0 and action not in (_CURSOR.MoveHome, _CURSOR.MoveEnd):
            return self.photos.index(self._first_visible() or 0)
        return self.photos.index(min(total - 1, max(0, self._target(now, action))))

    def _target(self, now: int, action: QAbstractItemView.CursorAction) -> int:
        kind = _CURSOR
        page = max(1, self.viewport().height() // self.places.row_height)
        if action in (kind.MoveLeft, kind.MovePrevious):
            return now - 1
        if action in (kind.MoveRight, kind.MoveNext):
            return now + 1
        if action in (kind.MoveUp, kind.MoveDown):
            return self.places.step(now, 1 if action == kind.MoveDown else -1)
        if action in (kind.MovePageUp, kind.MovePageDown):
            return self.places.step(now, page if action == kind.MovePageDown else -page)
        return 0 if action == kind.MoveHome else self.places.count - 1

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come to the first photo, without scrolling the title away."""
        self._arriving = True
        super().focusInEvent(event)
        self._arriving = False

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Show and tell where the keyboard is."""
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid():
            if not self._arriving:
                self.scrollTo(current)
            if self.hasFocus() and QAccessible.isActive():
                event = QAccessibleEvent(self, QAccessible.Event.Focus)
                event.setChild(current.row())
                QAccessible.updateAccessibility(event)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint the marks anew."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        self.viewport().update()

    def picture_area(self, tile: Tile) -> QRectF:
        """Return where the picture of a tile is in the viewport."""
        return QRectF(tile.left, tile.top - self.verticalOffset(), tile.width, tile.height)

"""The list of the journal: scrolls through years, opens one entry at a time, and offers what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from companion.domain.timeline import EntryKind
from companion.ui import theme
from companion.ui.pages.journal.delegate import EntryDelegate
from companion.ui.pages.journal.model import AnyIndex, EntryModel, EntryRow, Key
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.order import tab_after
from companion.wording import say


class RowActions(QWidget):
    """The buttons of the open entry."""

    def __init__(self, row: EntryRow, view: EntryList, edited: bool = False) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setAccessibleName(say("journal.row_actions"))
        line = FlowLayout(self, gap=theme.GAP_TIGHT, row_gap=4)
        self.edit = self._button("edit", buttons.secondary, row)
        over = "gone" if row.kind is EntryKind.SYMPTOM else "over"
        self.gone = self._button(over, buttons.secondary, row)
        self.gone.setVisible(row.ongoing)
        self.history = self._button("history", buttons.quiet, row)
        self.history.setVisible(edited)
        self.delete = self._button("delete", buttons.quiet, row)
        for button in (self.edit, self.gone, self.history, self.delete):
            line.addWidget(button)

    def _button(self, action: str, make: object, row: EntryRow) -> buttons.Button:
        text = say(f"journal.{action}")
        made: buttons.Button = make(text)  # type: ignore[operator]
        made.setProperty("action", action)
        made.setAccessibleName(say("journal.action_of", action=text, text=row.headline[:80]))
        made.clicked.connect(self._pressed)
        return made

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._view.press(str(sender.property("action")))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Swallow it: between the buttons there is nothing to open."""


class EntryList(QListView):
    """``wanted`` is sent with ``edit``, ``gone``, ``over``, ``history`` or ``delete`` and the entry's row.

    ``measured`` is sent with the height of all rows when everything has been read, and 0 while there is more.
    """

    wanted = Signal(str, object)
    measured = Signal(int)

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Asked for the viewport that Qt makes, PySide loads every kind of widget to see which it is.
        self.setViewport(QWidget())
        self._entries = model
        self._actions: RowActions | None = None
        self.setModel(model)
        delegate = EntryDelegate(self)
        self.setItemDelegate(delegate)
        model.modelAboutToBeReset.connect(delegate.forget)
        self.setAccessibleName(say("journal.list"))
        self.setAccessibleDescription(say("journal.list_help"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.doubleClicked.connect(self._edit_index)
        model.modelAboutToBeReset.connect(self._forget)

    # The open entry

    def chosen(self) -> EntryRow | None:
        """Return the open entry, if one is."""
        return self._entries.entry_at(self.currentIndex())

    def choose(self, key: Key | None) -> None:
        """Open an entry that has been read, without scrolling more than needed; ``None`` opens none."""
        self.setCurrentIndex(self._entries.index_of(key))

    def row_actions(self) -> RowActions | None:
        """Return the buttons of the open entry."""
        return self._actions

    def press(self, action: str) -> None:
        """Say that something is wanted of the open entry."""
        row = self.chosen()
        if row is not None:
            self.wanted.emit(action, row)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Open the row that became the current one and close the one before."""
        self._close(previous)
        row = self._entries.entry_at(current)
        if row is not None:
            self._actions = RowActions(row, self, self._entries.was_edited(row))
            self.setIndexWidget(current, self._actions)
            tab_after(self, self._actions)
            self.itemDelegate().sizeHintChanged.emit(current)
        super().currentChanged(current, previous)
        self.scheduleDelayedItemsLayout()
        if row is not None:
            self.executeDelayedItemsLayout()
            self.scrollTo(current)

    def _close(self, previous: AnyIndex) -> None:
        if self._actions is None:
            return
        keyboard = self._actions.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        if previous.isValid():
            self.setIndexWidget(previous, None)  # type: ignore[arg-type]
            self.itemDelegate().sizeHintChanged.emit(previous)
        self._actions = None
        if keyboard:
            self.setFocus()

    def _forget(self) -> None:
        self._actions = None

    # Keyboard, width, look

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the open entry, Delete removes it, Escape closes it."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press("edit")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.press("delete")
        elif key == Qt.Key.Key_Escape and self.currentIndex().isValid():
            self.setCurrentIndex(QModelIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the first entry when the keyboard comes here by Tab and none is open."""
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and self.chosen() is None:
            first = next(
                (at for n in range(self._entries.rowCount()) if self._entries.entry_at(at := self._entries.index(n))),
                None,
            )
            if first is not None:
                self.setCurrentIndex(first)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Tell how high the rows are together, after they were laid out."""
        super().updateGeometries()
        last = self._entries.index(self._entries.rowCount() - 1)
        if self._entries.canFetchMore(QModelIndex()) or not last.isValid():
            self.measured.emit(0)
            return
        self.measured.emit(self.visualRect(last).bottom() + 1 + self.verticalOffset())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew in another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another text size."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def _edit_index(self, index: QModelIndex) -> None:
        row = self._entries.entry_at(index)
        if row is not None:
            self.wanted.emit("edit", row)

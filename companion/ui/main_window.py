"""The window: an entry page (set up, unlock) or the house of the open record, and what every page may ask of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.desktop.preferences import Preferences
from companion.domain.errors import CompanionError, NeedsAnswer
from companion.services.changes import Undo
from companion.ui import rooms
from companion.ui.context import Context
from companion.ui.house import House, Offer
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.notifier import Notice

SIZE = QSize(1280, 832)
LEAST = QSize(720, 480)


class MainWindow(QWidget):
    """The one window. It implements :class:`companion.ui.context.Host` for the pages."""

    painted = Signal()
    """Emitted once, when the first thing to use has been painted."""
    closed = Signal()
    """The person closed the window."""
    leave_wanted = Signal()
    """The person wants to leave the example record."""
    quit_wanted = Signal()
    """The person wants the program to end, and not only the window."""
    broken = Signal(object)
    """A page met an error that is the program's own."""
    reminder_acted = Signal(object, str)
    """A button of the reminder with this key was pressed in the window."""
    reminder_closed = Signal(object)
    """The reminder with this key was closed in the window without an answer."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self._preferences = preferences
        self._house: House | None = None
        self._entry: QWidget | None = None
        self._make_context: Callable[[MainWindow], Context] | None = None
        self._context: Context | None = None
        self._notice: Notice | None = None
        self.may_close: Callable[[], bool] | None = None
        """Asked before the window closes; one that says no puts it away itself."""
        self._announced = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(LEAST)
        self.setWindowTitle(say("shell.name"))
        self._place()

    # What fills the window

    def show_entry(self, page: QWidget, title: str) -> None:
        """Fill the window with a page that stands before the record: set up, unlock, a problem."""
        self._clear()
        self._entry = page
        self._layout.addWidget(page)
        self._title(title)
        page.show()  # a widget that is not shown yet does not take the keyboard
        page.setFocus()

    def show_house(self, make_context: Callable[[MainWindow], Context]) -> None:
        """Fill the window with the pages of an open record and show Today."""
        self._make_context = make_context
        self._context = make_context(self)
        self._furnish(rooms.FIRST)

    def rebuild(self) -> None:
        """Build the pages anew, for another language; the page in front stays in front."""
        if self._house is not None:
            self._furnish(self._house.current())

    def entry(self) -> QWidget | None:
        """Return the page that stands before the record, if one does."""
        return self._entry

    def house(self) -> House | None:
        """Return the pages of the open record, if one is open."""
        return self._house

    def _furnish(self, key: str) -> None:
        if self._context is None:
            return
        self._clear()
        house = House(self._context, self)
        house.leave_wanted.connect(self.leave_wanted)
        house.help_wanted.connect(self._on_help)
        house.entered.connect(self._title)
        house.reminder_acted.connect(self._on_reminder)
        house.reminder_closed.connect(self._on_reminder_closed)
        self._house = house
        self._layout.addWidget(house)
        house.rail.fit(self.width())
        house.show()
        house.go(key)
        if self._announced:
            house.settle_in()
        if self._notice is not None:
            house.show_reminder(self._notice)

    def _clear(self) -> None:
        for widget in (self._house, self._entry):
            if widget is not None:
                self._layout.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._house = None
        self._entry = None

    @Slot(str)
    def _title(self, page: str) -> None:
        if not page:
            self.setWindowTitle(say("shell.name"))
            return
        example = self._context is not None and self._context.example and self._house is not None
        self.setWindowTitle(say("shell.title.example" if example else "shell.title", page=page))

    # Host

    def go(self, page: str, argument: object = None) -> None:
        """Show another page."""
        if self._house is not None:
            self._house.go(page, argument)

    def offer_undo(self, text: str, undo: Undo, take_back: Callable[[Undo], object]) -> None:
        """Show the undo bar."""
        if self._house is not None:
            self._house.offer_undo(text, Offer(undo, take_back))

    def show_help(self, *categories: str) -> None:
        """Show the get-help page above everything, ``categories`` first; return when the person closes it."""
        from companion.ui.pages.get_help import show_help

        show_help(self, categories, self._context.care if self._context is not None else None)

    def say_problem(self, error: Exception) -> None:
        """Say an error that has no place on the page; one of the program's own goes to the sheet."""
        from companion.ui.messages import explain

        if isinstance(error, NeedsAnswer) or not isinstance(error, CompanionError):
            self.broken.emit(error)
        elif self._house is not None:
            zone = self._context.clock.zone() if self._context is not None else "UTC"
            self._house.show_problem(explain(error, zone))

    @Slot()
    def _on_help(self) -> None:
        self.show_help()

    # Reminders in the window

    def remind(self, notice: Notice) -> bool:
        """Show a reminder over the page; ``False`` where nobody could see it: no record is open, or no window."""
        if self._house is None or not self.isVisible() or self.isMinimized():
            return False
        self._notice = notice
        self._house.show_reminder(notice)
        return True

    def withdraw(self, key: object) -> None:
        """Take the reminder with this key away, if it is shown."""
        if self._notice is not None and self._notice.key == key:
            self._notice = None
            if self._house is not None:
                self._house.hide_reminder()

    @Slot(object, str)
    def _on_reminder(self, key: object, action: str) -> None:
        self.withdraw(key)
        self.reminder_acted.emit(key, action)

    @Slot(object)
    def _on_reminder_closed(self, key: object) -> None:
        self.withdraw(key)
        self.reminder_closed.emit(key)

    # The window itself

    def come_to_front(self) -> None:
        """Show the window above the others, as far as the desktop lets it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _place(self) -> None:
        kept = self._preferences.geometry
        if kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            return
        room = self.screen().availableSize()
        self.resize(SIZE.boundedTo(QSize(room.width() - 40, room.height() - 60)).expandedTo(LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window has been painted; the children are, when the event loop comes round again."""
        super().paintEvent(event)
        if not self._announced and (self._house is not None or self._entry is not None):
            self._announced = True
            QTimer.singleShot(0, self._after_paint)

    @Slot()
    def _after_paint(self) -> None:
        self.painted.emit()
        from PySide6.QtGui import QKeySequence, QShortcut

        from companion.ui import icons

        self.setWindowIcon(icons.application_icon())  # loads every picture plugin there is

        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.quit_wanted)
        if self._house is not None:
            self._house.settle_in()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand a key to the page that stands before the record when nothing in the window has the keyboard."""
        focus = self.focusWidget()
        if self._entry is not None and (focus is None or focus is self):
            self._entry.setFocus()
            focus = self.focusWidget()
            if focus is not None and focus is not self:
                QApplication.sendEvent(focus, event)
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window was, and ask whether closing it ends the program."""
        self._preferences.geometry = self.saveGeometry().toBase64().toStdString()
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

"""The window of an open record: the rail, the pages, the example banner, problems and the undo bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.domain.values import value
from companion.services.changes import Changes, Done, Undo
from companion.ui import rooms, theme
from companion.ui.context import Context, Page
from companion.ui.widgets.rail import Rail, RailEntry
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.notifier import Notice
    from companion.ui.widgets.floating import Floating
    from companion.ui.widgets.message import InlineMessage
    from companion.ui.widgets.reminder_banner import ReminderBanner
    from companion.ui.widgets.undo import UndoBar

BETWEEN_MS = 700
"""How far apart pages are built ahead of their first visit."""
HELP = "help"
"""The key of the rail's entry that opens the get-help sheet; it is no page."""


@value
class Offer:
    """A change that can be taken back, and the service method that does."""

    undo: Undo
    take_back: Callable[[Undo], object]


class House(QWidget):
    """Everything that is shown while a record is open. Pages are built when they are first entered."""

    leave_wanted = Signal()
    """The person wants to leave the example record."""
    help_wanted = Signal()
    """The person opened the get-help entry."""
    entered = Signal(str)
    """Emits the title of the page that came to the front."""
    reminder_acted = Signal(object, str)
    """A button of the reminder with this key was pressed."""
    reminder_closed = Signal(object)
    """The reminder with this key was closed without an answer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rooms = {room.key: room for room in rooms.standing()}
        self._pages: dict[str, Page] = {}
        self._current = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = self._make_rail()
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        if context.example:
            column.addWidget(self._make_banner())
        self._problem: InlineMessage | None = None
        self._problem_frame: QWidget | None = None
        self.reminder: ReminderBanner | None = None
        self._column = column
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._undo: UndoBar | None = None
        self._floating: Floating | None = None
        self._gate: QObject | None = None
        self._settled = False

    # Building

    def _make_rail(self) -> Rail:
        entries = [self._entry(room) for room in self._rooms.values() if room.key != rooms.LAST]
        last = [RailEntry(HELP, say("shell.help"), "help", "F1", say("shell.help_short"))]
        last += [self._entry(room) for room in self._rooms.values() if room.key == rooms.LAST]
        rail = Rail(say("shell.name"), entries, last, say("shell.rail"))
        rail.set_footer(say("shell.footer.example" if self._context.example else "shell.footer.encrypted"))
        rail.activated.connect(self._on_rail)
        return rail

    @staticmethod
    def _entry(room: rooms.Room) -> RailEntry:
        return RailEntry(room.key, say(f"shell.page.{room.key}"), room.icon, room.shortcut)

    def _make_banner(self) -> QWidget:
        from companion.ui.widgets.banner import Banner

        banner = Banner(say("shell.example.text"), say("shell.example.leave"))
        banner.acted.connect(self.leave_wanted)
        return banner

    def settle_in(self) -> None:
        """Add what nobody can use before the first paint: the shortcuts, and the gate for photos that are dropped."""
        if self._settled:
            return
        self._settled = True
        from PySide6.QtGui import QKeySequence, QShortcut

        for room in self._rooms.values():
            shortcut = QShortcut(QKeySequence(room.shortcut), self)
            shortcut.setProperty("page", room.key)
            shortcut.activated.connect(self._on_shortcut)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self.help_wanted)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._other_pane)
        if self._context.custody is not None and self._context.custody.read_only:
            self.rail.set_footer(say("shell.footer.read_only"))
        if "photos" in self._rooms:
            from companion.ui.widgets.picture_drop import DropGate

            self._gate = DropGate(self, say("photos.drop"), self._no_sheet)
            self._gate.dropped.connect(self._on_dropped)

    def build_ahead(self) -> None:
        """Build the other pages one by one in quiet moments, so that a first visit is as quick as the next."""
        self._builder = QTimer(self)
        self._builder.setInterval(BETWEEN_MS)
        self._builder.timeout.connect(self._build_next)
        self._builder.start()

    @Slot()
    def _build_next(self) -> None:
        missing = next((key for key in self._rooms if key not in self._pages), None)
        if missing is None:
            self._builder.stop()
        elif self.isVisible() and not QGuiApplication.mouseButtons():
            try:
                self.page(missing)
            except CompanionError:
                self._builder.stop()  # the record cannot be read now: said when somebody goes there

    def _no_sheet(self) -> bool:
        return all(sheet.isHidden() for sheet in self.window().findChildren(QDialog))

    @Slot(object)
    def _on_dropped(self, incoming: object) -> None:
        self.go("photos", incoming)

    # Going

    def pages(self) -> tuple[str, ...]:
        """Return the keys of the pages there are, in the order of the rail."""
        return tuple(self._rooms)

    def page(self, key: str) -> Page:
        """Return a page, built if need be. Raises ``KeyError`` for one that does not exist."""
        if key not in self._pages:
            page = self._rooms[key].page_class()(self._context)
            self._pages[key] = page
            self._stack.addWidget(page)
            page.covering.connect(self._fit_reminder)
        return self._pages[key]

    def current(self) -> str:
        """Return the key of the page in front."""
        return self._current

    def go(self, key: str, argument: object = None, *, focus: bool = True) -> None:
        """Bring a page to the front; one that does not exist is left alone."""
        if key not in self._rooms:
            return
        try:
            page = self.page(key)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        moved = key != self._current
        self._current = key
        self.rail.select(key)
        self._stack.setCurrentWidget(page)
        if self._floating is not None:
            self._floating.place()
        if moved:
            self._clear_problem()
        try:
            page.enter(argument)
        except CompanionError as error:
            self._context.host.say_problem(error)
        self._fit_reminder()
        if focus:
            page.focus_start()
        if moved:
            title = say(f"shell.page.{key}")
            self.entered.emit(title)
            if self.isVisible():
                from companion.ui.widgets.announce import announce

                announce(self, title)

    @Slot(str)
    def _on_rail(self, key: str) -> None:
        if key == HELP:
            self.help_wanted.emit()
        else:
            self.go(key)

    @Slot()
    def _on_shortcut(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self.go(shortcut.property("page"))

    @Slot()
    def _other_pane(self) -> None:
        """Move the keyboard from the page to a reminder and the undo bar, if there, to the rail, and to the page."""
        focus = self.focusWidget()
        reminder = self.reminder
        at_reminder = focus is not None and reminder is not None and reminder.isAncestorOf(focus)
        at_bar = focus is not None and self._undo is not None and self._undo.isAncestorOf(focus)
        if focus is not None and self.rail.isAncestorOf(focus):
            self.page(self._current).focus_start()
        elif reminder is not None and reminder.isVisible() and not at_reminder and not at_bar:
            reminder.focus_first()
        elif self._undo is not None and self._undo.isVisible() and not at_bar:
            self._undo.button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rail.item(self._current).setFocus()

    # Reminders, problems and undo

    def show_reminder(self, notice: Notice) -> None:
        """Show a reminder over the page, in the place of the one before."""
        from companion.ui.widgets.order import tab_through
        from companion.ui.widgets.reminder_banner import ReminderBanner

        self.hide_reminder()
        self.reminder = made = ReminderBanner(notice)
        made.acted.connect(self.reminder_acted)
        made.closed.connect(self.reminder_closed)
        self._column.insertWidget(0, made)
        self._fit_reminder()
        tab_through((self.rail, made, self._stack))

    @Slot()
    def _fit_reminder(self) -> None:
        """Leave the reminder to the page in front while that says the same, and more."""
        if self.reminder is not None:
            page = self._pages.get(self._current)
            self.reminder.setVisible(page is None or not page.covers(self.reminder.notice.key))

    def hide_reminder(self) -> None:
        """Take the reminder away; the keyboard goes back to the page if it was there."""
        banner, self.reminder = self.reminder, None
        if banner is None:
            return
        focus = self.focusWidget()
        inside = focus is not None and banner.isAncestorOf(focus)
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        if inside and self._current:
            self.page(self._current).focus_start()

    def show_problem(self, text: str) -> None:
        """Say a problem above the page, until it is closed or another page comes."""
        if self._problem is None or self._problem_frame is None:
            from companion.ui.widgets.message import InlineMessage

            self._problem_frame = frame = QWidget()
            inner = QVBoxLayout(frame)
            inner.setContentsMargins(theme.GAP_PAGE, theme.GAP_SMALL, theme.GAP_PAGE, 0)
            self._problem = InlineMessage(text, "attention", closable=True)
            self._problem.closed.connect(self._clear_problem)
            inner.addWidget(self._problem)
            self._column.insertWidget(self._column.indexOf(self._stack), frame)
        self._problem.show_message(text, "attention")
        self._problem_frame.show()
        self._problem.show()

    @Slot()
    def _clear_problem(self) -> None:
        if self._problem_frame is not None:
            self._problem_frame.hide()

    def offer_undo(self, text: str, offer: Offer) -> None:
        """Show the undo bar over the bottom of the page."""
        if self._undo is None:
            from companion.ui.widgets.floating import Floating
            from companion.ui.widgets.undo import UndoBar

            self._undo = UndoBar(self)
            self._undo.undone.connect(self._on_undone)
            self._floating = Floating(self._undo, self._stack)
        self._undo.offer(text, offer)

    @Slot(object)
    def _on_undone(self, offer: Offer) -> None:
        try:
            done = offer.take_back(offer.undo)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        changes = done.changes if isinstance(done, Done) else Changes()
        self._context.bus.announce(changes)
        focus = self.window().focusWidget()
        if focus is None or not focus.isVisible():
            self.page(self._current).focus_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the undo bar away with Escape, where nothing else wants that key."""
        if event.key() == Qt.Key.Key_Escape and self._undo is not None and self._undo.isVisible():
            self._undo.close_offer()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room it needs: the rail shows only icons in a narrow window."""
        super().resizeEvent(event)
        self.rail.fit(self.width())

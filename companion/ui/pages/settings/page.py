"""The settings: what travels with the record at the left; the program, the lock and the record itself at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.services.changes import EVERYTHING, Changes
from companion.ui import theme
from companion.ui.context import Context, Page
from companion.ui.pages.settings import sections
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.order import tab_through
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.wording import say

if TYPE_CHECKING:
    from companion.ui.pages.settings.lock import LockSection

AFTER_RECOVERY = "after_recovery"
"""The argument of :meth:`SettingsPage.enter` that leads to the lock and says why: the recovery key was used."""
BETWEEN_MS = 20
"""How far apart the other cards are made, so that the page answers between two of them."""
AHEAD_MS = 300
"""How long after the page was made its other cards are made, if nobody looks at it."""
TWO_COLUMNS = 700
"""Width of the content in px, at 100% text size, from which there are two columns."""
TITLE = 90
"""About how much of the view the title takes, in px at 100% text size."""
LANDING_MS = 1500
"""How long a card that somebody was sent to is kept in view while the page settles."""


class SettingsPage(Page):
    """Every setting acts at once; what can be taken back is offered in the undo bar.

    ``Host.go("settings", key)`` leads to a card: ``times``, ``reminders``, ``pause``, ``places``, ``tubes``,
    ``treatment``, ``reaching`` (how the reminders stand), ``phone``, ``look``, ``lock``, ``record`` or ``about``. The
    cards that are seen are made at once, the others after the first paint.
    """

    name = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._frame = PageScaffold(say("settings.title"), say("settings.subtitle"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self._rooms = sections.rooms(context)
        self._holders: dict[str, QWidget] = {}
        self._made: dict[str, Section] = {}
        self._entered: Section | None = None
        self._fresh = True
        self._halted = False
        columns = self._columns = Columns(threshold=TWO_COLUMNS)
        columns.hide()  # until it holds what is seen: each card that is shown in it would lay all of them out again
        for room in self._rooms:
            holder = self._holders[room.key] = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            holder.resize(1, 1)  # Qt measures a widget of no size when it is shown; the columns do it anyway
            holder.hide()
            columns.add(holder, room.column)
        self._frame.add(columns)
        self._next = QTimer(self)
        self._next.setInterval(BETWEEN_MS)
        self._next.timeout.connect(self._make_next)
        QTimer.singleShot(AHEAD_MS, self, self._next.start)

    # The cards

    def section(self, key: str) -> Section:
        """Return a card, made and filled now if it was not yet. Raises ``KeyError`` where there is none."""
        if key not in self._made:
            self._make(key)
            self._order()
        return self._made[key]

    def _make(self, key: str) -> Section:
        room = next((each for each in self._rooms if each.key == key), None)
        if room is None:
            raise KeyError(key)
        made = self._made[key] = room.make(self.context)
        holder = self._holders[key]
        cast("QVBoxLayout", holder.layout()).addWidget(made)
        if not self._stale.any:
            made.reload()
        holder.show()
        return made

    def _two(self) -> bool:
        return self._frame.inner_width() >= theme.px(TWO_COLUMNS)

    def _make_seen(self) -> None:
        """Make the cards that are seen from the top, column by column."""
        inner, two = self._frame.inner_width(), self._two()
        width = (inner - theme.GAP) // 2 if two else inner
        filled = [theme.px(TITLE), theme.px(TITLE)]
        for room in self._rooms:
            column = room.column if two else 0
            if filled[column] < self.height():
                section = self._made.get(room.key) or self._make(room.key)
                filled[column] += section.heightForWidth(width) + theme.GAP
        self._order()

    def _make_above(self, key: str) -> None:
        """Make a card and those above it, without which it does not have its place."""
        keys = [room.key for room in self._rooms]
        target = self._rooms[keys.index(key)]
        for room in self._rooms[: keys.index(key) + 1]:
            if room.key not in self._made and (room.column == target.column or not self._two()):
                self._make(room.key)
        self._order()

    @Slot()
    def _make_next(self) -> None:
        missing = next((room.key for room in self._rooms if room.key not in self._made), None)
        if missing is None:
            self._next.stop()
            return
        try:
            self.section(missing)
        except CompanionError as error:
            self._next.stop()  # the record cannot be read now: said to whoever looks at the page
            self._halted = True
            if self.isVisible():
                self.context.host.say_problem(error)

    def _order(self) -> None:
        """Let Tab go down the page, also through what was put in after it was built."""
        made = [self._made[room.key] for room in self._rooms if room.key in self._made]
        tab_through(part for section in made for part in section.parts())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Make the other cards when the first ones have been painted."""
        super().paintEvent(event)
        if len(self._made) < len(self._rooms) and not self._next.isActive() and not self._halted:
            self._next.start()

    # Page

    def concerns(self, changes: Changes) -> bool:
        """Return whether a change is shown here."""
        return changes.treatment or changes.places or changes.tubes or changes.settings or changes.reminders

    def reload(self) -> None:
        """Read everything again."""
        for section in self._made.values():
            section.reload()
        self._order()

    def enter(self, argument: object = None) -> None:
        """Show the settings from the top, or the card that is asked for."""
        key = "lock" if argument == AFTER_RECOVERY else argument
        if not self._columns.isVisibleTo(self):
            self._begin(str(key))
        super().enter(argument)
        self._fresh = True
        self._halted = False
        self._entered = None
        if key not in self._holders:
            self._frame.scroll_to_top()
            return
        self._make_above(str(key))
        self._entered = self.section(str(key))
        if argument == AFTER_RECOVERY:
            cast("LockSection", self._entered).after_recovery()
        self._frame.keep_at_top(self._entered, LANDING_MS)

    def _begin(self, key: str) -> None:
        """Show the page for the first time, at a card or from the top: each card is filled as it is made."""
        self._stale = Changes()
        try:
            for made in self._made.values():
                made.reload()
            if key in self._holders:
                self._make_above(key)
            else:
                self._make_seen()
        except CompanionError:
            self._stale = EVERYTHING  # the next visit reads it all again
            raise
        finally:
            self._columns.show()

    def focus_start(self) -> None:
        """Begin at the title, at the card somebody was sent to, or where the keyboard was on this page."""
        last = self.focusWidget()
        fresh, self._fresh = self._fresh, False
        if self._entered is not None and fresh:
            self._entered.begins_at().setFocus(Qt.FocusReason.TabFocusReason)
        elif fresh or last is None or not last.isVisibleTo(self):
            self._frame.title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            last.setFocus(Qt.FocusReason.OtherFocusReason)

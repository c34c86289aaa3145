"""Today: both applications of the day, the week, the tube, photo day, and how the skin feels."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from companion.domain.dosing import SlotState
from companion.domain.errors import CompanionError
from companion.domain.moments import Slot
from companion.domain.today import TodayView
from companion.services.changes import Changes
from companion.ui import theme
from companion.ui.context import Context, Page
from companion.ui.pages.today import words
from companion.ui.pages.today.actions import SlotActions
from companion.ui.pages.today.slot_card import SlotCardView
from companion.ui.pages.today.turn import main_slot
from companion.ui.widgets.order import tab_through
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.ui.pages.today.lower import LowerCards
    from companion.ui.pages.today.reminder_cards import ReminderCards
    from companion.ui.widgets.empty import EmptyState

TICK = 5_000
"""How often the clock is looked at, in ms; the page is read again only when the minute, the day or the zone is new."""


class TodayPage(Page):
    """The start page. It reads the record in one glance and shows the frozen view that comes of it."""

    name = "today"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: TodayView | None = None
        self._shown_at: tuple[datetime, str] | None = None
        self._grown: QWidget | None = None
        self._ordered: object = None
        self._scaffold = PageScaffold(words.capital(dates.full_day(context.care.today())))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scaffold)
        self._empty: EmptyState | None = None
        self._lower: LowerCards | None = None
        self.reminders: ReminderCards | None = None
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        column.setSpacing(theme.GAP)
        self._build_slots(column)
        self._scaffold.add(self._content)
        self._scaffold.add_stretch()
        self.ticker = QTimer(self)
        self.ticker.setInterval(TICK)
        self.ticker.timeout.connect(self.tick)

    def _build_slots(self, column: QVBoxLayout) -> None:
        self.deeds = SlotActions(self.context, self)
        self.carried = SlotCardView()
        self.morning = SlotCardView()
        self.evening = SlotCardView()
        self._slots = Columns(even=True, threshold=560)
        self._slots.add(self.carried, -1)
        self._slots.add(self.morning, 0)
        self._slots.add(self.evening, 1)
        self.carried.hide()
        for card in (self.carried, self.morning, self.evening):
            self.deeds.tie(card)
            card.grown.connect(self._on_grown)
        column.addWidget(self._slots)

    def rest(self) -> LowerCards:
        """Return what stands below the slots, built now if it was not yet."""
        if self._lower is None:
            from companion.ui.pages.today.lower import LowerCards
            from companion.ui.pages.today.reminder_cards import ReminderCards

            self.reminders = ReminderCards(self.context, self.deeds, self)
            self.reminders.late_changed.connect(self._on_late)
            self._column.insertWidget(0, self.reminders)
            self._lower = LowerCards(self.context, self)
            self._lower.record_wanted.connect(self.deeds.edit_slot)
            self._lower.grown.connect(self._on_grown)
            self._column.addWidget(self._lower)
            if self.view is not None:
                self._show_rest(self.view)
        return self._lower

    def _show_rest(self, view: TodayView) -> None:
        if self._lower is None or self.reminders is None:
            return
        try:
            self.reminders.show_view(view)
        except CompanionError as error:
            self.context.host.say_problem(error)
        self._lower.show_view(view)
        self._order(view)

    def _on_late(self) -> None:
        """Leave the buttons of a slot to the card of its late reminder, or take them back."""
        if self.view is not None:
            self._show_slots(self.view)
            self._order(self.view)
        self.covering.emit()

    def covers(self, reminder: object) -> bool:
        """Return whether the late card speaks of the slot of this reminder."""
        slot = getattr(reminder, "slot", None)
        return slot is not None and self.reminders is not None and self.reminders.late_slot() == slot

    def paintEvent(self, event: QPaintEvent) -> None:
        """Build the rest of the page when its top has been painted."""
        super().paintEvent(event)
        if self._lower is None and self.view is not None:
            QTimer.singleShot(0, self.rest)

    # Showing

    def concerns(self, changes: Changes) -> bool:
        """Return whether any of what Today shows changed; free notes are not shown."""
        return changes.any and changes != Changes(notes=True)

    def reload(self) -> None:
        """Read the record in one glance and show it."""
        clock = self.context.clock
        self._shown_at = (clock.now(), clock.zone())
        self.view = view = self.context.applications.today()
        self.deeds.know(view)
        if view is None:
            self._show_empty()
            return
        if self._empty is not None:
            self._empty.hide()
        self._content.show()
        self._scaffold.set_title(words.title(view))
        self._scaffold.set_subtitle(words.subtitle(view))
        self._show_slots(view)
        self._show_rest(view)

    def _order(self, view: TodayView) -> None:
        """Let Tab go down the page, also through what was put in after it was built."""
        above = self.reminders.parts() if self.reminders is not None else ()
        parts = (*above, self.carried, self.morning, self.evening, *self.rest().parts())
        changing = (*map(id, above), len(parts), view.milestone, words.gaps_shown(view), view.extras)
        if changing != self._ordered:
            self._ordered = changing
            tab_through(parts)

    def _show_slots(self, view: TodayView) -> None:
        main = main_slot(view)
        late = self.reminders.late_slot() if self.reminders is not None else None
        told = self.reminders.told_of() if self.reminders is not None else ()
        for card, widget in zip(view.cards, (self.morning, self.evening), strict=True):
            widget.show_slot(card, view, card.slot == main, card.slot == late)
        carried = view.carried if view.carried is not None and view.carried.slot not in told else None
        if carried is not None:
            self.carried.show_slot(carried, view, False)
        self.carried.setVisible(carried is not None)

    def _show_empty(self) -> None:
        self._content.hide()
        self._scaffold.set_subtitle("")
        if self._empty is None:
            from companion.ui.widgets.empty import EmptyState

            self._empty = EmptyState(
                "today", say("today.empty.title"), say("today.empty.text"), say("today.empty.action")
            )
            self._empty.acted.connect(self._on_set_up)
            self._scaffold.body.insertWidget(0, self._empty)
        self._empty.show()

    # Time goes on

    def tick(self) -> None:
        """Look at the clock; when the minute, the day or the zone is new, read and show again."""
        clock = self.context.clock
        now, zone = clock.now(), clock.zone()
        if self._shown_at is None:
            return
        before, shown_zone = self._shown_at
        if zone == shown_zone and _minute(now) == _minute(before):
            return
        try:
            self.reload()
        except CompanionError as error:
            self.ticker.stop()  # said once; entering the page tries again
            self.context.host.say_problem(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the clock while the page is seen."""
        super().showEvent(event)
        self.tick()
        self.ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while it is not."""
        super().hideEvent(event)
        self.ticker.stop()

    def enter(self, argument: object = None) -> None:
        """Show the present; a slot as argument opens the sheet for it."""
        super().enter(argument)
        self.tick()
        if isinstance(argument, Slot):
            self.deeds.edit_slot(argument)

    def focus_start(self) -> None:
        """Put the keyboard on the main thing to do."""
        view = self.view
        if view is None:
            if self._empty is not None and self._empty.button is not None:
                self._empty.button.setFocus()
            return
        first = main_slot(view)
        if self.reminders is not None and self.reminders.focus_late():
            return
        last_open = view.cards[1].state in (SlotState.OPEN, SlotState.APPLIED)
        evening = first == view.cards[1].slot or (first is None and last_open)
        (self.evening if evening else self.morning).focus_first()

    def _on_grown(self, part: QWidget) -> None:
        """Scroll to what was added, once the layouts have made room for it."""
        self._grown = part
        QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        if self._grown is not None and isValid(self._grown):
            self._scaffold.reveal(self._grown)
        self._grown = None

    def _on_set_up(self) -> None:
        self.context.host.go("settings", "places")


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

"""Today: both applications of the day, the week, the tube, photo day, and how the skin feels."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from companion.domain.dosing import SlotState
from companion.domain.errors import CompanionError
from companion.domain.moments import Slot
from companion.domain.reactions import SymptomEntry
from companion.domain.today import TodayView
from companion.domain.treatment import Tube
from companion.services.changes import Changes, Done, Undo
from companion.ui.context import Context, Page
from companion.ui.pages.today import words
from companion.ui.pages.today.actions import SlotActions
from companion.ui.pages.today.notices import MilestoneCard, cap_notice, cap_words
from companion.ui.pages.today.photo_card import PhotoCard
from companion.ui.pages.today.skin_card import SkinCard
from companion.ui.pages.today.slot_card import SlotCardView
from companion.ui.pages.today.tube_card import TubeCard
from companion.ui.pages.today.turn import main_slot
from companion.ui.pages.today.week_card import WeekCard
from companion.ui.widgets.order import tab_through
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.ui.widgets.empty import EmptyState
    from companion.ui.widgets.message import InlineMessage

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
        self._milestone: MilestoneCard | None = None
        self.cap: InlineMessage | None = None
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self._build_slots(column)
        self._build_cards(column)
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

    def _build_cards(self, column: QVBoxLayout) -> None:
        context = self.context
        self.week = WeekCard()
        self.week.record_wanted.connect(self.deeds.edit_slot)
        self.skin = SkinCard(context)
        self.skin.more_wanted.connect(self._on_symptom)
        self.skin.grown.connect(self._on_grown)
        self.tube = TubeCard()
        self.tube.form_wanted.connect(self._on_tube)
        self.photos = PhotoCard(context)
        self.photos.photos_wanted.connect(self._on_photos)
        self._cards = Columns(weights=(57, 43), threshold=640)
        for card, side in ((self.week, 0), (self.tube, 1), (self.skin, 0), (self.photos, 1)):
            self._cards.add(card, side)
        column.setSpacing(18)
        column.addWidget(self._cards)

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
        self._show_milestone(view)
        self._show_cap(view)
        self.week.show_week(view)
        self.skin.show_skin(view)
        self.tube.show_tube(view)
        self.photos.show_photos(view)
        self._order(view)

    def _order(self, view: TodayView) -> None:
        """Let Tab go down the page, also through what was put in after it was built."""
        parts = (view.milestone, self.cap is not None, words.gaps_shown(view), view.extras)
        if parts == self._ordered:
            return
        self._ordered = parts
        page = (self.carried, self.morning, self.evening, self.cap, self._milestone)
        cards = (self.week, self.tube, self.skin, self.photos)
        tab_through(part for part in (*page, *cards) if part is not None)

    def _show_slots(self, view: TodayView) -> None:
        main = main_slot(view)
        for card, widget in zip(view.cards, (self.morning, self.evening), strict=True):
            widget.show_slot(card, view, card.slot == main)
        if view.carried is not None:
            self.carried.show_slot(view.carried, view, False)
        self.carried.setVisible(view.carried is not None)

    def _show_milestone(self, view: TodayView) -> None:
        shown = self._milestone.milestone if self._milestone is not None else None
        if view.milestone is shown:
            return
        if self._milestone is not None:
            self._column.removeWidget(self._milestone)
            self._milestone.hide()
            self._milestone.deleteLater()
            self._milestone = None
        if view.milestone is not None:
            self._milestone = MilestoneCard(view.milestone, view)
            self._milestone.read_wanted.connect(self._on_read)
            self._milestone.visit_wanted.connect(self._on_visit)
            self._column.insertWidget(1 if self.cap is None else 2, self._milestone)

    def _show_cap(self, view: TodayView) -> None:
        """Say that the places together are above the leaflet's amount, while they are."""
        text = cap_words(view) if view.handprints_over_cap else ""
        if self.cap is not None and self.cap.message() != text:
            self._column.removeWidget(self.cap)
            self.cap.hide()
            self.cap.deleteLater()
            self.cap = None
        if text and self.cap is None:
            self.cap = cap_notice(view)
            self.cap.acted.connect(self._on_places)
            self._column.insertWidget(1, self.cap)

    def _show_empty(self) -> None:
        self._content.hide()
        self._scaffold.set_subtitle("")
        if self._empty is None:
            from companion.ui.widgets.empty import EmptyState

            self._empty = EmptyState(
                "today", say("today.empty.title"), say("today.empty.text"), say("today.empty.action")
            )
            self._empty.acted.connect(self._on_places)
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

    # Going elsewhere

    def _on_places(self) -> None:
        self.context.host.go("settings", "places")

    def _on_photos(self) -> None:
        self.context.host.go("photos")

    def _on_read(self, article: str) -> None:
        self.context.host.go("learn", article)

    def _on_visit(self) -> None:
        self.context.host.go("visit")

    def _on_symptom(self, entry: SymptomEntry | None) -> None:
        from companion.ui.pages.journal.sheet import EntrySheet

        EntrySheet(self.context, self, entry).open()

    def _on_tube(self, tube: Tube | None) -> None:
        from companion.ui.pages.today.tube_sheet import TubeSheet

        open_one = self.view.tube.tube if self.view is not None and self.view.tube is not None else None
        sheet = TubeSheet(self.context, tube, self, before=open_one if tube is None else None)
        sheet.stored.connect(self._tube_stored)
        sheet.open()

    def _tube_stored(self, done: Done, text: str) -> None:
        if done.undo is not None:
            self.context.host.offer_undo(text, done.undo, self.context.care.undo)
        else:
            self.context.host.offer_undo(text, Undo("tube_opened", (), (done.id,)), self._take_tube_back)
        self.context.bus.announce(done.changes)

    def _take_tube_back(self, undo: Undo) -> Done:
        return self.context.care.delete_tube(int(str(undo.after[0])))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

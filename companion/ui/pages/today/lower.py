"""What stands below the two slots: notices, the week, the tube, how the skin feels, photo day.

It is built after the first paint: what the person opens the program for is above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.reactions import SymptomEntry
from companion.domain.today import TodayView
from companion.domain.treatment import Tube
from companion.services.changes import Done
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.pages.today.notices import MilestoneCard, cap_notice, cap_words
from companion.ui.pages.today.photo_card import PhotoCard
from companion.ui.pages.today.skin_card import SkinCard
from companion.ui.pages.today.tube_card import TubeCard
from companion.ui.pages.today.week_card import WeekCard
from companion.ui.widgets.scaffold import Columns

if TYPE_CHECKING:
    from companion.ui.widgets.message import InlineMessage


class LowerCards(QWidget):
    """Shows the rest of a view. ``record_wanted`` carries a past slot, ``grown`` a part that was added to a card."""

    record_wanted = Signal(object)
    grown = Signal(object)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__()
        self._context, self._page = context, page
        self._view: TodayView | None = None
        self.cap: InlineMessage | None = None
        self.milestone: MilestoneCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.week = WeekCard()
        self.week.record_wanted.connect(self.record_wanted)
        self.skin = SkinCard(context)
        self.skin.more_wanted.connect(self._on_symptom)
        self.skin.grown.connect(self.grown)
        self.tube = TubeCard()
        self.tube.form_wanted.connect(self.open_tube)
        self.photos = PhotoCard(context)
        self.photos.photos_wanted.connect(self._on_photos)
        cards = Columns(weights=(57, 43), threshold=640)
        for card, side in ((self.week, 0), (self.tube, 1), (self.skin, 0), (self.photos, 1)):
            cards.add(card, side)
        self._column.addWidget(cards)

    def show_view(self, view: TodayView) -> None:
        """Show the rest of ``view``."""
        self._view = view
        self._show_cap(view)
        self._show_milestone(view)
        self.week.show_week(view)
        self.skin.show_skin(view)
        self.tube.show_tube(view)
        self.photos.show_photos(view)

    def parts(self) -> tuple[QWidget, ...]:
        """Return the parts in the order in which Tab goes through them."""
        notices = tuple(each for each in (self.cap, self.milestone) if each is not None)
        return (*notices, self.week, self.tube, self.skin, self.photos)

    def _show_cap(self, view: TodayView) -> None:
        """Say that the places together are above the leaflet's amount, while they are."""
        text = cap_words(view) if view.handprints_over_cap else ""
        if self.cap is not None and self.cap.message() != text:
            self._put_away(self.cap)
            self.cap = None
        if text and self.cap is None:
            self.cap = cap_notice(view)
            self.cap.acted.connect(self._on_places)
            self._column.insertWidget(0, self.cap)

    def _show_milestone(self, view: TodayView) -> None:
        if view.milestone is (self.milestone.milestone if self.milestone is not None else None):
            return
        if self.milestone is not None:
            self._put_away(self.milestone)
            self.milestone = None
        if view.milestone is not None:
            self.milestone = MilestoneCard(view.milestone, view)
            self.milestone.read_wanted.connect(self._on_read)
            self.milestone.visit_wanted.connect(self._on_visit)
            self._column.insertWidget(0 if self.cap is None else 1, self.milestone)

    def _put_away(self, part: QWidget) -> None:
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()

    # Going elsewhere

    def _on_places(self) -> None:
        self._context.host.go("settings", "places")

    def _on_photos(self) -> None:
        self._context.host.go("photos")

    def _on_read(self, article: str) -> None:
        self._context.host.go("learn", article)

    def _on_visit(self) -> None:
        self._context.host.go("visit")

    def _on_symptom(self, entry: SymptomEntry | None) -> None:
        from companion.ui.pages.entry_sheet import EntrySheet

        EntrySheet(self._context, self._page, entry).open()

    def open_tube(self, tube: Tube | None) -> None:
        """Open the sheet that notes a tube, or changes ``tube``."""
        from companion.ui.pages.today.tube_sheet import TubeSheet

        open_one = self._view.tube.tube if self._view is not None and self._view.tube is not None else None
        sheet = TubeSheet(self._context, tube, self._page, before=open_one if tube is None else None)
        sheet.stored.connect(self._tube_stored)
        sheet.open()

    def _tube_stored(self, done: Done, text: str) -> None:
        if done.undo is not None:
            self._context.host.offer_undo(text, done.undo, self._context.care.undo)
        self._context.bus.announce(done.changes)

"""The places of the record: in short on the page, and on the body figure in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.domain.treatment import Place, total_handprints
from companion.services.changes import Done, Undo
from companion.services.treatment import NewPlace
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.wording import numbers, say
from companion.wording.places import place_name

if TYPE_CHECKING:
    from companion.ui.pages.settings.places_sheet import PlacesSheet


class PlacesSection(Section):
    """The places in short, and the way to change them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.places"))
        self._sheet: PlacesSheet | None = None
        self._list = labels.user_text("")
        self._total = labels.small("")
        self.add(self._list)
        self.add(self._total)
        row = FlowLayout()
        self.edit = buttons.secondary(say("settings.places_edit"), "body")
        self.edit.clicked.connect(self.open_sheet)
        row.addWidget(self.edit)
        self.add_layout(row)

    def begins_at(self) -> QWidget:
        """Begin at the way to change them."""
        return self.edit

    def reload(self) -> None:
        """Show the places with their sizes."""
        places = tuple(place for place in self.context.care.places() if place.treated)
        lines = [
            say("settings.place_line", place=place_name(place), size=numbers.handprints(place.handprints))
            for place in places
        ]
        self._list.setText("\n".join(lines) if lines else say("settings.places_none"))
        self._total.setText(say("settings.places_total", size=numbers.handprints(total_handprints(places))))
        self._total.setVisible(bool(places))
        if self._sheet is not None:
            self._sheet.show_places()

    @Slot()
    def open_sheet(self) -> None:
        """Open the body figure."""
        from companion.ui.pages.settings.places_sheet import PlacesSheet

        self._sheet = PlacesSheet(self, self)
        self._sheet.finished.connect(self._forget_sheet)
        self._sheet.open()

    @Slot()
    def _forget_sheet(self) -> None:
        self._sheet = None

    def done(
        self, done: Done, text: str = "", undo: Undo | None = None, take_back: Callable[[Undo], object] | None = None
    ) -> None:
        """Tell the pages; with the sheet open, offer the undo there."""
        sheet = self._sheet
        if sheet is None:
            super().done(done, text, undo, take_back)
            return
        super().done(done)
        if text and done.undo is not None:
            sheet.offer_undo(text, done.undo)

    @Slot(object)
    def take_back(self, undo: Undo) -> None:
        """Take a change back that was offered on the sheet."""
        try:
            self.done(self.context.care.undo(undo))
        except CompanionError as error:
            self.refuse(error)

    def place(self, key: str) -> Place | None:
        """Return the place of a key of the editor."""
        return next((place for place in self.context.care.places() if str(place.id) == key), None)

    @Slot(str)
    def add_place(self, region: str) -> None:
        """Treat one more place."""
        try:
            self.done(self.context.care.add_place(NewPlace(region)))
        except CompanionError as error:
            self.refuse(error)

    @Slot(str)
    def remove_place(self, key: str) -> None:
        """Treat a place no longer; what was noted of it stays."""
        place = self.place(key)
        if place is None:
            return
        try:
            done = self.context.care.archive_place(place.id)
        except CompanionError as error:
            self.refuse(error)
            return
        self.done(done, say("settings.place_removed", place=place_name(place)))

    @Slot(str, float)
    def resize_place(self, key: str, amount: float) -> None:
        """Give a place another size."""
        self._change(key, say("settings.place_resized"), handprints=Decimal(str(amount)))

    @Slot(int, str)
    def rename_place(self, place_id: int, label: str) -> None:
        """Give a place the person's own name."""
        self._change(str(place_id), say("settings.place_renamed"), label=label)

    def _change(self, key: str, text: str, **values: object) -> None:
        place = self.place(key)
        if place is None:
            return
        try:
            done = self.context.care.change_place(replace(place, **values))  # type: ignore[arg-type]
        except CompanionError as error:
            self.refuse(error)
            return
        self.done(done, text)

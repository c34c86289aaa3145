"""The places of the record: in short on the page, and on the body figure in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.domain.treatment import Place, total_handprints
from companion.services.changes import Done, Undo
from companion.services.treatment import MAX_LABEL, NewPlace
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.places_editor import PlaceRow, PlacesEditor
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.undo import UndoBar
from companion.wording import numbers, say
from companion.wording.places import place_name


class RenameSheet(Sheet):
    """Asks for the person's own name of a place."""

    named = Signal(int, str)

    def __init__(self, over: QWidget, place: Place) -> None:
        super().__init__(over, say("settings.place.rename"))
        self._id = place.id
        self.line = TextField(say("settings.place.name"), place.label, place_name(replace(place, label="")))
        self.line.setMaxLength(MAX_LABEL)
        self.add(Field(say("settings.place.name"), self.line, say("settings.place.name_hint")))
        self.add_button(say("common.save"), "primary").clicked.connect(self._save)
        self.add_button(say("common.cancel")).clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    @Slot()
    def _save(self) -> None:
        self.named.emit(self._id, self.line.text().strip())
        self.accept()


class PlacesSheet(Sheet):
    """The body figure and the places of the record. Each change is stored at once."""

    def __init__(self, section: PlacesSection) -> None:
        super().__init__(section, say("settings.places"), say("setup.places.subtitle"), width=1100)
        self._section = section
        self.editor = PlacesEditor(section.context.care.rules(), renaming=True)
        self.editor.added.connect(section.add_place)
        self.editor.removed.connect(section.remove_place)
        self.editor.resized.connect(section.resize_place)
        self.editor.rename_wanted.connect(self._rename)
        self.editor.setMinimumHeight(theme.px(440))
        self.add(self.editor, 1)
        self._undo = UndoBar()
        self._undo.undone.connect(section.take_back)
        self.add(self._undo)
        self.add_button(say("common.done"), "primary").clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        self.show_places()

    def show_places(self) -> None:
        """Show the places of the record."""
        self.editor.show_places(
            [
                PlaceRow(place.region, place.label, float(place.handprints), str(place.id))
                for place in self._section.context.care.places()
                if place.treated
            ]
        )

    def offer_undo(self, text: str, undo: Undo) -> None:
        """Offer to take the last change back, on the sheet itself: the bar of the window lies below it."""
        self._undo.offer(text, undo)

    @Slot(str)
    def _rename(self, key: str) -> None:
        place = self._section.place(key)
        if place is not None:
            sheet = RenameSheet(self, place)
            sheet.named.connect(self._section.rename_place)
            sheet.open()


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
        self._sheet = PlacesSheet(self)
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

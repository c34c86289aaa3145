"""The sheets of the places: the body figure, and the person's own name of a place."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from companion.domain.treatment import Place
from companion.services.changes import Undo
from companion.services.treatment import MAX_LABEL
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.places_editor import PlaceRow, PlacesEditor
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.undo import UndoBar
from companion.wording import say
from companion.wording.places import place_name


class Keeper(Protocol):
    """What stores the changes of the sheet at once: the card of the places."""

    context: Context

    def place(self, key: str) -> Place | None:
        """Return the place of a key of the editor."""
        ...

    def add_place(self, region: str) -> None:
        """Treat one more place."""
        ...

    def remove_place(self, key: str) -> None:
        """Treat a place no longer."""
        ...

    def resize_place(self, key: str, amount: float) -> None:
        """Give a place another size."""
        ...

    def rename_place(self, place_id: int, label: str) -> None:
        """Give a place the person's own name."""
        ...

    def take_back(self, undo: Undo) -> None:
        """Take a change back."""
        ...


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

    def __init__(self, over: QWidget, section: Keeper) -> None:
        super().__init__(over, say("settings.places"), say("setup.places.subtitle"), width=1100)
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

"""The sheets of the photos page: add photos, say which place they show, correct when they were taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.errors import PersonError
from companion.domain.moments import instant_of, local
from companion.domain.photos import Photo
from companion.services.changes import Done
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.photos.checklist import Checklist
from companion.ui.pages.photos.gallery import UNASSIGNED
from companion.ui.widgets import buttons
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field
from companion.ui.widgets.picture_drop import DropGate
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.time_field import TimeField
from companion.wording import say

NOON = time(12)


class AddSheet(Sheet):
    """Asks which place the photos show, and where they come from.

    ``wanted`` emits ``files`` or ``paste``; ``dropped`` what is dropped while the sheet is open.
    """

    wanted = Signal(str)
    dropped = Signal(object)

    def __init__(self, over: QWidget, places: Sequence[tuple[str, str]], place: int | None, can_paste: bool) -> None:
        super().__init__(over, say("photos.add.title"), say("photos.add.text"), width=600)
        self._gate = DropGate(self, say("photos.drop"))
        self._gate.dropped.connect(self.dropped)
        self._chips = ChipGroup([(UNASSIGNED, say("photos.later")), *places], say("photos.which_place"))
        self._chips.choose((str(place) if place is not None else UNASSIGNED,))
        if places:
            self.add(Field(say("photos.which_place"), self._chips))
        else:
            self.add(labels.body(say("photos.add.no_places"), "soft"))
        self._help = buttons.quiet(say("photos.checklist.show"), "help")
        self._help.clicked.connect(self._show_help)
        self.add(self._help)
        self._checklist = Checklist()
        self._checklist.hide()
        self.add(self._checklist)
        self.add_button(say("photos.add.files"), "primary", "import").clicked.connect(self._files)
        if can_paste:
            self.add_button(say("photos.add.paste")).clicked.connect(self._paste)
        self.add_button(say("photos.cancel"), "quiet").clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def place_id(self) -> int | None:
        """Return the place chosen."""
        chosen = self._chips.chosen()
        return int(chosen[0]) if chosen and chosen[0] != UNASSIGNED else None

    def _show_help(self) -> None:
        self._help.hide()
        self._checklist.show()
        self.restyle()

    def _files(self) -> None:
        self.wanted.emit("files")
        self.accept()

    def _paste(self) -> None:
        self.wanted.emit("paste")
        self.accept()


class PlaceSheet(Sheet):
    """Asks which place photos show. ``decided`` emits a place id, or ``None`` for none."""

    decided = Signal(object)

    def __init__(self, over: QWidget, photos: Sequence[Photo], places: Sequence[tuple[str, str]]) -> None:
        text = say("photos.place.text", count=len(photos)) if places else say("photos.add.no_places")
        super().__init__(over, say("photos.place.title", count=len(photos)), text)
        now = {str(photo.place_id) if photo.place_id is not None else UNASSIGNED for photo in photos}
        self._chips = ChipGroup([*places, (UNASSIGNED, say("photos.no_place"))], say("photos.which_place"))
        if len(now) == 1:
            self._chips.choose(now)
        self._chips.changed.connect(self._on_chosen)
        self.add(self._chips)
        self._keep = self.add_button(say("common.save"), "primary")
        self._keep.clicked.connect(self._save)
        self._keep.setEnabled(bool(self._chips.chosen()))
        self.add_button(say("photos.cancel"), "quiet").clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _save(self) -> None:
        (chosen,) = self._chips.chosen()
        self.decided.emit(None if chosen == UNASSIGNED else int(chosen))
        self.accept()

    def _on_chosen(self, chosen: tuple[str, ...]) -> None:
        self._keep.setEnabled(bool(chosen))


class DateSheet(Sheet):
    """Corrects when photos were taken. ``stored`` emits what was done."""

    stored = Signal(object)

    def __init__(self, over: QWidget, context: Context, photos: Sequence[Photo]) -> None:
        super().__init__(over, say("photos.date.title", count=len(photos)), say("photos.date.text", count=len(photos)))
        self._context = context
        self._ids = [photo.id for photo in photos]
        today = context.care.today()
        there = local(photos[0].taken_at, photos[0].zone)
        alike = len({local(photo.taken_at, photo.zone).date() for photo in photos}) == 1
        self._day = DayField(say("photos.date.day"), today, there.date() if alike else None, latest=today)
        self._day_field = Field(say("photos.date.day"), self._day)
        self._time = TimeField(say("photos.date.time"), there.time() if len(photos) == 1 else NOON)
        self._time_field = Field(say("photos.date.time"), self._time)
        self.add(self._day_field)
        self.add(self._time_field)
        self.add_button(say("common.save"), "primary").clicked.connect(self._save)
        self.add_button(say("photos.cancel"), "quiet").clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _moment(self) -> datetime | None:
        day, at = self._day.value(), self._time.value()
        self._day_field.set_error(self._day.problem())
        self._time_field.set_error("" if at else say("photos.date.time_wrong"))
        if day is None or at is None:
            (self._day if day is None else self._time).setFocus()
            return None
        moment = instant_of(day, at, self._context.clock.zone())
        if moment is None:
            self._day_field.set_error(say("photos.date.day_wrong"))
        return moment

    def _save(self) -> None:
        moment = self._moment()
        if moment is None:
            self.restyle()
            return
        try:
            done: Done = self._context.album.set_taken(self._ids, moment)
        except PersonError as error:
            self._time_field.set_error(explain(error, self._context.clock.zone()))
            self.restyle()
            return
        self.stored.emit(done)
        self.accept()


class ExportSheet(Sheet):
    """Says what an export is before a folder is chosen. ``accepted`` when the person goes on."""

    def __init__(self, over: QWidget, count: int, private: int) -> None:
        super().__init__(over, say("photos.export.title", count=count), say("photos.export.text"))
        if private:
            self.add(labels.body(say("photos.export.private", count=private), "attention"))
        self.add_button(say("photos.export.folder"), "primary", "export").clicked.connect(self.accept)
        self.add_button(say("photos.cancel"), "quiet").clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

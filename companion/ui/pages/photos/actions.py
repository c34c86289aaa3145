"""What can be done with photos that are there: say the place, correct the date, save copies, delete; all undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from companion.desktop.tasks import Handle, Job
from companion.domain.errors import CompanionError
from companion.domain.photos import Photo
from companion.services.album import Album
from companion.services.changes import Done, Undo
from companion.ui.pages.photos.gallery import Gallery
from companion.ui.widgets.file_choice import choose_folder
from companion.wording import say
from companion.wording.places import place_name

if TYPE_CHECKING:
    from companion.ui.pages.photos.bin_sheet import BinSheet


class PhotoActions(QObject):
    """Carries out what a view asks for. ``exporting`` emits (done, of), ``exported`` how many and where."""

    exporting = Signal(int, int)
    exported = Signal(int, str)
    export_failed = Signal(object)

    def __init__(self, gallery: Gallery, over: QWidget) -> None:
        super().__init__(over)
        self._gallery = gallery
        self._context = gallery.context
        self._over = over
        self._photos: tuple[Photo, ...] = ()
        self._handle: Handle | None = None
        self._bin: BinSheet | None = None

    def _of(self, photo_ids: Sequence[int]) -> tuple[Photo, ...]:
        found = (self._gallery.photo(number) for number in photo_ids)
        return tuple(photo for photo in found if photo is not None)

    # Place

    def ask_place(self, photo_ids: Sequence[int]) -> None:
        """Ask which place the photos show, and note it."""
        from companion.ui.pages.photos.sheets import PlaceSheet

        self._photos = self._of(photo_ids)
        if self._photos:
            sheet = PlaceSheet(self._over, self._photos, self._gallery.choices())
            sheet.decided.connect(self._on_place)
            sheet.open()

    def _on_place(self, place_id: int | None) -> None:
        self.assign([photo.id for photo in self._photos], place_id)

    def assign(self, photo_ids: Sequence[int], place_id: int | None) -> None:
        """Note which place photos show."""
        try:
            done = self._context.album.assign(photo_ids, place_id)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        place = self._gallery.words.places.get(place_id) if place_id is not None else None
        if place is None:
            text = say("photos.undo.unassigned", count=len(photo_ids))
        else:
            self._gallery.last_place = place_id
            text = say("photos.undo.assigned", count=len(photo_ids), place=place_name(place))
        self._after(done, text)

    # Date

    def ask_date(self, photo_ids: Sequence[int]) -> None:
        """Ask when the photos were taken, and note it."""
        from companion.ui.pages.photos.sheets import DateSheet

        photos = self._of(photo_ids)
        if photos:
            self._photos = photos
            sheet = DateSheet(self._over, self._context, photos)
            sheet.stored.connect(self._on_date)
            sheet.open()

    def _on_date(self, done: Done) -> None:
        self._after(done, say("photos.undo.dated", count=len(self._photos)))

    # Delete

    def delete(self, photo_ids: Sequence[int]) -> None:
        """Delete photos; the undo bar brings them back."""
        if not photo_ids:
            return
        try:
            done = self._context.album.delete(photo_ids)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        self._after(done, say("photos.undo.deleted", count=len(photo_ids)))

    def show_bin(self) -> None:
        """Show what was deleted lately, to be put back."""
        from companion.ui.pages.photos.bin_sheet import BinSheet

        self._bin = BinSheet(self._over, self._gallery)
        self._bin.wanted.connect(self._on_put_back)
        self._bin.open()

    def _on_put_back(self, photo_ids: tuple[int, ...]) -> None:
        try:
            done = self._context.album.undo(Undo("photos_deleted", photo_ids, ()))
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        self._context.bus.announce(done.changes)
        if self._bin is not None and isValid(self._bin):
            self._bin.tell(photo_ids)

    def _after(self, done: Done, text: str) -> None:
        if done.undo is not None:
            self._context.host.offer_undo(text, done.undo, self._context.album.undo)
        self._context.bus.announce(done.changes)

    # Export

    def ask_export(self, photo_ids: Sequence[int]) -> None:
        """Say what an export is, ask for a folder, and write the originals there."""
        from companion.ui.pages.photos.sheets import ExportSheet

        self._photos = self._of(photo_ids)
        if self._photos:
            private = sum(self._gallery.words.is_private(photo) for photo in self._photos)
            sheet = ExportSheet(self._over, len(self._photos), private)
            sheet.accepted.connect(self._choose)
            sheet.open()

    def _choose(self) -> None:
        folder = choose_folder(self._over, say("photos.export.folder"))
        if folder is not None:
            self.export(self._photos, folder)

    def export(self, photos: Sequence[Photo], folder: Path) -> None:
        """Write originals into a folder, in the background."""
        self.exporting.emit(0, len(photos))
        work = _exporting(self._context.album, tuple(photos), folder, self._gallery.words.file_name)
        self._handle = self._context.tasks.run(work, self._on_exported, self._on_broken, self._on_moved, writes=False)

    def stop(self) -> None:
        """Stop an export after the photo that is being written."""
        if self._handle is not None:
            self._handle.stop()

    def _on_moved(self, done: int, of: int) -> None:
        self.exporting.emit(done, of)

    def _on_exported(self, result: tuple[int, str]) -> None:
        self._handle = None
        self.exported.emit(*result)

    def _on_broken(self, error: Exception) -> None:
        self._handle = None
        self.export_failed.emit(error)


def _exporting(
    album: Album, photos: tuple[Photo, ...], folder: Path, names: Callable[[Photo], str]
) -> Callable[[Job], tuple[int, str]]:
    def work(job: Job) -> tuple[int, str]:
        written = album.export(photos, folder, names, progress=job.progress, stopped=job.stopped)
        return len(written), folder.name

    return work

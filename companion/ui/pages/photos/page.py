"""The photos page: the timeline, one photo, or two compared; and the doors pictures come in by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from companion.services.changes import Changes
from companion.ui.context import Context, Page
from companion.ui.pages.photos.actions import PhotoActions
from companion.ui.pages.photos.bring_in import Account, BringIn
from companion.ui.pages.photos.gallery import Gallery
from companion.ui.pages.photos.timeline import Timeline
from companion.ui.widgets.file_choice import choose_files
from companion.ui.widgets.painting import Painted
from companion.ui.widgets.picture_drop import Incoming, holds_pictures, incoming
from companion.wording import say

if TYPE_CHECKING:
    from companion.ui.pages.photos.compare import CompareRoom
    from companion.ui.pages.photos.sheets import AddSheet
    from companion.ui.pages.photos.single import PhotoRoom

KINDS = "*.jpg *.jpeg *.jpe *.heic *.heif *.hif *.png *.webp *.avif"
ADD = "add"
COMPARE = "compare"


class PhotosPage(Page):
    """The page.

    :meth:`enter` takes the id of a photo to be shown, the ids of two to be compared, an :class:`Incoming` to be
    brought in, ``"add"`` or ``"compare"``; nothing shows what was shown last.
    """

    name = "photos"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gallery = Gallery(context, self)
        self.bring_in = BringIn(context, self)
        self.actions_of_photos = PhotoActions(self.gallery, self)
        self.timeline = Timeline(self.gallery, self.actions_of_photos, self.bring_in)
        self._compare: CompareRoom | None = None
        self._single: PhotoRoom | None = None
        self._sheet: AddSheet | None = None
        self._asked: tuple[int, ...] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.timeline)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.timeline.opened.connect(self.show_photo)
        self.timeline.compare_wanted.connect(self.show_compare)
        self.timeline.add_wanted.connect(self.ask_to_add)
        self.gallery.changed.connect(self._on_gallery)
        self.bring_in.ended.connect(self._on_ended)
        self.actions_of_photos.exporting.connect(self._show_timeline)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    # The page

    def concerns(self, changes: Changes) -> bool:
        """Return whether photos, places or the first day of treatment changed."""
        return changes.photos or changes.places or changes.treatment

    def reload(self) -> None:
        """Read the photos again."""
        self.gallery.read()

    def enter(self, argument: object = None) -> None:
        """Come to the front, with something to show or to bring in."""
        super().enter()
        if isinstance(argument, bool):
            return
        if isinstance(argument, int):
            self.show_photo(argument)
        elif isinstance(argument, tuple):
            self.show_compare(argument)
        elif isinstance(argument, Incoming):
            self.take(argument)
        elif argument == ADD:
            self.ask_to_add()
        elif argument == COMPARE:
            self.show_compare()

    def focus_start(self) -> None:
        """Put the keyboard on what is shown."""
        (self._single_shown() or self._compare_shown() or self.timeline).focus_start()

    # The views

    def _single_shown(self) -> PhotoRoom | None:
        return self._single if self._stack.currentWidget() is self._single else None

    def _compare_shown(self) -> CompareRoom | None:
        return self._compare if self._stack.currentWidget() is self._compare else None

    def _room(self) -> PhotoRoom:
        if self._single is None:
            from companion.ui.pages.photos.single import PhotoRoom

            self._single = PhotoRoom(self.gallery, self.actions_of_photos)
            self._single.left.connect(self._leave)
            self._single.compare_wanted.connect(self.show_compare)
            self._stack.addWidget(self._single)
        return self._single

    def compare_room(self) -> CompareRoom:
        """Return the comparison, built when it is first wanted."""
        if self._compare is None:
            from companion.ui.pages.photos.compare import CompareRoom

            self._compare = CompareRoom(self.gallery)
            self._compare.left.connect(self._leave)
            self._stack.addWidget(self._compare)
        return self._compare

    def photo_room(self) -> PhotoRoom:
        """Return the view of one photo, built when it is first wanted."""
        return self._room()

    def shown(self) -> QWidget:
        """Return the view that is shown."""
        return self._stack.currentWidget() or self.timeline

    def show_photo(self, photo_id: int) -> None:
        """Show one photo large; a private one only after private photos were asked for."""
        if self.gallery.is_hidden(photo_id):
            self._show_timeline()
            self.timeline.say(say("photos.private.asked"), "info")
            return
        order = tuple(photo.id for photo in self.gallery.photos(self.timeline.key))
        if photo_id not in order:
            order = tuple(photo.id for photo in self.gallery.photos())
        if self._room().show_photo(photo_id, order):
            reason = _reason()
            self._stack.setCurrentWidget(self._room())
            self._room().focus_start(reason)

    def show_compare(self, pair: tuple[int, ...] = ()) -> None:
        """Compare two photos, or the first and the latest of the place that is looked at."""
        self._asked = ()
        if pair and not self.gallery.complete and any(self.gallery.photo(each) is None for each in pair):
            self._asked = pair  # shown when the old photos of a long record are read, too
            return
        room = self.compare_room()
        if len(pair) == 2:
            room.show_pair(*pair)
        else:
            known = [key for key, _ in self.gallery.comparable()]
            if not known:
                self._show_timeline()
                return
            room.show_place(self.timeline.key if self.timeline.key in known else known[0])
        if room.pair_ids() is not None:
            reason = _reason()
            self._stack.setCurrentWidget(room)
            room.focus_start(reason)

    def _leave(self) -> None:
        """Go back to all photos, with the keyboard on the one that was shown."""
        single, compare = self._single_shown(), self._compare_shown()
        number = single.photo_id() if single is not None else None
        if compare is not None and compare.pair_ids() is not None:
            number = compare.pair_ids_shown()[1]
        self._show_timeline()
        if number is not None:
            self.timeline.grid.go_to(number)
        self.timeline.focus_start()
        self.gallery.pictures.forget()

    def _show_timeline(self, *_: object) -> None:
        if self._stack.currentWidget() is not self.timeline:
            self._stack.setCurrentWidget(self.timeline)

    def _on_gallery(self) -> None:
        """Keep the large views true to the record, and show the pair that waited for it."""
        if self._asked and self.gallery.complete:
            self.show_compare(self._asked)  # which forgets what was asked
            return
        shown = self._single_shown() or self._compare_shown()
        if shown is not None and not shown.refresh():
            self._show_timeline()

    # Bringing in

    def ask_to_add(self) -> None:
        """Ask which place the photos show and where they are."""
        from companion.ui.pages.photos.sheets import AddSheet

        place = self.timeline.place_id() or self.gallery.last_place
        can_paste = holds_pictures(QGuiApplication.clipboard().mimeData())
        self._sheet = AddSheet(self, self.gallery.choices(), place, can_paste)
        self._sheet.wanted.connect(self._on_source)
        self._sheet.dropped.connect(self.take)
        self._sheet.finished.connect(self._on_sheet_gone)
        self._sheet.open()

    def _on_sheet_gone(self) -> None:
        self._sheet = None

    def _on_source(self, source: str) -> None:
        place = self._sheet.place_id() if self._sheet is not None else None
        if source == "paste":
            self._take(incoming(QGuiApplication.clipboard().mimeData()), place)
            return
        kinds = [say("photos.add.kinds", kinds=KINDS), say("photos.add.any")]
        files = choose_files(self, say("photos.add.title"), kinds)
        if files:
            self._take(Incoming(paths=files), place)

    def paste(self) -> None:
        """Bring in what is on the clipboard."""
        found = incoming(QGuiApplication.clipboard().mimeData())
        if found:
            self.take(found)
        else:
            self._show_timeline()
            self.timeline.say(say("photos.paste_empty"), "info")

    def take(self, pictures: Incoming) -> None:
        """Bring in what was dropped or pasted, to the place that is looked at."""
        place = self.timeline.place_id()
        if self._sheet is not None:
            place = self._sheet.place_id()
            self._sheet.accept()
        self._take(pictures, place)

    def _take(self, pictures: Incoming, place: int | None) -> None:
        self._show_timeline()
        self.bring_in.start(pictures, place)

    def _on_ended(self, account: Account) -> None:
        if account.added and account.place_id is not None:
            self.gallery.last_place = account.place_id
        if account.undo is not None:
            text = say("photos.undo.added", count=len(account.added))
            self.context.host.offer_undo(text, account.undo, self.context.album.undo)


def _reason() -> Qt.FocusReason:
    """Return why the focus moves: without a ring when it was a click that led here."""
    focus = QApplication.focusWidget()
    clicked = isinstance(focus, Painted) and not focus.ring_visible()
    return Qt.FocusReason.MouseFocusReason if clicked else Qt.FocusReason.OtherFocusReason

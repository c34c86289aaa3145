"""One photo, large, with what is known of it: when, how that is known, which place, and a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError, NeedsAnswer
from companion.domain.moments import local_day
from companion.domain.photos import Photo
from companion.domain.pictures import PictureFormat
from companion.ui import labels, theme
from companion.ui.messages import explain
from companion.ui.pages.photos import words
from companion.ui.pages.photos.actions import PhotoActions
from companion.ui.pages.photos.gallery import Gallery
from companion.ui.pages.photos.room import Room
from companion.ui.pages.photos.zoom_card import ZoomCard
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.fields import NoteField
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.photo_view import PhotoView
from companion.wording import dates, say


class NoteCard(Card):
    """The note of a photo. ``saved`` is sent when the person presses Save."""

    saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("photos.note"), parent=parent)
        self._kept = ""
        self.note = NoteField(say("photos.note"), hint=say("photos.note_hint"))
        self.note.textChanged.connect(self._on_text)
        self._problem = labels.small("", "attention")
        self._problem.hide()
        self.save = buttons.secondary(say("photos.note_save"), "save")
        self.save.clicked.connect(self.saved)
        self.add(self.note)
        self.add(self._problem)
        row = FlowLayout()
        row.addWidget(self.save)
        self.add_layout(row)

    def show_note(self, text: str) -> None:
        """Show what is kept, unless the person has begun to write something else."""
        if text == self._kept and self.changed():
            return
        self._kept = text
        self.note.setPlainText(text)
        self.say_problem("")
        self._on_text()

    def text(self) -> str:
        """Return what is written."""
        return self.note.toPlainText()

    def changed(self) -> bool:
        """Return whether something is written that is not kept yet."""
        return self.text().strip() != self._kept.strip()

    def take(self, text: str) -> None:
        """Begin with another photo's note."""
        self._kept = text
        self.note.setPlainText(text)
        self.say_problem("")

    def say_problem(self, text: str) -> None:
        """Say why the note is not kept."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _on_text(self) -> None:
        self.save.setEnabled(self.changed())


def _fact(name: str, value: QWidget, button: QWidget) -> QHBoxLayout:
    """Return a row with a name, what it is, and a button that changes it."""
    row = QHBoxLayout()
    row.setSpacing(theme.GAP_TIGHT)
    both = QVBoxLayout()
    both.setSpacing(0)
    both.addWidget(labels.caption(name))
    both.addWidget(value)
    row.addLayout(both, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


class PhotoRoom(Room):
    """One photo. ``moved`` emits the id of the photo shown now, ``compare_wanted`` two ids."""

    compare_wanted = Signal(tuple)

    def __init__(self, gallery: Gallery, actions: PhotoActions, parent: QWidget | None = None) -> None:
        self.view = PhotoView()
        super().__init__(self.view, None, parent)
        self._gallery = gallery
        self._acts = actions
        self._photo: Photo | None = None
        self._order: tuple[int, ...] = ()
        self._build_head()
        self._build_cards()
        self.order_tabs(self.view)
        gallery.pictures.ready.connect(self._on_picture)
        self.view.stepped.connect(self._go)
        for key, slot in (("PgUp", self.go_newer), ("PgDown", self.go_older)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _build_head(self) -> None:
        self.newer = buttons.icon_button("back", say("photos.newer"))
        self.newer.clicked.connect(self.go_newer)
        self.older = buttons.icon_button("next", say("photos.older"))
        self.older.clicked.connect(self.go_older)
        self.compare = buttons.secondary(say("photos.compare_this"), "compare")
        self.compare.clicked.connect(self._on_compare)
        self.copy = buttons.secondary(say("photos.choice.export"), "export")
        self.copy.clicked.connect(self._on_export)
        self.trash = buttons.quiet(say("common.delete"), "trash")
        self.trash.clicked.connect(self._on_delete)
        for button in (self.compare, self.copy, self.trash, self.newer, self.older):
            self.tools.addWidget(button)

    def _build_cards(self) -> None:
        self.about = Card(say("photos.about_card"))
        self._taken = labels.strong(" ")
        self._known = labels.small(" ")
        self._where = labels.user_text(" ", "strong")
        self.edit_date = buttons.icon_button("edit", say("photos.date.button"))
        self.edit_date.clicked.connect(self._on_date)
        self.edit_place = buttons.icon_button("edit", say("photos.place.button"))
        self.edit_place.clicked.connect(self._on_place)
        self.about.add_layout(_fact(say("photos.taken"), self._taken, self.edit_date))
        self.about.add(self._known)
        self.about.add(Divider(), gap=4)
        self.about.add_layout(_fact(say("photos.place_of"), self._where, self.edit_place))
        self.note = NoteCard()
        self.note.saved.connect(self._on_note)
        self.zoom = ZoomCard(self.view)
        self._file = labels.caption("")
        for card in (self.about, self.note, self.zoom, self._file):
            self.add_card(card)
        self.cards_column.addStretch(1)

    # What is shown

    def show_photo(self, photo_id: int, order: tuple[int, ...]) -> bool:
        """Show a photo; ``order`` are the ids it stands among. Return whether it is there."""
        photo = self._gallery.photo(photo_id)
        if photo is None:
            return False
        other = self._photo is None or self._photo.id != photo_id
        self._photo, self._order = photo, order
        if other:
            self.view.show_whole()
            self.note.take(photo.note)
        self._refresh()
        return True

    def refresh(self) -> bool:
        """Show the photo anew after the record changed; return whether there is one to show."""
        if self._photo is None or self._gallery.is_hidden(self._photo.id):
            return False
        if self._gallery.photo(self._photo.id) is not None:
            return self.show_photo(self._photo.id, self._order)
        follower = self._neighbour(1) or self._neighbour(-1)
        return follower is not None and self.show_photo(follower, self._order)

    def photo_id(self) -> int | None:
        """Return the id of the photo shown."""
        return None if self._photo is None else self._photo.id

    def _refresh(self) -> None:
        photo = self._photo
        if photo is None:
            return
        naming = self._gallery.words
        self.show_title(naming.place(photo), self._subtitle(photo))
        picture = self._gallery.pictures.get(photo)
        problem = self._gallery.pictures.problem(photo)
        said = explain(problem, self._gallery.context.clock.zone()) if problem is not None else ""
        self.view.show_photo(naming.name(photo), naming.pill(photo), picture, said)
        self._taken.setText(naming.taken(photo))
        self._known.setText(words.how_known(photo))
        self._where.setText(naming.place(photo))
        self.note.show_note(photo.note)
        self.zoom.show_sizes([(photo.width, photo.height)])
        self._file.setText(self._about(photo))
        self.newer.setEnabled(self._neighbour(-1) is not None)
        self.older.setEnabled(self._neighbour(1) is not None)
        self.compare.setVisible(self._partner() is not None)

    def _subtitle(self, photo: Photo) -> str:
        naming = self._gallery.words
        day, week = dates.long_day(naming.day_of(photo)), naming.week(photo)
        return say("photos.pill", day=day, week=week) if week else day

    def _about(self, photo: Photo) -> str:
        zone = self._gallery.context.clock.zone()
        return say(
            "photos.about",
            format=PictureFormat(photo.picture_format).name,
            width=photo.width,
            height=photo.height,
            day=dates.long_day(local_day(photo.imported_at, zone)),
        )

    def _partner(self) -> int | None:
        """Return the photo of the same place to compare with: the first one, or for that one the latest."""
        photo = self._photo
        if photo is None or photo.place_id is None:
            return None
        others = [each.id for each in self._gallery.photos(str(photo.place_id))]
        if len(others) < 2:
            return None
        return others[-1] if others[-1] != photo.id else others[0]

    def _neighbour(self, by: int) -> int | None:
        """Return the next photo in the order that is still there."""
        if self._photo is None or self._photo.id not in self._order:
            return None
        at = self._order.index(self._photo.id) + by
        while 0 <= at < len(self._order):
            if self._gallery.photo(self._order[at]) is not None:
                return self._order[at]
            at += by
        return None

    def _on_picture(self, photo_id: int) -> None:
        if self.isVisible() and photo_id == self.photo_id():
            self._refresh()

    # What the person does

    def go_newer(self) -> None:
        """Show the photo taken after this one."""
        self._go(-1)

    def go_older(self) -> None:
        """Show the photo taken before this one."""
        self._go(1)

    def _go(self, by: int) -> None:
        following = self._neighbour(by)
        if following is not None and self.show_photo(following, self._order) and self._photo is not None:
            announce(self.view, self._gallery.words.name(self._photo))

    def _ids(self) -> tuple[int, ...]:
        return () if self._photo is None else (self._photo.id,)

    def _on_compare(self) -> None:
        partner = self._partner()
        photo = self._photo
        if partner is None or photo is None:
            return
        other = self._gallery.photo(partner)
        early = other is not None and other.taken_at <= photo.taken_at
        self.compare_wanted.emit((partner, photo.id) if early else (photo.id, partner))

    def _on_export(self) -> None:
        self._acts.ask_export(self._ids())

    def _on_delete(self) -> None:
        self._acts.delete(self._ids())

    def _on_date(self) -> None:
        self._acts.ask_date(self._ids())

    def _on_place(self) -> None:
        self._acts.ask_place(self._ids())

    def _on_note(self) -> None:
        self._keep_note(False)

    def _keep_note(self, help_shown: bool) -> None:
        if self._photo is None:
            return
        context = self._gallery.context
        try:
            done = context.album.set_note(self._photo.id, self.note.text(), help_shown)
        except NeedsAnswer as question:
            context.host.show_help(str(question.values["category"]))
            self._keep_note(True)
            return
        except CompanionError as error:
            self.note.say_problem(explain(error, context.clock.zone()))
            return
        self.note.take(self.note.text().strip())
        if done.undo is not None:
            context.host.offer_undo(say("photos.undo.noted"), done.undo, context.album.undo)
        context.bus.announce(done.changes)

    def focus_start(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the photo."""
        self.view.setFocus(reason)

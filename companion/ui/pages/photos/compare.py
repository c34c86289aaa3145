"""Compare: two photos of one place. What differs is for the person and the dermatologist to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.domain.photos import Photo
from companion.ui import labels, theme
from companion.ui.messages import explain
from companion.ui.pages.photos import words
from companion.ui.pages.photos.gallery import Gallery
from companion.ui.pages.photos.room import Room
from companion.ui.pages.photos.zoom_card import ZoomCard
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.compare_view import CompareView, Mode, Shown
from companion.ui.widgets.compare_view_strip import FilmStrip
from companion.ui.widgets.fields import Choice
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.photo_grid_model import PhotoModel
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import say

MODES = tuple(Mode)


class PairCard(Card):
    """Names the two photos, and steps each to the photo before or after. ``stepped`` emits (which, by)."""

    stepped = Signal(int, int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(say("photos.compare.pair_card"))
        self.body.setContentsMargins(20, 10, 20, 16)
        self.body.setSpacing(2)
        self._days: list[labels.Label] = []
        self._texts: list[labels.Label] = []
        self.steps: dict[tuple[int, int], buttons.Button] = {}
        for which in (0, 1):
            if which:
                self.add(Divider(), gap=10)
            self._build(which)
        self.add(labels.caption(say("photos.compare.how")), gap=8)

    def _build(self, which: int) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(labels.caption(say(f"photos.compare.number.{which + 1}")), 1, Qt.AlignmentFlag.AlignVCenter)
        for by, icon, key in ((-1, "back", "earlier"), (1, "next", "later")):
            step = buttons.icon_button(icon, say(f"photos.compare.{key}.{which + 1}"))
            step.setProperty("which", which)
            step.setProperty("by", by)
            step.clicked.connect(self._on_step)
            self.steps[(which, by)] = step
            row.addWidget(step)
        self.add_layout(row)
        day, text = labels.strong(" "), labels.small(" ")
        self._days.append(day)
        self._texts.append(text)
        self.add(day)
        self.add(text)

    def show_pair(self, photos: tuple[Photo, Photo], naming: words.Words, ends: tuple[int, int], many: int) -> None:
        """Name the photos; ``ends`` are their places in a row of ``many``."""
        for which, photo in enumerate(photos):
            self._days[which].setText(naming.taken(photo))
            self._texts[which].setText(naming.detail(photo))
            self.steps[(which, -1)].setEnabled(ends[which] > 0)
            self.steps[(which, 1)].setEnabled(ends[which] < many - 1)

    def _on_step(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.stepped.emit(int(sender.property("which")), int(sender.property("by")))


class CompareRoom(Room):
    """The comparison of a place. Call :meth:`show_place` or :meth:`show_pair`."""

    def __init__(self, gallery: Gallery, parent: QWidget | None = None) -> None:
        self.view = CompareView()
        self.model = PhotoModel(gallery.words)
        self.strip = FilmStrip(self.model, gallery.strip_thumbs, say("photos.compare.strip"))
        super().__init__(self.view, self.strip, parent)
        self._gallery = gallery
        self._place = ""
        self._photos: tuple[Photo, ...] = ()
        self._pair: tuple[Photo, Photo] | None = None
        self._build_head()
        self._build_cards()
        gallery.pictures.ready.connect(self._on_picture)
        self.strip.first_wanted.connect(self._on_first)
        self.strip.second_wanted.connect(self._on_second)
        self._add_shortcuts()
        self.order_tabs(self.view, self.strip)

    def _build_head(self) -> None:
        self.places = Choice([], say("photos.compare.place"))
        self.places.chosen_key.connect(self.show_place)
        self.modes = SegmentedControl(
            [(mode.value, say(f"photos.compare.mode.{mode.value}")) for mode in MODES], say("photos.compare.modes")
        )
        self.modes.changed.connect(self.set_mode)
        self.tools.addWidget(self.places)
        self.tools.addWidget(self.modes)
        self.modes.choose(Mode.SLIDE.value)
        self.view.set_mode(Mode.SLIDE)

    def _build_cards(self) -> None:
        self.pair = PairCard()
        self.pair.stepped.connect(self._on_step)
        self.play = buttons.secondary(say("photos.compare.play"), "play")
        self.play.clicked.connect(self._on_play)
        self.turn = buttons.secondary(say("photos.compare.turn"), "compare")
        self.turn.clicked.connect(self.view.turn)
        self.turns = Card(say("photos.compare.turns"))
        row = FlowLayout(gap=theme.GAP_TIGHT)
        row.addWidget(self.play)
        row.addWidget(self.turn)
        self.turns.add_layout(row)
        self.view.turned.connect(self._show_turns)
        self.zoom = ZoomCard(self.view)
        self.notes = Card(say("photos.notes"))
        self._notes = labels.user_text("", "body")
        self.notes.add(self._notes)
        for card in (self.pair, self.turns, self.zoom, self.notes):
            self.add_card(card)
        self.add_card(labels.caption(say("photos.compare.care")))
        self.cards_column.addStretch(1)
        self.turns.hide()

    def _add_shortcuts(self) -> None:
        for number, mode in enumerate(MODES, start=1):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setProperty("mode", mode.value)
            shortcut.activated.connect(self._on_number)
        for key, slot in (("+", self.view.zoom_in), ("-", self.view.zoom_out), ("0", self.view.show_whole)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # What is shown

    def show_place(self, key: str) -> None:
        """Compare the first with the latest photo of a place."""
        photos = self._gallery.photos(key)
        if len(photos) < 2:
            return
        self.view.show_whole()
        self._show(key, photos[-1], photos[0])

    def show_pair(self, first: int, second: int) -> None:
        """Compare two photos of one place by their ids."""
        one, two = self._gallery.photo(first), self._gallery.photo(second)
        if one is not None and two is not None and one.place_id is not None:
            self._show(str(one.place_id), one, two)

    def _show(self, key: str, first: Photo, second: Photo) -> None:
        self._place = key
        self._photos = self._gallery.photos(key)[::-1]
        self._pair = (first, second)
        known = self._gallery.comparable()
        self.places.clear()
        for each, name in known:
            self.places.addItem(name, each)
        self.places.choose(key)
        self.places.updateGeometry()
        self.places.setVisible(len(known) > 1)
        self.model.show(self._photos, self._gallery.words)
        self._refresh()
        self.strip.bring_into_sight(second.id)

    def refresh(self) -> bool:
        """Show the pair anew after the record changed; return whether it can still be compared."""
        pair = [self._gallery.photo(each.id) for each in self._pair] if self._pair is not None else []
        photos = self._gallery.photos(self._place) if self._place else ()
        kept = [each for each in pair if each is not None and str(each.place_id) == self._place]
        if len(kept) == 2:
            self._show(self._place, kept[0], kept[1])
        elif len(photos) > 1:
            self._show(self._place, photos[-1], photos[0])
        else:
            return False
        return True

    def pair_ids(self) -> tuple[int, int] | None:
        """Return the ids of the two photos compared."""
        return None if self._pair is None else (self._pair[0].id, self._pair[1].id)

    def place_key(self) -> str:
        """Return the key of the place compared."""
        return self._place

    def _refresh(self) -> None:
        if self._pair is None:
            return
        naming = self._gallery.words
        first, second = self._pair
        self.show_title(naming.place(first), words.span(naming.day_of(first), naming.day_of(second)))
        self.view.show_pair(self._shown(first), self._shown(second))
        self.strip.show_pair(first.id, second.id)
        ids = [photo.id for photo in self._photos]
        self.pair.show_pair(self._pair, naming, (ids.index(first.id), ids.index(second.id)), len(ids))
        notes = [
            say("photos.note_of", day=naming.day(photo), note=photo.note) for photo in dict.fromkeys(self._pair)
            if photo.note
        ]  # fmt: skip
        self._notes.setText("\n\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.zoom.show_sizes([(photo.width, photo.height) for photo in self._pair])

    def _shown(self, photo: Photo) -> Shown:
        naming = self._gallery.words
        picture = self._gallery.pictures.get(photo)
        problem = self._gallery.pictures.problem(photo)
        said = explain(problem, self._gallery.context.clock.zone()) if problem is not None else ""
        return Shown(naming.name(photo), naming.pill(photo), picture, said)

    def _on_picture(self, photo_id: int) -> None:
        if self.isVisible() and self._pair is not None and photo_id in self.pair_ids_shown():
            self._refresh()

    def pair_ids_shown(self) -> tuple[int, ...]:
        """Return the ids shown now, possibly none."""
        return self.pair_ids() or ()

    # What the person does

    def set_mode(self, key: str) -> None:
        """Look in another way."""
        mode = Mode(key)
        self.modes.choose(key)
        self.view.set_mode(mode)
        self.turns.setVisible(mode is Mode.BLINK)
        self._show_turns()
        announce(self, say(f"photos.compare.mode.{key}"))

    def _on_number(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.set_mode(str(sender.property("mode")))

    def _on_first(self, photo_id: int) -> None:
        self._replace(0, photo_id)

    def _on_second(self, photo_id: int) -> None:
        self._replace(1, photo_id)

    def _on_step(self, which: int, by: int) -> None:
        if self._pair is None:
            return
        ids = [photo.id for photo in self._photos]
        at = ids.index(self._pair[which].id) + by
        if 0 <= at < len(ids):
            self._replace(which, ids[at])

    def _replace(self, which: int, photo_id: int) -> None:
        photo = self._gallery.photo(photo_id)
        if photo is None or self._pair is None:
            return
        first, second = self._pair
        if which == 0:
            self._pair = (photo, first if photo.id == second.id else second)
        else:
            self._pair = (second if photo.id == first.id else first, photo)
        self._refresh()
        self.strip.bring_into_sight(photo_id)
        announce(self.view, self._gallery.words.name(photo))

    def _on_play(self) -> None:
        self.view.play(not self.view.playing())

    def _show_turns(self) -> None:
        playing = self.view.playing()
        self.play.setText(say("photos.compare.pause" if playing else "photos.compare.play"))
        self.play.set_icon_name("pause" if playing else "play")
        self.play.setVisible(not theme.current().reduced_motion)
        self.turn.setEnabled(not playing)

    def focus_start(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the photos."""
        self.view.setFocus(reason)

"""The timeline of all photos, by month and by place, with what can be done to several of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.ui import labels, theme
from companion.ui.messages import explain
from companion.ui.pages.photos import words
from companion.ui.pages.photos.actions import PhotoActions
from companion.ui.pages.photos.bring_in import Account, BringIn
from companion.ui.pages.photos.gallery import EVERYTHING, UNASSIGNED, Gallery
from companion.ui.pages.photos.room import in_order
from companion.ui.pages.photos.selection_bar import SelectionBar
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.photo_grid import PhotoGrid
from companion.ui.widgets.photo_grid_area import HeadedArea
from companion.ui.widgets.photo_grid_model import PhotoModel
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.scaffold import PageScaffold
from companion.wording import say
from companion.wording.places import place_name

if TYPE_CHECKING:
    from companion.ui.pages.photos.account_card import AccountCard
    from companion.ui.pages.photos.empty_panel import EmptyPanel

WIDEST = 1440


class Timeline(QWidget):
    """The photos of the gallery. ``opened`` emits a photo's id, ``compare_wanted`` two ids or nothing."""

    opened = Signal(int)
    compare_wanted = Signal(tuple)
    add_wanted = Signal()

    def __init__(
        self, gallery: Gallery, actions: PhotoActions, bring_in: BringIn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._actions = actions
        self._bring_in = bring_in
        self.key = EVERYTHING
        self._filters: list[tuple[str, str]] = []
        self._card: AccountCard | None = None
        self.empty: EmptyPanel | None = None
        self.model = PhotoModel(gallery.words, self)
        self.grid = PhotoGrid(self.model, gallery.thumbs, words.heading, say("photos.grid"))
        self.grid.opened.connect(self.opened)
        self.grid.chosen_changed.connect(self._on_chosen)
        self.grid.delete_wanted.connect(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build_head()
        self.area = HeadedArea(self._head, self.grid, WIDEST)
        column.addWidget(self.area, 1)
        self._build_foot(column)
        self._listen()
        in_order(self.compare, self.add, self.bin, self.private, self.several, self.grid)
        in_order(self.grid, self.progress, self.export_progress, self.bar)

    # Building

    def _build_head(self) -> None:
        self._head = PageScaffold(say("photos.title"), " ", scroll=False, widest=WIDEST)
        self.compare = buttons.secondary(say("photos.compare.button"), "compare", main=True)
        self.compare.clicked.connect(self._on_compare)
        self.add = buttons.primary(say("photos.add.button"), "plus")
        self.add.clicked.connect(self.add_wanted)
        self._head.add_action(self.compare)
        self._head.add_action(self.add)
        self.message = InlineMessage("", "done", closable=True)
        self.message.hide()
        self._head.add(self.message)
        self.filter = ChipGroup([], say("photos.filter"))
        self.filter.changed.connect(self._on_filter)
        self.several = buttons.quiet(say("photos.choice.begin"), "check")
        self.several.clicked.connect(self._on_several)
        self.private = buttons.quiet(say("photos.private.show"), "lock")
        self.private.clicked.connect(self._on_private)
        self.bin = buttons.quiet("", "trash")
        self.bin.clicked.connect(self._actions.show_bin)
        right = QWidget()
        row = FlowLayout(right, gap=4)
        row.addWidget(self.bin)
        row.addWidget(self.private)
        row.addWidget(self.several)
        tools = QWidget()
        beside = BesideLayout(tools, gap=theme.GAP, least=theme.px(240))
        beside.addWidget(self.filter)
        beside.addWidget(right)
        self._head.body.setSpacing(theme.GAP_TIGHT)
        self._tools = tools
        self._head.add(tools)
        self.nothing = labels.body("", "soft")
        self.nothing.hide()
        self._head.add(self.nothing)

    def _build_foot(self, column: QVBoxLayout) -> None:
        self._foot_row = foot = QHBoxLayout()
        self._align_foot(self.grid.side)
        self.grid.side_changed.connect(self._align_foot)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.GAP_TIGHT)
        foot.addLayout(inner, 1)
        self.progress = ProgressStrip(say("photos.adding"))
        self.progress.stopped.connect(self._bring_in.stop)
        self.export_progress = ProgressStrip(say("photos.export.running"))
        self.export_progress.stopped.connect(self._actions.stop)
        self.bar = SelectionBar()
        self.bar.wanted.connect(self._on_wanted)
        self._foot = inner
        for widget in (self.progress, self.export_progress, self.bar):
            inner.addWidget(widget)
            widget.hide()
        column.addLayout(foot)

    def _listen(self) -> None:
        self._gallery.changed.connect(self.refresh)
        self._bring_in.began.connect(self._on_began)
        self._bring_in.moved.connect(self.progress.show_progress)
        self._bring_in.ended.connect(self._on_ended)
        self._bring_in.failed.connect(self._on_failed)
        self._actions.exporting.connect(self._on_exporting)
        self._actions.exported.connect(self._on_exported)
        self._actions.export_failed.connect(self._on_export_failed)

    # Showing

    def refresh(self) -> None:
        """Show what the gallery holds now; the choice, the keyboard and the place in the list stay."""
        self._offer_filters()
        keep = self.grid.current_id()
        chosen = self.grid.chosen()
        photos = self._gallery.photos(self.key)
        naming = self._gallery.words
        single = self.key not in (EVERYTHING, UNASSIGNED)
        shown = words.Words(naming.places, naming.start, naming.today, of_place=single)
        self.model.show(photos, shown)
        self.grid.choose(chosen)
        if keep is not None and self.grid.hasFocus():
            self.grid.go_to(keep)
        nothing = self._gallery.is_empty()
        self._teach(nothing)
        self.add.setVisible(not nothing)
        thrown = len(self._gallery.thrown_away)
        self._tools.setVisible(not nothing or thrown > 0)
        self.bin.setText(say("photos.bin.open", count=thrown))
        self.bin.setVisible(thrown > 0)
        self._head.set_subtitle(self._subtitle(len(photos)))
        self.compare.setVisible(bool(self._gallery.comparable()))
        self.private.setVisible(self._gallery.has_private())
        self.private.setText(say("photos.private.hide" if self._gallery.unlocked else "photos.private.show"))
        self.private.set_icon_name("eye_off" if self._gallery.unlocked else "lock")
        self.several.setVisible(bool(photos))
        self._say_nothing(bool(photos))
        self._on_chosen()

    def _teach(self, nothing: bool) -> None:
        """Show how to begin while there is no photo."""
        if nothing and self.empty is None:
            from companion.ui.pages.photos.empty_panel import EmptyPanel

            self.empty = EmptyPanel()
            self.empty.acted.connect(self.add_wanted)
            self._head.add(self.empty)
        if self.empty is not None:
            self.empty.setVisible(nothing)

    def _subtitle(self, count: int) -> str:
        if self._gallery.is_empty():
            return say("photos.empty.subtitle")
        if not self._gallery.complete:
            return say("photos.loading")
        return say("photos.count", count=count)

    def _say_nothing(self, any_photos: bool) -> None:
        place = dict(self._filters).get(self.key, "")
        if any_photos or self._gallery.is_empty():
            text = ""
        elif not self._gallery.complete:
            text = say("photos.loading")
        elif self.key == EVERYTHING:
            text = say("photos.all_private")
        else:
            text = say("photos.none_of_place", place=place)
        self.nothing.setText(text)
        self.nothing.setVisible(bool(text))

    def _offer_filters(self) -> None:
        places = self._gallery.filters()
        choices = [(EVERYTHING, say("photos.all")), *places]
        if self._gallery.photos(UNASSIGNED):
            choices.append((UNASSIGNED, say("photos.no_place")))
        if choices != self._filters:
            self._filters = choices
            self.filter.set_choices(choices)
            in_order(self.add, self.filter, self.bin, self.private, self.several, self.grid)
            if self.key not in dict(choices):
                self.key = EVERYTHING
        self.filter.choose((self.key,))
        self.filter.setVisible(len(choices) > 1 and not self._gallery.is_empty())

    def show_key(self, key: str) -> None:
        """Show all photos, or those of one place."""
        self.key = key
        self.grid.choose_none()
        self.refresh()
        self.area.show_top()

    def place_id(self) -> int | None:
        """Return the place that is filtered by, if it is one."""
        return int(self.key) if self.key not in (EVERYTHING, UNASSIGNED) else None

    def focus_start(self) -> None:
        """Put the keyboard on the photos, or on the main button."""
        begin = self.add if self.empty is None or self.empty.isHidden() else self.empty.button
        (self.grid if self.model.photos() else begin).setFocus(Qt.FocusReason.OtherFocusReason)

    # What the person does

    def _on_filter(self, chosen: tuple[str, ...]) -> None:
        self.show_key(chosen[0] if chosen else EVERYTHING)

    def _on_private(self) -> None:
        self._gallery.unlock(not self._gallery.unlocked)

    def _on_compare(self) -> None:
        self.compare_wanted.emit(())

    def _choosing(self) -> bool:
        return bool(self.several.property("on"))

    def _on_several(self) -> None:
        self._set_choosing(not self._choosing())

    def _set_choosing(self, on: bool) -> None:
        self.several.setProperty("on", on)
        self.several.setText(say("photos.choice.end" if on else "photos.choice.begin"))
        self.grid.set_choosing(on)
        if not on:
            self.grid.choose_none()
        self._on_chosen()
        if on:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        chosen = self.grid.chosen()
        pair = [self._gallery.photo(number) for number in chosen] if len(chosen) == 2 else []
        places = {photo.place_id for photo in pair if photo is not None}
        self.bar.show_choice(len(chosen), len(pair) == 2 and len(places) == 1 and None not in places)
        shown = bool(chosen) or self._choosing()
        if shown != self.bar.isVisibleTo(self):
            self.bar.setVisible(shown)
            self._settle_foot()
        if shown:
            announce(self.grid, say("photos.choice.count", count=len(chosen)))

    def _on_wanted(self, what: str) -> None:
        chosen = self.grid.chosen()
        if what == "all":
            self.grid.choose_all()
        elif what == "none":
            self._set_choosing(False)
        elif what == "place":
            self._actions.ask_place(chosen)
        elif what == "date":
            self._actions.ask_date(chosen)
        elif what == "export":
            self._actions.ask_export(chosen)
        elif what == "compare":
            self.compare_wanted.emit(chosen[::-1])
        elif what == "delete":
            self._delete()

    def _delete(self) -> None:
        self._actions.delete(self.grid.chosen())

    def _align_foot(self, side: int) -> None:
        self._foot_row.setContentsMargins(side, 0, side, 0)

    def _settle_foot(self) -> None:
        shown = any(each.isVisibleTo(self) for each in (self.progress, self.export_progress, self.bar))
        self._foot.setContentsMargins(0, theme.GAP_TIGHT if shown else 0, 0, theme.GAP_SMALL if shown else 0)

    # What goes on in the background

    def _on_began(self) -> None:
        self._put_card_away()
        self.progress.restart()
        self.progress.show_progress(0, 0)
        self.progress.show()
        self._settle_foot()

    def _on_ended(self, account: Account) -> None:
        from companion.ui.pages.photos.account_card import AccountCard

        self.progress.hide()
        self._settle_foot()
        place = self._gallery.words.places.get(account.place_id) if account.place_id is not None else None
        name = place_name(place) if place is not None else ""
        self._card = AccountCard(account, self._gallery.choices(), name)
        self._card.closed.connect(self._put_card_away)
        self._card.place_wanted.connect(self._on_place)
        self._card.setProperty("added", list(account.added))
        self._head.body.insertWidget(0, self._card)
        self._card.show()
        in_order(self.add, self._card, self.filter)
        self.area.head_changed()
        self.area.show_top()
        announce(self, self._card.accessibleName())

    def _on_place(self, place_id: int) -> None:
        if self._card is not None:
            added = list(self._card.property("added"))
            self._put_card_away()
            self._actions.assign(added, place_id)

    def _put_card_away(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            self._head.body.removeWidget(card)
            card.hide()
            card.deleteLater()
            self.area.head_changed()

    def card(self) -> AccountCard | None:
        """Return the account of the last import, while it is shown."""
        return self._card

    def say(self, text: str, kind: str) -> None:
        """Say something above the photos."""
        self.message.show_message(text, kind)
        self.message.show()
        self.area.head_changed()
        self.area.show_top()

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        self._settle_foot()
        self._say_error(error)

    def _say_error(self, error: Exception) -> None:
        if isinstance(error, CompanionError):
            self.say(explain(error, self._gallery.context.clock.zone()), "attention")
        else:
            self._gallery.context.host.say_problem(error)

    def _on_exporting(self, done: int, of: int) -> None:
        if not self.export_progress.isVisibleTo(self):
            self.export_progress.restart()
            self.export_progress.show()
            self._settle_foot()
        self.export_progress.show_progress(done, of)

    def _on_exported(self, count: int, folder: str) -> None:
        self.export_progress.hide()
        self._settle_foot()
        if count:
            self.say(say("photos.exported", count=count, folder=folder), "done")
        else:
            self.say(say("photos.exported_none"), "info")

    def _on_export_failed(self, error: Exception) -> None:
        self.export_progress.hide()
        self._settle_foot()
        self._say_error(error)

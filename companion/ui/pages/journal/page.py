"""The Journal: everything that was noted, newest first, with search and filters."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.services.changes import Changes, Done
from companion.services.journal import symptom_name
from companion.ui import theme
from companion.ui.context import Context, Page
from companion.ui.pages import symptom_words
from companion.ui.pages.get_help import HelpCard, emergency_number
from companion.ui.pages.journal.entry_list import EntryList
from companion.ui.pages.journal.model import EntryModel, EntryRow, Filter, Key
from companion.ui.pages.journal.ongoing import OngoingCard
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.empty import EmptyState
from companion.ui.widgets.fields import Choice, SearchField
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.scaffold import PageScaffold
from companion.wording import say

TYPING = 120
"""How long typing must pause before the search runs, in ms."""
_WIDE = 620
_SIDE = 300
_EMPTY_HIGH = 380
_LEAST_LIST = 260
_ANY_HEIGHT = 16_777_215


class JournalPage(Page):
    """Lists, searches, adds, changes and deletes entries; help is always at hand beside them."""

    name = "journal"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._draft = ""
        self._scaffold = PageScaffold(say("journal.title"), say("journal.subtitle"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scaffold)
        self.add = buttons.primary(say("journal.add"), "plus")
        self.add.clicked.connect(self._on_add_note)
        self._scaffold.add_action(self.add)
        self._help_button = buttons.secondary(say("journal.help"), "help", main=True)
        self._help_button.set_urgent()
        self._help_button.clicked.connect(self._on_help)
        self._scaffold.add_action(self._help_button)
        self._scaffold.add(self._build_search())
        self._build_body()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._apply)
        self._arrange()

    def _build_search(self) -> QWidget:
        frame = QWidget()
        row = BesideLayout(frame, least=theme.px(220))
        narrowing = QWidget()
        line = FlowLayout(narrowing, gap=theme.GAP_SMALL, row_gap=theme.GAP_TIGHT)
        self.search = SearchField(say("journal.search"), say("journal.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        kinds = [(key or "all", say(f"journal.kind.{key or 'all'}")) for key in ("", "symptom", "note")]
        self.kinds = ChipGroup(kinds, say("journal.kinds"))
        self.kinds.choose(("all",))
        self.kinds.changed.connect(self._on_filter)
        self.place = Choice([("", say("journal.place_all"))], say("journal.place_filter"))
        self.place.chosen_key.connect(self._on_place)
        line.addWidget(self.kinds)
        line.addWidget(self.place)
        row.addWidget(self.search)
        row.addWidget(narrowing)
        return frame

    def _build_body(self) -> None:
        self.model = EntryModel(self.context, self)
        self.list = EntryList(self.model)
        self.list.wanted.connect(self._on_wanted)
        self.list.measured.connect(self._on_measured)
        self._card = Card()
        self._card.body.setContentsMargins(6, 8, 6, 8)
        self._card.add(self.list, 1)
        self._empty = EmptyState("journal", say("journal.empty.title"), say("journal.empty.text"), say("journal.add"))
        self._empty.acted.connect(self._on_add_note)
        self._none = EmptyState(
            "search", say("journal.none.title"), say("journal.none.text"), say("journal.none.action")
        )
        self._none.acted.connect(self._show_all)
        for widget in (self._empty, self._none):
            self._card.add(widget, 1)
            widget.hide()
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        self._above = QVBoxLayout()
        left.addLayout(self._above)
        left.addWidget(self._card, 1)
        left.addStretch(0)
        row.addLayout(left, 1)
        self._build_side(row)
        self._scaffold.add(body, 1)

    def _build_side(self, row: QHBoxLayout) -> None:
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard, and scrolls it
        self._side.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        self._side_column = QVBoxLayout(inner)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(theme.GAP)
        self.help = HelpCard(emergency_number(self.context.care))
        self.help.wanted.connect(self._on_help)
        self.ongoing = OngoingCard(self.context)
        self._side_column.addWidget(self.help)
        self._side_column.addWidget(self.ongoing)
        self._side_column.addStretch(1)
        self._side.setWidget(inner)
        row.addWidget(self._side)

    def _arrange(self) -> None:
        """Show the side column where there is room; else help is a button and the question stands above the list."""
        wide = self.width() >= theme.px(_WIDE) + 2 * theme.GAP_PAGE
        self._side.setVisible(wide)
        self._side.setFixedWidth(max(theme.px(240), min(theme.px(_SIDE + 80), (self.width() - 90) * 37 // 100)))
        self._help_button.setVisible(not wide)
        if wide and self._side_column.indexOf(self.ongoing) < 0:
            self._side_column.insertWidget(1, self.ongoing)
        elif not wide and self._above.indexOf(self.ongoing) < 0:
            self._above.addWidget(self.ongoing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._arrange()

    # Showing

    def concerns(self, changes: Changes) -> bool:
        """Return whether entries, places or settings changed."""
        return changes.symptoms or changes.notes or changes.places or changes.settings or changes.treatment

    def reload(self) -> None:
        """Read the list again, as far as it had been read, and open what was open."""
        open_one = self.list.chosen()
        at = self.list.verticalScrollBar().value()
        self._fill_places()
        self.model.read(self._filter())
        self._show_or_empty()
        self.list.choose(open_one.key if open_one is not None else None)
        self.list.verticalScrollBar().setValue(at)
        self.help.show_number(emergency_number(self.context.care))
        self.ongoing.reload()

    def _fill_places(self) -> None:
        chosen = self.place.chosen()
        names = symptom_words.place_names(self.context.care.places(include_archived=True))
        self.place.clear()
        self.place.addItem(say("journal.place_all"), "")
        for number, name in names.items():
            self.place.addItem(name, str(number))
        self.place.choose(chosen if chosen in map(str, names) else "")
        self.place.setVisible(bool(names))

    def _filter(self) -> Filter:
        kind = self.kinds.chosen()[0] if self.kinds.chosen() else "all"
        place = self.place.chosen()
        return Filter(self.search.text(), "" if kind == "all" else kind, int(place) if place else None)

    def _show_or_empty(self) -> None:
        empty = self.model.rowCount() == 0
        narrowed = self.model.filter().any
        self.list.setVisible(not empty)
        self._empty.setVisible(empty and not narrowed)
        self._none.setVisible(empty and narrowed)
        # The empty page begins with its own button; two filled ones would compete.
        self.add.setVisible(not empty or narrowed)
        if empty:
            self._card.setMaximumHeight(theme.px(_EMPTY_HIGH))

    def _on_measured(self, high: int) -> None:
        """Let the card end where the list does when it is short."""
        if self.list.isHidden():
            return
        edges = self._card.body.contentsMargins()
        least = theme.px(_LEAST_LIST)
        self._card.setMinimumHeight((min(high, least) if high else least) + edges.top() + edges.bottom())
        self._card.setMaximumHeight(high + edges.top() + edges.bottom() if high else _ANY_HEIGHT)

    def show_entry(self, key: Key) -> None:
        """Open one entry; a filter that hides it is taken away."""
        if not self.model.index_of(key).isValid():
            self._show_all()
        self.list.choose(key)

    def enter(self, argument: object = None) -> None:
        """Show the list; ``"add"`` opens the sheet for a new entry, a key opens that entry."""
        fresh = self._stale.any
        super().enter(argument)
        if not fresh:
            self.ongoing.reload()  # the day may be another one
        if argument == "add":
            self._add("symptom")
        elif isinstance(argument, tuple):
            self.show_entry(argument)

    def focus_start(self) -> None:
        """Put the keyboard on the list, or on the way to begin one."""
        if self.model.rowCount():
            self.list.setFocus()
        else:
            self.add.setFocus()

    # Searching

    def _on_typed(self, _text: str) -> None:
        self._typing.start()

    def _on_filter(self, _chosen: tuple[str, ...]) -> None:
        self._apply()

    def _on_place(self, _key: str) -> None:
        self._apply()

    def _apply(self) -> None:
        self._typing.stop()
        wanted = self._filter()
        if wanted != self.model.filter():
            self.model.read(wanted)
            self.list.scrollToTop()
        self._show_or_empty()

    def _show_all(self) -> None:
        self.search.clear()
        self.kinds.choose(("all",))
        self.place.choose("")
        self._apply()
        self.search.setFocus()

    # Doing

    def _on_add_note(self) -> None:
        self._add("note")

    def _add(self, kind: str) -> None:
        from companion.ui.pages.journal.sheet import EntrySheet

        sheet = EntrySheet(self.context, self, draft=self._draft, kind=kind)
        sheet.left.connect(self._keep_draft)
        sheet.accepted.connect(self._forget_draft)
        sheet.open()

    def _keep_draft(self, text: str) -> None:
        self._draft = text

    def _forget_draft(self) -> None:
        self._draft = ""

    def _on_help(self) -> None:
        self.context.host.show_help()

    def _on_wanted(self, action: str, row: EntryRow) -> None:
        if action == "edit":
            from companion.ui.pages.journal.sheet import EntrySheet

            EntrySheet(self.context, self, row.entry).open()
            return
        journal = self.context.journal
        try:
            if action == "gone":
                done = journal.end_symptom(row.entry.id)
                said = say("journal.undo.gone", name=symptom_name(row.entry.code)) if row.is_symptom else ""  # type: ignore[union-attr]
            else:
                done = journal.delete_symptom(row.entry.id) if row.is_symptom else journal.delete_note(row.entry.id)
                said = say("journal.undo.deleted")
        except CompanionError as error:
            self.context.host.say_problem(error)
            return
        self._after(done, said)

    def _after(self, done: Done, said: str) -> None:
        if done.undo is not None:
            self.context.host.offer_undo(said, done.undo, self.context.journal.undo)
        self.context.bus.announce(done.changes)
        self.list.setFocus()

"""The Journal: everything that was noted, newest first, with search and filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.domain.reactions import SymptomEntry
from companion.services.changes import Changes
from companion.services.journal import symptom_name
from companion.ui import theme
from companion.ui.context import Context, Page
from companion.ui.pages import symptom_words
from companion.ui.pages.get_help import HelpCard, emergency_number
from companion.ui.pages.journal import desk
from companion.ui.pages.journal.add_menu import AddMenu
from companion.ui.pages.journal.entry_list import EntryList
from companion.ui.pages.journal.filters import FilterBar
from companion.ui.pages.journal.model import EntryModel, EntryRow, Key, narrowed
from companion.ui.pages.journal.ongoing import OngoingCard
from companion.ui.pages.journal.prescription import PrescriptionCard
from companion.ui.pages.journal.sheets import Sheets
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.empty import EmptyState
from companion.ui.widgets.scaffold import PageScaffold
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.tasks import Job
    from companion.services.timeline import Timeline

TYPING = 40
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
        self._scaffold = PageScaffold(say("journal.title"), say("journal.subtitle"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scaffold)
        self.add = buttons.primary(say("journal.add"), "plus")
        self.add.setAccessibleDescription(say("journal.add_menu"))
        self.add.clicked.connect(self._on_add)
        self._scaffold.add_action(self.add)
        self.menu: AddMenu | None = None
        self._warmed = False
        self.sheets = Sheets(context, self)
        self._help_button = buttons.secondary(say("journal.help"), "help", main=True)
        self._help_button.set_urgent()
        self._help_button.clicked.connect(self._on_help)
        self._scaffold.add_action(self._help_button)
        self.bar = FilterBar(context.care.today(), self._started())
        self.bar.typed.connect(self._on_typed)
        self.bar.changed.connect(self._apply)
        self._scaffold.add(self.bar)
        self._build_body()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._apply)
        self._arrange()

    def _build_body(self) -> None:
        self.model = EntryModel(self.context, self)
        self.list = EntryList(self.model)
        self.list.wanted.connect(self._on_wanted)
        self.list.measured.connect(self._on_measured)
        self._card = Card()
        self._card.body.setContentsMargins(6, 8, 6, 8)
        self._card.add(self.list, 1)
        self._empty = EmptyState(
            "journal", say("journal.empty.title"), say("journal.empty.text"), say("journal.add_note")
        )
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
        self.prescription = PrescriptionCard(self.context)
        self.prescription.wanted.connect(self.sheets.prescription)
        self._side_column.addWidget(self.prescription)
        self._side_column.addStretch(1)
        self._side.setWidget(inner)
        row.addWidget(self._side)

    def _arrange(self) -> None:
        """Show the side column where there is room; else help is a button, and the filters are folded away."""
        wide = self.width() >= theme.px(_WIDE) + 2 * theme.GAP_PAGE
        self._side.setVisible(wide)
        bar = self._side.verticalScrollBar().sizeHint().width()
        least = max(theme.px(240), self._side_column.minimumSize().width() + bar)
        self._side.setFixedWidth(max(least, min(theme.px(_SIDE + 80), (self.width() - 90) * 37 // 100)))
        self._help_button.setVisible(not wide)
        self.bar.set_compact(not wide)
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
        """Return whether anything changed that is shown: all but photos and reminders."""
        return replace(changes, photos=False, reminders=False).any

    def reload(self) -> None:
        """Read the list again, as far as it had been read, and open what was open."""
        open_one = self.list.chosen()
        at = self.list.verticalScrollBar().value()
        care = self.context.care
        self.bar.show_today(care.today(), self._started())
        self.bar.show_places(symptom_words.place_names(care.places(include_archived=True)))
        self.bar.kinds.show_there(desk.timeline(self.context).counts())
        self.bar.order()
        self.model.read(self.bar.wanted())
        self._show_or_empty()
        self.list.choose(open_one.key if open_one is not None else None)
        self.list.verticalScrollBar().setValue(at)
        self.help.show_number(emergency_number(care))
        self.ongoing.reload()
        self.prescription.reload()
        self._arrange()

    def _started(self) -> date | None:
        treatment = self.context.care.current()
        return treatment.started_on if treatment is not None else None

    def _show_or_empty(self) -> None:
        empty = self.model.rowCount() == 0
        less = narrowed(self.model.filter())
        self.list.setVisible(not empty)
        self._empty.setVisible(empty and not less)
        self._none.setVisible(empty and less)
        # The empty page begins with its own button; two filled ones would compete.
        self.add.setVisible(not empty or less)
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
        """Show the list; ``"add"``, or ``"add estimate"``, opens the sheet for a new entry, a key opens that entry."""
        fresh = self._stale.any
        super().enter(argument)
        self._warm()
        if not fresh:
            self.ongoing.reload()  # the day may be another one
        if isinstance(argument, str) and argument.startswith("add"):
            self.sheets.add(argument.removeprefix("add").strip() or "symptom")
        elif isinstance(argument, tuple):
            self.show_entry(argument)

    def _warm(self) -> None:
        """Read once, in the background, what a search looks through: the first letter is then as quick as the next."""
        if not self._warmed:
            self._warmed = True
            line = desk.timeline(self.context)
            self.context.tasks.run(_warming(line), self._on_warm, self._on_not_warm, writes=False)

    def _on_warm(self, _nothing: None) -> None:
        """Nothing to show: the next search is quick."""

    def _on_not_warm(self, _error: Exception) -> None:
        self._warmed = False  # a search reads it, and says what is wrong

    def focus_start(self) -> None:
        """Put the keyboard on the list, or on the way to begin one."""
        if self.model.rowCount():
            self.list.setFocus()
        else:
            self.add.setFocus()

    # Searching

    def _on_typed(self) -> None:
        self._typing.start()

    def _apply(self) -> None:
        self._typing.stop()
        wanted = self.bar.wanted()
        if wanted != self.model.filter():
            try:
                self.model.read(wanted)
            except CompanionError as error:
                self.context.host.say_problem(error)
                return
            self.list.scrollToTop()
        self._show_or_empty()

    def _show_all(self) -> None:
        self.bar.clear()
        self._apply()
        self.bar.search.setFocus()

    # Doing

    def _on_add(self) -> None:
        if self.menu is None:
            self.menu = AddMenu(self)
            self.menu.wanted.connect(self.sheets.add)
        self.menu.open_below(self.add)

    def _on_add_note(self) -> None:
        self.sheets.add("note")

    def _on_help(self) -> None:
        self.context.host.show_help()

    def _on_wanted(self, action: str, row: EntryRow) -> None:
        if action == "edit":
            self.sheets.edit(row.item)
            return
        try:
            if action == "history":
                self.sheets.history(row.item)
                return
            done, take_back = (desk.delete if action == "delete" else desk.end)(self.context, row.item)
        except CompanionError as error:
            self.context.host.say_problem(error)
            return
        said = say("journal.undo.deleted")
        if isinstance(row.entry, SymptomEntry) and action == "gone":
            said = say("journal.undo.gone", name=symptom_name(row.entry.code))
        elif action == "over":
            said = say("journal.undo.over", name=row.headline[:80])
        if done.undo is not None:
            self.context.host.offer_undo(said, done.undo, take_back)
        self.context.bus.announce(done.changes)
        self.list.setFocus()


def _warming(line: Timeline) -> Callable[[Job], None]:
    def work(_job: Job) -> None:
        line.warm()

    return work

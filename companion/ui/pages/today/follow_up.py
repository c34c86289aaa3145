"""What may follow a side effect noted by one click: where, how bad, how much it bothers; each answer is kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.domain.reactions import SymptomEntry
from companion.domain.today import TodayView
from companion.services.journal import symptom_name
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.today import words
from companion.ui.pages.where import WhereChips
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Divider
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.fields import Field
from companion.ui.widgets.once import OnceRow
from companion.wording import say


class FollowUp(QWidget):
    """Asks where, how bad and how much it bothers, about a side effect that is noted already; each answer is kept."""

    finished = Signal()
    more_wanted = Signal(object)

    def __init__(self, context: Context, entry: SymptomEntry, view: TodayView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._id = entry.id
        time = words.clock(entry.at, entry.zone)
        said = say("today.skin.noted", name=symptom_name(entry.code), time=time)
        self.setAccessibleName(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GAP_TIGHT, 0, theme.GAP_TIGHT)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(Divider())
        column.addWidget(labels.strong(said))
        column.addWidget(labels.small(say("today.skin.more")))
        self.places = WhereChips(context, [place for place in view.places if not place.archived])
        self.places.changed.connect(self._keep)
        self.bad = ChipGroup(symptom_words.scale("bad"), say("symptoms.bad"))
        self.bad.changed.connect(self._keep)
        self.bothers = ChipGroup(symptom_words.scale("bothers"), say("symptoms.bothers"))
        self.bothers.changed.connect(self._keep)
        column.addWidget(Field(say("symptoms.where"), self.places))
        column.addWidget(Field(say("symptoms.bad"), self.bad))
        column.addWidget(Field(say("symptoms.bothers"), self.bothers))
        row = OnceRow()
        self.done = buttons.secondary(say("today.skin.done"))
        self.done.clicked.connect(self.finished)
        self.more = buttons.quiet(say("today.skin.all"))
        self.more.clicked.connect(self._more)
        row.put(self.done)
        row.put(self.more)
        column.addWidget(row)
        column.addWidget(Divider())

    def _keep(self, _chosen: tuple[str, ...]) -> None:
        """Store what is chosen now."""
        journal = self._context.journal
        try:
            entry = journal.get_symptom(self._id)
            if entry is None:
                return
            done = journal.edit_symptom(
                replace(
                    entry,
                    places=tuple(int(key) for key in self.places.chosen()),
                    bad=_number(self.bad.chosen()),
                    bothers=_number(self.bothers.chosen()),
                ),
                help_shown=True,
            )
        except CompanionError as error:
            self._context.host.say_problem(error)
        else:
            self._context.bus.announce(done.changes)

    def _more(self) -> None:
        entry = self._context.journal.get_symptom(self._id)
        self.finished.emit()
        if entry is not None:
            self.more_wanted.emit(entry)


def _number(chosen: tuple[str, ...]) -> int | None:
    return int(chosen[0]) if chosen else None

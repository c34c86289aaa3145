"""How does your skin feel? One click notes it; what more there is to say can follow, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError, NeedsAnswer, PersonError
from companion.domain.moments import local_day
from companion.domain.reactions import SymptomKind
from companion.domain.today import TodayView
from companion.services.changes import Done, Undo
from companion.services.journal import NewSymptom, symptom_name, symptoms
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.widgets.card import Card
from companion.ui.widgets.chips import ActionChip, Chip
from companion.ui.widgets.once import OnceRow
from companion.ui.widgets.order import tab_after
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.ui.pages.today.follow_up import FollowUp
    from companion.ui.widgets.message import InlineMessage

NOTHING = "nothing_on"
"""The setting that remembers the last day for which there was nothing to report."""


class SkinCard(Card):
    """Notes side effects. ``more_wanted`` is sent with an entry to be written in full, or ``None`` for another one.

    ``grown`` carries the part that was added to the card, to be scrolled into view.
    """

    more_wanted = Signal(object)
    grown = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(say("today.skin.title"), parent=parent)
        self._context = context
        self._view: TodayView | None = None
        self._row = OnceRow(row_gap=2)
        self._row.setAccessibleName(say("today.skin.chips"))
        self.nothing = Chip(say("today.skin.nothing"))
        self.nothing.clicked.connect(self._on_nothing)
        self._row.put(self.nothing)
        for symptom in sorted(
            (each for each in symptoms() if each.common), key=lambda each: each.kind is not SymptomKind.LOCAL
        ):
            chip = ActionChip(symptom_words.chip_name(symptom.code))
            chip.setAccessibleName(symptom_name(symptom.code))
            chip.setProperty("code", symptom.code)
            chip.clicked.connect(self._on_chip)
            self._row.put(chip)
        self._else = ActionChip(say("today.skin.else"), "plus")
        self._else.clicked.connect(self._on_else)
        self._row.put(self._else)
        self.add(self._row)
        self._problem: InlineMessage | None = None
        self._follow: FollowUp | None = None
        self._last = labels.small("")
        self.add(self._last)

    def chip(self, code: str) -> ActionChip:
        """Return the chip of a side effect. Raises ``StopIteration`` when it is not offered."""
        return next(chip for chip in self.findChildren(ActionChip) if chip.property("code") == code)

    def show_skin(self, view: TodayView) -> None:
        """Show what was noted last."""
        self._view = view
        quiet = view.nothing_on == view.day
        self.nothing.setChecked(quiet)
        self._last.setText(last_line(view))

    # Noting

    def _on_chip(self) -> None:
        sender = self.sender()
        if isinstance(sender, ActionChip):
            self.note(sender.property("code"))

    def note(self, code: str) -> None:
        """Note a side effect at once; the get-help page comes first where the list says so."""
        self._clear_problem()
        try:
            done = self._add(NewSymptom(code))
        except CompanionError as error:
            self._refused(error)
            return
        changes = done.changes
        if self._view is not None and self._view.nothing_on == self._view.day:
            changes |= self._context.care.put_setting(NOTHING, "").changes
        if done.undo is not None:
            text = say("today.skin.undo", name=symptom_name(code))
            self._context.host.offer_undo(text, done.undo, self._take_back)
        self._follow_up(done.id)
        self._context.bus.announce(changes)

    def _add(self, new: NewSymptom) -> Done:
        try:
            return self._context.journal.add_symptom(new)
        except NeedsAnswer as question:
            self._context.host.show_help(str(question.values["category"]))
            return self._context.journal.add_symptom(replace(new, help_shown=True))

    def _take_back(self, undo: Undo) -> Done:
        self._close_follow_up()
        return self._context.journal.undo(undo)

    def _on_nothing(self) -> None:
        self._clear_problem()
        view = self._view
        if view is None or view.nothing_on == view.day:
            self.nothing.setChecked(view is not None)
            return
        self._close_follow_up()
        try:
            done = self._context.journal.add_note(say("today.skin.nothing_note"))
            kept = self._context.care.put_setting(NOTHING, view.day.isoformat())
        except CompanionError as error:
            self.nothing.setChecked(False)
            self._refused(error)
            return
        if done.undo is not None:
            self._context.host.offer_undo(say("today.skin.undo_nothing"), done.undo, self._take_nothing_back)
        self._context.bus.announce(done.changes | kept.changes)

    def _take_nothing_back(self, undo: Undo) -> Done:
        kept = self._context.care.put_setting(NOTHING, "")
        done = self._context.journal.undo(undo)
        return replace(done, changes=done.changes | kept.changes)

    def _on_else(self) -> None:
        self.more_wanted.emit(None)

    # What may follow

    def _follow_up(self, entry_id: int) -> None:
        self._close_follow_up()
        entry = self._context.journal.get_symptom(entry_id)
        if entry is None or self._view is None:
            return
        from companion.ui.pages.today.follow_up import FollowUp

        self._follow = FollowUp(self._context, entry, self._view)
        self._follow.finished.connect(self._on_finished)
        self._follow.more_wanted.connect(self.more_wanted)
        self.body.insertWidget(self.body.indexOf(self._row) + 1, self._follow)
        self._follow.show()
        tab_after(self._else, self._follow)
        self.grown.emit(self._follow)

    def follow_up(self) -> FollowUp | None:
        """Return the panel that asks for more, while it is there."""
        return self._follow

    def _on_finished(self) -> None:
        self._close_follow_up()
        self.nothing.setFocus()

    def _close_follow_up(self) -> None:
        if self._follow is not None:
            self.body.removeWidget(self._follow)
            self._follow.hide()
            self._follow.deleteLater()
            self._follow = None

    def _refused(self, error: CompanionError) -> None:
        if not isinstance(error, PersonError):
            self._context.host.say_problem(error)
            return
        from companion.ui.messages import explain
        from companion.ui.widgets.message import InlineMessage

        self._problem = InlineMessage(explain(error, self._context.clock.zone()), "attention", closable=True)
        self.body.insertWidget(self.body.indexOf(self._row) + 1, self._problem)
        self._problem.show()

    def _clear_problem(self) -> None:
        if self._problem is not None:
            self.body.removeWidget(self._problem)
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None


def last_line(view: TodayView) -> str:
    """Return what was noted last: nothing to report today, or the last side effect and when."""
    if view.nothing_on == view.day:
        return say("today.skin.nothing_noted")
    entry = view.last_symptom
    if entry is None:
        return say("today.skin.none")
    what = symptom_words.headline(entry, symptom_words.names_inside(view.places))
    ago = dates.days_ago((view.day - local_day(entry.at, entry.zone)).days)
    if entry.ended_on is None:
        return say("today.skin.last", what=what, ago=ago)
    return say("today.skin.last_gone", what=what, ago=ago, day=_short(entry.ended_on, view.day))


def _short(day: date, today: date) -> str:
    return dates.short_day(day) if day.year == today.year else dates.short_day_year(day)

"""What a press on a slot's card does: the calls to the services, the question first where there is one, the undo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from companion.domain.dosing import Application, Outcome, Question
from companion.domain.errors import CompanionError, NeedsAnswer, PersonError
from companion.domain.moments import Slot
from companion.domain.today import SlotCard, TodayView
from companion.services.applications import Log
from companion.services.changes import Done
from companion.ui.context import Context
from companion.ui.pages.today import words
from companion.ui.pages.today.slot_card import SlotCardView, outcome_of
from companion.wording import say


class SlotActions(QObject):
    """Carries out what the slot cards ask for, and opens the sheet over the window of ``over``."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        self._over = over
        self._view: TodayView | None = None
        self._waiting: dict[Slot, Log] = {}

    def know(self, view: TodayView | None) -> None:
        """Be told what is shown now."""
        self._view = view

    def tie(self, card: SlotCardView) -> None:
        """Listen to a card."""
        card.wanted.connect(self._on_wanted)
        card.answered.connect(self._on_answered)
        card.extra_wanted.connect(self.edit)

    def _on_wanted(self, action: str, slot: Slot) -> None:
        card, view = self.sender(), self._view
        if not isinstance(card, SlotCardView) or view is None:
            return
        shown = _card_of(view, slot)
        if action == "apply":
            self._log(card, Log(slot=slot))
        elif action == "apply_at":
            self._log(card, Log(slot=slot, at=shown.due if shown else None))
        elif action == "other_time":
            self.edit_slot(slot)
        elif action == "edit" and card.row is not None:
            self.edit(card.row)
        elif action == "undo" and card.row is not None:
            self._remove(card, card.row)
        elif action in ("skip", "missed"):
            self._say_outcome(card, slot, outcome_of(action))

    def _log(self, card: SlotCardView, what: Log) -> None:
        slot = what.slot
        assert slot is not None
        assert self._view is not None
        card.leave_question()
        try:
            done = self._context.applications.log(what)
        except NeedsAnswer as question:
            self._waiting[slot] = what
            values = question.values
            at = values.get("at")
            card.ask(question.questions, at, self._view)  # type: ignore[arg-type]
        except CompanionError as error:
            self._refused(card, error)
        else:
            at = what.at or self._context.clock.now()
            time = words.clock(at, self._context.clock.zone())
            self._after(done, say("today.undo.applied", slot=self._name(slot), time=time))

    def _on_answered(self, slot: Slot, anyway: bool) -> None:
        card, what = self.sender(), self._waiting.pop(slot, None)
        if anyway and what is not None and isinstance(card, SlotCardView):
            self._log(card, replace(what, answered=frozenset(Question)))

    def _say_outcome(self, card: SlotCardView, slot: Slot, outcome: Outcome) -> None:
        card.leave_question()
        try:
            done = self._context.applications.set_outcome(slot, outcome)
        except CompanionError as error:
            self._refused(card, error)
        else:
            self._after(done, say(f"today.undo.{outcome.value}", slot=self._name(slot)))

    def _remove(self, card: SlotCardView, row: Application) -> None:
        try:
            done = self._context.applications.remove(row.id)
        except CompanionError as error:
            self._refused(card, error)
        else:
            self._after(done, say("today.undo.removed", slot=self._name(row.slot)))

    def edit(self, row: Application) -> None:
        """Open the sheet that changes one recorded word."""
        self._open(row.slot, row)

    def edit_slot(self, slot: Slot) -> None:
        """Open the sheet that records a slot about which nothing is known."""
        self._open(slot, None)

    def _again(self, slot: Slot) -> None:
        self._open(slot, None, again=True)

    def _open(self, slot: Slot, row: Application | None, again: bool = False) -> None:
        from companion.ui.pages.today.sheet import ApplicationSheet

        if self._view is None:
            return
        sheet = ApplicationSheet(self._context, self._view, slot, row, self._over, again)
        sheet.stored.connect(self._after)
        sheet.again_wanted.connect(self._again)
        sheet.open()

    def _after(self, done: Done, text: str) -> None:
        if done.help is not None:
            self._context.host.show_help(done.help)
        if done.undo is not None:
            self._context.host.offer_undo(text, done.undo, self._context.applications.undo)
        self._context.bus.announce(done.changes)

    def _refused(self, card: SlotCardView, error: CompanionError) -> None:
        if not isinstance(error, PersonError):
            self._context.host.say_problem(error)
            return
        from companion.ui.messages import explain

        card.say_problem(explain(error, self._context.clock.zone()))

    def _name(self, slot: Slot) -> str:
        assert self._view is not None
        return words.slot_name(slot, self._view.day)


def _card_of(view: TodayView, slot: Slot) -> SlotCard | None:
    cards = (*view.cards, view.carried)
    return next((card for card in cards if card is not None and card.slot == slot), None)

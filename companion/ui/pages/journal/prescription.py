"""What stands on the prescription: a card that has it at hand, and the sheet that writes it down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.care import MAX_NAME, Prescription
from companion.domain.errors import CompanionError, NeedsAnswer
from companion.services.changes import Done
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.journal import desk
from companion.ui.pages.journal.care_sheet import EARLIEST
from companion.ui.pages.journal.texts import day_said
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

FACTS = ("prescriber", "pharmacy", "number", "refills", "insurance")


class PrescriptionCard(Card):
    """Shows what was written down; hidden while nothing was. ``wanted`` is sent when it is to be changed."""

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(say("journal.prescription.title"), parent=parent)
        self._context = context
        self._text = labels.user_text("", "small")
        self._text.set_selectable()
        self.add(self._text)
        self.button = buttons.quiet(say("journal.edit"), "edit")
        self.button.setAccessibleName(say("journal.prescription.edit"))
        self.button.clicked.connect(self.wanted)
        self.add(self.button)
        self.hide()

    def reload(self) -> None:
        """Show what is written down now."""
        facts = desk.prescription(self._context).get()
        lines = [
            say("journal.prescription.row", name=say(f"journal.prescription.{each}"), text=getattr(facts, each))
            for each in FACTS
            if getattr(facts, each)
        ]
        if facts.started_on is not None:
            day = day_said(facts.started_on, self._context.care.today())
            lines.append(say("journal.prescription.row", name=say("journal.prescription.started_on"), text=day))
        self._text.setText("\n".join(lines))
        self.setVisible(bool(lines))


class PrescriptionSheet(Sheet):
    """Writes down what stands on the prescription; everything may stay empty."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over, say("journal.prescription.title"), say("journal.prescription.text"))
        self._context = context
        facts = desk.prescription(context).get()
        today = context.care.today()
        self._problem: InlineMessage | None = None
        self.fields: dict[str, TextField] = {}
        for each in FACTS:
            name = say(f"journal.prescription.{each}")
            self.fields[each] = TextField(name, getattr(facts, each))
            self.fields[each].setMaxLength(MAX_NAME)
            self.add(Field(name, self.fields[each]))
        name = say("journal.prescription.started_on")
        self.started = DayField(name, today, facts.started_on, today - EARLIEST, today)
        self._started_field = Field(name, self.started)
        self.add(self._started_field)
        self.add_button(say("journal.sheet.save"), "primary").clicked.connect(self._save)
        self.finished.connect(self.deleteLater)

    def _save(self) -> None:
        problem = self.started.problem(needed=False)
        self._started_field.set_error(problem)
        if problem:
            self.restyle()
            self.reveal(self._started_field)
            self.started.setFocus()
            return
        texts = {each: self.fields[each].text().strip() for each in FACTS}
        facts = Prescription(started_on=self.started.value(), **texts)
        try:
            done = self._put(facts)
        except CompanionError as error:
            self._say(explain(error, self._context.clock.zone()))
            return
        self.accept()
        if done.undo is not None:
            said = say("journal.prescription.kept")
            self._context.host.offer_undo(said, done.undo, desk.prescription(self._context).undo)
        self._context.bus.announce(done.changes)

    def _put(self, facts: Prescription) -> Done:
        service = desk.prescription(self._context)
        try:
            return service.put(facts)
        except NeedsAnswer as question:
            self._context.host.show_help(str(question.values["category"]))
            return service.put(facts, help_shown=True)

    def _say(self, text: str) -> None:
        if self._problem is None:
            self._problem = InlineMessage(text, "attention")
            self.add(self._problem)
        self._problem.show_message(text, "attention")
        self._problem.show()
        self.restyle()

"""What the sheets of all other entries share: the day, the note, saving with help first, errors beside their field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from companion.domain.care import CareEntry, CareKind, Fact
from companion.domain.errors import CompanionError, NeedsAnswer, PersonError
from companion.services.care_entries import NewCare
from companion.services.changes import Done
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.journal import desk
from companion.ui.pages.symptom_form import Unfinished
from companion.ui.pages.where import WhereChips
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, NoteField
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

EARLIEST = timedelta(days=365 * 60)
Draft = dict[str, str]
"""What was typed into a new sheet that was closed unsaved, by the name of the field."""


class CareSheet(Sheet):
    """Notes a new entry of one kind, or corrects ``entry``; it tells the window itself what changed.

    A kind of its own says what it asks in :meth:`build` and what was answered in :meth:`fact`. ``left`` is sent with
    what was typed when a new one is closed unsaved; ``draft`` puts it back.
    """

    left = Signal(dict)
    kind: ClassVar[CareKind]
    wide: ClassVar[int] = 560

    def __init__(
        self, context: Context, over: QWidget, entry: CareEntry | None = None, draft: Draft | None = None
    ) -> None:
        which = "edit" if entry is not None else "new"
        super().__init__(over, say(f"journal.{self.kind.value}.{which}"), width=self.wide)
        self.context, self.entry = context, entry
        self.today = context.care.today()
        self.where: WhereChips | None = None
        self._texts: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._fields: dict[str, Field] = {}
        self._problem: InlineMessage | None = None
        self.day = DayField(
            say(f"journal.{self.kind.value}.day"),
            self.today,
            entry.day if entry is not None else self.today,
            self.today - EARLIEST,
            self.today,
        )
        self.day_field = Field(say(f"journal.{self.kind.value}.day"), self.day)
        self._fields.update(dict.fromkeys(("in_future", "day_too_early"), self.day_field))
        self.build()
        self._build_note()
        for name, text in (draft or {}).items():
            if name in self._texts:
                self._put_text(name, text)
        self.add_button(say("journal.sheet.save"), "primary").clicked.connect(self.save)
        if entry is not None:
            self.add_button(say("journal.sheet.delete"), "quiet").clicked.connect(self._delete)
        self.finished.connect(self.deleteLater)

    # For the kinds

    def build(self) -> None:
        """Add the fields of the kind, :attr:`day_field` among them."""
        raise NotImplementedError

    def fact(self) -> Fact:
        """Return what was answered. Raises :class:`Unfinished` after saying beside a field what is missing."""
        raise NotImplementedError

    def ended_on(self) -> date | None:
        """Return the last day of what has one."""
        return None

    def places(self) -> tuple[int, ...]:
        """Return the ids of the places chosen."""
        return tuple(int(key) for key in self.where.chosen()) if self.where is not None else ()

    def put(self, key: str, name: str, control: QWidget, hint: str = "", errors: tuple[str, ...] = ()) -> Field:
        """Add a named field; what the service says with one of ``errors`` is said beside it."""
        field = Field(name, control, hint)
        self._fields.update(dict.fromkeys(errors, field))
        if isinstance(control, QLineEdit | QPlainTextEdit):
            self._texts[key] = control
        self.add(field)
        return field

    def say_beside(self, errors: tuple[str, ...], field: Field) -> None:
        """Say what the service calls one of ``errors`` beside ``field``."""
        self._fields.update(dict.fromkeys(errors, field))

    def ask_where(self) -> None:
        """Add the question for places."""
        chosen = self.entry.places if self.entry is not None else ()
        every = self.context.care.places(include_archived=True)
        self.where = WhereChips(self.context, [each for each in every if not each.archived or each.id in chosen])
        self.where.choose(str(number) for number in chosen)
        self.where.resized.connect(self.restyle)
        self.put("where", say("symptoms.where"), self.where, errors=("unknown_place", "one_place"))

    def wrong(self, field: Field, text: str) -> Unfinished:
        """Say what is wrong beside a field and show it; return what to raise."""
        field.set_error(text)
        self.restyle()
        self.reveal(field)
        control = field.control
        button = control.findChild(QAbstractButton) if control.focusPolicy() == Qt.FocusPolicy.NoFocus else None
        (control.focusProxy() or button or control).setFocus()
        return Unfinished()

    # Saving

    def _build_note(self) -> None:
        self.note = NoteField(say("journal.sheet.note_text"), self.entry.note if self.entry is not None else "")
        self.put("note", say("journal.sheet.note_text"), self.note, errors=("note_too_long",))

    def _put_text(self, name: str, text: str) -> None:
        field = self._texts[name]
        if isinstance(field, QLineEdit):
            field.setText(text)
        else:
            field.setPlainText(text)

    def _day(self) -> date:
        day = self.day.value()
        if day is None:
            raise self.wrong(self.day_field, self.day.problem())
        return day

    def save(self) -> None:
        """Store what was entered; what is wrong is said beside its field, and everything typed stays."""
        for field in {*self._fields.values()}:
            field.set_error("")
        if self._problem is not None:
            self._problem.hide()
        try:
            done = self._store(self.fact(), self._day(), self.ended_on())
        except Unfinished:
            self.restyle()
        except PersonError as error:
            self._beside(error)
        except CompanionError as error:
            self._say(explain(error, self.context.clock.zone()))
        else:
            added = say(f"journal.{self.kind.value}.added")
            self._finish(done, say("journal.undo.edited") if self.entry is not None else added)

    def _store(self, fact: Fact, day: date, ended_on: date | None) -> Done:
        care, note, places = desk.entries(self.context), self.note.toPlainText(), self.places()
        entry = self.entry
        if entry is not None:
            row = replace(entry, what=fact, day=day, ended_on=ended_on, places=places, note=note)
            try:
                return care.edit(row)
            except NeedsAnswer as question:
                self.context.host.show_help(str(question.values["category"]))
                return care.edit(row, help_shown=True)
        new = NewCare(fact, None, None if day == self.today else day, ended_on, places, note)
        try:
            return care.add(new)
        except NeedsAnswer as question:
            self.context.host.show_help(str(question.values["category"]))
            return care.add(replace(new, help_shown=True))

    def _delete(self) -> None:
        assert self.entry is not None
        try:
            done = desk.entries(self.context).delete(self.entry.id)
        except CompanionError as error:
            self._say(explain(error, self.context.clock.zone()))
        else:
            self._finish(done, say("journal.undo.deleted"))

    def _finish(self, done: Done, said: str) -> None:
        self.accept()
        if done.undo is not None:
            self.context.host.offer_undo(said, done.undo, desk.entries(self.context).undo)
        self.context.bus.announce(done.changes)

    def reject(self) -> None:
        """Close; what was typed into a new entry is not lost."""
        if self.entry is None:
            typed = {
                name: field.text() if isinstance(field, QLineEdit) else field.toPlainText()
                for name, field in self._texts.items()
            }
            self.left.emit({name: text for name, text in typed.items() if text.strip()})
        super().reject()

    def _beside(self, error: PersonError) -> None:
        text = explain(error, self.context.clock.zone())
        field = self._fields.get(error.key)
        if field is None:
            self._say(text)
        else:
            self.wrong(field, text)

    def _say(self, text: str) -> None:
        if self._problem is None:
            self._problem = InlineMessage(text, "attention")
            self.add(self._problem)
        self._problem.show_message(text, "attention")
        self._problem.show()
        self.restyle()
        self.reveal(self._problem)

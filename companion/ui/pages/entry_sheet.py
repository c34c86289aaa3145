"""The sheet that notes a side effect or a free note, or corrects one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.domain.errors import CompanionError, NeedsAnswer
from companion.domain.moments import instant_of, local, local_day
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.services.changes import Done
from companion.services.journal import Entry, NewSymptom, help_for_text, symptom_name
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.symptom_form import SymptomForm, Unfinished
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, NoteField
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.switches import SegmentedControl
from companion.ui.widgets.time_field import TimeField
from companion.wording import say

EARLIEST = timedelta(days=365 * 30)


class EntrySheet(Sheet):
    """Notes a new entry, or corrects ``entry``; it tells the window itself what changed and how to undo it.

    The get-help page is shown before anything urgent is stored, also when only a typed word calls for it. ``draft`` is
    the text of a note begun earlier, ``kind`` what a new entry begins as (``symptom`` or ``note``); ``left`` is sent
    with what was typed when a new note is closed unsaved.
    """

    left = Signal(str)

    def __init__(
        self, context: Context, over: QWidget, entry: Entry | None = None, draft: str = "", kind: str = ""
    ) -> None:
        titles = {SymptomEntry: "journal.sheet.edit_symptom", NoteEntry: "journal.sheet.edit_note"}
        super().__init__(over, say(titles.get(type(entry), "journal.sheet.new")))
        self._context, self._entry = context, entry
        self._zone = entry.zone if entry is not None else context.clock.zone()
        self._problem: InlineMessage | None = None
        symptom = entry if isinstance(entry, SymptomEntry) else None
        self._kind = SegmentedControl(
            [("symptom", say("journal.sheet.symptom")), ("note", say("journal.sheet.note"))], say("journal.sheet.kind")
        )
        note = isinstance(entry, NoteEntry) or (entry is None and (kind == "note" or bool(draft)))
        self._kind.choose("note" if note else "symptom")
        self._kind.changed.connect(self._on_kind)
        if entry is not None:
            self._kind.hide()
        self.add(self._kind)
        self.form = SymptomForm(context, symptom, self._today())
        self.form.resized.connect(self.restyle)
        self.add(self.form)
        text = entry.text if isinstance(entry, NoteEntry) else draft
        self.text = NoteField(say("journal.sheet.text"), text, say("journal.sheet.text_hint"), lines=7)
        self._text_field = Field(say("journal.sheet.text"), self.text)
        self.add(self._text_field)
        self._build_when()
        self.add_button(say("journal.sheet.save"), "primary").clicked.connect(self._save)
        if entry is not None:
            self.add_button(say("journal.sheet.delete"), "quiet").clicked.connect(self._delete)
        self._show_kind()
        self.finished.connect(self.deleteLater)

    def _build_when(self) -> None:
        at = self._entry.at if self._entry is not None else self._context.clock.now()
        here = local(at, self._zone)
        self.day = DayField(
            say("journal.sheet.day"), self._today(), here.date(), self._today() - EARLIEST, self._today()
        )
        self.time = TimeField(say("journal.sheet.time"), here.time().replace(second=0, microsecond=0))
        self._when = QWidget()
        row = QHBoxLayout(self._when)  # in equal parts: what is wrong with a day needs room for its words
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self._day_field = Field(say("journal.sheet.day"), self.day)
        row.addWidget(self._day_field, 1)
        row.addWidget(Field(say("journal.sheet.time"), self.time), 1)
        self.add(self._when)

    def _today(self) -> date:
        return local_day(self._context.clock.now(), self._context.clock.zone())

    def _first(self) -> QWidget | None:
        """Return what takes the keyboard first: a note's text, the side effect chosen, else the choice of a kind."""
        if self.kind() == "note":
            return self.text
        chosen = self.form.what.chosen()
        return self.form.what.chip(chosen[0]) if chosen else super()._first()

    def kind(self) -> str:
        """Return what is being written: ``symptom`` or ``note``."""
        return self._kind.chosen()

    def choose_kind(self, kind: str) -> None:
        """Write a side effect or a note."""
        self._kind.choose(kind)
        self._show_kind()

    def _on_kind(self, _kind: str) -> None:
        self._show_kind()
        self.restyle()

    def _show_kind(self) -> None:
        symptom = self.kind() == "symptom"
        self.form.setVisible(symptom)
        self._text_field.setVisible(not symptom)

    # Storing

    def _save(self) -> None:
        for field in (self._day_field, self._text_field, self.form.ended_field, self.form.note_field):
            field.set_error("")
        try:
            at = self._at()
            done, said = self._store_symptom(at) if self.kind() == "symptom" else self._store_note(at)
        except Unfinished:
            self.restyle()
        except CompanionError as error:  # whoever is to blame, what was written stays in the sheet
            self._beside(error)
        else:
            self._finish(done, said)

    def _beside(self, error: CompanionError) -> None:
        """Say what is wrong beside the field it is about, or below all of them."""
        text = explain(error, self._context.clock.zone())
        symptom = self.kind() == "symptom"
        fields: dict[str, Field] = {"in_future": self._day_field, "note_empty": self._text_field}
        if symptom:
            fields["end_before_start"] = self.form.ended_field
        if error.key == "note_too_long":
            fields[error.key] = self.form.note_field if symptom else self._text_field
        field = fields.get(error.key)
        if field is None:
            self._say(text)
            return
        field.set_error(text)
        self.restyle()
        self.reveal(field)
        (field.control.focusProxy() or field.control).setFocus()

    def _at(self) -> datetime:
        day, time = self.day.value(), self.time.value()
        moment = instant_of(day, time, self._zone) if day is not None and time is not None else None
        if moment is None:
            self._day_field.set_error(self.day.problem() or say("journal.sheet.when_invalid"))
            (self.day if self.day.problem() else self.time).setFocus()
            self.reveal(self._day_field)
            raise Unfinished
        self._day_field.set_error("")
        if self._entry is not None and _minute(self._entry.at) == _minute(moment):
            return self._entry.at
        # The minute that is running began in the past, whatever the seconds say.
        return moment

    def _store_symptom(self, at: datetime) -> tuple[Done, str]:
        filled = self.form.filled()
        entry, journal = self._entry, self._context.journal
        before = f"{entry.note}\n{entry.action}" if isinstance(entry, SymptomEntry) else ""
        shown = self._show_help_for(f"{filled.note}\n{filled.action}", before)
        if not isinstance(entry, SymptomEntry):
            new = replace(filled, at=at, help_shown=shown)
            name = symptom_name(new.code)
            try:
                return journal.add_symptom(new), say("journal.undo.added_symptom", name=name)
            except NeedsAnswer as question:
                self._help(question)
                return journal.add_symptom(replace(new, help_shown=True)), say("journal.undo.added_symptom", name=name)
        row = corrected(entry, filled, at)
        if row.code != entry.code:
            # Another side effect than the one the page was shown for.
            row = replace(row, help_shown_at=None)
        try:
            return journal.edit_symptom(row, shown), say("journal.undo.edited")
        except NeedsAnswer as question:
            self._help(question)
            return journal.edit_symptom(row, True), say("journal.undo.edited")

    def _store_note(self, at: datetime) -> tuple[Done, str]:
        text = self.text.toPlainText()
        entry, journal = self._entry, self._context.journal
        shown = self._show_help_for(text, entry.text if isinstance(entry, NoteEntry) else "")
        if isinstance(entry, NoteEntry):
            row = replace(entry, text=text, at=at)
            try:
                return journal.edit_note(row, shown), say("journal.undo.edited")
            except NeedsAnswer as question:
                self._help(question)
                return journal.edit_note(row, True), say("journal.undo.edited")
        try:
            return journal.add_note(text, at, shown), say("journal.undo.added_note")
        except NeedsAnswer as question:
            self._help(question)
            return journal.add_note(text, at, True), say("journal.undo.added_note")

    def _show_help_for(self, text: str, before: str) -> bool:
        """Show the get-help page for what the text newly calls for; return whether it was shown."""
        known = set(help_for_text(before)) if before.strip() else set()
        new = [category for category in help_for_text(text) if category not in known]
        if new:
            self._context.host.show_help(new[0])
        return bool(new)

    def _help(self, question: NeedsAnswer) -> None:
        self._context.host.show_help(str(question.values["category"]))

    def _delete(self) -> None:
        entry, journal = self._entry, self._context.journal
        assert entry is not None
        try:
            symptom = isinstance(entry, SymptomEntry)
            done = journal.delete_symptom(entry.id) if symptom else journal.delete_note(entry.id)
        except CompanionError as error:
            self._say(explain(error, self._context.clock.zone()))
        else:
            self._finish(done, say("journal.undo.deleted"))

    def _finish(self, done: Done, said: str) -> None:
        self.accept()
        if done.undo is not None:
            self._context.host.offer_undo(said, done.undo, self._context.journal.undo)
        self._context.bus.announce(done.changes)

    def reject(self) -> None:
        """Close; what was typed into a new note is not lost."""
        if self._entry is None:
            self.left.emit(self.text.toPlainText())
        super().reject()

    def _say(self, text: str) -> None:
        if self._problem is None:
            self._problem = InlineMessage(text, "attention")
            self.add(self._problem)
        self._problem.show_message(text, "attention")
        self._problem.show()
        self.restyle()


def corrected(entry: SymptomEntry, filled: NewSymptom, at: datetime) -> SymptomEntry:
    """Return an entry with what the form holds."""
    return replace(
        entry,
        code=filled.code,
        at=at,
        bad=filled.bad,
        bothers=filled.bothers,
        places=filled.places,
        ended_on=filled.ended_on,
        action=filled.action,
        told_doctor=filled.told_doctor,
        note=filled.note,
    )


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

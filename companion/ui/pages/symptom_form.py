"""The fields of a side effect: what, where, how bad, how much it bothers, whether it is gone, what was done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.reactions import SymptomEntry, SymptomKind
from companion.services.journal import NewSymptom, symptom_name, symptoms
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.where import WhereChips
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Choice, Field, NoteField, TextField
from companion.ui.widgets.switches import Check, SegmentedControl
from companion.wording import say

MORE = "more"
OTHER = "other"


class Unfinished(Exception):
    """Something entered cannot be used; it is said beside its field."""


class SymptomForm(QWidget):
    """What there is to say of a side effect. ``resized`` is sent when fields appear or go."""

    resized = Signal()

    def __init__(self, context: Context, entry: SymptomEntry | None, today: date) -> None:
        super().__init__()
        self._today = today
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_SMALL)
        self._build_what(entry.code if entry else "")
        self._build_where(context, entry)
        self.bad = ChipGroup(symptom_words.scale("bad"), say("symptoms.bad"))
        self.bothers = ChipGroup(symptom_words.scale("bothers"), say("symptoms.bothers"))
        if entry is not None:
            self.bad.choose(_key(entry.bad))
            self.bothers.choose(_key(entry.bothers))
        self._put(Field(say("symptoms.bad"), self.bad))
        self._put(Field(say("symptoms.bothers"), self.bothers))
        self._build_end(entry)
        self.action = TextField(say("journal.sheet.action"), entry.action if entry else "")
        self._put(Field(say("journal.sheet.action"), self.action))
        self.told = Check(say("journal.sheet.told"))
        self.told.setChecked(entry is not None and entry.told_doctor)
        self._put(self.told)
        self.note = NoteField(say("journal.sheet.note_text"), entry.note if entry else "")
        self.note_field = Field(say("journal.sheet.note_text"), self.note)
        self._put(self.note_field)

    def _put(self, widget: QWidget) -> QWidget:
        self._column.addWidget(widget)
        return widget

    def _build_what(self, code: str) -> None:
        common = [each.code for each in symptoms() if each.common]
        choices = [(each, symptom_words.chip_name(each)) for each in common]
        self.what = ChipGroup([*choices, (MORE, say("journal.sheet.more"))], say("journal.sheet.what"))
        self.what.changed.connect(self._on_what)
        self.full = Choice([("", say("journal.sheet.choose_one"))], say("journal.sheet.full_list"))
        self._fill_full()
        self.full.choose(code if code and code not in common else "")
        self.full.chosen_key.connect(self._on_full)
        self._full_field = Field(say("journal.sheet.full_list"), self.full)
        self._full_field.setVisible(bool(self.full.chosen()))
        if code:
            self.what.choose((code if code in common else MORE,))
        self._what_field = Field(say("journal.sheet.what"), self.what)
        self._put(self._what_field)
        self._put(self._full_field)

    def _fill_full(self) -> None:
        """List what has no chip: of the skin, general, other; after a line the urgent signs."""
        rest = [each for each in symptoms() if not each.common]
        calm = [each for each in rest if each.kind is not SymptomKind.RED_FLAG]
        calm.sort(key=lambda each: (each.code == OTHER, each.kind is not SymptomKind.LOCAL))
        urgent = [each for each in rest if each.kind is SymptomKind.RED_FLAG]
        for each in calm:
            self.full.addItem(symptom_name(each.code), each.code)
        self.full.insertSeparator(self.full.count())
        for each in urgent:
            self.full.addItem(symptom_name(each.code), each.code)

    def _build_where(self, context: Context, entry: SymptomEntry | None) -> None:
        chosen = entry.places if entry is not None else ()
        places = [
            place for place in context.care.places(include_archived=True) if not place.archived or place.id in chosen
        ]
        self.where = WhereChips(context, places)
        self.where.choose(str(number) for number in chosen)
        self.where.resized.connect(self.resized)
        self._put(Field(say("symptoms.where"), self.where))

    def _build_end(self, entry: SymptomEntry | None) -> None:
        ended = entry.ended_on if entry is not None else None
        self.state = SegmentedControl(
            [("still", say("journal.sheet.still")), ("gone", say("journal.sheet.gone"))], say("journal.sheet.state")
        )
        self.state.choose("still" if ended is None else "gone")
        self.state.changed.connect(self._on_state)
        self._put(Field(say("journal.sheet.state"), self.state))
        self.ended = DayField(say("journal.sheet.ended"), self._today, ended or self._today, latest=self._today)
        self.ended_field = Field(say("journal.sheet.ended"), self.ended)
        self.ended_field.setVisible(ended is not None)
        self._put(self.ended_field)

    def _on_what(self, chosen: tuple[str, ...]) -> None:
        self._what_field.set_error("")
        self._full_field.set_error("")
        self._full_field.setVisible(chosen == (MORE,))
        if chosen == (MORE,) and not self.full.chosen():
            self.full.choose("")
        self.resized.emit()

    def _on_full(self, _code: str) -> None:
        self._full_field.set_error("")
        self.resized.emit()

    def _on_state(self, state: str) -> None:
        self.ended_field.setVisible(state == "gone")
        self.resized.emit()

    def code(self) -> str:
        """Return the code chosen, or an empty text."""
        chosen = self.what.chosen()
        if not chosen:
            return ""
        return self.full.chosen() if chosen[0] == MORE else chosen[0]

    def filled(self) -> NewSymptom:
        """Return what is entered, without the instant. Raises :class:`Unfinished` after saying what is missing."""
        code = self.code()
        listed = self.what.chosen() == (MORE,)
        self._what_field.set_error("" if code or listed else say("journal.sheet.choose"))
        self._full_field.set_error(say("journal.sheet.choose_listed") if listed and not code else "")
        gone = self.state.chosen() == "gone"
        ended = self.ended.value() if gone else None
        self.ended_field.set_error(self.ended.problem() if gone else "")
        if not code or (gone and ended is None):
            raise Unfinished
        return NewSymptom(
            code,
            bad=_number(self.bad.chosen()),
            bothers=_number(self.bothers.chosen()),
            places=tuple(int(key) for key in self.where.chosen()),
            ended_on=ended,
            action=self.action.text(),
            told_doctor=self.told.isChecked(),
            note=self.note.toPlainText(),
        )


def _key(value: int | None) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _number(chosen: tuple[str, ...]) -> int | None:
    return int(chosen[0]) if chosen else None

"""The sheet that records one slot in full: what happened, when, where, how much, and a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.dosing import Application, Outcome, Question, due_at
from companion.domain.errors import CompanionError, NeedsAnswer
from companion.domain.moments import DAY, Slot, instant_of, local, local_day
from companion.domain.today import TodayView
from companion.services.applications import Log
from companion.services.changes import Done
from companion.services.treatment import rules_of
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.today import words
from companion.ui.pages.today.turn import LATE
from companion.ui.widgets.fields import Field, NoteField, TextField
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.switches import SegmentedControl
from companion.ui.widgets.time_field import TimeField
from companion.wording import dates, numbers, say

EARLIEST = timedelta(hours=6)
"""How long before a slot's time its application may be: 00:20 for an evening is the night after, not the one before."""


def instant_for(slot: Slot, at: time, due: datetime | None, zone: str) -> datetime | None:
    """Return the instant a wall-clock time means for a slot: the first one from six hours before it is due."""
    start = due - EARLIEST if due is not None else None
    for day in (slot.day - DAY, slot.day, slot.day + DAY):
        moment = instant_of(day, at, zone)
        if moment is not None and (day == slot.day if start is None else moment >= start):
            return moment
    return None


def parse_grams(text: str) -> float | None:
    """Return the number a person wrote, with a point or a comma. Raises ``ValueError`` for what is none."""
    plain = text.strip().lower().removesuffix("g").strip().replace(",", ".")
    if not plain:
        return None
    value = float(plain)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


def _minute(at: datetime, zone: str) -> time:
    return local(at, zone).time().replace(second=0, microsecond=0)


class ApplicationSheet(Sheet):
    """Records or changes one slot; ``stored`` is sent with what was done and the words for the undo bar.

    ``again_wanted`` carries the slot when the person says that it was applied once more. The sheet deletes itself.

    Args:
        view: what Today shows now.
        slot: the slot it is about.
        row: what is recorded of it, or ``None``.
        over: a widget of the window.
        again: record a further application of the same part instead.
    """

    stored = Signal(object, str)
    again_wanted = Signal(object)

    def __init__(
        self,
        context: Context,
        view: TodayView,
        slot: Slot,
        row: Application | None,
        over: QWidget,
        again: bool = False,
    ) -> None:
        name = say(f"today.{slot.part.value}")
        day = dates.full_day(slot.day)
        title = say("today.edit.title_extra", day=day) if again else say("today.edit.title", slot=name, day=day)
        super().__init__(over, title)
        self._context, self._view, self._slot, self._row, self._again = context, view, slot, row, again
        self._zone = row.zone if row is not None and not again else view.zone
        self._due = due_at(view.treatment, slot, self._zone)
        self._answered: frozenset[Question] = frozenset()
        self._question: InlineMessage | None = None
        self._problem: InlineMessage | None = None
        self._build_what()
        self._build_applied()
        self._note = NoteField(say("today.edit.note"), row.note if row and not again else "")
        self.add(Field(say("today.edit.note"), self._note))
        self._build_foot()
        self._show_fields()
        self.finished.connect(self.deleteLater)

    # Building

    def _build_what(self) -> None:
        choices = [(each.value, say(f"today.edit.{each.value}")) for each in Outcome]
        self._what = SegmentedControl(choices, say("today.edit.what"))
        self._what.choose(self._row.outcome.value if self._row and not self._again else Outcome.APPLIED.value)
        self._what.changed.connect(self._on_what)
        extra = self._again or (self._row is not None and self._row.ordinal > 0)
        self._what_field = Field(say("today.edit.what"), self._what)
        self._what_field.setVisible(not extra)
        self.add(self._what_field)

    def _build_applied(self) -> None:
        self._time = TimeField(say("today.edit.time"), self._first_time())
        self._time.changed.connect(self._on_time)
        self._time.textEdited.connect(self._on_typed)
        self._time_field = Field(say("today.edit.time"), self._time)
        self._on_day = labels.small("")
        places = [place for place in self._view.places if place.treated and not place.archived]
        chosen = {place.id for place in places}
        if self._row is not None and self._row.outcome is Outcome.APPLIED and not self._again:
            chosen = set(self._row.places)
            places = [place for place in self._view.places if place in places or place.id in chosen]
        named = [(str(place.id), words.place_name(place)) for place in places]
        self._places = PlaceChips(named, say("today.edit.places"))
        self._places.choose(str(number) for number in chosen)
        self._places_field = Field(say("today.edit.places"), self._places)
        grams = self._row.grams if self._row is not None and not self._again else None
        example = numbers.decimal(1.5)
        self._grams = TextField(
            say("today.edit.grams"),
            "" if grams is None else numbers.decimal(grams, 2),
            say("today.edit.grams_hint", example=example),
        )
        self._grams.setMaximumWidth(theme.px(220))
        self._grams_field = Field(say("today.edit.grams"), self._grams)
        for widget in (self._time_field, self._on_day, self._places_field, self._grams_field):
            self.add(widget)
        self._has_places = bool(named)
        self._show_day()

    def _build_foot(self) -> None:
        self.add_button(say("today.edit.save"), "primary").clicked.connect(self._save)
        if self._row is not None and not self._again:
            self.add_button(say("today.edit.remove"), "quiet").clicked.connect(self._remove)
            if self._row.outcome is Outcome.APPLIED and self._row.ordinal == 0:
                self.add_button(say("today.edit.again"), "quiet").clicked.connect(self._apply_again)

    def _first_time(self) -> time:
        """Return the time offered: the recorded one, now, or for a late slot the time it was due."""
        row, view = self._row, self._view
        if row is not None and row.outcome is Outcome.APPLIED and not self._again:
            at = row.at
        elif self._due is None or self._again or view.now - self._due <= LATE:
            at = view.now
        else:
            at = self._due
        return _minute(at, self._zone)

    # Following what the person enters

    def _on_what(self, what: str) -> None:
        self._show_fields()

    def _show_fields(self) -> None:
        applied = self._what.chosen() == Outcome.APPLIED.value
        for widget in (self._time_field, self._grams_field):
            widget.setVisible(applied)
        self._places_field.setVisible(applied and self._has_places)
        self._on_day.setVisible(applied and bool(self._on_day.text()))

    def _on_time(self, _value: object) -> None:
        self._show_day()

    def _on_typed(self, _text: str) -> None:
        self._time_field.set_error("")
        self._show_day()

    def _at(self) -> datetime | None:
        value = self._time.value()
        if value is None:
            return None
        row = self._row
        if row is not None and not self._again and value == _minute(row.at, self._zone):
            return row.at
        return instant_for(self._slot, value, self._due, self._zone)

    def _show_day(self) -> None:
        """Say which day the time falls on when it is not the slot's own."""
        at = self._at()
        day = local_day(at, self._zone) if at is not None else self._slot.day
        self._on_day.setText("" if day == self._slot.day else say("today.edit.on_day", day=dates.full_day(day)))
        self._on_day.setVisible(bool(self._on_day.text()) and self._what.chosen() == Outcome.APPLIED.value)

    # Storing

    def _save(self) -> None:
        self._answered = frozenset()
        self._store()

    def _store(self) -> None:
        try:
            done, text = self._call()
        except _Unfinished:
            return
        except NeedsAnswer as question:
            self._ask(question)
        except CompanionError as error:  # whoever is to blame, what was written stays in the sheet
            self._say(explain(error, self._zone))
        else:
            self.accept()
            self.stored.emit(done, text)

    def _call(self) -> tuple[Done, str]:
        """Call the service with what is entered; return what was done and how to speak of it."""
        outcome = Outcome(self._what.chosen())
        note = self._note.toPlainText()
        name = words.slot_name(self._slot, self._view.day)
        service = self._context.applications
        if outcome is not Outcome.APPLIED:
            if self._row is None:
                return service.set_outcome(self._slot, outcome, note), say(f"today.undo.{outcome.value}", slot=name)
            row = replace(self._row, outcome=outcome, places=(), grams=None, note=note)
            return service.edit(row), say("today.undo.edited", slot=name)
        at, grams = self._entered()
        places = tuple(int(key) for key in self._places.chosen())
        if self._row is None or self._again:
            what = Log(self._slot, at, places, grams, note, extra=self._again, answered=self._answered)
            time_said = words.clock(at, self._zone)
            return service.log(what), say("today.undo.applied", slot=name, time=time_said)
        row = replace(self._row, outcome=outcome, at=at, places=places, grams=grams, note=note)
        return service.edit(row, self._answered), say("today.undo.edited", slot=name)

    def _entered(self) -> tuple[datetime, float | None]:
        at = self._at()
        if at is None:
            self._time_field.set_error(say("today.edit.time_invalid"))
            self._time.setFocus()
            raise _Unfinished
        self._time_field.set_error("")
        try:
            grams = parse_grams(self._grams.text())
        except ValueError:
            self._grams_field.set_error(say("today.edit.grams_not_a_number", example=numbers.decimal(1.5)))
            self._grams.setFocus()
            raise _Unfinished from None
        self._grams_field.set_error("")
        return at, grams

    def _remove(self) -> None:
        assert self._row is not None
        try:
            done = self._context.applications.remove(self._row.id)
        except CompanionError as error:
            self._say(explain(error, self._zone))
            return
        self.accept()
        self.stored.emit(done, say("today.undo.removed", slot=words.slot_name(self._slot, self._view.day)))

    def _apply_again(self) -> None:
        self.reject()
        self.again_wanted.emit(self._slot)

    # Asking and saying

    def _ask(self, question: NeedsAnswer) -> None:
        rules = rules_of(self._view.treatment.leaflet)
        at = question.values.get("at")
        said = words.asked(question.questions, at, rules, self._view.zone)  # type: ignore[arg-type]
        self._clear()
        panel = InlineMessage("\n".join(filter(None, (said.text, said.source))), "attention", say("today.ask.title"))
        panel.add_action(say("today.ask.anyway")).clicked.connect(self._yes)
        stay = panel.add_action(say("today.ask.not_now"), "quiet")
        stay.clicked.connect(self._no)
        self._question = panel
        self.add(panel)
        panel.show()
        self.fit()
        stay.setFocus()

    def _yes(self) -> None:
        self._answered = frozenset(Question)
        self._clear()
        self._store()

    def _no(self) -> None:
        self._clear()
        self._time.setFocus()

    def _say(self, text: str) -> None:
        self._clear()
        self._problem = InlineMessage(text, "attention")
        self.add(self._problem)
        self._problem.show()
        self.fit()

    def _clear(self) -> None:
        for panel in (self._question, self._problem):
            if panel is not None:
                self.body.removeWidget(panel)
                panel.hide()
                panel.deleteLater()
        self._question = self._problem = None

    def fit(self) -> None:
        """Give the sheet the height its content asks for now."""
        self.restyle()


class _Unfinished(Exception):
    """Something entered cannot be used; it is said beside its field."""

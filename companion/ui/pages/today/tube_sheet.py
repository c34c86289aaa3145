"""The sheet that notes a tube: its size, when it was opened, lot, expiry, crystals, whether it is finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.domain.treatment import Tube
from companion.services.changes import Done
from companion.services.treatment import MAX_TUBE_GRAMS, NewTube
from companion.services.tubes import THREE_OPEN
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.today import words
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.switches import Check
from companion.wording import say

OTHER = "other"
EXPIRES_WITHIN = timedelta(days=3653)


class TubeSheet(Sheet):
    """Notes a new tube (``tube`` is ``None``) or changes one. ``stored`` carries what was done and how to say it.

    Where tubes are open already, a new one asks which of them is finished with that; ``before`` is the one to begin
    with. Several may stay open, and the sheet says how many those are.
    """

    stored = Signal(object, str)

    def __init__(self, context: Context, tube: Tube | None, over: QWidget, before: Tube | None = None) -> None:
        super().__init__(over, say("today.tube.form_edit" if tube is not None else "today.tube.form_new"))
        self._context, self._tube = context, tube
        open_ones = [each for each in context.care.tubes() if each.finished_on is None] if tube is None else []
        self._open = sorted(open_ones, key=lambda each: before is None or each.id != before.id)
        self._today = context.care.today()
        self._rules = context.care.rules()
        self._problem: InlineMessage | None = None
        self._build_size()
        opened = tube.opened_on if tube is not None else self._today
        late = say("errors.opened_in_future")
        self._opened = DayField(say("today.tube.opened_on"), self._today, opened, latest=self._today, too_late=late)
        self._opened_field = Field(say("today.tube.opened_on"), self._opened)
        self._lot = TextField(say("today.tube.lot"), tube.lot if tube is not None else "")
        self._lot.setMaximumWidth(theme.px(220))
        expires = tube.expires_on if tube is not None else None
        self._expires = DayField(say("today.tube.expires"), self._today, expires, latest=self._today + EXPIRES_WITHIN)
        self._expires_field = Field(say("today.tube.expires"), self._expires)
        for field in (self._opened_field, Field(say("today.tube.lot"), self._lot), self._expires_field):
            self.add(field)
        self._build_state()
        self.add_button(say("today.tube.save"), "primary").clicked.connect(self._save)
        if tube is not None:
            self.add_button(say("today.tube.delete"), "quiet").clicked.connect(self._delete)
        self.finished.connect(self.deleteLater)

    def _build_size(self) -> None:
        sizes = [str(size) for size in self._rules.tube_sizes]
        choices = [(size, say("today.tube.size_grams", grams=size)) for size in sizes]
        self._size = ChipGroup([*choices, (OTHER, say("today.tube.size_other"))], say("today.tube.size"))
        grams = str(self._tube.grams) if self._tube is not None else sizes[0] if sizes else ""
        self._exact = TextField(say("today.tube.size_exact"), "" if grams in sizes else grams)
        self._exact.setMaximumWidth(theme.px(120))
        self._exact_field = Field(say("today.tube.size_exact"), self._exact)
        self._size.choose((grams if grams in sizes else OTHER,))
        self._size.changed.connect(self._on_size)
        self._exact_field.setVisible(grams not in sizes)
        self.add(Field(say("today.tube.size"), self._size))
        self.add(self._exact_field)

    def _build_state(self) -> None:
        self._crystals = Check(say("today.tube.crystals"))
        self._crystals.setChecked(self._tube is not None and self._tube.crystals)
        told = words.crystals(self._rules)
        self._told = labels.small(f"{told.text}\n{told.source}" if told else "")
        self._told.setVisible(bool(told) and self._crystals.isChecked())
        self._crystals.toggled.connect(self._on_crystals)
        for widget in (self._crystals, self._told):
            self.add(widget)
        if self._tube is not None:
            self._build_finished(self._tube.finished_on)
        elif self._open:
            self._build_open_ones()

    def _build_finished(self, day: date | None) -> None:
        self._finished = Check(say("today.tube.finished"))
        self._finished.setChecked(day is not None)
        self._finished.toggled.connect(self._on_finished)
        name = say("today.tube.finished_on")
        self._end = DayField(name, self._today, day or self._today, latest=self._today)
        self._end_field = Field(name, self._end)
        self._end_field.setVisible(day is not None)
        self.add(self._finished)
        self.add(self._end_field)

    def _build_open_ones(self) -> None:
        """Ask whether the open tube is finished with that, or which of several; say how many stay open."""
        if len(self._open) == 1:
            self._finished = Check(say("today.tube.before_finished"))
            self.add(self._finished)
            return
        choices = [(str(each.id), open_name(each, self._today)) for each in self._open]
        self._which = ChipGroup([*choices, ("", say("today.tube.none_finished"))], say("today.tube.which_finished"))
        self._which.choose(("",))
        self._which.changed.connect(self._on_which)
        self.add(Field(say("today.tube.which_finished"), self._which))
        self._still = labels.small("", "soft")
        self.add(self._still)
        self._on_which(("",))

    def _on_which(self, chosen: tuple[str, ...]) -> None:
        still = len(self._open) + 1 - (1 if chosen and chosen[0] else 0)
        self._still.setText(say("today.tube.still_open", count=still) if still > 1 else "")
        self._still.setVisible(still > 1)
        self.restyle()

    def _on_finished(self, on: bool) -> None:
        self._end_field.setVisible(on)
        self.restyle()

    def _on_size(self, chosen: tuple[str, ...]) -> None:
        self._exact_field.setVisible(chosen == (OTHER,))
        self.restyle()
        if chosen == (OTHER,):
            self._exact.setFocus()

    def _on_crystals(self, on: bool) -> None:
        self._told.setVisible(on and bool(self._told.text()))
        self.restyle()

    def _grams(self) -> int | None:
        chosen = self._size.chosen()
        text = chosen[0] if chosen and chosen[0] != OTHER else self._exact.text().strip().lower().removesuffix("g")
        try:
            value = int(text)
        except ValueError:
            self._wrong_grams(say("today.tube.size_invalid"))
            return None
        if not 1 <= value <= MAX_TUBE_GRAMS:
            self._wrong_grams(say("errors.tube_grams", most=MAX_TUBE_GRAMS))
            return None
        self._exact_field.set_error("")
        return value

    def _wrong_grams(self, text: str) -> None:
        self._exact_field.set_error(text)
        self._exact.setFocus()

    def _day(self, field: Field, widget: DayField, needed: bool) -> tuple[date | None, bool]:
        """Return the day entered, and whether the field is in order."""
        problem = widget.problem(needed)
        field.set_error(problem)
        if problem:
            widget.setFocus()
        return widget.value(), not problem

    def _save(self) -> None:
        grams = self._grams()
        opened, opened_fine = self._day(self._opened_field, self._opened, needed=True)
        expires, expires_fine = self._day(self._expires_field, self._expires, needed=False)
        ended, ended_fine = self._ended(opened)
        if grams is None or opened is None or not (opened_fine and expires_fine and ended_fine):
            self.restyle()
            return
        try:
            done, text = self._call(grams, opened, expires, ended)
        except CompanionError as error:
            self._refused(error)
        else:
            self.accept()
            self.stored.emit(done, text)

    def _ended(self, opened: date | None) -> tuple[date | None, bool]:
        """Return the day the tube was finished, and whether the field is in order."""
        if self._tube is None or not self._finished.isChecked():
            return None, True
        day, fine = self._day(self._end_field, self._end, needed=True)
        if fine and day is not None and opened is not None and day < opened:
            self._end_field.set_error(say("errors.end_before_start"))
            self._end.setFocus()
            return day, False
        return day, fine

    def _done_with(self) -> Tube | None:
        """Return the open tube that is finished with the new one."""
        if len(self._open) < 2:
            return self._open[0] if self._open and self._finished.isChecked() else None
        chosen = self._which.chosen()
        return next((each for each in self._open if chosen == (str(each.id),)), None)

    def _call(self, grams: int, opened: date, expires: date | None, finished: date | None) -> tuple[Done, str]:
        care, lot, crystals = self._context.care, self._lot.text(), self._crystals.isChecked()
        if self._tube is None:
            new = NewTube(grams, opened, lot, expires, crystals)
            done = care.open_tube(new, self._done_with(), (THREE_OPEN,))  # how many are open, the sheet says itself
            return done, say("today.tube.undo_opened")
        tube = replace(
            self._tube,
            grams=grams,
            opened_on=opened,
            lot=lot.strip(),
            expires_on=expires,
            crystals=crystals,
            finished_on=finished,
        )
        fresh = finished is not None and self._tube.finished_on is None
        key = "today.tube.undo_finished" if fresh else "today.tube.undo_changed"
        return care.change_tube(tube), say(key)

    def _delete(self) -> None:
        assert self._tube is not None
        try:
            done = self._context.care.delete_tube(self._tube.id)
        except CompanionError as error:
            self._refused(error)
        else:
            self.accept()
            self.stored.emit(done, say("today.tube.undo_removed"))

    def _refused(self, error: CompanionError) -> None:
        text = explain(error, self._context.clock.zone())
        if self._problem is None:
            self._problem = InlineMessage(text, "attention")
            self.add(self._problem)
        self._problem.show_message(text, "attention")
        self._problem.show()
        self.restyle()


def open_name(tube: Tube, today: date) -> str:
    """Return how an open tube is told from the others: its size and the day it was opened."""
    return say("today.tube.open_one", grams=tube.grams, day=words.day_said(tube.opened_on, today))

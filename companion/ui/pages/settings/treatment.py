"""Settings of the treatment: the leaflet, the first day, the name of the record, the emergency number."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot

from companion.domain.errors import CompanionError
from companion.domain.leaflet import Leaflet
from companion.services.changes import Undo
from companion.services.treatment import MAX_NAME
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.pages.get_help import NUMBER, emergency_number
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.choice_card import ChoiceCards
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, TextField
from companion.wording import dates, say

MAX_NUMBER = 24


class TreatmentSection(Section):
    """Leaflet, first day, name of the record."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.treatment"))
        # Not a list that opens: which leaflet holds must be read whole, and no width shows the longest on one line.
        self.leaflet = ChoiceCards(
            [(each.value, say(f"setup.leaflet.{each.value}"), "") for each in Leaflet], say("settings.leaflet")
        )
        self.leaflet.changed.connect(self._on_leaflet)
        self.add(Field(say("settings.leaflet"), self.leaflet, say("settings.leaflet_hint")))
        today = context.care.today()
        self.start = DayField(say("settings.start"), today, None, latest=today)
        self.start.changed.connect(self._on_start)
        self.add(Field(say("settings.start"), self.start))
        self.name = TextField(say("settings.name"))
        self.name.setMaxLength(MAX_NAME)
        self.name.editingFinished.connect(self._on_name)
        self.add(Field(say("settings.name"), self.name, say("settings.name_hint")))
        self.number = TextField(say("settings.emergency"))
        self.number.setMaxLength(MAX_NUMBER)
        self.number.setMaximumWidth(theme.px(180))
        self.number.editingFinished.connect(self._on_number)
        self.add(Field(say("settings.emergency"), self.number, say("settings.emergency_hint")))

    def reload(self) -> None:
        """Show what the record says."""
        treatment = self.context.care.current()
        if treatment is not None:
            self.leaflet.choose(treatment.leaflet.value)
            self.start.set_value(treatment.started_on)
        if not self.name.hasFocus():
            self.name.setText(self.context.care.name())
        if not self.number.hasFocus():
            self.number.setText(emergency_number(self.context.care))

    @Slot(str)
    def _on_leaflet(self, key: str) -> None:
        treatment = self.context.care.current()
        if treatment is None or treatment.leaflet.value == key:
            return
        try:
            done = self.context.care.set_leaflet(Leaflet(key))
        except CompanionError as error:
            self.refuse(error)
            self.reload()
            return
        self.done(done, say("settings.leaflet_changed"), Undo("leaflet", (treatment.leaflet,), ()), self._restore)

    @Slot(object)
    def _on_start(self, day: date) -> None:
        treatment = self.context.care.current()
        if treatment is None or treatment.started_on == day:
            return
        try:
            done = self.context.care.set_start(day)
        except CompanionError as error:
            self.refuse(error)
            self.reload()
            return
        text = say("settings.start_changed", day=dates.long_day(day))
        self.done(done, text, Undo("start", (treatment.started_on,), ()), self._restore)

    @Slot()
    def _on_name(self) -> None:
        before, name = self.context.care.name(), self.name.text().strip()
        if name == before:
            return
        try:
            done = self.context.care.rename(name)
        except CompanionError as error:
            self.refuse(error)
            return
        self.done(done, say("settings.name_changed"), Undo("name", (before,), ()), self._restore)

    @Slot()
    def _on_number(self) -> None:
        """Keep the person's own number; an empty line goes back to the one of the leaflet's region."""
        care, number = self.context.care, self.number.text().strip()
        if number == emergency_number(care):
            return
        before = care.setting(NUMBER) or ""
        try:
            done = care.put_setting(NUMBER, number)
        except CompanionError as error:
            self.refuse(error)
            return
        self.number.setText(emergency_number(care))
        text = say("settings.emergency_changed", number=emergency_number(care))
        self.done(done, text, Undo(NUMBER, (before,), ()), self._restore_number)

    def _restore_number(self, undo: Undo) -> object:
        return self.context.care.put_setting(NUMBER, str(undo.before[0]))

    def _restore(self, undo: Undo) -> object:
        care, before = self.context.care, undo.before[0]
        if isinstance(before, Leaflet):
            return care.set_leaflet(before)
        return care.set_start(before) if isinstance(before, date) else care.rename(str(before))

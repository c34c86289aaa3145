"""The two times of the day, and other ones on some days, in the settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.errors import CompanionError, PersonError
from companion.domain.treatment import Times
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.switches import Switch
from companion.ui.widgets.times_editor import TimesEditor
from companion.wording import dates, say

MONDAY = date(2024, 1, 1)
WEEKEND = frozenset({6, 7})
LATER = timedelta(hours=1)
"""How much later the other times are at first."""


class TimesSection(Section):
    """The two times, used from today on, and on some days other ones."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.times"))
        self._filling = False
        self.times = TimesEditor(time(8), time(20))
        self.times.changed.connect(self._on_times)
        self.add(self.times)
        self.add(labels.small(say("settings.times_hint")))
        self.some_days = Switch(say("reminding.days.switch"))
        self.some_days.toggled.connect(self._on_switch)
        self.add(self.some_days)
        self._part = QWidget()
        column = QVBoxLayout(self._part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        days = [MONDAY + timedelta(days=each) for each in range(7)]
        self.days = ChipGroup(
            [(str(day.isoweekday()), dates.weekday_short(day)) for day in days], say("reminding.days.name"), multi=True
        )
        for day in days:
            self.days.chip(str(day.isoweekday())).setAccessibleName(dates.weekday(day))
        self.days.changed.connect(self._on_other)
        self.other = TimesEditor(time(9), time(21))
        self.other.changed.connect(self._on_other)
        column.addWidget(self.days)
        column.addWidget(self.other)
        column.addWidget(labels.small(say("reminding.days.hint")))
        self.add(self._part)
        self._part.hide()

    # Showing

    def reload(self) -> None:
        """Show the times of today."""
        now = self._now()
        if now is None:
            return
        self.times.set_value(now.morning, now.evening)
        some = bool(now.other_days)
        self._filling = True
        self.some_days.setChecked(some)
        self._filling = False
        self._part.setVisible(some)
        if some:
            self.days.choose(str(each) for each in now.other_days)
            self.other.set_value(now.other_morning or now.morning, now.other_evening or now.evening)

    def _now(self) -> Times | None:
        treatment = self.context.care.current()
        return treatment.times_on(self.context.care.today()) if treatment is not None else None

    # Changing

    @Slot()
    def _on_times(self) -> None:
        morning, evening = self.times.value()
        before = self._now()
        if before is None:
            return
        if morning is None or evening is None:
            self.times.set_error(say("settings.time_unclear"))
            return
        said = {"morning": dates.clock_time(morning), "evening": dates.clock_time(evening)}
        after = replace(before, morning=morning, evening=evening)
        self._store(before, after, self.times, say("settings.times_changed", **said))

    @Slot(bool)
    def _on_switch(self, on: bool) -> None:
        before = self._now()
        if self._filling or before is None:
            return
        if on:
            self._part.show()
            self.days.choose(str(each) for each in before.other_days or WEEKEND)
            self.other.set_value(_later(before.morning), _later(before.evening))
            self._on_other()
        else:
            self._part.hide()
            after = replace(before, other_days=frozenset(), other_morning=None, other_evening=None)
            self._store(before, after, self.other, say("reminding.days.removed"))

    @Slot()
    def _on_other(self) -> None:
        before = self._now()
        morning, evening = self.other.value()
        days = frozenset(int(each) for each in self.days.chosen())
        if before is None:
            return
        if morning is None or evening is None:
            self.other.set_error(say("settings.time_unclear"))
        elif not days:
            self.other.set_error(say("reminding.days.none"))
        elif len(days) == len(range(7)):
            self.other.set_error(say("reminding.days.all"))
        else:
            said = {"morning": dates.clock_time(morning), "evening": dates.clock_time(evening)}
            after = replace(before, other_days=days, other_morning=morning, other_evening=evening)
            self._store(before, after, self.other, say("reminding.days.changed", **said))

    def _store(self, before: Times, after: Times, editor: TimesEditor, text: str) -> None:
        """Keep other times; what is wrong with them is said at ``editor``."""
        editor.set_error("")
        if before == after:
            return
        try:
            done = self.context.care.set_times(
                after.morning, after.evening, after.other_days, after.other_morning, after.other_evening
            )
        except PersonError as error:
            editor.set_error(self.words_of(error))
        except CompanionError as error:
            self.refuse(error)
        else:
            self.done(done, text)


def _later(moment: time) -> time:
    minutes = (moment.hour * 60 + moment.minute + int(LATER.total_seconds() // 60)) % (24 * 60)
    return time(minutes // 60, minutes % 60)

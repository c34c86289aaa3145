"""The two times of the day, in the settings."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Slot

from companion.domain.errors import CompanionError, PersonError
from companion.services.changes import Undo
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.times_editor import TimesEditor
from companion.wording import dates, say


class TimesSection(Section):
    """The two times, used from today on."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.times"))
        self.times = TimesEditor(time(8), time(20))
        self.times.changed.connect(self._on_changed)
        self.add(self.times)
        self.add(labels.small(say("settings.times_hint")))

    def reload(self) -> None:
        """Show the times of today."""
        treatment = self.context.care.current()
        if treatment is not None:
            now = treatment.times_on(self.context.care.today())
            self.times.set_value(now.morning, now.evening)

    @Slot()
    def _on_changed(self) -> None:
        morning, evening = self.times.value()
        treatment = self.context.care.current()
        if treatment is None:
            return
        if morning is None or evening is None:
            self.times.set_error(say("settings.time_unclear"))
            return
        before = treatment.times_on(self.context.care.today())
        if (before.morning, before.evening) == (morning, evening):
            self.times.set_error("")
            return
        try:
            done = self.context.care.set_times(morning, evening)
        except PersonError as error:
            self.times.set_error(self.words_of(error))
        except CompanionError as error:
            self.refuse(error)
        else:
            self.times.set_error("")
            text = say("settings.times_changed", morning=dates.clock_time(morning), evening=dates.clock_time(evening))
            self.done(done, text, Undo("times", (before.morning, before.evening), ()), self._restore)

    def _restore(self, undo: Undo) -> object:
        morning, evening = undo.before
        if not isinstance(morning, time) or not isinstance(evening, time):
            raise TypeError("times")
        return self.context.care.set_times(morning, evening)

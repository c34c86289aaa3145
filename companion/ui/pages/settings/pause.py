"""A pause: its days, what it means, and its end."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.domain.treatment import Pause
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field
from companion.ui.widgets.flow import FlowLayout
from companion.wording import dates, say


class PauseSection(Section):
    """Shows the pause there is, or lets the person make one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("reminding.pause.title"))
        self._pause: Pause | None = None
        self.add(labels.body(say("reminding.pause.text")))
        self.add(labels.small(say("reminding.pause.doctor")))
        self._now = labels.strong("")
        self.add(self._now)
        today = context.care.today()
        self._form = QWidget()
        row = FlowLayout(self._form, gap=theme.GAP_LARGE)
        self.first = DayField(say("reminding.pause.first"), today, today)
        self.last = DayField(say("reminding.pause.last"), today)
        self._first_field = Field(say("reminding.pause.first"), self.first)
        self._last_field = Field(say("reminding.pause.last"), self.last, say("reminding.pause.last_hint"))
        row.addWidget(self._first_field)
        row.addWidget(self._last_field)
        self.add(self._form)
        buttons_row = FlowLayout(gap=8)
        self.begin = buttons.secondary(say("reminding.pause.begin"), "pause")
        self.begin.clicked.connect(self._on_begin)
        self.end = buttons.secondary(say("reminding.pause.end"), "play")
        self.end.clicked.connect(self._on_end)
        buttons_row.addWidget(self.begin)
        buttons_row.addWidget(self.end)
        self.add_layout(buttons_row)

    def reload(self) -> None:
        """Show the pause of today, or the next one."""
        treatment = self.context.care.current()
        today = self.context.care.today()
        pauses = treatment.pauses if treatment is not None else ()
        self._pause = next((each for each in pauses if each.last is None or each.last >= today), None)
        pause = self._pause
        self._now.setText(_said(pause, today) if pause is not None else "")
        self._now.setVisible(pause is not None)
        self._form.setVisible(pause is None)
        self.begin.setVisible(pause is None)
        self.end.setVisible(pause is not None)
        if pause is not None:
            ahead = pause.first > today
            self.end.setText(say("reminding.pause.cancel" if ahead else "reminding.pause.end"))
        self.setEnabled(treatment is not None)

    @Slot()
    def _on_begin(self) -> None:
        problems = (self.first.problem(), self.last.problem(needed=False))
        self._first_field.set_error(problems[0])
        self._last_field.set_error(problems[1])
        first = self.first.value()
        if any(problems) or first is None:
            return
        try:
            done = self.context.care.pause(first, self.last.value())
        except CompanionError as error:
            self.refuse(error)
            return
        self.done(done, say("reminding.pause.begun", first=dates.long_day(first)))
        self.end.setFocus()

    @Slot()
    def _on_end(self) -> None:
        if self._pause is None:
            return
        ahead = self._pause.first > self.context.care.today()
        try:
            done = self.context.care.end_pause(self._pause.id)
        except CompanionError as error:
            self.refuse(error)
            return
        self.done(done, say("reminding.pause.removed" if ahead else "reminding.pause.over"))
        self.begin.setFocus()


def _said(pause: Pause, today: date) -> str:
    key = "ahead" if pause.first > today else "now"
    first = dates.long_day(pause.first)
    if pause.last is None:
        return say(f"reminding.pause.{key}", first=first)
    return say(f"reminding.pause.{key}_until", first=first, last=dates.long_day(pause.last))

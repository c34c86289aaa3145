"""Whether reminders reach the person on this computer, always in sight: the next, the last, the ways, and a test."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from companion.desktop.notifier import ChannelState
from companion.domain.errors import CompanionError
from companion.domain.reminders import Outlook, Told
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.reminder_words import BAD, channel_lines, line
from companion.ui.standing import Login, Standing, Trial
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.switches import Switch
from companion.wording import say

_KINDS = {
    Trial.SENT: "info",
    Trial.TAKEN: "info",
    Trial.SEEN: "done",
    Trial.BALLOON: "attention",
    Trial.WINDOW: "attention",
}


class ReachingSection(Section):
    """Says how the reminders stand, and what to do where they do not reach the person."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("reminding.panel.title"))
        self._filling = False
        self._trial: Trial | None = None
        self.next = self._row("next")
        self.last = self._row("last")
        self.shown = self._row("shown")
        self.shown_more = self._said()
        self.test = buttons.secondary(say("reminding.panel.test"), "bell")
        self.test.clicked.connect(self._on_test)
        self.again = buttons.quiet(say("reminding.health.again"))
        self.again.clicked.connect(self._on_again)
        row = FlowLayout(gap=8)
        row.addWidget(self.test)
        row.addWidget(self.again)
        self.add_layout(row)
        self._message = InlineMessage("", "info", closable=True)  # how the test went, beside its button
        self._message.hide()
        self.add(self._message)
        self.login = self._switch("login")
        self.login.toggled.connect(self._on_login)
        self.login_text = self._said()
        self.stays = self._switch("stays")
        self.stays.toggled.connect(self._on_stays)
        self.stays_text = self._said()
        if context.resident is not None:
            context.resident.changed.connect(self._on_changed)

    def _row(self, key: str) -> labels.Label:
        pair = QVBoxLayout()
        pair.setSpacing(2)
        said = labels.body("")
        pair.addWidget(labels.strong(say(f"reminding.panel.{key}")))
        pair.addWidget(said)
        self.add_layout(pair)
        return said

    def _said(self) -> labels.Label:
        made = labels.small("")
        self.add(made)
        return made

    def _switch(self, key: str) -> Switch:
        made = Switch(say(f"reminding.panel.{key}_switch"))
        self.add(made, gap=6)
        return made

    # Showing

    def reload(self) -> None:
        """Show how the reminders stand now."""
        reminding, resident = self.context.reminding, self.context.resident
        if self.context.example:
            self.next.setText(say("reminding.panel.example"))
            self.last.setText(say("reminding.panel.last_none"))
        elif reminding is not None:
            outlook = reminding.outlook()
            self.next.setText(_next(outlook))
            self.last.setText(_last(reminding.last_told(), outlook))
        standing = resident.health() if resident is not None else None
        for part in (self.test, self.again, self.login, self.stays, self.login_text, self.stays_text):
            part.setVisible(standing is not None)
        if standing is None:
            self.shown.setText(say("reminding.panel.absent"))
            self.shown_more.hide()
        else:
            self._show(standing)

    def _show(self, standing: Standing) -> None:
        bad = standing.channel.state in BAD
        first, *more = channel_lines(standing.channel)
        self.shown.setText(first)
        self.shown_more.setText(" ".join(more))
        self.shown_more.setVisible(bool(more))
        self.shown.set_tone("attention" if bad else "ink")
        self.again.setVisible(bad or standing.channel.state is ChannelState.UNKNOWN)
        login = standing.login
        self._set(self.login, login is Login.ON)
        self.login.setEnabled(login is not Login.IMPOSSIBLE)
        self.login_text.setText(say(f"reminding.panel.login.{login.value}"))
        self._set(self.stays, standing.stays)
        key = "ends" if not standing.stays else "stays" if standing.tray else "no_tray"
        self.stays_text.setText(say(f"reminding.panel.closed.{key}"))
        for switch, text in ((self.login, self.login_text), (self.stays, self.stays_text)):
            switch.setAccessibleDescription(text.text())

    def _set(self, switch: Switch, on: bool) -> None:
        self._filling = True
        switch.setChecked(on)
        self._filling = False

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever the card comes into sight: time went on."""
        super().showEvent(event)
        if not event.spontaneous():
            self._on_changed()
            self._on_again()

    @Slot()
    def _on_changed(self) -> None:
        try:
            self.reload()
        except CompanionError as error:
            self.context.host.say_problem(error)

    # Doing

    @Slot()
    def _on_again(self) -> None:
        if self.context.resident is not None:
            self.context.resident.refresh()

    @Slot()
    def _on_test(self) -> None:
        self.hush()
        if self.context.resident is not None:
            self.context.resident.test(self._on_trial)

    def _on_trial(self, trial: Trial) -> None:
        if not shiboken6.isValid(self):
            return  # the page was built anew meanwhile, for another language
        here = trial is Trial.SEEN and self._trial is Trial.WINDOW  # seen, but by no notification
        self._trial = Trial.WINDOW if here else trial
        text = say("reminding.panel.test.seen_here" if here else f"reminding.panel.test.{trial.value}")
        self.tell(text, _KINDS[self._trial])
        announce(self, text)

    @Slot(bool)
    def _on_login(self, on: bool) -> None:
        if self.context.resident is None or self._filling:
            return
        try:
            self.context.resident.start_at_login(on)
        except CompanionError as error:
            self.tell(self.words_of(error), "attention")
        self._on_changed()

    @Slot(bool)
    def _on_stays(self, on: bool) -> None:
        if self.context.resident is not None and not self._filling:
            self.context.resident.stay_when_closed(on)
            self._on_changed()


def _last(told: Told | None, outlook: Outlook) -> str:
    if told is None or told.at is None:
        return say("reminding.panel.last_none")
    return line(told.key, told.at, outlook.zone, outlook.now)


def _next(outlook: Outlook) -> str:
    if outlook.ahead:
        first = outlook.ahead[0]
        return line(first.key, first.at, outlook.zone, outlook.now)
    if outlook.silence is not None:
        return say(f"reminding.panel.silence.{outlook.silence.value}")
    return say("reminding.panel.none")

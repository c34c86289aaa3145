"""Settings of the reminders: whether, how often, when not, what they say, and which time they follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.domain.reminders import Quiet, ReminderSettings
from companion.services.reminding import Reminding
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Divider
from companion.ui.widgets.choice_card import ChoiceCards
from companion.ui.widgets.fields import Field
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.switches import SegmentedControl, Switch
from companion.ui.widgets.time_field import TimeField
from companion.wording import dates, say
from companion.wording.zones import city

LATER = (10, 30, 60, 120)
"""What "later" can mean, in minutes."""
_DEFAULT = ReminderSettings()
_QUIET = Quiet(time(22, 30), time(6, 30))


class RemindersSection(Section):
    """What the person chose for reminders. Each choice acts at once and is taken back where it was made."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("reminding.set.title"))
        self.on = self._switch("on")
        self.add(labels.small(say("reminding.set.promise")))
        self._below: list[QWidget] = []
        self._filling = False
        self._build_often()
        self._build_words()
        self._build_quiet()
        self._build_zone()
        self.add(Divider(), gap=8)
        self.photo_day = self._switch("photo_day")
        self.tube_order = self._switch("tube_order")
        self._below += [self.photo_day, self.tube_order]

    def _switch(self, key: str) -> Switch:
        made = Switch(say(f"reminding.set.{key}"))
        made.setProperty("field", key)
        made.toggled.connect(self._on_switch)
        self.add(made)
        return made

    def _build_often(self) -> None:
        self.follow_ups = Switch(say("reminding.set.follow_ups"))
        self.follow_ups.toggled.connect(self._on_follow_ups)
        self._follow_ups_text = labels.small("")
        self.add(self.follow_ups)
        self.add(self._follow_ups_text)
        self.later = SegmentedControl(
            [(str(each), dates.span(timedelta(minutes=each))) for each in LATER], say("reminding.set.later")
        )
        self.later.changed.connect(self._on_later)
        self._choice("reminding.set.later", self.later)
        self._below += [self.follow_ups, self.later]

    def _choice(self, key: str, control: SegmentedControl) -> None:
        self.add(labels.strong(say(key)))
        box = QWidget()
        FlowLayout(box).addWidget(control)
        self.add(box)

    def _build_words(self) -> None:
        self.add(Divider(), gap=8)
        self.add(labels.strong(say("reminding.set.text")))
        examples = {
            "discreet": say("reminders.discreet.application"),
            "full": say("reminders.full.application.evening"),
        }
        self.text = ChoiceCards(
            [
                (key, say(f"reminding.set.text.{key}"), say(f"reminding.set.text.{key}_text", example=example))
                for key, example in examples.items()
            ],
            say("reminding.set.text"),
        )
        self.text.changed.connect(self._on_text)
        self.add(self.text)
        self.sound = self._switch("sound")
        self._below += [self.text, self.sound]

    def _build_quiet(self) -> None:
        self.add(Divider(), gap=8)
        self.quiet = Switch(say("reminding.set.quiet"))
        self.quiet.toggled.connect(self._on_quiet)
        self.add(self.quiet)
        self._hours = QWidget()
        row = FlowLayout(self._hours, gap=theme.GAP_LARGE)
        self.quiet_from = TimeField(say("reminding.set.quiet_from"), _QUIET.start)
        self.quiet_to = TimeField(say("reminding.set.quiet_to"), _QUIET.end)
        self._quiet_fields = []
        for key, field in (("quiet_from", self.quiet_from), ("quiet_to", self.quiet_to)):
            field.changed.connect(self._on_quiet_time)
            frame = Field(say(f"reminding.set.{key}"), field)
            self._quiet_fields.append(frame)
            row.addWidget(frame)
        self.add(self._hours)
        hint = labels.small(say("reminding.set.quiet_hint"))
        self.quiet.setAccessibleDescription(hint.text())
        self.add(hint)
        self._below += [self.quiet, self._hours]

    def _build_zone(self) -> None:
        self.add(Divider(), gap=8)
        self.zone = SegmentedControl(
            [(key, say(f"reminding.set.zone.{key}")) for key in ("move", "stay")], say("reminding.set.zone")
        )
        self.zone.changed.connect(self._on_zone)
        self._choice("reminding.set.zone", self.zone)
        self._zone_text = labels.small("")
        self.add(self._zone_text)

    # Showing

    def reload(self) -> None:
        """Show what was chosen."""
        chosen = self._reminding().settings()
        for switch, on in (
            (self.on, chosen.on),
            (self.follow_ups, bool(chosen.follow_ups)),
            (self.sound, chosen.sound),
            (self.quiet, chosen.quiet is not None),
            (self.photo_day, chosen.photo_day),
            (self.tube_order, chosen.tube_order),
        ):
            self._filling = True
            switch.setChecked(on)
            self._filling = False
        spans = ", ".join(dates.span(each) for each in chosen.follow_ups or _DEFAULT.follow_ups)
        self._follow_ups_text.setText(say("reminding.set.follow_ups_hint", spans=spans))
        self.follow_ups.setAccessibleDescription(self._follow_ups_text.text())
        minutes = int(chosen.later.total_seconds() // 60)
        self.later.choose(str(min(LATER, key=lambda each: abs(each - minutes))))
        self.text.choose("discreet" if chosen.discreet else "full")
        self._hours.setVisible(chosen.quiet is not None)
        if chosen.quiet is not None:
            self.quiet_from.set_value(chosen.quiet.start)
            self.quiet_to.set_value(chosen.quiet.end)
            self._quiet_fields[1].set_error("")
        self._show_zone(chosen)
        for part in self._below:
            part.setEnabled(chosen.on)

    def _show_zone(self, chosen: ReminderSettings) -> None:
        self.zone.choose("stay" if chosen.home else "move")
        here = city(self.context.clock.zone())
        key = "stay_text" if chosen.home else "move_text"
        self._zone_text.setText(say(f"reminding.set.zone.{key}", here=here, home=here))

    # Choosing

    def _reminding(self) -> Reminding:
        if self.context.reminding is None:
            raise RuntimeError("no reminders")
        return self.context.reminding

    def _change(self, **fields: Any) -> None:
        if self._filling:
            return
        try:
            reminding = self._reminding()
            done = reminding.change(replace(reminding.settings(), **fields))
        except CompanionError as error:
            self.refuse(error)
            self.reload()
            return
        self.done(done)

    @Slot(bool)
    def _on_switch(self, on: bool) -> None:
        switch = self.sender()
        if switch is not None:
            self._change(**{str(switch.property("field")): on})

    @Slot(bool)
    def _on_follow_ups(self, on: bool) -> None:
        self._change(follow_ups=_DEFAULT.follow_ups if on else ())

    @Slot(str)
    def _on_later(self, minutes: str) -> None:
        self._change(later=timedelta(minutes=int(minutes)))

    @Slot(str)
    def _on_text(self, key: str) -> None:
        self._change(discreet=key == "discreet")

    @Slot(bool)
    def _on_quiet(self, on: bool) -> None:
        start, end = self.quiet_from.value() or _QUIET.start, self.quiet_to.value() or _QUIET.end
        self._change(quiet=Quiet(start, end) if on else None)

    @Slot()
    def _on_quiet_time(self) -> None:
        start, end = self.quiet_from.value(), self.quiet_to.value()
        if start is None or end is None:
            return
        if start == end:
            self._quiet_fields[1].set_error(say("reminding.set.quiet_same"))
            return
        self._change(quiet=Quiet(start, end))

    @Slot(str)
    def _on_zone(self, key: str) -> None:
        reminding = self._reminding()
        try:
            done = reminding.move() if key == "move" else reminding.stay(self.context.clock.zone())
        except CompanionError as error:
            self.refuse(error)
            self.reload()
            return
        self.done(done)
        self.reload()
        announce(self.zone, self._zone_text.text())

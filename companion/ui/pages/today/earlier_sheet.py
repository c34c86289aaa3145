"""The slots before a late one about which nothing is recorded, each with a way to say what happened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.moments import Slot
from companion.ui import labels, theme
from companion.ui.reminder_words import capital
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.sheet import Sheet
from companion.wording import dates, say


class EarlierSheet(Sheet):
    """Lists them, the latest first. ``chosen`` carries the slot; the sheet closes."""

    chosen = Signal(object)

    def __init__(self, over: QWidget, slots: tuple[Slot, ...]) -> None:
        super().__init__(over, say("reminding.earlier.title"), say("reminding.earlier.text"))
        self.choices: list[buttons.Button] = []
        for slot in reversed(slots):
            self.add(self._line(slot))
        self.add_button(say("common.close")).clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _line(self, slot: Slot) -> QWidget:
        line = QWidget()
        row = BesideLayout(line, least=theme.px(180))
        part, day = say(f"today.week.part.{slot.part.value}"), capital(dates.full_day(slot.day))
        row.addWidget(labels.body(say("reminding.earlier.slot", part=part, day=day)))
        button = buttons.secondary(say("reminding.earlier.say"))
        button.setAccessibleName(say("reminding.earlier.say_name", part=part, day=day))
        button.setProperty("slot", slot)
        button.clicked.connect(self._on_choice)
        self.choices.append(button)
        row.addWidget(button)
        return line

    def _on_choice(self) -> None:
        button = self.sender()
        slot = button.property("slot") if button is not None else None
        self.accept()
        self.chosen.emit(slot)

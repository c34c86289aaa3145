"""The question about another time zone: move with the computer, or stay at home time, with what either would bring."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.moments import local
from companion.domain.reminders import Ahead, ZoneQuestion
from companion.domain.today import TodayView
from companion.ui import labels, theme
from companion.ui.reminder_words import capital, moment
from companion.ui.widgets import buttons
from companion.ui.widgets.buttons import Button
from companion.ui.widgets.card import Card
from companion.ui.widgets.once import OnceRow
from companion.ui.widgets.scaffold import Columns
from companion.wording import dates, say
from companion.wording.zones import city


def ahead_line(ahead: Ahead, question: ZoneQuestion, view: TodayView, home_too: bool) -> str:
    """Return one reminder of the next three, by the clocks of where the computer is now."""
    when = capital(moment(ahead.at, question.here, view.now))
    if home_too:
        time = dates.clock_time(local(ahead.at, question.home))
        when = say("reminding.zone.at_home", when=when, time=time, home=city(question.home))
    about = ahead.key.part or ahead.key.kind
    return say("reminding.zone.line", when=when, what=say(f"reminding.zone.of.{about.value}"))


class ZoneCard(Card):
    """Asks once. ``answered`` is sent with whether the reminders move with the computer."""

    answered = Signal(bool)

    def __init__(self, question: ZoneQuestion, view: TodayView, moving_now: bool) -> None:
        here, home = city(question.here), city(question.home)
        super().__init__(say("reminding.zone.title", here=here), "accent")
        self.question = question
        self.add(labels.body(say("reminding.zone.text", home=home)))
        columns = Columns(even=True, threshold=520)
        self.moving = self._side(columns, 0, question, view, True)
        self.staying = self._side(columns, 1, question, view, False)
        self.add(columns)
        self.add(labels.small(say(f"reminding.zone.until.{'move' if moving_now else 'stay'}")))
        self.moving.clicked.connect(self._on_move)
        self.staying.clicked.connect(self._on_stay)

    def _side(self, columns: Columns, side: int, question: ZoneQuestion, view: TodayView, move: bool) -> Button:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        key = "move" if move else "stay"
        ahead = question.moving if move else question.staying
        place = {"here": city(question.here)} if move else {"home": city(question.home)}
        column.addWidget(labels.strong(say(f"reminding.zone.{key}_text", **place)))
        lines = [ahead_line(each, question, view, not move) for each in ahead]
        said = labels.body("\n".join(lines) if lines else say("reminding.zone.none"), "soft")
        column.addWidget(said)
        column.addStretch(1)
        button = buttons.secondary(say(f"reminding.zone.{key}"))
        button.setAccessibleDescription(" ".join((say("reminding.zone.next"), *lines)))
        row = OnceRow()
        row.put(button)
        column.addWidget(row)
        columns.add(part, side)
        return button

    def _on_move(self) -> None:
        self.answered.emit(True)

    def _on_stay(self) -> None:
        self.answered.emit(False)

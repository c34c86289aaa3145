"""The week at a glance: seven days of marks, and words for what was not applied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.dosing import SlotState
from companion.domain.moments import Slot
from companion.domain.today import TodayView
from companion.ui import labels, theme
from companion.ui.pages.today import words
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.week import Mark, WeekDay, WeekStrip
from companion.wording import dates, say

_MARKS = {
    SlotState.APPLIED: Mark.APPLIED,
    SlotState.SKIPPED: Mark.SKIPPED,
    SlotState.MISSED: Mark.MISSED,
    SlotState.UNKNOWN: Mark.UNKNOWN,
    SlotState.OPEN: Mark.DUE,
    SlotState.BEFORE_START: Mark.BEFORE_START,
    SlotState.BEFORE_RECORD: Mark.BEFORE_RECORD,
    SlotState.PAUSED: Mark.PAUSED,
}


def week_days(view: TodayView) -> tuple[WeekDay, ...]:
    """Return the seven days as the strip shows them."""
    week = view.week_view
    return tuple(
        WeekDay(
            dates.weekday_short(day),
            dates.weekday(day),
            _MARKS.get(morning, Mark.FUTURE),
            _MARKS.get(evening, Mark.FUTURE),
            day == view.day,
        )
        for day, (morning, evening) in zip(week.days, week.states, strict=True)
    )


class WeekCard(Card):
    """Shows the week. ``record_wanted`` carries a past slot about which the person wants to say something."""

    record_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._count = labels.small("")
        self._count.set_wrapping(False)
        super().__init__(say("today.week.title"), trailing=self._count, parent=parent)
        self._strip = WeekStrip((), say("today.week.title"))
        self.add(self._strip)
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(2)
        self.add_layout(self._gaps)
        self._shown: tuple[tuple[Slot, SlotState], ...] | None = None
        self._words = labels.small("")
        self.add(self._words)

    def show_week(self, view: TodayView) -> None:
        """Show the week of a view."""
        self._count.setText(words.week_count(view))
        days = week_days(view)
        self._strip.show_days(days)
        self._show_gaps(words.gaps_shown(view))
        said = " ".join(words.week_lines(view))
        self._words.setText(said)
        self._words.setVisible(bool(said))

    def _show_gaps(self, gaps: tuple[tuple[Slot, SlotState], ...]) -> None:
        if gaps == self._shown:
            return
        self._shown = gaps
        while (item := self._gaps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for slot, state in gaps:
            self._gaps.addWidget(_Gap(slot, state, self))

    def record(self, slot: Slot) -> None:
        """Pass on that the person wants to say what happened in a slot."""
        self.record_wanted.emit(slot)


class _Gap(QWidget):
    """One slot that was not applied or not recorded; what is not recorded can be said here."""

    def __init__(self, slot: Slot, state: SlotState, card: WeekCard) -> None:
        super().__init__()
        self._slot, self._card = slot, card
        line = BesideLayout(self, least=theme.px(160))
        line.addWidget(labels.small(words.gap(slot, state)))
        if state is SlotState.UNKNOWN:
            weekday, part = words.gap_name(slot)
            button = buttons.quiet(say("today.week.record"))
            button.setAccessibleName(say("today.week.record_of", weekday=weekday, part=part))
            button.clicked.connect(self._record)
            line.addWidget(button)

    def _record(self) -> None:
        self._card.record(self._slot)

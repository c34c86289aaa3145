"""The one card for a reminder that came late because the computer slept or was off: what the leaflet allows now."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.moments import Slot
from companion.domain.today import SlotCard, TodayView
from companion.ui import labels, theme
from companion.ui.pages.today import words
from companion.ui.pages.today.slot_card import SlotCardView
from companion.ui.pages.today.turn import actions_of
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.chips import ActionChip
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.wording import say

SPANS = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))
"""What "later" can mean."""
_ORDER = ("apply", "skip", "other_time")


def span_words(span: timedelta) -> str:
    """Return ``In 30 minutes`` or ``In 2 hours``."""
    minutes = int(span.total_seconds() // 60)
    if minutes % 60 == 0:
        return say("reminders.later.hours", count=minutes // 60)
    return say("reminders.later.minutes", count=minutes)


class LateCard(SlotCardView):
    """A slot's card that also says why the reminder is late, offers "later", and leads to what is not recorded.

    ``later_wanted`` carries the slot and the span; ``earlier_wanted`` nothing.
    """

    later_wanted = Signal(object, object)
    earlier_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = labels.body(say("reminding.late.text"))
        self.body.insertWidget(1, self._why)
        self.later = buttons.secondary(say("reminding.late.later"), main=True)
        self.later.setCheckable(True)
        self.later.toggled.connect(self._on_later)
        self._row.put(self.later)
        for skip in (self._buttons["skip"], self._alone):  # after "later", for the eye and for the Tab key
            row = self._row.layout()
            if row is not None:
                row.removeWidget(skip)
            self._row.put(skip)
            skip.raise_()
        self._when = QWidget()
        when = FlowLayout(self._when, gap=theme.GAP_TIGHT)
        when.addWidget(labels.small(say("reminding.late.later_when")))
        self.spans: list[ActionChip] = []
        for span in SPANS:
            chip = ActionChip(span_words(span))
            chip.setProperty("minutes", int(span.total_seconds() // 60))
            chip.clicked.connect(self._on_span)
            when.addWidget(chip)
            self.spans.append(chip)
        self._when.hide()
        self._told = labels.small("", "accent")
        self._told.hide()
        self._earlier = QWidget()
        line = BesideLayout(self._earlier, least=theme.px(220))
        self._earlier_text = labels.small("")
        line.addWidget(self._earlier_text)
        self.earlier = buttons.quiet(say("reminding.late.earlier_show"))
        self.earlier.clicked.connect(self.earlier_wanted)
        line.addWidget(self.earlier)
        self._earlier.hide()
        at = self.body.indexOf(self._row) + 1
        self.body.insertWidget(at, self._when)
        self.body.insertWidget(at + 1, self._told)
        self.body.insertWidget(at + 2, self._earlier)

    def show_late(self, card: SlotCard, view: TodayView, main: bool, earlier: tuple[Slot, ...]) -> None:
        """Show a late slot and how many before it are not recorded; ``main`` fills its first button."""
        if card.slot != self.slot:
            self.later.setChecked(False)
            self._told.hide()
        self.show_slot(card, view, main)
        name = words.slot_name(card.slot, view.day)
        time = words.clock(card.due, view.zone) if card.due is not None else ""
        self.set_title(say("reminding.late.title", slot=name, time=time))
        self._tag.hide()
        self._lines.hide()
        self.later.setAccessibleName(say("reminding.late.later_name", slot=name))
        self._earlier_text.setText(say("reminding.late.earlier", count=len(earlier)) if earlier else "")
        self._earlier.setVisible(bool(earlier))

    def say_why(self, away: bool) -> None:
        """Say that the reminder is late because the computer slept or was off, where that is so."""
        self._why.setVisible(away)

    def say_when(self, text: str) -> None:
        """Say when a reminder comes now; the next thing noted, or another slot, takes the words away."""
        self._told.setText(text)
        self._told.show()
        announce(self, text)
        self.later.setFocus()

    def _offered(self, card: SlotCard, view: TodayView) -> tuple[str, ...]:
        offered = set(actions_of(card, view))
        if "missed" in offered:  # what is being left out now was not forgotten
            offered = offered - {"missed"} | {"skip"}
        return tuple(each for each in _ORDER if each in offered)

    def _on_later(self, on: bool) -> None:
        self._when.setVisible(on)
        if on:
            self.grown.emit(self._when)

    def _on_span(self) -> None:
        chip = self.sender()
        if isinstance(chip, ActionChip) and self.slot is not None:
            self.later.setChecked(False)
            self.later_wanted.emit(self.slot, timedelta(minutes=int(chip.property("minutes"))))

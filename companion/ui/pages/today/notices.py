"""Two quiet notices: a week worth a word, and places that together are above the leaflet's amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.today import Milestone, TodayView
from companion.domain.treatment import total_handprints
from companion.ui import labels, rooms, theme
from companion.ui.pages.today import words
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import FlowLayout
from companion.wording import numbers, say

if TYPE_CHECKING:
    from companion.ui.widgets.message import InlineMessage

ARTICLES = {
    Milestone.FIRST_WEEK: "using-the-cream",
    Milestone.DOTS: "how-colour-returns#patterns",
    Milestone.WEEK_12: "how-colour-returns#time",
    Milestone.WEEK_24: "going-on-or-stopping#week-24",
    Milestone.WEEK_52: "going-on-or-stopping#week-52",
}
"""The section each milestone points to."""
SOURCES = {Milestone.FIRST_WEEK: "ema-overview", Milestone.DOTS: "us-hcp-expectations"}
"""The source of a milestone's words where they are not the leaflet's."""


def _stands(page: str) -> bool:
    return any(room.key == page for room in rooms.standing())


class MilestoneCard(Card):
    """A word about a week of treatment. ``read_wanted`` carries the article, ``visit_wanted`` nothing."""

    read_wanted = Signal(str)
    visit_wanted = Signal()

    def __init__(self, milestone: Milestone, view: TodayView, parent: QWidget | None = None) -> None:
        super().__init__(say(f"today.milestone.{milestone.value}.title"), "sunken", parent=parent)
        if self.heading is not None:
            self.heading.set_tone("accent")
        self.milestone = milestone
        self.add(labels.body(say(f"today.milestone.{milestone.value}.text")))
        if milestone in SOURCES:
            source = words.table_line(SOURCES[milestone])
        else:
            source = words.source_line(view.treatment.leaflet, "review_weeks")
        if source:
            self.add(labels.caption(source))
        row = FlowLayout(gap=theme.GAP_TIGHT)
        if milestone in (Milestone.WEEK_24, Milestone.WEEK_52) and _stands("visit"):
            visit = buttons.secondary(say("today.milestone.visit"), "visit")
            visit.clicked.connect(self.visit_wanted)
            row.addWidget(visit)
        if _stands("learn"):
            read = buttons.secondary(say("today.milestone.read"), "learn")
            read.clicked.connect(self._read)
            row.addWidget(read)
        if row.count():
            self.add_layout(row)

    def _read(self) -> None:
        self.read_wanted.emit(ARTICLES[self.milestone])


def cap_words(view: TodayView) -> str:
    """Return what to say of places that together are above the leaflet's amount, with its source."""
    text = say("today.cap.text", handprints=numbers.handprints(total_handprints(view.places)))
    return "\n".join(filter(None, (text, words.source_line(view.treatment.leaflet, "handprints_cap"))))


def cap_notice(view: TodayView) -> InlineMessage:
    """Return the notice; its ``acted`` is sent when the person wants to see the places."""
    from companion.ui.widgets.message import InlineMessage

    return InlineMessage(cap_words(view), "attention", action=say("today.cap.places") if _stands("settings") else "")

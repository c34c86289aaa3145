"""What an entry said before it was corrected, on request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from companion.domain.history import Edit
from companion.domain.moments import local
from companion.domain.timeline import Entry
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import desk, words
from companion.ui.widgets.card import Card
from companion.ui.widgets.sheet import Sheet
from companion.wording import dates, say

MOST = 40
"""So many corrections are listed; an entry that was changed more often says that there are more."""


class HistorySheet(Sheet):
    """Shows how an entry is now and what it was before each correction, the latest first. Nothing can be changed."""

    def __init__(self, context: Context, over: QWidget, entry: Entry) -> None:
        super().__init__(over, say("journal.history.title"), say("journal.history.text"))
        self._names: Mapping[int, str] = symptom_words.names_inside(context.care.places(include_archived=True))
        self._today: date = context.care.today()
        self._zone = context.clock.zone()
        edits = desk.history(context, entry)
        self.add(self._card(say("journal.history.now"), entry))
        for edit in edits[:MOST]:
            self.add(self._card(self._when(edit), edit.before))
        if len(edits) > MOST:
            self.add(labels.small(say("journal.history.more", count=len(edits) - MOST)))
        self.add_button(say("common.close"), "primary").clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)

    def _when(self, edit: Edit) -> str:
        at = local(edit.at, self._zone)
        return say("journal.history.until", day=dates.short_day_year(at.date()), time=dates.clock_time(at))

    def _card(self, title: str, entry: Entry) -> Card:
        card = Card(title)
        card.add(labels.user_text(words.headline(entry, self._names), "strong"))
        told = " ".join(filter(None, (words.tag(entry), words.details(entry, self._today, self._names))))
        if told:
            card.add(labels.user_text(told, "body"))
        return card

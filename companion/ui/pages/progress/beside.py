"""What stands beside the pictures: what the trials saw, in words and with their comparison; when the doctor looks."""

from __future__ import annotations

from PySide6.QtCore import Signal

from companion.domain.leaflet import Leaflet
from companion.domain.progress import ProgressView
from companion.services import citing, learning
from companion.ui import labels
from companion.ui.pages.progress import words
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.sourced import SourceLine
from companion.wording import language, say

ARTICLE = "what-the-trials-saw"
_RESULT = "true-v-week24"


class TrialsCard(Card):
    """What the two main trials saw at week 24, with and without medicine in the cream, for the face; no forecast."""

    wanted = Signal(str)
    """Emits the article to be read."""

    def __init__(self) -> None:
        super().__init__(say("progress.trials.title"))
        arrays = learning.icon_arrays(language())
        shown = [arrays[each] for each in learning.members(_RESULT)]
        self.add(labels.small(say("progress.trials.measure", measure=shown[0].measure)))
        for each in shown:
            self.add(labels.Label(each.title, "strong"), gap=4)
            for arm in each.arms:
                self.add(labels.body(say("progress.trials.arm", group=arm.label, count=arm.per_100)))
        self.add(labels.small(say("progress.trials.week52")), gap=4)
        self.add(labels.small(say("progress.trials.groups")))
        self.add(SourceLine(citing.source(shown[0].sources[0])))
        self._more = buttons.quiet(say("progress.trials.more"), "learn")
        self._more.clicked.connect(self._on_more)
        self.add(self._more)

    def _on_more(self) -> None:
        self.wanted.emit(ARTICLE)


class ReviewCard(Card):
    """The weeks at which the person and the dermatologist look at it together."""

    def __init__(self) -> None:
        super().__init__(say("progress.review_title"))
        self._days = labels.body("")
        self._source = SourceLine()
        self.add(self._days)
        self.add(labels.small(say("progress.review_text")), gap=2)
        self.add(self._source)

    def show_view(self, view: ProgressView, leaflet: Leaflet) -> None:
        """Show the days of a record."""
        lines = [say("progress.review_line", week=each.week, day=words.day(each.day)) for each in view.reviews]
        self._days.setText("\n".join(lines))
        self._source.show_citation(citing.cited(leaflet, "review_weeks"))
        self.setVisible(bool(view.reviews))

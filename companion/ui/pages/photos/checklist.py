"""How to take photos that can be compared later: a quiet help, each line with where it comes from."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.services import learning
from companion.ui import labels, theme
from companion.ui.widgets.message import Sign
from companion.wording import dates, say

POINTS = ("spot", "light", "flash", "plain", "before", "untouched")
"""The points in the order of taking a photo; ``before`` and the repetition of a spot are the program's own advice."""
SOURCES = ("photo-consensus-2019", "photo-bjd-2020", "photo-dermalink")


def source_line() -> str:
    """Return the sources, with the day all of them had last been read."""
    known = learning.sources()
    found = [known[each] for each in SOURCES if each in known]
    titles = [say("photos.checklist.title_of", title=each.title, publisher=each.publisher) for each in found]
    day = min((each.checked for each in found), default=None)
    return say("photos.checklist.source", titles="; ".join(titles), day=dates.long_day(day)) if day else ""


class Checklist(QWidget):
    """The points, and below them the sources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("photos.checklist.title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        for point in POINTS:
            row = QHBoxLayout()
            row.setSpacing(10)
            side = QVBoxLayout()
            side.addSpacing(2)
            side.addWidget(Sign("check", "accent", 18))
            side.addStretch(1)
            row.addLayout(side)
            row.addWidget(labels.body(say(f"photos.checklist.{point}")), 1)
            column.addLayout(row)
        column.addSpacing(4)
        column.addWidget(labels.caption(source_line()))
        column.addWidget(labels.caption(say("photos.checklist.own")))

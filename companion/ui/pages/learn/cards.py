"""The card beside a word, filled from glossary and source table."""

from __future__ import annotations

from companion.ui.pages.learn.words import ReadingWords
from companion.ui.widgets.article_view_popover import Note, Popover
from companion.ui.widgets.article_view_stop import Stop
from companion.ui.widgets.article_view_text import Kind


class Cards(Popover):
    """Explains terms and names sources in the language of the text; a press on either pins the card."""

    words: ReadingWords | None = None

    def notes_for(self, stop: Stop) -> list[Note]:
        """Return what the card of a stop says."""
        return self.words.notes(stop.span) if self.words is not None else []

    def press(self, stop: Stop) -> str:
        """Pin or close the card of a stop; return the target of a cross reference, which has none."""
        if stop.span.kind is Kind.ARTICLE:
            self.close_now()
            return stop.span.targets[0]
        if self.stop() is stop and self.pinned:
            self.close_now()
            return ""
        keyboard = stop.hasFocus()
        self.show_for(stop, pin=True)
        if keyboard:
            self.focus_inside()
        return ""

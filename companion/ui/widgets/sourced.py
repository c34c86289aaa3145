"""The line that says where a medical sentence comes from and when it was last compared with that source."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from companion.services.citing import Citation
from companion.ui import labels
from companion.wording import dates, say


def source_text(citation: Citation | None) -> str:
    """Return the words for a citation: its first source and the day; empty for none."""
    if citation is None or not citation.sources:
        return ""
    return say("setup.source", title=citation.sources[0].title, day=dates.long_day(citation.checked))


def source_details(citation: Citation | None) -> str:
    """Return every source of a citation with its publisher and address, one a line."""
    return "\n".join(f"{each.title}. {each.publisher}. {each.address}" for each in citation.sources) if citation else ""


class SourceLine(labels.Label):
    """A quiet line of :func:`source_text`; hidden when there is nothing to say."""

    def __init__(self, citation: Citation | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", "caption", parent=parent)
        self.show_citation(citation)

    def show_citation(self, citation: Citation | None) -> None:
        """Say another source."""
        text = source_text(citation)
        self.setText(text)
        self.setToolTip(source_details(citation))
        self.setAccessibleDescription(source_details(citation))
        if not text:
            self.hide()
        elif self.parentWidget() is not None:  # without a parent yet it would be a window of its own
            self.show()

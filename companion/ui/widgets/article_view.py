"""The text of an article as native widgets: every passage a label, every term and source mark a real button.

A screen reader walks the passages with the arrow keys and the marks with Tab; nothing is loaded and nothing is parsed
as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from companion.domain.articles import Block, BlockKind, Run, Section
from companion.domain.leaflet import Leaflet
from companion.ui import theme
from companion.ui.widgets.article_view_prose import GUTTER, Prose, reading_width
from companion.ui.widgets.article_view_stack import Stack
from companion.ui.widgets.article_view_stop import Desk
from companion.ui.widgets.article_view_table import ArticleTable
from companion.ui.widgets.article_view_text import Span, compose, plain


class Words(Protocol):
    """What the text around the words of the article says, in the language of the article."""

    def describe(self, span: Span) -> tuple[str, str]:
        """Return the accessible name and description of a stretch that can be pressed."""
        ...

    def leaflet(self, leaflet: Leaflet) -> str:
        """Return the label of a block that is for the readers of one leaflet."""
        ...

    def place(self, number: int, of: int) -> str:
        """Return how a screen reader is told which section begins."""
        ...


class ArticleText(Stack):
    """Shows sections. Arrow keys go from passage to passage, with Ctrl from heading to heading.

    Args:
        desk: hears of presses and hovering.
        words: names what can be pressed, and the leaflets.
    """

    def __init__(
        self,
        desk: Desk,
        words: Words,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        frame: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(margins, frame, parent)
        self._desk = desk
        self._words = words
        self._numbers: Mapping[str, int] = {}
        self._order: list[Prose] = []
        self.headings: dict[str, Prose] = {}
        desk.stepped.connect(self._on_step)

    def show_sections(
        self,
        sections: Iterable[Section],
        leaflet: Leaflet,
        numbers: Mapping[str, int],
        words: Words,
        headings: bool = True,
    ) -> None:
        """Show the sections as a reader with ``leaflet`` sees them; ``numbers`` are those of the source marks."""
        self.clear()
        self._order.clear()
        self.headings.clear()
        self._numbers, self._words = numbers, words
        shown = [(section, section.seen_by(leaflet)) for section in sections]
        shown = [(section, blocks) for section, blocks in shown if blocks]
        for number, (section, blocks) in enumerate(shown, 1):
            if headings:
                head = self._prose(plain_runs(section.heading), "heading")
                head.setAccessibleDescription(words.place(number, len(shown)))
                self.headings[section.anchor] = head
                self.put(head, 0 if number == 1 else theme.GAP_LARGE)
            self._show_blocks(blocks, self, 6 if headings else 0)
        if self._order:
            self._order[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _show_blocks(self, blocks: tuple[Block, ...], into: Stack, first_gap: int) -> None:
        """Put blocks below one another; those of one leaflet stand together in a box that names it."""
        at, gap = 0, first_gap
        while at < len(blocks):
            block = blocks[at]
            if block.leaflet is not None and into is self:
                end = at
                while end < len(blocks) and blocks[end].leaflet is block.leaflet:
                    end += 1
                frame = Stack((6, 12, 14, 14), "sunken")
                frame.put(self._prose(plain_runs(self._words.leaflet(block.leaflet)), "small", "accent", strong=True))
                self._show_blocks(blocks[at:end], frame, 4)
                into.put(frame, theme.GAP_SMALL, GUTTER)
                at, gap = end, theme.GAP_SMALL
                continue
            if block.kind in (BlockKind.HEADER_ROW, BlockKind.ROW):
                end = at
                while end < len(blocks) and blocks[end].kind in (BlockKind.HEADER_ROW, BlockKind.ROW):
                    end += 1
                into.put(self._table(blocks[at:end]), gap)
                at, gap = end, theme.GAP_SMALL
                continue
            item = block.kind is BlockKind.ITEM
            after_item = at > 0 and blocks[at - 1].kind is BlockKind.ITEM
            into.put(self._prose(block.runs, bullet=item), 4 if item or after_item else gap)
            at, gap = at + 1, theme.GAP_SMALL

    def _table(self, blocks: tuple[Block, ...]) -> ArticleTable:
        head = [self._prose(cell, "small", strong=True) for cell in blocks[0].cells]
        rows = [[self._prose(cell, "body") for cell in block.cells] for block in blocks[1:]]
        return ArticleTable(head, rows)

    def _prose(
        self,
        runs: tuple[Run, ...],
        kind: str = "reading",
        tone: str = "ink",
        bullet: bool = False,
        strong: bool = False,
    ) -> Prose:
        text = compose(runs, self._numbers)
        made = Prose(text, self._desk, self._words.describe, kind, tone, bullet, strong)
        self._order.append(made)
        return made

    # Placing

    def room(self, widget: QWidget, width: int) -> int:
        """Keep the lines short enough to read; a table may be wider."""
        if isinstance(widget, ArticleTable):
            return width
        return min(width, reading_width() + (2 * GUTTER if isinstance(widget, Stack) else 0))

    def arrange(self, width: int, place: bool) -> int:
        """See :meth:`Stack.arrange`; the stops are laid over their words too."""
        high = super().arrange(width, place)
        if place:
            for prose in self._order:
                if prose.width() > 1 and not isinstance(prose.parent(), ArticleTable):
                    prose.place_stops()
        return high

    def passages(self) -> tuple[Prose, ...]:
        """Return every passage in reading order."""
        return tuple(self._order)

    # Keyboard

    def _on_step(self, start: object, step: int) -> None:
        if start not in self._order:
            return
        shown = [prose for prose in self._order if not prose.isHidden()]
        if abs(step) > 1:
            shown = [prose for prose in shown if prose in self.headings.values() or prose is start]
        at = shown.index(start) + (1 if step > 0 else -1)
        if 0 <= at < len(shown):
            self.go_to(shown[at])

    def go_to(self, passage: Prose) -> None:
        """Put the keyboard on a passage and mark it; Tab comes back to it."""
        for prose in self._order:
            if prose.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                prose.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        passage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        passage.setFocus(Qt.FocusReason.OtherFocusReason)
        passage.mark(True)


def plain_runs(text: str) -> tuple[Run, ...]:
    """Return words of the program as the runs of a passage."""
    return (Run(text),)


__all__ = ["ArticleText", "Desk", "Words", "plain", "plain_runs"]

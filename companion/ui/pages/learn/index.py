"""The index of the articles, with the question box above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from companion.domain.articles import Article
from companion.services.learning import Bookmark
from companion.ui import labels, theme
from companion.ui.pages.learn.ask import AskBox
from companion.ui.pages.learn.parts import level_control
from companion.ui.pages.learn.tile import Pairs, Tile
from companion.ui.widgets import buttons
from companion.ui.widgets.article_view_stack import Stack
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.scaffold import PageScaffold
from companion.wording import phrasebook, say

if TYPE_CHECKING:
    from companion.content.search import Answer
    from companion.domain.leaflet import Leaflet
    from companion.ui.pages.learn.answer import AnswerView
    from companion.ui.pages.learn.cards import Cards
    from companion.ui.pages.learn.words import ReadingWords

GROUPS = (
    ("how", ("what-is-vitiligo", "the-loop", "what-the-cream-blocks", "jak-family-and-drugs", "how-colour-returns")),
    ("cream", ("what-the-trials-saw", "using-the-cream", "side-effects", "when-to-get-help")),
    ("life", ("light-therapy", "going-on-or-stopping", "living-with-it", "preparing-the-visit")),
)


class IndexView(PageScaffold):
    """Every article with what it says, how long it takes and whether it was read; above them the question box."""

    opened = Signal(str)
    """Emits the slug of an article; empty to go on reading where the bookmark is."""
    link_wanted = Signal(str)
    level_wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("learn.title"), say("learn.intro"), parent=parent)
        self.level = level_control()
        self.level.changed.connect(self.level_wanted)
        self.add_action(self.level)
        self._all = Stack()
        self.add(self._all)
        self.ask = AskBox()
        self._all.put(self.ask)
        self.answer: AnswerView | None = None
        self.cards: Cards | None = None
        self._place = Stack()
        self._place.hide()
        self._all.put(self._place, theme.GAP)
        self._continue = self._make_continue()
        self._all.put(self._continue, theme.GAP)
        self._bookmark: Bookmark | None = None
        self._lists = Stack()
        self._all.put(self._lists, theme.GAP_LARGE)
        self.add_stretch()
        self.tiles: dict[str, Tile] = {}

    def _make_continue(self) -> Card:
        card = Card(tint="accent")
        self._continue_text = labels.strong("")
        button = buttons.secondary(say("learn.continue.button"), "next")
        button.clicked.connect(self._on_continue)
        row = BesideLayout(least=theme.px(160))
        row.addWidget(self._continue_text)
        row.addWidget(button)
        card.add_layout(row)
        card.hide()
        return card

    # The articles

    def fill(self, shelf: tuple[Article, ...], lang: str) -> None:
        """Show the articles of a language, in groups; one that no group names stands in the last."""
        self._lists.clear()
        self.tiles.clear()
        book = phrasebook(lang)
        grouped = {slug for _, slugs in GROUPS for slug in slugs}
        for key, slugs in GROUPS:
            last = key == GROUPS[-1][0]
            chosen = [each for each in shelf if each.slug in slugs or (last and each.slug not in grouped)]
            if not chosen:
                continue
            self._lists.put(labels.heading(say(f"learn.group.{key}")), theme.GAP_LARGE)
            tiles = [Tile(article, book.say("learn.minutes", count=article.minutes)) for article in chosen]
            for tile in tiles:
                tile.clicked.connect(self._on_tile)
                self.tiles[tile.slug] = tile
            self._lists.put(Pairs(tiles), theme.GAP_TIGHT)
        self._lists.settle()

    def show_state(self, level: str, read: frozenset[str], bookmark: Bookmark | None, title: str) -> None:
        """Show what was read, and where reading may go on: ``title`` is that of the bookmark's article, or empty."""
        self.level.choose(level)
        for slug, tile in self.tiles.items():
            tile.set_read(slug in read)
        going_on = bookmark is not None and bool(title) and bookmark.slug not in read
        self._bookmark = bookmark if going_on else None
        self._continue.setVisible(going_on and not self.answering())
        if going_on:
            text = say("learn.continue.text", title=title)
            self._continue_text.setText(text)
            self._continue.setAccessibleName(text)

    def going_on(self) -> Bookmark | None:
        """Return where the offered reading goes on."""
        return self._bookmark

    def _on_tile(self) -> None:
        sender = self.sender()
        if isinstance(sender, Tile):
            self.opened.emit(sender.slug)

    def _on_continue(self) -> None:
        self.opened.emit("")

    # The answer

    def answering(self) -> bool:
        """Return whether an answer is shown instead of the articles."""
        return self.answer is not None and self.answer.answer is not None

    def show_answer(self, answer: Answer, words: ReadingWords, leaflet: Leaflet, translated: bool) -> None:
        """Show an answer in the place of the articles."""
        view, cards = self._answering_parts()
        cards.words = words
        view.show_answer(answer, words, leaflet, translated)
        self._place.show()
        self._lists.hide()
        self._continue.hide()
        self.ask.show_examples(False)

    def clear_answer(self) -> None:
        """Show the articles again."""
        if self.answer is not None and self.cards is not None:
            self.cards.close_now()
            self.answer.clear()
            self._place.hide()
        self._lists.show()
        self.ask.show_examples(True)
        self._continue.setVisible(self._bookmark is not None)

    def _answering_parts(self) -> tuple[AnswerView, Cards]:
        """Return the parts an answer needs, made with the first one."""
        if self.answer is None or self.cards is None:
            from companion.ui.pages.learn.answer import AnswerView
            from companion.ui.pages.learn.cards import Cards
            from companion.ui.widgets.article_view import Desk

            desk = Desk(self)
            self.answer = AnswerView(desk)
            self.answer.link_wanted.connect(self.link_wanted)
            self.answer.help_wanted.connect(self.help_wanted)
            self.answer.closed.connect(self._on_closed)
            self._place.put(self.answer)
            self.cards = Cards(desk, self)
            desk.pressed.connect(self._on_press)
        return self.answer, self.cards

    def _on_closed(self) -> None:
        self.ask.field.clear()
        self.ask.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_press(self, stop: object) -> None:
        from companion.ui.widgets.article_view_stop import Stop

        if isinstance(stop, Stop) and self.cards is not None and (target := self.cards.press(stop)):
            self.link_wanted.emit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close a pinned card when the person clicks beside it."""
        if self.cards is not None:
            self.cards.close_now()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close an open card on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.cards is not None and self.cards.isVisible():
            self.cards.close_now()
        else:
            super().keyPressEvent(event)

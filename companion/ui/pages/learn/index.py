"""The index of the articles, with the question box above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.articles import Article
from companion.services.learning import Bookmark
from companion.ui import labels, theme
from companion.ui.pages.learn.ask import AskBox
from companion.ui.pages.learn.parts import Tile, level_control
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.scaffold import Columns, PageScaffold
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
        self.ask = AskBox()
        self.add(self.ask)
        self.answer: AnswerView | None = None
        self.cards: Cards | None = None
        self._continue = self._make_continue()
        self.add(self._continue)
        self._bookmark: Bookmark | None = None
        self._lists = QWidget()
        self._groups = QVBoxLayout(self._lists)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(theme.GAP_TIGHT)
        self.add(self._lists)
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
        while (item := self._groups.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tiles.clear()
        book = phrasebook(lang)
        grouped = {slug for _, slugs in GROUPS for slug in slugs}
        for number, (key, slugs) in enumerate(GROUPS):
            last = number == len(GROUPS) - 1
            chosen = [each for each in shelf if each.slug in slugs or (last and each.slug not in grouped)]
            if not chosen:
                continue
            if number:
                self._groups.addSpacing(theme.GAP_SMALL)
            self._groups.addWidget(labels.heading(say(f"learn.group.{key}")))
            columns = Columns(even=True, threshold=640)
            for at, article in enumerate(chosen):
                tile = Tile(article, book.say("learn.minutes", count=article.minutes))
                tile.clicked.connect(self._on_tile)
                self.tiles[article.slug] = tile
                columns.add(tile, at % 2)
            self._groups.addWidget(columns)

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
        view.show()
        self._lists.hide()
        self._continue.hide()

    def clear_answer(self) -> None:
        """Show the articles again."""
        if self.answer is not None and self.cards is not None:
            self.cards.close_now()
            self.answer.clear()
            self.answer.hide()
        self._lists.show()
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
            self.body.insertWidget(1, self.answer)
            self.cards = Cards(desk, self)
            desk.pressed.connect(self._on_press)
        return self.answer, self.cards

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

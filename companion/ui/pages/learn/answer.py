"""The answer to a question: what is said first, then the passages word for word."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.content.search import Answer, AnswerKind, Passage
from companion.domain.articles import Section
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.ui import labels, theme
from companion.ui.pages.learn.words import ReadingWords
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.article_view import ArticleText, Desk
from companion.ui.widgets.article_view_prose import GUTTER
from companion.ui.widgets.article_view_stack import Stack
from companion.ui.widgets.article_view_text import number_sources
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.scaffold import Columns
from companion.wording import say


class AnswerView(QWidget):
    """An answer: what is said first, then the passages as they stand in the articles, marks and terms included."""

    link_wanted = Signal(str)
    help_wanted = Signal()
    closed = Signal()
    """The person goes back to the articles."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.answer: Answer | None = None
        self.message: InlineMessage | None = None
        self.passages: list[Card] = []

    def clear(self) -> None:
        """Take the answer away."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.answer, self.message = None, None
        self.passages = []

    def show_answer(self, answer: Answer, words: ReadingWords, leaflet: Leaflet, translated: bool) -> None:
        """Show an answer; ``translated`` says that it was found in the other language's articles."""
        self.clear()
        self.answer = answer
        back = buttons.quiet(say("learn.all"), "back")
        back.clicked.connect(self.closed)
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.message = self._first(answer, translated)
        if self.message is not None:
            self._column.addWidget(self.message)
        if answer.kind is AnswerKind.URGENT and answer.doctor:
            self._column.addWidget(self._doctor())
        for passage in answer.passages:
            card = self._card(passage, words, leaflet)
            if card is not None:
                self.passages.append(card)
                self._column.addWidget(card)
        said = self.message.message() if self.message is not None else ""
        announce(self, said or say("learn.ask.found", count=len(self.passages)))

    def _first(self, answer: Answer, translated: bool) -> InlineMessage | None:
        """Return what is said before any passage."""
        if answer.kind is AnswerKind.URGENT:
            made = InlineMessage(
                say("learn.ask.urgent.text"), "urgent", say("learn.ask.urgent.title"), say("learn.ask.urgent.action")
            )
            made.acted.connect(self.help_wanted)
            return made
        if answer.kind is AnswerKind.ASK_YOUR_DOCTOR:
            return self._doctor()
        if answer.kind is AnswerKind.NONE or not answer.passages:
            return InlineMessage(say("learn.ask.none.text"), "info", say("learn.ask.none.title"))
        key = "learn.ask.answer_other" if translated else "learn.ask.answer"
        return InlineMessage(say(key), "info")

    @staticmethod
    def _doctor() -> InlineMessage:
        return InlineMessage(say("learn.ask.doctor.text"), "attention", say("learn.ask.doctor.title"))

    def _card(self, passage: Passage, words: ReadingWords, leaflet: Leaflet) -> Card | None:
        section = learning.section(passage.article, passage.anchor, passage.level, words.lang)
        if section is None:
            return None
        blocks = section.seen_by(leaflet)
        numbers = number_sources(blocks)
        card = Card(words.say("learn.ask.from", title=passage.title, heading=passage.heading))
        if card.heading is not None:
            card.heading.setContentsMargins(GUTTER, 0, 0, 0)
        text = ArticleText(self._desk, words)
        text.show_sections((Section(section.anchor, section.heading, blocks),), leaflet, numbers, words, headings=False)
        columns = Columns((3, 2), threshold=720)
        columns.add(text)
        if numbers:
            columns.add(self._sources(numbers, words), 1)
        card.add(columns)
        foot = FlowLayout(gap=theme.GAP_TIGHT)
        foot.setContentsMargins(GUTTER, 4, 0, 0)
        go = buttons.secondary(say("learn.ask.read"), "learn")
        go.setAccessibleName(say("learn.ask.read_in", title=passage.title))
        go.setProperty("target", f"{passage.article}#{passage.anchor}")
        go.clicked.connect(self._on_read)
        foot.addWidget(go)
        card.add_layout(foot)
        return card

    @staticmethod
    def _sources(numbers: dict[str, int], words: ReadingWords) -> Stack:
        """Return where the passage comes from, numbered as its marks are."""
        known = learning.sources()
        stack = Stack((14, 10, 14, 12), "sunken")
        stack.put(labels.small(words.say("learn.sources"), "ink"))
        for source, number in numbers.items():
            if source in known:
                line = words.say("learn.numbered", number=number, text=words.source_line(known[source]))
                stack.put(labels.caption(line), 4)
        return stack

    def _on_read(self) -> None:
        sender = self.sender()
        if isinstance(sender, buttons.Button):
            self.link_wanted.emit(str(sender.property("target")))

"""One article on the page: head, picture, text, sources, and the way to the next one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.domain.articles import Article, Level, Section
from companion.domain.leaflet import Leaflet
from companion.domain.values import value
from companion.services import learning
from companion.services.learning import Bookmark
from companion.ui import labels, theme
from companion.ui.pages.learn.bar import ArticleBar
from companion.ui.pages.learn.cards import Cards
from companion.ui.pages.learn.parts import TextLink
from companion.ui.pages.learn.spread import Spread, SpreadArea
from companion.ui.pages.learn.words import ReadingWords
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.article_view import ArticleText, Desk
from companion.ui.widgets.article_view_prose import Prose
from companion.ui.widgets.article_view_stack import Stack
from companion.ui.widgets.article_view_stop import Stop
from companion.ui.widgets.article_view_text import number_sources
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage

if TYPE_CHECKING:
    from companion.ui.widgets.mechanism_card import PictureCard

_REST = 1500
"""How long in ms the text must stand still before the place is remembered."""


@value
class Shown:
    """What is on the page: an article as one reader sees it."""

    article: Article
    level: Level
    leaflet: Leaflet
    words: ReadingWords
    before: Article | None
    after: Article | None
    of: int
    today: date

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections at the level read."""
        return self.article.levels[self.level]

    def numbers(self) -> dict[str, int]:
        """Return the number of every source this reader meets."""
        return number_sources(block for section in self.sections for block in section.seen_by(self.leaflet))


class ReaderView(QWidget):
    """Shows one article. What the person wants leaves by signals; the page carries it out."""

    link_wanted = Signal(str)
    """Emits ``slug`` or ``slug#anchor``."""
    finished = Signal(str)
    """Emits the slug of an article whose end was seen."""
    rested = Signal(object)
    """Emits a :class:`Bookmark` when the text has stood still for a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.desk = Desk(self)
        self.bar = ArticleBar()
        self.title, self.subtitle = labels.title(""), labels.subtitle("")
        self._head = Stack()
        self._head.put(self.title)
        self._head.put(self.subtitle, 2)
        self._old: InlineMessage | None = None
        self._saved: InlineMessage | None = None
        self._side, self._main, self._foot = Stack(), Stack(), Stack()
        self.spread = Spread(self.bar, self._head, self._side, self._main, self._foot)
        self.area = SpreadArea(self.spread)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.text: ArticleText | None = None
        self.picture: PictureCard | None = None
        self.cards = Cards(self.desk, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._on_rest)
        self._held: Bookmark | None = None
        self._due: tuple[Shown, dict[str, int]] | None = None
        """What the first article still lacks: what stands below its text is put there after the first paint."""
        self._told = ""
        self._quiet = False
        self.desk.pressed.connect(self._on_press)
        self.area.scrolled.connect(self._on_scroll)
        self.spread.arranged.connect(self._keep_place)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    # Filling

    def show_article(self, shown: Shown, place: Bookmark, picture: PictureCard | None, back: str) -> None:
        """Show an article and go to a place in it."""
        self.cards.close_now()
        if self._saved is not None:
            self._saved.hide()
        first = self.shown is None
        self.cards.words = shown.words
        self.shown = shown
        self._told = ""
        self.bar.show_state(shown.level.value, shown.words.lang, back)
        self._fill_head(shown)
        for part in (self._side, self._main, self._foot):
            part.clear()
        self.picture = picture
        self.spread.picture = picture is not None
        numbers = shown.numbers()
        if picture is not None:
            self._side.put(picture)  # before the text, so that Tab comes to it first, as the eye does
        self._fill_text(shown, numbers)
        if picture is None:
            self._side.put(self._outline(shown))
        self._held = place
        self._due = (shown, numbers)
        if not first:
            self._fill_below()
        self.area.lay_out()

    def _fill_below(self) -> None:
        """Put sources and neighbours below the text."""
        if self._due is not None:
            (shown, numbers), self._due = self._due, None
            (self._main if self.picture is not None else self._side).put(self._sources(shown, numbers), theme.GAP)
            self._foot.put(self._neighbours(shown))

    def _complete(self) -> None:
        """Lay the first article out with what stands below its text, once its top was painted."""
        if self._due is not None:
            self._held = self._held or self.place()
            self._fill_below()
            self.area.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Complete the first article when its top was painted."""
        super().paintEvent(event)
        if self._due is not None:
            QTimer.singleShot(0, self, self._complete)

    def _message(self, kind: str, closable: bool = False) -> InlineMessage:
        made = InlineMessage("", kind, closable=closable)
        self._head.put(made, theme.GAP_SMALL)
        return made

    def say_saved(self, text: str) -> None:
        """Say above the article that its file was written."""
        self._saved = self._saved or self._message("done", closable=True)
        self._saved.show_message(text, "done")
        self._saved.show()
        self._held = Bookmark(self.shown.article.slug) if self.shown is not None else None
        self.area.lay_out()
        announce(self, text)

    def _fill_head(self, shown: Shown) -> None:
        article, words = shown.article, shown.words
        self.title.setText(article.title)
        self.setAccessibleName(article.title)
        self.subtitle.setText(
            words.say("learn.subtitle", number=article.order, of=shown.of, minutes=words.minutes(article))
        )
        old = learning.is_old(article.checked, shown.today)
        if self._old is not None:
            self._old.setVisible(old)
        if old:
            self._old = self._old or self._message("attention")
            self._old.show_message(words.say("learn.old", day=words.day(article.checked)), "attention")

    def _fill_text(self, shown: Shown, numbers: dict[str, int]) -> None:
        self.text = ArticleText(self.desk, shown.words, (14, 20, 24, 26), "card")
        self.text.show_sections(shown.sections, shown.leaflet, numbers, shown.words)
        self._main.put(self.text)

    def _sources(self, shown: Shown, numbers: dict[str, int]) -> QWidget:
        words, known = shown.words, learning.sources()
        card = Stack((20, 18, 20, 20), "card")
        card.setAccessibleName(words.say("learn.sources"))
        card.put(labels.heading(words.say("learn.sources")))
        for source, number in numbers.items():
            if source in known:
                text = words.say("learn.numbered", number=number, text=words.source_line(known[source]))
                card.put(labels.small(text), theme.GAP_TIGHT)
        card.put(labels.small(words.review(shown.article), "ink"), theme.GAP)
        card.put(labels.caption(words.say("learn.no_advice")), 4)
        return card

    def _outline(self, shown: Shown) -> QWidget:
        card = Stack((10, 16, 10, 12), "card")
        title = labels.heading(shown.words.say("learn.outline"))
        title.setContentsMargins(10, 0, 0, 4)
        card.put(title)
        for section in shown.sections:
            if section.seen_by(shown.leaflet):
                link = TextLink(section.heading)
                link.setProperty("anchor", section.anchor)
                link.clicked.connect(self._on_outline)
                card.put(link)
        return card

    def _neighbours(self, shown: Shown) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap=theme.GAP_TIGHT)
        for neighbour, key, made in (
            (shown.before, "learn.before", buttons.secondary("", main=True)),
            (shown.after, "learn.after", buttons.primary("")),
        ):
            if neighbour is None:
                made.deleteLater()
                continue
            made.setText(shown.words.say(key, title=neighbour.title))
            made.setProperty("slug", neighbour.slug)
            made.clicked.connect(self._on_neighbour)
            row.addWidget(made)
        return holder

    # The place in the text

    def place(self) -> Bookmark:
        """Return which section stands at the top of the view, and how far into it the view begins."""
        if self.shown is None:
            return Bookmark("")
        top = self.area.verticalScrollBar().value() + self.spread.covered() + theme.GAP
        found = Bookmark(self.shown.article.slug)
        for anchor, start, end in self._spans():
            if start <= top:
                found = Bookmark(self.shown.article.slug, anchor, min(1.0, (top - start) / max(1, end - start)))
        return found

    def _spans(self) -> list[tuple[str, int, int]]:
        """Return anchor, top and end of every section, in the spread."""
        if self.text is None:
            return []
        base = self.text.mapTo(self.spread, self.text.rect().topLeft()).y()
        tops = [(anchor, base + heading.y()) for anchor, heading in self.text.headings.items()]
        ends = [top for _, top in tops[1:]] + [base + self.text.height()]
        return [(anchor, top, end) for (anchor, top), end in zip(tops, ends, strict=True)]

    def go_to(self, place: Bookmark) -> None:
        """Scroll to a place; without an anchor to the beginning."""
        self._held = place
        value = 0
        for anchor, start, end in self._spans():
            if anchor == place.anchor:
                value = start + round(place.share * (end - start)) - self.spread.covered() - theme.GAP
        self.area.verticalScrollBar().setValue(max(0, value))
        self._held = place

    def _keep_place(self) -> None:
        """Stay where the person was when the text was laid out anew."""
        if self._held is not None:
            self.go_to(self._held)

    def focus_text(self) -> None:
        """Put the keyboard on the heading of the section in view; nothing moves and nothing is marked."""
        if self.text is None or not self.text.passages():
            return
        held = self._held
        passage = self.text.headings.get(self.place().anchor, self.text.passages()[0])
        self._quiet = True
        self.text.go_to(passage)
        self._quiet = False
        passage.mark(False)
        self._held = held

    def _on_scroll(self, value: int) -> None:
        self._held = None
        if self.cards.isVisible():
            self.cards.close_now()
        self._rest.start()
        self._tell_end()

    def _on_rest(self) -> None:
        if self.isVisible() and self.shown is not None:
            self.rested.emit(self.place())

    def _tell_end(self) -> None:
        if self.shown is None or self.text is None or not self.isVisible():
            return
        passages = self.text.passages()
        if not passages or self._told == self.shown.article.slug:
            return
        last = passages[-1]
        bottom = last.mapTo(self.spread, last.rect().bottomLeft()).y()
        bar = self.area.verticalScrollBar()
        if bar.value() + self.area.view().height() >= bottom:
            self._told = self.shown.article.slug
            self.finished.emit(self._told)

    # What the person does

    def _on_press(self, stop: object) -> None:
        if isinstance(stop, Stop) and (target := self.cards.press(stop)):
            self.link_wanted.emit(target)

    def _on_outline(self) -> None:
        sender = self.sender()
        if self.shown is not None and isinstance(sender, QObject):
            anchor = str(sender.property("anchor"))
            self.go_to(Bookmark(self.shown.article.slug, anchor))
            if self.text is not None and anchor in self.text.headings:
                self.text.go_to(self.text.headings[anchor])

    def _on_neighbour(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.link_wanted.emit(str(sender.property("slug")))

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the keyboard in view, and close a pinned card when the keyboard goes elsewhere."""
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None:
            self.spread.hold_bar(self.bar.isAncestorOf(now) and not by_mouse)
        if now is None or self._quiet or not self.isVisible() or by_mouse:
            return
        if self.cards.pinned and not self.cards.isAncestorOf(now) and now is not self.cards.stop():
            self.cards.close_now()
        if self.spread.isAncestorOf(now) and not self.bar.isAncestorOf(now):
            shown = now.parentWidget() if isinstance(now, Stop) and now.parentWidget() is not None else now
            top = now if isinstance(shown, Prose) and shown.height() > self.area.view().height() // 2 else shown
            if top is not None:
                self.area.show_area(QRectF(top.mapTo(self.spread, top.rect().topLeft()), top.size()))

    def mousePressEvent(self, event: object) -> None:
        """Close a pinned card when the person clicks beside it."""
        self.cards.close_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close an open card on Escape; scroll by pages, to the beginning and to the end."""
        bar, key = self.area.verticalScrollBar(), event.key()
        page = max(60, self.area.view().height() - self.spread.covered() - 60)
        if key == Qt.Key.Key_Escape and self.cards.isVisible():
            self.cards.close_now()
        elif key == Qt.Key.Key_PageDown:
            bar.setValue(bar.value() + page)
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - page)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    # Qt events

    def changeEvent(self, event: QEvent) -> None:
        """Keep the place when the text size changes."""
        if event.type() == QEvent.Type.StyleChange and self.shown is not None and self._held is None:
            self._held = self.place()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place when the window changes its size."""
        self._held = self._held or self.place()
        super().resizeEvent(event)
        if self.shown is not None:
            self.area.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether the end is in view already."""
        super().showEvent(event)
        self._keep_place()
        self._tell_end()

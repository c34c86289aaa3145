"""The Learn page: goes between index and articles, and remembers what was read. Each part is built when first seen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from companion.domain.articles import Level
from companion.domain.errors import CompanionError
from companion.domain.leaflet import Leaflet
from companion.services import learning
from companion.services.changes import Changes
from companion.services.learning import Answered, Bookmark, Reading
from companion.ui.context import Context, Page
from companion.ui.widgets.announce import announce
from companion.wording import language, say

if TYPE_CHECKING:
    from companion.desktop.tasks import Job
    from companion.ui.pages.learn.index import IndexView
    from companion.ui.pages.learn.reader import ReaderView

_IDLE = 60
"""How long in ms after the index was shown the parts of an article are loaded."""


class LearnPage(Page):
    """Index and reader. ``Host.go("learn", "slug#anchor")`` opens an article at a section."""

    name = "learn"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._reading = Reading(context.care)
        self._leaflet = Leaflet.OTHER
        self._lang = language()
        self._read: frozenset[str] = frozenset()
        self._bookmark: Bookmark | None = None
        self._history: list[Bookmark] = []
        self._index: IndexView | None = None
        self._reader: ReaderView | None = None
        self._filled = ""
        self._stack = QStackedLayout(self)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.go_back)

    # Page

    def concerns(self, changes: Changes) -> bool:
        """Return whether the leaflet or what was read may have changed."""
        return changes.treatment or changes.settings

    def reload(self) -> None:
        """Read leaflet and progress again."""
        leaflet = self.context.applications.leaflet() or Leaflet.OTHER
        self._read, self._bookmark = self._reading.read(), self._reading.bookmark()
        lang = self._reading.language() or language()
        other = leaflet is not self._leaflet or lang != self._lang
        self._leaflet, self._lang = leaflet, lang
        if self._index is not None:
            self._fill_index()
        if other:
            self._again()

    def enter(self, argument: object = None) -> None:
        """Show the page; ``argument`` is ``slug``, ``slug#anchor``, or nothing."""
        super().enter(argument)
        if isinstance(argument, str) and argument:
            self.open(argument)
        elif self._stack.currentWidget() is None:
            self._show_index()

    def focus_start(self) -> None:
        """Put the keyboard on the text of an article, or in the question box."""
        reader = self._reading_now()
        if reader is not None:
            reader.focus_text()
        else:
            self.index().ask.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _level(self) -> Level:
        """Return how deep the articles go: as this computer remembers, in an example as was chosen in it."""
        own = self._reading.level() if self.context.example else None
        return own or Level(self.context.preferences.level)

    def _keep_level(self, level: Level) -> None:
        """Remember a level; whoever looks around in an example leaves the person's own as it is."""
        if not self.context.example:
            self.context.preferences.level = level.value
            return
        try:
            self._reading.keep_level(level)
        except CompanionError as error:
            self.context.host.say_problem(error)

    # The two views

    def index(self) -> IndexView:
        """Return the index, built when it is first shown."""
        if self._index is None:
            from companion.ui.pages.learn.index import IndexView

            made = self._index = IndexView()
            made.opened.connect(self._on_opened)
            made.level_wanted.connect(self._on_level)
            made.link_wanted.connect(self._on_link)
            made.help_wanted.connect(self._on_help)
            made.ask.asked.connect(self._on_asked)
            made.ask.began.connect(self._on_began)
            made.ask.cleared.connect(made.clear_answer)
            self._stack.addWidget(made)
        return self._index

    def reader(self) -> ReaderView:
        """Return the reader, built when the first article is opened."""
        if self._reader is None:
            from companion.ui.pages.learn.reader import ReaderView

            made = self._reader = ReaderView()
            made.link_wanted.connect(self._on_link)
            made.finished.connect(self._on_finished)
            made.rested.connect(self._on_rested)
            made.bar.back_wanted.connect(self.go_back)
            made.bar.level_wanted.connect(self._on_level)
            made.bar.language_wanted.connect(self._on_language)
            made.bar.size_wanted.connect(self._on_size)
            made.bar.print_wanted.connect(self._on_print)
            made.bar.save_wanted.connect(self._on_save)
            self._stack.addWidget(made)
        return self._reader

    def _reading_now(self) -> ReaderView | None:
        """Return the reader when an article is in front."""
        reader = self._reader
        return reader if reader is not None and self._stack.currentWidget() is reader else None

    def _fill_index(self) -> None:
        index, shelf = self.index(), learning.shelf(self._lang)
        if self._filled != self._lang:
            index.fill(shelf, self._lang)
            self._filled = self._lang
        kept = self._bookmark
        title = next((each.title for each in shelf if kept is not None and each.slug == kept.slug), "")
        index.show_state(self._level().value, self._read, kept, title)

    def _show_index(self) -> None:
        self._history.clear()
        self._fill_index()
        self._stack.setCurrentWidget(self.index())
        if self._reader is None:
            QTimer.singleShot(_IDLE, self, self._prepare)

    def _prepare(self) -> None:
        """Load what the first article will need, while the person looks at the index."""
        import_module("companion.ui.pages.learn.reader")
        import_module("companion.ui.pages.learn.words")

    # Going

    def open(self, target: str) -> None:
        """Open ``slug`` or ``slug#anchor``; one that does not exist leads to the index."""
        slug, _, anchor = target.partition("#")
        if learning.article(slug, self._lang) is None:
            self._show_index()
            return
        reader = self._reading_now()
        if reader is not None and reader.shown is not None:
            self._history.append(reader.place())
        self._show(Bookmark(slug, anchor))

    def _show(self, place: Bookmark) -> None:
        """Show an article at a place, at the level and in the language read now."""
        from companion.ui.pages.learn.pictures import picture_of
        from companion.ui.pages.learn.reader import Shown
        from companion.ui.pages.learn.words import ReadingWords

        shelf = learning.shelf(self._lang)
        at = next(at for at, each in enumerate(shelf) if each.slug == place.slug)
        words = ReadingWords(self._lang, self._leaflet)
        shown = Shown(
            article=shelf[at],
            level=self._level(),
            leaflet=self._leaflet,
            words=words,
            before=shelf[at - 1] if at else None,
            after=shelf[at + 1] if at + 1 < len(shelf) else None,
            of=len(shelf),
            today=self.context.care.today(),
        )
        reader = self.reader()
        self._stack.setCurrentWidget(reader)
        picture = picture_of(shown.article, shown.level, words)
        reader.show_article(shown, place, picture, say("learn.back" if self._history else "learn.all"))

    def go_back(self) -> None:
        """Go to where the reader came from: the article before, or the index."""
        reader = self._reading_now()
        if reader is None:
            return
        self._on_rested(reader.place())
        if self._history:
            self._show(self._history.pop())
        else:
            self._show_index()
            announce(self, say("learn.title"))
        self.focus_start()

    def _on_opened(self, slug: str) -> None:
        going_on = self.index().going_on()
        if slug:
            self.open(slug)
        elif going_on is not None:
            self._show(going_on)
        self.focus_start()

    def _on_link(self, target: str) -> None:
        self.open(target)
        self.focus_start()

    # Level, language, size: the place in the text is kept

    def _again(self) -> None:
        """Show what is shown anew, at the same place."""
        reader = self._reading_now()
        if reader is not None and reader.shown is not None:
            self._show(reader.place())

    def _on_level(self, level: str) -> None:
        self._keep_level(Level(level))
        self._again()
        index = self._index
        if index is not None and index.answering() and self._stack.currentWidget() is index:
            self._show_answer(self._find(index.ask.question()))

    def _on_language(self, lang: str) -> None:
        self._lang = lang
        self._again()
        try:
            self._reading.keep_language("" if lang == language() else lang)
        except CompanionError as error:
            self.context.host.say_problem(error)

    def _on_size(self, step: int) -> None:
        from companion.desktop.preferences import TEXT_SCALES

        now = self.context.preferences.text_scale
        at = min(range(len(TEXT_SCALES)), key=lambda each: abs(TEXT_SCALES[each] - now))
        self.context.preferences.text_scale = TEXT_SCALES[max(0, min(at + step, len(TEXT_SCALES) - 1))]

    # What was read

    def _on_finished(self, slug: str) -> None:
        if slug in self._read:
            return
        try:
            self._reading.mark(slug)
        except CompanionError as error:
            self.context.host.say_problem(error)
            return
        self._read |= {slug}

    def _on_rested(self, place: object) -> None:
        if not isinstance(place, Bookmark) or not place.slug or place == self._bookmark:
            return
        try:
            self._reading.keep(place)
        except CompanionError as error:
            self.context.host.say_problem(error)
            return
        self._bookmark = place

    # Questions

    def _on_began(self) -> None:
        """Build the search index while the person types."""
        lang, leaflet = self._lang, self._leaflet

        def work(job: Job) -> None:
            learning.warm(lang, leaflet)

        self.context.tasks.run(work, self._on_warm, self.context.host.say_problem, writes=False)

    def _on_warm(self, value: object) -> None:
        """Nothing is left to do: the next question finds the index."""

    def _on_asked(self, question: str) -> None:
        """Answer; what sounds urgent shows the get-help page before anything else."""
        from companion.content.search import AnswerKind

        found = self._find(question)
        if found.answer.kind is AnswerKind.URGENT:
            self.context.host.show_help(*found.answer.categories)
        self._show_answer(found)

    def _find(self, question: str) -> Answered:
        return learning.ask_either(question, self._level(), self._leaflet, self._lang)

    def _show_answer(self, found: Answered) -> None:
        from companion.ui.pages.learn.words import ReadingWords

        words = ReadingWords(found.lang, self._leaflet)
        self.index().show_answer(found.answer, words, self._leaflet, found.lang != self._lang)

    def _on_help(self) -> None:
        view = self.index().answer
        answer = view.answer if view is not None else None
        self.context.host.show_help(*(answer.categories if answer is not None else ()))

    # Paper

    def _on_print(self) -> None:
        from companion.ui.pages.learn import paper

        reader = self._reading_now()
        if reader is not None and reader.shown is not None:
            paper.print_article(reader.shown, reader.picture, self)

    def _on_save(self) -> None:
        from companion.ui.pages.learn import paper

        reader = self._reading_now()
        if reader is None or reader.shown is None:
            return
        path = paper.ask_where(reader.shown, self)
        if path is None:
            return
        try:
            paper.save(path, paper.pdf(reader.shown, reader.picture))
        except CompanionError as error:
            self.context.host.say_problem(error)
            return
        reader.say_saved(say("learn.saved", name=path.name))

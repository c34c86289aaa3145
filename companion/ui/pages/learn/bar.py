"""The controls of an article: back, level, language, text size, paper."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from companion.ui import theme
from companion.ui.pages.learn.parts import level_control
from companion.ui.pages.learn.spread import Bar
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import LANGUAGES, say


class ArticleBar(Bar):
    """Says what the person wants; it changes nothing itself."""

    back_wanted = Signal()
    level_wanted = Signal(str)
    language_wanted = Signal(str)
    size_wanted = Signal(int)
    """Emits 1 for larger text, -1 for smaller."""
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = BesideLayout(self, gap=theme.GAP_SMALL, least=theme.px(90))
        left = QWidget()
        inner = QHBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        self.back = buttons.quiet(say("learn.all"), "back")
        self.back.setToolTip(say("learn.back_hint"))
        self.back.clicked.connect(self.back_wanted)
        inner.addWidget(self.back)
        inner.addStretch(1)
        right = QWidget()
        flow = FlowLayout(right, gap=theme.GAP_SMALL, row_gap=6)
        self.level = level_control()
        self.level.changed.connect(self.level_wanted)
        self.language = SegmentedControl(
            [(lang, say(f"learn.language.short.{lang}")) for lang in LANGUAGES], say("learn.language")
        )
        for lang in LANGUAGES:
            self.language.segment(lang).setAccessibleName(say(f"learn.language.{lang}"))
        self.language.changed.connect(self.language_wanted)
        self._sizes = QWidget()
        small = FlowLayout(self._sizes, gap=0)
        self.smaller = self._tool(say("learn.smaller_sign"), say("learn.smaller"))
        self.larger = self._tool(say("learn.larger_sign"), say("learn.larger"))
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.paper = buttons.icon_button("print", say("learn.paper"))
        self.paper.clicked.connect(self._on_paper)
        for tool in (self.smaller, self.larger, self.paper):
            small.addWidget(tool)
        for control in (self.level, self.language, self._sizes):
            flow.addWidget(control)
        row.addWidget(left)
        row.addWidget(right)

    @staticmethod
    def _tool(sign: str, name: str) -> buttons.Button:
        return buttons.IconButton("", name, sign)

    def show_state(self, level: str, lang: str, back: str) -> None:
        """Show which level and language are read, and where back leads."""
        self.level.choose(level)
        self.language.choose(lang)
        if self.back.text() != back:
            self.back.setText(back)
            self.back.updateGeometry()
            self.forget()

    def _on_smaller(self) -> None:
        self.size_wanted.emit(-1)

    def _on_larger(self) -> None:
        self.size_wanted.emit(1)

    def _on_paper(self) -> None:
        menu = QMenu(self)
        for text, wanted in ((say("learn.save_pdf"), self.save_wanted), (say("learn.print"), self.print_wanted)):
            action = QAction(text, menu)
            action.triggered.connect(wanted)
            menu.addAction(action)
        menu.popup(self.paper.mapToGlobal(QPoint(0, self.paper.height() + 4)))

"""The controls of an article: back, level, language, text size, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from companion.domain.articles import Level
from companion.ui import theme
from companion.ui.pages.learn.parts import level_control
from companion.ui.pages.learn.spread import Bar
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import LANGUAGES, say

if TYPE_CHECKING:
    from companion.ui.widgets.fields import Choice


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
        self.back_sign = buttons.icon_button("back", say("learn.all"))
        self.back_sign.clicked.connect(self.back_wanted)
        self.back_sign.hide()
        inner.addWidget(self.back_sign)
        inner.addStretch(1)
        right = QWidget()
        flow = self._controls = FlowLayout(right, gap=theme.GAP_SMALL, row_gap=6)
        self.levels: Choice | None = None
        """The levels as a list that opens, made when the bar first has to be small."""
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
        self._list = QWidget()
        self._list.hide()
        for control in (self._list, self.level, self.language, self._sizes):
            flow.addWidget(control)
        row.addWidget(left)
        row.addWidget(right)

    @staticmethod
    def _tool(sign: str, name: str) -> buttons.Button:
        return buttons.IconButton("", name, sign)

    def show_state(self, level: str, lang: str, back: str) -> None:
        """Show which level and language are read, and where back leads."""
        self.level.choose(level)
        if self.levels is not None:
            self.levels.choose(level)
        self.language.choose(lang)
        if self.back.text() != back:
            self.back.setText(back)
            self.back_sign.rename(back)
            self.back.updateGeometry()
            self.forget()

    def set_compact(self, compact: bool) -> None:
        """Show the levels as a list that opens and the way back as a sign, or both in words."""
        if compact and self.levels is None:
            self.levels = self._make_levels()
        self.back.setVisible(not compact)
        self.back_sign.setVisible(compact)
        self._list.setVisible(compact)
        self.level.setVisible(not compact)

    def _make_levels(self) -> Choice:
        from companion.ui.widgets.fields import Choice
        from companion.ui.widgets.order import tab_after

        made = Choice([(each.value, say(f"learn.level.{each.value}")) for each in Level], say("learn.level"), acts=True)
        made.choose(self.level.chosen())
        made.chosen_key.connect(self.level_wanted)
        FlowLayout(self._list).addWidget(made)
        tab_after(self.back_sign, made)
        return made

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

"""One subject of the page: what is known in words, the picture or the table behind it, and the way to take it along."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from companion.domain.errors import CompanionError
from companion.domain.progress import ProgressView
from companion.domain.progress_tables import Plot, Sentence, sentences_of, summary_of, table_of
from companion.services.progress import Progress
from companion.ui import labels, theme
from companion.ui.pages.progress import words
from companion.ui.pages.progress.axis import TimeAxis
from companion.ui.pages.progress.lane import Key, Lane, review_key, today_key
from companion.ui.pages.progress.legend import Legend
from companion.ui.pages.progress.plot import PlotView
from companion.ui.pages.progress.showing import let_show
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Card
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import say

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from companion.ui.pages.progress.table import TableView

PICTURE, TABLE = "picture", "table"
FORMATS = ("png", "svg", "csv")


class PlotCard(Card):
    """A card with one picture. Where there is nothing to show yet it says what will stand here, and how to begin."""

    opened = Signal(object, QPointF)
    """A day was opened in the picture, as :class:`PlotView` says."""
    begin_wanted = Signal()
    """The person wants to note the first thing of this kind."""

    def __init__(self, plot: Plot, progress: Progress, axis: TimeAxis) -> None:
        self._choice = SegmentedControl(
            [(PICTURE, say("progress.picture")), (TABLE, say("progress.table"))],
            say("progress.shown_as", name=say(f"progress.{plot}.title")),
        )
        self._take = buttons.icon_button("export", say("progress.take", name=say(f"progress.{plot}.title")))
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_TIGHT)
        row.addWidget(self._choice)
        row.addWidget(self._take)
        title = say(f"progress.{plot}.title")
        super().__init__(title, trailing=self._tools)
        self.plot_kind, self._title = plot, title
        self._progress, self._axis = progress, axis
        self._leads = False
        self._manner = ""
        self._view: ProgressView | None = None
        self._names: words.Names = {}
        self._lane: Lane | None = None
        self._table: TableView | None = None
        self._menu: QMenu | None = None
        self._build()

    def _build(self) -> None:
        self._told = labels.body("", "soft")
        self.add(self._told)
        self._legend = Legend()
        self.add(self._legend, gap=2)
        self.picture = PlotView(self._axis)
        self.picture.opened.connect(self.opened)
        self.add(self.picture, gap=6)
        self._line = labels.Label(" ", "caption")
        self.add(self._line)
        self._begin = buttons.secondary(say(f"progress.{self.plot_kind}.begin"))
        self._begin.clicked.connect(self.begin_wanted)
        self.add(self._begin, gap=4)
        self._problem: InlineMessage | None = None
        self._choice.choose(PICTURE)
        self._choice.changed.connect(self._on_choice)
        self._take.clicked.connect(self._on_take)
        self._axis.pointed.connect(self._say_day)
        self._axis.moved.connect(self._on_moved)

    # Showing

    def show_view(
        self, view: ProgressView, lane: Lane, names: words.Names, leads: bool = False, narrowed: bool = False
    ) -> None:
        """Show what there is now.

        The first picture of the page ``leads``: it explains the axis for all of them. ``narrowed``: some places only.
        """
        self._view, self._lane, self._names, self._leads = view, lane, names, leads
        bare = lane.is_empty()
        told = self._spoken(summary_of(self.plot_kind, view))
        self._told.setText(say("progress.none_of_places") if bare and narrowed else told)
        for widget in (self._tools, self._legend, self.picture, self._line):
            let_show(widget, not bare)
        let_show(self._begin, bare and not narrowed)
        self.picture.show_lane(lane)
        if bare:
            if self._table is not None:
                self._table.hide()
            return
        self.picture.setAccessibleName(say("progress.plot_name", name=self._title, told=self.told()))
        self.picture.setAccessibleDescription(say("progress.keys"))
        self._show_legend()
        self._on_choice(self._choice.chosen())
        self._say_day()

    def told(self) -> str:
        """Return what the picture says, in sentences."""
        if self._view is None:
            return ""
        return self._spoken(sentences_of(self.plot_kind, self._view))

    def _spoken(self, sentences: Iterable[Sentence]) -> str:
        return " ".join(words.sentence(each, self._names) for each in sentences)

    def marks(self) -> list[Key]:
        """Return the legend, with the lines of the axis."""
        return [*self._own_keys(), *([review_key()] if self._axis.reviews else []), today_key()]

    def _own_keys(self) -> list[Key]:
        return self._lane.legend(self.picture.scale()) if self._lane is not None else []

    def _show_legend(self) -> None:
        if self._lane is not None:
            self._manner = self._lane.manner(self.picture.scale())
            self._legend.show_keys(self.marks() if self._leads else self._own_keys())

    def _on_moved(self) -> None:
        """Follow the scale, where the picture is painted in another manner now."""
        if self._lane is None or self._lane.is_empty():
            return
        if self._lane.manner(self.picture.scale()) != self._manner:
            self._show_legend()
        self._say_note()

    def table(self) -> TableView:
        """Return the table, made when it is first wanted."""
        if self._table is None:
            from companion.ui.pages.progress.table import TableView

            self._table = TableView(say("progress.table_name", name=self._title))
            self.body.insertWidget(self.body.indexOf(self.picture), self._table)
        return self._table

    def show_as(self, which: str) -> None:
        """Show the picture or the table."""
        self._choice.choose(which)
        self._on_choice(which)

    def _on_choice(self, which: str) -> None:
        if self._view is None or self._lane is None or self._lane.is_empty():
            return
        as_table = which == TABLE
        if as_table:
            self.table().show_table(table_of(self.plot_kind, self._view), self._names)
        if self._table is not None:
            let_show(self._table, as_table)
        for widget in (self.picture, self._legend, self._line):
            let_show(widget, not as_table)

    def _say_day(self) -> None:
        """Say what lies on the day that is pointed at; to a screen reader when the keyboard stands here."""
        if self._lane is None or self._lane.is_empty() or self._line.isHidden():
            return
        day = self._axis.looked_at()
        if day is None:
            self._say_note()
            return
        text = say("progress.at", when=words.when(day, self._axis.start), told=self._lane.on(day))
        self._line.setText(text)
        if self.picture.hasFocus() and self._axis.hovered is None:
            announce(self.picture, text)

    def _say_note(self) -> None:
        """Say at rest what has to be known about the scale."""
        if self._lane is not None and self._axis.looked_at() is None:
            self._line.setText(self._lane.note(self.picture.scale()) or (say("progress.hint") if self._leads else " "))

    # Taking along

    def _on_take(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self)
            for kind in FORMATS:
                self._menu.addAction(say(f"progress.save.{kind}")).setData(kind)
            self._menu.triggered.connect(self._on_format)
        self._menu.popup(self._take.mapToGlobal(self._take.rect().bottomLeft()))

    def _on_format(self, action: QAction) -> None:
        from PySide6.QtCore import QStandardPaths

        from companion.ui.widgets.file_choice import choose_target

        kind = str(action.data())
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = say(f"progress.file.{self.plot_kind}")
        first = Path(folder or str(Path.home())) / f"{name}-{self._axis.today.isoformat()}.{kind}"
        file = choose_target(
            self, say(f"progress.save.{kind}"), first, say(f"progress.kind.{kind}", pattern=f"*.{kind}")
        )
        if file is not None:
            self.save(file, kind)

    def save(self, file: Path, kind: str) -> None:
        """Write the picture (as it is seen now) or its table to a file, and say that it is there, or why not."""
        try:
            self._progress.save(file, self.content(kind))
        except CompanionError as error:
            self._say(say(f"errors.{error.key}", **error.values), "attention")
            return
        self._say(say("progress.saved", name=file.name), "done")

    def content(self, kind: str) -> bytes:
        """Return the bytes of a file in one of ``FORMATS``."""
        from companion.ui.pages.progress.export import Poster

        if self._view is None or self._lane is None:
            raise ValueError("nothing is shown yet")
        if kind == "csv":
            return self._progress.csv(table_of(self.plot_kind, self._view), self._view)
        poster = Poster(self._lane, self._axis, self._title, self.told(), self.marks())
        return poster.png() if kind == "png" else poster.svg()

    def _say(self, text: str, kind: str) -> None:
        if self._problem is None:
            self._problem = InlineMessage(text, kind, closable=True)
            self._problem.closed.connect(self._problem.hide)
            self.body.insertWidget(1, self._problem)
        else:
            self._problem.show_message(text, kind)
        self._problem.show()
        announce(self, text)

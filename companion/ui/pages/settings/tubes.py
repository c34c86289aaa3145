"""The tubes of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.treatment import Tube
from companion.ui import labels, theme
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Divider
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.tag import TagLabel
from companion.wording import dates, numbers, say

if TYPE_CHECKING:
    from companion.ui.pages.today.tube_sheet import TubeSheet


class _TubeRow(QWidget):
    """One tube in the list."""

    edit_wanted = Signal(int)

    def __init__(self, tube: Tube) -> None:
        super().__init__()
        self._id = tube.id
        row = BesideLayout(self, gap=theme.GAP_TIGHT, least=160)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(labels.strong(say("settings.tube", grams=numbers.grams(tube.grams))))
        words.addWidget(labels.small(_tube_text(tube)))
        row.add_inner(words)
        side = QWidget()
        flow = FlowLayout(side, gap=6)
        if tube.finished_on is None:
            flow.addWidget(TagLabel(say("settings.tube_open"), "accent"))
        edit = buttons.icon_button("edit", say("settings.tube_edit", day=dates.short_day_year(tube.opened_on)))
        edit.clicked.connect(self._on_edit)
        flow.addWidget(edit)
        row.addWidget(side)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._id)


def _tube_text(tube: Tube) -> str:
    opened = dates.short_day_year(tube.opened_on)
    if tube.finished_on is None:
        return say("settings.tube_opened", day=opened)
    return say("settings.tube_span", first=opened, last=dates.short_day_year(tube.finished_on))


class TubesSection(Section):
    """The tubes, newest first, and a new one."""

    SHOWN = 4

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.tubes"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.GAP_TIGHT)
        self.add_layout(self._rows)
        row = FlowLayout()
        self.new = buttons.secondary(say("settings.tube_new"), "tube")
        self.new.clicked.connect(self._on_new)
        row.addWidget(self.new)
        self.add_layout(row)

    def begins_at(self) -> QWidget:
        """Begin at the new tube."""
        return self.new

    def parts(self) -> list[QWidget]:
        """Return the tubes, then the new one: their rows are made anew whenever one changes."""
        items = [self._rows.itemAt(at) for at in range(self._rows.count())]
        rows = [item.widget() for item in items if item is not None]
        return [*(row for row in rows if row is not None), self.new]

    def reload(self) -> None:
        """Show the tubes."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        tubes = self.context.care.tubes()
        if not tubes:
            self._rows.addWidget(labels.body(say("settings.tubes_none"), "soft"))
        for tube in tubes[: self.SHOWN]:
            line = _TubeRow(tube)
            line.edit_wanted.connect(self._on_edit)
            self._rows.addWidget(line)
            self._rows.addWidget(Divider())

    @Slot(int)
    def _on_edit(self, tube_id: int) -> None:
        from companion.ui.pages.today.tube_sheet import TubeSheet

        tube = next((each for each in self.context.care.tubes() if each.id == tube_id), None)
        if tube is not None:
            self._open(TubeSheet(self.context, tube, self))

    @Slot()
    def _on_new(self) -> None:
        from companion.ui.pages.today.tube_sheet import TubeSheet

        before = next((each for each in self.context.care.tubes() if each.finished_on is None), None)
        self._open(TubeSheet(self.context, None, self, before))

    def _open(self, sheet: TubeSheet) -> None:
        sheet.stored.connect(self.done)
        sheet.open()

"""The tube: what is left of it, about, when to order the next, and until when it may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.leaflet import Rules
from companion.domain.today import TodayView, TubeView
from companion.domain.treatment import Tube
from companion.services.treatment import rules_of
from companion.ui import labels, theme
from companion.ui.pages.today import words
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.gauge import Gauge
from companion.wording import say

if TYPE_CHECKING:
    from companion.ui.widgets.message import InlineMessage

_LOW = 0.12


class TubeCard(Card):
    """Shows the open tube. ``form_wanted`` carries the tube to be changed, or ``None`` for a new one."""

    form_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("today.tube.title"), parent=parent)
        self._tube: Tube | None = None
        self._gauge = Gauge(0, say("today.tube.gauge"))
        self._left = labels.body("")
        self._warning: InlineMessage | None = None
        self._dates = labels.small("")
        self._source = labels.caption("")
        for widget in (self._gauge, self._left, self._dates, self._source):
            self.add(widget)
        self._about: QWidget | None = None
        self._rules: Rules | None = None
        row = FlowLayout(gap=theme.GAP_TIGHT)
        self._new = buttons.secondary(say("today.tube.new"), "tube")
        self._new.clicked.connect(self._on_new)
        self._edit = buttons.quiet(say("today.tube.edit"))
        self._edit.setAccessibleName(say("today.tube.edit_name"))
        self._edit.clicked.connect(self._on_edit)
        self._more = buttons.quiet(say("today.tube.about"), "info")
        self._more.clicked.connect(self._on_more)
        for button in (self._new, self._edit, self._more):
            row.addWidget(button)
        self.add_layout(row)

    def show_tube(self, view: TodayView) -> None:
        """Show the tube of a view, or how to note one."""
        rules = rules_of(view.treatment.leaflet)
        if rules != self._rules:
            self._rules = rules
            self._close_about()
        tube = view.tube
        self._tube = tube.tube if tube is not None else None
        self._gauge.setVisible(tube is not None)
        self._edit.setVisible(tube is not None)
        self._new.setText(say("today.tube.new" if tube is not None else "today.tube.note_one"))
        if tube is None:
            self._left.setText(say("today.tube.none"))
            self._dates.hide()
            self._source.hide()
            self._warn("")
            return
        self._show_open(tube, rules, view)

    def _show_open(self, tube: TubeView, rules: Rules, view: TodayView) -> None:
        share = tube.estimate.share
        percent = say("today.tube.percent", percent=round(100 * share))
        self._gauge.show_share(share, percent, "attention" if share < _LOW else "accent")
        self._left.setText(" ".join(words.tube_lines(tube, rules, view.day)))
        said = words.tube_dates(tube, rules, view.day)
        past = words.tube_past(tube, rules, view.day)
        crystals = say("today.tube.crystals_noted") if tube.tube.crystals else ""
        self._dates.setText(said.text)
        self._dates.show()
        source = said.source
        warning = past.text if past is not None else ""
        if crystals:
            told = words.crystals(rules)
            warning = " ".join(filter(None, (crystals, told.text if told else "", warning)))
            source = told.source if told else source
        if past is not None and past.source:
            source = past.source
        self._warn(warning)
        self._source.setText(source)
        self._source.setVisible(bool(source))

    def _warn(self, text: str) -> None:
        """Show what is to be looked at, or nothing."""
        if text and self._warning is None:
            from companion.ui.widgets.message import InlineMessage

            self._warning = InlineMessage("", "attention")
            self.body.insertWidget(self.body.indexOf(self._dates), self._warning)
        if self._warning is not None:
            if text:
                self._warning.show_message(text, "attention")
            self._warning.setVisible(bool(text))

    # The small print

    def _on_more(self) -> None:
        if self._about is not None:
            self._close_about()
            return
        assert self._rules is not None
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        for said in words.tube_about(self._rules):
            column.addWidget(labels.small(said.text))
            if said.source:
                column.addWidget(labels.caption(said.source))
            column.addSpacing(6)
        self._about = panel
        self.add(panel)
        self._more.setText(say("today.tube.about_less"))

    def _close_about(self) -> None:
        if self._about is not None:
            self.body.removeWidget(self._about)
            self._about.hide()
            self._about.deleteLater()
            self._about = None
        self._more.setText(say("today.tube.about"))

    def _on_new(self) -> None:
        self.form_wanted.emit(None)

    def _on_edit(self) -> None:
        self.form_wanted.emit(self._tube)

"""Where a side effect is: the places of the record, and any other region of the body."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from companion.domain.body import Region
from companion.domain.errors import CompanionError
from companion.domain.treatment import Place
from companion.ui import theme
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.widgets import buttons
from companion.ui.widgets.chips import ActionChip
from companion.ui.widgets.fields import Choice
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.switches import Check
from companion.wording import say


class WhereChips(PlaceChips):
    """Chips for ``places``, and a way to add another region, which the record keeps as an untreated place.

    ``resized`` is sent when the way to add one appears or goes. Private regions are listed when one of the places is
    private already, or when asked for.
    """

    resized = Signal()

    def __init__(self, context: Context, places: Sequence[Place], parent: QWidget | None = None) -> None:
        self._names = {str(number): name for number, name in symptom_words.place_names(places).items()}
        super().__init__(list(self._names.items()), say("symptoms.where"), parent=parent)
        self._context = context
        self._adding: QWidget | None = None
        self._shown_private = any(place.intimate for place in places)
        self.another = ActionChip(say("symptoms.another"), "plus")
        self.another.clicked.connect(self._on_another)
        column = self._column()
        column.setSpacing(2)
        self.group.setVisible(bool(self._names))
        column.addWidget(self.another)

    def _column(self) -> QVBoxLayout:
        layout: QLayout | None = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    def _on_another(self) -> None:
        if self._adding is None:
            self._build_adding()
        assert self._adding is not None
        self._adding.setVisible(self._adding.isHidden())
        self.resized.emit()
        if not self._adding.isHidden():
            self.region.setFocus()

    def _build_adding(self) -> None:
        self._adding = QWidget(self)
        self._adding.hide()
        row = FlowLayout(self._adding, gap=theme.GAP_TIGHT)
        self.region = Choice([], say("symptoms.another_which"))
        self.add_region = buttons.secondary(say("symptoms.another_add"))
        self.add_region.clicked.connect(self._on_add)
        self.private = Check(say("body.show_private"))
        self.private.setChecked(self._shown_private)
        self.private.setVisible(not self._shown_private)
        self.private.toggled.connect(self._fill)
        for widget in (self.region, self.add_region, self.private):
            row.addWidget(widget)
        self._fill(self._shown_private)
        self._column().addWidget(self._adding)

    def _fill(self, private: bool) -> None:
        chosen = self.region.chosen()
        self.region.clear()
        self.region.addItem(say("symptoms.another_choose"), "")
        for region in Region:
            if private or not region.intimate:
                self.region.addItem(say(f"body.{region.value}"), region.value)
        self.region.setCurrentIndex(max(0, self.region.findData(chosen)))
        self.region.updateGeometry()

    def _on_add(self) -> None:
        """Choose the region; one the record does not have is added to it."""
        region = self.region.chosen()
        if not region:
            self.region.setFocus()
            self.region.showPopup()
            return
        try:
            done = self._context.care.noted_place(region)
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        key = str(done.id)
        chosen = (*self.chosen(), key)
        if key not in self._names:
            self._names[key] = say(f"body.{region}")
            self.group.set_choices(list(self._names.items()))
            self.group.show()
        self.choose(chosen)
        self.region.choose("")
        assert self._adding is not None
        self._adding.hide()
        self.resized.emit()
        chip = self.group.chip(key)
        chip.show()  # a chip just made is not yet shown, and takes no keyboard
        chip.setFocus()
        if done.changes.any:
            self._context.bus.announce(done.changes)
        self.changed.emit(self.chosen())

"""The places on the body, each with its size in handprints, and all together beside the leaflet's limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from companion.domain.body import Region
from companion.domain.leaflet import Rules
from companion.domain.tube import GRAMS_PER_HANDPRINT
from companion.services.citing import cited, source
from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.body_map import BodyMap
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.fields import Choice
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.gauge import Gauge
from companion.ui.widgets.handprint import HandDrawing
from companion.ui.widgets.scroll import ScrollColumn
from companion.ui.widgets.sourced import SourceLine
from companion.ui.widgets.stepper import Stepper
from companion.wording import numbers, say

DAILY = 2
"""Applications a day, for the estimate of supply."""
_MONTH = 30.4
"""Days in a month, about."""
_BESIDE = 860


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: its region, the person's own name for it or an empty text, its handprints, and a key.

    The key is what the editor's signals carry; without one it is the region.
    """

    region: str
    label: str
    handprints: float
    key: str = ""

    @property
    def id(self) -> str:
        """Return the key."""
        return self.key or self.region

    @property
    def name(self) -> str:
        """Return what the place is called."""
        return self.label or say(f"body.{self.region}")


class _Row(QWidget):
    """A place in the list: its name, its size, and a button that takes it away."""

    resized = Signal(str, float)
    removed = Signal(str)
    rename_wanted = Signal(str)

    def __init__(self, place: PlaceRow, renaming: bool) -> None:
        super().__init__()
        self._key = place.id
        row = BesideLayout(self, gap=theme.GAP_TIGHT, least=theme.px(110))
        row.setContentsMargins(0, 0, 0, 0)
        name = labels.user_text(place.name, "strong")
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(name)
        tools = QWidget()
        line = QHBoxLayout(tools)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.stepper = Stepper(place.handprints, say("setup.places.size_of", place=place.name), numbers.handprints)
        self.stepper.changed.connect(self._on_size)
        line.addWidget(self.stepper)
        if renaming:
            self.edit = buttons.icon_button("edit", say("settings.place.edit", place=place.name))
            self.edit.clicked.connect(self._on_edit)
            line.addWidget(self.edit)
        self.remove = buttons.icon_button("close", say("setup.places.remove", place=place.name))
        self.remove.clicked.connect(self._on_remove)
        line.addWidget(self.remove)
        row.addWidget(tools)

    @Slot(float)
    def _on_size(self, amount: float) -> None:
        self.resized.emit(self._key, amount)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._key)

    @Slot()
    def _on_edit(self) -> None:
        self.rename_wanted.emit(self._key)


class PlacesEditor(QWidget):
    """The figure, the list of places with their steppers, and the total. It holds no place: it shows and tells."""

    added = Signal(str)
    """Emits the region the person chose on the figure or in the list."""
    removed = Signal(str)
    """Emits the key of a place to take away."""
    resized = Signal(str, float)
    """Emits the key of a place and its new handprints."""
    rename_wanted = Signal(str)
    """Emits the key of a place to be named; offered only with ``renaming``."""

    def __init__(self, rules: Rules, renaming: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        self._renaming = renaming
        self._places: tuple[PlaceRow, ...] = ()
        self._rows: dict[str, _Row] = {}
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(theme.GAP)
        self._sides.addWidget(self._make_figure(), 3)
        self._scroll = ScrollColumn()
        self._scroll.column.addWidget(self._make_list())
        self._sides.addWidget(self._scroll, 2)

    def _make_figure(self) -> QWidget:
        card = Card()
        self.figure = BodyMap()
        self.figure.toggled.connect(self._on_figure)
        card.add(self.figure, 1)
        return card

    def _make_list(self) -> QWidget:
        card = Card(say("setup.places.list"))
        self._empty = labels.body(say("setup.places.empty"), "soft")
        card.add(self._empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GAP_TIGHT)
        card.add_layout(self._list)
        self.choice = Choice([], say("setup.places.add"), acts=True)
        self.choice.chosen_key.connect(self._on_choice)
        card.add(self.choice)
        card.add(self._make_total())
        hand = QHBoxLayout()
        hand.setSpacing(theme.GAP_SMALL)
        hand.addWidget(HandDrawing(92), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(labels.small(say("setup.places.hand"), "ink"))
        words.addWidget(SourceLine(source("handprint-ftu")))
        words.addStretch(1)
        hand.addLayout(words, 1)
        card.add_layout(hand)
        card.body.addStretch(1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list beside the figure, or below it in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._sides.direction():
            self._sides.setDirection(direction)
        self._scroll.setMinimumHeight(0 if beside else self._scroll.height_needed(self.width()))

    def _make_total(self) -> QWidget:
        self._total_box = QWidget()
        column = QVBoxLayout(self._total_box)
        column.setContentsMargins(0, theme.GAP_TIGHT, 0, theme.GAP_TIGHT)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(labels.body(say("setup.places.total"), "soft"), 1)
        self._total = labels.strong("")
        self._total.set_wrapping(False)
        head.addWidget(self._total)
        column.addLayout(head)
        self.gauge = Gauge(0.0, say("setup.places.total"))
        column.addWidget(self.gauge)
        self._cap = labels.small("")
        column.addWidget(self._cap)
        column.addWidget(SourceLine(cited(self._rules.leaflet, "handprints_cap")))
        self._supply = labels.small("")
        column.addWidget(self._supply)
        self._supply_source = SourceLine(cited(self._rules.leaflet, "discard_months_after_opening"))
        column.addWidget(self._supply_source)
        return self._total_box

    # Showing

    def show_places(self, places: Sequence[PlaceRow]) -> None:
        """Show these places; the keyboard stays where it is as far as its row still exists."""
        before = [place.id for place in self._places]
        same = before == [place.id for place in places] and [p.name for p in self._places] == [p.name for p in places]
        self._places = tuple(places)
        if same:
            for place in places:
                if self._rows[place.id].stepper.value() != place.handprints:
                    self._rows[place.id].stepper.set_value(place.handprints)
        else:
            self._fill_list()
            self._fill_choice()
        self.figure.select({Region(place.region) for place in places})
        self._empty.setVisible(not places)
        self._show_total()

    def _fill_list(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for place in self._places:
            row = _Row(place, self._renaming)
            row.resized.connect(self.resized)
            row.removed.connect(self._on_removed)
            row.rename_wanted.connect(self.rename_wanted)
            self._rows[place.id] = row
            self._list.addWidget(row)
            self._list.addWidget(Divider())

    def _fill_choice(self) -> None:
        taken = {place.region for place in self._places}
        self.choice.clear()
        self.choice.addItem(say("setup.places.choose"), "")
        for region in Region:
            if region.value not in taken:
                self.choice.addItem(say(f"body.{region.value}"), region.value)

    def _show_total(self) -> None:
        total = sum(place.handprints for place in self._places)
        cap = self._rules.handprints_cap
        self._total_box.setVisible(bool(self._places))
        self._total.setText(numbers.handprints(total))
        over = cap is not None and total > cap
        self.gauge.setVisible(cap is not None)
        if cap is not None:
            self.gauge.show_share(min(1.0, total / cap), tone="attention" if over else "accent")
            self.gauge.setAccessibleDescription(numbers.handprints(total))
            key = "setup.places.over_cap" if over else "setup.places.cap"
            self._cap.setText(say(key, cap=numbers.handprints(cap)))
        else:
            self._cap.setText(say("setup.places.no_cap"))
        self._cap.set_tone("attention" if over else "soft")
        daily = total * GRAMS_PER_HANDPRINT * DAILY
        tube = self._rules.tube_sizes[0] if self._rules.tube_sizes else 0
        outlives = bool(tube) and self._outlives(tube, daily)
        self._supply.setText(self._supply_text(tube, daily, outlives))
        self._supply.setVisible(bool(self._supply.text()))
        self._supply_source.setVisible(outlives and bool(self._supply_source.text()))

    def _outlives(self, tube: int, daily: float) -> bool:
        """Return whether a tube would last longer than this leaflet lets it be used once it is open."""
        months = self._rules.discard_months
        return bool(months and daily and tube / daily > months * _MONTH)

    def _supply_text(self, tube: int, daily: float, outlives: bool) -> str:
        if outlives:
            months = self._rules.discard_months or 0
            amounts = {"grams": numbers.grams(daily), "tube": numbers.grams(tube)}
            return say("setup.places.supply_discard", count=months, **amounts)
        weeks = round(tube / daily / 7) if daily else 0
        if not 1 <= weeks <= 52:
            return ""
        return say("setup.places.supply", grams=numbers.grams(daily), tube=numbers.grams(tube), count=weeks)

    def focus_start(self) -> None:
        """Begin at the figure."""
        self.figure.canvas.setFocus()

    # Hearing

    @Slot(str, bool)
    def _on_figure(self, region: str, on: bool) -> None:
        if on:
            self._tell_added(region)
        else:
            for place in self._places:
                if place.region == region:
                    self._on_removed(place.id)
                    break

    @Slot(str)
    def _on_choice(self, region: str) -> None:
        self.choice.choose("")
        if region:
            self._tell_added(region)

    def _tell_added(self, region: str) -> None:
        announce(self, say("setup.places.added", place=say(f"body.{region}")))
        self.added.emit(region)

    @Slot(str)
    def _on_removed(self, key: str) -> None:
        row = self._rows.get(key)
        inside = row is not None and row.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        name = next((place.name for place in self._places if place.id == key), "")
        self.removed.emit(key)
        announce(self, say("setup.places.removed", place=name))
        if inside:
            self.choice.setFocus()

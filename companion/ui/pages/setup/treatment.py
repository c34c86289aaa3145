"""The steps about the treatment: since when, on which places, at which times, from which tube."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Slot

from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.services.citing import cited
from companion.services.timing import check_times
from companion.services.treatment import MAX_NAME, NewPlace, rules_of
from companion.ui import labels
from companion.ui.messages import explain
from companion.ui.pages.setup.state import Step
from companion.ui.pages.setup.step import Desk, SetupStep
from companion.ui.widgets.card import Card
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.places_editor import PlaceRow, PlacesEditor
from companion.ui.widgets.sourced import SourceLine
from companion.ui.widgets.switches import SegmentedControl
from companion.ui.widgets.times_editor import TimesEditor
from companion.wording import numbers, say


class TreatmentStep(SetupStep):
    """Since when the cream is used, and a name for the record."""

    step = Step.TREATMENT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = Card()
        today = desk.today()
        self.start = DayField(
            say("setup.treatment.start"),
            today,
            desk.state.started_on or today,
            latest=today,
            too_late=say("errors.start_in_future"),
        )
        self._start_field = Field(say("setup.treatment.start"), self.start, say("setup.treatment.start_hint"))
        card.add(self._start_field)
        self.name = TextField(say("setup.treatment.name"), desk.state.name)
        self.name.setMaxLength(MAX_NAME)
        self.name.returnPressed.connect(self.go_on)
        card.add(Field(say("setup.treatment.name"), self.name, say("setup.treatment.name_hint")))
        self.column.addWidget(card)

    def take(self) -> bool:
        """Keep day and name; what is no day, or one in the future, is refused beside the field."""
        day = self.start.value()
        if day is None:
            self._start_field.set_error(self.start.problem())
            self.start.setFocus()
            return False
        self._start_field.set_error("")
        self.desk.state.started_on = day
        self.desk.state.name = self.name.text().strip()
        return True

    def focus_start(self) -> None:
        """Begin at the day."""
        self.start.setFocus()


class PlacesStep(SetupStep):
    """The places on the body figure, each with its size in handprints."""

    step = Step.PLACES
    widest = 1180
    fills = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.editor = PlacesEditor(rules_of(desk.state.leaflet or Leaflet.OTHER))
        self._show()
        self.editor.added.connect(self._on_added)
        self.editor.removed.connect(self._on_removed)
        self.editor.resized.connect(self._on_resized)
        self.column.addWidget(self.editor, 1)

    def _show(self) -> None:
        self.editor.show_places([PlaceRow(each.region, "", float(each.handprints)) for each in self.desk.state.places])
        self.ready_changed.emit()

    @Slot(str)
    def _on_added(self, region: str) -> None:
        if all(each.region != region for each in self.desk.state.places):
            self.desk.state.places.append(NewPlace(region))
        self._show()

    @Slot(str)
    def _on_removed(self, region: str) -> None:
        self.desk.state.places = [each for each in self.desk.state.places if each.region != region]
        self._show()

    @Slot(str, float)
    def _on_resized(self, region: str, amount: float) -> None:
        self.desk.state.places = [
            NewPlace(each.region, Decimal(str(amount))) if each.region == region else each
            for each in self.desk.state.places
        ]
        self._show()

    def skippable(self) -> bool:
        """The places can be chosen later."""
        return not self.desk.state.places

    def ready(self) -> bool:
        """Go on with at least one place."""
        return bool(self.desk.state.places)

    def focus_start(self) -> None:
        """Begin at the figure."""
        self.editor.focus_start()


class TimesStep(SetupStep):
    """The two times of the day."""

    step = Step.TIMES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = Card()
        self.times = TimesEditor(desk.state.morning, desk.state.evening)
        self.times.changed.connect(self._on_changed)
        card.add(self.times)
        leaflet = desk.state.leaflet or Leaflet.OTHER
        states = rules_of(leaflet).min_gap is not None
        card.add(labels.small(say("setup.times.leaflet" if states else "setup.times.ours", hours=8)))
        card.add(SourceLine(cited(leaflet, "min_gap_hours") if states else None))
        self.column.addWidget(card)

    @Slot()
    def _on_changed(self) -> None:
        self.times.set_error("")
        self.ready_changed.emit()

    def take(self) -> bool:
        """Keep the times; two that are too close are refused beside the fields."""
        morning, evening = self.times.value()
        if morning is None or evening is None:
            self.times.set_error(say("settings.time_unclear"))
            return False
        try:
            check_times(morning, evening)
        except PersonError as error:
            self.times.set_error(explain(error))
            return False
        self.desk.state.morning, self.desk.state.evening = morning, evening
        return True

    def focus_start(self) -> None:
        """Begin at the morning."""
        self.times.setFocus()


class TubeStep(SetupStep):
    """The tube that is open, if one is."""

    step = Step.TUBE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        leaflet = desk.state.leaflet or Leaflet.OTHER
        sizes = rules_of(leaflet).tube_sizes
        card = Card()
        self.grams = SegmentedControl([(str(size), numbers.grams(size)) for size in sizes], say("setup.tube.size"))
        chosen = desk.state.tube_grams if desk.state.tube_grams in sizes else sizes[-1]
        self.grams.choose(str(chosen))
        card.add(labels.strong(say("setup.tube.size")))
        row = FlowLayout()
        row.addWidget(self.grams)
        card.add_layout(row)
        today = desk.today()
        self.opened = DayField(
            say("setup.tube.opened"),
            today,
            desk.state.tube_opened_on or today,
            latest=today,
            too_late=say("errors.opened_in_future"),
        )
        self._opened_field = Field(say("setup.tube.opened"), self.opened, say("setup.tube.opened_hint"))
        card.add(self._opened_field)
        card.add(SourceLine(cited(leaflet, "tube_sizes")))
        self.column.addWidget(card)

    def skippable(self) -> bool:
        """The tube can be noted later."""
        return True

    def take(self) -> bool:
        """Keep size and day; what is no day, or one in the future, is refused beside the field."""
        day = self.opened.value()
        if day is None:
            self._opened_field.set_error(self.opened.problem())
            self.opened.setFocus()
            return False
        self.desk.state.tube_grams = int(self.grams.chosen())
        self.desk.state.tube_opened_on = day
        return True

    def leave_out(self) -> None:
        """Note no tube."""
        self.desk.state.tube_grams = None
        self.desk.state.tube_opened_on = None

    def focus_start(self) -> None:
        """Begin at the size."""
        self.grams.segment(self.grams.chosen()).setFocus()

"""The bar that narrows the Journal: words, kinds, a place, a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from companion.domain.timeline import EntryKind, Filter
from companion.ui import theme
from companion.ui.widgets import buttons
from companion.ui.widgets.chips import ActionChip, ChipGroup
from companion.ui.widgets.day_field import DayField
from companion.ui.widgets.fields import Choice, Field, SearchField
from companion.ui.widgets.flow import BesideLayout, FlowLayout
from companion.ui.widgets.order import tab_through
from companion.wording import say

ALL = "all"
MORE = "more"
FIRST = (EntryKind.SYMPTOM, EntryKind.NOTE, EntryKind.TUBE, EntryKind.VISIT)
"""The kinds whose chips are always there; the others come with a click, or when there is something of them chosen."""
DAYS = {"month": 30, "quarter": 91, "year": 365}
PERIODS = ("", *DAYS, "treatment", "between")
BETWEEN = "between"


class KindChips(QWidget):
    """Chips for the kinds there are; several can be on, and none of them means all. ``changed`` carries nothing."""

    changed = Signal()
    filled = Signal()
    """Other chips stand here now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._there: frozenset[EntryKind] = frozenset(FIRST)
        self._open = False
        self._keys: list[str] = []
        self._last: frozenset[EntryKind] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.group = ChipGroup([], say("journal.kinds"), multi=True)
        self.group.changed.connect(self._on_chips)
        self.more = ActionChip(say("journal.kinds_more"), "down", self.group)
        self.more.clicked.connect(self._on_more)
        column.addWidget(self.group)
        self._fill()

    def chip(self, kind: EntryKind | str) -> QWidget:
        """Return the chip of a kind that is shown, or of ``all``. Raises ``KeyError``."""
        return self.group.chip(kind.value if isinstance(kind, EntryKind) else kind)

    def parts(self) -> list[QWidget]:
        """Return what stands here, in order."""
        return [*(self.group.chip(key) for key in self._keys), self.more]

    def chosen(self) -> frozenset[EntryKind]:
        """Return the kinds wanted; empty for all."""
        return frozenset(EntryKind(key) for key in self.group.chosen() if key != ALL)

    def choose(self, kinds: Iterable[EntryKind] = ()) -> None:
        """Set the kinds wanted, without telling."""
        self._last = frozenset(kinds)
        self._fill()

    def show_there(self, counts: Mapping[EntryKind, int]) -> None:
        """Offer only kinds of which there is something."""
        there = frozenset(FIRST) | {kind for kind, count in counts.items() if count}
        if there != self._there:
            self._there = there
            self._fill()

    def _fill(self) -> None:
        rest = [kind for kind in EntryKind if kind in self._there and kind not in FIRST]
        shown = [*FIRST, *(kind for kind in rest if self._open or kind in self._last)]
        choices = [(ALL, say("journal.kind.all"))]
        choices += [(kind.value, say(f"journal.kind.{kind.value}")) for kind in shown]
        self._keys = [key for key, _ in choices]
        self.group.set_choices(choices)
        self._mark()
        row: QLayout | None = self.group.layout()
        if row is not None:  # it stands in the row of the chips, after the last of them
            row.removeWidget(self.more)
            row.addWidget(self.more)
        self.more.raise_()  # for a screen reader, too, it follows the chips, which are made anew
        self.filled.emit()
        self.more.setText(say("journal.kinds_fewer" if self._open else "journal.kinds_more"))
        self.more.setVisible(bool(rest))
        self.more.updateGeometry()

    def _mark(self) -> None:
        self.group.choose([kind.value for kind in self._last] or [ALL])

    def _on_chips(self, now: tuple[str, ...]) -> None:
        """Let *all* and the kinds exclude each other, then tell."""
        fresh_all = ALL in now and bool(self._last)
        self._last = frozenset() if fresh_all else frozenset(EntryKind(key) for key in now if key != ALL)
        self._mark()
        self.changed.emit()

    def _on_more(self) -> None:
        self._open = not self._open
        self._fill()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)


class FilterBar(QWidget):
    """``typed`` is sent while the person writes, ``changed`` when anything else is chosen.

    ``today`` and the day the treatment ``started`` (if one did) are what the periods are counted from.
    """

    typed = Signal()
    changed = Signal()

    def __init__(self, today: date, started: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._started = today, started
        self._compact, self._unfolded, self._has_places = False, False, True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        top = QWidget()
        row = BesideLayout(top, least=theme.px(220))
        self.search = SearchField(say("journal.search"), say("journal.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        lists = QWidget()
        line = FlowLayout(lists, gap=theme.GAP_TIGHT, row_gap=theme.GAP_TIGHT)
        self.place = Choice([("", say("journal.place_all"))], say("journal.place_filter"))
        self.place.chosen_key.connect(self._on_chosen)
        choices = [(key, say(f"journal.period.{key or 'all'}")) for key in PERIODS]
        self.period = Choice([each for each in choices if each[0] != "treatment" or started], say("journal.period"))
        self.period.chosen_key.connect(self._on_period)
        self.fold = buttons.secondary(say("journal.filter"), "filter")
        self.fold.clicked.connect(self._on_fold)
        for widget in (self.fold, self.place, self.period):
            line.addWidget(widget)
        row.addWidget(self.search)
        row.addWidget(lists)
        column.addWidget(top)
        self.kinds = KindChips()
        self.kinds.changed.connect(self.changed)
        self.kinds.filled.connect(self.order)
        column.addWidget(self.kinds)
        self._build_between(column)
        self._show_parts()

    def set_compact(self, compact: bool) -> None:
        """Where there is little room, fold everything but the words away behind a button."""
        if compact != self._compact:
            self._compact = compact
            self._show_parts()

    def order(self) -> None:
        """Let Tab go through the bar as it stands; the chips are made anew with every change."""
        parts = (self.search, self.fold, self.place, self.period, *self.kinds.parts(), self.between)
        tab_through(parts)

    def _show_parts(self) -> None:
        shown = not self._compact or self._unfolded
        self.fold.setVisible(self._compact)
        self.fold.setText(say("journal.filter_less" if self._unfolded else "journal.filter"))
        self.fold.updateGeometry()
        self.place.setVisible(shown and self._has_places)
        self.period.setVisible(shown)
        self.kinds.setVisible(shown)
        self.between.setVisible(shown and self.period.chosen() == BETWEEN)

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_parts()

    def _build_between(self, column: QVBoxLayout) -> None:
        self.between = QWidget()
        row = FlowLayout(self.between, gap=theme.GAP)
        self.first = DayField(say("journal.period_first"), self._today, latest=self._today)
        self.last = DayField(say("journal.period_last"), self._today, latest=self._today)
        self._first_field = Field(say("journal.period_first"), self.first)
        self._last_field = Field(say("journal.period_last"), self.last)
        for field, widget in ((self._first_field, self.first), (self._last_field, self.last)):
            widget.changed.connect(self._on_day)
            row.addWidget(field)
        self.between.hide()
        column.addWidget(self.between)

    # What is wanted

    def wanted(self) -> Filter:
        """Return what the list is to be narrowed to."""
        first, last = self._days()
        place = self.place.chosen()
        places = frozenset([int(place)]) if place else frozenset[int]()
        return Filter(self.search.text().strip(), self.kinds.chosen(), places, first, last)

    def _days(self) -> tuple[date | None, date | None]:
        period = self.period.chosen()
        if period in DAYS:
            return self._today - timedelta(days=DAYS[period] - 1), None
        if period == "treatment":
            return self._started, None
        if period == BETWEEN and not self._backwards():
            return self.first.value(), self.last.value()
        return None, None

    def _backwards(self) -> bool:
        first, last = self.first.value(), self.last.value()
        return first is not None and last is not None and last < first

    def clear(self) -> None:
        """Ask for everything again, without telling."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.kinds.choose()
        self.place.choose("")
        self.period.choose("")
        self._show_parts()

    def show_today(self, today: date, started: date | None) -> None:
        """Count the periods from another day."""
        self._today, self._started = today, started

    def show_places(self, names: Mapping[int, str]) -> None:
        """Offer these places, keeping the one chosen."""
        chosen = self.place.chosen()
        self.place.clear()
        self.place.addItem(say("journal.place_all"), "")
        for number, name in names.items():
            self.place.addItem(name, str(number))
        self.place.choose(chosen if chosen in map(str, names) else "")
        self._has_places = bool(names)
        self._show_parts()

    def _on_typed(self, _text: str) -> None:
        self.typed.emit()

    def _on_chosen(self, _key: str) -> None:
        self.changed.emit()

    def _on_period(self, key: str) -> None:
        self._show_parts()
        if key == BETWEEN:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_day(self, _day: object) -> None:
        self._last_field.set_error(say("journal.period_backwards") if self._backwards() else "")
        self.changed.emit()

"""The doctor's area score by region, with its arithmetic as it is written, and what is not known about it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.care import (
    PERCENTS,
    SCORE_CAVEATS,
    CareKind,
    Fact,
    RegionScore,
    Score,
    ScoreRegion,
    check_line,
    score_range,
    score_total,
)
from companion.domain.errors import PersonError
from companion.ui import labels, theme
from companion.ui.messages import explain
from companion.ui.pages.journal.care_sheet import CareSheet
from companion.ui.pages.journal.care_words import amount as shown
from companion.ui.pages.journal.care_words import arithmetic, exact
from companion.ui.pages.journal.numbers_typed import amount
from companion.ui.pages.symptom_form import Unfinished
from companion.ui.pages.today import words as today_words
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Card
from companion.ui.widgets.fields import Choice, TextField, mark_invalid
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import numbers, say


class RegionRow(QWidget):
    """One region: handprints, share, and what they come to. ``changed`` is sent as it is typed."""

    changed = Signal()

    def __init__(self, region: ScoreRegion, line: RegionScore | None) -> None:
        super().__init__()
        self.region = region
        name = say(f"care.score_region.{region.value}")
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        entries = QWidget()
        row = FlowLayout(entries, gap=theme.GAP_TIGHT, row_gap=2)
        label = labels.strong(name)
        label.setMinimumSize(theme.px(174), theme.px(theme.CONTROL))
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.set_wrapping(False)
        row.addWidget(label)
        self.units = TextField(say("journal.score.units_of", region=name), hint=say("journal.score.units_hint"))
        self.units.setFixedWidth(theme.px(110))
        label.setBuddy(self.units)
        choices = [("", say("journal.score.percent_choose"))]
        choices += [(str(percent), say("journal.score.percent", percent=percent)) for percent in PERCENTS]
        self.percent = Choice(choices, say("journal.score.percent_of", region=name))
        if line is not None:
            self.units.setText(exact(line.units))
            self.percent.choose(str(line.percent))
        self._sum = labels.body("", "soft")
        self._sum.set_wrapping(False)
        self._sum.setMinimumHeight(theme.px(theme.CONTROL))
        self._sum.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self.units, self.percent, self._sum):
            row.addWidget(widget)
        column.addWidget(entries)
        self._wrong = labels.small("", "attention")
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.units.textChanged.connect(self._on_changed)
        self.percent.chosen_key.connect(self._on_changed)
        self.show_sum()

    def empty(self) -> bool:
        """Return whether nothing was entered."""
        return not self.units.text().strip() and not self.percent.chosen()

    def line(self) -> RegionScore | None:
        """Return what was entered, or ``None`` where it is not whole or cannot be."""
        units, percent = amount(self.units.text()), self.percent.chosen()
        return RegionScore(self.region, units, int(percent)) if units is not None and percent else None

    def problem(self) -> str:
        """Return what is wrong with what was entered; empty when nothing is, or nothing was entered."""
        if self.empty():
            return ""
        if amount(self.units.text()) is None:
            return say("journal.score.units_unclear")
        line = self.line()
        if line is None:
            return say("journal.score.percent_missing")
        try:
            check_line(line)
        except PersonError as error:
            return explain(error)
        return ""

    def say_wrong(self, text: str) -> None:
        """Say what is wrong below the row; an empty text clears it."""
        percent = bool(text) and amount(self.units.text()) is not None and not self.percent.chosen()
        mark_invalid(self.units, bool(text) and not percent)
        self.units.setAccessibleDescription("" if percent else text)
        self.percent.setAccessibleDescription(text if percent else "")
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        if text:
            announce(self, text)

    def focus_wrong(self) -> None:
        """Put the keyboard where something is to be put right."""
        (self.percent if amount(self.units.text()) is not None and not self.percent.chosen() else self.units).setFocus()

    def show_sum(self) -> None:
        """Show the arithmetic of the row."""
        line = self.line()
        self._sum.setText(arithmetic(line) if line is not None else "")
        self._sum.setVisible(line is not None)
        self._sum.updateGeometry()

    def _on_changed(self, _value: object) -> None:
        if self._wrong.text():
            self.say_wrong(self.problem())
        self.show_sum()
        self.changed.emit()


class ScoreSheet(CareSheet):
    """Regions, their sum, whether the face counts, whose score it is."""

    kind = CareKind.SCORE
    wide = 680

    def build(self) -> None:
        """Ask region by region, and show the sum."""
        what = self.entry.what if self.entry is not None else None
        score = what if isinstance(what, Score) else None
        known = {line.region: line for line in score.regions} if score is not None else {}
        self.add(labels.small(say("journal.score.intro"), "soft"))
        self.add(self.day_field)
        self.rows = {region: RegionRow(region, known.get(region)) for region in ScoreRegion}
        for row in self.rows.values():
            row.changed.connect(self._on_changed)
            self.add(row)
        self._build_sum()
        self.face = SegmentedControl(
            [("with", say("journal.score.face.with")), ("without", say("journal.score.face.without"))],
            say("journal.score.face"),
        )
        self.face.choose("with" if score is None or score.face_included else "without")
        self.put("face", say("journal.score.face"), self.face, say("journal.score.face_hint"))
        self.by = TextField(say("journal.score.by"), score.by if score is not None else "")
        self.put("by", say("journal.score.by"), self.by, errors=("name_too_long",))
        self._build_caveats()
        self._on_changed()

    def _build_sum(self) -> None:
        self._box = Card(tint="sunken")
        self._total = labels.heading("")
        self._steps = labels.body("")
        self._range = labels.small("", "soft")
        self._wrong = labels.small("", "attention")
        self._wrong.hide()
        for widget in (self._total, self._steps, self._range, self._wrong):
            self._box.add(widget)
        self.add(self._box)

    def _build_caveats(self) -> None:
        card = Card(say("journal.score.caveat.title"))
        for caveat in SCORE_CAVEATS:
            figure = {"figure": numbers.decimal(caveat.figure, 1)} if caveat.figure is not None else {}
            card.add(labels.small(say(f"journal.score.caveat.{caveat.key}", **figure)))
        card.add(labels.small(say("journal.score.caveat.raters")))
        lines = dict.fromkeys(today_words.table_line(each) for caveat in SCORE_CAVEATS for each in caveat.sources)
        for line in filter(None, lines):
            card.add(labels.caption(line))
        self.add(card)

    def _score(self) -> Score:
        lines = [line for row in self.rows.values() if (line := row.line()) is not None and not row.problem()]
        return Score(tuple(lines), self.face.chosen() == "with", self.by.text().strip())

    def _on_changed(self) -> None:
        lines = [line for row in self.rows.values() if (line := row.line()) is not None and not row.problem()]
        score = Score(tuple(lines), True)
        total = score_total(score)
        self._total.setText(say("journal.score.total", total=shown(total)) if lines else say("journal.score.no_total"))
        points = " + ".join(exact(line.points) for line in lines)
        self._steps.setText(f"{points} = {exact(total)}" if len(lines) > 1 else "")
        self._steps.setVisible(len(lines) > 1)
        low, high = score_range(score)
        said = (
            say("journal.score.range", low=numbers.decimal(low), high=numbers.decimal(high))
            if lines
            else say("journal.score.how")
        )
        self._range.setText(said)
        if self._wrong.text():
            self._say_sum("")
        self.restyle()

    def _say_sum(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        if text:
            announce(self._box, text)

    def fact(self) -> Fact:
        """Return the score."""
        first: RegionRow | None = None
        for row in self.rows.values():
            problem = row.problem()
            row.say_wrong(problem)
            first = first or (row if problem else None)
        if first is not None:
            self.restyle()
            self.reveal(first)
            first.focus_wrong()
            raise Unfinished
        score = self._score()
        over = sum((line.units for line in score.regions), Decimal(0))
        if not score.regions or over > 100:
            key = "score_over_body" if score.regions else "score_empty"
            self._say_sum(explain(PersonError(key, most=100) if score.regions else PersonError(key)))
            self.restyle()
            self.reveal(self._box)
            self.rows[ScoreRegion.HEAD_NECK].units.setFocus()
            raise Unfinished
        return score

"""How the months are spoken of: sentences, cells of a table, amounts with their unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from companion.domain import weeks
from companion.domain.dosing import SlotState
from companion.domain.moments import week_number
from companion.domain.progress import AreaSource
from companion.domain.progress_tables import CareRow, Cell, Plot, Sentence
from companion.services.journal import symptom_name
from companion.ui.pages.progress.axis import TimeAxis
from companion.wording import dates, numbers, say
from companion.wording.phrases import current

Names = Mapping[str, str]
"""The name of each place by its id, as text."""


def day(of: date) -> str:
    """Return a day in full, such as ``21 November 2026``."""
    return dates.long_day(of)


def amount(value: float, source: AreaSource) -> str:
    """Return an area with its unit."""
    if source is AreaSource.ESTIMATE:
        return numbers.handprints(value)
    if source is AreaSource.MEASURED:
        return say("progress.unit.percent", amount=numbers.decimal(value))
    return say("progress.unit.score", amount=numbers.decimal(value, 2))


def amount_short(value: float, source: AreaSource) -> str:
    """Return an area as it stands beside a scale."""
    if source is AreaSource.ESTIMATE:
        return numbers.quarters(round(value * 8) / 8) if value % 0.25 == 0 else numbers.decimal(value, 3)
    if source is AreaSource.MEASURED:
        return say("progress.unit.percent", amount=numbers.decimal(value))
    return numbers.decimal(value, 2)


def amount_range(value: float, low: float, high: float, source: AreaSource) -> str:
    """Return an area and, where one is known, its range."""
    if high <= low:
        return amount(value, source)
    ends = {"low": numbers.decimal(low, 2), "high": numbers.decimal(high, 2)}
    return say("progress.unit.range", amount=amount(value, source), **ends)


def sentence(told: Sentence, names: Names) -> str:
    """Return a sentence in words."""
    values: dict[str, object] = {}
    for key, value in told.values:
        if isinstance(value, date):
            values[key] = day(value)
        elif key == "place":
            values[key] = names.get(str(value), "")
        elif key == "effect":
            values[key] = symptom_name(str(value))
        elif key.endswith("_amount") and isinstance(value, int | float):
            values[key] = amount(value, _source(told.key))
        else:
            values[key] = value
    if told.count is not None:
        values["count"] = told.count
    return say(told.key, **values)


def _source(key: str) -> AreaSource:
    return AreaSource(key.rpartition(".")[2].removesuffix("_face"))


def head(column: str, plot: Plot) -> str:
    """Return the heading of a column."""
    key = f"progress.column.{plot}.{column}"
    return say(key) if current().has(key) else say(f"progress.column.{column}")


def cell(column: str, value: Cell, row: Mapping[str, Cell], names: Names) -> str:
    """Return one cell of a table in words; ``row`` holds the whole line by column."""
    if value is None:
        return say("progress.still") if column == "last" else ""
    if isinstance(value, date):
        return dates.short_day_year(value)
    if column == "amount" and isinstance(value, int | float):
        source = AreaSource(str(row["source"]).removesuffix("_face"))
        low, high = (float(each) if isinstance(each := row[end], int | float) else 0.0 for end in ("low", "high"))
        return amount_range(float(value), low, high, source)
    return _coded(column, str(value), row, names)


def _coded(column: str, value: str, row: Mapping[str, Cell], names: Names) -> str:
    if column == "place" and str(row.get("source", "")).startswith(AreaSource.DOCTOR):
        return say(f"progress.area.table.place.{row['source']}")
    if column == "place":
        return ", ".join(names.get(each, "") for each in value.split())
    if column == "effect":
        return symptom_name(value)
    if column in ("morning", "evening"):
        return say(f"progress.state.{SlotState(value)}")
    if column == "bad":
        return say(f"progress.bad.{value}")
    if column == "source":
        return say(f"progress.area.table.{value.removesuffix('_face')}")
    if column == "kind":
        return say(f"progress.care.kind.{CareRow(value)}")
    if column == "name" and row.get("kind") == CareRow.LIGHT:
        return say(f"care.device.{value}")
    return value


def when(of: date, start: date) -> str:
    """Return a day with its weekday and its week of treatment."""
    week = week_number(start, of)
    name = dates.weekday(of)
    values = {"weekday": name[:1].upper() + name[1:], "day": day(of)}
    return say("progress.when", week=week, **values) if week else say("progress.when_before", **values)


def window_words(axis: TimeAxis) -> str:
    """Return which weeks are seen, and the days they go from and to."""
    first, last = weeks.day_at(axis.start, axis.window.first), weeks.day_at(axis.start, axis.window.last - 1 / 7)
    return say("progress.window", first=dates.short_day_year(first), last=dates.short_day_year(last))

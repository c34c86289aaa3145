"""What each picture of the months says in a table and in sentences: keys and values, no words.

A table is the same for the window and for a file: the window writes its days and codes in words, the file as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from companion.domain.dosing import SlotState
from companion.domain.moments import DAY, week_number
from companion.domain.progress import AreaSeries, AreaSource, Lane, ProgressView
from companion.domain.values import value

Cell = str | int | float | date | None


class Plot(StrEnum):
    """The pictures of the page, from top to bottom."""

    AREA = "area"
    APPLICATIONS = "applications"
    EFFECTS = "effects"
    CARE = "care"
    PHOTOS = "photos"


class CareRow(StrEnum):
    """What the picture of tubes, light and other treatments is made of."""

    TUBE = "tube"
    LIGHT = "light"
    TREATMENT = "treatment"


@value
class Table:
    """A table. ``columns`` are codes; under ``place`` stand ids of places, joined by spaces; ``week`` is from 1 on."""

    plot: Plot
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@value
class Sentence:
    """A sentence: the key of a phrase and what it is told of; ``count`` chooses singular or plural."""

    key: str
    values: tuple[tuple[str, Cell], ...] = ()
    count: int | None = None


def table_of(plot: Plot, view: ProgressView) -> Table:
    """Return the table behind a picture, oldest first."""
    columns, rows = _TABLES[plot]
    return Table(plot, columns, tuple(rows(view)))


def sentences_of(plot: Plot, view: ProgressView) -> tuple[Sentence, ...]:
    """Return what a picture says, without a verdict; one sentence where there is nothing yet."""
    return tuple(_SENTENCES[plot](view)) or (Sentence(f"progress.{plot}.none"),)


def summary_of(plot: Plot, view: ProgressView) -> tuple[Sentence, ...]:
    """Return what stands above a picture: all of :func:`sentences_of` where that is short, else a word on the whole."""
    if plot is Plot.AREA and view.areas:
        return (Sentence("progress.area.summary"),)
    if plot is Plot.EFFECTS and view.effects:
        count = sum(len(lane.spans) for lane in view.effects)
        return (Sentence("progress.effects.summary", (("kinds", len(view.effects)),), count),)
    if plot is Plot.CARE and (view.tubes or view.lights):
        return tuple(_tubes_and_lights(view))
    return sentences_of(plot, view)


def unit_of(source: AreaSource) -> str:
    """Return the code of the unit of a source."""
    return {AreaSource.MEASURED: "percent", AreaSource.ESTIMATE: "handprints", AreaSource.DOCTOR: "score"}[source]


def _week(view: ProgressView, day: date) -> int | None:
    return week_number(view.start, day) or None


# Tables


def _area_rows(view: ProgressView) -> Iterator[tuple[Cell, ...]]:
    for series in view.areas:
        place = str(series.place.id) if series.place is not None else ""
        source = f"{series.source}_face" if series.face else series.source.value
        for point in series.points:
            week = _week(view, point.day)
            low, high = (point.low, point.high) if point.high > point.low else (None, None)
            yield place, source, point.day, week, point.amount, low, high, unit_of(series.source)


def _application_rows(view: ProgressView) -> Iterator[tuple[Cell, ...]]:
    states = view.calendar.states
    day = view.calendar.first
    for at in range(0, len(states), 2):
        yield day, at // 14 + 1, states[at].value, states[at + 1].value
        day += DAY


def _effect_rows(view: ProgressView) -> Iterator[tuple[Cell, ...]]:
    found = [(lane.name, span) for lane in view.effects for span in lane.spans]
    for code, span in sorted(found, key=lambda each: (each[1].first, each[1].id)):
        yield code, " ".join(map(str, span.places)), span.first, span.last, _week(view, span.first), span.weight


def _care_rows(view: ProgressView) -> Iterator[tuple[Cell, ...]]:
    for span in view.tubes:
        yield CareRow.TUBE.value, "", span.first, span.last, _week(view, span.first), span.weight
    for light in view.lights:
        yield CareRow.LIGHT.value, light.device, light.day, light.day, _week(view, light.day), None
    for lane in view.treatments:
        for span in lane.spans:
            yield CareRow.TREATMENT.value, lane.name, span.first, span.last, _week(view, span.first), None


def _photo_rows(view: ProgressView) -> Iterator[tuple[Cell, ...]]:
    for each in view.sets:
        counts: dict[int | None, int] = {}
        for shot in each.shots:
            counts[shot.place_id] = counts.get(shot.place_id, 0) + 1
        for place, count in counts.items():
            yield each.day, _week(view, each.day), "" if place is None else str(place), count


_TABLES = {
    Plot.AREA: (("place", "source", "day", "week", "amount", "low", "high", "unit"), _area_rows),
    Plot.APPLICATIONS: (("day", "week", "morning", "evening"), _application_rows),
    Plot.EFFECTS: (("effect", "place", "first", "last", "week", "bad"), _effect_rows),
    Plot.CARE: (("kind", "name", "first", "last", "week", "grams"), _care_rows),
    Plot.PHOTOS: (("day", "week", "place", "photos"), _photo_rows),
}


# Sentences


def _area(view: ProgressView) -> Iterator[Sentence]:
    for series in view.areas:
        yield area_sentence(series)


def area_sentence(series: AreaSeries) -> Sentence:
    """Return what one series says: how many there are, the first and the last."""
    first, last = series.points[0], series.points[-1]
    source = f"{series.source}_face" if series.face else series.source.value
    values: tuple[tuple[str, Cell], ...] = (("first", first.day), ("first_amount", first.amount))
    if series.place is not None:
        values = (("place", str(series.place.id)), *values)
    if len(series.points) == 1:
        return Sentence(f"progress.area.one.{source}", values)
    values = (*values, ("last", last.day), ("last_amount", last.amount))
    return Sentence(f"progress.area.many.{source}", values, len(series.points))


def _applications(view: ProgressView) -> Iterator[Sentence]:
    figures = view.adherence
    if figures.due:
        known = (("applied", figures.applied), ("due", figures.due))
        if figures.unknown:
            yield Sentence("progress.applications.between", (*known, ("most", figures.most)), figures.unknown)
        else:
            yield Sentence("progress.applications.known", known)
    for state, count in (("skipped", figures.skipped), ("missed", figures.missed), ("paused", figures.paused)):
        if count:
            yield Sentence(f"progress.applications.{state}", (), count)
    if SlotState.BEFORE_RECORD in view.calendar.states:
        yield Sentence("progress.applications.before_record")


def _effects(view: ProgressView) -> Iterator[Sentence]:
    for lane in view.effects:
        yield _lane(lane)


def _lane(lane: Lane) -> Sentence:
    """Return how often, and when the last one was: one that is still there, if there is."""
    last = max(lane.spans, key=lambda span: (span.last is None, span.first, span.id))
    values: tuple[tuple[str, Cell], ...] = (("effect", lane.name), ("first", last.first))
    if last.last is None:
        return Sentence("progress.effects.ongoing", values, len(lane.spans))
    if last.last == last.first:
        return Sentence("progress.effects.one_day", values, len(lane.spans))
    return Sentence("progress.effects.over", (*values, ("last", last.last)), len(lane.spans))


def _tubes_and_lights(view: ProgressView) -> Iterator[Sentence]:
    if view.tubes:
        yield Sentence("progress.care.tubes", (("first", view.tubes[-1].first),), len(view.tubes))
    if view.lights:
        yield Sentence("progress.care.lights", (("first", view.lights[-1].day),), len(view.lights))


def _care(view: ProgressView) -> Iterator[Sentence]:
    yield from _tubes_and_lights(view)
    for lane in view.treatments:
        span = lane.spans[-1]
        values: tuple[tuple[str, Cell], ...] = (("name", lane.name), ("first", span.first))
        if span.last is None:
            yield Sentence("progress.care.since", values)
        else:
            yield Sentence("progress.care.from_to", (*values, ("last", span.last)))


def _photos(view: ProgressView) -> Iterator[Sentence]:
    if len(view.sets) == 1:
        yield Sentence("progress.photos.one", (("first", view.sets[0].day),))
    elif view.sets:
        values = (("first", view.sets[0].day), ("last", view.sets[-1].day))
        yield Sentence("progress.photos.many", values, len(view.sets))
    if view.private:
        yield Sentence("progress.photos.private")


_SENTENCES = {
    Plot.AREA: _area,
    Plot.APPLICATIONS: _applications,
    Plot.EFFECTS: _effects,
    Plot.CARE: _care,
    Plot.PHOTOS: _photos,
}

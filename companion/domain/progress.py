"""The months on one page, as one frozen value: everything on one axis of weeks since the start.

Nothing here says better or worse. What was never recorded is told apart from what was missed, and areas from
different sources (measured, the person's own estimate, the doctor's score) are never joined in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from companion.domain.care import CareEntry, Estimate, LightSession, OtherTreatment, Score, score_range, score_total
from companion.domain.dosing import Outcome, SlotState, due_at, next_slot, slot_state
from companion.domain.moments import DAY, PARTS, Slot, local_day, week_number
from companion.domain.today import kept_since
from companion.domain.treatment import Place, Treatment, Tube
from companion.domain.values import value

Words = Mapping[date, tuple[Outcome | None, Outcome | None]]
"""What was said of the two slots of a day; days of which nothing was said are missing."""

EDGE = 2
"""Days before today whose slots may still be open; earlier ones are over whatever the clock says."""


class AreaSource(StrEnum):
    """Where an area comes from. Each source has its own line, and its own unit."""

    MEASURED = "measured"  # percent of the patch on the reference photo, with the range of the measurement
    ESTIMATE = "estimate"  # handprints, as the person judged them
    DOCTOR = "doctor"  # the sum of the doctor's score, with the range its steps leave


@value
class AreaPoint:
    """One area on one day; ``low`` to ``high`` is its range, both equal to ``amount`` where none is known."""

    day: date
    amount: float
    low: float
    high: float


@value
class AreaSeries:
    """The areas of one place (``None``: of no single place, a doctor's score) from one source, oldest first.

    ``face`` says of a doctor's score whether the face is counted in: scores that differ in it are not one series.
    """

    place: Place | None
    source: AreaSource
    points: tuple[AreaPoint, ...]
    face: bool = False


@value
class Calendar:
    """Two slots a day from ``first`` on: ``states`` holds morning and evening of each day in turn."""

    first: date
    states: tuple[SlotState, ...]

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return len(self.states) // 2

    def on(self, day: date) -> tuple[SlotState, SlotState] | None:
        """Return the states of a day, or ``None`` for one that is not in it."""
        at = (day - self.first).days
        return (self.states[2 * at], self.states[2 * at + 1]) if 0 <= at < self.days else None


@value
class Adherence:
    """What the slots whose time has come came to: ``applied`` at least, with the ``unknown`` ones at most."""

    due: int
    applied: int
    skipped: int
    missed: int
    unknown: int
    paused: int

    @property
    def most(self) -> int:
        """Return how many it were if each one that was never recorded had been applied."""
        return self.applied + self.unknown


@value
class Span:
    """Something that lasted from ``first`` to ``last``, both included; ``None``: it still does.

    ``weight`` is how bad a side effect was, 0 to 3, or the grams of a tube; ``places`` are place ids.
    """

    id: int
    first: date
    last: date | None
    weight: int | None = None
    places: tuple[int, ...] = ()


@value
class Lane:
    """One row of spans under one name: the code of a side effect, or what the person calls a treatment."""

    name: str
    spans: tuple[Span, ...]


@value
class Shot:
    """A photo, as far as the axis needs it."""

    id: int
    place_id: int | None
    day: date


@value
class PhotoSet:
    """The photos of one day."""

    day: date
    shots: tuple[Shot, ...]


@value
class Review:
    """A week at which the leaflet asks for a look together with the doctor, and the day it is over."""

    week: int
    day: date


@value
class Light:
    """One light session: its day, what it was done with."""

    id: int
    day: date
    device: str


@value
class Effect:
    """A noted side effect, as far as the axis needs it."""

    id: int
    code: str
    day: date
    ended_on: date | None
    bad: int | None
    places: tuple[int, ...]


@value
class Months:
    """A record read for this page: every word about a slot, side effects, tubes and photos; nothing thrown away."""

    settings: Mapping[str, str]
    treatment: Treatment | None
    places: tuple[Place, ...]
    words: Words
    effects: tuple[Effect, ...]
    tubes: tuple[Tube, ...]
    shots: tuple[Shot, ...]


@value
class ProgressView:
    """Everything the page shows. ``weeks`` counts from 1 on the first day; ``places`` are those one can choose.

    ``sets``, ``areas`` and ``effects`` name no intimate place; ``private`` says that there are photos of such places.
    """

    start: date
    today: date
    weeks: int
    places: tuple[Place, ...]
    reviews: tuple[Review, ...]
    calendar: Calendar
    adherence: Adherence
    effects: tuple[Lane, ...]
    tubes: tuple[Span, ...]
    treatments: tuple[Lane, ...]
    lights: tuple[Light, ...]
    sets: tuple[PhotoSet, ...]
    areas: tuple[AreaSeries, ...]
    private: bool

    @property
    def is_bare(self) -> bool:
        """Return whether there is nothing to draw yet: no word about a slot, and no entry."""
        told = self.adherence.applied + self.adherence.skipped + self.adherence.missed
        return not (told or self.effects or self.treatments or self.lights or self.sets or self.areas)

    @property
    def earliest(self) -> date:
        """Return the first day of anything, which may lie before the start."""
        days = [each.first for lane in self.effects for each in lane.spans]
        days += [each.day for each in self.sets[:1]] + [series.points[0].day for series in self.areas]
        return min([self.start, *days])


def progress_view(
    months: Months, care: Iterable[CareEntry], review_weeks: tuple[int, ...], now: datetime, zone: str
) -> ProgressView | None:
    """Return what the page shows, or ``None`` before a treatment was set up. ``now`` is an instant in UTC."""
    treatment = months.treatment
    if treatment is None:
        return None
    start, today = treatment.started_on, local_day(now, zone)
    entries = tuple(care)
    places = {each.id: each for each in months.places}
    private = frozenset(each.id for each in months.places if each.intimate)
    calendar = calendar_of(treatment, months.words, now, zone, kept_since(months.settings, now))
    return ProgressView(
        start=start,
        today=today,
        weeks=week_number(start, today),
        places=tuple(each for each in months.places if not (each.archived or each.intimate)),
        reviews=tuple(Review(week, start + timedelta(weeks=week)) for week in review_weeks),
        calendar=calendar,
        adherence=adherence_of(calendar.states),
        effects=effect_lanes(months.effects, private),
        tubes=tube_spans(months.tubes, today),
        treatments=treatment_lanes(entries),
        lights=tuple(
            Light(each.id, each.day, each.what.device) for each in entries if isinstance(each.what, LightSession)
        ),
        sets=photo_sets(months.shots, private),
        areas=area_series(entries, places, private),
        private=any(each.place_id in private for each in months.shots),
    )


def calendar_of(treatment: Treatment, words: Words, now: datetime, zone: str, began: datetime | None) -> Calendar:
    """Return the state of every slot from the start to today at ``now`` in ``zone``.

    ``began`` is the instant the record was set up: of what was due before it and has no word nothing can be known.
    Each state is that of ``dosing.slot_state``, without asking a clock about days that are long over: over ten years
    that is the difference between 5 and 150 ms. (No zone has left out a day since the cream exists.)
    """
    today = local_day(now, zone)
    edge = today - EDGE * DAY
    kept = local_day(began, zone) if began is not None else treatment.started_on
    states: list[SlotState] = []
    day = treatment.started_on
    nothing: tuple[Outcome | None, Outcome | None] = (None, None)
    while day <= today:
        said = words.get(day, nothing)
        morning, evening = said
        if morning is not None and evening is not None:
            states += _SAID[morning], _SAID[evening]
        elif kept < day < edge and _runs(treatment, day):
            states += (SlotState.UNKNOWN if each is None else _SAID[each] for each in said)
        else:
            states += _looked_up(treatment, words, day, now, zone, began)
        day += DAY
    return Calendar(treatment.started_on, tuple(states))


_SAID: dict[Outcome, SlotState] = {each: SlotState(each.value) for each in Outcome}


def _runs(treatment: Treatment, day: date) -> bool:
    """Return whether the cream was due on a day since the start."""
    if treatment.ended_on is not None and day > treatment.ended_on:
        return False
    return not treatment.pauses or treatment.pause_on(day) is None


def _looked_up(
    treatment: Treatment, words: Words, day: date, now: datetime, zone: str, began: datetime | None
) -> list[SlotState]:
    found = []
    for slot in (Slot(day, part) for part in PARTS):
        said = _outcome(words, slot)
        state = _SAID[said] if said is not None else slot_state(treatment, slot, None, now, zone)
        if state is SlotState.OPEN and _outcome(words, next_slot(slot)) is Outcome.APPLIED:
            state = SlotState.UNKNOWN  # the next one is on already, whatever the clock says
        if state is SlotState.UNKNOWN and began is not None:
            due = due_at(treatment, slot, zone)
            state = SlotState.BEFORE_RECORD if due is not None and due < began else state
        found.append(state)
    return found


def _outcome(words: Words, slot: Slot) -> Outcome | None:
    return words.get(slot.day, (None, None))[PARTS.index(slot.part)]


def adherence_of(states: Iterable[SlotState]) -> Adherence:
    """Count the slots whose time has come; those ahead, open still, paused or before the record are not due."""
    counts = dict.fromkeys(SlotState, 0)
    for state in states:
        counts[state] += 1
    applied, unknown = counts[SlotState.APPLIED], counts[SlotState.UNKNOWN]
    skipped, missed = counts[SlotState.SKIPPED], counts[SlotState.MISSED]
    due = applied + skipped + missed + unknown
    return Adherence(due, applied, skipped, missed, unknown, counts[SlotState.PAUSED])


def effect_lanes(effects: Iterable[Effect], private: frozenset[int] = frozenset()) -> tuple[Lane, ...]:
    """Return the side effects as lanes, one a code, in the order they first appeared; ``private`` places unnamed."""
    spans: dict[str, list[Span]] = {}
    for each in sorted(effects, key=lambda effect: (effect.day, effect.id)):
        last = max(each.day, each.ended_on) if each.ended_on is not None else None
        places = tuple(place for place in each.places if place not in private)
        spans.setdefault(each.code, []).append(Span(each.id, each.day, last, each.bad, places))
    return tuple(Lane(code, tuple(found)) for code, found in spans.items())


def treatment_lanes(entries: Iterable[CareEntry]) -> tuple[Lane, ...]:
    """Return other treatments as lanes, one a name as the person wrote it, in the order they began."""
    spans: dict[str, list[Span]] = {}
    for each in sorted(entries, key=lambda entry: (entry.day, entry.id)):
        if isinstance(each.what, OtherTreatment):
            spans.setdefault(each.what.name, []).append(Span(each.id, each.day, each.ended_on, None, each.places))
    return tuple(Lane(name, tuple(found)) for name, found in spans.items())


def tube_spans(tubes: Iterable[Tube], today: date) -> tuple[Span, ...]:
    """Return the tubes in the order they were opened, from opening to end; ``weight`` is their grams."""
    return tuple(
        Span(each.id, each.opened_on, each.finished_on, each.grams)
        for each in sorted(tubes, key=lambda tube: (tube.opened_on, tube.id))
        if each.opened_on <= today
    )


def photo_sets(shots: Iterable[Shot], private: frozenset[int]) -> tuple[PhotoSet, ...]:
    """Return the photos as sets, one a day, oldest first, without those of ``private`` places."""
    shown = sorted((each for each in shots if each.place_id not in private), key=attrgetter("day", "id"))
    return tuple(PhotoSet(day, tuple(found)) for day, found in groupby(shown, key=attrgetter("day")))


def of_places(view: ProgressView, place_ids: frozenset[int]) -> ProgressView:
    """Return the view with the sizes, side effects and photos of some places only; without any it is as it was.

    A doctor's score is of no single place.
    """
    if not place_ids:
        return view
    return replace(
        view,
        areas=tuple(each for each in view.areas if each.place is not None and each.place.id in place_ids),
        effects=_lanes_of(view.effects, place_ids),
        sets=_sets_of(view.sets, place_ids),
    )


def _sets_of(sets: Iterable[PhotoSet], place_ids: frozenset[int]) -> tuple[PhotoSet, ...]:
    kept = ((each.day, tuple(shot for shot in each.shots if shot.place_id in place_ids)) for each in sets)
    return tuple(PhotoSet(day, shots) for day, shots in kept if shots)


def _lanes_of(lanes: Iterable[Lane], place_ids: frozenset[int]) -> tuple[Lane, ...]:
    kept = (Lane(lane.name, tuple(each for each in lane.spans if place_ids & set(each.places))) for lane in lanes)
    return tuple(lane for lane in kept if lane.spans)


def area_series(
    entries: Iterable[CareEntry], places: Mapping[int, Place], private: frozenset[int]
) -> tuple[AreaSeries, ...]:
    """Return the person's own estimates, a series a place, and the doctor's scores. A day's last word counts."""
    estimates: dict[int, dict[date, AreaPoint]] = {}
    scores: dict[bool, dict[date, AreaPoint]] = {}
    for each in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        what = each.what
        if isinstance(what, Estimate) and what.place_id in places and what.place_id not in private:
            amount = float(what.handprints)
            estimates.setdefault(what.place_id, {})[each.day] = AreaPoint(each.day, amount, amount, amount)
        elif isinstance(what, Score):
            low, high = score_range(what)
            point = AreaPoint(each.day, float(score_total(what)), float(low), float(high))
            scores.setdefault(what.face_included, {})[each.day] = point
    of_places = [
        AreaSeries(places[number], AreaSource.ESTIMATE, _in_order(estimates[number]))
        for number in places
        if number in estimates
    ]
    of_doctor = [AreaSeries(None, AreaSource.DOCTOR, _in_order(found), face) for face, found in scores.items()]
    return (*of_places, *of_doctor)


def _in_order(points: Mapping[date, AreaPoint]) -> tuple[AreaPoint, ...]:
    return tuple(points[day] for day in sorted(points))

"""A plausible life with the cream, made up day by day: what the example record holds. Pure and repeatable.

Nobody's data, and no promise: the places change as slowly and as unevenly as people are told to expect, some
applications are forgotten, and some were never written down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from companion.domain.care import CareEntry
from companion.domain.dosing import Application, Outcome
from companion.domain.leaflet import SPACING, Leaflet
from companion.domain.moments import DAY, PARTS, Part, Slot, instant_of
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Times, Treatment, Tube
from companion.domain.tube import usual_grams
from companion.services import example_care
from companion.services.treatment import NewPlace

PLACES = (
    NewPlace("face", Decimal("0.75")),
    NewPlace("hand_right", Decimal("0.5")),
    NewPlace("knee_left", Decimal("0.25")),
)
FACE, HAND, KNEE = 1, 2, 3
"""The ids these places get in a new record."""

FIRST_TIMES = (time(8, 0), time(20, 0))
LATER_TIMES = (time(7, 30), time(20, 0))

_GAINS = {FACE: 0.55, KNEE: 0.3, HAND: 0.08}
"""How much of a patch has its colour back after thirty weeks: the face most, the hand least."""

_KEPT = 0.935
_KEPT_IN_LOW_WEEK = 0.5
_LOW_WEEK = 0.6  # of the way
_PHOTO_SETS = 6
_LAST_SET_BEFORE = 27  # days, so that the next photo day is tomorrow
_TUBE = 100

# When (share of the way, or days before today), what, where, how bad, how much it bothers, for how many days.
_SYMPTOMS: tuple[tuple[float | int, str, tuple[int, ...], int, int, int, str], ...] = (
    (0.05, "itch", (FACE,), 1, 1, 5, ""),
    (0.10, "redness", (HAND,), 1, 0, 3, ""),
    (0.21, "spots", (FACE,), 1, 1, 6, "chin"),
    (0.38, "itch", (KNEE,), 1, 0, 2, ""),
    (0.52, "cold", (), 1, 1, 5, ""),
    (0.70, "peeling", (HAND,), 1, 0, 7, ""),
    (9, "spots", (FACE,), 1, 0, 4, "chin"),
)
_NOTES: tuple[tuple[float | int, str], ...] = (
    (0.0, "first_tube"),
    (0.17, "away"),
    (0.30, "mirror"),
    (0.48, "dots"),
    (_LOW_WEEK + 0.04, "low_week"),
    (2, "question"),
)


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """One day of photos: for each place the moment, and the share of the patch that is left without colour."""

    visit: int
    photos: tuple[tuple[int, datetime, float], ...]


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that is written into an example record; ids are 0 and given by the record."""

    treatment: Treatment
    applications: tuple[tuple[Application, datetime], ...]
    symptoms: tuple[SymptomEntry, ...]
    notes: tuple[tuple[NoteEntry, str], ...]
    tubes: tuple[Tube, ...]
    photo_sets: tuple[PhotoSet, ...]
    care: tuple[CareEntry, ...]


def live(now: datetime, zone: str, today: date, weeks: int, seed: int) -> Life:
    """Return a life of ``weeks`` weeks that ends ``now``; the same arguments give the same life.

    A note's text is the key of a phrase, and the words beside a symptom too: the service says them in the person's
    language. Applications come with the moment they were recorded.
    """
    start = today - timedelta(days=7 * weeks - 1)
    treatment = _treatment(start, today)
    chance = Random(seed)
    applications = tuple(_applications(treatment, now, zone, today, chance))
    return Life(
        treatment=treatment,
        applications=applications,
        symptoms=tuple(_symptoms(start, today, zone)),
        notes=tuple(_notes(start, today, now, zone)),
        tubes=_tubes(start, applications),
        photo_sets=tuple(_photo_sets(start, today, zone)),
        care=tuple(example_care.entries(start, today, zone, FACE, HAND, KNEE)),
    )


def _treatment(start: date, today: date) -> Treatment:
    changed = start + (today - start) // 3
    times = [Times(start, *FIRST_TIMES)]
    if changed > start:
        times.append(Times(changed, *LATER_TIMES))
    return Treatment(0, Leaflet.EU, start, tuple(times))


def _applications(
    treatment: Treatment, now: datetime, zone: str, today: date, chance: Random
) -> Iterator[tuple[Application, datetime]]:
    last: datetime | None = None
    length = (today - treatment.started_on).days
    day = treatment.started_on
    while day <= today:
        for part in PARTS:
            due = instant_of(day, treatment.times_on(day).on(day, part), zone)
            if due is None or (day == today and part is Part.EVENING):
                continue
            outcome = _outcome((today - day).days, part, (day - treatment.started_on).days, length, chance)
            at = due + _lateness(day, part, chance)
            if outcome is Outcome.APPLIED and last is not None:
                at = max(at, last + SPACING + timedelta(minutes=chance.randrange(3, 20)))
            told = at if outcome is Outcome.APPLIED else due + timedelta(hours=11)
            if outcome is None or told > now:
                continue
            if outcome is Outcome.APPLIED:
                last = at
            yield _application(Slot(day, part), outcome, told, zone, chance), told + timedelta(seconds=20)
        day += DAY


def _outcome(ago: int, part: Part, index: int, length: int, chance: Random) -> Outcome | None:
    """Return what became of a slot; ``None`` when nothing was ever said of it. The last days are always the same."""
    kept, kind = chance.random(), chance.random()
    if ago == 3 and part is Part.EVENING:
        return Outcome.MISSED
    if ago <= 6:
        return Outcome.APPLIED
    low = 0 <= index - int(length * _LOW_WEEK) < 7
    if kept < (_KEPT_IN_LOW_WEEK if low else _KEPT):
        return Outcome.APPLIED
    if kind < 0.45:
        return Outcome.MISSED
    return Outcome.SKIPPED if kind < 0.7 else None


def _lateness(day: date, part: Part, chance: Random) -> timedelta:
    weekend = day.weekday() >= 5
    usual, spread = (6, 17) if part is Part.MORNING else (4, 24)
    minutes = chance.gauss(usual + (35 if weekend and part is Part.MORNING else 0), spread)
    return timedelta(minutes=round(min(150, max(-35, minutes))), seconds=chance.randrange(60))


def _application(slot: Slot, outcome: Outcome, at: datetime, zone: str, chance: Random) -> Application:
    everywhere, weighed = chance.random() < 0.92, chance.random() < 0.1
    grams = round(chance.uniform(0.3, 0.5), 1) if weighed else None
    if outcome is not Outcome.APPLIED:
        return Application(0, slot, outcome, at, zone)
    return Application(0, slot, outcome, at, zone, (FACE, HAND, KNEE) if everywhere else (FACE, KNEE), grams)


def _when(start: date, today: date, when: float | int) -> date:
    """Return a day: so many days before today for a whole number, else that share of the way."""
    if isinstance(when, int):
        return max(start, today - timedelta(days=when))
    return start + timedelta(days=int((today - start).days * when))


def _at(day: date, at: time, zone: str) -> datetime:
    moment = instant_of(day, at, zone)
    return moment if moment is not None else _at(day + DAY, at, zone)


def _symptoms(start: date, today: date, zone: str) -> Iterator[SymptomEntry]:
    for number, (when, code, places, bad, bothers, days, words) in enumerate(_SYMPTOMS):
        day = _when(start, today, when)
        ended = day + timedelta(days=days)
        if ended >= today or (isinstance(when, int) and day == start):
            continue
        yield SymptomEntry(
            id=0,
            code=code,
            at=_at(day, time(9 + number, 12), zone),
            zone=zone,
            bad=bad,
            bothers=bothers,
            places=places,
            ended_on=ended,
            told_doctor=number == 2,
            note=words,
        )


def _notes(start: date, today: date, now: datetime, zone: str) -> Iterator[tuple[NoteEntry, str]]:
    for when, key in _NOTES:
        at = _at(_when(start, today, when), time(21, 5), zone)
        if at <= now:
            yield NoteEntry(0, at, zone, ""), key


def _tubes(start: date, applications: tuple[tuple[Application, datetime], ...]) -> tuple[Tube, ...]:
    """Return tubes that last as long as the applications make them last; the last one is in use."""
    usual = usual_grams(sum((place.handprints for place in PLACES), Decimal(0)))
    tubes: list[Tube] = []
    opened, used = start, 0.0
    for application, _ in applications:
        if application.outcome is not Outcome.APPLIED:
            continue
        used += usual if application.grams is None else application.grams
        if used >= _TUBE - 2 * usual:
            tubes.append(_tube(len(tubes), opened, application.slot.day))
            opened, used = application.slot.day + DAY, 0.0
    return (*tubes, _tube(len(tubes), opened, None))


def _tube(number: int, opened: date, finished: date | None) -> Tube:
    expires = date(opened.year + 2, 6, 30)
    return Tube(0, _TUBE, opened, finished, lot=f"EX{101 + 17 * number}", expires_on=expires)


def _photo_sets(start: date, today: date, zone: str) -> Iterator[PhotoSet]:
    length = (today - start).days
    last = max(0, length - _LAST_SET_BEFORE)
    count = min(_PHOTO_SETS, 1 + last // 7)
    for visit in range(count):
        index = last * visit // max(1, count - 1)
        day = start + timedelta(days=index)
        weeks = index / 7
        photos = tuple(
            (place, _at(day, time(10, 14 + 2 * number + visit), zone), _left(place, weeks))
            for number, place in enumerate((FACE, HAND, KNEE))
        )
        yield PhotoSet(visit, photos)


def _left(place: int, weeks: float) -> float:
    """Return the share of a patch without colour after so many weeks: slow at first, and never all of it gone."""
    return round(1 - _GAINS[place] * min(1.4, math.pow(weeks / 30, 1.3)), 3)

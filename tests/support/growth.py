"""A record that was used for years: what benchmarks stand on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from companion.domain.care import (
    CareEntry,
    Device,
    Estimate,
    Fact,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.dosing import Application, Outcome, slots_between
from companion.domain.history import Noun
from companion.domain.moments import instant_of
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Tube
from companion.storage.record import Record
from companion.storage.unit_of_work import UnitOfWork

APPLICATIONS, ENTRIES, PHOTOS, TUBES = 730, 300, 500, 4
CARE = {"light": 100, "treatment": 2, "skin_day": 24, "estimate": 12, "score": 2, "noticing": 12, "visit": 3}
EDITS = 30
"""A year's worth."""

WORDS = (
    "oggi", "la", "pelle", "è", "più", "calma", "un", "po'", "di", "prurito", "sul", "mento", "foto", "fatte",
    "vicino", "alla", "finestra", "come", "sempre",
)  # fmt: skip
CODES = ("itch", "redness", "spots", "peeling", "burning", "cold", "headache")


@dataclass(frozen=True, slots=True)
class Grown:
    """How much a record holds now."""

    applications: int
    entries: int
    photos: int
    care: int = 0
    tubes: int = 0


def grow(record: Record, today: date, years: int = 10, seed: int = 1) -> Grown:
    """Fill ``record`` up to ``years`` years of use before ``today`` and return how much it holds then.

    It is set up, and has at least one photo (the example record does): its files are shared by all new photo rows. Ten
    years are 7,300 applications, 3,000 journal entries, 1,550 entries of other kinds, 40 tubes and 5,000 photos.
    """
    chance = Random(seed)
    start = today - timedelta(days=365 * years)
    with record.unit_of_work() as work:
        treatment = work.treatments.current()
        assert treatment is not None
        work.treatments.set_start(treatment.id, start)
        zone = "Europe/Rome"
        places = tuple(place.id for place in work.places.all())
        known = {each.slot for each in work.applications.between(start, today)}
        left = APPLICATIONS * years - len(known)
        for slot in slots_between(start, today):
            if left <= 0:
                break
            if slot in known:
                continue
            due = _at(slot.day, treatment.times_on(slot.day).on(slot.day, slot.part), zone)
            at = due + timedelta(minutes=chance.randrange(-20, 60))
            outcome = Outcome.APPLIED if chance.random() < 0.92 else Outcome.MISSED
            usual = places if outcome is Outcome.APPLIED else ()
            work.applications.add(treatment.id, Application(0, slot, outcome, at, zone, usual), "growth", at)
            left -= 1
        noted = len(work.symptoms.all()) + len(work.notes.all())
        for number in range(ENTRIES * years - noted):
            at = _at(start + timedelta(days=chance.randrange(365 * years)), time(chance.randrange(8, 22), 5), zone)
            text = " ".join(chance.choices(WORDS, k=chance.randrange(4, 40)))
            if number % 2:
                bad = chance.randrange(3)
                where = (chance.choice(places),) if places else ()
                work.symptoms.add(SymptomEntry(0, chance.choice(CODES), at, zone, bad, 0, where, at.date(), note=text))
            else:
                work.notes.add(NoteEntry(0, at, zone, text))
        patterns = work.photos.all()
        for number in range(PHOTOS * years - len(patterns)):
            pattern = patterns[number % len(patterns)]
            at = _at(start + timedelta(days=chance.randrange(365 * years)), time(10, number % 60), zone)
            raw = hashlib.sha256(f"grown {number}".encode()).hexdigest()
            work.photos.add(replace(pattern, id=0, taken_at=at, zone=zone, raw_hash=raw, imported_at=at))
        _grow_care(work, start, years, places, chance)
        return Grown(
            applications=work.applications.count(start, today),
            entries=len(work.symptoms.all()) + len(work.notes.all()),
            photos=len(work.photos.all()),
            care=len(work.care.between()),
            tubes=len(work.tubes.all()),
        )


def _grow_care(work: UnitOfWork, start: date, years: int, places: tuple[int, ...], chance: Random) -> None:
    """Add everything else: light, treatments, sun, estimates, scores, noticing, visits, tubes, corrections."""
    zone = "Europe/Rome"
    known = [each.kind.value for each in work.care.between()]
    for kind, count in CARE.items():
        for number in range(count * years - known.count(kind)):
            day = start + timedelta(days=chance.randrange(365 * years))
            fact = _fact(kind, places, day, chance)
            where = (fact.place_id,) if isinstance(fact, Estimate) else places[:1] if number % 3 == 0 else ()
            ended = day + timedelta(days=90) if kind == "treatment" else None
            note = " ".join(chance.choices(WORDS, k=chance.randrange(3, 30))) if number % 4 == 0 else ""
            at = _at(day, time(chance.randrange(8, 22), 30), zone)
            work.care.add(CareEntry(0, fact, at, zone, day, ended, where, note))
    for number in range(TUBES * years - len(work.tubes.all())):
        opened = start + timedelta(days=90 * number)
        work.tubes.add(Tube(0, 100, opened, opened + timedelta(days=88), f"G{number:03}", date(opened.year + 2, 6, 30)))
    for row in work.care.between()[: EDITS * years]:
        work.history.keep(Noun.CARE_ENTRY, row.id, row.at)


def _fact(kind: str, places: tuple[int, ...], day: date, chance: Random) -> Fact:
    if kind == "light":
        return LightSession(chance.choice(tuple(Device)), Decimal(chance.randrange(1, 40)) / 4)
    if kind == "treatment":
        return OtherTreatment(chance.choice(("Tacrolimus", "Vitamina D", "Mometasone")), chance.choice(tuple(Form)))
    if kind == "skin_day":
        return SkinDay(chance.choice(tuple(OnSkin)))
    if kind == "estimate":
        return Estimate(chance.choice(places), Decimal(chance.randrange(1, 12)) / 4)
    if kind == "noticing":
        return Noticing(chance.randrange(5))
    if kind == "visit":
        return Visit("Quanto dura?", "Tutto come prima, perché va bene così.", day + timedelta(days=120))
    lines = tuple(RegionScore(region, Decimal(chance.randrange(1, 5)), 50) for region in tuple(ScoreRegion)[:3])
    return Score(lines, True, "Ambulatorio")


def _at(day: date, at: time, zone: str) -> datetime:
    moment = instant_of(day, at, zone)
    assert moment is not None
    return moment

"""A record that was used for years: what benchmarks stand on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from companion.domain.dosing import Application, Outcome, slots_between
from companion.domain.moments import instant_of
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.storage.record import Record

APPLICATIONS, ENTRIES, PHOTOS = 730, 300, 500
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


def grow(record: Record, today: date, years: int = 10, seed: int = 1) -> Grown:
    """Fill ``record`` up to ``years`` years of use before ``today`` and return how much it holds then.

    It is set up, and has at least one photo (the example record does): its files are shared by all new photo rows. Ten
    years are 7,300 applications, 3,000 journal entries and 5,000 photos.
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
        return Grown(
            applications=work.applications.count(start, today),
            entries=len(work.symptoms.all()) + len(work.notes.all()),
            photos=len(work.photos.all()),
        )


def _at(day: date, at: time, zone: str) -> datetime:
    moment = instant_of(day, at, zone)
    assert moment is not None
    return moment

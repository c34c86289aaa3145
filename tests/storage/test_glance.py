"""The glance tells what the stores tell, in few statements, and needs little loaded."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from companion.domain.dosing import Outcome
from companion.domain.glance import Glance, Watch
from companion.domain.moments import PARTS
from companion.domain.reactions import SymptomEntry
from companion.domain.reminders import Key, Kind, Told
from companion.domain.treatment import Pause, Place, Times, Tube
from companion.storage.statement import Statement
from tests.support.records import NOON, START, TREATMENT, ZONE, a_photo, an_application

DAY = timedelta(days=1)


def test_an_empty_record_has_an_empty_glance(record):
    assert record.glance(START, START) == Glance(
        settings={"uid": record.uid},
        treatment=None,
        places=(),
        applications=(),
        last_applied=None,
        tube=None,
        tube_noted_grams=0.0,
        tube_unnoted=0,
        symptoms=(),
        photos=(),
        last_photo_at=None,
    )


def fill(record, seed):
    """Write a record full of differences, some of it thrown away, archived, intimate or of the same instant."""
    chance = random.Random(seed)
    some = chance.choice
    with record.unit_of_work() as work:
        work.settings.put("name", "Ada")
        old = work.treatments.add(replace(TREATMENT, started_on=START - 90 * DAY, ended_on=START - DAY))
        treatment = work.treatments.add(replace(TREATMENT, ended_on=some([None, START + 50 * DAY])))
        for week in range(chance.randrange(4)):
            times = Times(START + 7 * week * DAY, TREATMENT.times[0].morning, NOON.time())
            if week % 2:
                times = replace(times, other_days=frozenset({7, 6}), other_morning=time(9), other_evening=time(21, 30))
            work.treatments.set_times(treatment, times)
        for week in chance.sample(range(9), chance.randrange(4)):
            last = some([None, START + 7 * week * DAY, START + (7 * week + 3) * DAY])
            work.treatments.add_pause(some([old, treatment]), Pause(0, START + 7 * week * DAY, last))
        for number in range(chance.randrange(20)):
            slot = Key(Kind.APPLICATION, START + number // 2 * DAY, PARTS[number % 2])
            key = some([slot, Key(some([Kind.PHOTO_DAY, Kind.TUBE_ORDER]), START + number * DAY)])
            work.reminders.put(Told(key, number % 4, some([None, NOON]), some([None, NOON + DAY])))
        work.settings.put("reminders", "{}")
        places = [
            work.places.add(Place(0, f"region_{n}", "", Decimal(n + 1) / 4, some([True, False]), some([True, False])))
            for n in range(6)
        ]
        work.places.reorder(chance.sample(places, 4))
        for each in places:
            if chance.random() < 0.3:
                work.places.archive(each)
        for number in range(40):
            new = an_application(
                START + DAY * (number // 2),
                PARTS[number % 2],
                at=NOON + 12 * timedelta(hours=number + chance.randrange(-9, 9)),
                grams=some([None, 0.25, 1.5]),
            )
            new = replace(new, outcome=some(list(Outcome)), places=tuple(chance.sample(places, 2)))
            if chance.random() < 0.8:
                work.applications.add(some([old, treatment]), new, "window", NOON)
        for number in range(chance.randrange(5)):
            tube = Tube(0, 60, START + DAY * chance.randrange(15), some([None, START + 20 * DAY]), "L", None, True)
            identity = work.tubes.add(tube)
            if number == 1:
                work.tubes.mark_deleted(identity, NOON)
        for number in range(12):
            entry = SymptomEntry(0, "itch", NOON + DAY * chance.randrange(6), ZONE, some([None, 2]), 0, (1, 2), START)
            entry = replace(entry, told_doctor=some([True, False]), help_shown_at=some([None, NOON]))
            identity = work.symptoms.add(entry)
            if number % 4 == 0:
                work.symptoms.mark_deleted(identity, NOON)
        for number in range(30):
            names = tuple(f"{number * 3 + n:032x}" for n in range(3))
            at = NOON + DAY * chance.randrange(10)
            identity = work.photos.add(a_photo(names, some([*places, None]), at=at, raw_hash=f"{number:064x}"))
            if chance.random() < 0.3:
                work.photos.mark_deleted(identity, NOON)


def by_the_stores(record, first, last):
    with record.unit_of_work() as work:
        places = work.places.all(include_archived=True)
        shown = {each.id for each in places if not each.intimate and not each.archived}
        latest = work.photos.latest_per_place()
        tube = work.tubes.open()
        cream = [
            each
            for chunk in work.applications.pages()
            for each in chunk
            if tube and each.outcome is Outcome.APPLIED and each.slot.day >= tube.opened_on
        ]
        return Glance(
            settings=work.settings.all(),
            treatment=work.treatments.current(),
            places=places,
            applications=work.applications.between(first, last),
            last_applied=work.applications.last_applied(),
            tube=tube,
            tube_noted_grams=sum(each.grams for each in cream if each.grams is not None),
            tube_unnoted=sum(each.grams is None for each in cream),
            symptoms=work.symptoms.all()[:5],
            photos=tuple(each for each in latest if each.place_id in shown),
            last_photo_at=latest[0].taken_at if latest else None,
        )


def watched_by_the_stores(record, first, last):
    glance = by_the_stores(record, first, last)
    shared = {name: getattr(glance, name) for name in Watch.__match_args__ if name not in ("settings", "told")}
    with record.unit_of_work() as work:
        settings = {key: text for key, text in work.settings.all().items() if key in ("reminders", "zone_seen")}
        return Watch(settings=settings, told=work.reminders.since(first), **shared)


@pytest.mark.parametrize("seed", range(12))
def test_the_glance_tells_what_the_stores_tell(record, seed):
    fill(record, seed)
    for first, last in ((START, START + 3 * DAY), (START + 5 * DAY, START + 40 * DAY), (START - DAY, START - DAY)):
        assert record.glance(first, last) == by_the_stores(record, first, last)
        assert record.watch(first, last) == watched_by_the_stores(record, first, last)
        until = NOON + 6 * DAY
        with record.unit_of_work() as work:
            assert record.watch(first, last, until).last_applied == work.applications.last_applied(until)


@pytest.mark.parametrize("what", ["glance", "watch"])
def test_it_takes_eight_statements(record, what):
    fill(record, 1)
    asked = []
    record._connection.set_trace_callback(asked.append)
    getattr(record, what)(START, START + 9 * DAY)
    record._connection.set_trace_callback(None)
    assert 1 <= len(asked) <= 8
    assert all(each.lstrip().startswith("SELECT") for each in asked)


@pytest.mark.parametrize("what", ["glance", "watch"])
def test_it_reads_no_table_of_ten_years_from_end_to_end(record, what):
    fill(record, 1)
    asked = []
    record._connection.set_trace_callback(asked.append)
    getattr(record, what)(START, START + 9 * DAY)
    record.watch(START, START, NOON)
    record._connection.set_trace_callback(None)
    for statement in asked:
        plan = [row[3] for row in record._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        for step in plan:
            assert not step.startswith(("SCAN photo", "SCAN note")), step
            assert not (step.startswith(("SCAN application", "SCAN symptom")) and "USING INDEX" not in step), step


LIGHT = """
import sys
from datetime import date
from pathlib import Path
from companion.storage.record import open_record
record = open_record(Path(sys.argv[1]), lambda keys: keys.unlock_example())
record.glance(date(2026, 1, 1), date(2026, 2, 1))
record.watch(date(2026, 1, 1), date(2026, 2, 1))
record.setting("name")
record.vault.names()
record.close()
heavy = {"sqlalchemy", "alembic", "keyring", "PIL", "numpy", "asyncio", "logging"} & set(sys.modules)
print(sorted(heavy))
"""


def test_opening_and_a_glance_load_neither_sqlalchemy_nor_alembic(record):
    record.close()
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(record.folder)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_statement_says_what_it_was_not_given():
    from companion.storage.stores.applications import _SLOT

    with pytest.raises(KeyError, match="part"):
        Statement(_SLOT.core)._planned(("day", "ordinal"))

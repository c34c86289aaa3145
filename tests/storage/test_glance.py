"""The glance tells what the stores tell, in few statements, and needs little loaded."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from companion.domain.dosing import Outcome
from companion.domain.glance import Glance
from companion.domain.moments import PARTS
from companion.domain.reactions import SymptomEntry
from companion.domain.treatment import Place, Times, Tube
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
            work.treatments.set_times(treatment, Times(START + 7 * week * DAY, TREATMENT.times[0].morning, NOON.time()))
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


@pytest.mark.parametrize("seed", range(12))
def test_the_glance_tells_what_the_stores_tell(record, seed):
    fill(record, seed)
    for first, last in ((START, START + 3 * DAY), (START + 5 * DAY, START + 40 * DAY), (START - DAY, START - DAY)):
        assert record.glance(first, last) == by_the_stores(record, first, last)


def test_the_glance_takes_eight_statements(record):
    fill(record, 1)
    asked = []
    record._connection.set_trace_callback(asked.append)
    record.glance(START, START + 9 * DAY)
    record._connection.set_trace_callback(None)
    assert 1 <= len(asked) <= 8
    assert all(each.lstrip().startswith("SELECT") for each in asked)


def test_the_glance_reads_no_table_of_ten_years_from_end_to_end(record):
    fill(record, 1)
    asked = []
    record._connection.set_trace_callback(asked.append)
    record.glance(START, START + 9 * DAY)
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

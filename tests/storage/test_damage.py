"""Damage is noticed, told apart from a mistake of ours, and never made worse."""

from __future__ import annotations

import os
import random

import pytest

from companion.domain.errors import CompanionError
from companion.domain.reactions import NoteEntry
from tests.support.records import NOON, START, ZONE, a_photo, an_application, begin, make_record, open_again

SAID = {"record_damaged", "disk_trouble"}


@pytest.fixture
def closed(tmp_path):
    """The folder of a closed record with something of everything in it, some of it deleted, and the good bytes."""
    record = make_record(tmp_path)
    with record.unit_of_work() as work:
        treatment, place = begin(work)
        work.applications.add(treatment, an_application(), "window", NOON)
        for number in range(60):
            work.notes.add(NoteEntry(0, NOON, ZONE, f"note {number} " * 20))
        work.photos.add(a_photo(("0" * 32, "1" * 32, "2" * 32), place))
    with record.unit_of_work() as work:
        for number in range(1, 40):
            work.notes.mark_deleted(number, NOON)
        work.notes.purge(NOON.replace(year=2027))
    record.close()
    return record.folder, (record.folder / "record.db").read_bytes()


def look(folder):
    """Open the record and look at everything; return what was said to be wrong, or nothing."""
    record = open_again(folder)
    try:
        record.glance(START, START)
        with record.unit_of_work() as work:
            work.notes.all()
        return "" if record.check().database.sound else "record_damaged"
    finally:
        record.close()


def noticed(folder):
    try:
        return look(folder) in SAID
    except CompanionError as error:
        return error.key in SAID


def flips(folder, good, number):
    chance = random.Random(number)
    path = folder / "record.db"
    for _ in range(number):
        bit = chance.randrange(len(good) * 8)
        changed = bytearray(good)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        assert noticed(folder), bit
        assert path.read_bytes() == changed  # looked at, not touched


def test_every_flipped_bit_of_the_database_is_noticed(closed):
    flips(*closed, 300)


@pytest.mark.long
def test_every_flipped_bit_of_the_database_is_noticed_for_long(closed):
    flips(*closed, int(os.environ.get("COMPANION_FLIPS", "10000")))


def test_the_undamaged_record_is_sound(closed):
    folder, _ = closed
    record = open_again(folder)
    assert record.check().database.sound
    assert record.check().database.rows["note"] == 21
    record.close()


@pytest.mark.parametrize("left", [1, 15, 16, 100, 1024, 4095, 4096, 4097, -4097, -4096, -4095, -1])
def test_a_cut_database_is_noticed(closed, left):
    folder, good = closed
    (folder / "record.db").write_bytes(good[:left])
    assert noticed(folder)


@pytest.mark.parametrize("content", [b"\0" * 8192, b"SQLite format 3\0" + b"\0" * 4080, b"hello" * 2000])
def test_what_is_no_database_is_noticed(closed, content):
    folder, _ = closed
    (folder / "record.db").write_bytes(content)
    assert noticed(folder)
    assert (folder / "record.db").read_bytes() == content


def test_swapped_pages_are_noticed(closed):
    folder, good = closed
    pages = [good[start : start + 4096] for start in range(0, len(good), 4096)]
    pages[3], pages[4] = pages[4], pages[3]
    (folder / "record.db").write_bytes(b"".join(pages))
    assert noticed(folder)


def test_an_older_page_put_back_is_noticed_by_its_structure_or_stays_older(closed):
    """A page of an earlier state carries a good seal: told apart only where it does not fit its neighbours."""
    folder, good = closed
    record = open_again(folder)
    with record.unit_of_work() as work:
        for _ in range(60):
            work.notes.add(NoteEntry(0, NOON, ZONE, "later " * 50))
    record.close()
    newer = (folder / "record.db").read_bytes()
    mixed = newer[: 4096 * 2] + good[4096 * 2 : 4096 * 20] + newer[4096 * 20 :]
    (folder / "record.db").write_bytes(mixed)
    assert noticed(folder)


def test_a_foreign_journal_does_no_harm(closed):
    folder, good = closed
    (folder / "record.db-journal").write_bytes(b"not a journal" * 1000)
    record = open_again(folder)
    assert record.check().database.sound
    record.close()
    assert (folder / "record.db").read_bytes() == good

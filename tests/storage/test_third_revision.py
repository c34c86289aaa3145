"""A record as the second version wrote it gets room for everything else and for what entries said before.

``tests/fixtures/record_0002`` was written by that version: an example with other times at the weekend, a pause, sixty
applications (one with a note), four side effects, six notes (one thrown away), two tubes, and a reminder that was told.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from companion.domain.care import CareEntry, Device, LightSession
from companion.domain.errors import SurroundingsError
from companion.domain.history import Noun
from companion.domain.moments import local_day
from companion.domain.reminders import Key, Kind
from companion.domain.treatment import Pause
from companion.storage import migrate as migrate_module
from companion.storage import snapshot as snapshot_module
from companion.storage.connection import connect
from companion.storage.keys import KeyFile
from companion.storage.schema import HEAD
from companion.storage.seal import subkey
from companion.storage.snapshot import verify_snapshot
from tests.support.records import NOON, START, ZONE, open_again

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "fixtures" / "record_0002"
NEW = {"care_entry", "edit_history"}
FEW = int(os.environ.get("COMPANION_KILLS", "6"))
MANY = int(os.environ.get("COMPANION_KILLS", "200"))


@pytest.fixture
def old(tmp_path):
    """The folder of a record of the second revision, to be changed."""
    return shutil.copytree(OLD, tmp_path / "record")


def key_of(folder):
    return subkey(KeyFile.load(folder).unlock_example(), "database")


def rows(path, key):
    """Return the revision of a database, its tables, and every row of those the second revision had."""
    connection = connect(path, key)
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        names = sorted(tables - {"alembic_version", "sqlite_sequence", *NEW})
        content = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        return revision, tables, content
    finally:
        connection.close()


def test_everything_is_there_afterwards_and_a_checked_copy_beside_it(old):
    key = key_of(old)
    revision, tables, before = rows(old / "record.db", key)
    assert revision == "0002"
    assert not tables & NEW
    record = open_again(old)
    with record.unit_of_work() as work:
        treatment = work.treatments.current()
        assert treatment.pauses == (Pause(1, START + timedelta(days=10), START + timedelta(days=12)),)
        assert treatment.times[-1].other_morning == time(9)
        assert work.applications.count(START, START + timedelta(days=100)) == 60
        assert len(work.symptoms.all()) == 4
        assert (len(work.notes.all()), len(work.notes.all(deleted=True))) == (5, 1)
        assert [tube.grams for tube in work.tubes.all()] == [100, 60]
        assert work.reminders.last().key == Key(Kind.PHOTO_DAY, START)
        assert work.care.between() == ()
        assert work.history.of(Noun.NOTE, 1) == ()
    record.close()
    revision, tables, after = rows(old / "record.db", key)
    assert (revision, after) == (HEAD, before)
    assert tables >= NEW
    assert verify_snapshot(old / "before-0002.db", key).rows["application"] == 60
    assert rows(old / "before-0002.db", key) == ("0002", rows(OLD / "record.db", key)[1], before)


def test_the_new_things_can_be_written_to_it(old):
    record = open_again(old)
    entry = CareEntry(0, LightSession(Device.EXCIMER, Decimal("2.5")), NOON, ZONE, local_day(NOON, ZONE), places=(1,))
    with record.unit_of_work() as work:
        number = work.care.add(entry)
        note = work.notes.get(1)
        work.history.keep(Noun.NOTE, 1, NOON)
    record.close()
    record = open_again(old)
    with record.unit_of_work() as work:
        assert work.care.get(number).what == entry.what
        assert [edit.before for edit in work.history.of(Noun.NOTE, 1)] == [note]
        assert work.care.between(date(2026, 1, 5), date(2026, 1, 5)) == (work.care.get(number),)
    record.close()


def test_without_a_copy_it_stays_as_it_was(old, monkeypatch):
    key = key_of(old)
    before = rows(old / "record.db", key)

    def full(*_args):
        raise SurroundingsError("disk_full")

    monkeypatch.setattr(snapshot_module, "write_snapshot", full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        open_again(old)
    assert rows(old / "record.db", key) == before


# Killed half-way: the migration says each step aloud, so that every one of them is hit.


def kill_while_migrating(old, tmp_path, kills):
    scripts = shutil.copytree(migrate_module.SCRIPTS, tmp_path / "migrations")
    (step,) = (scripts / "versions").glob("0003*.py")
    aloud = '        op.execute(statement)\n        os.write(1, b"step\\n")\n'
    text = step.read_text("utf-8").replace("        op.execute(statement)\n", aloud)
    step.write_text(text.replace("from alembic import op", "import os\nfrom alembic import op"), "utf-8")
    key = key_of(old)
    first = rows(old / "record.db", key)
    chance = random.Random(kills)
    seen = set()
    for number in range(kills):
        path = tmp_path / f"{number}.db"
        shutil.copy(old / "record.db", path)
        command = [sys.executable, "-m", "tests.storage.children.migrate_once", str(path), key.hex(), str(scripts)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(chance.randrange(1, 8)):
            child.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=chance.uniform(0, 0.004))
        child.kill()
        child.stdout.close()
        child.wait()
        revision, tables, content = rows(path, key)
        assert content == first[2]
        assert tables == first[1] | (NEW if revision == HEAD else set())
        seen.add(revision)
        path.unlink()
    return seen


def test_killed_half_way_it_is_the_old_or_the_new(old, tmp_path):
    assert kill_while_migrating(old, tmp_path, FEW) <= {"0002", HEAD}


@pytest.mark.long
def test_killed_half_way_it_is_the_old_or_the_new_for_long(old, tmp_path):
    assert kill_while_migrating(old, tmp_path, MANY) == {"0002", HEAD}

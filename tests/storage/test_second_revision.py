"""A record as the first version wrote it gets other times, pauses and reminders, and loses nothing on the way.

``tests/fixtures/record_0001`` was written by that version: an example with three pairs of times, sixty applications
and a tube, last changed on 3 February 2026.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from companion.domain.errors import SurroundingsError
from companion.domain.reminders import Key, Kind, Told
from companion.domain.treatment import Pause, Times
from companion.storage import migrate as migrate_module
from companion.storage import snapshot as snapshot_module
from companion.storage.connection import connect
from companion.storage.keys import KeyFile
from companion.storage.schema import HEAD
from companion.storage.seal import subkey
from companion.storage.snapshot import verify_snapshot
from tests.support.records import NOON, START, open_again

ROOT = Path(__file__).parents[2]
OLD = ROOT / "tests" / "fixtures" / "record_0001"
NEW = {"treatment_pause", "reminder", "care_entry", "edit_history"}
FEW = int(os.environ.get("COMPANION_KILLS", "6"))
MANY = int(os.environ.get("COMPANION_KILLS", "200"))
TIMES = (
    Times(START, time(8), time(20)),
    Times(START + timedelta(days=20), time(7, 30), time(21, 15)),
    Times(START + timedelta(days=30), time(6, 45), time(20)),
)


@pytest.fixture
def old(tmp_path):
    """The folder of a record of the first revision, to be changed."""
    return shutil.copytree(OLD, tmp_path / "record")


def key_of(folder):
    return subkey(KeyFile.load(folder).unlock_example(), "database")


def rows(path, key):
    """Return the revision of a database, and every row of the tables the first revision had."""
    connection = connect(path, key)
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        names = sorted(tables - {"alembic_version", "sqlite_sequence", "treatment_times", *NEW})
        content = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
        content["times"] = connection.execute(
            "SELECT id, treatment_id, valid_from, morning, evening FROM treatment_times ORDER BY id"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        return revision, tables, content
    finally:
        connection.close()


def test_everything_is_there_afterwards_and_a_checked_copy_beside_it(old):
    key = key_of(old)
    revision, _, before = rows(old / "record.db", key)
    assert revision == "0001"
    record = open_again(old)
    with record.unit_of_work() as work:
        treatment = work.treatments.current()
        assert (treatment.times, treatment.pauses) == (TIMES, ())
        assert work.applications.count(START, START + timedelta(days=100)) == 60
        assert work.settings.get("name") == "Ale"
        assert work.reminders.since(date.min) == ()
        assert work.reminders.last() is None
    record.close()
    revision, _, after = rows(old / "record.db", key)
    assert (revision, after) == (HEAD, before)
    assert verify_snapshot(old / "before-0001.db", key).rows["application"] == 60
    assert rows(old / "before-0001.db", key) == ("0001", rows(OLD / "record.db", key)[1], before)


def test_the_new_things_can_be_written_to_it(old):
    record = open_again(old)
    weekend = Times(START + timedelta(days=40), time(7), time(19), frozenset({6, 7}), time(9), time(21))
    told = Told(Key(Kind.PHOTO_DAY, START), 1, NOON)
    with record.unit_of_work() as work:
        number = work.treatments.current().id
        work.treatments.set_times(number, weekend)
        pause = work.treatments.add_pause(number, Pause(0, START, None))
        work.reminders.put(told)
    record.close()
    record = open_again(old)
    with record.unit_of_work() as work:
        assert work.treatments.current().times == (*TIMES, weekend)
        assert work.treatments.current().pauses == (Pause(pause, START, None),)
        assert work.reminders.last() == told
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


# Killed half-way: the migration is slowed down between its steps, so that every one of them is hit.


def kill_while_migrating(old, tmp_path, kills):
    scripts = shutil.copytree(migrate_module.SCRIPTS, tmp_path / "migrations")
    (step,) = (scripts / "versions").glob("0002*.py")
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
        for _ in range(chance.randrange(1, 9)):
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
    assert kill_while_migrating(old, tmp_path, FEW) <= {"0001", HEAD}


@pytest.mark.long
def test_killed_half_way_it_is_the_old_or_the_new_for_long(old, tmp_path):
    assert kill_while_migrating(old, tmp_path, MANY) == {"0001", HEAD}

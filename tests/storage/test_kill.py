"""Killed at any moment, nothing that was acknowledged is lost, and what is there is whole.

This proves the logic of the transactions, not the disk: what the system had taken over outlives the process. That the
disk is asked at the right moments is in ``test_durable`` and in the settings ``test_record`` looks at.
``COMPANION_KILLS`` sets how often; the long ones do it 150 times.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.domain.errors import PersonError
from companion.storage.keys import KeyFile
from companion.storage.record import RecordState, create, inspect, open_record
from companion.storage.seal import subkey
from companion.storage.snapshot import verify_snapshot
from tests.support.records import PASSPHRASE, QUICK, START, begin, make_record, open_again

ROOT = Path(__file__).parents[2]
FEW = int(os.environ.get("COMPANION_KILLS", "4"))
MANY = int(os.environ.get("COMPANION_KILLS", "150"))
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def run_and_kill(chance: random.Random, module: str, *words: object, lines: int = 30, least: int = 0) -> list[str]:
    """Run a child, kill it at a moment nobody chose, and return the whole lines it had said."""
    command = [sys.executable, "-m", f"tests.storage.children.{module}", *map(str, words)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    said = [child.stdout.readline() for _ in range(chance.randrange(least, lines))]
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=chance.uniform(0, 0.02))
    child.kill()
    said += child.stdout.readlines()
    child.stdout.close()
    assert child.wait() == -9, "the child failed by itself"
    return [line.decode().strip() for line in said if line.endswith(b"\n")]


def kill_while_logging(tmp_path, kills):
    record = make_record(tmp_path)
    with record.unit_of_work() as work:
        begin(work)
    record.close()
    chance = random.Random(kills)
    acknowledged = -1
    for _ in range(kills):
        said = run_and_kill(chance, "keep_logging", record.folder)
        acknowledged = max([acknowledged, *map(int, said)])
        record = open_again(record.folder)
        figures = record.check(read_photos=True)
        assert figures.sound
        with record.unit_of_work() as work:
            there = work.applications.count(START, START + timedelta(days=100_000))
            known = work.photos.all_names()
        assert there in (acknowledged + 1, acknowledged + 2)  # the last one may be durable and not yet said
        assert figures.database.rows["note"] == there
        assert figures.database.rows["photo"] == (there + 2) // 3
        strays = set(record.vault.names()) - known
        assert len(strays) <= 3
        assert set(record.vault.sweep(known, LATER)) == strays
        assert record.check(read_photos=True).sound
        record.close()
        acknowledged = there - 1
    assert acknowledged > 0


def test_nothing_acknowledged_is_lost(tmp_path):
    kill_while_logging(tmp_path, FEW)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_for_long(tmp_path):
    kill_while_logging(tmp_path, MANY)


def kill_while_changing_keys(tmp_path, kills):
    record, recovery = create(tmp_path / "record", passphrase=PASSPHRASE, cost=QUICK)
    uid = record.uid
    record.close()
    chance = random.Random(kills)
    for _ in range(kills):
        said = run_and_kill(chance, "keep_changing_keys", record.folder, recovery, lines=5)
        keys = KeyFile.load(record.folder)
        opens = []
        for text in (PASSPHRASE, "a" * 8, "b" * 8):
            with suppress(PersonError):
                opens.append((text, keys.unlock_passphrase(text)))
        assert len(opens) == 1
        assert not said or opens[0][0] in ("a" * 8, "b" * 8)
        assert opens[0][1] == keys.unlock_recovery(recovery)
    record = open_record(record.folder, lambda keys: keys.unlock_recovery(recovery))
    assert record.uid == uid
    record.close()


def test_one_passphrase_opens_whenever_the_change_is_cut_short(tmp_path):
    kill_while_changing_keys(tmp_path, FEW)


@pytest.mark.long
def test_one_passphrase_opens_whenever_the_change_is_cut_short_for_long(tmp_path):
    kill_while_changing_keys(tmp_path, MANY)


def kill_while_making(tmp_path, kills):
    chance = random.Random(kills)
    seen = set()
    for number in range(kills):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        last = folder / run_and_kill(chance, "keep_making", folder, lines=4, least=1)[-1]
        state = inspect(last)
        seen.add(state)
        assert state in (RecordState.ABSENT, RecordState.READY)
        if state is RecordState.ABSENT:
            create(last, example=True)[0].close()
        open_again(last).close()
    return seen


def test_a_record_is_made_whole_or_not_at_all(tmp_path):
    kill_while_making(tmp_path, FEW)


@pytest.mark.long
def test_a_record_is_made_whole_or_not_at_all_for_long(tmp_path):
    assert kill_while_making(tmp_path, MANY) == {RecordState.ABSENT, RecordState.READY}


def kill_while_copying(tmp_path, kills):
    record = make_record(tmp_path)
    record.close()
    target = tmp_path / "copies"
    target.mkdir()
    key = subkey(KeyFile.load(record.folder).unlock_example(), "database")
    chance = random.Random(kills)
    for _ in range(kills):
        run_and_kill(chance, "keep_copying", record.folder, target, lines=6)
        for path in target.glob("*.db"):
            assert verify_snapshot(path, key).sound
        record = open_again(record.folder)
        assert record.check().sound
        record.close()


def test_a_copy_that_has_its_name_is_whole(tmp_path):
    kill_while_copying(tmp_path, FEW)


@pytest.mark.long
def test_a_copy_that_has_its_name_is_whole_for_long(tmp_path):
    kill_while_copying(tmp_path, MANY)

"""A full disk is said, nothing that was written is lost, and it goes on when there is room again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from companion.domain.errors import SurroundingsError
from companion.domain.reactions import NoteEntry
from companion.storage import record as record_module
from tests.support.records import NOON, ZONE, make_record, open_again

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit here")
def test_files_that_may_not_grow(tmp_path):
    record = make_record(tmp_path)
    record.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.children.fill_the_disk", str(record.folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=120,
    )
    told = json.loads(done.stdout)
    assert told["acknowledged"] > 20
    assert told["there"] == told["acknowledged"]
    assert told["after"] == told["acknowledged"] + 1
    assert told["sound"]
    assert told["key"] in ("disk_full", "disk_trouble")  # SQLite calls a file's limit an I/O error
    assert told["photo"] == "disk_full"
    assert told["copy"] in ("", "disk_full", "disk_trouble")
    assert not [name for name in told["left"] if name.endswith(".part")]


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of 6 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if os.name != "posix" or os.geteuid() != 0 or mount is None:
        pytest.skip("needs the right to mount")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=6m", "none", str(disk)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("mounting is not possible here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def until_full(act):
    """Do something until the disk is full; return what it gave until then."""
    given = []
    try:
        while True:
            given.append(act())
    except SurroundingsError as error:
        if error.key != "disk_full":
            raise
    return given


def test_a_disk_that_is_full(tiny_disk, monkeypatch):
    from companion.storage import reserve

    monkeypatch.setattr(reserve, "_PLENTY", 0)
    record = make_record(tiny_disk)
    record.warm()
    assert (record.folder / "reserve.bin").exists()
    names = until_full(lambda: record.vault.put(b"x" * 300_000, "original"))

    def write():
        with record.unit_of_work() as work:
            return work.notes.add(NoteEntry(0, NOON, ZONE, "text " * 2000))

    acknowledged = until_full(write)
    # The reserve was given up, so that what was on the screen can be saved at the next try.
    assert not (record.folder / "reserve.bin").exists()
    acknowledged.append(write())
    acknowledged += until_full(write)
    with pytest.raises(SurroundingsError, match="disk_full"):
        record.snapshot(record.folder / "copy.db")
    with pytest.raises(SurroundingsError, match="disk_full"):
        record.vault.put(b"x" * 300_000, "original")
    with record.unit_of_work() as work:
        assert sorted(each.id for each in work.notes.all()) == acknowledged
    assert [name for name in names if record.vault.get(name, "original") != b"x" * 300_000] == []
    assert [each.name for each in tiny_disk.rglob("*.part")] == []

    record.vault.delete(names.pop())
    write()
    record.close()
    record = open_again(record.folder)
    assert record.check().sound
    assert record.check().database.rows["note"] == len(acknowledged) + 1
    record.close()


def test_a_disk_that_is_full_while_the_record_is_made_leaves_nothing(tiny_disk):
    filler = tiny_disk / "filler"
    filler.write_bytes(b"x" * (6 * 1024 * 1024 - 40_000))
    with pytest.raises(SurroundingsError, match=r"disk_full|disk_trouble"):
        record_module.create(tiny_disk / "record", example=True)
    assert [each.name for each in tiny_disk.iterdir()] == ["filler"]

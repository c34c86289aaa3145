"""Copies are whole and checked; a check finds what is missing or changed, and changes nothing."""

from __future__ import annotations

import os
import stat

import pytest

from companion.domain.errors import SurroundingsError
from companion.domain.reactions import NoteEntry
from companion.storage import snapshot as snapshot_module
from companion.storage.check import DatabaseFigures
from companion.storage.connection import connect
from companion.storage.keys import KeyFile
from companion.storage.seal import subkey
from companion.storage.snapshot import verify_snapshot
from tests.support.records import NOON, ZONE, a_photo, begin, make_record, open_again


@pytest.fixture
def record(tmp_path):
    made = make_record(tmp_path)
    with made.unit_of_work() as work:
        _, place = begin(work)
        for number in range(40):
            work.notes.add(NoteEntry(0, NOON, ZONE, f"note {number} " * 30))
        for number in range(3):
            names = tuple(made.vault.put(kind.encode() * 50, kind) for kind in ("original", "display", "thumbnail"))
            work.photos.add(a_photo(names, place, raw_hash=f"{number:064x}"))
    yield made
    made.close()


def files_of(record, number):
    with record.unit_of_work() as work:
        photo = work.photos.get(number)
    return [record.folder / "photos" / name[:2] / f"{name}.bin" for name in (photo.original, photo.thumbnail)]


# The check


def test_a_sound_record_is_sound(record):
    figures = record.check(read_photos=True)
    assert figures.sound
    assert (figures.files, figures.read) == (9, 9)
    assert figures.database == DatabaseFigures(
        0,
        0,
        0,
        {
            "application": 0,
            "note": 40,
            "photo": 3,
            "place": 1,
            "reminder": 0,
            "care_entry": 0,
            "edit_history": 0,
            "setting": 1,
            "symptom": 0,
            "treatment": 1,
            "treatment_pause": 0,
            "treatment_times": 1,
            "tube": 0,
        },
    )
    assert record.check().read == 0


def test_missing_and_damaged_photos_are_named_by_their_rows(record):
    files_of(record, 1)[0].unlink()
    path = files_of(record, 3)[1]
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    quick, thorough = record.check(), record.check(read_photos=True)
    assert (quick.missing, quick.damaged) == ((1,), ())
    assert (thorough.missing, thorough.damaged) == ((1,), (3,))
    assert not quick.sound
    assert not thorough.sound
    assert thorough.database.sound


def test_a_check_tells_how_far_it_is_and_can_be_ended(record):
    told = []

    def progress(done, of):
        told.append((done, of))
        return done < 4

    figures = record.check(read_photos=True, progress=progress)
    assert told == [(1, 9), (2, 9), (3, 9), (4, 9)]
    assert figures.read == 4


def test_a_broken_link_is_found(record):
    record._connection.execute("PRAGMA foreign_keys = OFF")
    record._connection.execute("UPDATE photo SET place_id = 99 WHERE id = 1")
    figures = record.check()
    assert figures.database.broken_links == 1
    assert not figures.sound


# The copy


def test_a_copy_opens_as_the_record_does(record, tmp_path):
    figures = record.snapshot(tmp_path / "copy.db")
    assert figures.sound
    assert figures.rows["note"] == 40
    with record.unit_of_work() as work:
        notes = work.notes.all()
        work.notes.add(NoteEntry(0, NOON, ZONE, "after the copy"))
    record.close()
    (tmp_path / "copy.db").replace(record.folder / "record.db")
    again = open_again(record.folder)
    assert again.uid == record.uid
    with again.unit_of_work() as work:
        assert work.notes.all() == notes
    again.close()


def test_a_copy_is_encrypted_private_and_alone(record, tmp_path):
    target = tmp_path / "copies"
    target.mkdir()
    before = os.umask(0)
    try:
        record.snapshot(target / "copy.db")
    finally:
        os.umask(before)
    assert [each.name for each in target.iterdir()] == ["copy.db"]
    content = (target / "copy.db").read_bytes()
    assert b"SQLite format" not in content
    assert b"note 7" not in content
    if os.name == "posix":
        assert stat.S_IMODE((target / "copy.db").stat().st_mode) == 0o600


def test_what_is_removed_leaves_no_room_behind(record, tmp_path):
    """No page is free, in the record and in its copy: what was removed is not in the file any more."""
    path = record.folder / "record.db"
    before = path.stat().st_size
    with record.unit_of_work() as work:
        for number in range(1, 41):
            work.notes.mark_deleted(number, NOON)
        work.notes.purge(NOON.replace(year=2027))
    assert path.stat().st_size < before
    assert record._connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    record.snapshot(tmp_path / "copy.db")
    copy = connect(tmp_path / "copy.db", subkey(KeyFile.load(record.folder).unlock_example(), "database"))
    assert copy.execute("PRAGMA auto_vacuum").fetchone() == (1,)
    copy.close()


def test_a_copy_replaces_the_one_before(record, tmp_path):
    (tmp_path / "copy.db").write_bytes(b"older")
    (tmp_path / "copy.db.part").write_bytes(b"a leftover")
    record.snapshot(tmp_path / "copy.db")
    record.snapshot(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db.part").exists()
    key = subkey(KeyFile.load(record.folder).unlock_example(), "database")
    assert verify_snapshot(tmp_path / "copy.db", key).sound


@pytest.mark.parametrize("fails_at", ["verify_snapshot", "flush_file"])
def test_a_copy_that_failed_leaves_the_one_before(record, tmp_path, monkeypatch, fails_at):
    (tmp_path / "copy.db").write_bytes(b"older")

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot_module, fails_at, full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        record.snapshot(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"older"
    assert not (tmp_path / "copy.db.part").exists()
    with record.unit_of_work() as work:
        work.notes.add(NoteEntry(0, NOON, ZONE, "goes on"))


def test_a_copy_that_is_not_what_it_copies_does_not_count(record, tmp_path, monkeypatch):
    monkeypatch.setattr(snapshot_module, "verify_snapshot", lambda *_: DatabaseFigures(0, 0, 0, {"note": 1}))
    with pytest.raises(SurroundingsError, match="record_damaged"):
        record.snapshot(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_with_a_broken_link_does_not_pass(record, tmp_path):
    record._connection.execute("PRAGMA foreign_keys = OFF")
    record._connection.execute("UPDATE photo SET place_id = 99 WHERE id = 1")
    with pytest.raises(SurroundingsError, match="record_damaged"):
        record.snapshot(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_copy_does_not_pass(record, tmp_path):
    record.snapshot(tmp_path / "copy.db")
    key = subkey(KeyFile.load(record.folder).unlock_example(), "database")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[9000] ^= 1
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(SurroundingsError, match="record_damaged"):
        verify_snapshot(tmp_path / "copy.db", key)


def test_there_is_no_copy_into_a_folder_that_is_not_there(record, tmp_path):
    with pytest.raises(SurroundingsError):
        record.snapshot(tmp_path / "nowhere" / "copy.db")

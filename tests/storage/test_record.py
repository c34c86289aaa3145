"""A record is made, opened, used by one at a time, and never over anything that is there."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.reactions import NoteEntry
from companion.storage import making
from companion.storage import record as record_module
from companion.storage.connection import connect
from companion.storage.keys import KeyFile
from companion.storage.lock import RecordLock
from companion.storage.record import RecordState, create, inspect, open_record
from companion.storage.seal import subkey
from tests.support.records import (
    NOON,
    PASSPHRASE,
    QUICK,
    START,
    ZONE,
    an_application,
    begin,
    make_record,
    open_again,
    reopen,
)

posix = pytest.mark.skipif(os.name != "posix", reason="rights work another way here")


def a_note(text="A note.", at=NOON):
    return NoteEntry(0, at, ZONE, text)


def contents(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


# Written and read


def test_what_is_written_is_there_again(record):
    with record.unit_of_work() as work:
        treatment, _ = begin(work)
        work.applications.add(treatment, an_application(), "window", NOON)
        before = work.applications.last_applied()
    again = reopen(record)
    with again.unit_of_work() as work:
        assert work.applications.last_applied() == before
        assert before.id > 0
    again.close()


def test_a_unit_that_raises_writes_nothing(record):
    def write_and_fail():
        with record.unit_of_work() as work:
            begin(work)
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    with record.unit_of_work() as work:
        assert work.treatments.current() is None


def test_units_do_not_nest(record):
    with record.unit_of_work(), pytest.raises(RuntimeError, match="nest"), record.unit_of_work():
        pass
    with record.unit_of_work() as work:
        begin(work)


def test_stores_answer_no_more_when_their_unit_is_over(record):
    with record.unit_of_work() as work:
        begin(work)
        pages = work.applications.pages()
    with pytest.raises(RuntimeError, match="over"):
        work.treatments.current()
    with pytest.raises(RuntimeError, match="over"):
        next(pages)


def test_threads_are_let_in_one_at_a_time(record):
    problems = []

    def write(number):
        try:
            for each in range(20):
                with record.unit_of_work() as work:
                    before = len(work.notes.all())
                    work.notes.add(a_note(f"{number} {each}"))
                    assert len(work.notes.all()) == before + 1
                record.glance(START, START)
        except (AssertionError, SurroundingsError) as error:
            problems.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with record.unit_of_work() as work:
        assert len(work.notes.all()) == 80


def test_a_closed_record_says_so(record):
    record.close()
    record.close()
    for use in (record.check, record.warm, lambda: record.glance(START, START), record.new_recovery):
        with pytest.raises(SurroundingsError, match="record_closed"):
            use()


def test_a_record_can_be_closed_from_another_thread_and_ends_what_waits(record):
    inside, closed, seen = threading.Event(), threading.Event(), []

    def wait_and_write():
        inside.wait(10)
        closed.wait(10)
        try:
            with record.unit_of_work():
                pass
        except SurroundingsError as error:
            seen.append(error.key)

    thread = threading.Thread(target=wait_and_write)
    thread.start()
    inside.set()
    record.close()
    closed.set()
    thread.join()
    assert seen == ["record_closed"]


def test_warm_may_come_before_anything_was_set_up(record):
    record.warm()
    record.warm()
    assert (record.folder / "reserve.bin").stat().st_size == 2 * 1024 * 1024


def test_every_record_has_an_identity_of_its_own(tmp_path):
    one, other = make_record(tmp_path / "one"), make_record(tmp_path / "other")
    assert len(one.uid) == 32
    assert one.uid != other.uid
    uid = one.uid
    one = reopen(one)
    assert one.uid == uid
    one.close()
    other.close()


# Settings of the connection: the ones durability was measured with


def test_the_connection_is_set_as_decided(record):
    ask = record._connection.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("delete",)
    assert ask("PRAGMA synchronous").fetchone() == (3,)  # EXTRA
    assert ask("PRAGMA fullfsync").fetchone() == (1,)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)
    assert ask("PRAGMA secure_delete").fetchone() == (1,)
    assert ask("PRAGMA trusted_schema").fetchone() == (0,)
    assert ask("PRAGMA cell_size_check").fetchone() == (1,)
    assert ask("PRAGMA temp_store").fetchone() == (2,)  # MEMORY
    assert ask("PRAGMA auto_vacuum").fetchone() == (1,)  # FULL
    assert ask("PRAGMA locking_mode").fetchone() == ("exclusive",)
    assert ask("PRAGMA cipher_version").fetchone() is not None
    assert record._connection.isolation_level is None


# Making one


def test_a_new_record_opens_by_passphrase_and_by_recovery_key(tmp_path):
    record, recovery = create(tmp_path / "record", passphrase=PASSPHRASE, cost=QUICK)
    uid = record.uid
    assert not record.is_example
    assert not record.read_only
    record.close()
    for unlock in (lambda keys: keys.unlock_passphrase(PASSPHRASE), lambda keys: keys.unlock_recovery(recovery)):
        record = open_record(tmp_path / "record", unlock)
        assert record.uid == uid
        record.close()


def test_an_example_says_so_and_has_no_recovery_key(tmp_path):
    record, recovery = create(tmp_path / "record", example=True)
    assert record.is_example
    assert recovery == ""
    record = reopen(record)
    assert record.is_example
    record.close()


@pytest.mark.parametrize("ways", [{}, {"example": True, "passphrase": "x"}, {"example": True, "keychain": True}])
def test_a_record_has_a_way_in_and_an_example_has_none(tmp_path, ways):
    with pytest.raises(ValueError, match="way in"):
        create(tmp_path / "record", **ways)
    assert not (tmp_path / "record").exists()


def test_an_empty_passphrase_makes_nothing(tmp_path):
    with pytest.raises(PersonError, match="passphrase_empty"):
        create(tmp_path / "record", passphrase="")
    assert not (tmp_path / "record").exists()


@pytest.mark.parametrize("there", ["holiday.jpg", "keys.json", "record.db", "photos", "before-0001.db", ".hidden"])
def test_a_record_is_never_made_over_something(tmp_path, there):
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / there).write_bytes(b"mine")
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(folder, example=True)
    assert contents(folder) == {there: b"mine"}


def test_a_record_is_never_made_over_a_record_or_a_file(record, tmp_path):
    record.close()
    before = contents(record.folder)
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(record.folder, example=True)
    assert contents(record.folder) == before
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(tmp_path / "file", example=True)


@pytest.mark.parametrize("there", [".DS_Store", "Thumbs.db", "desktop.ini", "record.lock", "keys.json.part"])
def test_what_a_file_manager_leaves_does_not_count(tmp_path, there):
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / there).write_bytes(b"")
    create(folder, example=True)[0].close()
    assert inspect(folder) is RecordState.READY


def test_a_record_is_made_in_a_folder_of_folders_that_are_not_there(tmp_path):
    create(tmp_path / "a" / "b" / "record", example=True)[0].close()
    assert inspect(tmp_path / "a" / "b" / "record") is RecordState.READY


@pytest.mark.parametrize("fails_at", ["making.make_database", "KeyFile.save", "_opened"])
@pytest.mark.parametrize("there", [True, False])
def test_a_record_that_could_not_be_made_leaves_nothing(tmp_path, monkeypatch, fails_at, there):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    folder = tmp_path / "record"
    if there:
        folder.mkdir()
    owner, _, name = fails_at.rpartition(".")
    owners = {"making": making, "KeyFile": KeyFile, "": record_module}
    monkeypatch.setattr(owners[owner], name, full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        create(folder, example=True)
    monkeypatch.undo()
    assert folder.exists() == there
    assert not there or list(folder.iterdir()) == []
    create(folder, example=True)[0].close()


def test_a_record_that_appeared_meanwhile_is_not_made_over(tmp_path, monkeypatch):
    """Two programs find the folder empty; the slower one must leave alone what the quicker one made."""
    folder = tmp_path / "record"
    real = record_module.private_folder

    def the_other_is_quicker(path):
        monkeypatch.setattr(record_module, "private_folder", real)
        create(path, example=True)[0].close()
        return real(path)

    monkeypatch.setattr(record_module, "private_folder", the_other_is_quicker)
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(folder, example=True)
    open_again(folder).close()


def test_making_one_that_was_cut_short_is_begun_anew(tmp_path):
    folder = tmp_path / "record"
    folder.mkdir()
    for name in ("record.new", "record.new-journal", "keys.json"):
        (folder / name).write_bytes(b"half")
    assert inspect(folder) is RecordState.ABSENT
    create(folder, example=True)[0].close()
    assert inspect(folder) is RecordState.READY
    assert not (folder / "record.new").exists()


# What a folder is


def test_a_folder_is_told_for_what_it_is(record, tmp_path):
    folder = record.folder
    record.close()
    assert inspect(folder) is RecordState.READY
    assert inspect(tmp_path / "nowhere") is RecordState.ABSENT
    (tmp_path / "empty").mkdir()
    assert inspect(tmp_path / "empty") is RecordState.ABSENT
    (tmp_path / "empty" / "holiday.jpg").write_bytes(b"")
    assert inspect(tmp_path / "empty") is RecordState.NOT_A_RECORD
    assert inspect(tmp_path / "empty" / "holiday.jpg") is RecordState.NOT_A_RECORD


def lose_the_keys(folder):
    (folder / "keys.json").unlink()


def lose_the_database(folder):
    (folder / "record.db").unlink()


def empty_the_database(folder):
    (folder / "record.db").write_bytes(b"")


@pytest.mark.parametrize(
    ("happens", "state", "key"),
    [
        (lose_the_keys, RecordState.KEYS_MISSING, "keys_missing"),
        (lose_the_database, RecordState.DATABASE_MISSING_OR_EMPTY, "record_damaged"),
        (empty_the_database, RecordState.DATABASE_MISSING_OR_EMPTY, "record_damaged"),
    ],
)
def test_a_loss_is_never_taken_for_a_first_start(record, happens, state, key):
    record.close()
    happens(record.folder)
    before = contents(record.folder)
    assert inspect(record.folder) is state
    with pytest.raises(SurroundingsError, match=key):
        open_again(record.folder)
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(record.folder, example=True)
    assert contents(record.folder) == before


def test_nothing_to_open_is_said(tmp_path):
    with pytest.raises(SurroundingsError, match="record_missing"):
        open_again(tmp_path / "nowhere")
    (tmp_path / "holiday.jpg").write_bytes(b"")
    with pytest.raises(PersonError, match="not_a_record"):
        open_again(tmp_path)


def test_a_wrong_passphrase_opens_nothing_and_holds_nothing(tmp_path):
    record = make_record(tmp_path, example=False)
    record.close()
    for _ in range(2):
        with pytest.raises(PersonError, match="wrong_passphrase"):
            open_record(record.folder, lambda keys: keys.unlock_passphrase("guess"))
    open_again(record.folder).close()


def test_the_keys_of_another_record_do_not_fit(tmp_path):
    one, other = make_record(tmp_path / "one"), make_record(tmp_path / "other")
    one.close()
    other.close()
    (other.folder / "keys.json").replace(one.folder / "keys.json")
    with pytest.raises(SurroundingsError, match="record_damaged"):
        open_again(one.folder)


def test_a_database_that_is_empty_inside_is_not_a_record(record):
    record.close()
    key = subkey(KeyFile.load(record.folder).unlock_example(), "database")
    (record.folder / "record.db").unlink()
    connection = connect(record.folder / "record.db", key)
    connection.execute("CREATE TABLE other (id INTEGER)")
    connection.close()
    with pytest.raises(SurroundingsError, match="record_damaged"):
        open_again(record.folder)


@pytest.mark.parametrize("change", ["PRAGMA application_id = 7", "DELETE FROM alembic_version"])
def test_a_database_that_does_not_say_what_it_is_is_not_a_record(record, change):
    record._connection.execute(change)
    record.close()
    with pytest.raises(SurroundingsError, match="record_damaged"):
        open_again(record.folder)


@pytest.mark.parametrize("revision", ["0004", "9999", "", "a future one"])
def test_a_record_of_a_newer_version_is_refused_and_stays_as_it_is(record, revision):
    record._connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    record.close()
    before = contents(record.folder)
    with pytest.raises(SurroundingsError, match="record_newer"):
        open_again(record.folder)
    assert contents(record.folder) == before


# One at a time


def test_a_second_opener_is_refused_while_the_first_goes_on(record):
    with pytest.raises(SurroundingsError, match="record_in_use"):
        open_again(record.folder)
    with record.unit_of_work() as work:
        begin(work)
    reopen(record).close()


def test_the_lock_is_the_first_fence(tmp_path):
    first = RecordLock(tmp_path)
    with pytest.raises(SurroundingsError, match="record_in_use"):
        RecordLock(tmp_path)
    first.release()
    first.release()
    RecordLock(tmp_path).release()
    assert (tmp_path / "record.lock").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="another lock there")
@pytest.mark.parametrize(("code", "opens"), [("ENOLCK", True), ("EOPNOTSUPP", True), ("EIO", False)])
def test_where_the_file_system_knows_no_locks_the_database_is_the_fence(tmp_path, monkeypatch, code, opens):
    def no_locks(_descriptor, _how):
        raise OSError(getattr(errno, code), "no locks here")

    record = make_record(tmp_path)
    record.close()
    monkeypatch.setattr("fcntl.flock", no_locks)
    if not opens:
        with pytest.raises(SurroundingsError, match="disk_trouble"):
            open_again(record.folder)
        return
    record = open_again(record.folder)
    with pytest.raises(SurroundingsError, match="record_in_use"):
        open_again(record.folder)
    record.close()


def test_another_program_is_refused_too(record):
    code = (
        "import sys; from pathlib import Path; from tests.support.records import open_again\n"
        "try: open_again(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error.key)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(record.folder)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["SurroundingsError", "record_in_use"]


def test_the_database_itself_is_the_second_fence(record):
    (record.folder / "record.lock").unlink()
    with pytest.raises(SurroundingsError, match="record_in_use"):
        open_again(record.folder)
    with record.unit_of_work() as work:
        begin(work)


def test_a_record_that_is_open_is_not_made_anew(record):
    with pytest.raises(PersonError, match="folder_not_empty"):
        create(record.folder, example=True)


# Where nothing can be written


@posix
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_written_can_be_read(common_folder, without_rights, what):
    with without_rights():
        record = make_record(common_folder)
        with record.unit_of_work() as work:
            treatment, _ = begin(work)
            work.applications.add(treatment, an_application(), "window", NOON)
        name = record.vault.put(b"picture", "original")
        record.close()
        closed = record.folder if what == "folder" else record.folder / "record.db"
        closed.chmod(0o500 if what == "folder" else 0o400)
        before = contents(record.folder)

        record = open_again(record.folder)
        assert record.read_only
        assert record.glance(START, START).last_applied is not None
        with record.unit_of_work() as work:
            assert work.applications.count(START, START) == 1
        assert record.check(read_photos=True).sound
        assert record.vault.get(name, "original") == b"picture"
        record.warm()
        with pytest.raises(SurroundingsError, match="folder_read_only"), record.unit_of_work() as work:
            work.notes.add(a_note())
        for use in (record.new_recovery, lambda: record.set_passphrase("a new one")):
            with pytest.raises(SurroundingsError, match="folder_read_only"):
                use()
        if what == "folder":
            with pytest.raises(SurroundingsError, match="folder_read_only"):
                record.snapshot(record.folder / "copy.db")
        record.close()
        assert contents(record.folder) == before


@posix
def test_a_folder_that_becomes_read_only_while_it_is_open(common_folder, without_rights):
    with without_rights():
        record = make_record(common_folder, example=False)
        with record.unit_of_work() as work:
            begin(work)
        record.folder.chmod(0o500)
        with pytest.raises(SurroundingsError, match="folder_read_only"):
            record.vault.put(b"picture", "original")
        with pytest.raises(SurroundingsError, match="folder_read_only"):
            record.new_recovery()
        with record.unit_of_work() as work:
            assert work.treatments.current() is not None
        record.close()


@posix
def test_a_folder_that_cannot_be_looked_into(common_folder, without_rights):
    with without_rights():
        record = make_record(common_folder)
        record.close()
        record.folder.chmod(0)
        with pytest.raises(SurroundingsError, match="folder_unreadable"):
            inspect(record.folder)
        record.folder.chmod(0o700)
        (record.folder / "record.db").chmod(0)
        with pytest.raises(SurroundingsError, match="folder_unreadable"):
            open_again(record.folder)


@posix
def test_a_record_is_not_made_where_nothing_can_be_written(common_folder, without_rights):
    with without_rights():
        common_folder.chmod(0o500)
        with pytest.raises(SurroundingsError, match="folder_read_only"):
            create(common_folder / "record", example=True)
        assert list(common_folder.iterdir()) == []


@posix
def test_everything_is_the_persons_alone(tmp_path):
    before = os.umask(0)
    try:
        record = make_record(tmp_path, example=False)
        with record.unit_of_work() as work:
            begin(work)
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in record.folder.iterdir()}
        record.snapshot(record.folder / "copy.db")
        record.vault.put(b"picture", "original")
        record.warm()
        modes |= {each.name: stat.S_IMODE(each.stat().st_mode) for each in record.folder.iterdir()}
        record.close()
    finally:
        os.umask(before)
    assert "record.db-journal" in modes
    assert modes.pop("photos") == 0o700
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(record.folder.stat().st_mode) == 0o700


# Keys of an open record


def test_an_open_record_changes_its_ways_in(tmp_path):
    record = make_record(tmp_path, example=False)
    record.set_passphrase("another one", QUICK)
    recovery = record.new_recovery()
    record.close()
    with pytest.raises(PersonError, match="wrong_passphrase"):
        open_again(record.folder)
    for unlock in (lambda keys: keys.unlock_passphrase("another one"), lambda keys: keys.unlock_recovery(recovery)):
        open_record(record.folder, unlock).close()


def test_an_example_gets_no_passphrase(record):
    for use in (record.new_recovery, lambda: record.set_passphrase("another one", QUICK)):
        with pytest.raises(PersonError, match="example_needs_no_key"):
            use()


def test_times_that_are_no_instants_are_refused_before_anything_is_written(record):
    with pytest.raises(ValueError, match="at cannot be stored: datetime"), record.unit_of_work() as work:
        work.notes.add(a_note(at=(NOON + timedelta(days=1)).replace(tzinfo=None)))
    with record.unit_of_work() as work:
        assert work.notes.all() == ()

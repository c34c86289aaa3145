"""A migration is done whole or not at all, after a checked copy, and ends at the tables the program speaks of."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.schema import CreateIndex, CreateTable

from companion.domain.errors import SurroundingsError
from companion.domain.reactions import NoteEntry
from companion.storage import migrate as migrate_module
from companion.storage import record as record_module
from companion.storage import schema
from companion.storage import snapshot as snapshot_module
from companion.storage.connection import connect
from companion.storage.keys import KeyFile
from companion.storage.seal import subkey
from companion.storage.snapshot import verify_snapshot
from companion.storage.tables import metadata
from tests.support.records import NOON, ZONE, begin, make_record, open_again

ROOT = Path(__file__).parents[2]
FEW = int(os.environ.get("COMPANION_KILLS", "6"))
MANY = int(os.environ.get("COMPANION_KILLS", "200"))

# A step as later ones will be: a table rebuilt, one added, an index, rows changed; it says each step aloud.
FURTHER = '''
"""Notes get a colour."""
import os
from alembic import op
revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None
STEPS = (
    "CREATE TABLE note_new (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, zone TEXT NOT NULL, "
    "text TEXT NOT NULL, help_shown_at INTEGER, deleted_at INTEGER, colour TEXT NOT NULL) STRICT",
    "INSERT INTO note_new SELECT *, 'none' FROM note",
    "DROP TABLE note",
    "ALTER TABLE note_new RENAME TO note",
    "CREATE INDEX ix_note_at ON note (at)",
    "CREATE TABLE colour (id INTEGER NOT NULL PRIMARY KEY) STRICT",
    "UPDATE note SET colour = 'blue'",
)
def upgrade():
    for step in STEPS:
        op.execute(step)
        os.write(1, b"step\\n")
'''
FAILING = '''
"""A step that fails half-way."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY) STRICT")
    op.execute("{last}")
'''


def scripts_with(folder, *more):
    """Return a folder of the real migrations and further ones."""
    target = folder / "migrations"
    shutil.copytree(migrate_module.SCRIPTS, target, ignore=shutil.ignore_patterns("__pycache__"))
    for number, text in enumerate(more, len(schema.REVISIONS) + 1):
        (target / "versions" / f"{number:04}_more.py").write_text(text)
    return target


@pytest.fixture
def first(tmp_path):
    """A closed record of the present revision with fifty notes, and the key of its database."""
    record = make_record(tmp_path)
    with record.unit_of_work() as work:
        begin(work)
        for number in range(50):
            work.notes.add(NoteEntry(0, NOON, ZONE, f"note {number} " * 10))
    record.close()
    return record, subkey(KeyFile.load(record.folder).unlock_example(), "database")


def look(path, key):
    """Return (revision, tables, notes, colours) of a database."""
    connection = connect(path, key)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        notes = connection.execute("SELECT count(*) FROM note").fetchone()[0]
        colours = {row[1] for row in connection.execute("PRAGMA table_info(note)")} & {"colour"}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        return revision, tables & {"note", "note_new", "colour", "half"}, notes, colours
    finally:
        connection.close()


OLD = ([("0003",)], {"note"}, 50, set())
NEW = ([("0004",)], {"note", "colour"}, 50, {"colour"})


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """The program as it will be when it knows a further revision."""
    monkeypatch.setattr(migrate_module, "SCRIPTS", scripts_with(tmp_path, FURTHER))
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0004"))
    monkeypatch.setattr(record_module, "HEAD", "0004")


# What the migrations make is what the tables say


def plain(sql):
    return re.sub(r"\s+", " ", sql.replace('"', "")).replace("( ", "(").replace(" )", ")").strip()


def test_the_migrations_end_at_the_tables(record):
    found = {
        plain(row[0])
        for row in record._connection.execute(
            "SELECT sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
        )
    }
    dialect = sqlalchemy.dialects.sqlite.dialect()
    wanted = set()
    for table in metadata.sorted_tables:
        wanted.add(plain(str(CreateTable(table).compile(dialect=dialect))))
        wanted |= {plain(str(CreateIndex(index).compile(dialect=dialect))) for index in table.indexes}
    assert found == wanted


def test_the_last_revision_is_the_one_the_program_knows(record):
    assert record._connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]
    files = sorted(path.name[:4] for path in (migrate_module.SCRIPTS / "versions").glob("0*.py"))
    assert tuple(files) == schema.REVISIONS
    assert record._connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)


def test_migrations_import_nothing_of_the_program():
    for path in (migrate_module.SCRIPTS / "versions").glob("*.py"):
        imports = [line for line in path.read_text().splitlines() if re.match(r"\s*(import|from)\s", line)]
        assert imports == ["from __future__ import annotations", "from alembic import op"]


def test_every_table_is_strict_and_every_constraint_has_a_name():
    for table in metadata.sorted_tables:
        assert table.dialect_options["sqlite"]["strict"]
        for constraint in table.constraints:
            assert constraint.name or isinstance(constraint, sqlalchemy.PrimaryKeyConstraint)
        for index in table.indexes:
            assert index.name


# Brought up to date


def test_a_record_of_an_earlier_version_is_brought_up_to_date_after_a_checked_copy(first, newer_program, capfd):
    record, key = first
    again = open_again(record.folder)
    with again.unit_of_work() as work:
        assert len(work.notes.all()) == 50
    assert again._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    again.close()
    assert look(record.folder / "record.db", key) == NEW
    assert look(record.folder / "before-0003.db", key) == OLD
    assert verify_snapshot(record.folder / "before-0003.db", key).rows["note"] == 50


def test_the_second_start_migrates_nothing(first, newer_program, monkeypatch):
    record, _ = first
    open_again(record.folder).close()

    def never(*_args):
        raise AssertionError

    monkeypatch.setattr(record_module, "_bring_up_to_date", never)
    open_again(record.folder).close()


def test_no_copy_no_migration(first, newer_program, monkeypatch):
    record, key = first

    def full(*_args):
        raise SurroundingsError("disk_full")

    monkeypatch.setattr(snapshot_module, "write_snapshot", full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        open_again(record.folder)
    assert look(record.folder / "record.db", key) == OLD


@pytest.mark.parametrize("last", ["CREATE TABLE half (id INTEGER)", "nonsense"])
def test_a_migration_that_fails_leaves_the_old(first, tmp_path, last):
    record, key = first
    scripts = scripts_with(tmp_path, FURTHER, FAILING.format(last=last))
    connection = connect(record.folder / "record.db", key)
    with pytest.raises(sqlalchemy.exc.OperationalError):
        migrate_module.migrate(connection, scripts=scripts)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connection.close()
    assert look(record.folder / "record.db", key) == OLD


def test_a_migration_that_breaks_a_link_is_undone(first, tmp_path):
    record, key = first
    scripts = scripts_with(tmp_path, FURTHER, FAILING.format(last="UPDATE treatment_times SET treatment_id = 99"))
    connection = connect(record.folder / "record.db", key)
    with pytest.raises(SurroundingsError, match="record_damaged"):
        migrate_module.migrate(connection, scripts=scripts)
    connection.close()
    assert look(record.folder / "record.db", key) == OLD


def test_a_record_that_cannot_be_written_is_not_migrated(common_folder, without_rights, monkeypatch):
    with without_rights():
        record = make_record(common_folder)
        record.close()
        record.folder.chmod(0o500)
        monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0004"))
        monkeypatch.setattr(record_module, "HEAD", "0004")
        with pytest.raises(SurroundingsError, match="folder_read_only"):
            open_again(record.folder)


def test_without_exclusive_begin_a_migration_would_be_torn(first):
    """The reason for our own BEGIN: with the driver's transactions a change of the schema is in none."""
    record, key = first
    connection = sqlcipher.connect(str(record.folder / "record.db"))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("CREATE TABLE half (id INTEGER)")
    assert not connection.in_transaction
    connection.close()


# Killed half-way


def kill_while_migrating(folder, first, tmp_path, kills):
    record, key = first
    scripts = scripts_with(tmp_path, FURTHER)
    chance = random.Random(kills)
    seen = []
    for number in range(kills):
        path = folder / f"{number}.db"
        shutil.copy(record.folder / "record.db", path)
        command = [sys.executable, "-m", "tests.storage.children.migrate_once", str(path), key.hex(), str(scripts)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(chance.randrange(1, 9)):
            child.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=chance.uniform(0, 0.004))
        child.kill()
        child.stdout.close()
        child.wait()
        seen.append(look(path, key))
        assert seen[-1] in (OLD, NEW)
        path.unlink()
    return seen


def test_a_killed_migration_leaves_the_old_or_the_new(first, tmp_path):
    kill_while_migrating(tmp_path, first, tmp_path, FEW)


@pytest.mark.long
def test_a_killed_migration_leaves_the_old_or_the_new_for_long(first, tmp_path):
    seen = kill_while_migrating(tmp_path, first, tmp_path, MANY)
    assert OLD in seen
    assert NEW in seen

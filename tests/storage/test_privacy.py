"""Nothing a person wrote can be read on the disk, in an error or in a log."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from decimal import Decimal

import pytest

from companion.domain.errors import CompanionError
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.treatment import Place, Tube
from tests.support.records import (
    NOON,
    PASSPHRASE,
    START,
    ZONE,
    a_photo,
    an_application,
    begin,
    make_record,
    open_again,
)

CANARY = "canary-7f3a"
BETRAYING = (
    CANARY.encode(),
    CANARY.encode("utf-16-le"),
    PASSPHRASE.encode(),
    b"SQLite format",
    b"CREATE TABLE",
    b"create table",
    b"hand_left",
    b"Europe/Rome",
)


def write_canaries(record):
    with record.unit_of_work() as work:
        treatment, place = begin(work)
        work.settings.put("name", CANARY)
        work.places.add(Place(0, CANARY, CANARY, Decimal(1), True))
        work.applications.add(treatment, replace(an_application(), note=CANARY, zone=CANARY), CANARY, NOON)
        work.symptoms.add(SymptomEntry(0, CANARY, NOON, ZONE, note=CANARY, action=CANARY))
        number = work.notes.add(NoteEntry(0, NOON, ZONE, f"{CANARY} " * 2000))
        work.tubes.add(Tube(0, 60, START, lot=CANARY))
        names = tuple(record.vault.put(f"{CANARY} {kind}".encode(), kind) for kind in ("original", "display"))
        work.photos.add(replace(a_photo((*names, "0" * 32), place), note=CANARY))
    with record.unit_of_work() as work:
        work.notes.mark_deleted(number, NOON)
        work.notes.add(NoteEntry(0, NOON, ZONE, f"{CANARY} again " * 2000))
    return number


def test_nothing_can_be_read_on_the_disk_at_any_moment(tmp_path):
    record = make_record(tmp_path, example=False)
    write_canaries(record)
    with record.unit_of_work() as work:
        work.notes.update(NoteEntry(work.notes.all()[0].id, NOON, ZONE, f"{CANARY} in the middle " * 2000))
        during = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    record.snapshot(tmp_path / "copy.db")
    record.warm()
    after = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    record.close()
    last = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert "record.db-journal" in {each.name for each in during}
    assert "record.db-journal" not in {each.name for each in last}
    for moment in (during, after, last):
        for path, content in moment.items():
            for word in BETRAYING:
                assert word not in content, (path.name, word)


def test_names_on_the_disk_say_nothing(tmp_path):
    record = make_record(tmp_path, example=False)
    write_canaries(record)
    record.close()
    names = {each.name for each in record.folder.iterdir()}
    assert names == {"keys.json", "photos", "record.db", "record.lock"}
    for path in (record.folder / "photos").rglob("*"):
        assert set(path.name.removesuffix(".bin")) <= set("0123456789abcdef")


def tries(record):
    """Everything that goes wrong with the canary in hand."""
    note = replace(an_application(), note=CANARY)

    def twice(work):
        work.applications.add(1, note, CANARY, NOON)

    yield "unique", twice
    yield "check", lambda work: work.applications.add(1, replace(note, ordinal=-1), CANARY, NOON)
    yield "type", lambda work: work.applications.add(1, replace(note, grams=CANARY, ordinal=5), CANARY, NOON)
    yield "null", lambda work: work.applications.add(1, replace(note, zone=None, ordinal=5), CANARY, NOON)
    yield "link", lambda work: work.applications.add(99, replace(note, ordinal=5), CANARY, NOON)
    yield "gone", lambda work: work.notes.update(NoteEntry(99, NOON, ZONE, CANARY))
    yield "naive", lambda work: work.notes.add(NoteEntry(0, NOON.replace(tzinfo=None), ZONE, CANARY))
    yield "syntax", lambda work: record._connection.execute(f"SELECT '{CANARY}' FROM nowhere")


def test_errors_and_logs_hold_no_values(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    record = make_record(tmp_path)
    write_canaries(record)
    told = {name: what_is_told(record, wrong) for name, wrong in tries(record)}
    record.close()
    assert len(told) == 8
    assert all(told.values())
    for name, text in told.items():
        assert CANARY not in text, name
    assert CANARY not in caplog.text
    assert str(tmp_path) not in caplog.text


def what_is_told(record, wrong):
    """Return the traceback of what goes wrong, without the lines of this file, and the values of the error."""
    try:
        with record.unit_of_work() as work:
            wrong(work)
    except Exception as error:  # noqa: BLE001  (whatever it is, its text is what is looked at)
        return "".join(traceback.format_exception(error)) + repr(getattr(error, "values", ""))
    return ""


def test_nothing_is_printed(tmp_path, capfd):
    record = make_record(tmp_path, example=False)
    write_canaries(record)
    record.close()
    damaged = bytearray((record.folder / "record.db").read_bytes())
    damaged[100] ^= 1
    (record.folder / "record.db").write_bytes(damaged)
    with pytest.raises(CompanionError):
        open_again(record.folder)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")

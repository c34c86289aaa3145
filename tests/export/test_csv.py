"""CSV: any text in, one record out, never a live formula; and files that are all there or none."""

from __future__ import annotations

import csv as reader
import io
import os
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.domain.dosing import Application, Outcome
from companion.domain.moments import Part, Slot
from companion.export import csv
from companion.export.folder import PART, write_files

TEXTS = st.text(max_size=60)


def read(table: csv.Table) -> list[list[str]]:
    return list(reader.reader(io.StringIO(table.encoded().decode("utf-8"), newline="")))


def live(cell: str) -> bool:
    """Whether a careless spreadsheet would run this cell."""
    plain = unicodedata.normalize("NFKC", cell).lstrip()
    return plain.lstrip("\ufeff\u200b\u200e\u200f\u2060\u00ad").lstrip()[:1] in tuple("=+-@")


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8))
@example([("=1+1", "@SUM(A1)"), ("\t=cmd|' /C calc'!A0", "\r\n-1"), ("\u3000=1", "\uff1d1"), ("\u200b=1", "\0=1")])
def test_one_record_in_one_out_and_never_a_live_formula(rows):
    table = csv.Table("t", ("one", "two"), tuple(rows))
    back = read(table)
    assert back[0] == ["one", "two"]
    assert len(back) == len(rows) + 1
    for given_row, found in zip(rows, back[1:], strict=True):
        assert not any(live(cell) for cell in found)
        for text, cell in zip(given_row, found, strict=True):
            whole = text.replace("\0", "")
            assert cell in (whole, "'" + whole)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(\"http://x\";\"y\")", "'=HYPERLINK(\"http://x\";\"y\")"),
        ("+39 333", "'+39 333"),
        ("-", "'-"),
        ("@me", "'@me"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("", ""),
        ("così; \"così\", e\ncosì", "così; \"così\", e\ncosì"),
        ("👩🏽‍⚕️ שלום", "👩🏽‍⚕️ שלום"),
        ("1\0=2", "1=2"),
    ],
)
def test_formulas_are_defused_and_the_rest_is_left_alone(text, cell):
    assert csv.safe(text) == cell
    assert read(csv.Table("t", ("text",), ((text,),)))[1] == [cell]


def test_values_are_written_for_machines():
    row = (None, True, False, 3, 0.7, Decimal("0.50"), date(2026, 11, 21))
    assert read(csv.Table("t", tuple("abcdefg"), (row,)))[1] == ["", "yes", "no", "3", "0.7", "0.50", "2026-11-21"]


def test_a_time_carries_the_offset_of_where_it_happened():
    entry = Application(
        4, Slot(date(2026, 7, 1), Part.EVENING), Outcome.APPLIED, datetime(2026, 7, 2, 0, 15, tzinfo=UTC),
        "America/New_York", (2, 1), 0.5, "late",
    )  # fmt: skip
    (header, row) = read(csv.applications([entry], {1: "Face", 2: "=Hand"}))
    found = dict(zip(header, row, strict=True))
    assert found == {
        "id": "4",
        "day": "2026-07-01",
        "slot": "evening",
        "further": "0",
        "outcome": "applied",
        "at": "2026-07-01T20:15:00-04:00",
        "zone": "America/New_York",
        "place_ids": "2 1",
        "places": "'=Hand; Face",
        "grams": "0.5",
        "note": "late",
    }


FILES = {"one.csv": b"1", "two.csv": b"2", "three.csv": b"3"}


def content(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@pytest.mark.parametrize("there", [None, "empty", "other"])
def test_files_get_their_place(tmp_path, there):
    target = tmp_path / "deep" / "out"
    if there:
        target.mkdir(parents=True)
    other = {"mine.txt": b"mine"} if there == "other" else {}
    for name, data in other.items():
        (target / name).write_bytes(data)
    written = write_files(FILES, target)
    assert [path.name for path in written] == list(FILES)
    assert content(target) == {**FILES, **other}
    assert [each.name for each in target.parent.iterdir()] == ["out"]


def test_a_link_to_a_folder_is_written_through(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_files(FILES, tmp_path / "link")
    assert content(tmp_path / "real") == FILES
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("taken", ["two.csv", "TWO.CSV"])
def test_nothing_is_overwritten(tmp_path, taken):
    (tmp_path / taken).write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_files(FILES, tmp_path)
    assert content(tmp_path) == {taken: b"mine"}


@pytest.mark.parametrize("there", [None, "empty", "other"])
@pytest.mark.parametrize("step", range(1, 7))
def test_when_it_fails_at_any_step_nothing_of_it_is_left(tmp_path, monkeypatch, there, step):
    """The disk gives up at the n-th flush or rename."""
    target = tmp_path / "deep" / "out"
    if there:
        target.mkdir(parents=True)
    if there == "other":
        (target / "mine.txt").write_bytes(b"mine")
    before = sorted(tmp_path.rglob("*"))
    calls = []

    def failing(real):
        def call(*values):
            calls.append(real)
            if len(calls) == step:
                raise OSError(28, "No space left on device")
            return real(*values)

        return call

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(Path, "rename", failing(Path.rename))
    steps = 6 if there == "other" else 4
    if step > steps:
        write_files(FILES, target)
        return
    with pytest.raises(OSError, match="No space"):
        write_files(FILES, target)
    left = sorted(tmp_path.rglob("*"))
    # the empty folder itself may be gone, nothing else changed
    assert [each for each in left if each != target] == [each for each in before if each != target]


@pytest.mark.parametrize("there", [None, "empty", "other"])
def test_what_a_killed_export_left_is_removed_by_the_next(tmp_path, there):
    target = tmp_path / "out"
    if there:
        target.mkdir()
    if there == "other":
        (target / "mine.txt").write_bytes(b"mine")
    for home in {tmp_path, target if there else tmp_path}:
        left = home / f"{PART}abc"
        left.mkdir()
        (left / "notes.csv").write_bytes(b"in plain")
    write_files(FILES, target)
    assert not list(tmp_path.rglob(f"{PART}*"))
    assert set(content(target)) == {*FILES, *(["mine.txt"] if there == "other" else [])}


def test_a_link_of_that_name_is_not_followed(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_bytes(b"mine")
    (tmp_path / f"{PART}abc").symlink_to(tmp_path / "mine")
    write_files(FILES, tmp_path / "out")
    assert (tmp_path / "mine" / "a.txt").read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_this_account_can_read_what_is_written(tmp_path):
    before = os.umask(0)
    try:
        write_files(FILES, tmp_path / "out")
    finally:
        os.umask(before)
    assert all(each.stat().st_mode & 0o077 == 0 for each in (tmp_path / "out", *(tmp_path / "out").iterdir()))

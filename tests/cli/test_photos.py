"""``companion photos``, ``export csv`` and ``check`` on a real record."""

from __future__ import annotations

import csv
import os
from datetime import timedelta

import icalendar
import pytest

from companion.services.treatment import NewPlace
from tests.support import pictures
from tests.support.home import at, keep


@pytest.fixture
def photos(home):
    """Four photos: two of the face, one of an intimate place, one of none."""
    home.reopen()
    care, album = home.services.care, home.services.album
    intimate = care.add_place(NewPlace("genitals")).id
    for n, place in enumerate((1, 1, intimate, None)):
        number = keep(album, bytes([n]), place)
        album.set_taken([number], at(7) - timedelta(days=10 - n))
    home.close()
    return home


def test_photos_are_brought_in_and_bad_ones_named(home, run, ask, tmp_path):
    good, bad = tmp_path / "p.jpg", tmp_path / "list.jpg"
    good.write_bytes(pictures.jpeg())
    bad.write_bytes(pictures.text_named_jpg())
    result = ask("photos", "add", "--place", "face", good, bad, good)
    assert result.code == 1
    assert result.value["added"] == [1]
    assert result.value["duplicates"] == ["p.jpg"]
    (refused,) = result.value["refused"]
    assert (refused["file"], refused["reason"]) == ("list.jpg", "not-a-picture")
    assert (good.read_bytes(), bad.read_bytes()) == (pictures.jpeg(), pictures.text_named_jpg())
    again = run("photos", "add", "--place", "viso", good)
    assert (again.code, again.err) == (0, "")
    assert again.out == "0 photos brought in, Face.\n1 picture was there already.\n"
    told = run("--language", "it", "photos", "add", "--place", "viso", bad)
    assert told.code == 1
    assert "list.jpg è stata tralasciata: non è un’immagine" in told.err


def test_a_file_that_is_not_there_and_a_place_that_is_not(home, run, ask, tmp_path):
    assert ask("photos", "add", "--place", "face", tmp_path / "none.jpg").value["refused"][0]["reason"] == "unreadable"
    assert ask("photos", "add", "--place", "nose", tmp_path / "none.jpg").error["error"] == "unknown_place"


def test_the_list_leaves_intimate_places_out_until_asked(photos, run, ask):
    shown = ask("photos", "list")
    assert [each["place"] for each in shown.value] == ["face", "face", None]
    assert "1 photo of an intimate place is left out" in shown.err
    assert [each["taken_at"] for each in shown.value] == sorted(each["taken_at"] for each in shown.value)
    assert shown.value[0] == {
        "id": 1, "place": "face", "name": "Face", "taken_at": "2026-11-11T07:00:00+01:00", "taken_from": "person",
        "format": "jpeg", "width": 40, "height": 30,
    }  # fmt: skip
    assert len(ask("photos", "list", "--intimate").value) == 4
    assert ask("photos", "list", "--intimate").err == ""
    assert [each["place"] for each in ask("photos", "list", "--place", "genitals").value] == ["genitals"]
    lines = run("photos", "list").out.splitlines()
    assert lines[0] == "1  11 Nov 2026 07:00  Face  40 x 30 JPEG"
    assert lines[-1] == "1 photo of an intimate place is left out. Add --intimate to have it too."


def test_an_empty_list(home, run, ask):
    assert run("photos", "list").out == "No photos.\n"
    assert ask("photos", "list").value == []


def test_export_leaves_intimate_places_out_and_names_files_plainly(photos, run, ask, tmp_path):
    out = tmp_path / "out"
    result = ask("photos", "export", out)
    assert result.value["hidden"] == 1
    assert sorted(each.name for each in out.iterdir()) == [
        "2026-11-11_face.jpg", "2026-11-12_face.jpg", "2026-11-14_photo.jpg",
    ]  # fmt: skip
    assert sorted(result.value["files"]) == sorted(str(each) for each in out.iterdir())
    assert (out / "2026-11-11_face.jpg").read_bytes() == b"original \x00"
    said = run("photos", "export", tmp_path / "two", "--place", "genitals")
    assert said.out.startswith("1 photo written to")
    assert "This file is not encrypted" in said.out


def test_an_export_of_nothing_says_so_and_no_more(home, run, ask, tmp_path):
    said = run("photos", "export", tmp_path / "out")
    assert said.code == 0
    assert said.out == "There is no photo to write. Nothing was put into the folder.\n"
    assert ask("photos", "export", tmp_path / "out").value["files"] == []


@pytest.mark.parametrize(("spoken", "said"), [("en", "It holds 1 application."), ("it", "Contiene 1 applicazione.")])
def test_one_of_a_kind_is_not_said_in_the_plural(home, run, monkeypatch, spoken, said):
    run("log", "apply")
    monkeypatch.setenv("COMPANION_LANGUAGE", spoken)
    assert said in run("check").out


def test_export_ics(home, run, ask, tmp_path):
    result = ask("export", "ics", tmp_path / "mine.ics")
    assert result.value == {"file": str(tmp_path / "mine.ics"), "events": 4, "zone": "Europe/Rome"}
    calendar = icalendar.Calendar.from_ical((tmp_path / "mine.ics").read_bytes())
    assert {str(each["SUMMARY"]) for each in calendar.walk("VEVENT")} == {"It’s time", "Photos", "Something to order"}
    assert ask("export", "ics", tmp_path / "mine.ics").error["error"] == "file_exists"
    said = run("--language", "it", "export", "ics", tmp_path).out
    assert said.startswith(f"{tmp_path / 'reminders.ics'}: 4 eventi\n")
    assert run("export", "ics", tmp_path / "nowhere" / "mine.ics").code == 1
    assert run("export", "ics").code == 2


def test_export_csv(photos, run, ask, tmp_path):
    result = ask("export", "csv", tmp_path / "csv")
    assert result.code == 0
    assert result.value["rows"]["photos"] == 4
    with (tmp_path / "csv" / "photos.csv").open(encoding="utf-8", newline="") as file:
        assert [row["place"] for row in csv.DictReader(file)] == ["Face", "Face", "Genitals", ""]
    assert ask("export", "csv", tmp_path / "csv").error["error"] == "export_exists"
    assert "photos.csv: 4 rows" in run("export", "csv", tmp_path / "more").out
    assert ask("export", "csv", tmp_path / "record" / "csv").error["error"] == "inside_record"


@pytest.mark.skipif(os.name != "posix", reason="rights of Unix")
def test_what_is_exported_is_for_this_person_alone(photos, run, tmp_path):
    run("export", "csv", tmp_path / "csv")
    assert (tmp_path / "csv").stat().st_mode & 0o077 == 0


def test_a_whole_record_checks_well(photos, run, ask):
    result = ask("check")
    assert result.code == 0
    assert result.value["sound"] is True
    assert result.value["photo_files"] == 12
    assert result.value["rows"]["photo"] == 4
    assert run("check").out.splitlines()[-1] == "Everything is whole."
    assert run("--language", "it", "check").out.splitlines()[-1] == "È tutto intero."


def test_a_lost_a_changed_and_a_stray_file_are_found(photos, run, ask, tmp_path):
    files = sorted((tmp_path / "record" / "photos").rglob("*.bin"))
    photos.reopen()
    rows = photos.services.album.page()
    photos.services.record.vault.put(b"of no photo", "original")
    photos.close()
    by_name = {path.stem: path for path in files}
    by_name[rows[0].display].unlink()
    data = bytearray(by_name[rows[1].original].read_bytes())
    data[-1] ^= 1
    by_name[rows[1].original].write_bytes(data)
    result = ask("check")
    assert result.code == 1
    assert (result.value["photos_missing"], result.value["photos_damaged"]) == ([rows[0].id], [rows[1].id])
    assert (result.value["strays"], result.value["sound"]) == (1, False)
    said = run("check")
    assert said.code == 1
    assert "1 photo has lost a file." in said.out
    assert "Copy the record’s folder" in said.out


def test_a_damaged_database_is_said(home, ask, tmp_path):
    path = tmp_path / "record" / "record.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    path.write_bytes(data)
    result = ask("check")
    assert result.code == 1
    assert result.out == "" or result.value["sound"] is False

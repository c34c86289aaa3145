"""The CSV export of a real record."""

from __future__ import annotations

import csv
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from companion.domain.care import (
    Device,
    Estimate,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    Prescription,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.dosing import Outcome
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.moments import Part, Slot
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.exporting import export_csv
from companion.services.journal import NewSymptom
from companion.wording import use_language
from tests.support.home import TODAY, at

KINDS = {
    "treatment", "pauses", "places", "applications", "symptoms", "notes", "tubes", "photos", "light_sessions",
    "other_treatments", "skin_days", "estimates", "scores", "noticing", "visits", "prescription",
}  # fmt: skip


def rows(folder: Path, kind: str) -> list[dict[str, str]]:
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_is_there_once_and_deleted_entries_are_not(home, tmp_path):
    services = home.services
    services.applications.log(Log(grams=0.7, note="=1+1"))
    services.applications.set_outcome(Slot(TODAY - timedelta(days=1), Part.EVENING), Outcome.MISSED)
    services.journal.add_symptom(NewSymptom("itch", at=at(7), bad=1, places=(2,), note="così"))
    services.journal.add_note("first")
    services.journal.delete_note(services.journal.add_note("gone").id)
    services.care.set_times(time(7), time(19), {6, 7}, time(9), time(21))
    services.care.pause(date(2026, 12, 24))
    out = export_csv(services.record, tmp_path / "out")
    assert {path.stem for path in out.files} == KINDS
    assert out.rows == {kind: len(rows(tmp_path / "out", kind)) for kind in KINDS}
    missed, applied = rows(out.folder, "applications")
    assert (missed["outcome"], missed["slot"], missed["day"]) == ("missed", "evening", "2026-11-20")
    assert (applied["at"], applied["grams"], applied["note"]) == ("2026-11-21T08:00:00+01:00", "0.7", "'=1+1")
    assert (applied["place_ids"], applied["places"]) == ("1 2", "Face; Ring finger")
    (itch,) = rows(out.folder, "symptoms")
    assert (itch["code"], itch["name"], itch["at"], itch["places"]) == (
        "itch", "Itch", "2026-11-21T07:00:00+01:00", "Ring finger",
    )  # fmt: skip
    assert [each["text"] for each in rows(out.folder, "notes")] == ["first"]
    assert [each["region"] for each in rows(out.folder, "places")] == ["face", "hand_right", "knee_left"]
    assert [each["lot"] for each in rows(out.folder, "tubes")] == ["L42"]
    times = [(each["leaflet"], each["evening"], each["other_weekdays"]) for each in rows(out.folder, "treatment")]
    assert times == [("eu", "20:00:00", ""), ("eu", "19:00:00", "6 7")]
    assert [(each["first_day"], each["last_day"]) for each in rows(out.folder, "pauses")] == [("2026-12-24", "")]


def test_every_other_kind_has_a_tidy_file(home, tmp_path):
    entries = home.services.care_entries
    arms, legs = RegionScore(ScoreRegion.ARMS, Decimal(3), 50), RegionScore(ScoreRegion.LEGS, Decimal(4), 75)
    day = TODAY - timedelta(days=200)  # summer time
    entries.add(NewCare(LightSession(Device.EXCIMER, Decimal("1.5")), day=day, places=(1, 2), note="-pink"))
    entries.add(NewCare(OtherTreatment("=Tacro()", Form.CREAM), day=day, ended_on=TODAY))
    entries.add(NewCare(SkinDay(OnSkin.TAN)))
    entries.add(NewCare(Estimate(2, Decimal("0.10"))))
    entries.add(NewCare(Score((arms, legs), True, "@clinic")))
    entries.add(NewCare(Noticing(0), places=(3,)))
    entries.add(NewCare(Visit("+why?", "so\r\nand so", date(2027, 5, 1))))
    entries.delete(entries.add(NewCare(Noticing(4))).id)
    home.services.prescription.put(Prescription(prescriber="=Dr. A", started_on=date(2026, 8, 1)))
    folder = export_csv(home.services.record, tmp_path / "out").folder
    (light,) = rows(folder, "light_sessions")
    assert list(light.items())[1:] == [
        ("day", "2026-05-05"),
        ("at", "2026-05-05T12:00:00+02:00"),
        ("zone", "Europe/Rome"),
        ("place_ids", "1 2"),
        ("places", "Face; Ring finger"),
        ("device", "excimer"),
        ("minutes", "1.5"),
        ("note", "'-pink"),
    ]
    (other,) = rows(folder, "other_treatments")
    assert (other["name"], other["form"], other["ended_on"]) == ("'=Tacro()", "cream", "2026-11-21")
    assert [each["what"] for each in rows(folder, "skin_days")] == ["tan"]
    assert [(each["place_ids"], each["handprints"]) for each in rows(folder, "estimates")] == [("2", "0.10")]
    scores = rows(folder, "scores")
    assert [(each["region"], each["handprints"], each["percent"], each["points"]) for each in scores] == [
        ("arms", "3", "50", "1.5"), ("legs", "4", "75", "3"),
    ]  # fmt: skip
    assert {(each["id"], each["face_included"], each["scored_by"]) for each in scores} == {("5", "yes", "'@clinic")}
    assert [(each["level"], each["places"]) for each in rows(folder, "noticing")] == [("0", "Left knee")]
    (visit,) = rows(folder, "visits")
    assert (visit["asked"], visit["said"], visit["next_on"]) == ("'+why?", "so\r\nand so", "2027-05-01")
    assert [tuple(each.values()) for each in rows(folder, "prescription")] == [
        ("prescriber", "'=Dr. A"), ("started_on", "2026-08-01"),
    ]  # fmt: skip


def test_names_are_in_the_language_and_columns_are_not(home, tmp_path):
    use_language("it")
    home.services.journal.add_symptom(NewSymptom("itch", places=(1,)))
    export_csv(home.services.record, tmp_path / "out")
    (itch,) = rows(tmp_path / "out", "symptoms")
    assert (itch["name"], itch["places"]) == ("Prurito", "Viso")


def test_an_export_never_replaces_one(home, tmp_path):
    export_csv(home.services.record, tmp_path / "out")
    before = (tmp_path / "out" / "notes.csv").read_bytes()
    home.services.journal.add_note("new")
    with pytest.raises(PersonError) as error:
        export_csv(home.services.record, tmp_path / "out")
    assert error.value.key == "export_exists"
    assert (tmp_path / "out" / "notes.csv").read_bytes() == before


def test_plain_data_never_goes_into_the_record_itself(home):
    with pytest.raises(PersonError) as error:
        export_csv(home.services.record, home.services.record.folder / "csv")
    assert error.value.key == "inside_record"


def test_where_nothing_can_be_written_it_is_said(home, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError) as error:
        export_csv(home.services.record, tmp_path / "file" / "out")
    assert error.value.key == "target_not_writable"


def test_an_empty_record_exports_headings(bare, tmp_path):
    out = export_csv(bare.services.record, tmp_path / "out")
    assert set(out.rows.values()) == {0}
    assert (tmp_path / "out" / "notes.csv").read_text("utf-8").startswith('"id","at","zone","text"')

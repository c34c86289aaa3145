"""Progress on a real record: everything noted has its place, and what is taken along is whole and readable."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from companion.domain.care import Device, Estimate, LightSession, OtherTreatment
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.progress_tables import Plot, table_of
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.journal import NewSymptom
from tests.support.home import START, TODAY, at, keep


@pytest.fixture
def progress(home):
    return home.services.progress


def note_everything(home):
    services = home.services
    services.applications.log(Log(at=at(7, 30)))
    services.journal.add_symptom(NewSymptom("itch", at(7), bad=1, places=(1,)))
    services.care_entries.add(NewCare(Estimate(1, Decimal("0.5")), day=START))
    services.care_entries.add(NewCare(LightSession(Device.EXCIMER), day=TODAY))
    services.care_entries.add(NewCare(OtherTreatment("=1+1"), day=TODAY))
    keep(services.album, b"one", 1, local=at(9, day=START).replace(tzinfo=None), offset=timedelta(hours=2))


def test_before_the_setup_there_is_nothing(bare):
    assert bare.services.progress.view() is None


def test_everything_noted_has_its_place(home, progress):
    note_everything(home)
    view = progress.view()
    assert view.adherence.applied == 1
    assert [lane.name for lane in view.effects] == ["itch"]
    assert [each.place.id for each in view.areas] == [1]
    assert len(view.lights) == 1
    assert [lane.name for lane in view.treatments] == ["=1+1"]
    assert [each.day for each in view.sets] == [START]
    assert [each.week for each in view.reviews] == list(home.services.care.rules().review_weeks)


def test_what_was_deleted_is_gone_from_it(home, progress):
    done = home.services.care_entries.add(NewCare(Estimate(1, Decimal("0.5")), day=START))
    assert progress.view().areas
    home.services.care_entries.delete(done.id)
    assert progress.view().areas == ()


def rows(progress, plot):
    view = progress.view()
    return list(csv.DictReader(io.StringIO(progress.csv(table_of(plot, view), view).decode("utf-8"))))


def test_a_table_is_a_tidy_file(home, progress):
    note_everything(home)
    (size,) = rows(progress, Plot.AREA)
    assert (size["place"], size["place_name"], size["day"], size["amount"]) == ("1", "Face", START.isoformat(), "0.5")
    assert len(rows(progress, Plot.APPLICATIONS)) == (TODAY - START).days + 1
    (effect,) = rows(progress, Plot.EFFECTS)
    assert (effect["effect"], effect["last"], effect["bad"]) == ("itch", "", "1")


def test_a_name_like_a_formula_is_no_formula_in_the_file(home, progress):
    note_everything(home)
    assert [row["name"] for row in rows(progress, Plot.CARE) if row["kind"] == "treatment"] == ["'=1+1"]


def test_a_file_takes_the_place_of_an_older_one_whole(progress, tmp_path):
    file = tmp_path / "size.svg"
    file.write_bytes(b"old")
    progress.save(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.glob("size*")) == [file]


def test_nothing_is_written_into_the_record(home, progress):
    with pytest.raises(PersonError, match="inside_record"):
        progress.save(home.services.record.folder / "size.svg", b"new")


def test_a_place_that_cannot_be_written_is_said(progress, tmp_path):
    with pytest.raises(SurroundingsError, match="target_not_writable"):
        progress.save(tmp_path / "missing" / "size.svg", b"new")

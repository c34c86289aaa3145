"""The check of a record and of the program itself: whole things pass, and every kind of damage is found."""

from __future__ import annotations

import json
import shutil

import pytest

from companion.domain.errors import SurroundingsError
from companion.services import inspection
from companion.services.inspection import inspect, versions
from companion.services.safekeeping import check
from companion.wording import resources
from tests.support.home import keep


@pytest.fixture
def photos(home):
    return [home.services.album.get(keep(home.services.album, bytes([n]))) for n in range(3)]


def file_of(home, name):
    return next((home.services.record.folder / "photos").rglob(f"{name}.bin"))


def test_a_whole_record(home, photos):
    steps = []
    report = check(home.services.record, lambda done, of: steps.append((done, of)))
    assert report.sound
    assert report.database_sound
    assert (report.photo_files, report.rows["photo"], report.rows["place"], report.strays) == (9, 3, 3, 0)
    assert steps == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("kind", ["original", "display", "thumbnail"])
def test_a_lost_file_of_any_kind_is_found(home, photos, kind):
    file_of(home, getattr(photos[1], kind)).unlink()
    report = check(home.services.record)
    assert (report.missing, report.damaged, report.sound) == ((photos[1].id,), (), False)


@pytest.mark.parametrize("kind", ["original", "display", "thumbnail"])
@pytest.mark.parametrize("spoil", ["flip", "cut", "empty", "swap"])
def test_a_changed_file_of_any_kind_is_found(home, photos, kind, spoil):
    path = file_of(home, getattr(photos[1], kind))
    data = bytearray(path.read_bytes())
    other = file_of(home, getattr(photos[2], kind)).read_bytes()
    data[len(data) // 2] ^= 1
    path.write_bytes({"flip": bytes(data), "cut": bytes(data[:-9]), "empty": b"", "swap": other}[spoil])
    report = check(home.services.record)
    assert (report.missing, report.damaged) == ((), (photos[1].id,))


def test_a_row_that_speaks_of_another_picture_is_found(home, photos):
    """The file opens, but is not the one whose hash the row has."""
    from dataclasses import replace

    with home.services.record.unit_of_work() as work:
        work.photos.update(replace(photos[0], stored_hash="0" * 64))
    assert check(home.services.record).damaged == (photos[0].id,)


def test_a_photo_in_the_bin_is_looked_at_too(home, photos):
    home.services.album.delete([photos[0].id])
    file_of(home, photos[0].thumbnail).unlink()
    assert check(home.services.record).missing == (photos[0].id,)


def test_a_stray_does_no_harm(home, photos):
    home.services.record.vault.put(b"of no photo", "original")
    report = check(home.services.record)
    assert (report.strays, report.sound) == (1, True)


def test_a_check_can_be_ended(home, photos):
    class Stop(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        check(home.services.record, stop)


def test_a_closed_record_is_said_to_be_closed(home):
    home.close()
    with pytest.raises(SurroundingsError) as error:
        check(home.services.record)
    assert error.value.key == "record_closed"


# --- the program ----------------------------------------------------------------------------------------------------


def test_this_program_is_whole():
    results = inspect()
    assert [name for name, ok, _ in results if not ok] == []
    assert [name for name, _, _ in results] == [
        "wording", "themes", "icons", "leaflets", "content", "zones", "record", "photo",
    ]  # fmt: skip


def test_versions_name_what_it_stands_on():
    found = versions()
    assert found["Companion"] == "0.1.0"
    assert found["SQLAlchemy"] != "-"


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """The resources as a copy that can be spoilt."""
    copy = tmp_path / "resources"
    shutil.copytree(resources.root(), copy)
    monkeypatch.setattr(resources, "root", lambda: copy)
    return copy


def failed() -> dict[str, str]:
    return {name: detail for name, ok, detail in inspection.inspect() if not ok}


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("wording", lambda root: (root / "wording/it/errors.json").unlink()),
        ("wording", lambda root: _without(root / "wording/it/errors.json", "disk_full")),
        ("wording", lambda root: (root / "wording/en/errors.json").write_text("{")),
        ("themes", lambda root: (root / "themes/dark.json").write_text("{}")),
        ("themes", lambda root: shutil.rmtree(root / "themes")),
        ("icons", lambda root: shutil.rmtree(root / "icons")),
        ("icons", lambda root: next((root / "icons").glob("*.svg")).write_text("<svg")),
        ("leaflets", lambda root: (root / "leaflets/eu.json").unlink()),
        ("leaflets", lambda root: shutil.copy(root / "leaflets/us.json", root / "leaflets/eu.json")),
        ("content", lambda root: next((root / "content/it").glob("*.md")).unlink()),
        ("content", lambda root: (root / "content/symptoms.json").unlink()),
        ("content", lambda root: _unmarked(root / "content/en/the-loop.md")),
    ],
)
def test_a_spoilt_resource_is_found(copied, part, spoil):
    spoil(copied)
    assert part in failed()


def test_a_part_that_breaks_does_not_hide_the_others(monkeypatch):
    def broken(*given: object, **named: object) -> None:
        raise SurroundingsError("disk_full")

    monkeypatch.setattr("companion.storage.record.create", broken)
    monkeypatch.setattr("companion.storage.keys.keychain_available", lambda: False)
    assert failed() == {"record": "disk_full", "photo": "disk_full"}


def _without(path, key):
    phrases = json.loads(path.read_text("utf-8"))
    del phrases[key]
    path.write_text(json.dumps(phrases), "utf-8")


def _unmarked(path):
    text = path.read_text("utf-8")
    path.write_text(text.replace("[^-]", "", 1), "utf-8")

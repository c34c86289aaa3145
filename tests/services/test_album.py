"""Photos on a real record: real files through real worker processes, into the vault and out again."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from companion.domain.errors import NeedsAnswer, PersonError, SurroundingsError
from companion.domain.photos import TakenSource
from companion.domain.pictures import Refusal
from companion.services.album import KEEP_DELETED, Source, sources_of
from companion.services.journal import MAX_TEXT
from tests.support import pictures
from tests.support.home import at, keep, taken_in


@pytest.fixture
def album(home):
    return home.services.album


def test_good_files_come_in_and_bad_ones_are_named_with_their_reason(home, album, tmp_path):
    files = {
        "a-phone.jpg": pictures.jpeg(),
        "b-iphone.heic": pictures.heic(),
        "c-list.jpg": pictures.text_named_jpg(),
        "d-cut.jpg": pictures.truncated(),
        "e-bomb.png": pictures.bomb(),
        "f-again.jpg": pictures.jpeg(),
        "g-empty.jpg": b"",
    }
    folder = tmp_path / "phone"
    (folder / "inside").mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    steps = []
    brought = album.bring_in(
        sources_of([folder, tmp_path / "missing.jpg"]), 1, progress=lambda done, of: steps.append((done, of))
    )
    assert len(brought.added) == 2
    assert brought.duplicates == ("f-again.jpg",)
    assert {each.name: each.reason for each in brought.refused} == {
        "c-list.jpg": Refusal.NOT_A_PICTURE,
        "d-cut.jpg": Refusal.DAMAGED,
        "e-bomb.png": Refusal.TOO_MANY_PIXELS,
        "g-empty.jpg": Refusal.EMPTY,
        "missing.jpg": Refusal.UNREADABLE,
    }
    assert steps == [(n, 8) for n in range(1, 9)]
    assert brought.changes.photos
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == files  # never touched
    home.reopen()
    photos = home.services.album.page()
    assert sorted((each.place_id, each.taken_source, each.picture_format) for each in photos) == [
        (1, TakenSource.EXIF, "heic"),
        (1, TakenSource.EXIF, "jpeg"),
    ]
    for photo in photos:
        assert photo.taken_at == datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
        assert home.services.album.thumbnail(photo)[:2] == b"\xff\xd8"
        assert home.services.album.display(photo)[:2] == b"\xff\xd8"
        assert pictures.CANARY not in home.services.album.original(photo)


def test_an_import_can_be_stopped_and_what_is_in_stays(album):
    sources = [Source(f"{n}.jpg", data=pictures.jpeg(width=64 + n)) for n in range(4)]
    done = []
    brought = album.bring_in(sources, progress=lambda n, of: done.append(n), stopped=lambda: len(done) >= 2)
    assert (len(brought.added), brought.stopped) == (2, True)
    rest = album.bring_in(sources)
    assert (len(rest.added), len(rest.duplicates), rest.stopped) == (2, 2, False)


def test_when_no_worker_can_be_started_it_is_said(album, monkeypatch):
    def no_process(*given: object) -> None:
        raise OSError("fork")

    monkeypatch.setattr("companion.imaging.workers._launch", no_process)
    with pytest.raises(SurroundingsError) as error:
        album.bring_in([Source("a.jpg", data=pictures.jpeg())])
    assert error.value.key == "helper_failed"
    assert album.page() == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_folder_nobody_may_read_is_named(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    assert sources_of([locked]) == (Source("locked", path=locked),)


@pytest.mark.parametrize(
    ("local", "offset", "expected", "source"),
    [
        # the camera says where it was
        (datetime(2026, 6, 1, 8), timedelta(hours=2), datetime(2026, 6, 1, 6, tzinfo=UTC), TakenSource.EXIF),
        # it does not: the person's zone
        (datetime(2026, 1, 1, 8), None, datetime(2026, 1, 1, 7, tzinfo=UTC), TakenSource.EXIF),
        # a clock that was never set, or runs ahead: not believed
        (datetime(1980, 1, 1), None, at(8), TakenSource.IMPORT),
        (datetime(2027, 1, 1), None, at(8), TakenSource.IMPORT),
        (None, None, at(8), TakenSource.IMPORT),
    ],
)
def test_when_a_photo_was_taken(album, local, offset, expected, source):
    photo = album.get(keep(album, b"x", local=local, offset=offset))
    assert (photo.taken_at, photo.taken_source) == (expected, source)


def test_the_time_of_the_file_is_better_than_none(album):
    taken = taken_in(b"x")
    number = album.keep(taken, taken.raw_sha256, None, at(8) - timedelta(days=30))
    photo = album.get(number)
    assert (photo.taken_at, photo.taken_source) == (at(8) - timedelta(days=30), TakenSource.FILE)


def test_a_row_that_cannot_be_written_leaves_no_bytes(home, album, monkeypatch):
    keep(album, b"x")
    names = set(home.services.record.vault.names())
    with pytest.raises(PersonError) as error:
        keep(album, b"x")  # the same picture twice
    assert error.value.key == "already_there"
    assert set(home.services.record.vault.names()) == names


def test_photos_are_assigned_dated_deleted_and_all_of_it_undone(home, album):
    ids = [keep(album, bytes([n]), local=datetime(2026, 6, 1 + n, 8)) for n in range(3)]
    before = album.page()
    assigned = album.assign(ids[:2], 2)
    assert album.counts() == {1: 1, 2: 2}
    dated = album.set_taken(ids[:1], at(7))
    assert album.page(place_id=2)[0].taken_source is TakenSource.PERSON
    with pytest.raises(PersonError) as error:
        album.set_taken(ids, at(9))
    assert error.value.key == "in_future"
    album.undo(dated.undo)
    album.undo(assigned.undo)
    assert album.page() == before
    gone = album.delete(ids)
    assert album.page() == ()
    album.undo(gone.undo)
    album.undo(gone.undo)
    assert album.page() == before
    for act in (lambda: album.assign([99], 1), lambda: album.set_taken([99], at(7))):
        assert act().undo.before == ()


def test_a_deleted_photo_that_was_brought_in_anew_is_not_doubled_by_undo(album):
    first = keep(album, b"x")
    gone = album.delete([first])
    second = keep(album, b"x")
    album.undo(gone.undo)
    assert [each.id for each in album.page()] == [second]


def test_the_bytes_of_deleted_photos_are_destroyed_after_thirty_days(home, album):
    stays, goes = keep(album, b"x"), keep(album, b"y")
    album.delete([goes])
    photo = album.get(goes)
    home.clock.advance(KEEP_DELETED - timedelta(minutes=1))
    assert album.purge() == 0
    assert album.original(photo)
    home.clock.advance(timedelta(minutes=2))
    assert album.purge() == 1
    assert album.get(goes) is None
    assert len(set(home.services.record.vault.names())) == 3
    with pytest.raises(SurroundingsError) as error:
        album.original(photo)
    assert error.value.key == "photo_missing"
    assert album.original(album.get(stays))


def test_originals_are_exported_under_plain_names_and_nothing_is_overwritten(album, tmp_path):
    for n in range(3):
        keep(album, bytes([n]))
    folder = tmp_path / "out"
    written = album.export(album.page(), folder, lambda photo: "così/../../face" if photo.id > 1 else "")
    assert sorted(path.name for path in written) == ["cos--------face-2.jpg", "cos--------face.jpg", "photo.jpg"]
    assert {path.read_bytes() for path in written} == {b"original " + bytes([n]) for n in range(3)}
    again = album.export(album.page()[:1], folder, lambda photo: "photo")
    assert again[0].name == "photo-2.jpg"
    assert not list(folder.glob("*.part"))


def test_an_export_to_where_nothing_can_be_written_says_so(album, tmp_path):
    keep(album, b"x")
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError) as error:
        album.export(album.page(), tmp_path / "file" / "inside", lambda photo: "x")
    assert error.value.key == "target_not_writable"


def test_a_full_disk_leaves_no_half_file(album, tmp_path, monkeypatch):
    keep(album, b"x")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("companion.export.folder.os.fsync", full)
    with pytest.raises(SurroundingsError) as error:
        album.export(album.page(), tmp_path / "out", lambda photo: "x")
    assert error.value.key == "disk_full"
    assert list((tmp_path / "out").iterdir()) == []


def test_an_export_that_is_killed_leaves_nothing_the_next_does_not_clear(album, tmp_path):
    keep(album, b"one")
    folder = tmp_path / "out"
    left = folder / ".companion-part-x"
    left.mkdir(parents=True)
    (left / "face.jpg").write_bytes(b"in plain")
    before = os.umask(0)
    try:
        (written,) = album.export(album.page(), folder, lambda photo: "face")
    finally:
        os.umask(before)
    assert [each.name for each in folder.iterdir()] == [written.name]
    assert os.name == "nt" or written.stat().st_mode & 0o077 == 0


def test_an_export_says_how_far_it_is_and_can_be_stopped(album, tmp_path):
    for n in range(3):
        keep(album, bytes([n]))
    steps = []
    written = album.export(
        album.page(),
        tmp_path / "out",
        lambda photo: "photo",
        progress=lambda done, of: steps.append((done, of)),
        stopped=lambda: len(steps) >= 2,
    )
    assert steps == [(1, 3), (2, 3)]
    assert sorted((tmp_path / "out").iterdir()) == sorted(written)
    assert len(written) == 2


def test_nothing_is_exported_into_the_record_itself(home, album):
    keep(album, b"x")
    with pytest.raises(PersonError) as error:
        album.export(album.page(), home.services.record.folder / "photos" / "mine", lambda photo: "x")
    assert error.value.key == "inside_record"
    assert not (home.services.record.folder / "photos" / "mine").exists()


def test_a_photo_is_noted_and_the_note_taken_back(home, album):
    number = keep(album, b"x")
    done = album.set_note(number, "  Dots round the hairs \u202e <b>since</b> October \U0001f60a\n")
    assert done.changes.photos
    assert album.get(number).note == "Dots round the hairs \u202e <b>since</b> October \U0001f60a"
    home.reopen()
    album = home.services.album
    assert album.get(number).note.startswith("Dots")
    album.undo(done.undo)
    assert album.get(number).note == ""
    with pytest.raises(PersonError) as error:
        album.set_note(number, "x" * (MAX_TEXT + 1))
    assert error.value.key == "note_too_long"
    with pytest.raises(PersonError) as error:
        album.set_note(99, "x")
    assert error.value.key == "entry_gone"


def test_a_note_that_sounds_urgent_shows_help_before_it_is_kept(album):
    number = keep(album, b"x")
    with pytest.raises(NeedsAnswer) as question:
        album.set_note(number, "chest pain since this morning")
    assert question.value.key == "get_help"
    assert question.value.values["category"]
    assert album.get(number).note == ""
    done = album.set_note(number, "chest pain since this morning", help_shown=True)
    assert done.help == question.value.values["category"]
    album.set_note(number, "chest pain since this morning, now gone")  # the page was shown for this already


def test_what_was_brought_in_by_mistake_is_taken_out_again(album):
    stays = keep(album, b"x")
    brought = album.bring_in([Source(f"{n}.jpg", data=pictures.jpeg(width=64 + n)) for n in range(2)])
    assert len(album.page()) == 3
    back = album.undo(brought.undo)
    assert back.changes.photos
    assert [each.id for each in album.page()] == [stays]
    again = album.bring_in([Source("0.jpg", data=pictures.jpeg(width=64))])
    assert len(again.added) == 1
    assert album.bring_in([]).undo is None


def test_one_broken_photo_does_not_keep_the_others_from_being_exported(home, album, tmp_path):
    ids = [keep(album, bytes([n])) for n in range(3)]
    name = album.get(ids[1]).original
    (home.services.record.folder / "photos" / name[:2] / f"{name}.bin").write_bytes(b"x")
    told = []
    with pytest.raises(SurroundingsError) as error:
        album.export(
            album.page(), tmp_path / "out", lambda photo: f"p{photo.id}", progress=lambda n, of: told.append(n)
        )
    assert error.value.key == "photo_damaged"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"p{ids[0]}.jpg", f"p{ids[2]}.jpg"]
    assert told == [1, 2, 3]

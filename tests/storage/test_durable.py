"""A file is whole or not there, private, and on the disk before anybody is told."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from companion.storage import durable
from companion.storage.durable import durable_write, empty_private_file, private_folder, private_umask

posix = pytest.mark.skipif(os.name != "posix", reason="rights work another way here")


def test_the_new_replaces_the_old_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "file"
    durable_write(path, b"old" * 100)
    durable_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_on_the_disk_before_it_has_its_name_and_the_name_is_too(tmp_path, monkeypatch):
    happened = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(descriptor):
        happened.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def replace(self, target):
        happened.append("name")
        return real_replace(self, target)

    monkeypatch.setattr(durable.os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    durable_write(tmp_path / "file", b"data")
    assert happened == (["file", "name", "folder"] if os.name == "posix" else ["file", "name"])


def test_what_could_not_be_written_leaves_the_old(tmp_path, monkeypatch):
    path = tmp_path / "file"
    durable_write(path, b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "flush", full)
    with pytest.raises(OSError, match="No space"):
        durable_write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_short_write_goes_on_until_all_is_written(tmp_path, monkeypatch):
    real_write = os.write
    monkeypatch.setattr(durable.os, "write", lambda descriptor, data: real_write(descriptor, data[:7]))
    durable_write(tmp_path / "file", b"0123456789" * 10)
    assert (tmp_path / "file").read_bytes() == b"0123456789" * 10


@posix
def test_files_and_folders_are_the_persons_alone(tmp_path):
    before = os.umask(0)
    try:
        folder = private_folder(tmp_path / "a" / "b")
        durable_write(folder / "file", b"data")
        empty_private_file(folder / "empty")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "a", folder)] == [0o700, 0o700]
    assert [stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()] == [0o600, 0o600]


@posix
def test_a_folder_that_was_open_to_others_is_closed(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    private_folder(tmp_path / "open")
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o700


def test_an_empty_file_is_never_made_over_another(tmp_path):
    (tmp_path / "file").write_bytes(b"there")
    with pytest.raises(FileExistsError):
        empty_private_file(tmp_path / "file")


@posix
def test_the_umask_makes_everything_private(tmp_path):
    before = private_umask()
    try:
        (tmp_path / "file").write_bytes(b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600

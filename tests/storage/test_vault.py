"""Photos are sealed, bound to their place, and a change of one bit is noticed."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from companion.domain.errors import SurroundingsError
from companion.storage import seal
from companion.storage import vault as vault_module
from companion.storage.vault import KINDS, Vault

PICTURE = b"\xff\xd8\xff\xe0 canary picture " + bytes(range(256)) * 8
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path, b"k" * 32)


def file_of(tmp_path, name):
    return tmp_path / "photos" / name[:2] / f"{name}.bin"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_comes_back(vault, kind):
    name = vault.put(PICTURE, kind)
    assert vault.get(name, kind) == PICTURE
    assert vault.holds(name)
    assert list(vault.names()) == [name]


def test_nothing_and_much_come_back(vault):
    for data in (b"", b"x" * 5_000_000):
        assert vault.get(vault.put(data, "original"), "original") == data


def test_a_file_says_nothing(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    content = file_of(tmp_path, name).read_bytes()
    assert b"canary" not in content
    assert b"\xff\xd8\xff" not in content[:64]
    assert len(content) == len(PICTURE) + 41
    assert vault.put(PICTURE, "original") != name
    assert file_of(tmp_path, name).read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="rights work another way here")
def test_files_are_the_persons_alone(vault, tmp_path):
    before = os.umask(0)
    try:
        vault.put(PICTURE, "original")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "photos").rglob("*") if each.is_file()}
    folders = {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "photos").rglob("*") if each.is_dir()}
    assert modes == {0o600}
    assert folders == {0o700}


def test_every_flipped_bit_is_noticed(vault, tmp_path):
    name = vault.put(b"a small picture", "thumbnail")
    path = file_of(tmp_path, name)
    good = path.read_bytes()
    for bit in range(len(good) * 8):
        changed = bytearray(good)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        with pytest.raises(SurroundingsError, match="photo_damaged"):
            vault.get(name, "thumbnail")
    path.write_bytes(good)
    assert vault.get(name, "thumbnail") == b"a small picture"


@pytest.mark.parametrize("left", [0, 1, 24, 40, 41, 100, -1])
def test_a_cut_file_is_noticed(vault, tmp_path, left):
    name = vault.put(PICTURE, "original")
    path = file_of(tmp_path, name)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(SurroundingsError, match="photo_damaged"):
        vault.get(name, "original")


def test_a_file_in_anothers_place_is_noticed(vault, tmp_path):
    one, other = vault.put(b"one", "original"), vault.put(b"other", "original")
    file_of(tmp_path, one).replace(file_of(tmp_path, other))
    with pytest.raises(SurroundingsError, match="photo_damaged"):
        vault.get(other, "original")


def test_a_thumbnail_never_passes_as_an_original(vault):
    name = vault.put(PICTURE, "thumbnail")
    with pytest.raises(SurroundingsError, match="photo_damaged"):
        vault.get(name, "original")


def test_another_record_cannot_read_it(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    with pytest.raises(SurroundingsError, match="photo_damaged"):
        Vault(tmp_path, b"j" * 32).get(name, "original")


@pytest.mark.parametrize("name", ["0" * 32, "../../keys.json", "", "A" * 32, "0" * 31, "0" * 32 + "\n", "/etc/passwd"])
def test_what_is_not_there_is_missing_whatever_it_is_called(vault, name):
    with pytest.raises(SurroundingsError, match="photo_missing"):
        vault.get(name, "original")
    assert not vault.holds(name)
    vault.delete(name)


def test_deleting_takes_the_file_out(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    vault.delete(name)
    assert list(vault.names()) == []
    with pytest.raises(SurroundingsError, match="photo_missing"):
        vault.get(name, "original")
    vault.delete(name)


def test_only_kinds_that_are_known(vault):
    with pytest.raises(ValueError, match="kind"):
        vault.put(b"", "negative")


def test_a_full_disk_leaves_nothing_behind(vault, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault_module, "durable_write", full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        vault.put(PICTURE, "original")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def age(path, hours):
    then = NOW.timestamp() - hours * 3600
    os.utime(path, (then, then))


def test_the_sweep_puts_aside_old_files_that_no_row_speaks_of(vault, tmp_path):
    known, stray, fresh = (vault.put(PICTURE, "original") for _ in range(3))
    for name, hours in ((known, 5), (stray, 5), (fresh, 0.5)):
        age(file_of(tmp_path, name), hours)
    part = file_of(tmp_path, known).with_name("0" * 32 + ".bin.part")
    part.write_bytes(b"half")
    age(part, 5)
    assert vault.sweep({known}, NOW) == [stray]
    assert set(vault.names()) == {known, fresh}
    assert not part.exists()
    assert vault.sweep({known}, NOW) == []


def test_a_stray_comes_back_when_a_row_speaks_of_it_again(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    age(file_of(tmp_path, name), 5)
    vault.sweep(set(), NOW)
    assert list(vault.names()) == []
    assert vault.get(name, "original") == PICTURE
    vault.sweep({name}, NOW)
    assert list(vault.names()) == [name]
    assert vault.get(name, "original") == PICTURE


def test_a_stray_is_kept_for_thirty_days(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    age(file_of(tmp_path, name), 5)
    vault.sweep(set(), NOW)
    vault.sweep(set(), NOW + timedelta(days=29))
    assert vault.holds(name)
    vault.sweep(set(), NOW + timedelta(days=31))
    assert not vault.holds(name)


def test_a_stray_can_be_deleted(vault, tmp_path):
    name = vault.put(PICTURE, "original")
    age(file_of(tmp_path, name), 5)
    vault.sweep(set(), NOW)
    vault.delete(name)
    assert not vault.holds(name)


def test_the_sweep_leaves_what_is_not_the_vaults(vault, tmp_path):
    vault.put(PICTURE, "original")
    others = [tmp_path / "photos" / "holiday.jpg", tmp_path / "photos" / "ab" / "holiday.bin"]
    others[1].parent.mkdir(exist_ok=True)
    for each in others:
        each.write_bytes(b"mine")
        age(each, 500)
    vault.sweep(set(), NOW, older_than_s=0)
    assert all(each.read_bytes() == b"mine" for each in others)


def test_an_empty_vault_has_nothing_to_sweep(vault):
    assert vault.sweep(set(), NOW) == []
    assert list(vault.names()) == []


@pytest.mark.parametrize("purpose", ["database", "photo", "", "\N{SNOWMAN}" * 40])
def test_a_subkey_is_the_blake2b_every_library_computes(purpose):
    key = bytes(range(32))
    same = hashlib.blake2b(purpose.encode(), key=key, digest_size=32, person=b"companion-v1").digest()
    assert seal.subkey(key, purpose) == same

"""Finding, making and opening a record, and every way in which that can fail."""

from __future__ import annotations

import pytest

from companion.domain.errors import CompanionError, PersonError
from companion.services import opening
from companion.storage.record import create
from tests.support.records import PASSPHRASE, QUICK, make_record


def refused(act) -> str:
    with pytest.raises(CompanionError) as error:
        act()
    return error.value.key


def test_nothing_there_yet(tmp_path):
    assert opening.look(tmp_path / "none").absent
    assert opening.look(tmp_path).absent
    assert refused(lambda: opening.open_record(tmp_path / "none")) == "no_record"
    assert not (tmp_path / "none").exists()


def test_a_folder_of_other_things_is_not_a_record_and_is_left_alone(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    found = opening.look(tmp_path)
    assert not found.ready
    assert not found.absent
    assert refused(lambda: opening.open_record(tmp_path)) == "not_a_record"
    assert refused(lambda: opening.create_record(tmp_path, passphrase=PASSPHRASE)) == "folder_not_empty"
    assert [each.name for each in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_passphrase_opens_and_another_one_does_not(tmp_path):
    made = make_record(tmp_path, example=False)
    folder = made.folder
    assert refused(lambda: opening.open_record(folder, PASSPHRASE)) == "record_in_use"
    made.close()
    found = opening.look(folder)
    assert found.ready
    assert found.needs_secret
    assert set(found.ways) == {"passphrase", "recovery"}
    assert refused(lambda: opening.open_record(folder)) == "passphrase_needed"
    assert refused(lambda: opening.open_record(folder, "another one")) == "wrong_passphrase"
    assert refused(lambda: opening.open_record(folder, recovery="AAAA")) == "wrong_recovery_key"
    opening.open_record(folder, PASSPHRASE).close()


def test_an_example_opens_without_a_word(tmp_path):
    opening.create_example(tmp_path / "record").close()
    found = opening.look(tmp_path / "record")
    assert not found.needs_secret
    record = opening.open_record(tmp_path / "record")
    assert record.is_example
    record.close()


@pytest.mark.parametrize(("text", "short"), [("", True), ("1234567", True), ("       x ", True), ("12345678", False)])
def test_a_new_passphrase_has_eight_characters(text, short):
    if short:
        with pytest.raises(PersonError) as error:
            opening.check_passphrase(text)
        assert (error.value.key, error.value.values["count"]) == ("passphrase_short", 8)
    else:
        opening.check_passphrase(text)


def test_a_short_passphrase_makes_no_folder(tmp_path):
    assert refused(lambda: opening.create_record(tmp_path / "new", passphrase="short")) == "passphrase_short"
    assert not (tmp_path / "new").exists()


def test_without_keychain_and_passphrase_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr("companion.storage.keys.keychain_available", lambda: False)
    assert refused(lambda: opening.create_record(tmp_path / "new", passphrase=None)) == "no_keychain"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda folder: (folder / "record.db").write_bytes(b""), "record_damaged"),
        (lambda folder: (folder / "record.db").write_bytes(b"garbage" * 1000), "record_damaged"),
        (lambda folder: (folder / "keys.json").unlink(), "keys_missing"),
        (lambda folder: (folder / "record.db").unlink(), "record_damaged"),
    ],
)
def test_a_damaged_record_is_never_taken_for_a_first_start(tmp_path, spoil, key):
    opening.create_example(tmp_path / "record").close()
    spoil(tmp_path / "record")
    before = {each.name: each.read_bytes() for each in (tmp_path / "record").iterdir() if each.is_file()}
    assert not opening.look(tmp_path / "record").absent
    assert refused(lambda: opening.open_record(tmp_path / "record")) == key
    after = {each.name: each.read_bytes() for each in (tmp_path / "record").iterdir() if each.is_file()}
    assert {name: after[name] for name in before} == before


def test_one_text_opens_as_passphrase_or_as_recovery_key(tmp_path):
    folder = tmp_path / "record"
    record, recovery = create(folder, passphrase=PASSPHRASE, cost=QUICK)
    record.close()
    for secret in (PASSPHRASE, recovery, recovery.lower().replace("-", "")):
        opening.open_with(folder, secret).close()
    assert refused(lambda: opening.open_with(folder, recovery[:-1] + "?")) == "wrong_passphrase"
    assert refused(lambda: opening.open_with(folder, "")) == "wrong_passphrase"
    assert refused(lambda: opening.open_with(tmp_path / "none", PASSPHRASE)) == "no_record"

"""The ways into a record: each opens it, nothing else does, and a key file that was touched is noticed."""

from __future__ import annotations

import json
import random
import stat
import sys

import pytest

from companion.domain.errors import PersonError, SurroundingsError
from companion.storage import keys as keys_module
from companion.storage.keys import KdfCost, KeyFile, new_data_key, new_recovery
from companion.storage.recovery import secret_of
from tests.support.records import QUICK

COMPOSED = "caff\u00e8 nero"
DECOMPOSED = "caffe\u0300 nero"


@pytest.fixture
def data_key():
    return new_data_key()


@pytest.fixture
def made(tmp_path, data_key):
    """A saved key file with a passphrase, and the recovery key."""
    keys = KeyFile(tmp_path)
    keys.add_passphrase(data_key, COMPOSED, QUICK)
    recovery = keys.add_recovery(data_key)
    keys.save()
    return tmp_path, recovery


def test_both_ways_open(made, data_key):
    folder, recovery = made
    keys = KeyFile.load(folder)
    assert keys.slots == ("passphrase", "recovery")
    assert keys.unlock_passphrase(COMPOSED) == data_key
    assert keys.unlock_recovery(recovery) == data_key
    assert not keys.is_example


def test_a_keyboard_that_composes_letters_another_way_opens_too(made, data_key):
    assert COMPOSED != DECOMPOSED
    assert KeyFile.load(made[0]).unlock_passphrase(DECOMPOSED) == data_key


@pytest.mark.parametrize("text", ["", " ", "caffè ner", "caffè nero ", "CAFFÈ NERO", "caffe nero", "\ud800"])
def test_another_passphrase_does_not_open(made, text):
    with pytest.raises(PersonError, match="wrong_passphrase"):
        KeyFile.load(made[0]).unlock_passphrase(text)


def test_a_passphrase_may_hold_anything(tmp_path, data_key):
    text = "𝔭𝔞𝔰𝔰 \0 \n\t 密码 " + "x" * 5000
    keys = KeyFile(tmp_path)
    keys.add_passphrase(data_key, text, QUICK)
    assert keys.unlock_passphrase(text) == data_key


def test_no_passphrase_is_no_passphrase(tmp_path, data_key):
    with pytest.raises(PersonError, match="passphrase_empty"):
        KeyFile(tmp_path).add_passphrase(data_key, "", QUICK)


def test_a_recovery_key_survives_paper(made, data_key):
    folder, recovery = made
    keys = KeyFile.load(folder)
    typed = [
        recovery.lower(),
        recovery.replace("-", " "),
        recovery.replace("-", ""),
        recovery.replace("0", "O").replace("1", "l"),
        recovery.replace("0", "o").replace("1", "I"),
        f"  {recovery}\n",
        recovery.replace("-", "\u2013"),
    ]
    assert {keys.unlock_recovery(text) for text in typed} == {data_key}


def test_recovery_keys_look_as_promised():
    text = new_recovery()
    assert [len(group) for group in text.split("-")] == [4] * 8 + [1]
    assert not set(text) & set("ILOU")
    assert len(secret_of(text)) == 20
    assert new_recovery() != text


def test_a_misread_recovery_key_never_opens(made):
    folder, recovery = made
    keys = KeyFile.load(folder)
    for place, letter in enumerate(recovery):
        if letter == "-":
            continue
        wrong = recovery[:place] + ("7" if letter != "7" else "8") + recovery[place + 1 :]
        with pytest.raises(PersonError, match="wrong_recovery_key"):
            keys.unlock_recovery(wrong)


@pytest.mark.parametrize("text", ["", "A", "U" * 33, "0" * 33, "0" * 32, "0" * 34, "è" * 33, "\u0661" * 33])
def test_what_is_no_recovery_key_does_not_open(made, text):
    with pytest.raises(PersonError, match="wrong_recovery_key"):
        KeyFile.load(made[0]).unlock_recovery(text)


def test_a_new_passphrase_replaces_the_old(made, data_key):
    folder, recovery = made
    keys = KeyFile.load(folder)
    keys.replace_passphrase(COMPOSED, "a new one", QUICK)
    keys.save()
    again = KeyFile.load(folder)
    assert again.unlock_passphrase("a new one") == data_key
    assert again.unlock_recovery(recovery) == data_key
    with pytest.raises(PersonError, match="wrong_passphrase"):
        again.unlock_passphrase(COMPOSED)


def test_who_does_not_know_the_passphrase_cannot_replace_it(made):
    keys = KeyFile.load(made[0])
    with pytest.raises(PersonError, match="wrong_passphrase"):
        keys.replace_passphrase("guess", "mine now", QUICK)


def test_a_new_recovery_key_replaces_the_old(made, data_key):
    folder, old = made
    keys = KeyFile.load(folder)
    new = keys.add_recovery(data_key)
    keys.save()
    assert KeyFile.load(folder).unlock_recovery(new) == data_key
    with pytest.raises(PersonError, match="wrong_recovery_key"):
        KeyFile.load(folder).unlock_recovery(old)


def test_the_last_way_in_stays(made):
    keys = KeyFile.load(made[0])
    keys.remove("passphrase")
    with pytest.raises(ValueError, match="last"):
        keys.remove("recovery")
    assert keys.slots == ("recovery",)


def test_an_example_opens_without_a_secret_and_with_nothing_else(tmp_path, data_key):
    keys = KeyFile(tmp_path)
    keys.add_example(data_key)
    keys.save()
    again = KeyFile.load(tmp_path)
    assert again.is_example
    assert again.unlock_example() == data_key
    with pytest.raises(PersonError, match="example_needs_no_key"):
        again.add_passphrase(data_key, "secret", QUICK)


def test_a_persons_record_never_gets_a_public_key(made, data_key):
    with pytest.raises(ValueError, match="public"):
        KeyFile.load(made[0]).add_example(data_key)


def test_a_public_slot_smuggled_into_a_persons_record_is_refused(made, tmp_path_factory, data_key):
    folder, _ = made
    public = KeyFile(tmp_path_factory.mktemp("example"))
    public.add_example(data_key)
    content = json.loads((folder / "keys.json").read_text())
    content["slots"].append(public._slots[0])
    (folder / "keys.json").write_text(json.dumps(content))
    with pytest.raises(SurroundingsError, match="keys_damaged"):
        KeyFile.load(folder)


def test_nothing_of_the_keys_is_in_the_file(made, data_key):
    folder, recovery = made
    content = (folder / "keys.json").read_bytes()
    assert data_key not in content
    assert data_key.hex().encode() not in content
    assert recovery.encode() not in content
    assert recovery.replace("-", "").encode() not in content
    assert COMPOSED.encode() not in content
    assert len(content) < 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights another way")
def test_only_the_person_can_read_the_file(made):
    assert stat.S_IMODE((made[0] / "keys.json").stat().st_mode) == 0o600


def test_two_records_with_one_passphrase_share_nothing(tmp_path_factory):
    boxes = []
    for _ in range(2):
        keys = KeyFile(tmp_path_factory.mktemp("record"))
        keys.add_passphrase(new_data_key(), COMPOSED, QUICK)
        boxes.append(keys._slots[0])
    assert boxes[0]["salt"] != boxes[1]["salt"]
    assert boxes[0]["box"] != boxes[1]["box"]


# What a doctored file asks for must neither weaken the record nor bring the computer down.
DOCTORED = [
    ({"memory_kib": 1024}, "keys_damaged"),
    ({"memory_kib": 2**31}, "keys_damaged"),
    ({"memory_kib": -1}, "keys_damaged"),
    ({"memory_kib": True}, "keys_damaged"),
    ({"memory_kib": "19456"}, "keys_damaged"),
    ({"memory_kib": None}, "keys_damaged"),
    ({"passes": 1}, "keys_damaged"),
    ({"passes": 10**9}, "keys_damaged"),
    ({"passes": 2.0}, "keys_damaged"),
    ({"passes": 3}, "wrong_passphrase"),
    ({"memory_kib": 20_000}, "wrong_passphrase"),
    ({"salt": ""}, "keys_damaged"),
    ({"salt": 7}, "keys_damaged"),
    ({"salt": "AAAAAAAAAAAAAAAAAAAAAA=="}, "wrong_passphrase"),
    ({"box": None}, "keys_damaged"),
    ({"box": ""}, "wrong_passphrase"),
    ({"box": "AAAA"}, "wrong_passphrase"),
    ({"note": "hello"}, "wrong_passphrase"),
]


@pytest.mark.parametrize(("change", "key"), DOCTORED)
def test_a_doctored_slot_is_refused(made, change, key):
    folder, _ = made
    content = json.loads((folder / "keys.json").read_text())
    content["slots"][0].update(change)
    (folder / "keys.json").write_text(json.dumps(content))
    with pytest.raises((PersonError, SurroundingsError), match=key):
        KeyFile.load(folder).unlock_passphrase(COMPOSED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b'{"format": 1}',
        b'{"format": 1, "slots": []}',
        b'{"format": 1, "slots": {}}',
        b'{"format": 1, "slots": [7]}',
        b'{"format": 1, "slots": [{}]}',
        b'{"format": 1, "slots": [{"type": "skeleton"}]}',
        b'{"format": 1, "slots": [{"type": "recovery"}, {"type": "recovery"}]}',
        b'{"format": "1", "slots": [{"type": "recovery"}]}',
        b'{"format": 1, "slots": [{"type": "recovery"}]' + b" " * 70_000 + b"}",
        b"[" * 50_000,
    ],
)
def test_what_is_no_key_file_is_refused(tmp_path, content):
    (tmp_path / "keys.json").write_bytes(content)
    with pytest.raises(SurroundingsError, match="keys_damaged"):
        KeyFile.load(tmp_path).unlock_recovery("0" * 33)


def test_a_key_file_of_a_newer_version_is_not_called_damaged(tmp_path):
    (tmp_path / "keys.json").write_text('{"format": 2, "ways": []}')
    with pytest.raises(SurroundingsError, match="record_newer"):
        KeyFile.load(tmp_path)


def test_a_missing_key_file_is_called_missing(tmp_path):
    with pytest.raises(SurroundingsError, match="keys_missing"):
        KeyFile.load(tmp_path)


def test_a_slot_that_is_not_there_does_not_open(tmp_path, data_key):
    keys = KeyFile(tmp_path)
    keys.add_recovery(data_key)
    for unlock in (lambda: keys.unlock_passphrase("x"), keys.unlock_keychain, keys.unlock_example):
        with pytest.raises(SurroundingsError, match="keys_damaged"):
            unlock()


def flipped(good: bytes, bit: int) -> bytes:
    changed = bytearray(good)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_every_flipped_bit_is_refused_or_harmless(tmp_path, data_key):
    keys = KeyFile(tmp_path)
    recovery = keys.add_recovery(data_key)
    keys.save()
    path = tmp_path / "keys.json"
    good = path.read_bytes()
    refused = 0
    for bit in range(len(good) * 8):
        path.write_bytes(flipped(good, bit))
        try:
            assert KeyFile.load(tmp_path).unlock_recovery(recovery) == data_key
        except (PersonError, SurroundingsError):
            refused += 1
    assert refused > len(good) * 4  # white space may be other white space; little else is free


def test_flipped_bits_in_a_passphrase_slot_are_refused_or_harmless(made, data_key):
    folder, _ = made
    path = folder / "keys.json"
    good = path.read_bytes()
    chance = random.Random(1)
    for _ in range(60):
        path.write_bytes(flipped(good, chance.randrange(len(good) * 8)))
        try:
            assert KeyFile.load(folder).unlock_passphrase(COMPOSED) == data_key
        except (PersonError, SurroundingsError):
            continue


def test_the_cost_of_a_guess_is_what_was_decided():
    assert KdfCost() == KdfCost(memory_kib=131_072, passes=3)
    assert KdfCost().allowed
    assert QUICK.allowed
    assert not KdfCost(memory_kib=19_455, passes=2).allowed


def test_a_cost_below_the_floor_cannot_be_chosen(tmp_path, data_key):
    with pytest.raises(ValueError, match="cost"):
        KeyFile(tmp_path).add_passphrase(data_key, "x", KdfCost(1024, 1))


def test_too_little_memory_is_said(made, monkeypatch):
    import nacl.pwhash.argon2id

    def no_memory(*_args, **_options):
        raise MemoryError

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", no_memory)
    with pytest.raises(SurroundingsError, match="memory_short"):
        KeyFile.load(made[0]).unlock_passphrase(COMPOSED)


def test_a_key_file_that_cannot_be_written_leaves_the_old_one(made, data_key, monkeypatch):
    folder, _ = made
    keys = KeyFile.load(folder)
    keys.replace_passphrase(COMPOSED, "a new one", QUICK)

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys_module, "durable_write", full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        keys.save()
    assert KeyFile.load(folder).unlock_passphrase(COMPOSED) == data_key

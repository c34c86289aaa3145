"""The keychain opens the record, or says that it cannot; nothing less safe is used in its place."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail
from keyring.errors import KeyringLocked, PasswordDeleteError

from companion.domain.errors import PersonError, SurroundingsError
from companion.storage import keychain
from companion.storage.keys import KeyFile, keychain_available, new_data_key
from companion.storage.record import create, inspect, open_record
from tests.support.records import QUICK


class Drawer(KeyringBackend):
    """A keychain in memory, which can be locked and emptied."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}
        self.locked = False
        self.forgetful = False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.locked:
            raise KeyringLocked
        if not self.forgetful:
            self.kept[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


@pytest.fixture
def use():
    """Use a backend instead of the computer's own."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def drawer(use, monkeypatch):
    made = Drawer()
    monkeypatch.setattr(keychain, "TRUSTED", (__name__,))
    use(made)
    return made


@pytest.fixture
def made(tmp_path, drawer):
    """A key file with a keychain slot, and its data key."""
    data_key = new_data_key()
    keys = KeyFile(tmp_path)
    keys.add_keychain(data_key)
    keys.add_recovery(data_key)
    keys.save()
    return tmp_path, data_key


def test_the_keychain_opens(made, drawer):
    folder, data_key = made
    assert keychain_available()
    assert KeyFile.load(folder).unlock_keychain() == data_key
    ((kept, secret),) = drawer.kept.items()
    assert kept[0] == "Companion"
    assert secret != data_key.hex()  # the keychain alone, without the record, is worth nothing


@pytest.mark.parametrize("happens", ["locked", "emptied", "gone", "changed", "nonsense"])
def test_a_keychain_that_changed_is_said_to_be_gone(made, drawer, use, happens):
    folder, _ = made
    if happens == "locked":
        drawer.locked = True
    elif happens == "emptied":
        drawer.kept.clear()
    elif happens == "gone":
        use(fail.Keyring())
    else:
        (kept,) = drawer.kept
        drawer.kept[kept] = "ab" * 32 if happens == "changed" else "not hexadecimal"
    with pytest.raises(SurroundingsError, match="keychain_gone"):
        KeyFile.load(folder).unlock_keychain()


def test_a_keychain_that_forgets_is_noticed_while_the_record_is_made(tmp_path, drawer):
    drawer.forgetful = True
    with pytest.raises(SurroundingsError, match="keychain_gone"):
        KeyFile(tmp_path).add_keychain(new_data_key())


@pytest.mark.parametrize("backend", [fail.Keyring(), Drawer()])
def test_only_keychains_that_encrypt_are_trusted(use, backend):
    use(backend)
    assert not keychain_available()


def test_without_a_keychain_no_record_is_made_in_another_way(use, tmp_path):
    use(fail.Keyring())
    with pytest.raises(SurroundingsError, match="keychain_gone"):
        create(tmp_path / "record", keychain=True)
    assert not (tmp_path / "record").exists()


def test_an_example_puts_nothing_into_the_keychain(tmp_path, drawer):
    record, _ = create(tmp_path / "record", example=True)
    with pytest.raises(PersonError, match="example_needs_no_key"):
        record.set_keychain(True)
    record.close()
    assert drawer.kept == {}


def test_the_first_trusted_of_several_is_used(drawer, use, monkeypatch):
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(type(chain), "backends", [fail.Keyring(), drawer])
    use(chain)
    assert keychain_available()
    keychain.write("name", b"secret")
    assert keychain.read("name") == b"secret"


def test_what_no_slot_asks_for_is_forgotten_once_that_is_on_disk(made, drawer):
    folder, data_key = made
    keys = KeyFile.load(folder)
    keys.add_passphrase(data_key, "long enough", QUICK)
    keys.remove("keychain")
    assert len(drawer.kept) == 1
    keys.save()
    assert drawer.kept == {}
    assert KeyFile.load(folder).slots == ("recovery", "passphrase")


def test_a_new_keychain_key_replaces_the_old(made, drawer):
    folder, data_key = made
    keys = KeyFile.load(folder)
    keys.add_keychain(data_key)
    keys.save()
    assert len(drawer.kept) == 1
    assert KeyFile.load(folder).unlock_keychain() == data_key


def test_a_keychain_that_cannot_forget_does_not_stop_the_change(made, drawer):
    folder, _ = made
    drawer.kept.clear()
    keys = KeyFile.load(folder)
    keys.remove("keychain")
    keys.save()
    assert KeyFile.load(folder).slots == ("recovery",)


def test_a_record_opens_by_keychain_and_by_recovery_key(tmp_path, drawer):
    record, recovery = create(tmp_path / "record", keychain=True)
    uid = record.uid
    record.close()
    for unlock in (lambda keys: keys.unlock_keychain(), lambda keys: keys.unlock_recovery(recovery)):
        record = open_record(tmp_path / "record", unlock)
        assert record.uid == uid
        record.close()


def test_the_keychain_is_not_taken_away_while_nothing_else_is_at_hand(tmp_path, drawer):
    record, _ = create(tmp_path / "record", keychain=True)
    with pytest.raises(PersonError, match="no_way_in"):
        record.set_keychain(False)
    record.set_passphrase("long enough", QUICK)
    record.set_keychain(False)
    assert drawer.kept == {}
    record.set_keychain(True)
    record.close()
    open_record(tmp_path / "record", lambda keys: keys.unlock_keychain()).close()
    open_record(tmp_path / "record", lambda keys: keys.unlock_passphrase("long enough")).close()


def test_a_record_that_was_not_made_leaves_nothing_in_the_keychain(tmp_path, drawer, monkeypatch):
    def full(_keys):
        raise SurroundingsError("disk_full")

    monkeypatch.setattr(KeyFile, "save", full)
    with pytest.raises(SurroundingsError, match="disk_full"):
        create(tmp_path / "record", keychain=True)
    assert drawer.kept == {}
    assert inspect(tmp_path / "record") == "absent"

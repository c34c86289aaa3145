"""``keys.json``: the ways into a record.

A record has one random data key. Each way in ("slot") holds it sealed under a key of its own: one made of the
passphrase (Argon2id), of the recovery key, of a random key in the system's keychain, or, in a record of example
data only, a key everybody has. What a slot says of itself is bound to its seal, so none of it can be changed. To
change the passphrase is to replace one slot; the data stay as they are.
"""

from __future__ import annotations

import binascii
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.values import value
from companion.storage import keychain
from companion.storage.durable import durable_write
from companion.storage.faults import said
from companion.storage.keychain import keychain_available
from companion.storage.recovery import new_recovery, secret_of
from companion.storage.seal import KEY_SIZE, BrokenSeal, seal, subkey, unseal

__all__ = ["KdfCost", "KeyFile", "keychain_available", "new_data_key", "new_recovery"]

KEYS_NAME = "keys.json"
PASSPHRASE = "passphrase"
RECOVERY = "recovery"
KEYCHAIN = "keychain"
EXAMPLE = "example"

_FORMAT = 1
_SALT = 16
_MOST_BYTES = 65_536
_PUBLIC = b"the example holds no one's data"
"""What opens a record of example data. It is public on purpose; no other record can have a slot for it."""


@value
class KdfCost:
    """What it costs to try one passphrase with Argon2id: memory in KiB, and passes over it."""

    memory_kib: int = 131_072
    passes: int = 3

    @property
    def allowed(self) -> bool:
        """Return whether it neither weakens the slot (OWASP's floor) nor takes the computer down."""
        return 19_456 <= self.memory_kib <= 1_048_576 and 2 <= self.passes <= 10


def new_data_key() -> bytes:
    """Return a new random data key."""
    return os.urandom(KEY_SIZE)


class KeyFile:
    """The slots of one record. Changes are on disk when :meth:`save` returns."""

    def __init__(self, folder: Path, slots: list[dict[str, Any]] | None = None) -> None:
        self._path = folder / KEYS_NAME
        self._slots = slots or []
        self._forgotten: list[str] = []

    @classmethod
    def load(cls, folder: Path) -> KeyFile:
        """Return the slots of the record in ``folder``.

        Raises:
            SurroundingsError: ``keys_missing``; ``keys_damaged``: not a key file, or one that was tampered with;
                ``record_newer``: of a newer version of the program.
        """
        path = folder / KEYS_NAME
        try:
            with said(), path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except SurroundingsError:
            if not path.exists():
                raise SurroundingsError("keys_missing") from None
            raise
        return cls(folder, _slots_in(data))

    @property
    def slots(self) -> tuple[str, ...]:
        """Return which ways in there are."""
        return tuple(slot["type"] for slot in self._slots)

    @property
    def is_example(self) -> bool:
        """Return whether anybody can open this record, because it holds example data only."""
        return EXAMPLE in self.slots

    def save(self) -> None:
        """Write the slots, in one piece. Raises ``SurroundingsError`` when that cannot be done; the old ones stay.

        Only then is the keychain told to forget what no slot asks for any more.
        """
        text = json.dumps({"format": _FORMAT, "slots": self._slots}, indent=1)
        with said():
            durable_write(self._path, text.encode())
        while self._forgotten:
            keychain.forget(self._forgotten.pop())

    def unlock_passphrase(self, text: str) -> bytes:
        """Return the data key.

        Raises:
            PersonError: ``wrong_passphrase``.
            SurroundingsError: ``keys_damaged``; ``memory_short``: too little memory is free to try it.
        """
        slot = self._slot(PASSPHRASE)
        return _opened(slot, _stretched(text, slot), PersonError("wrong_passphrase"))

    def unlock_recovery(self, text: str) -> bytes:
        """Return the data key. Raises ``PersonError("wrong_recovery_key")``, ``SurroundingsError("keys_damaged")``."""
        slot = self._slot(RECOVERY)
        return _opened(slot, _salted(secret_of(text), slot), PersonError("wrong_recovery_key"))

    def unlock_keychain(self) -> bytes:
        """Return the data key. Raises ``SurroundingsError``: ``keychain_gone``, ``keys_damaged``."""
        slot = self._slot(KEYCHAIN)
        secret = keychain.read(str(slot.get("name", "")))
        if len(secret) != KEY_SIZE:
            raise SurroundingsError("keychain_gone")
        return _opened(slot, _salted(secret, slot), SurroundingsError("keychain_gone"))

    def unlock_example(self) -> bytes:
        """Return the data key of a record of example data. Raises ``SurroundingsError("keys_damaged")``."""
        slot = self._slot(EXAMPLE)
        return _opened(slot, _salted(_PUBLIC, slot), SurroundingsError("keys_damaged"))

    def add_passphrase(self, data_key: bytes, text: str, cost: KdfCost | None = None) -> None:
        """Let ``text`` open the record. Raises ``PersonError``: ``passphrase_empty``, ``example_needs_no_key``."""
        self._must_be_a_persons()
        if not text:
            raise PersonError("passphrase_empty")
        cost = cost or KdfCost()
        if not cost.allowed:
            raise ValueError("cost")
        slot = {**_new_slot(PASSPHRASE), "memory_kib": cost.memory_kib, "passes": cost.passes}
        self._put(_closed(slot, _stretched(text, slot), data_key))

    def replace_passphrase(self, old: str, new: str, cost: KdfCost | None = None) -> None:
        """Let ``new`` open the record instead of ``old``. Raises as :meth:`unlock_passphrase`, and adding, do."""
        self.add_passphrase(self.unlock_passphrase(old), new, cost)

    def add_recovery(self, data_key: bytes) -> str:
        """Let a new recovery key open the record, instead of the one before; return it."""
        self._must_be_a_persons()
        text = new_recovery()
        slot = _new_slot(RECOVERY)
        self._put(_closed(slot, _salted(secret_of(text), slot), data_key))
        return text

    def add_keychain(self, data_key: bytes) -> None:
        """Let the keychain open the record, and never another way instead.

        Raises:
            SurroundingsError: ``keychain_gone``: there is none, or it did not take the key.
        """
        self._must_be_a_persons()
        slot = {**_new_slot(KEYCHAIN), "name": os.urandom(16).hex()}
        secret = os.urandom(KEY_SIZE)
        keychain.write(slot["name"], secret)
        self._put(_closed(slot, _salted(secret, slot), data_key))

    def add_example(self, data_key: bytes) -> None:
        """Let everybody open the record. Only for one that has no other way in, and holds example data."""
        if self._slots:
            raise ValueError("a record of a person has no public key")
        slot = _new_slot(EXAMPLE)
        self._put(_closed(slot, _salted(_PUBLIC, slot), data_key))

    def remove(self, kind: str) -> None:
        """Take a way in away. The last one stays: ``ValueError``."""
        left = [slot for slot in self._slots if slot["type"] != kind]
        if not left:
            raise ValueError("the last way in")
        self._set(left)

    def abandon(self) -> None:
        """Let the keychain forget what these slots ask for: they never came to be used."""
        for slot in self._slots:
            if slot["type"] == KEYCHAIN:
                keychain.forget(slot["name"])

    def _must_be_a_persons(self) -> None:
        if self.is_example:
            raise PersonError("example_needs_no_key")

    def _slot(self, kind: str) -> dict[str, Any]:
        for slot in self._slots:
            if slot["type"] == kind:
                return slot
        raise SurroundingsError("keys_damaged")

    def _put(self, new: dict[str, Any]) -> None:
        self._set([*(slot for slot in self._slots if slot["type"] != new["type"]), new])

    def _set(self, slots: list[dict[str, Any]]) -> None:
        names = {slot.get("name") for slot in slots}
        gone = [slot for slot in self._slots if slot["type"] == KEYCHAIN and slot["name"] not in names]
        self._forgotten += [slot["name"] for slot in gone]
        self._slots = slots


def _slots_in(data: bytes) -> list[dict[str, Any]]:
    damaged = SurroundingsError("keys_damaged")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(content, dict):
        raise damaged
    version, slots = content.get("format"), content.get("slots")
    if type(version) is int and version > _FORMAT:
        raise SurroundingsError("record_newer")
    if version != _FORMAT or not isinstance(slots, list) or not slots or len(data) > _MOST_BYTES:
        raise damaged
    kinds = [slot.get("type") if isinstance(slot, dict) else None for slot in slots]
    known = (PASSPHRASE, RECOVERY, KEYCHAIN, EXAMPLE)
    if any(kind not in known for kind in kinds) or len(set(kinds)) != len(kinds) or (EXAMPLE in kinds and kinds[1:]):
        raise damaged
    return slots


def _new_slot(kind: str) -> dict[str, Any]:
    return {"type": kind, "salt": _text(os.urandom(_SALT))}


def _label(slot: dict[str, Any]) -> bytes:
    return json.dumps({key: value for key, value in slot.items() if key != "box"}, sort_keys=True).encode()


def _closed(slot: dict[str, Any], key: bytes, data_key: bytes) -> dict[str, Any]:
    return {**slot, "box": _text(seal(data_key, _label(slot), key))}


def _opened(slot: dict[str, Any], key: bytes, wrong: Exception) -> bytes:
    try:
        data_key = unseal(_bytes(slot.get("box")), _label(slot), key)
    except BrokenSeal:
        raise wrong from None
    if len(data_key) != KEY_SIZE:
        raise SurroundingsError("keys_damaged")
    return data_key


def _salted(secret: bytes, slot: dict[str, Any]) -> bytes:
    return subkey(secret, f"slot {slot['type']} {slot.get('salt')}")


def _stretched(text: str, slot: dict[str, Any]) -> bytes:
    """Return the key made of a passphrase, the same however the keyboard composes its letters (NFC)."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash.argon2id import SALTBYTES, kdf

    cost = _cost_in(slot)
    salt = _bytes(slot.get("salt"))
    if len(salt) != SALTBYTES:
        raise SurroundingsError("keys_damaged")
    secret = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    try:
        return kdf(KEY_SIZE, secret, salt, opslimit=cost.passes, memlimit=cost.memory_kib * 1024)
    except (CryptoError, MemoryError):
        raise SurroundingsError("memory_short") from None


def _cost_in(slot: dict[str, Any]) -> KdfCost:
    """Return what the slot asks to be spent, unless a doctored file asks for too little or for the whole computer."""
    memory, passes = slot.get("memory_kib"), slot.get("passes")
    if type(memory) is not int or type(passes) is not int:
        raise SurroundingsError("keys_damaged")
    cost = KdfCost(memory, passes)
    if not cost.allowed:
        raise SurroundingsError("keys_damaged")
    return cost


def _text(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def _bytes(text: Any) -> bytes:
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except (ValueError, TypeError):
        raise SurroundingsError("keys_damaged") from None

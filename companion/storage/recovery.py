"""The recovery key: 160 random bits as text that survives paper, telephone and tired eyes.

Crockford base 32 (https://www.crockford.com/base32.html): no I, L, O or U; what looks alike is taken as meant. Eight
groups of four and a check letter, ``XXXX-XXXX-...-XXXX-C``.
"""

from __future__ import annotations

import os

from companion.domain.errors import PersonError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SIZE = 20  # bytes
_LENGTH = 32  # letters, without the check letter


def new_recovery() -> str:
    """Return a new recovery key, as it is shown."""
    return _text(os.urandom(_SIZE))


def secret_of(text: str) -> bytes:
    """Return the 20 bytes a typed recovery key stands for. Case, spaces and hyphens do not matter.

    Raises:
        PersonError: ``wrong_recovery_key``: letters are missing, or one was misread (the check letter tells).
    """
    kept = [each for each in text.upper().translate(_ALIKE) if each.isalnum()]
    if len(kept) != _LENGTH + 1 or any(each not in _LETTERS for each in kept):
        raise PersonError("wrong_recovery_key")
    number = 0
    for each in kept[:_LENGTH]:
        number = number << 5 | _LETTERS.index(each)
    secret = number.to_bytes(_SIZE, "big")
    if kept[-1] != _check_letter(secret):
        raise PersonError("wrong_recovery_key")
    return secret


def _text(secret: bytes) -> str:
    number = int.from_bytes(secret, "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    groups = [letters[start : start + 4] for start in range(0, _LENGTH, 4)]
    return "-".join([*groups, _check_letter(secret)])


def _check_letter(secret: bytes) -> str:
    from hashlib import blake2b  # loads OpenSSL, which opening a record does without

    return _LETTERS[blake2b(secret, digest_size=1, person=b"companion-check").digest()[0] & 31]

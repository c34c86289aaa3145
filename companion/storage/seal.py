"""Authenticated encryption (XChaCha20-Poly1305, libsodium), and keys made of keys (BLAKE2b)."""

from __future__ import annotations

import os

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_generichash_blake2b_salt_personal,
)
from nacl.exceptions import CryptoError

KEY_SIZE = 32
NONCE_SIZE: int = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
OVERHEAD: int = NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES


class BrokenSeal(Exception):
    """The bytes are not what was sealed with this key and label."""


def subkey(key: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose; none of them tells anything of the others or of ``key``."""
    # libsodium is loaded already; ``hashlib`` would load OpenSSL. The same BLAKE2b, held by a test.
    return crypto_generichash_blake2b_salt_personal(purpose.encode(), KEY_SIZE, key, person=b"companion-v1")


def seal(data: bytes, label: bytes, key: bytes) -> bytes:
    """Return ``data`` encrypted, after its random nonce; ``label`` is bound to it but not kept in it."""
    nonce = os.urandom(NONCE_SIZE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(data, label, nonce, key)


def unseal(sealed: bytes, label: bytes, key: bytes) -> bytes:
    """Return what was sealed. Raises :class:`BrokenSeal` if a bit, the label or the key is another."""
    if len(sealed) < OVERHEAD:
        raise BrokenSeal
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[NONCE_SIZE:], label, sealed[:NONCE_SIZE], key
        )
    except CryptoError:
        raise BrokenSeal from None

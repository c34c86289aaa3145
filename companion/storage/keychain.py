"""The operating system's keychain, asked through ``keyring``, which is imported only here and only when needed."""

from __future__ import annotations

from typing import Any

from companion.domain.errors import SurroundingsError

_SERVICE = "Companion"

TRUSTED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""The backends that keep a secret encrypted for one person. Others write plain files, or keep nothing at all."""


def keychain_available() -> bool:
    """Return whether this computer has a keychain that can be trusted with a key."""
    return _backend() is not None


def read(name: str) -> bytes:
    """Return the secret kept under ``name``.

    Raises:
        SurroundingsError: ``keychain_gone``: there is no keychain, it stayed locked, or it does not hold it.
    """
    backend = _backend()
    kept = None if backend is None else _asked(backend.get_password, _SERVICE, name)
    try:
        return bytes.fromhex(kept or "")
    except ValueError:
        raise SurroundingsError("keychain_gone") from None


def write(name: str, secret: bytes) -> None:
    """Keep ``secret`` under ``name``, and read it back to be sure. Raises ``SurroundingsError("keychain_gone")``."""
    backend = _backend()
    if backend is None:
        raise SurroundingsError("keychain_gone")
    _asked(backend.set_password, _SERVICE, name, secret.hex())
    if read(name) != secret:
        raise SurroundingsError("keychain_gone")


def forget(name: str) -> None:
    """Remove what is kept under ``name``. If that cannot be done, nothing is lost: no slot answers to it any more."""
    backend = _backend()
    if backend is None:
        return
    try:
        _asked(backend.delete_password, _SERVICE, name)
    except SurroundingsError:
        return


def _backend() -> Any:
    import keyring
    from keyring.backends import chainer

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    return next((each for each in candidates if type(each).__module__.startswith(TRUSTED)), None)


def _asked(question: Any, *words: str) -> Any:
    from keyring.errors import KeyringError

    try:
        return question(*words)
    except (KeyringError, OSError, RuntimeError):  # what the backends let through of D-Bus and the system
        raise SurroundingsError("keychain_gone") from None

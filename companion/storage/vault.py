"""The photos' bytes: one sealed file each, written once.

``photos/<first two letters>/<name>.bin``; a name is 128 random bits and says nothing. A file is bound to its name and
kind: one that was changed, cut or put in another's place is noticed when it is read. The file is on the disk before
its row is written, and the row is gone before the file is taken out, so a row never points at nothing; what a crash
leaves is a file without a row, a stray, which :meth:`Vault.sweep` puts aside.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from companion.domain.errors import SurroundingsError
from companion.storage.durable import PART, durable_write, flush_folder, private_folder
from companion.storage.faults import said
from companion.storage.seal import BrokenSeal, seal, unseal

ORIGINAL = "original"
DISPLAY = "display"
THUMBNAIL = "thumbnail"
KINDS = (ORIGINAL, DISPLAY, THUMBNAIL)

_VERSION = b"\x01"
_NAME = re.compile(r"[0-9a-f]{32}")
_STRAYS_KEPT = timedelta(days=30)


class Vault:
    """The sealed files of one record; ``key`` is the record's key for photos."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._photos = folder / "photos"
        self._strays = folder / "strays"
        self._key = key

    def put(self, data: bytes, kind: str) -> str:
        """Seal ``data``, put it on the disk and return its new name. ``kind`` is of :data:`KINDS`.

        Raises:
            SurroundingsError: ``disk_full``, ``folder_read_only``, ``disk_trouble``; nothing is left behind.
        """
        name = os.urandom(16).hex()
        sealed = _VERSION + seal(data, _label(name, kind), self._key)
        path = self._path(name)
        with said():
            if not path.parent.is_dir():
                private_folder(path.parent)
                flush_folder(self._photos)
                flush_folder(self._photos.parent)
            durable_write(path, sealed)
        return name

    def get(self, name: str, kind: str) -> bytes:
        """Return what was put under ``name``.

        Raises:
            SurroundingsError: ``photo_missing``; ``photo_damaged``: changed, cut, moved or of another kind;
                ``disk_trouble`` and its kin when it cannot be read.
        """
        label = _label(name, kind)
        if not _NAME.fullmatch(name):
            raise SurroundingsError("photo_missing")
        try:
            with said():
                try:
                    sealed = self._path(name).read_bytes()
                except FileNotFoundError:
                    sealed = (self._strays / f"{name}.bin").read_bytes()
        except SurroundingsError:
            if not self.holds(name):
                raise SurroundingsError("photo_missing") from None
            raise
        if sealed[:1] != _VERSION:
            raise SurroundingsError("photo_damaged")
        try:
            return unseal(sealed[1:], label, self._key)
        except BrokenSeal:
            raise SurroundingsError("photo_damaged") from None

    def holds(self, name: str) -> bool:
        """Return whether there is a file called ``name``, without reading it."""
        if not _NAME.fullmatch(name):
            return False
        return self._path(name).is_file() or (self._strays / f"{name}.bin").is_file()

    def delete(self, name: str) -> None:
        """Take a file out; one that is not there is no matter. Call it when no row speaks of it any more."""
        if not _NAME.fullmatch(name):
            return
        with said():
            self._path(name).unlink(missing_ok=True)
            (self._strays / f"{name}.bin").unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Go through the names of the files, in no order, without those put aside."""
        for path in self._files(".bin"):
            yield path.name.removesuffix(".bin")

    def sweep(self, known: Collection[str], now: datetime, older_than_s: float = 3600) -> list[str]:
        """Put aside the files no row speaks of, and return their names.

        ``known`` are the names every row speaks of, read after every photo that is being taken in was written. Files
        younger than ``older_than_s`` seconds are left: their row may be on its way. A stray is kept for 30 days before
        it is removed, because an older database put back over newer photos makes strays of them; when a row speaks of
        one again it is back at once.
        """
        known = set(known)
        latest = now.timestamp() - older_than_s
        moved = []
        with said():
            for path in self._files(".bin" + PART):
                if path.stat().st_mtime < latest:
                    path.unlink(missing_ok=True)
            for path in self._files(".bin"):
                name = path.name.removesuffix(".bin")
                if name not in known and path.stat().st_mtime < latest:
                    private_folder(self._strays)
                    path.replace(self._strays / path.name)
                    os.utime(self._strays / path.name, (now.timestamp(), now.timestamp()))
                    moved.append(name)
            self._tend_strays(known, now)
        return moved

    def _tend_strays(self, known: Collection[str], now: datetime) -> None:
        oldest = (now - _STRAYS_KEPT).timestamp()
        for path in sorted(self._strays.glob("*.bin")) if self._strays.is_dir() else ():
            name = path.name.removesuffix(".bin")
            if name in known and _NAME.fullmatch(name):
                private_folder(self._path(name).parent)
                path.replace(self._path(name))
            elif path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _files(self, ending: str) -> list[Path]:
        if not self._photos.is_dir():
            return []
        found = self._photos.glob("[0-9a-f][0-9a-f]/*" + ending)
        return [path for path in found if _NAME.fullmatch(path.name.removesuffix(ending))]

    def _path(self, name: str) -> Path:
        return self._photos / name[:2] / f"{name}.bin"


def _label(name: str, kind: str) -> bytes:
    if kind not in KINDS:
        raise ValueError("kind")
    return _VERSION + f"photo {kind} {name}".encode()

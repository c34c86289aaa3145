"""Files in plain that are whole where they lie: several that are all there or none of them, or one after the other.

They are written for this account alone, in a hidden folder beside their place. A process that is killed may leave that
folder; the next writing into the same place removes it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PART = ".companion-part-"
"""How the folder is called in which files are written before they get their place."""
_BINARY = getattr(os, "O_BINARY", 0)


def write_files(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write ``files`` (name to content) into ``folder`` and return where they are. Nothing there is overwritten.

    A folder that is missing or empty gets its place in one step, whole; into one that holds other things (or cannot be
    replaced: a link, a drive) the files are moved after all of them are on the disk.

    Raises:
        FileExistsError: one of the names is taken. Nothing was written.
        OSError: it could not be written (``folder`` is a file, the disk is full); nothing of it is left.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    _sweep(folder.parent)
    _sweep(folder)
    taken = {each.name for each in folder.iterdir()} if folder.exists() else set()
    clash = {name.casefold() for name in files} & {name.casefold() for name in taken}
    if clash:
        raise FileExistsError(sorted(clash)[0])
    whole = not taken and not folder.is_symlink() and not folder.is_mount()
    home = folder.parent if whole else folder
    made = _make(home)
    try:
        with staged(home) as stage:
            for name, content in files.items():
                write(stage / name, content)
            if not whole:
                _move(stage, folder, files)
            else:
                if folder.exists():
                    folder.rmdir()
                stage.rename(folder)
    except BaseException:
        for each in made:
            if not any(each.iterdir()):
                each.rmdir()
        raise
    return tuple(folder / name for name in files)


@contextmanager
def staged(home: Path) -> Iterator[Path]:
    """Give a new hidden folder in ``home`` to write files in, and remove it with what is left in it.

    What an earlier writing left in ``home``, because its process was killed, is removed first. Raises ``OSError``.
    """
    _sweep(home)
    stage = Path(tempfile.mkdtemp(prefix=PART, dir=home))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    """Write a new file that only this account can read; it is on the disk when this returns. Raises ``OSError``."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def place(content: bytes, target: Path, stage: Path) -> Path:
    """Write one file into ``stage``, move it to ``target`` when it is whole, and return that. Raises ``OSError``."""
    write(stage / target.name, content)
    return (stage / target.name).rename(target)


def _sweep(home: Path) -> None:
    if home.is_dir():
        for left in home.glob(f"{PART}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)


def _make(folder: Path) -> list[Path]:
    """Make ``folder`` and what is missing above it; return what was made, innermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _move(stage: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    moved: list[Path] = []
    try:
        for name in files:
            (stage / name).rename(folder / name)
            moved.append(folder / name)
    except BaseException:
        for each in moved:
            each.unlink(missing_ok=True)
        raise

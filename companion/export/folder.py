"""Several files that are all there in the end, or none of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

PART = ".companion-part-"
"""How the folder is called in which files are written before they get their place."""


def write_files(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write ``files`` (name to content) into ``folder`` and return where they are. Nothing there is overwritten.

    A folder that is missing or empty gets its place in one step, whole; into one that holds other things (or cannot be
    replaced: a link, a drive) the files are moved after all of them are on the disk.

    Raises:
        FileExistsError: one of the names is taken. Nothing was written.
        OSError: it could not be written (``folder`` is a file, the disk is full); nothing of it is left.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    taken = {each.name for each in folder.iterdir()} if folder.exists() else set()
    clash = {name.casefold() for name in files} & {name.casefold() for name in taken}
    if clash:
        raise FileExistsError(sorted(clash)[0])
    whole = not taken and not folder.is_symlink() and not folder.is_mount()
    home = folder.parent if whole else folder
    made = _make(home)
    stage = Path(tempfile.mkdtemp(prefix=PART, dir=home))
    try:
        for name, content in files.items():
            _write(stage / name, content)
        if not whole:
            _move(stage, folder, files)
        else:
            if folder.exists():
                folder.rmdir()
            stage.rename(folder)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        for each in made:
            if not any(each.iterdir()):
                each.rmdir()
        raise
    return tuple(folder / name for name in files)


def _make(folder: Path) -> list[Path]:
    """Make ``folder`` and what is missing above it; return what was made, innermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(stage: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    moved: list[Path] = []
    try:
        for name in files:
            (stage / name).rename(folder / name)
            moved.append(folder / name)
        stage.rmdir()
    except BaseException:
        for each in moved:
            each.unlink(missing_ok=True)
        raise

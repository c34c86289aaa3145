"""What a disk may hold after the power went: from a recording of what a program asked the system to do.

The model is a journalling file system, seen with caution:

* Bytes asked for with fsync are there. Later ones may be there, missing, in another order, or torn at a sector of 512
  bytes.
* Names (made, renamed, removed) are there once their folder was asked for with fsync. Later ones took effect up to
  some point, in order.
* What is in a folder that is not there is lost.

It does not model a disk that lies about having written.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
ROOT = Path(__file__).parents[2]
HEADER = struct.Struct("<cIIIq")


class Step(NamedTuple):
    """One thing that was asked for; paths are relative to the recorded folder, ``""`` is the folder itself."""

    what: str
    path: str
    other: str
    at: int
    data: bytes


def build_recorder(folder: Path) -> Path | None:
    """Return the compiled recorder, or ``None`` where it cannot be built."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    target = folder / "recorder.so"
    source = Path(__file__).parent / "children" / "recorder.c"
    done = subprocess.run([compiler, "-shared", "-fPIC", "-o", target, source, "-ldl"], check=False)
    return target if done.returncode == 0 else None


def recorded(recorder: Path, root: Path, log: Path, module: str, *words: object) -> list[Step]:
    """Run a child to its end and return what it asked for below ``root``."""
    environment = {**os.environ, "LD_PRELOAD": str(recorder), "RECORDED_ROOT": str(root), "RECORDED_LOG": str(log)}
    command = [sys.executable, "-m", f"tests.storage.children.{module}", *map(str, words)]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    content, place, steps = log.read_bytes(), 0, []

    def take(size: int) -> bytes:
        nonlocal place
        place += size
        return content[place - size : place]

    while place < len(content):
        what, one, other, size, at = HEADER.unpack(take(HEADER.size))
        paths = [take(length).decode().removeprefix(str(root)).lstrip("/") for length in (one, other)]
        steps.append(Step(what.decode(), *paths, at, take(size)))
    return steps


@dataclass
class File:
    """The bytes of one file: those that were asked for, and what was done to it since."""

    kept: bytearray = field(default_factory=bytearray)
    since: list[tuple[str, int, bytes]] = field(default_factory=list)

    def sync(self) -> None:
        for each in self.since:
            put(self.kept, each)
        self.since.clear()


def put(content: bytearray, change: tuple[str, int, bytes]) -> None:
    what, at, data = change
    if what == "t":
        del content[at:]
        content.extend(bytes(at - len(content)))
    else:
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(data)] = data


class Disk:
    """A folder's disk: what is on it for certain, and what may be."""

    def __init__(self, before: Path) -> None:
        """Begin with what is in the folder ``before``, all of it on the disk."""
        self.names: dict[str, File | None] = {"": None}  # None is a folder
        for path in before.rglob("*"):
            name = str(path.relative_to(before))
            self.names[name] = None if path.is_dir() else File(bytearray(path.read_bytes()))
        self.kept = dict(self.names)
        self.since: dict[str, list[tuple[str, str, File | None]]] = defaultdict(list)

    def do(self, step: Step) -> None:
        """Take one step."""
        what, path = step.what, step.path
        if what in "cd":
            self.names[path] = File() if what == "c" else None
            self._name("set", path, self.names[path])
        elif what in "wt":
            self.names[path].since.append((what, step.at, step.data))
        elif what == "u":
            del self.names[path]
            self._name("gone", path, None)
        elif what == "r":
            self.names[step.other] = moved = self.names.pop(path)
            self._name(f"from {path}", step.other, moved)
        elif what == "s":
            self._sync(path)

    def after_the_cut(self, target: Path, chance: random.Random) -> None:
        """Write into ``target`` what may be found, one of many possibilities."""
        names = dict(self.kept)
        for changes in self.since.values():
            for change in changes[: chance.randint(0, len(changes))]:
                rename(names, change)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(mode=0o700)
        for name in sorted(names):
            path, file = target / name, names[name]
            if not path.parent.is_dir():
                continue
            if file is None:
                path.mkdir(exist_ok=True)
            else:
                path.write_bytes(possible(file, chance))

    def _name(self, what: str, path: str, file: File | None) -> None:
        self.since[path.rpartition("/")[0]].append((what, path, file))

    def _sync(self, path: str) -> None:
        file = self.names[path]
        if file is not None:
            file.sync()
            return
        for change in self.since.pop(path, []):
            rename(self.kept, change)


def rename(names: dict[str, File | None], change: tuple[str, str, File | None]) -> None:
    what, path, file = change
    if what.startswith("from "):
        names.pop(what.removeprefix("from "), None)
    if what == "gone":
        names.pop(path, None)
    else:
        names[path] = file


def possible(file: File, chance: random.Random) -> bytes:
    """Return bytes that may be found: what was asked for, and of the rest some, in some order, some of it torn."""
    content = bytearray(file.kept)
    rest = list(file.since)
    if chance.random() < 0.5:
        rest = rest[: chance.randint(0, len(rest))]
    else:
        rest = [each for each in rest if chance.random() < 0.5]
        if chance.random() < 0.5:
            chance.shuffle(rest)
    for what, at, data in rest:
        if what == "w" and chance.random() < 0.25:
            first, last = sorted((chance.randrange(len(data) // SECTOR + 1), chance.randrange(len(data) // SECTOR + 1)))
            put(content, (what, at + first * SECTOR, data[first * SECTOR : last * SECTOR]))
        else:
            put(content, (what, at, data))
    return bytes(content)

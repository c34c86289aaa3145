"""The program that has the record open, as the command line meets it: it carries a command out and says what came.

While reminders are on, the window's program has the record all day. A command then goes to it through the socket that
later starts use, which only this person can reach.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from companion.domain.values import value
from companion.services import folders

RUN = b"run "
PATIENCE = 30.0
"""Seconds for an answer: a disk may be slow, and a dialog of the desktop may hold the program up."""
LONGEST_SOCKET_PATH = 100
"""The shortest limit among the platforms is 104 bytes (macOS)."""


@value
class Reply:
    """What the other program said on its two outputs, and the exit code."""

    out: str
    err: str
    code: int


def runtime_folder() -> Path:
    """Return where lock and socket are: the login session's own folder, else one beside the preferences."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    return Path(given) / "companion" if given and Path(given).is_dir() else folders.preferences_folder() / "run"


def name_of(record: Path) -> str:
    """Return the name under which a record is met; it does not tell the record's path."""
    return sha256(os.fsencode(os.path.realpath(record))).hexdigest()[:20]


def meeting_point(name: str, folder: Path) -> str:
    """Return the address of the socket: a name on Windows, else a path that is short enough."""
    if sys.platform == "win32":
        return f"companion-{name}"
    path = folder / f"{name}.sock"
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
        path = Path(tempfile.gettempdir()) / f"companion-{os.getuid()}-{name}.sock"
    return str(path)


def ask(record: Path, argv: Sequence[str], language: str) -> Reply | None:
    """Have the program that has ``record`` open run a command, and return what came of it.

    ``None``: nobody answers there, or it has no open record (it is locked).
    """
    words = RUN + json.dumps({"argv": list(argv), "language": language}).encode() + b"\n"
    try:
        found = json.loads(_spoken(meeting_point(name_of(record), runtime_folder()), words))
        return Reply(str(found["out"]), str(found["err"]), int(found["code"])) if found else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _spoken(address: str, words: bytes) -> bytes:
    """Send one line and return the line that comes back."""
    if sys.platform == "win32":
        with Path(rf"\\.\pipe\{address}").open("r+b", buffering=0) as pipe:
            pipe.write(words)
            return pipe.readline()
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(address)
        connection.sendall(words)
        with connection.makefile("rb") as answer:
            return answer.readline()

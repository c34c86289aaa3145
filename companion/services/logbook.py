"""A small log that can be shown to anybody: ids, type names and places in the code, never a word of the person's.

The text of an exception is left out, because it may quote a note, a path or a value. Of a message's arguments only
numbers, enum members and the program's own type names are written. The window's log and the command line's are both
written by this.
"""

from __future__ import annotations

import enum
import logging
import os
import re
import time
import traceback
from pathlib import Path
from typing import IO

MAX_BYTES = 256_000
KEPT = 3
WINDOW, COMMANDS = "companion.log", "companion-commands.log"
"""The files: two processes do not share one, because each puts its own aside when it grows."""
_PACKAGE = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}\Z")


def safe(value: object) -> object:
    """Return what may be written of a value: numbers, enum members and single technical words; else its type."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, str) and _WORD.match(value):
        return value
    return f"<{type(value).__name__}>"


def trace(error: BaseException) -> list[str]:
    """Return the types and code positions of an error and its causes, without their texts."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            path = Path(frame.filename)
            name = path.relative_to(_PACKAGE) if path.is_relative_to(_PACKAGE) else path.name
            lines.append(f"  {name}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


class Redacted(logging.Formatter):
    """Formats a record with :func:`safe` arguments and a :func:`trace`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as lines of text."""
        args = record.args
        if isinstance(args, tuple):
            text = str(record.msg) % tuple(safe(each) for each in args) if args else str(record.msg)
        else:
            text = str(record.msg)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        lines = [f"{moment} {record.levelname} {record.name} {text}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += trace(record.exc_info[1])
        return "\n".join(lines)


def _for_one(path: str, flags: int) -> int:
    """Open a file that, if it is made, only this person can read."""
    return os.open(path, flags, 0o600)


class Rotating(logging.Handler):
    """Writes to one file and puts it aside when it grows; a log that cannot be written is not worth an error."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._out: IO[str] | None = None
        self.setFormatter(Redacted())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self.write(record)

    def write(self, record: logging.LogRecord) -> bool:
        """Write one record and return whether that could be done."""
        try:
            if self._out is None:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._out = open(self._file, "a", encoding="utf-8", opener=_for_one)  # noqa: SIM115 - kept open
            self._out.write(self.format(record) + "\n")
            self._out.flush()
            if self._out.tell() > MAX_BYTES:
                self._rotate()
        except OSError:
            self._out = None
            return False
        return True

    def close(self) -> None:
        """Close the file."""
        if self._out is not None:
            self._out.close()
            self._out = None
        super().close()

    def _rotate(self) -> None:
        if self._out is not None:
            self._out.close()
            self._out = None
        for number in range(KEPT - 1, 0, -1):
            older = self._file.with_suffix(f".{number}.log")
            if older.exists():
                older.replace(self._file.with_suffix(f".{number + 1}.log"))
        self._file.replace(self._file.with_suffix(".1.log"))


def note(folder: Path, error: BaseException) -> Path | None:
    """Write down that a command met an error nobody caught; return the file, or ``None`` if it could not be."""
    caught = (type(error), error, error.__traceback__)
    record = logging.LogRecord("companion.cli", logging.ERROR, "", 0, "not caught", (), caught)
    file = folder / COMMANDS
    handler = Rotating(file)
    written = handler.write(record)
    handler.close()
    return file if written else None

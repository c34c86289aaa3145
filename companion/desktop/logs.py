"""A small log that can be shown to anybody: ids, type names and places in the code, never a word of the person's.

The text of an exception is left out, because it may quote a note, a path or a value. Of a message's arguments only
numbers, enum members and the program's own type names are written.
"""

from __future__ import annotations

import enum
import faulthandler
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

MAX_BYTES = 256_000
KEPT = 3
_PACKAGE = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}\Z")
_PATHS = re.compile(r"""(['"]).*?\1|(?:[A-Za-z]:)?[/\\]\S+""")

log = logging.getLogger(__name__)


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


class Rotating(logging.Handler):
    """Writes to one file and puts it aside when it grows; a log that cannot be written is not worth an error."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._out: IO[str] | None = None
        self.setFormatter(Redacted())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            if self._out is None:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._out = self._file.open("a", encoding="utf-8")
            self._out.write(self.format(record) + "\n")
            self._out.flush()
            if self._out.tell() > MAX_BYTES:
                self._rotate()
        except OSError:
            self._out = None

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


class Sentinel:
    """Catches what nobody caught: logs it, lets one sheet say so, and lets the program run on."""

    def __init__(self, show: Callable[[list[str]], None]) -> None:
        """``show`` gets the lines a person may pass on; it runs on the GUI thread and may itself fail."""
        self._show = show
        self._showing = False
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Hear every error that nobody caught, on every thread."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        sys.unraisablehook = self._caught_unraisable

    def remove(self) -> None:
        """Leave the hooks as they were."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def report(self, error: BaseException) -> None:
        """Log an error that is the program's own fault and show the sheet, once at a time."""
        log.error("not caught", exc_info=(type(error), error, error.__traceback__))
        if self._showing or threading.current_thread() is not threading.main_thread():
            return
        self._showing = True
        try:
            self._show(trace(error))
        finally:
            self._showing = False

    def _caught(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, where)
            return
        self.report(error)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _caught_unraisable(self, args: Any) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def hear_qt(fatal: Callable[[str], None] | None = None) -> Callable[[], None]:
    """Take Qt's own messages into the log, without quoted words and paths; return what gives them back.

    ``fatal`` gets the text of a message after which Qt ends the process, such as "no platform plugin".
    """

    def heard(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg and fatal is not None:
            fatal(text)
        quiet = _PATHS.sub("<…>", text).replace("%", "%%")
        logging.getLogger(f"qt.{context.category or 'qt'}").log(_LEVELS.get(kind, logging.INFO), quiet)

    for name in ("qt", "companion"):
        # Without any handler Python prints warnings on the terminal, where nobody waits for them.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    before = qInstallMessageHandler(heard)

    def give_back() -> None:
        qInstallMessageHandler(before)

    return give_back


def write_to(folder: Path) -> Callable[[], None]:
    """Begin to write the log in ``folder``; return what ends it. A crash of the interpreter leaves its position too."""
    root = logging.getLogger()
    handler = Rotating(folder / "companion.log")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    crash: IO[str] | None = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        crash = (folder / "crash.log").open("w", encoding="utf-8")
        faulthandler.enable(crash, all_threads=True)
    except OSError as error:
        log.warning("no crash log: %s", type(error).__name__)

    def end() -> None:
        root.removeHandler(handler)
        handler.close()
        if crash is not None:
            faulthandler.disable()
            crash.close()

    return end


def files(folder: Path) -> Iterator[Path]:
    """Yield the log files there are, newest first."""
    yield from sorted(folder.glob("companion*.log"), key=lambda each: each.stat().st_mtime, reverse=True)

"""The window's log: what nobody caught, what Qt says, where the interpreter crashed. Written as in ``logbook``."""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from companion.services.logbook import WINDOW, Rotating, trace

_PATHS = re.compile(r"""(['"]).*?\1|(?:[A-Za-z]:)?[/\\]\S+""")

log = logging.getLogger(__name__)


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

    def _caught(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
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
    handler = Rotating(folder / WINDOW)
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

"""What the words after ``companion`` and the environment ask of the window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from companion.domain.moments import Clock
from companion.domain.values import value
from companion.schedule.clock import RunningClock, SystemClock
from companion.services import folders


@value
class Options:
    """How to start. ``ready`` is ``exit`` or ``say``, to tell a test that the window stands, or empty."""

    folder: Path
    clock: Clock
    demo: bool = False
    ready: str = ""
    passphrase: str | None = None
    hidden: bool = False
    """Started by the login: no window until somebody asks for it."""


class UsageError(Exception):
    """The words make no sense. ``key`` and ``word`` say why: ``say(key, word=word)``."""

    def __init__(self, key: str, word: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.word = word


def read(args: Sequence[str]) -> Options:
    """Return what ``args`` (without the program's name) and the environment ask for. Raises :class:`UsageError`.

    Read by hand: loading a parser for four words takes as long as opening the record.
    """
    words = list(args)
    record: str | None = None
    moment: datetime | None = None
    demo, hidden, ready = False, False, ""
    while words:
        word, _, value = words.pop(0).partition("=")
        if word in ("--record", "--clock") and not value:
            if not words:
                raise UsageError("shell.start.wants_value", word)
            value = words.pop(0)
        if word == "--demo":
            demo = True
        elif word == "--hidden":
            hidden = True
        elif word in ("--ready-exit", "--ready-say"):
            ready = word.rpartition("-")[2]
        elif word == "--record":
            record = value
        elif word == "--clock":
            moment = _moment(value)
        else:
            raise UsageError("shell.start.unknown", word)
    return Options(
        folder=folders.example_folder() if demo and record is None else folders.record_folder(record),
        clock=RunningClock(moment) if moment is not None else SystemClock(),
        demo=demo,
        ready=ready,
        passphrase=os.environ.pop(folders.PASSPHRASE_VARIABLE, None),  # no child process needs it
        hidden=hidden,
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("shell.start.clock", text) from None
    if moment.tzinfo is None:
        raise UsageError("shell.start.clock", text)
    return moment

"""The command line called in this process, on a real record, at a fixed time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from companion import cli
from companion.wording import language, use_language
from tests.support.home import Home

CLOCK = "2026-11-21T08:00+01:00[Europe/Rome]"


@dataclass
class Result:
    """What came of a call."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON answer."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The JSON error."""
        return json.loads(self.err)


Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch, tmp_path):
    """No record, passphrase or language of whoever runs the tests."""
    for name in ("COMPANION_PASSPHRASE", "COMPANION_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COMPANION_RECORD", str(tmp_path / "record"))
    before = language()
    yield
    use_language(before)


@pytest.fixture
def run(capsys) -> Call:
    """Call the command line at eight in the morning in Rome."""

    def call(*words: object, clock: str = CLOCK) -> Result:
        code = cli.main(["--clock", clock, *map(str, words)])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def ask(run) -> Call:
    """Call it with ``--json``."""
    return lambda *words, **options: run("--json", *words, **options)


@pytest.fixture
def home(tmp_path):
    """A set-up record, closed: the command line opens it. ``reopen`` looks into it."""
    made = Home(tmp_path)
    made.close()
    yield made
    made.close()


@pytest.fixture
def terminal(monkeypatch) -> Callable[..., None]:
    """Pretend that somebody sits at a terminal: ``answers`` to questions, ``secrets`` to prompts for a passphrase."""

    class Keyboard:
        def __init__(self, lines):
            self.lines = list(lines)

        def isatty(self):
            return True

        def readline(self):
            return self.lines.pop(0) + "\n" if self.lines else ""

    def sit(answers=(), secrets=()):
        waiting = list(secrets)
        monkeypatch.setattr("sys.stdin", Keyboard(answers))
        monkeypatch.setattr("companion.cli.desk.Desk.spoken_to", True)
        monkeypatch.setattr("getpass.getpass", lambda prompt: waiting.pop(0))

    return sit

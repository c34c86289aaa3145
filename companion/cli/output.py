"""Answers: lines for people on standard output, or one JSON value; what went wrong on standard error."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """Return ``text`` without what a terminal would obey: control characters and changes of direction are shown.

    Line ends and tabs stay. People's notes and names of files are text of anybody's making.
    """
    return "".join(
        each if each in "\n\t" or (unicodedata.category(each) not in ("Cc", "Cs") and each not in _TURNS) else "\ufffd"
        for each in text
    )


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def prepare() -> None:
    """Let a letter that the terminal cannot show be replaced instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class Output:
    """Where answers go; ``json`` says which form was asked for."""

    def __init__(self, *, json: bool) -> None:
        self.json = json

    def answer(self, value: object, lines: Iterable[str]) -> None:
        """Give the one answer of a subcommand: ``value`` as JSON, or ``lines`` for people."""
        if self.json:
            print(json.dumps(value, indent=1))
            return
        for line in lines:
            print(plain(line))

    def tell(self, line: str) -> None:
        """Say something beside the answer; it never mixes with JSON."""
        print(plain(line), file=sys.stderr if self.json else sys.stdout)

    def complain(self, key: str, text: str, **more: object) -> None:
        """Say why it could not be done."""
        if self.json:
            print(json.dumps({"error": key, "message": text, **more}, indent=1), file=sys.stderr)
        else:
            print(plain(text), file=sys.stderr)

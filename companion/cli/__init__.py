"""The command line: the same services as the window's, for people and, with ``--json``, for programs. No Qt.

:func:`handles` is asked at every start, so nothing is imported here before it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.cli.tour import TourOptions

COMMANDS = ("init", "demo", "check", "log", "agenda", "photos", "learn", "export")
ELSEWHERE = ("tour",)
"""Subcommands that need the window's parts; ``__main__`` runs them."""

WITH_VALUE = ("--record", "--language", "--clock")
"""Options before a subcommand that take a value, which must not be taken for the subcommand."""

_OURS = ("-h", "--help", "--version", "--json", "--language")


def handles(argv: Sequence[str]) -> bool:
    """Return whether ``argv`` (without the program's name) is for the command line and not for the window.

    A word that is no subcommand is too: it must be said to be wrong, and no window opened for it.
    """
    words = list(argv)
    while words:
        word = words.pop(0)
        if not word.startswith("-"):
            return word not in ELSEWHERE
        if word.partition("=")[0] in _OURS:
            return not set(words) & set(ELSEWHERE)
        if word in WITH_VALUE and words:
            words.pop(0)
    return False


def main(argv: Sequence[str]) -> int:
    """Run one subcommand and return the exit code: 0 done, 1 it could not be done, 2 wrong usage."""
    from companion.cli.program import run

    return run(list(argv))


def tour_options(argv: Sequence[str]) -> TourOptions | int:
    """Return what ``tour`` is asked for, or the exit code when that was said already (wrong usage, ``--help``).

    ``argv`` is the whole command line, with the word ``tour``.
    """
    from companion.cli.program import read_tour

    return read_tour(list(argv))


def broken(error: Exception) -> int:
    """Say that the program itself failed and where that is noted; return the exit code."""
    from companion.cli.output import Output
    from companion.cli.program import broken as said

    return said(error, Output(json=False))

"""A command whose record is open in the window's program: handed over to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.cli.desk import Desk
from companion.services import neighbour
from companion.wording.phrases import language

if TYPE_CHECKING:
    from companion.services.opened import Opened

QUICK = ("log", "agenda")
"""What may be carried out by the program with the window: it takes milliseconds, and asks for no file."""


@dataclass(frozen=True, slots=True)
class Visit(Desk):
    """A call whose record is open already; nobody is there to be asked."""

    services: Opened

    @property
    def spoken_to(self) -> bool:
        """Return that nobody can answer."""
        return False

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Give the services that are open, and leave them open."""
        yield self.services


def handed_over(folder: Path, command: str, argv: Sequence[str]) -> int | None:
    """Have the program that has the record carry the command out; say what it says, and return its exit code.

    ``None``: it cannot be handed over (another moment was asked for, a long command) or nobody takes it.
    """
    if command not in QUICK or any(each.partition("=")[0] == "--clock" for each in argv):
        return None
    reply = neighbour.ask(folder, argv, language())
    if reply is None:
        return None
    sys.stdout.write(reply.out)
    sys.stderr.write(reply.err)
    return reply.code

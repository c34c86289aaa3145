"""The other end of a command that was handed over: carried out on the record that is open here."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from companion.cli.output import Output
from companion.cli.parsing import Usage
from companion.cli.program import COULD_NOT, DONE, broken, carried_out, misused, parser
from companion.cli.visiting import QUICK, Visit
from companion.services import neighbour
from companion.wording.phrases import language, use_language

if TYPE_CHECKING:
    from companion.services.opened import Opened

NOBODY = b"null\n"
"""The answer of a program whose record is locked or not set up."""


def serve(words: bytes, services: Opened | None) -> tuple[bytes, bool]:
    """Carry out what another start was asked to do; return the line to answer with, and whether anything may be new."""
    if services is None or not services.is_set_up():
        return NOBODY, False
    try:
        asked = json.loads(words.removeprefix(neighbour.RUN))
        argv, spoken = [str(each) for each in asked["argv"]], str(asked["language"])
    except (ValueError, KeyError, TypeError):
        return NOBODY, False
    before, out, err = language(), io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            use_language(spoken)
            code = _run(argv, services)
    finally:
        use_language(before)
    return json.dumps({"out": out.getvalue(), "err": err.getvalue(), "code": code}).encode() + b"\n", code == DONE


def _run(argv: Sequence[str], services: Opened) -> int:
    out = Output(json="--json" in argv)
    try:
        options = parser().parse_args(argv)
        if options.command not in QUICK:
            return COULD_NOT
        return carried_out(Visit(options, services.clock, out, services), argv)
    except Usage as wrong:
        return misused(wrong, out)
    except SystemExit:
        return DONE
    except Exception as error:  # noqa: BLE001 - a fault of a command is not one of the window
        return broken(error, out)

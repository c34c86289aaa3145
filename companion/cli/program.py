"""One call from its words to its exit code."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise

from companion import __version__
from companion.cli import COMMANDS, ELSEWHERE
from companion.cli.desk import Declined, Desk
from companion.cli.output import Output, prepare
from companion.cli.parsing import Parser, Usage, add_globals
from companion.cli.tour import TourOptions, options_of
from companion.domain.errors import CompanionError, NeedsAnswer
from companion.domain.moments import Clock, zone_info
from companion.schedule.clock import FixedClock, SystemClock, system_zone
from companion.services import folders
from companion.wording import LANGUAGES, say, use_language
from companion.wording.problems import words_of

DONE, COULD_NOT, WRONG_USAGE = 0, 1, 2
LANGUAGE_VARIABLE = "COMPANION_LANGUAGE"


def run(argv: Sequence[str]) -> int:
    """Run the subcommand in ``argv`` (without the program's name) and return the exit code."""
    prepare()
    use_language(spoken(argv, os.environ))
    out = Output(json="--json" in argv)
    try:
        return carried_out(_desk(argv), argv)
    except Usage as wrong:
        return misused(wrong, out)
    except SystemExit:  # --help and --version, which have said all there is
        return DONE
    except BrokenPipeError:
        # Whoever read the answer went away; at its end Python would complain about it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    except Exception as error:  # noqa: BLE001 - the last net: a traceback helps nobody, and may quote
        return broken(error, out)


def spoken(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language to speak: ``--language`` or ``--lang``, ``COMPANION_LANGUAGE``, the system's, English."""
    wanted = [second for first, second in pairwise(argv) if first in ("--language", "--lang")]
    wanted += [word.partition("=")[2] for word in argv if word.startswith(("--language=", "--lang="))]
    wanted.append(environ.get(LANGUAGE_VARIABLE, ""))
    wanted.append(next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), ""))
    if sys.platform == "win32":
        wanted.append({"Italian": "it"}.get((locale.getlocale()[0] or "").partition("_")[0], ""))
    for name in wanted:
        code = name.replace("_", "-").partition("-")[0].partition(".")[0].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def parser() -> Parser:
    """Return the parser of every subcommand."""
    top = Parser(prog="companion", description=say("cli.about"), epilog=say("cli.about_window"))
    version = say("cli.version", version=__version__)
    top.add_argument("--version", action="version", version=version, help=say("cli.usage.version"))
    add_globals(top)
    chosen = top.add_subparsers(dest="command", required=True, metavar="COMMAND", title=say("cli.usage.commands"))
    for name in (*COMMANDS, *ELSEWHERE):
        import_module(f"companion.cli.{name}").add(chosen)
    return top


def read_tour(argv: Sequence[str]) -> TourOptions | int:
    """Return the options of ``tour``, or the exit code when there is nothing left to do."""
    prepare()
    language = spoken(argv, os.environ)
    use_language(language)
    try:
        return options_of(parser().parse_args(argv), language)
    except Usage as wrong:
        return misused(wrong, Output(json=False))
    except SystemExit:
        return DONE


def broken(error: Exception, out: Output) -> int:
    """Say that the program itself failed, where its place in the code is noted, and return the exit code."""
    from companion.services import logbook

    file = None
    with suppress(OSError, ImportError):
        file = logbook.note(folders.log_folder(), error)
    kind = type(error).__name__
    noted = say("cli.broken", file=file, kind=kind) if file is not None else say("cli.broken_unnoted", kind=kind)
    out.complain("broken", noted)
    return COULD_NOT


def misused(wrong: Usage, out: Output) -> int:
    """Say what was wrong with the words of a call, and return the exit code."""
    more = "" if out.json else "\n" + say("cli.usage.more")
    out.complain("usage", say(f"cli.{wrong.key}", **wrong.values) + more)
    return WRONG_USAGE


def _desk(argv: Sequence[str]) -> Desk:
    options = parser().parse_args(argv)
    return Desk(options, _clock(getattr(options, "clock", None)), Output(json=getattr(options, "json", False)))


def _clock(setting: tuple[object, str | None] | None) -> Clock:
    if setting is None:
        return SystemClock()
    moment, zone = setting
    try:
        zone_info(zone or "UTC")
    except (LookupError, ValueError, OSError):
        raise Usage("usage.zone", text=zone) from None
    return FixedClock(moment, zone or system_zone())  # type: ignore[arg-type]


def carried_out(desk: Desk, argv: Sequence[str]) -> int:
    """Run what ``argv`` asks for at this desk, say what stands in the way, and return the exit code.

    Where the window's program has the record, it is asked to.
    """
    out = desk.out
    try:
        return int(desk.options.run(desk))
    except Usage as wrong:
        return misused(wrong, out)
    except NeedsAnswer as asked:
        questions = [str(question) for question in asked.questions]
        texts = [words_of(question, asked.values, desk.zone) for question in questions]
        out.complain(questions[0], " ".join([*texts, say("cli.ask.with_yes")]), questions=questions)
    except CompanionError as error:
        if error.key == "record_in_use":
            from companion.cli.visiting import handed_over

            code = handed_over(desk.folder, desk.options.command, argv)
            if code is not None:
                return code
        out.complain(error.key, desk.explained(error))
    except (Declined, EOFError):
        out.complain("declined", say("cli.declined"))
    except KeyboardInterrupt:
        out.complain("stopped", say("cli.stopped"))
    return COULD_NOT

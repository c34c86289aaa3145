"""The start: to the command line when a subcommand is named, to the pictures of the tour, else to the window.

What can go wrong before there is a window is said here, in words, on standard error.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

TOUR = "tour"
WITH_VALUE = ("--record", "--clock")
"""The options before a subcommand that take a value, so that the value is not taken for the subcommand."""
COULD_NOT, WRONG_USE = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (without the program's name) and return its exit code."""
    gc.disable()  # nothing made during the start is garbage; collecting it costs a tenth of the start
    os.umask(0o077)  # whatever this process writes is for this person alone
    args = list(sys.argv[1:] if argv is None else argv)
    word = first_word(args)
    if args and word != TOUR:
        from companion import cli

        if cli.handles(args):
            return cli.main(args)
    return tour(args) if word == TOUR else window(args)


def first_word(args: Sequence[str]) -> str | None:
    """Return the first of ``args`` that is neither an option nor the value of one."""
    waiting = False
    for arg in args:
        if waiting:
            waiting = False
        elif arg in WITH_VALUE:
            waiting = True
        elif not arg.startswith("-"):
            return arg
    return None


def window(args: Sequence[str]) -> int:
    """Open the window and return when the program ends."""
    from companion.desktop import ground, options
    from companion.wording import say

    _speak()
    try:
        wanted = options.read(args)
    except options.UsageError as error:
        return _complain(say(error.key, word=error.word), WRONG_USE)
    refusal = ground.display_refusal() or ground.qt_refusal()
    if refusal is not None:
        return _complain(say(refusal.key, **refusal.values), COULD_NOT)
    from companion import app

    return app.Program(wanted).run()


def tour(args: Sequence[str]) -> int:
    """Write the pictures of every page and return the exit code."""
    from companion import cli
    from companion.desktop import ground
    from companion.domain.errors import CompanionError
    from companion.wording import problems, say, use_language

    options = cli.tour_options(args)
    if isinstance(options, int):
        return options
    use_language(options.language)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    refusal = ground.qt_refusal()
    if refusal is not None:
        return _complain(say(refusal.key, **refusal.values), COULD_NOT)
    from companion.desktop import logs
    from companion.ui import tour as pictures

    logs.hear_qt()
    view = pictures.View(
        options.language, options.theme, options.width, options.height, options.text_size / 100, options.skin
    )
    try:
        files = pictures.take(options.folder, view)
    except CompanionError as error:
        return _complain(problems.words(error, "UTC"), COULD_NOT)
    except Exception as error:  # noqa: BLE001 - the last net, as for every other command
        return cli.broken(error)
    sys.stdout.write(say("shell.tour.done", count=len(files), folder=options.folder) + "\n")
    return 0


def _speak() -> None:
    from companion.desktop import translation
    from companion.wording import use_language

    use_language(translation.chosen("", translation.of_environment()))


def _complain(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())

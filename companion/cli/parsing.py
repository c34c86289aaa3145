"""Reading words from the command line: what each kind of value looks like, and what is said of a wrong one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from companion.wording import LANGUAGES, say

YEARS = (1900, 2999)
"""The years a day or a time may lie in: others are slips of the pen, and at their ends the calendar overflows."""


class Usage(Exception):
    """The command line makes no sense; ``key`` names words in the room ``cli``."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


# What argparse says, in English, and the key that says it in the person's language.
_CHOICE = r": invalid choice: (?P<value>.+?)(?:, maybe you meant .+?)? \(choose from (?P<names>.+)\)"
_SAID = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"the following arguments are required: (?P<names>.+)", "usage.required"),
        (r"unrecognized arguments: (?P<names>.+)", "usage.unrecognized"),
        (r"argument (?P<name>.+?): expected .*argument", "usage.expected"),
        (r"argument (?:COMMAND|KIND|WHAT)" + _CHOICE, "usage.command"),
        (r"argument (?P<name>.+?)" + _CHOICE, "usage.choice"),
        (r"ambiguous option: (?P<name>\S+) could match (?P<names>.+)", "usage.ambiguous"),
    )
)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, f"{say('cli.usage.prefix')} " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the person's language and raises :class:`Usage` instead of leaving."""

    def __init__(self, **options: object) -> None:
        options = {"add_help": False, "formatter_class": _Help, "allow_abbrev": False, **options}
        super().__init__(**options)  # type: ignore[arg-type]
        self._positionals.title = say("cli.usage.positionals")
        self._optionals.title = say("cli.usage.options")
        self.add_argument("-h", "--help", action="help", help=say("cli.usage.help"))

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong in the person's words."""
        for pattern, key in _SAID:
            found = pattern.search(message)
            if found:
                raise Usage(key, **{name: text.replace("'", "") for name, text in found.groupdict().items()})
        raise Usage("usage.other")


def add_globals(parser: argparse.ArgumentParser) -> None:
    """Let ``parser`` take the options every subcommand has; the last one given counts."""
    quiet = argparse.SUPPRESS
    parser.add_argument("--record", metavar="DIR", default=quiet, help=say("cli.usage.record"))
    parser.add_argument("--json", action="store_true", default=quiet, help=say("cli.usage.json"))
    parser.add_argument("--language", choices=LANGUAGES, default=quiet, help=say("cli.usage.language"))
    parser.add_argument("--clock", metavar="ISO", type=clock_setting, default=quiet, help=quiet)


def instant(text: str) -> datetime:
    """Return an ISO 8601 time with offset."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Usage("usage.at", text=text) from None
    if moment.tzinfo is None:
        raise Usage("usage.at_naive", text=text)
    if not YEARS[0] <= moment.year <= YEARS[1]:
        raise Usage("usage.at", text=text)
    return moment


def clock_setting(text: str) -> tuple[datetime, str | None]:
    """Return a fixed time and, where it is written behind in brackets, its zone: ``2026-11-21T10:00+01:00[Zone]``."""
    when, _, zone = text.strip().removesuffix("]").partition("[")
    return instant(when), zone or None


def day(text: str) -> date:
    """Return a day written as ``2026-11-21``."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Usage("usage.day", text=text)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Usage("usage.day", text=text) from None
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise Usage("usage.day", text=text)
    return found


def wall_time(text: str) -> time:
    """Return a time of the day written as ``07:30``."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Usage("usage.time", text=text)
    return time(int(found[1]), int(found[2]))


def amount(text: str) -> float:
    """Return grams; a decimal comma is read too."""
    return float(_decimal(text, "usage.grams"))


def handprints(text: str) -> Decimal:
    """Return a size in handprints; a decimal comma is read too."""
    return _decimal(text, "usage.handprints")


def minutes(text: str) -> Decimal:
    """Return minutes; a decimal comma is read too."""
    return _decimal(text, "usage.minutes")


def _decimal(text: str, key: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Usage(key, text=text) from None
    if not number.is_finite():
        raise Usage(key, text=text)
    return number


def scale(text: str) -> int:
    """Return a value of the scale from 0 to 3."""
    if text not in ("0", "1", "2", "3"):
        raise Usage("usage.scale", text=text)
    return int(text)


def whole(text: str) -> int:
    """Return a whole number."""
    if not re.fullmatch(r"\d{1,6}", text):
        raise Usage("usage.whole", text=text)
    return int(text)

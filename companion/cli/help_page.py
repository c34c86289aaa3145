"""The get-help list on a terminal: shown before anything urgent is noted, the same for everyone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from companion.cli.desk import Desk
from companion.domain.errors import NeedsAnswer
from companion.services.changes import Done
from companion.services.journal import GET_HELP, help_categories, help_checked_on
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.services.opened import Opened


def show_help(desk: Desk, services: Opened, act: Callable[[frozenset[str]], Done]) -> Done:
    """Carry ``act`` out; when it calls for the get-help list, print that first, then carry it out."""
    try:
        return act(frozenset())
    except NeedsAnswer as asked:
        if asked.questions != (GET_HELP,):
            raise
        category = str(asked.values["category"])
    _tell(desk, services, category)
    return act(frozenset({GET_HELP}))


def tell_help(desk: Desk, services: Opened, done: Done) -> None:
    """Print the get-help list when what was done calls for it."""
    if done.help is not None:
        _tell(desk, services, done.help)


def _tell(desk: Desk, services: Opened, category: str) -> None:
    for line in help_lines((category,), services.care.rules().emergency_number):
        desk.out.tell(line)


def help_lines(wanted: Sequence[str], emergency_number: str) -> list[str]:
    """Return the whole list, the sections that are meant (``wanted``) on top, then the others."""
    categories = sorted(help_categories(), key=lambda each: wanted.index(each.id) if each.id in wanted else len(wanted))
    lines = [say("cli.help.title"), say("cli.help.number", number=emergency_number), ""]
    for category in categories:
        lines += [f"{category.title}: {category.action}", *(f"  - {sign}" for sign in category.signs), ""]
    lines += [say("cli.help.not_sure"), say("cli.help.checked", day=dates.long_day(help_checked_on())), ""]
    return lines

"""``companion agenda``: which applications lie ahead, what would be announced when, and what is known of the past."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.domain.dosing import SlotState
from companion.domain.moments import local
from companion.schedule.planner import AgendaItem
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.services.agenda import Entry


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("agenda", help=say("cli.agenda.about"), description=say("cli.agenda.more"))
    parsing.add_globals(command)
    command.add_argument("--from", dest="first", metavar="DATE", type=parsing.day, help=say("cli.agenda.from"))
    command.add_argument("--days", metavar="N", type=parsing.whole, default=7, help=say("cli.agenda.days"))
    command.add_argument("--tz", metavar="ZONE", help=say("cli.agenda.tz"))
    command.set_defaults(run=run)


def run(desk: Desk) -> int:
    """Print the agenda."""
    from companion.services.agenda import Agenda

    options = desk.options
    with desk.opened() as services:
        zone = options.tz or services.clock.zone()
        entries = Agenda(services.record, services.clock).entries(options.first, options.days, zone)
        on = services.reminding.settings().on
    desk.out.answer([_value(entry, zone) for entry in entries], _lines(entries, zone, on=on))
    return 0


def _value(entry: Entry, zone: str) -> dict[str, object]:
    item = entry.item
    return {
        "kind": entry.kind.value,
        "slot": item.slot.part.value if item is not None else None,
        "day": entry.day.isoformat(),
        "due": _iso(entry.due, zone),
        "state": item.state.value if item is not None else SlotState.AHEAD.value,
        "not_before": _iso(item.not_before, zone) if item is not None and item.not_before else None,
        "recorded_at": _iso(item.recorded.at, zone) if item is not None and item.recorded else None,
        "announced": [_iso(each, zone) for each in entry.announced],
    }


def _iso(moment: datetime, zone: str) -> str:
    return local(moment, zone).isoformat(timespec="seconds")


def _lines(entries: tuple[Entry, ...], zone: str, *, on: bool) -> list[str]:
    if not entries:
        return [say("cli.agenda.none")]
    lines = [] if on else [say("cli.agenda.off")]
    for day, found in groupby(entries, key=lambda entry: entry.day):
        lines.append(dates.full_day(day))
        for entry in found:
            lines.append(f"  {_line(entry.item, zone) if entry.item is not None else _errand(entry, zone)}")
            if entry.item is not None and entry.announced:
                times = ", ".join(dates.clock_time(local(each, zone)) for each in entry.announced)
                lines.append(f"    {say('cli.agenda.announced', times=times)}")
    return lines


def _errand(entry: Entry, zone: str) -> str:
    return say(f"cli.agenda.{entry.kind.value}", time=dates.clock_time(local(entry.due, zone)))


def _line(item: AgendaItem, zone: str) -> str:
    part = say(f"cli.part.{item.slot.part.value}")
    due = dates.clock_time(local(item.due, zone))
    if item.not_before is not None:
        return say("cli.agenda.line_free", slot=part, time=due, free=dates.clock_time(local(item.not_before, zone)))
    if item.state is SlotState.APPLIED and item.recorded is not None:
        at = dates.clock_time(local(item.recorded.at, zone))
        return say("cli.agenda.line_applied", slot=part, time=due, at=at)
    return say("cli.agenda.line", slot=part, time=due, state=say(f"cli.state.{item.state.value}"))

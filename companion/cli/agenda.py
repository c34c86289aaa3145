"""``companion agenda``: which applications lie ahead, and what is known of those that are past."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.domain.dosing import SlotState
from companion.domain.moments import local
from companion.schedule.planner import AgendaItem
from companion.wording import dates, say


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
    zone = options.tz or desk.zone
    with desk.opened() as services:
        items = Agenda(services.record, desk.clock).days(options.first, options.days, zone)
    desk.out.answer([_value(item, zone) for item in items], _lines(items, zone))
    return 0


def _value(item: AgendaItem, zone: str) -> dict[str, object]:
    return {
        "kind": "application",
        "slot": item.slot.part.value,
        "day": item.slot.day.isoformat(),
        "due": local(item.due, zone).isoformat(timespec="seconds"),
        "state": item.state.value,
        "not_before": local(item.not_before, zone).isoformat(timespec="seconds") if item.not_before else None,
        "recorded_at": local(item.recorded.at, zone).isoformat(timespec="seconds") if item.recorded else None,
    }


def _lines(items: tuple[AgendaItem, ...], zone: str) -> list[str]:
    if not items:
        return [say("cli.agenda.none")]
    lines = []
    for day, slots in groupby(items, key=lambda item: item.slot.day):
        lines.append(dates.full_day(day))
        lines += [f"  {_line(item, zone)}" for item in slots]
    return lines


def _line(item: AgendaItem, zone: str) -> str:
    part = say(f"cli.part.{item.slot.part.value}")
    due = dates.clock_time(local(item.due, zone))
    if item.not_before is not None:
        return say("cli.agenda.line_free", slot=part, time=due, free=dates.clock_time(local(item.not_before, zone)))
    if item.state is SlotState.APPLIED and item.recorded is not None:
        at = dates.clock_time(local(item.recorded.at, zone))
        return say("cli.agenda.line_applied", slot=part, time=due, at=at)
    return say("cli.agenda.line", slot=part, time=due, state=say(f"cli.state.{item.state.value}"))

"""``companion log``: record what was applied, skipped or missed, a side effect, a note, and everything else."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from companion.cli import log_care, parsing, places
from companion.cli.desk import Desk
from companion.cli.help_page import show_help, tell_help
from companion.cli.parsing import Usage
from companion.domain.dosing import Application, Outcome, Question
from companion.domain.moments import PARTS, Part, Slot, local, local_day
from companion.services.applications import Log
from companion.services.changes import Done
from companion.services.journal import GET_HELP, NewSymptom, symptom_name, symptoms
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.services.opened import Opened

SOURCE = "command line"


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("log", help=say("cli.log.about"), description=say("cli.log.more"))
    parsing.add_globals(command)
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND", title=say("cli.log.kinds"))
    _add_apply(kinds)
    _add_outcome(kinds, Outcome.SKIPPED, "skip")
    _add_outcome(kinds, Outcome.MISSED, "missed")
    _add_symptom(kinds)
    _add_note(kinds)
    log_care.add(kinds)


def _kind(kinds: Any, name: str, run: Any) -> Any:
    command = kinds.add_parser(name, help=say(f"cli.log.{name}"), description=say(f"cli.log.{name}_more"))
    parsing.add_globals(command)
    command.add_argument("--at", metavar="TIME", type=parsing.instant, help=say("cli.log.at"))
    command.add_argument("--note", metavar="TEXT", default="", help=say("cli.log.with_note"))
    command.add_argument("--yes", action="store_true", help=say("cli.log.yes"))
    command.set_defaults(run=run)
    return command


def _add_slot(command: Any) -> None:
    command.add_argument("--slot", choices=[part.value for part in PARTS], help=say("cli.log.slot"))
    command.add_argument("--day", metavar="DATE", type=parsing.day, help=say("cli.log.day"))


def _add_apply(kinds: Any) -> None:
    command = _kind(kinds, "apply", run_apply)
    _add_slot(command)
    command.add_argument("--places", metavar="A,B", help=say("cli.log.places"))
    command.add_argument("--grams", metavar="G", type=parsing.amount, help=say("cli.log.grams"))


def _add_outcome(kinds: Any, outcome: Outcome, name: str) -> None:
    command = _kind(kinds, name, run_outcome)
    _add_slot(command)
    command.set_defaults(outcome=outcome)


def _add_symptom(kinds: Any) -> None:
    command = _kind(kinds, "symptom", run_symptom)
    codes = [each.code for each in symptoms()]
    command.add_argument("code", metavar="CODE", choices=codes, help=say("cli.log.code", names=", ".join(codes)))
    command.add_argument("--place", "--places", dest="places", metavar="A,B", help=say("cli.log.symptom_place"))
    command.add_argument("--bad", metavar="0-3", type=parsing.scale, help=say("cli.log.bad"))
    command.add_argument("--bothers", metavar="0-3", type=parsing.scale, help=say("cli.log.bothers"))


def _add_note(kinds: Any) -> None:
    command = kinds.add_parser("note", help=say("cli.log.note"), description=say("cli.log.note_more"))
    parsing.add_globals(command)
    command.add_argument("text", metavar="TEXT", help=say("cli.log.text"))
    command.add_argument("--at", metavar="TIME", type=parsing.instant, help=say("cli.log.at"))
    command.set_defaults(run=run_note)


def run_apply(desk: Desk) -> int:
    """Record an application of cream."""
    options = desk.options
    with desk.opened() as services:
        chosen = _places(services, options.places)
        slot = _slot(desk, services)

        def act(answered: frozenset[str]) -> Done:
            return services.applications.log(
                Log(
                    slot=slot,
                    at=options.at,
                    places=chosen,
                    grams=options.grams,
                    note=options.note,
                    source=SOURCE,
                    answered=frozenset(Question(each) for each in answered),
                )
            )

        done = desk.answered(act)
        tell_help(desk, services, done)
        row = _logged(services, done)
        names = {place.id: places.described(place) for place in services.care.places(include_archived=True)}
    value = {**_value(row), "places": [names[each] for each in row.places], "grams": row.grams, "help": done.help}
    at = dates.clock_time(local(row.at, row.zone))
    where = ", ".join(names[each] for each in row.places) or say("cli.logged.nowhere")
    desk.out.answer(value, [say("cli.logged.applied", slot=_slot_words(desk, row.slot), time=at, places=where)])
    return 0


def run_outcome(desk: Desk) -> int:
    """Record that a slot was skipped or missed."""
    options = desk.options
    with desk.opened() as services:
        slot = _slot(desk, services) or services.applications.slot_of(None, options.at)
        done = services.applications.set_outcome(slot, options.outcome, options.note, SOURCE, options.at)
        tell_help(desk, services, done)
        row = _logged(services, done)
    line = say(f"cli.logged.{row.outcome.value}", slot=_slot_words(desk, row.slot))
    desk.out.answer({**_value(row), "help": done.help}, [line, say("cli.logged.carry_on")])
    return 0


def run_symptom(desk: Desk) -> int:
    """Note a side effect; an urgent one shows the get-help list first."""
    options = desk.options
    with desk.opened() as services:
        chosen = places.noted(options.places, services.care) if options.places else ()

        def act(answered: frozenset[str]) -> Done:
            return services.journal.add_symptom(
                NewSymptom(
                    options.code,
                    at=options.at,
                    bad=options.bad,
                    bothers=options.bothers,
                    places=chosen,
                    note=options.note,
                    help_shown=GET_HELP in answered,
                )
            )

        done = show_help(desk, services, act)
        row = services.journal.get_symptom(done.id)
    assert row is not None
    at = local(row.at, row.zone)
    when = at.isoformat(timespec="seconds")
    line = say(
        "cli.logged.symptom",
        name=symptom_name(row.code),
        day=_day_words(desk, at.date()),
        time=dates.clock_time(at),
    )
    desk.out.answer({"kind": "symptom", "id": row.id, "code": row.code, "at": when, "help": done.help}, [line])
    return 0


def run_note(desk: Desk) -> int:
    """Note a free text; ``-`` reads it from standard input, where no list of commands keeps it."""
    text = sys.stdin.read() if desk.options.text == "-" else desk.options.text
    with desk.opened() as services:

        def act(answered: frozenset[str]) -> Done:
            return services.journal.add_note(text, desk.options.at, help_shown=GET_HELP in answered)

        done = show_help(desk, services, act)
        row = services.journal.get_note(done.id)
    assert row is not None
    at = local(row.at, row.zone)
    value = {"kind": "note", "id": row.id, "at": at.isoformat(timespec="seconds"), "help": done.help}
    desk.out.answer(value, [say("cli.logged.note", day=_day_words(desk, at.date()), time=dates.clock_time(at))])
    return 0


def _places(services: Opened, text: str | None) -> tuple[int, ...] | None:
    return None if text is None else places.find_all(text, services.care.places(include_archived=True))


def _slot(desk: Desk, services: Opened) -> Slot | None:
    options = desk.options
    if options.day is not None and options.slot is None:
        raise Usage("usage.day_without_slot")
    if options.slot is None:
        return None
    part = Part(options.slot)
    return Slot(options.day, part) if options.day else services.applications.slot_of(part, options.at)


def _logged(services: Opened, done: Done) -> Application:
    assert done.day is not None
    return next(each for each in services.applications.between(done.day, done.day) if each.id == done.id)


def _value(row: Application) -> dict[str, object]:
    return {
        "kind": "application",
        "id": row.id,
        "slot": row.slot.part.value,
        "day": row.slot.day.isoformat(),
        "further": row.ordinal,
        "outcome": row.outcome.value,
        "at": local(row.at, row.zone).isoformat(timespec="seconds"),
    }


def _slot_words(desk: Desk, slot: Slot) -> str:
    return say(f"cli.slot.{slot.part.value}", day=_day_words(desk, slot.day))


def _day_words(desk: Desk, day: date) -> str:
    """Return a day with its weekday, or with its year where that is not this year."""
    this_year = local_day(desk.clock.now(), desk.zone).year
    return dates.full_day(day) if day.year == this_year else dates.long_day(day)

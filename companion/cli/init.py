"""``companion init``: make a record and set the treatment up."""

from __future__ import annotations

import os
from typing import Any

from companion.cli import parsing, places
from companion.cli.desk import Desk
from companion.cli.parsing import Usage
from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import local_day
from companion.services import folders
from companion.services.treatment import SetupAnswers, check_answers
from companion.wording import dates, numbers, say
from companion.wording.places import region_name


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("init", help=say("cli.init.about"), description=say("cli.init.more"))
    parsing.add_globals(command)
    command.add_argument(
        "--leaflet", required=True, choices=[each.value for each in Leaflet], help=say("cli.init.leaflet")
    )
    command.add_argument("--start", metavar="DATE", type=parsing.day, help=say("cli.init.start"))
    command.add_argument(
        "--morning", metavar="HH:MM", type=parsing.wall_time, default="08:00", help=say("cli.init.morning")
    )
    command.add_argument(
        "--evening", metavar="HH:MM", type=parsing.wall_time, default="20:00", help=say("cli.init.evening")
    )
    command.add_argument("--name", metavar="TEXT", default="", help=say("cli.init.name"))
    command.add_argument(
        "--place",
        metavar="REGION[:HANDPRINTS]",
        action="append",
        default=[],
        type=places.new_place,
        help=say("cli.init.place"),
    )
    command.add_argument("--show-recovery", action="store_true", help=say("cli.init.show_recovery"))
    command.set_defaults(run=run)


def run(desk: Desk) -> int:
    """Make the record. Everything that can be wrong is found before there is one."""
    from companion.services import opening
    from companion.services.treatment import Care

    answers = _answers(desk)
    check_answers(answers, local_day(desk.clock.now(), desk.zone))
    found = opening.look(desk.folder)
    if not (found.absent or found.ready):
        raise PersonError("folder_not_empty")
    shown = desk.options.show_recovery or not desk.out.json
    if found.ready:
        given = os.environ.get(folders.PASSPHRASE_VARIABLE) or None
        record, recovery = opening.take_up(desk.folder, given, new_recovery=shown)
    else:
        record, recovery = opening.create_record(desk.folder, passphrase=_passphrase(desk, shown=shown))
    try:
        Care(record, desk.clock).set_up(answers)
    finally:
        record.close()
    ways = opening.look(desk.folder).ways
    desk.out.answer(
        {
            "record": str(desk.folder),
            "opens_with": list(ways),
            "recovery_key": recovery if shown else None,
            "leaflet": answers.leaflet.value,
            "started_on": answers.started_on.isoformat(),
            "morning": answers.morning.isoformat("minutes"),
            "evening": answers.evening.isoformat("minutes"),
            "places": [{"region": each.region, "handprints": float(each.handprints)} for each in answers.places],
        },
        _lines(desk, answers, recovery, "keychain" in ways),
    )
    if not shown:
        desk.out.tell(say("cli.init.recovery_hidden"))
    return 0


def _passphrase(desk: Desk, *, shown: bool) -> str | None:
    """Return the passphrase of a new record, ``None`` for the keychain; ``shown`` is whether its recovery key is."""
    from companion.services import opening

    passphrase = desk.new_passphrase()
    if passphrase is None and not shown and opening.keychain_available():
        # The recovery key would be the only way in that survives the computer.
        raise Usage("usage.recovery_unseen")
    return passphrase


def _answers(desk: Desk) -> SetupAnswers:
    options = desk.options
    return SetupAnswers(
        leaflet=Leaflet(options.leaflet),
        started_on=options.start or local_day(desk.clock.now(), desk.zone),
        morning=options.morning,
        evening=options.evening,
        name=options.name,
        places=tuple(options.place),
    )


def _lines(desk: Desk, answers: SetupAnswers, recovery: str, keychain: bool) -> list[str]:
    lines = [
        say("cli.init.done", folder=desk.folder),
        say(f"cli.init.leaflet_is.{answers.leaflet.value}"),
        say(
            "cli.init.times",
            day=dates.long_day(answers.started_on),
            morning=dates.clock_time(answers.morning),
            evening=dates.clock_time(answers.evening),
        ),
    ]
    lines += [
        say("cli.init.place_line", place=region_name(each.region), size=numbers.handprints(each.handprints))
        for each in answers.places
    ] or [say("cli.init.no_places")]
    lines += ["", say("cli.init.keychain" if keychain else "cli.init.passphrase")]
    lines += ["", say("cli.init.recovery"), "", f"    {recovery}", "", say("cli.init.recovery_keep")]
    return lines

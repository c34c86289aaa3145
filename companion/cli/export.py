"""``companion export``: take the data out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.wording import say


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("export", help=say("cli.export.about"), description=say("cli.export.more"))
    parsing.add_globals(command)
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND", title=say("cli.export.kinds"))
    table = kinds.add_parser("csv", help=say("cli.export.csv"), description=say("cli.export.csv_more"))
    parsing.add_globals(table)
    table.add_argument("folder", metavar="DIR", help=say("cli.export.folder"))
    table.set_defaults(run=run_csv)
    calendar = kinds.add_parser("ics", help=say("cli.export.ics"), description=say("cli.export.ics_more"))
    parsing.add_globals(calendar)
    calendar.add_argument("file", metavar="OUT", help=say("cli.export.ics_file"))
    calendar.set_defaults(run=run_ics)


def run_ics(desk: Desk) -> int:
    """Write the calendar for a phone."""
    from companion.services.phone import export_ics

    file = Path(os.path.abspath(Path(desk.options.file).expanduser()))  # noqa: PTH100
    with desk.opened() as services:
        written = export_ics(services.record, services.clock, file)
    desk.out.answer(
        {"file": str(written.file), "events": written.events, "zone": written.zone},
        [say("cli.export.ics_done", file=written.file, count=written.events), say("cli.export.ics_how")],
    )
    return 0


def run_csv(desk: Desk) -> int:
    """Write the CSV files."""
    from companion.services.exporting import export_csv

    folder = Path(os.path.abspath(Path(desk.options.folder).expanduser()))  # noqa: PTH100
    with desk.opened() as services:
        written = export_csv(services.record, folder)
    lines = [say("cli.export.file", file=path.name, count=written.rows[path.stem]) for path in written.files]
    desk.out.answer(
        {"folder": str(folder), "files": [str(path) for path in written.files], "rows": dict(written.rows)},
        [*lines, say("cli.export.done", folder=folder), say("cli.export.not_encrypted", count=len(lines))],
    )
    return 0

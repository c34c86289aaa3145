"""``companion demo``: make an example record to look around in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from companion.cli import parsing
from companion.cli.desk import Desk
from companion.wording import say

SKINS = range(1, 7)


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("demo", help=say("cli.demo.about"), description=say("cli.demo.more"))
    parsing.add_globals(command)
    command.add_argument("folder", metavar="DIR", help=say("cli.demo.folder"))
    command.add_argument(
        "--skin", type=parsing.whole, default=3, choices=SKINS, metavar="1-6", help=say("cli.demo.skin")
    )
    command.add_argument("--weeks", type=parsing.whole, default=30, metavar="N", help=say("cli.demo.weeks"))
    command.set_defaults(run=run)


def run(desk: Desk) -> int:
    """Make the example."""
    from companion.services import demonstration

    folder = Path(os.path.abspath(Path(desk.options.folder).expanduser()))  # noqa: PTH100
    demonstration.build(folder, desk.clock, skin=desk.options.skin, weeks=desk.options.weeks)
    desk.out.answer(
        {"record": str(folder), "example": True, "skin": desk.options.skin, "weeks": desk.options.weeks},
        [say("cli.demo.done", folder=folder), say("cli.demo.next", folder=folder)],
    )
    return 0

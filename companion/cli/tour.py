"""``companion tour``: its words. The pictures themselves are the window's affair; ``__main__`` brings both together."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.cli import parsing
from companion.cli.parsing import Usage
from companion.wording import LANGUAGES, say

THEMES = ("light", "dark", "high_contrast")


@dataclass(frozen=True, slots=True)
class TourOptions:
    """Which pictures: ``width`` and ``height`` of the window in pixels, ``text_size`` in per cent."""

    folder: Path
    language: str = "en"
    theme: str = "light"
    width: int = 1280
    height: int = 832
    text_size: int = 100
    skin: int = 3


def add(commands: Any) -> None:
    """Add the subcommand."""
    command = commands.add_parser("tour", help=say("cli.tour.about"), description=say("cli.tour.more"))
    command.add_argument("folder", metavar="DIR", help=say("cli.tour.folder"))
    command.add_argument("--lang", "--language", dest="language", choices=LANGUAGES, help=say("cli.usage.language"))
    command.add_argument("--theme", choices=THEMES, default="light", help=say("cli.tour.theme"))
    command.add_argument("--size", metavar="WxH", type=_size, default="1280x832", help=say("cli.tour.size"))
    command.add_argument("--text-size", metavar="%", type=_percent, default="100", help=say("cli.tour.text_size"))
    command.add_argument(
        "--skin", metavar="1-6", type=parsing.whole, choices=range(1, 7), default=3, help=say("cli.demo.skin")
    )
    command.set_defaults(run=_elsewhere)


def options_of(values: Any, spoken: str) -> TourOptions:
    """Return the options as read; ``spoken`` is the language when none is named."""
    return TourOptions(
        folder=Path(os.path.abspath(Path(values.folder).expanduser())),  # noqa: PTH100 - resolve() follows links
        language=values.language or spoken,
        theme=values.theme,
        width=values.size[0],
        height=values.size[1],
        text_size=values.text_size,
        skin=values.skin,
    )


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,4})[x×](\d{3,4})", text)
    if not found:
        raise Usage("usage.size", text=text)
    return int(found[1]), int(found[2])


def _percent(text: str) -> int:
    found = re.fullmatch(r"(\d{2,3})%?", text)
    if not found or not 100 <= int(found[1]) <= 200:
        raise Usage("usage.percent", text=text)
    return int(found[1])


def _elsewhere(desk: object) -> int:
    raise Usage("tour.elsewhere")

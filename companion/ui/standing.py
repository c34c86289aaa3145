"""What stands between a reminder and the person on this computer, as values. Nothing here asks the desktop anything."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from companion.domain.values import value

if TYPE_CHECKING:
    from companion.desktop.autostart import AutostartState
    from companion.desktop.notifier import Channel


class Trial(StrEnum):
    """How far a test reminder came."""

    SENT = "sent"  # handed over, no answer yet
    TAKEN = "taken"  # the desktop took it: shown, or kept while nothing may disturb
    SEEN = "seen"  # its button was pressed, so the whole way works
    BALLOON = "balloon"  # only the tray icon could show it
    WINDOW = "window"  # only this window could show it


@value
class Standing:
    """Everything that decides whether a reminder reaches the person.

    ``tray`` tells whether this desktop has a place for the tray icon; ``login`` whether the program starts with the
    login (``None``: nothing does here); ``stays`` whether closing the window leaves the program running.
    """

    channel: Channel
    tray: bool
    login: AutostartState | None
    stays: bool

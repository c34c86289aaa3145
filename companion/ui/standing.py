"""What stands between a reminder and the person on this computer, as values. Nothing here asks the desktop anything."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from companion.domain.values import value

if TYPE_CHECKING:
    from companion.desktop.notifier import Channel


class Login(StrEnum):
    """Whether the program starts by itself, hidden, when the person logs in."""

    ON = "on"
    OFF = "off"
    OFF_ELSEWHERE = "off_elsewhere"  # it is there, and was switched off in the system's own settings
    STALE = "stale"  # it is there, and would start another copy of the program, or another record
    IMPOSSIBLE = "impossible"  # nothing starts with the login here


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

    ``tray`` tells whether this desktop has a place for the tray icon; ``stays`` whether closing the window leaves the
    program running.
    """

    channel: Channel
    tray: bool
    login: Login
    stays: bool

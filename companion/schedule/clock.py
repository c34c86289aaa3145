"""Who is asked for the time: the system, or a fixed clock for tests, replays and pictures."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from companion.domain.moments import Clock, as_utc, zone_info

_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})
"""Names in the database of zones that stand for no place, and may change under one's hands."""


class SystemClock:
    """The computer's clock and zone."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def zone(self) -> str:
        """Return the IANA name of the computer's zone; ``UTC`` when nothing names one."""
        return system_zone()


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime, zone: str = "Europe/Rome") -> None:
        self._now = as_utc(now)
        self._zone = zone

    def now(self) -> datetime:
        """Return the instant it stands at."""
        return self._now

    def zone(self) -> str:
        """Return the zone it is in."""
        return self._zone

    def advance(self, span: timedelta) -> None:
        """Move on by ``span`` (or back, if it is negative)."""
        self._now += span

    def set(self, now: datetime) -> None:
        """Stand at another instant."""
        self._now = as_utc(now)

    def travel(self, zone: str) -> None:
        """Be in another zone."""
        self._zone = zone


class RunningClock:
    """A clock that was set to a moment and goes on from there, at the computer's own pace and in its zone."""

    def __init__(self, start: datetime) -> None:
        self._ahead = as_utc(start) - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the moment it was set to, and what has gone by since."""
        return datetime.now(UTC) + self._ahead

    def zone(self) -> str:
        """Return the IANA name of the computer's zone."""
        return system_zone()


class PersonClock:
    """The clock the whole record lives by: another clock's time, in the zone the person chose to stay in, if any."""

    def __init__(self, clock: Clock, home: str | None = None) -> None:
        self._clock = clock
        self._home: str | None = None
        self.stay(home)

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return self._clock.now()

    def zone(self) -> str:
        """Return the zone to stay in, or else the computer's."""
        return self._home or self._clock.zone()

    def here(self) -> str:
        """Return the computer's zone, whatever was chosen."""
        return self._clock.zone()

    def stay(self, home: str | None) -> None:
        """Stay in the zone ``home``, or move with the computer for ``None`` and for a name that no zone has."""
        self._home = home if home and zone_exists(home) else None


def zone_exists(name: str) -> bool:
    """Return whether ``name`` is a zone: settings and files may hold anything."""
    try:
        zone_info(name)
    except (LookupError, ValueError, OSError):
        return False
    return name not in _NO_PLACES


def fresh_zone() -> str:
    """Return what :func:`system_zone` does after looking anew: it remembers, and people travel."""
    import tzlocal

    try:
        tzlocal.reload_localzone()
    except (ValueError, OSError, LookupError):
        return system_zone()
    return system_zone()


def system_zone() -> str:
    """Return the IANA name of the computer's zone; ``UTC`` when nothing tells a zone that exists.

    tzlocal knows where each system keeps it (``TZ``, ``/etc/localtime``, the Windows registry) and translates the
    names of Windows. It knows no name for a file that is a plain copy of a zone.
    """
    return _named_zone() or _nameless_zone() or "UTC"


def zone_is_guessed() -> bool:
    """Return whether ``UTC`` is only what is left, while the clock on the computer's screen shows another time."""
    if _named_zone() or _nameless_zone():
        return False
    return time.timezone != 0 or time.altzone != 0


def _named_zone() -> str | None:
    import tzlocal

    try:
        name: str | None = tzlocal.get_localzone_name()
        return name if name and zone_info(name) else None
    except (ValueError, OSError, LookupError):
        return None


def _nameless_zone() -> str | None:
    from companion.schedule.nameless import nameless_zone

    name = nameless_zone()
    return name if name is not None and zone_exists(name) else None

"""What the person chose for reminders, as it lies in the record: one JSON value under ``reminders``.

Somebody may have edited it, or another version written it. Each field that makes no sense counts as not chosen, on its
own; nothing here raises for what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from companion.domain.errors import PersonError
from companion.domain.moments import Clock
from companion.domain.reminders import Quiet, ReminderSettings
from companion.schedule.clock import PersonClock, zone_exists

if TYPE_CHECKING:
    from companion.storage.record import Record

KEY = "reminders"
ZONE_SEEN = "zone_seen"

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=24)
MOST_FOLLOW_UPS = 5
NO_HOME = frozenset({"localtime", "posixrules", "factory"})

_DEFAULT = ReminderSettings()
_Chosen = TypeVar("_Chosen")


class _Nonsense(Exception):
    """A field does not hold what it should."""


def settings_in(text: str | None) -> ReminderSettings:
    """Return the settings that ``text`` holds, with the default for every field it does not hold sensibly."""
    try:
        kept = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return _DEFAULT
    if not isinstance(kept, dict):
        return _DEFAULT

    def field(name: str, read: Callable[[Any], _Chosen], default: _Chosen) -> _Chosen:
        if name not in kept:
            return default
        try:
            return read(kept[name])
        except _Nonsense:
            return default

    return ReminderSettings(
        on=field("on", _flag, _DEFAULT.on),
        quiet=field("quiet", _quiet, _DEFAULT.quiet),
        follow_ups=field("follow_ups", _spans, _DEFAULT.follow_ups),
        later=field("later", _span, _DEFAULT.later),
        sound=field("sound", _flag, _DEFAULT.sound),
        discreet=field("discreet", _flag, _DEFAULT.discreet),
        home=field("home", _zone, _DEFAULT.home),
        photo_day=field("photo_day", _flag, _DEFAULT.photo_day),
        tube_order=field("tube_order", _flag, _DEFAULT.tube_order),
    )


def settings_out(settings: ReminderSettings) -> str:
    """Return ``settings`` as they are stored. Spans are in minutes."""
    quiet = settings.quiet
    kept = {
        "on": settings.on,
        "quiet": None if quiet is None else [f"{each:%H:%M}" for each in (quiet.start, quiet.end)],
        "follow_ups": [_minutes(each) for each in settings.follow_ups],
        "later": _minutes(settings.later),
        "sound": settings.sound,
        "discreet": settings.discreet,
        "home": settings.home,
        "photo_day": settings.photo_day,
        "tube_order": settings.tube_order,
    }
    return json.dumps(kept, separators=(",", ":"))


def sensible(settings: ReminderSettings) -> ReminderSettings:
    """Return ``settings`` as they can be kept: whole minutes, spans within bounds and in order, no empty quiet.

    Raises:
        PersonError: ``unknown_zone``: there is no zone of the name to stay in.
    """
    if settings.home is not None and not _may_be_home(settings.home):
        raise PersonError("unknown_zone")
    quiet = settings.quiet
    if quiet is not None:
        quiet = Quiet(*(each.replace(second=0, microsecond=0, tzinfo=None) for each in (quiet.start, quiet.end)))
    return ReminderSettings(
        on=settings.on,
        quiet=None if quiet is None or quiet.start == quiet.end else quiet,
        follow_ups=tuple(sorted({bounded(each) for each in settings.follow_ups}))[:MOST_FOLLOW_UPS],
        later=bounded(settings.later),
        sound=settings.sound,
        discreet=settings.discreet,
        home=settings.home,
        photo_day=settings.photo_day,
        tube_order=settings.tube_order,
    )


def person_clock(record: Record, clock: Clock) -> PersonClock:
    """Return the clock a record lives by: ``clock``, in the zone the person chose to stay in, if any."""
    made = clock if isinstance(clock, PersonClock) else PersonClock(clock)
    made.stay(settings_in(record.setting(KEY)).home)
    return made


def zone_in(text: str | None) -> str | None:
    """Return the zone that ``text`` names, or ``None``."""
    return text if text and zone_exists(text) else None


def bounded(span: timedelta) -> timedelta:
    """Return ``span`` in whole minutes, not under one and not over a day."""
    return timedelta(minutes=_minutes(min(max(span, SHORTEST), LONGEST)))


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def _flag(kept: Any) -> bool:
    if not isinstance(kept, bool):
        raise _Nonsense
    return kept


def _zone(kept: Any) -> str | None:
    if kept is None:
        return None
    if not isinstance(kept, str) or not _may_be_home(kept):
        raise _Nonsense
    return kept


def _may_be_home(name: str) -> bool:
    """Return whether ``name`` is a zone, the same on every computer: "localtime" is whatever this one is in."""
    own = name.lower() in NO_HOME or name.startswith(("posix/", "right/"))
    return bool(name) and not own and zone_exists(name)


def _span(kept: Any) -> timedelta:
    if isinstance(kept, bool) or not isinstance(kept, int) or not 1 <= kept <= _minutes(LONGEST):
        raise _Nonsense
    return timedelta(minutes=kept)


def _spans(kept: Any) -> tuple[timedelta, ...]:
    if not isinstance(kept, list) or len(kept) > MOST_FOLLOW_UPS:
        raise _Nonsense
    return tuple(sorted({_span(each) for each in kept}))


def _quiet(kept: Any) -> Quiet | None:
    if kept is None:
        return None
    if not isinstance(kept, list) or len(kept) != 2:
        raise _Nonsense
    start, end = map(_time, kept)
    return Quiet(start, end) if start != end else None


def _time(kept: Any) -> time:
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", kept) if isinstance(kept, str) else None
    if found is None:
        raise _Nonsense
    return time(int(found[1]), int(found[2]))

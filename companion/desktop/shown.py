"""What is on the screen of reminders, and until when; and when nobody could have shown one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime

from companion.desktop import notices
from companion.desktop.heartbeat import EVERY
from companion.desktop.notifier import Notice
from companion.domain.dosing import MissedAdvice
from companion.domain.moments import local_day
from companion.domain.reminders import Announcement, Key, Kind, Outlook, ReminderSettings, Silence
from companion.services.changes import Changes

NO_PLAN = frozenset({Silence.NOT_SET_UP, Silence.OFF, Silence.PAUSED, Silence.ENDED})
REMEMBERED = 32


@dataclass(slots=True)
class Shown:
    """A notice that was handed over. ``outlook`` and ``away`` are those it was worded with, ``since`` steady seconds.

    ``what`` is ``None`` for one that announces nothing.
    """

    notice: Notice
    what: Announcement | None
    outlook: Outlook | None
    since: float
    away: bool = False
    in_window: bool = False

    def over(self, key: object, now: Outlook) -> bool:
        """Return whether there is nothing to answer any more: recorded, past, paused, switched off.

        A clock that cannot be right takes nothing away. What says "it is time" goes when the leaflet says to leave
        it out by now; it does not come again for that.
        """
        about = key.about if isinstance(key, notices.AskedLater) else key
        if not isinstance(about, Key) or now.silence is Silence.CLOCK:
            return False
        if now.silence in NO_PLAN:
            return True
        if about.slot is None:
            return self._day() < local_day(now.now, now.zone)
        current = now.current
        if current is None or current.slot != about.slot:
            return True
        skip = MissedAdvice.SKIP_IT
        return self.what is not None and current.advice is skip and self.what.advice is not skip

    def _day(self) -> date:
        """Return the day on which an errand was shown: its own may have been long before."""
        return date.max if self.outlook is None else local_day(self.outlook.now, self.outlook.zone)

    def reworded(self, settings: ReminderSettings) -> Notice | None:
        """Return what it says by what is chosen now, silently, or ``None`` where that is what it says."""
        if self.what is None or self.outlook is None:
            return None
        urgent = self.notice.urgent
        now = notices.of_reminder(self.what, self.outlook, settings, urgent=urgent, away=self.away)
        if (now.title, now.body, now.actions) == (self.notice.title, self.notice.body, self.notice.actions):
            return None
        return Notice(now.key, now.title, now.body, now.actions, urgent, False, now.open_label)


def settled_by(key: object, changes: Changes) -> bool:
    """Return whether a change is what the notice with this key asked for, as far as one can tell."""
    kind = key.kind if isinstance(key, Key) else None
    return (kind is Kind.PHOTO_DAY and changes.photos) or (kind is Kind.TUBE_ORDER and changes.tubes)


class Absence:
    """When nobody looked at the plan: the computer slept, or no record was open."""

    def __init__(self) -> None:
        self._seen: datetime | None = None
        self._spans: deque[tuple[datetime | None, datetime]] = deque(maxlen=REMEMBERED)

    def looked(self, now: datetime) -> None:
        """Somebody looks now."""
        if self._seen is None or now - self._seen > 2 * EVERY:
            self._spans.append((self._seen, now))
        self._seen = now

    def covers(self, moment: datetime) -> bool:
        """Return whether nobody looked at ``moment``."""
        return any((first is None or first < moment) and moment <= last for first, last in self._spans)

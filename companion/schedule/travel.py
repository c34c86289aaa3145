"""What to ask when the computer is in another zone than the one the person confirmed last. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from companion.domain.dosing import Application
from companion.domain.leaflet import Rules
from companion.domain.moments import Slot, local
from companion.domain.reminders import Errands, Key, ReminderSettings, Told, ZoneQuestion
from companion.domain.treatment import Treatment
from companion.schedule.reminders import believable, outlook


def zone_question(
    treatment: Treatment | None,
    settings: ReminderSettings,
    records: Mapping[Slot, Application],
    last_applied: Application | None,
    told: Mapping[Key, Told],
    errands: Errands,
    now: datetime,
    zone_seen: str | None,
    here: str,
    rules: Rules | None,
    since: datetime | None = None,
) -> ZoneQuestion | None:
    """Return what to ask about the computer's zone ``here``, or ``None`` when there is nothing to ask.

    ``zone_seen`` is the zone the person last confirmed (``None`` before the first). A zone whose clocks show the same
    for the coming year is no question; neither is one while no reminder lies ahead.
    """
    home = settings.home or zone_seen
    if not believable(now) or home is None or here in (home, zone_seen) or _alike(home, here, now):
        return None
    moving, staying = (
        outlook(treatment, settings, records, last_applied, told, errands, now, zone, rules, since).ahead
        for zone in (here, home)
    )
    return ZoneQuestion(home, here, moving, staying) if moving or staying else None


def _alike(one: str, other: str, now: datetime) -> bool:
    """Return whether the clocks of two zones show the same, looked at every week for a year."""
    moments = [now + timedelta(weeks=n) for n in range(54)]
    return all(local(each, one).utcoffset() == local(each, other).utcoffset() for each in moments)

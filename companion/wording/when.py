"""An instant in words, as near as it is."""

from __future__ import annotations

from datetime import datetime

from companion.domain.moments import DAY, local
from companion.wording import dates, say


def moment(at: datetime, zone: str, now: datetime) -> str:
    """Return an instant as the wall clock in ``zone`` shows it: ``today at 20:00``, ``Sat 28 Nov at 07:30``."""
    there, here = local(at, zone), local(now, zone)
    time = dates.clock_time(there)
    days = (there.date() - here.date()) // DAY
    known = {-1: "yesterday_at", 0: "today_at", 1: "tomorrow_at"}.get(days)
    if known is not None:
        return say(f"reminding.{known}", time=time)
    if abs(days) < 7:
        return say("reminding.at", day=f"{dates.weekday(there.date())}", time=time)
    return say("reminding.at", day=dates.short_day_year(there.date()), time=time)

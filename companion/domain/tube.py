"""How long a tube lasts: an estimate of supply, never a dose.

One fingertip unit is about 0.5 g and covers two handprints, so an application takes about 0.25 g a handprint
(Long and Finlay 1991; DermNet). See ``resources/content/sources.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from companion.domain.dosing import Application, Outcome
from companion.domain.treatment import Tube
from companion.domain.values import value

GRAMS_PER_HANDPRINT = 0.25
ORDER_AHEAD = timedelta(days=7)


@value
class TubeEstimate:
    """What is left of a tube, about. ``left`` and ``full`` in grams; ``days_left`` at the usual amount.

    ``order_by`` is a week before it runs out or must be thrown away; ``discard_on`` is the leaflet's date after opening
    or the expiry date, whichever comes first, or ``None`` where the leaflet states none and no expiry was noted.
    """

    full: int
    left: float
    per_day: float
    days_left: int | None
    order_by: date | None
    discard_on: date | None

    @property
    def share(self) -> float:
        """Return the share that is left, 0 to 1."""
        return self.left / self.full if self.full else 0.0


def months_after(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    # The calendar module would know the length of a month too, but costs the start 3 ms.
    return first.replace(day=min(day.day, (following - first).days))


def usual_grams(handprints: Decimal) -> float:
    """Return the grams one application on so many handprints takes, about."""
    return float(handprints) * GRAMS_PER_HANDPRINT


def estimate(
    tube: Tube,
    applications: Iterable[Application],
    handprints: Decimal,
    today: date,
    discard_months: int | None,
) -> TubeEstimate:
    """Return what is left of ``tube`` after the applications since it was opened.

    ``applications`` may hold others; grams the person noted count as noted, the rest at the usual amount.
    """
    mine = [
        each for each in applications if each.outcome is Outcome.APPLIED and tube.opened_on <= each.slot.day <= today
    ]
    noted = sum(each.grams for each in mine if each.grams is not None)
    unnoted = sum(each.grams is None for each in mine)
    return estimate_from(tube, noted, unnoted, handprints, today, discard_months)


def estimate_from(
    tube: Tube,
    noted_grams: float,
    unnoted: int,
    handprints: Decimal,
    today: date,
    discard_months: int | None,
) -> TubeEstimate:
    """Return what is left of ``tube`` after ``noted_grams`` and ``unnoted`` applications at the usual amount."""
    usual = usual_grams(handprints)
    left = max(0.0, tube.grams - noted_grams - unnoted * usual)
    per_day = 2 * usual
    days_left = int(left / per_day) if per_day else None
    runs_out = today + timedelta(days=days_left) if days_left is not None and days_left < 3650 else None
    limits = [tube.expires_on] if tube.expires_on else []
    if discard_months:
        limits.append(months_after(tube.opened_on, discard_months))
    discard_on = min(limits, default=None)
    # What is in a tube that may no longer be used does not put off the next one.
    needed = min(runs_out, discard_on or runs_out) if runs_out else None
    return TubeEstimate(
        full=tube.grams,
        left=left,
        per_day=per_day,
        days_left=days_left,
        order_by=max(today, needed - ORDER_AHEAD) if needed else None,
        discard_on=discard_on,
    )

"""What the start page and the reminders need of a record, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from companion.domain.dosing import Application
from companion.domain.photos import Photo
from companion.domain.reactions import SymptomEntry
from companion.domain.reminders import Told
from companion.domain.treatment import Place, Treatment, Tube
from companion.domain.values import value


@value
class Glance:
    """A consistent reading of a record for a span of days.

    ``applications`` are those of the asked days, oldest first; ``last_applied`` is the latest application of cream of
    the whole record. ``tube`` is the open tube opened last; of the applications of cream since its day,
    ``tube_noted_grams`` is the sum of the noted grams and ``tube_unnoted`` counts those without.
    ``symptoms`` are the five noted last; ``photos`` the newest photo of each place that is not intimate, newest first.
    """

    settings: Mapping[str, str]
    treatment: Treatment | None
    places: tuple[Place, ...]
    applications: tuple[Application, ...]
    last_applied: Application | None
    tube: Tube | None
    tube_noted_grams: float
    tube_unnoted: int
    symptoms: tuple[SymptomEntry, ...]
    photos: tuple[Photo, ...]
    last_photo_at: datetime | None


@value
class Watch:
    """What the reminders need of a record, for a span of days. As in :class:`Glance`, where the names are the same.

    ``last_applied`` is the latest up to the moment asked for: what a wrong clock logged ahead hides no earlier one.
    ``settings`` holds those of the reminders only; ``told`` is what is known of the reminders of the asked days and
    later, and of all that are about no slot.
    """

    settings: Mapping[str, str]
    treatment: Treatment | None
    places: tuple[Place, ...]
    applications: tuple[Application, ...]
    last_applied: Application | None
    told: tuple[Told, ...]
    tube: Tube | None
    tube_noted_grams: float
    tube_unnoted: int
    last_photo_at: datetime | None

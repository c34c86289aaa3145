"""How photos are spoken of: names, dates, weeks of treatment. No widgets here, so the tests read them as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from companion.domain.moments import local, week_number
from companion.domain.photos import Photo
from companion.domain.treatment import Place
from companion.wording import dates, say
from companion.wording.places import place_name


@lru_cache(maxsize=1 << 15)
def day_taken(at: datetime, zone: str) -> date:
    """Return the day of an instant in a zone; kept, for a long album asks thousands of times while it is shown."""
    return local(at, zone).date()


@dataclass(frozen=True, slots=True)
class Words:
    """What is needed to speak of photos: the places by id, the first day of treatment, the present day.

    ``of_place`` says that all photos shown are of one place, which then need not be named under each.
    """

    places: dict[int, Place]
    start: date | None
    today: date
    of_place: bool = False

    def day_of(self, photo: Photo) -> date:
        """Return the day a photo was taken, as the person's clock showed it then."""
        return day_taken(photo.taken_at, photo.zone)

    def month(self, photo: Photo) -> tuple[int, int]:
        """Return year and month; of one place, of which there are few, only the year (and 0)."""
        day = self.day_of(photo)
        return day.year, 0 if self.of_place else day.month

    def place(self, photo: Photo) -> str:
        """Return the name of the place, or that none was chosen yet."""
        known = self.places.get(photo.place_id) if photo.place_id is not None else None
        return place_name(known) if known is not None else say("photos.no_place")

    def is_private(self, photo: Photo) -> bool:
        """Return whether it shows a private place."""
        known = self.places.get(photo.place_id) if photo.place_id is not None else None
        return known is not None and known.intimate

    def week(self, photo: Photo) -> str:
        """Return ``week 14``, ``before the start``, or nothing without a treatment."""
        if self.start is None:
            return ""
        week = week_number(self.start, self.day_of(photo))
        return say("photos.week", week=week) if week else say("photos.before_start")

    def name(self, photo: Photo) -> str:
        """Return ``Left hand, 21 November 2026, week 14``."""
        values = {"place": self.place(photo), "day": dates.long_day(self.day_of(photo))}
        week = self.week(photo)
        return say("photos.name_week", week=week, **values) if week else say("photos.name", **values)

    def day(self, photo: Photo) -> str:
        """Return ``21 Nov``, with the year unless it is this one."""
        day = self.day_of(photo)
        return dates.short_day(day) if day.year == self.today.year else dates.short_day_year(day)

    def under(self, photo: Photo) -> str:
        """Return what stands below the day of a small photo: the place, or the week where all are of one place."""
        return self.week(photo) if self.of_place else self.place(photo)

    def pill(self, photo: Photo) -> str:
        """Return what is written on a photo: ``21 Nov, week 14``."""
        week = self.week(photo)
        return say("photos.pill", day=self.day(photo), week=week) if week else self.day(photo)

    def taken(self, photo: Photo) -> str:
        """Return day and time in full."""
        there = local(photo.taken_at, photo.zone)
        return say("photos.taken_at", day=dates.long_day(there.date()), time=dates.clock_time(there))

    def detail(self, photo: Photo) -> str:
        """Return week and, shortly, how the date is known: ``Week 14. Date from the camera.``"""
        known = say(f"photos.known_short.{photo.taken_source.value}")
        if self.start is None:
            return known
        week = week_number(self.start, self.day_of(photo))
        return say("photos.detail", week=week, known=known) if week else say("photos.detail_before", known=known)

    def file_name(self, photo: Photo) -> str:
        """Return the name of an exported file without its suffix: ``2026-11-21-hand_left``."""
        known = self.places.get(photo.place_id) if photo.place_id is not None else None
        return f"{self.day_of(photo).isoformat()}-{known.region if known is not None else 'photo'}"


def heading(month: tuple[int, int], count: int) -> tuple[str, str]:
    """Return the words over a month of photos, or over a year when the month is 0."""
    title = dates.month_year(date(month[0], month[1], 1)) if month[1] else str(month[0])
    return title[:1].upper() + title[1:], say("photos.count", count=count)


def span(first: date, second: date) -> str:
    """Return from when to when two photos are, and how many weeks lie between."""
    early, late = sorted((first, second))
    weeks = (late - early).days // 7
    first_day = dates.long_day(early)
    values = {"first": first_day, "last": dates.long_day(late)}
    if early == late:
        return say("photos.compare.same_day", day=dates.long_day(early))
    if not weeks:
        return say("photos.compare.span_days", count=(late - early).days, **values)
    return say("photos.compare.span", count=weeks, **values)


def how_known(photo: Photo) -> str:
    """Return how the date of a photo is known."""
    return say(f"photos.known.{photo.taken_source.value}")


def listed(names: Sequence[str], most: int) -> tuple[str, int]:
    """Return the first ``most`` names in one line, and how many are left out."""
    return say("photos.list_join").join(names[:most]), max(0, len(names) - most)

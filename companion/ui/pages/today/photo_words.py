"""What the card of the photo day says."""

from __future__ import annotations

from datetime import date

from companion.domain.today import PhotoDay
from companion.ui.pages.today import words
from companion.wording import dates, say


def photo_title(photos: PhotoDay, today: date) -> str:
    """Return when the next photos are due."""
    if photos.last is None:
        return say("today.photo.title_first")
    days = (photos.due - today).days
    if days < 0:
        return say("today.photo.title_past")
    if days < 2:
        return say("today.photo.title_today" if days == 0 else "today.photo.title_tomorrow")
    return say("today.photo.title_ahead", day=words.day_said(photos.due, today))


def photo_text(photos: PhotoDay, today: date) -> str:
    """Return how long ago the last photos were and how to take the next."""
    if photos.last is None:
        return say("today.photo.first")
    days = (today - photos.last).days
    ago = say("today.photo.weeks_ago", count=days // 7) if days >= 14 else dates.days_ago(days)
    shown = len(photos.photos)
    if not shown:  # of no place, or of a private one that Today does not name
        return say("today.photo.text_no_place", ago=ago)
    if shown < photos.places:
        return say("today.photo.text_some", count=shown, places=photos.places, ago=ago)
    return say("today.photo.text", count=shown, ago=ago)

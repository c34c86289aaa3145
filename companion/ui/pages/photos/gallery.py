"""What the photos page knows of the record: the photos, the places, what is private; read once, shown by every view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import sleep
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from companion.domain.photos import Photo
from companion.domain.treatment import Place
from companion.services.album import Album
from companion.ui.context import Context
from companion.ui.pages.photos.words import Words, day_taken
from companion.ui.widgets.photo_view_loader import Pictures, Thumbs
from companion.wording.places import place_name

FIRST = 240
"""How many photos are read at once; the rest of a long record follows in the background."""

CHUNK = 250
"""How many of the rest are read in one go: nobody else can read or write the record meanwhile."""
PAUSE = 0.002
"""Seconds between two goes, in which whoever waits gets the record."""

EVERYTHING = ""
UNASSIGNED = "none"


class Gallery(QObject):
    """The photos, newest first. ``changed`` is sent when they were read anew, or private ones are shown or hidden.

    Private photos are locked when the page is built, and shown only after the person asked.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.thumbs = Thumbs(context.tasks, context.album.thumbnail, self)
        self.strip_thumbs = Thumbs(context.tasks, context.album.thumbnail, self)
        self.pictures = Pictures(context.tasks, context.album.display, self)
        self.words = Words({}, None, context.care.today())
        self.unlocked = False
        self.complete = True
        self.last_place: int | None = None
        self.thrown_away: tuple[Photo, ...] = ()
        """The photos deleted lately, private ones among them."""
        self._photos: tuple[Photo, ...] = ()
        self._private: frozenset[int] = frozenset()
        self._seen: tuple[Photo, ...] = ()
        self._by_id: dict[int, Photo] = {}
        self._round = 0
        self._last = context.clock.now()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_rest)

    # Reading

    def read(self) -> None:
        """Read the record. A long one is shown from its newest photos on, and complete a moment later."""
        care = self.context.care
        treatment = care.current()
        places = {place.id: place for place in care.places(include_archived=True)}
        self.words = Words(places, treatment.started_on if treatment else None, care.today())
        self._round += 1
        self.thrown_away = self.context.album.thrown_away()
        first = self.context.album.page(limit=FIRST)
        self.complete = len(first) < FIRST
        if not self.complete and len(self._photos) > len(first):
            kept = {photo.id for photo in first}
            # What was read before stands in until the new answer comes, so that nothing jumps.
            first += tuple(each for each in self._photos if each.id not in kept and each.taken_at < first[-1].taken_at)
        self._publish(first)
        if not self.complete:
            self._last = first[FIRST - 1].taken_at
            self._soon.start()  # after what is read already was painted

    def _read_rest(self) -> None:
        work = _rest(self.context.album, self._round, self._last)
        self.context.tasks.run(work, self._arrived, self.context.host.say_problem, writes=False)

    def _arrived(self, found: tuple[int, tuple[Photo, ...], datetime]) -> None:
        number, rest, last = found
        if number != self._round:
            return
        self.complete = True
        self._publish(tuple(each for each in self._photos if each.taken_at >= last) + rest)

    def _publish(self, photos: tuple[Photo, ...]) -> None:
        self._photos = photos
        private = {each.id for each in self.words.places.values() if each.intimate}
        self._private = frozenset(photo.id for photo in photos if photo.place_id in private)
        self._show()

    def _show(self) -> None:
        """Tell what may be seen now."""
        locked = frozenset() if self.unlocked else self._private
        self._seen = tuple(photo for photo in self._photos if photo.id not in locked) if locked else self._photos
        self._by_id = {photo.id: photo for photo in self._seen}
        self.changed.emit()

    # Private photos

    def unlock(self, on: bool) -> None:
        """Show private photos, or hide them again."""
        if on != self.unlocked:
            self.unlocked = on
            self._show()

    def has_private(self) -> bool:
        """Return whether there are photos of private places."""
        return bool(self._private)

    # Photos

    def photos(self, key: str = EVERYTHING) -> tuple[Photo, ...]:
        """Return the photos that may be seen: all, those of no place (``UNASSIGNED``), or of the place with this id."""
        if key == EVERYTHING:
            return self._seen
        number = None if key == UNASSIGNED else int(key)
        return tuple(each for each in self._seen if each.place_id == number)

    def photo(self, photo_id: int) -> Photo | None:
        """Return a photo that may be seen, or ``None``."""
        return self._by_id.get(photo_id)

    def is_hidden(self, photo_id: int) -> bool:
        """Return whether a photo is there but private and locked."""
        return not self.unlocked and photo_id in self._private

    def is_empty(self) -> bool:
        """Return whether the record holds no photo at all."""
        return not self._photos

    # Places

    def places(self) -> tuple[Place, ...]:
        """Return the places photos can be put to, in the person's order; private ones when they are shown."""
        known = self.words.places.values()
        return tuple(each for each in known if not each.archived and (self.unlocked or not each.intimate))

    def choices(self) -> list[tuple[str, str]]:
        """Return the places as choices: key and name."""
        return [(str(each.id), place_name(each)) for each in self.places()]

    def filters(self) -> list[tuple[str, str]]:
        """Return the places to filter by: the person's own, and given up ones that have photos."""
        used = {photo.place_id for photo in self.photos()}
        return [
            (str(each.id), place_name(each))
            for each in self.words.places.values()
            if (self.unlocked or not each.intimate) and (not each.archived or each.id in used)
        ]

    def comparable(self) -> list[tuple[str, str]]:
        """Return the places with at least two photos, those photographed last first."""
        counts: dict[int, int] = {}
        for photo in self.photos():
            if photo.place_id is not None:
                counts[photo.place_id] = counts.get(photo.place_id, 0) + 1
        return [(str(number), place_name(self.words.places[number])) for number, many in counts.items() if many > 1]


def _rest(album: Album, number: int, before: datetime) -> Callable[[Any], tuple[int, tuple[Photo, ...], datetime]]:
    def work(job: Any) -> tuple[int, tuple[Photo, ...], datetime]:
        found: list[Photo] = []
        last = before
        while part := album.page(limit=CHUNK, before=last):
            found += part
            for photo in part:
                day_taken(photo.taken_at, photo.zone)  # here, so that the window need not work it out
            last = part[-1].taken_at
            if len(part) < CHUNK or job.stopped():
                break
            sleep(PAUSE)
        return number, tuple(found), before

    return work

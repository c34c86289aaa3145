"""The example record: somebody's life that nobody lived, to look around in. It never takes the place of a real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.care import CareEntry, OtherTreatment, Visit
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.moments import Clock, local, local_day
from companion.domain.treatment import KEPT_SINCE
from companion.services import example_life, opening
from companion.services.album import Album
from companion.services.example_life import Life
from companion.services.treatment import Care, SetupAnswers
from companion.wording import say

if TYPE_CHECKING:
    from companion.storage.record import Record

MAX_WEEKS = 520
SKINS = range(1, 7)
EXAMPLE_SETTING = "example"
SOURCE = "example"
PART = ".companion-example-"
"""How the hidden folder is called in which an example is made, before the name it is to have."""

_PICTURED = {example_life.FACE: "cheek", example_life.HAND: "hand", example_life.KNEE: "knee"}

Progress = Callable[[int, int], None]


def build(
    folder: Path, clock: Clock, skin: int = 3, weeks: int = 30, progress: Progress | None = None, seed: int = 1
) -> None:
    """Make an example record in ``folder``, which is missing or empty, and close it.

    The same clock and arguments give the same life. ``progress`` is told (done, of) after each picture; when it raises,
    nothing is left behind. It is made in a hidden folder beside and gets its place when it is whole, so that a process
    that is killed leaves no half of one; what it leaves, the next making for the same ``folder`` removes. Only a folder
    that cannot be replaced (a link, a drive) is filled where it is.

    Raises:
        PersonError: ``folder_not_empty``, ``weeks_range``.
        SurroundingsError: it could not be written; nothing is left behind.
    """
    if skin not in SKINS:
        raise ValueError("skin")
    if not 1 <= weeks <= MAX_WEEKS:
        raise PersonError("weeks_range", most=MAX_WEEKS)
    if not opening.look(folder).absent:
        raise PersonError("folder_not_empty")
    was_there = folder.exists()
    apart = not (folder.is_symlink() or folder.is_mount() or (was_there and any(folder.iterdir())))
    place = folder.with_name(PART + folder.name) if apart else folder
    if apart:
        shutil.rmtree(place, ignore_errors=True)
    record = opening.create_example(place)
    try:
        _fill(record, clock, skin, weeks, seed, progress)
        record.close()
        if apart:
            _move(place, folder)
    except BaseException:
        record.close()
        shutil.rmtree(place, ignore_errors=True)
        if was_there:
            folder.mkdir(parents=True, exist_ok=True)
        raise


def _fill(record: Record, clock: Clock, skin: int, weeks: int, seed: int, progress: Progress | None) -> None:
    zone = clock.zone()
    life = example_life.live(clock.now(), zone, local_day(clock.now(), zone), weeks, seed)
    first = life.treatment.times[0]
    Care(record, clock).set_up(
        SetupAnswers(
            leaflet=life.treatment.leaflet,
            started_on=life.treatment.started_on,
            morning=first.morning,
            evening=first.evening,
            name=say("example.name"),
            places=example_life.PLACES,
        )
    )
    _write(record, life)
    _photograph(record, clock, life, skin, seed, progress)


def _write(record: Record, life: Life) -> None:
    """Write everything but the photos, in one transaction."""
    with record.unit_of_work() as work:
        treatment = work.treatments.current()
        assert treatment is not None
        work.settings.put(EXAMPLE_SETTING, "yes")
        work.settings.put(KEPT_SINCE, "")  # it tells of a life that was written down from the first day on
        for times in life.treatment.times[1:]:
            work.treatments.set_times(treatment.id, times)
        for application, recorded_at in life.applications:
            work.applications.add(treatment.id, application, SOURCE, recorded_at)
        for symptom in life.symptoms:
            words = say(f"example.symptom.{symptom.note}") if symptom.note else ""
            work.symptoms.add(replace(symptom, note=words))
        for note, key in life.notes:
            work.notes.add(replace(note, text=say(f"example.note.{key}")))
        for tube in life.tubes:
            work.tubes.add(tube)
        for entry in life.care:
            work.care.add(_said(entry))


def _said(entry: CareEntry) -> CareEntry:
    """Return an entry of an example life with its keys put into words."""
    what = entry.what
    if isinstance(what, OtherTreatment):
        what = replace(what, name=_words(what.name))
    elif isinstance(what, Visit):
        what = replace(what, asked=_words(what.asked), said=_words(what.said))
    return replace(entry, what=what, note=_words(entry.note))


def _words(key: str) -> str:
    return say(f"example.care.{key}") if key else ""


def _photograph(record: Record, clock: Clock, life: Life, skin: int, seed: int, progress: Progress | None) -> None:
    """Draw the photos and keep them. They are ours, so they are taken in here and in no worker process."""
    from companion.imaging.intake import prepare, take_in
    from companion.imaging.synthetic import draw_skin

    prepare()
    album = Album(record, clock)
    # By place: the skin of a place is drawn once and photographed again at each visit.
    photos = [
        (place, at, left, each.visit)
        for place in _PICTURED
        for each in life.photo_sets
        for known, at, left in each.photos
        if known == place
    ]
    for done, (place, at, left, visit) in enumerate(photos, 1):
        moment = local(at, clock.zone())
        data = draw_skin(_PICTURED[place], skin, left, seed, visit=visit, taken=moment)
        taken = take_in(data)
        album.keep(taken, taken.raw_sha256, place)
        if progress is not None:
            progress(done, len(photos))


def _move(made: Path, folder: Path) -> None:
    """Give a whole example its place, where at most an empty folder is."""
    try:
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except OSError:
        raise SurroundingsError("folder_read_only") from None

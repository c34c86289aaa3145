"""Photos: bring them in, list them, hand their pixels out, assign, delete, export."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from companion.domain.errors import CompanionError, NeedsAnswer, PersonError, SurroundingsError
from companion.domain.moments import Clock, as_utc, instant_of, local
from companion.domain.photos import Photo, PhotoKind, TakenSource
from companion.domain.pictures import CaptureTime, PictureFormat, Refusal, TakenIn
from companion.services.changes import Changes, Done, Undo
from companion.services.journal import GET_HELP, MAX_TEXT, help_for_text

if TYPE_CHECKING:
    from companion.imaging.workers import IntakePool
    from companion.storage.record import Record

MAX_FILE_BYTES = 64_000_000
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""A capture time before digital cameras, or in the future, is a clock that was never set."""
KEEP_DELETED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to bring in: what to call it in messages, and its bytes or where they are."""

    name: str
    path: Path | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A picture that was left out, and why. The file itself was not touched."""

    name: str
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import: new photo ids, names of pictures that are there already, those left out.

    ``stopped`` is true when the person stopped it; what was brought in until then stays. ``undo`` takes it out again.
    """

    added: tuple[int, ...]
    duplicates: tuple[str, ...]
    refused: tuple[Refused, ...]
    stopped: bool
    changes: Changes
    undo: Undo | None = None


def sources_of(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Return the files among ``paths``, and the files directly inside the folders among them, in name order."""
    found: list[Source] = []
    for path in paths:
        try:
            files = sorted(each for each in path.iterdir() if not each.is_dir()) if path.is_dir() else [path]
        except OSError:
            files = [path]  # a folder nobody may look into is named as unreadable, like a file
        found += [Source(file.name, path=file) for file in files]
    return tuple(found)


class Album:
    """The photos of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def bring_in(
        self,
        sources: Sequence[Source],
        place_id: int | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> Brought:
        """Bring pictures in, one after the other, each durable before the next is begun.

        Foreign bytes are decoded in limited worker processes only. A picture that is there already (by content) is
        left out, and one that cannot be used is named with its reason; neither harms the others.

        Args:
            progress: told (done, of) after each picture.
            stopped: asked before each picture; true ends the import there.

        Raises:
            SurroundingsError: the record cannot be written (disk full, read-only), or ``helper_failed``: no worker
                process can be started; what was brought in stays.
        """
        from companion.imaging.workers import IntakePool

        added: list[int] = []
        duplicates: list[str] = []
        refused: list[Refused] = []
        halted = False
        with IntakePool() as pool:
            for index, source in enumerate(sources):
                if stopped is not None and stopped():
                    halted = True
                    break
                outcome = self._bring_one(source, place_id, pool)
                if isinstance(outcome, Refusal):
                    refused.append(Refused(source.name, outcome))
                elif outcome is None:
                    duplicates.append(source.name)
                else:
                    added.append(outcome)
                if progress is not None:
                    progress(index + 1, len(sources))
        undo = Undo("photos_added", (), tuple(added)) if added else None
        return Brought(tuple(added), tuple(duplicates), tuple(refused), halted, Changes(photos=bool(added)), undo)

    def _bring_one(self, source: Source, place_id: int | None, pool: IntakePool) -> int | Refusal | None:
        try:
            data = self._bytes_of(source)
        except OSError:
            return Refusal.UNREADABLE
        if isinstance(data, Refusal):
            return data
        raw_hash = hashlib.sha256(data).hexdigest()
        with self._record.unit_of_work() as work:
            if work.photos.by_hash(raw_hash) is not None:
                return None
        try:
            taken = pool.take_in(data)
        except OSError:
            raise SurroundingsError("helper_failed") from None
        if isinstance(taken, Refusal):
            return taken
        return self.keep(taken, raw_hash, place_id, self._file_time(source))

    def keep(self, taken: TakenIn, raw_hash: str, place_id: int | None, file_time: datetime | None = None) -> int:
        """Put a picture that was taken in into the vault, then its row; return the photo's id.

        The bytes are durable before the row names them, so a row never points at nothing; if the row cannot be
        written, the bytes are taken out again.

        Raises:
            PersonError: ``already_there``: the same picture is in the record.
            SurroundingsError: the record cannot be written.
        """
        vault = self._record.vault
        names: list[str] = []
        try:
            for data, kind in (
                (taken.original, "original"),
                (taken.display.data, "display"),
                (taken.thumbnail.data, "thumbnail"),
            ):
                names.append(vault.put(data, kind))
            at, zone, how = self._moment(taken.taken, file_time)
            photo = Photo(
                id=0,
                place_id=place_id,
                taken_at=at,
                zone=zone,
                taken_source=how,
                kind=PhotoKind.ORDINARY,
                picture_format=taken.format.value,
                width=taken.width,
                height=taken.height,
                original=names[0],
                display=names[1],
                thumbnail=names[2],
                raw_hash=raw_hash,
                stored_hash=taken.original_sha256,
                imported_at=self._clock.now(),
            )
            with self._record.unit_of_work() as work:
                return work.photos.add(photo)
        except CompanionError:
            for name in names:
                vault.delete(name)
            raise

    def page(self, place_id: int | None = None, limit: int = 200, before: datetime | None = None) -> tuple[Photo, ...]:
        """Return photos newest first, of one place or all, taken before an instant."""
        with self._record.unit_of_work() as work:
            return work.photos.page(place_id=place_id, limit=limit, before=before)

    def get(self, photo_id: int) -> Photo | None:
        """Return one photo, or ``None`` when it is gone."""
        with self._record.unit_of_work() as work:
            return work.photos.get(photo_id)

    def counts(self) -> dict[int | None, int]:
        """Return how many photos there are of each place id (``None``: not assigned)."""
        with self._record.unit_of_work() as work:
            return work.photos.counts()

    def thumbnail(self, photo: Photo) -> bytes:
        """Return the 256-pixel JPEG of a photo; raises ``SurroundingsError`` for a missing or damaged file."""
        return self._record.vault.get(photo.thumbnail, "thumbnail")

    def display(self, photo: Photo) -> bytes:
        """Return the JPEG of about 2,000 pixels that the window shows."""
        return self._record.vault.get(photo.display, "display")

    def original(self, photo: Photo) -> bytes:
        """Return the original picture file, without what identifies the person or the camera."""
        return self._record.vault.get(photo.original, "original")

    def assign(self, photo_ids: Sequence[int], place_id: int | None) -> Done:
        """Say which place photos show."""
        return self._change(photo_ids, lambda photo: replace(photo, place_id=place_id))

    def set_taken(self, photo_ids: Sequence[int], at: datetime) -> Done:
        """Correct when photos were taken (an aware instant)."""
        moment = as_utc(at)
        if moment > self._clock.now() + timedelta(minutes=2):
            raise PersonError("in_future")
        zone = self._clock.zone()
        return self._change(
            photo_ids,
            lambda photo: replace(photo, taken_at=moment, zone=zone, taken_source=TakenSource.PERSON),
        )

    def set_note(self, photo_id: int, text: str, help_shown: bool = False) -> Done:
        """Write the note of a photo anew; an empty one takes it away.

        Raises:
            PersonError: ``note_too_long``, ``entry_gone``.
            NeedsAnswer: ``get_help`` with ``category``: what is new in the text sounds urgent; show the page, then call
                again with ``help_shown``.
        """
        note = text.strip()
        if len(note) > MAX_TEXT:
            raise PersonError("note_too_long", count=MAX_TEXT)
        photo = self.get(photo_id)
        if photo is None or photo.deleted:
            raise PersonError("entry_gone")
        known = help_for_text(photo.note)
        category = next((each for each in help_for_text(note) if each not in known), None)
        if category is not None and not help_shown:
            raise NeedsAnswer((GET_HELP,), category=category)
        return replace(self._change([photo_id], lambda each: replace(each, note=note)), id=photo_id, help=category)

    def delete(self, photo_ids: Sequence[int]) -> Done:
        """Delete photos; undo brings them back for thirty days, after which their bytes are destroyed."""
        now = self._clock.now()
        with self._record.unit_of_work() as work:
            for number in photo_ids:
                work.photos.mark_deleted(number, now)
        return Done(Changes(photos=True), undo=Undo("photos_deleted", tuple(photo_ids), ()))

    def thrown_away(self) -> tuple[Photo, ...]:
        """Return the deleted photos whose bytes are still there, the latest deletion first."""
        with self._record.unit_of_work() as work:
            return work.photos.all(deleted=True)

    def undo(self, undo: Undo) -> Done:
        """Take back an import, a deletion or a change; a picture that was brought in anew meanwhile stays as it is."""
        now = self._clock.now()
        with self._record.unit_of_work() as work:
            for each in undo.after if undo.what == "photos_added" else ():
                work.photos.mark_deleted(int(str(each)), now)
            for each in undo.before:
                if isinstance(each, int):
                    photo = work.photos.get(each)
                    if photo is not None and work.photos.by_hash(photo.raw_hash) is None:
                        work.photos.restore(each)
                elif isinstance(each, Photo):
                    work.photos.update(each)
        return Done(Changes(photos=True))

    def purge(self) -> int:
        """Destroy the bytes of photos deleted more than thirty days ago; rows first. Return how many."""
        with self._record.unit_of_work() as work:
            gone = work.photos.purge(self._clock.now() - KEEP_DELETED)
        for name in gone:
            self._record.vault.delete(name)
        return len(gone) // 3

    def sweep(self) -> int:
        """Put aside the picture files no row speaks of, left by an import that was cut short; return how many."""
        with self._record.unit_of_work() as work:
            known = set(work.photos.all_names())
        return len(self._record.vault.sweep(known, self._clock.now()))

    def export(
        self,
        photos: Sequence[Photo],
        folder: Path,
        names: Callable[[Photo], str],
        *,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> tuple[Path, ...]:
        """Write the cleaned originals into ``folder`` under plain ASCII names; nothing there is overwritten.

        They are not encrypted there. ``progress`` and ``stopped`` are as in :meth:`bring_in`.

        Raises:
            PersonError: ``inside_record``: the folder of the record.
            SurroundingsError: ``target_not_writable`` or ``disk_full``; a half-written file is removed.
                ``photo_missing``, ``photo_damaged`` after every other photo was written.
        """
        from companion.export.folder import staged

        if folder.resolve().is_relative_to(self._record.folder.resolve()):
            raise PersonError("inside_record")
        written: list[Path] = []
        lost: SurroundingsError | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with staged(folder) as stage:
                for done, photo in enumerate(photos, 1):
                    if stopped is not None and stopped():
                        break
                    try:
                        written.append(self._export_one(photo, folder, names(photo), stage))
                    except SurroundingsError as error:
                        lost = error  # one photo's file; the others must not stay behind with it
                    if progress is not None:
                        progress(done, len(photos))
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise SurroundingsError("disk_full" if full else "target_not_writable") from None
        if lost is not None:
            raise lost
        return tuple(written)

    def _export_one(self, photo: Photo, folder: Path, name: str, stage: Path) -> Path:
        from companion.export.folder import place

        target = _free_name(folder, name, PictureFormat(photo.picture_format).suffix)
        return place(self.original(photo), target, stage)

    def _change(self, photo_ids: Sequence[int], change: Callable[[Photo], Photo]) -> Done:
        before: list[Photo] = []
        with self._record.unit_of_work() as work:
            for number in photo_ids:
                photo = work.photos.get(number)
                if photo is not None:
                    before.append(photo)
                    work.photos.update(change(photo))
        return Done(Changes(photos=True), undo=Undo("photos", tuple(before), ()))

    @staticmethod
    def _bytes_of(source: Source) -> bytes | Refusal:
        if source.data is not None:
            return source.data
        if source.path is None or not source.path.is_file():
            return Refusal.UNREADABLE
        size = source.path.stat().st_size
        if size > MAX_FILE_BYTES:
            return Refusal.TOO_LARGE
        return source.path.read_bytes()

    @staticmethod
    def _file_time(source: Source) -> datetime | None:
        if source.path is None:
            return None
        try:
            return datetime.fromtimestamp(source.path.stat().st_mtime, UTC)
        except (OSError, ValueError, OverflowError):
            return None

    def _moment(self, captured: CaptureTime, file_time: datetime | None) -> tuple[datetime, str, TakenSource]:
        """Return when a photo was taken, the zone, and how that is known: camera, else file, else the import."""
        zone, now = self._clock.zone(), self._clock.now()
        at: datetime | None = None
        if captured.local is not None:
            if captured.offset is not None:
                at = captured.local.replace(tzinfo=UTC) - captured.offset
            else:
                at = instant_of(captured.local.date(), captured.local.time(), zone)
            if at is not None and EARLIEST <= at <= now + timedelta(days=1):
                return at, zone, TakenSource.EXIF
        if file_time is not None and EARLIEST <= file_time <= now + timedelta(days=1):
            return file_time, zone, TakenSource.FILE
        return now, zone, TakenSource.IMPORT


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    clean = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem).strip("-") or "photo"
    target = folder / f"{clean}{suffix}"
    number = 2
    while target.exists():
        target = folder / f"{clean}-{number}{suffix}"
        number += 1
    return target


def local_taken(photo: Photo) -> datetime:
    """Return when a photo was taken as the wall clock showed it."""
    return local(photo.taken_at, photo.zone)

"""Fetches photos for the window: decrypted and decoded on workers, kept while they are likely to be looked at again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from companion.domain.errors import CompanionError
from companion.domain.photos import Photo
from companion.ui.pixels import image_of
from companion.ui.widgets.photo_view_picture import Picture, decoded

if TYPE_CHECKING:
    from companion.desktop.tasks import Tasks

Read = Callable[[Photo], bytes]

_BATCH = 6
_AT_ONCE = 2
_THUMBS_KEPT = 360
_WANTED_KEPT = 160
_PICTURES_KEPT = 4

_EXPAND = Qt.AspectRatioMode.KeepAspectRatioByExpanding
_SMOOTH = Qt.TransformationMode.SmoothTransformation


class Thumbs(QObject):
    """Small pictures, cut to the shape of a tile. What was asked for last comes first: it is what is seen."""

    ready = Signal(int)
    """Emits the id of a photo whose small picture has come, or cannot be read."""

    def __init__(self, tasks: Tasks, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._read = read
        self._kept: OrderedDict[int, tuple[QSize, QPixmap | None]] = OrderedDict()
        self._wanted: OrderedDict[int, tuple[Photo, QSize]] = OrderedDict()
        self._under_way: set[int] = set()
        self._running = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._start)

    def get(self, photo: Photo, size: QSize) -> QPixmap | None:
        """Return the small picture, or ``None``: it is fetched in ``size`` device pixels, and ``ready`` says when.

        One of another size (from before the window was made larger) stands in until the right one comes.
        """
        kept = self._kept.get(photo.id)
        if kept is not None:
            self._kept.move_to_end(photo.id)
            if kept[0] == size:
                return kept[1]
        if photo.id not in self._under_way:
            self._wanted[photo.id] = (photo, size)
            self._wanted.move_to_end(photo.id)
            while len(self._wanted) > _WANTED_KEPT:
                self._wanted.popitem(last=False)
            self._soon.start()  # when all that is in sight has asked, and been painted
        return None if kept is None else kept[1]

    def is_broken(self, photo: Photo) -> bool:
        """Return whether the small picture was fetched and cannot be read."""
        kept = self._kept.get(photo.id)
        return kept is not None and kept[1] is None

    def busy(self) -> bool:
        """Return whether pictures are on their way."""
        return bool(self._running or self._wanted)

    def _start(self) -> None:
        while self._running < _AT_ONCE and self._wanted:
            batch = [self._wanted.popitem()[1] for _ in range(min(_BATCH, len(self._wanted)))]
            self._under_way.update(photo.id for photo, _ in batch)
            self._running += 1
            self._tasks.run(_fetching(batch, self._read), self._arrived, self._failed, writes=False)

    def _arrived(self, found: list[tuple[Photo, QSize, QImage]]) -> None:
        self._running -= 1
        for photo, size, image in found:
            self._under_way.discard(photo.id)
            pixmap = None if image.isNull() else QPixmap.fromImage(image)
            self._kept[photo.id] = (size, pixmap)
            self.ready.emit(photo.id)
        while len(self._kept) > _THUMBS_KEPT:
            self._kept.popitem(last=False)
        self._start()

    def _failed(self, error: Exception) -> None:
        self._running -= 1
        self._under_way.clear()
        raise error  # reading and decoding answer with a null picture; anything else is the program's own error


def _fetching(batch: list[tuple[Photo, QSize]], read: Read) -> Callable[[Any], list[tuple[Photo, QSize, QImage]]]:
    def work(job: Any) -> list[tuple[Photo, QSize, QImage]]:
        return [(photo, size, _small(photo, size, read)) for photo, size in batch if not job.stopped()]

    return work


def _small(photo: Photo, size: QSize, read: Read) -> QImage:
    """Return the middle of the small picture in exactly ``size``, or a null image."""
    try:
        image = image_of(read(photo))
    except CompanionError:
        return QImage()
    if image.isNull():
        return image
    wide = image.convertToFormat(QImage.Format.Format_RGB32).scaled(size, _EXPAND, _SMOOTH)
    left, top = (wide.width() - size.width()) // 2, (wide.height() - size.height()) // 2
    return wide.copy(left, top, size.width(), size.height())


class Pictures(QObject):
    """Whole photos for looking at, in the size the program keeps for it. The last few are kept."""

    ready = Signal(int)
    """Emits the id of a photo whose picture has come, or cannot be shown."""

    def __init__(self, tasks: Tasks, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._read = read
        self._kept: OrderedDict[int, Picture | CompanionError] = OrderedDict()
        self._under_way: set[int] = set()

    def get(self, photo: Photo) -> Picture | None:
        """Return the picture, or ``None``: it is fetched, or :meth:`problem` says why it cannot be shown."""
        found = self._kept.get(photo.id)
        if found is not None:
            self._kept.move_to_end(photo.id)
        elif photo.id not in self._under_way:
            self._under_way.add(photo.id)
            self._tasks.run(_opening(photo, self._read), self._arrived, self._failed, writes=False)
        return found if isinstance(found, Picture) else None

    def problem(self, photo: Photo) -> CompanionError | None:
        """Return why a photo cannot be shown, once that is known."""
        found = self._kept.get(photo.id)
        return found if isinstance(found, CompanionError) else None

    def forget(self) -> None:
        """Let go of the pixels, when nobody looks at them."""
        self._kept.clear()

    def _arrived(self, found: tuple[int, Picture | CompanionError]) -> None:
        number, picture = found
        self._under_way.discard(number)
        self._kept[number] = picture
        while len(self._kept) > _PICTURES_KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(number)

    def _failed(self, error: Exception) -> None:
        self._under_way.clear()
        raise error  # what the record cannot give is an answer, see _opening; the rest is the program's own error


def _opening(photo: Photo, read: Read) -> Callable[[Any], tuple[int, Picture | CompanionError]]:
    def work(_job: Any) -> tuple[int, Picture | CompanionError]:
        from companion.domain.errors import SurroundingsError

        try:
            picture = decoded(read(photo))
        except CompanionError as error:
            return photo.id, error
        return photo.id, picture if picture is not None else SurroundingsError("photo_damaged")

    return work

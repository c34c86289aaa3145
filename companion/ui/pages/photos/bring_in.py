"""Brings pictures in, in the background, one batch after the other, and tells in one account what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from companion.desktop.tasks import Handle, Job
from companion.services.album import Album, Brought, Refused
from companion.services.changes import Changes, Undo
from companion.ui.context import Context
from companion.ui.widgets.picture_drop import Incoming
from companion.wording import say


@dataclass(frozen=True, slots=True)
class Account:
    """What came of one or more batches. ``place_id`` is where the photos went, ``left`` how many were not looked at."""

    added: tuple[int, ...] = ()
    place_id: int | None = None
    duplicates: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: bool = False
    left: int = 0

    @property
    def undo(self) -> Undo | None:
        """How to take all of it out again."""
        return Undo("photos_added", (), self.added) if self.added else None

    def plus(self, brought: Brought, place_id: int | None, total: int) -> Account:
        """Return the account with one more batch of ``total`` pictures."""
        seen = len(brought.added) + len(brought.duplicates) + len(brought.refused)
        return Account(
            self.added + brought.added,
            place_id,
            self.duplicates + brought.duplicates,
            self.refused + brought.refused,
            self.stopped or brought.stopped,
            self.left + total - seen,
        )


class BringIn(QObject):
    """``moved`` emits how far it is, ``ended`` an :class:`Account` when nothing waits any more, ``failed`` an error."""

    moved = Signal(int, int)
    began = Signal()
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[tuple[Incoming, int | None]] = deque()
        self._handle: Handle | None = None
        self._account = Account()
        self._place: int | None = None

    def running(self) -> bool:
        """Return whether pictures are being brought in."""
        return self._handle is not None

    def start(self, incoming: Incoming, place_id: int | None) -> None:
        """Bring pictures in; a batch that comes while another runs waits for it."""
        self._waiting.append((incoming, place_id))
        if self._handle is None:
            self._account = Account()
            self.began.emit()
            self._next()

    def stop(self) -> None:
        """Stop after the picture that is being worked on, and forget what waits."""
        self._waiting.clear()
        if self._handle is not None:
            self._handle.stop()

    def _next(self) -> None:
        incoming, self._place = self._waiting.popleft()
        work = _work(self._context.album, incoming, self._place, say("photos.pasted"))
        self._handle = self._context.tasks.run(work, self._done, self._broke, self._progress)

    def _progress(self, done: int, of: int) -> None:
        self.moved.emit(done, of)

    def _done(self, result: tuple[Brought, int]) -> None:
        brought, total = result
        self._account = self._account.plus(brought, self._place, total)
        if self._waiting:
            self._next()
            return
        self._handle = None
        account, self._account = self._account, Account()
        self._context.bus.announce(Changes(photos=bool(account.added)))
        self.ended.emit(account)

    def _broke(self, error: Exception) -> None:
        """Say what went wrong; what was brought in until then stays, so the pages read anew."""
        self._waiting.clear()
        self._handle = None
        account, self._account = replace(self._account, stopped=True), Account()
        self._context.bus.announce(Changes(photos=True))
        if account.added or account.refused or account.duplicates:
            self.ended.emit(account)
        self.failed.emit(error)


def _work(album: Album, incoming: Incoming, place_id: int | None, name: str) -> Callable[[Job], tuple[Brought, int]]:
    def work(job: Job) -> tuple[Brought, int]:
        sources = incoming.sources(name)
        job.progress(0, len(sources))
        brought = album.bring_in(sources, place_id, progress=job.progress, stopped=job.stopped)
        return brought, len(sources)

    return work

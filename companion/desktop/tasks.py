"""The one door to background work.

``work`` is a closed callable over values: it gets a :class:`Job`, touches no widget and returns a value. What came of
it is handed over on the GUI thread by a queued signal. Work that writes runs one after the other on a single worker,
so that two writers never meet; work that only reads or computes runs beside it on a few readers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
READERS = 2


class Job:
    """What work is given: it can say how far it is, and ask whether it should stop."""

    def __init__(self, number: int, relay: _Relay) -> None:
        self.number = number
        self._relay = relay
        self._stop = threading.Event()

    def stopped(self) -> bool:
        """Return whether the person, or the end of the program, asked the work to stop."""
        return self._stop.is_set()

    def progress(self, done: int, of: int) -> None:
        """Say how far the work is; may be called as often as one likes."""
        self._relay.moved.emit(self.number, done, of)

    def ask_to_stop(self) -> None:
        """Ask the work to stop at its next good place."""
        self._stop.set()


class Handle:
    """What the one who started some work keeps of it."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def stop(self) -> None:
        """Ask the work to stop. Its result is still delivered: work says itself that it was stopped."""
        self._job.ask_to_stop()


class _Relay(QObject):
    """Signals that workers emit; they arrive on the thread this object lives on."""

    ended = Signal(int, object, object)
    moved = Signal(int, int, int)


class _Ticket:
    """Who wants to know about a job. Bound methods only, so that a widget that is gone can be told by its owner."""

    def __init__(
        self,
        job: Job,
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.job = job
        self.then = then
        self.failed = failed
        self.progress = progress


class Tasks(QObject):
    """Runs work in the background. Lives on the GUI thread; every method is called there."""

    idle = Signal()
    """Emitted when the last job was delivered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay = _Relay(self)
        self._relay.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._relay.moved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)
        self._tickets: dict[int, _Ticket] = {}
        self._count = 0
        self._writes: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._reads: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._writers: list[threading.Thread] = []
        self._readers: list[threading.Thread] = []
        self._closed = False
        self._waiting: list[tuple[bool, Callable[[], None]]] | None = None

    def hold(self) -> None:
        """Let work that is asked for wait until :meth:`release`, so that nothing competes with the first paint."""
        if self._waiting is None:
            self._waiting = []

    def release(self) -> None:
        """Begin the work that waited, in its order."""
        waiting, self._waiting = self._waiting, None
        for writes, errand in waiting or ():
            self._begin(errand, writes)

    def run(
        self,
        work: Callable[[Job], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
        *,
        writes: bool = True,
    ) -> Handle:
        """Run ``work`` on a worker; call ``then`` with its value or ``failed`` with its error, on the GUI thread.

        ``then``, ``failed`` and ``progress`` are bound methods. When their object is a Qt object that was deleted
        meanwhile, they are not called. ``writes=False`` is for work that changes nothing: it does not wait for writers.
        """
        self._count += 1
        job = Job(self._count, self._relay)
        if self._closed:
            job.ask_to_stop()
            return Handle(job)
        self._tickets[job.number] = _Ticket(job, then, failed, progress)
        errand = _errand(work, job, self._relay)
        if self._waiting is not None:
            self._waiting.append((writes, errand))
        else:
            self._begin(errand, writes)
        return Handle(job)

    def _begin(self, errand: Callable[[], None], writes: bool) -> None:
        queue, threads, most = (self._writes, self._writers, 1) if writes else (self._reads, self._readers, READERS)
        if len(threads) < most:
            name = f"companion-{'writer' if writes else 'reader'}-{len(threads)}"
            threads.append(threading.Thread(target=_serve, args=(queue,), name=name, daemon=True))
            threads[-1].start()
        queue.put(errand)

    def busy(self) -> bool:
        """Return whether anything is running, waiting or not yet delivered."""
        return bool(self._tickets)

    def shutdown(self) -> None:
        """Ask everything to stop, wait until the workers have, and deliver nothing any more."""
        self._closed = True
        for ticket in self._tickets.values():
            ticket.job.ask_to_stop()
        for queue, threads in ((self._writes, self._writers), (self._reads, self._readers)):
            for _ in threads:
                queue.put(None)
        for thread in self._writers + self._readers:
            thread.join()
        self._writers.clear()
        self._readers.clear()
        self._tickets.clear()

    @Slot(int, object, object)
    def _on_ended(self, number: int, value: object, error: Exception | None) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is None:
            return
        try:
            if error is None:
                _tell(ticket.then, value)
            else:
                _tell(ticket.failed, error)
        finally:
            if not self._tickets:
                self.idle.emit()

    @Slot(int, int, int)
    def _on_moved(self, number: int, done: int, of: int) -> None:
        ticket = self._tickets.get(number)
        if ticket is not None and ticket.progress is not None:
            _tell(ticket.progress, done, of)


def _errand(work: Callable[[Job], Any], job: Job, relay: _Relay) -> Callable[[], None]:
    def go() -> None:
        try:
            value = work(job)
        except Exception as error:  # noqa: BLE001 - the one place where work ends; the error is handed over whole
            relay.ended.emit(job.number, None, error)
        else:
            relay.ended.emit(job.number, value, None)

    return go


def _serve(queue: SimpleQueue[Callable[[], None] | None]) -> None:
    while (errand := queue.get()) is not None:
        errand()


def _tell(hear: Callable[..., None], *values: object) -> None:
    owner = getattr(hear, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    hear(*values)

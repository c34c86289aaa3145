"""Worker processes that take pictures in: foreign bytes meet their decoder there and never in the app.

A worker is a fresh Python process (never a fork: the app's windows and threads must not be copied, and forking with Qt
loaded hangs), started when first needed, kept warm for the next picture, and replaced when it dies or takes too long.
It knows nothing of the record, gets none of the app's secrets in its surroundings, and ends with the app.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from companion.domain.pictures import Refusal, TakenIn
from companion.imaging import frames, limits

DEADLINE_S = 20.0
"""Longest a picture may take, by the clock. The slowest one seen (33 megapixels of 10-bit HEIC) took three."""

MEMORY_BYTES = 1 << 30
"""Address space a worker may have. 48 megapixels need 47 MB as a JPEG, 185 MB as one in passes, 370 MB as HEIC."""

_PIPE_BYTES = 1 << 20  # on Linux; fewer changes between the two processes
_GOODBYE_S = 2.0  # a process that has hung up is gone in this time, or is up to something
_PICTURES_PER_WORKER = 500  # then a fresh one: decoders leak a little
_START_ALLOWANCE_S = 20.0  # a cold disk may need seconds to load Python and Pillow

# The path is handed over whole, so that a worker finds the same packages however the app was started, and never
# whatever lies in the folder it was started from.
_BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from companion.imaging.worker import main
main(int(sys.argv[2]))
"""

_KEPT_SURROUNDINGS = frozenset({
    "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR",
    "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
})  # fmt: skip


class PoolClosed(RuntimeError):
    """The pool was closed, before or while it was asked."""


class IntakePool:
    """Up to ``size`` worker processes of ``memory_bytes`` each. Safe to use from as many threads.

    Use it as a context manager, or call ``close``. Processes of a pool that was forgotten end with it, and at the
    latest with the app.
    """

    def __init__(self, size: int = 1, memory_bytes: int = MEMORY_BYTES) -> None:
        if size < 1:
            raise ValueError("a pool has at least one worker")
        self._closed = threading.Event()
        self._workers = [_Worker(memory_bytes) for _ in range(size)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._finish = weakref.finalize(self, _end_all, self._workers)

    def __enter__(self) -> IntakePool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start one worker now, so that the first picture need not wait for it. Returns at once.

        Raises:
            OSError: no process can be started.
        """
        with self._borrowed() as worker:
            worker.start()

    def take_in(self, data: bytes, deadline_s: float = DEADLINE_S) -> TakenIn | Refusal:
        """Return all that is kept of one picture file, or why it is left out. Blocks the calling thread.

        A picture that kills its worker, or is not done in ``deadline_s`` seconds, is refused, and the pool goes on.

        Raises:
            PoolClosed: the pool is closed, or was while the picture was in work.
            OSError: no process can be started; it is not the picture's fault.
        """
        if not data:
            return Refusal.EMPTY
        if len(data) > limits.MAX_BYTES:
            return Refusal.TOO_LARGE
        try:
            with self._borrowed() as worker:
                answer = worker.ask(data, deadline_s)
        except OSError:
            if self._closed.is_set():
                raise PoolClosed from None
            raise
        if isinstance(answer, Refusal) and self._closed.is_set():
            raise PoolClosed
        return answer

    def close(self) -> None:
        """End every worker, also one at work. May be called twice, and from any thread."""
        self._closed.set()
        self._finish()

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[_Worker]:
        if self._closed.is_set():
            raise PoolClosed
        worker = self._idle.get()
        try:
            if self._closed.is_set():
                raise PoolClosed
            yield worker
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started on demand; one thread at a time may ask it."""

    def __init__(self, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._asking = threading.Lock()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._ended = False
        self._pictures = 0

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process if it does not run.

        Raises:
            OSError: it cannot be started.
            PoolClosed: the worker was ended for good.
        """
        with self._changing:
            if self._process is not None and (self._process.poll() is not None or self._worn()):
                _dismiss(self._process)
                self._process = None
            if self._ended:
                raise PoolClosed
            if self._process is None:
                self._process, self._ready, self._pictures = _launch(self._memory_bytes), False, 0
            return self._process

    def ask(self, data: bytes, deadline_s: float) -> TakenIn | Refusal:
        """Return what comes of one picture.

        It has a second try, in a fresh process, where the first was gone before it had the whole picture, or died
        after it had served others: then the blow may have been an earlier picture's.
        """
        with self._asking:
            answer = self._ask_once(data, deadline_s)
            if answer is None:
                answer = self._ask_once(data, deadline_s)
            return Refusal.DAMAGED if answer is None else answer

    def end(self) -> None:
        """End the process for good. A thread that is asking gets its answer at once: none."""
        with self._changing:
            self._ended = True
            process = self._process
            if process is not None:
                process.kill()
        with self._asking, self._changing:
            if process is not None:
                _dismiss(process)
            self._process = None

    def _worn(self) -> bool:
        return self._pictures >= _PICTURES_PER_WORKER

    def _ask_once(self, data: bytes, deadline_s: float) -> TakenIn | Refusal | None:
        """Ask; None where the process died and it need not have been of this picture."""
        process = self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        heard, ended = False, None
        try:
            self._greet(process)
            self._pictures += 1
            with _Deadline(process, deadline_s) as deadline:
                try:
                    frames.write_question(process.stdin, data, deadline_s)
                    heard = True
                    return frames.read_answer(process.stdout)
                except (EOFError, OSError):
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        ended = process.wait(_GOODBYE_S)
                except frames.Garbled:
                    ended = None
        except BaseException:  # an interrupt, too: what it still had to say must not answer the next question
            _dismiss(process)
            raise
        _dismiss(process)
        if deadline.passed.is_set():
            return Refusal.TIMED_OUT
        return _cause_of_death(ended) if heard and self._pictures == 1 else None

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until a new process is ready, so that starting it is not counted as the picture's time."""
        if self._ready:
            return
        assert process.stdout is not None
        with _Deadline(process, _START_ALLOWANCE_S):
            if process.stdout.read(1) != frames.READY:
                raise ChildProcessError("a worker process did not start")
        self._ready = True


class _Deadline:
    """Kills a process when its time is up, unless left before; a pipe that nobody reads cannot hold the app."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True
        self.passed = threading.Event()

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        if self.passed.is_set():
            self._process.wait()  # so that nobody takes it for alive

    def _pass(self) -> None:
        self.passed.set()
        self._process.kill()


def _launch(memory_bytes: int) -> subprocess.Popen[bytes]:
    """Start a worker process, with nothing of ours open and nothing of ours in its surroundings."""
    path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
    surroundings = {name: value for name, value in os.environ.items() if name.upper() in _KEPT_SURROUNDINGS}
    surroundings |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BOOT, path, str(memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=_PIPE_BYTES,
        env=surroundings,
        start_new_session=True,  # Ctrl+C in a terminal is for the app alone
        creationflags=flags,
    )


def _dismiss(process: subprocess.Popen[bytes]) -> None:
    """Make sure that a process is gone, and let go of its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not yet sent has nowhere to go
                pipe.close()


def _cause_of_death(code: int | None) -> Refusal:
    """Return what the exit code of a worker says about the picture it died of."""
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return Refusal.TIMED_OUT
    if code == frames.OUT_OF_MEMORY_EXIT or (sys.platform != "win32" and code == -signal.SIGKILL):
        return Refusal.OUT_OF_MEMORY  # nobody but the system's memory guard kills it so
    return Refusal.DAMAGED


def _end_all(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.end()

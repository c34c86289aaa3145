"""The inside of a worker process: answer one picture after the other until the app hangs up.

Started by `companion.imaging.workers` and by nothing else. It gives away what it does not need before the first foreign
byte arrives: standard streams, files to write, memory and processor time beyond a bound. On Windows the system has no
such limits for a plain process, and only the time limit kept by the app applies.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import IO

from companion.domain.pictures import Refusal, TakenIn
from companion.imaging import frames, intake
from companion.imaging.limits import Refused

if sys.platform != "win32":
    import resource

_OPEN_FILES = 16
_LOOK_EVERY_S = 0.5


def main(memory_bytes: int) -> None:
    """Serve until the pipe closes, in at most ``memory_bytes`` of memory."""
    questions, answers = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the app, which closes its workers itself
    intake.prepare()
    sys.dont_write_bytecode = True
    _limit(memory_bytes)
    answers.write(frames.READY)
    answers.flush()
    while (question := frames.read_question(questions)) is not None:
        data, seconds = question
        del question
        _limit_processor_time(seconds)
        frames.write_answer(answers, _answer(data))
        del data


def _answer(data: bytes) -> TakenIn | Refusal:
    try:
        return intake.take_in(data)
    except Refused as refused:
        return refused.reason
    except MemoryError:
        return Refusal.OUT_OF_MEMORY


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two pipes to the app, and point the standard streams at nothing, where no library can disturb."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
    return questions, answers


def _limit(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _lower(kind, most)
    threading.Thread(target=_watch, args=(os.getppid(), memory_bytes), daemon=True).start()


def _lower(kind: int, most: int) -> None:
    """Lower a limit for good; some systems refuse some of them, and then the rest must do."""
    if sys.platform == "win32":
        return
    try:
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
    except (ValueError, OSError):
        return


def _limit_processor_time(seconds: float) -> None:
    """Allow ``seconds`` more of processor time; then the system ends the process."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _watch(parent: int, memory_bytes: int) -> None:
    """End the process when the app is gone, or when memory passes a bound the system does not keep (macOS)."""
    if sys.platform == "win32":
        return
    unit = 1 if sys.platform == "darwin" else 1024
    pause = threading.Event()
    while not pause.wait(_LOOK_EVERY_S):
        if os.getppid() != parent:
            os._exit(0)
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > memory_bytes:
            os._exit(frames.OUT_OF_MEMORY_EXIT)

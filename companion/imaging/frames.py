"""What the app and a worker process say to each other over a pipe.

A question is a picture file's bytes; an answer is a small JSON head and a few lengths of bytes. Never pickle: an
answer comes from a process that has just decoded foreign bytes and may have been taken over, so it is read as data,
checked field by field, and its fresh copies are checked again as pictures.
"""

from __future__ import annotations

import json
import struct
from datetime import datetime, timedelta
from typing import IO

from companion.domain.pictures import CaptureTime, PictureFormat, Refusal, Rendition, TakenIn, TimeSource
from companion.imaging import limits
from companion.imaging.limits import Refused
from companion.imaging.prescan import prescan

READY = b"\x06"
"""The first byte a worker says, once it can take a picture."""

OUT_OF_MEMORY_EXIT = 71
"""The exit code of a worker that ended itself for using too much memory."""

_QUESTION = struct.Struct(">Qd")  # bytes to come, seconds of processor time
_ANSWER = struct.Struct(">IQQQ")  # bytes of the head, of the original, of the display copy, of the thumbnail
_HEAD_BYTES = 4096
_THUMBNAIL_BYTES = 1_000_000
_SPARE_BYTES = 4096  # a cleaned original may gain an EXIF of its own


class Garbled(Exception):
    """What came through the pipe is not what a worker says."""


def write_question(pipe: IO[bytes], data: bytes, seconds: float) -> None:
    """Ask for ``data`` to be taken in, in at most ``seconds`` of processor time.

    Raises:
        OSError: the worker is gone.
    """
    pipe.write(_QUESTION.pack(len(data), seconds))
    pipe.write(data)
    pipe.flush()


def read_question(pipe: IO[bytes]) -> tuple[bytes, float] | None:
    """Return the next picture's bytes and its seconds of processor time, or None where there is no more."""
    head = pipe.read(_QUESTION.size)
    if len(head) < _QUESTION.size:
        return None
    length, seconds = _QUESTION.unpack(head)
    data = pipe.read(length)
    return (data, seconds) if len(data) == length else None


def write_answer(pipe: IO[bytes], answer: TakenIn | Refusal) -> None:
    """Say what came of a picture."""
    parts, fields = [b"", b"", b""], dict[str, object]()
    if isinstance(answer, Refusal):
        fields["refusal"] = answer.value
    else:
        parts, fields = [answer.original, answer.display.data, answer.thumbnail.data], _fields(answer)
    head = json.dumps(fields).encode()
    pipe.write(_ANSWER.pack(len(head), *map(len, parts)))
    for part in (head, *parts):
        pipe.write(part)
    pipe.flush()


def read_answer(pipe: IO[bytes]) -> TakenIn | Refusal:
    """Return what the worker says.

    Raises:
        EOFError: it is gone.
        Garbled: it says nonsense, which only a worker that was taken over does.
    """
    head_length, *lengths = _ANSWER.unpack(_exactly(pipe, _ANSWER.size))
    most = (limits.MAX_BYTES + _SPARE_BYTES, limits.MAX_BYTES, _THUMBNAIL_BYTES)
    if head_length > _HEAD_BYTES or any(length > bound for length, bound in zip(lengths, most, strict=True)):
        raise Garbled
    head = _exactly(pipe, head_length)
    original, display, thumbnail = (_exactly(pipe, length) for length in lengths)
    try:
        fields = json.loads(head)
        if "refusal" in fields:
            return Refusal(fields["refusal"])
        return _taken_in(fields, original, display, thumbnail)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, Refused) as error:
        raise Garbled from error


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise EOFError
    return data


def _fields(taken_in: TakenIn) -> dict[str, object]:
    taken = taken_in.taken
    return {
        "format": taken_in.format.value,
        "size": [taken_in.width, taken_in.height],
        "local": taken.local.isoformat() if taken.local else None,
        "offset": taken.offset.total_seconds() if taken.offset is not None else None,
        "raw": taken_in.raw_sha256,
        "original": taken_in.original_sha256,
        "fingerprint": taken_in.fingerprint,
    }


def _taken_in(fields: dict[str, object], original: bytes, display: bytes, thumbnail: bytes) -> TakenIn:
    width, height = _numbers(fields["size"])
    (fingerprint,) = _numbers([fields["fingerprint"]])
    if fingerprint >= 1 << 64:
        raise ValueError(fingerprint)
    return TakenIn(
        format=PictureFormat(str(fields["format"])),
        width=width,
        height=height,
        taken=_capture_time(fields["local"], fields["offset"]),
        raw_sha256=_digest(fields["raw"]),
        original=original,
        original_sha256=_digest(fields["original"]),
        display=_rendition(display),
        thumbnail=_rendition(thumbnail),
        fingerprint=fingerprint,
    )


def _numbers(values: object) -> list[int]:
    if not isinstance(values, list) or any(type(value) is not int or value < 0 for value in values):
        raise TypeError
    return values


def _digest(value: object) -> str:
    if not isinstance(value, str) or len(bytes.fromhex(value)) != 32:
        raise ValueError
    return value


def _capture_time(local: object, offset: object) -> CaptureTime:
    if local is None:
        return CaptureTime.unknown()
    if not isinstance(local, str) or not isinstance(offset, int | float | None):
        raise TypeError
    distance = None if offset is None else timedelta(seconds=offset)
    return CaptureTime(datetime.fromisoformat(local), distance, TimeSource.EXIF)


def _rendition(data: bytes) -> Rendition:
    """Return a fresh copy; its size is read from the copy itself, never believed."""
    structure = prescan(data)
    if structure.format is not PictureFormat.JPEG:
        raise ValueError
    return Rendition(data, structure.width, structure.height)

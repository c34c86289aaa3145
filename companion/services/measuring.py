"""Measure plain picture files, without a record: both are decoded in a limited worker process."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from companion.domain.measuring import MIN_POINTS, Measurement, crosses_itself, polygon_area
from companion.domain.pictures import Refusal, TakenIn

MAX_LIST_BYTES = 1_000_000
MAX_CORNERS = 2000


class Fault(StrEnum):
    """What is wrong with a file of an outline or of points."""

    UNREADABLE = "unreadable"
    NOT_A_LIST = "not-a-list"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    OUTSIDE = "outside"
    CROSSES = "crosses"
    NO_AREA = "no-area"


class BadPicture(Exception):
    """A picture file cannot be used."""

    def __init__(self, path: Path, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.path, self.reason = path, reason


class BadList(Exception):
    """A file of an outline or of points cannot be used."""

    def __init__(self, path: Path, fault: Fault) -> None:
        super().__init__(fault.value)
        self.path, self.fault = path, fault


@dataclass(frozen=True, slots=True)
class FileMeasurement:
    """A measurement of two files. Its alignment and edges are in pixels of the files as shown upright."""

    value: Measurement
    size_base: tuple[int, int]
    size_follow: tuple[int, int]


def measure_files(base: Path, follow: Path, outline: Path, points: Path | None = None) -> FileMeasurement:
    """Return the area without colour inside an outline on two picture files.

    ``outline`` is JSON, ``[[x, y], ...]`` in pixels of ``base`` as shown upright. ``points`` is JSON too,
    ``[[x, y, x, y], ...]``: the same spot on ``base`` and on ``follow``, three of them or more.

    Raises:
        BadPicture, BadList: with the file and the reason.
    """
    corners = _numbers(outline, 2, 3)
    pairs = _numbers(points, 4, MIN_POINTS) if points is not None else None
    from companion.imaging.workers import IntakePool

    with IntakePool() as pool:
        first, second = (_taken_in(pool, path) for path in (base, follow))
    _check_outline(outline, corners, first)
    from companion.imaging.measuring.whole import measured

    value = measured(first, second, [(c[0], c[1]) for c in corners], pairs)
    return FileMeasurement(value, (first.width, first.height), (second.width, second.height))


def _taken_in(pool: object, path: Path) -> TakenIn:
    from companion.imaging import limits
    from companion.imaging.workers import IntakePool

    assert isinstance(pool, IntakePool)
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_BYTES + 1)
    except OSError as error:
        raise BadPicture(path, Refusal.UNREADABLE) from error
    answer = pool.take_in(data)
    if isinstance(answer, Refusal):
        raise BadPicture(path, answer)
    return answer


def _numbers(path: Path, width: int, fewest: int) -> list[list[float]]:
    """Return the rows of a JSON list of ``width`` finite numbers each."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise BadList(path, Fault.UNREADABLE) from error
    if len(data) > MAX_LIST_BYTES:
        raise BadList(path, Fault.TOO_MANY)
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadList(path, Fault.NOT_A_LIST) from error
    if not isinstance(rows, list) or not all(_row(row, width) for row in rows):
        raise BadList(path, Fault.NOT_A_LIST)
    if len(rows) < fewest:
        raise BadList(path, Fault.TOO_FEW)
    if len(rows) > MAX_CORNERS:
        raise BadList(path, Fault.TOO_MANY)
    return [[float(value) for value in row] for row in rows]


def _row(row: object, width: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == width
        and all(
            isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < 1e6
            for value in row
        )
    )


def _check_outline(path: Path, corners: list[list[float]], base: TakenIn) -> None:
    points = [(x, y) for x, y in corners]
    if not all(-0.5 <= x <= base.width - 0.5 and -0.5 <= y <= base.height - 0.5 for x, y in points):
        raise BadList(path, Fault.OUTSIDE)
    if crosses_itself(points):
        raise BadList(path, Fault.CROSSES)
    if polygon_area(points) < 100:
        raise BadList(path, Fault.NO_AREA)

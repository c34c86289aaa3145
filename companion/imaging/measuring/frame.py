"""The outlined area of two photographs, in one frame and at one size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from companion.imaging.aligning.warp import Warp, resized

Array = Any

SIDE = 360
"""How many pixels the outline's longer extent has where it is worked on, at most."""

_AROUND = 0.6  # of the outline's radius: how much skin round it is looked at
_HAIR = 0.006  # of the photograph's long side


@dataclass(frozen=True, slots=True)
class Frame:
    """Both photographs where the outline lies, hair closed (uint8 RGB), and where each is to be seen.

    ``to_base`` is the matrix from frame pixels to base pixels; ``radius`` that of a disk as large as the outline, in
    frame pixels.
    """

    base: Array
    follow: Array
    seen_base: Array
    seen_follow: Array
    inside: Array
    distance: Array  # from the outline, outside it, in frame pixels
    to_base: Array
    radius: float


def framed(base: Array, follow: Array, outline: Array, warp: Warp) -> Frame:
    """Return the frame of an outline (n, 2), which ``warp`` finds on the follow photograph."""
    import cv2

    extent = outline.max(0) - outline.min(0)
    by = min(1.0, SIDE / float(extent.max()))
    line = (outline + 0.5) * by - 0.5
    area = float(cv2.contourArea(line.astype(np.float32)))
    radius = math.sqrt(max(area, 1.0) / math.pi)
    margin = _AROUND * radius + 2
    left, top = np.floor(line.min(0) - margin)
    width, height = (math.ceil(v) for v in line.max(0) + margin - (left, top))
    shift = np.array(((1, 0, left), (0, 1, top), (0, 0, 1)))
    small_base, small_follow = _small(base, by), _small(follow, by)
    same = Warp(np.eye(3))
    seen, there = same.pulled(small_base, width, height, shift)
    later, later_there = warp.scaled(by, by).pulled(small_follow, width, height, shift)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [np.round((line - (left, top)) * 16).astype(np.int32)], 255, shift=4)
    distance = cv2.distanceTransform(255 - inside, cv2.DIST_L2, 5)
    to_base = np.linalg.inv(resized(by)) @ shift
    return Frame(seen, later, there, later_there, inside > 0, distance, to_base, radius)


def _small(picture: Array, by: float) -> Array:
    """Return a picture with its hair closed, at ``by`` of its size."""
    import cv2

    # Half way down first: closing hair in the full picture is slow, and in the small one hair is already mixed in.
    middle = min(1.0, max(by, 1400 / max(picture.shape[:2])))
    if middle < 1:
        size = round(picture.shape[1] * middle), round(picture.shape[0] * middle)
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    width = max(3, round(_HAIR * max(picture.shape[:2])) | 1)
    bald = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)))
    if by < middle:
        # The exact size, so that the frames of both photographs agree to a part of a pixel.
        size = round(bald.shape[1] * by / middle), round(bald.shape[0] * by / middle)
        bald = cv2.resize(bald, size, interpolation=cv2.INTER_AREA)
    return bald

"""What comes of a picture file: the values intake hands on, or the reason why it was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class PictureFormat(StrEnum):
    """The kinds of picture file that can be kept, told by content and never by name."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    AVIF = "avif"

    @property
    def suffix(self) -> str:
        """The usual file suffix, with its dot."""
        return ".jpg" if self is PictureFormat.JPEG else f".{self.value}"

    @property
    def mime_type(self) -> str:
        """The registered media type."""
        return f"image/{self.value}"


class Refusal(StrEnum):
    """Why a picture was left out. The file itself is never touched."""

    EMPTY = "empty"
    """The file has no content."""
    NOT_A_PICTURE = "not-a-picture"
    """Text, a document, or anything else that is no picture."""
    UNSUPPORTED_FORMAT = "unsupported-format"
    """A picture or a film of a kind that is not kept: it can be converted to JPEG."""
    TOO_LARGE = "too-large"
    """More bytes than `companion.imaging.limits.MAX_BYTES`."""
    TOO_MANY_PIXELS = "too-many-pixels"
    """More pixels than its format may have, or a side that is too long."""
    TOO_SMALL = "too-small"
    """A side shorter than `companion.imaging.limits.MIN_SIDE`."""
    ANIMATED = "animated"
    """A sequence or an animation, not one picture."""
    DAMAGED = "damaged"
    """Cut short, or broken inside, or its decoder gave up."""
    TOO_MUCH_METADATA = "too-much-metadata"
    """So many notes, profiles or passes around the picture that reading it would be a trap."""
    TIMED_OUT = "timed-out"
    """Took longer than it may."""
    OUT_OF_MEMORY = "out-of-memory"
    """Needed more memory than it may have."""
    UNREADABLE = "unreadable"
    """The file cannot be opened or read."""


class TimeSource(StrEnum):
    """Where the moment of a picture comes from."""

    EXIF = "exif"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """When a picture was taken, as its camera wrote it.

    ``local`` is the camera's wall clock and is naive on purpose: most cameras do not say where they were.
    ``offset`` is the distance from UTC where the camera wrote it too.
    """

    local: datetime | None
    offset: timedelta | None
    source: TimeSource

    def __post_init__(self) -> None:
        if (self.local is None) != (self.source is TimeSource.NONE):
            raise ValueError("a time has a source, and a source has a time")
        if self.local is not None and self.local.tzinfo is not None:
            raise ValueError("a camera's wall clock is naive")

    @staticmethod
    def unknown() -> CaptureTime:
        """Return the value for a picture that does not say when it was taken."""
        return CaptureTime(None, None, TimeSource.NONE)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A fresh JPEG made from a picture: upright, sRGB, without any metadata."""

    data: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """All that is kept of one picture file.

    ``width`` and ``height`` are those of the original, in pixels, seen upright. ``raw_sha256`` is of the file as
    it was given and recognises a second import; ``original`` is the file with every identifying part removed
    and its pixels untouched, ``original_sha256`` its digest (both digests in lower-case hex). ``fingerprint`` is a
    64-bit difference hash: near copies differ in few bits.
    """

    format: PictureFormat
    width: int
    height: int
    taken: CaptureTime
    raw_sha256: str
    original: bytes = field(repr=False)
    original_sha256: str
    display: Rendition
    thumbnail: Rendition
    fingerprint: int

"""What is refused before any decoder sees it, and why."""

from __future__ import annotations

import struct
import time

import pytest

from companion.domain.pictures import PictureFormat, Refusal
from companion.imaging import limits
from companion.imaging.limits import Refused
from companion.imaging.prescan import prescan
from tests.support import pictures


def refusal(data):
    with pytest.raises(Refused) as refused:
        prescan(data)
    return refused.value.reason


GOOD = {
    "jpeg": (pictures.jpeg, PictureFormat.JPEG),
    "progressive": (lambda: pictures.jpeg(progressive=True), PictureFormat.JPEG),
    "cmyk": (lambda: pictures.encoded("JPEG", "CMYK"), PictureFormat.JPEG),
    "grey": (lambda: pictures.encoded("JPEG", "L"), PictureFormat.JPEG),
    "png": (pictures.png, PictureFormat.PNG),
    "webp": (pictures.webp, PictureFormat.WEBP),
    "webp lossless": (lambda: pictures.encoded("WEBP", "RGBA", lossless=True), PictureFormat.WEBP),
    "heic": (pictures.heic, PictureFormat.HEIC),
    "heic tiled": (pictures.heic_tiled, PictureFormat.HEIC),
    "avif": (pictures.avif, PictureFormat.AVIF),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_ordinary_file_passes_and_tells_its_format_and_size(name):
    make, expected = GOOD[name]
    structure = prescan(make())
    assert (structure.format, structure.width, structure.height) == (expected, 320, 240)


def test_the_name_of_a_file_plays_no_part():
    assert prescan(pictures.png()).format is PictureFormat.PNG  # however it is called


OTHER = {
    "gif": lambda: pictures.encoded("GIF"),
    "tiff": lambda: pictures.encoded("TIFF"),
    "bmp": lambda: pictures.encoded("BMP"),
    "ico": lambda: pictures.encoded("ICO"),
    "jpeg 2000": lambda: pictures.encoded("JPEG2000"),
    "dds": lambda: pictures.encoded("DDS"),
    "ppm": lambda: pictures.encoded("PPM"),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(%pipe%id) (w) file\n",
    "svg": lambda: b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "psd": lambda: b"8BPS\0\1" + bytes(100),
    "raw": lambda: b"MM\0*\0\0\0\x08" + bytes(100),
    "film": lambda: struct.pack(">I4s4sI4s", 20, b"ftyp", b"qt  ", 0, b"qt  ") + bytes(100),
}


@pytest.mark.parametrize("name", OTHER)
def test_another_kind_of_picture_is_told_apart_so_that_converting_can_be_advised(name):
    assert refusal(OTHER[name]()) is Refusal.UNSUPPORTED_FORMAT


NO_PICTURE = {
    "text": pictures.text_named_jpg,
    "text that starts like a bitmap": lambda: b"BMI and other figures" * 10,
    "nulls": lambda: bytes(1_000_000),
    "pdf": lambda: b"%PDF-1.7\n" + bytes(100),
    "zip": lambda: b"PK\3\4" + bytes(100),
    "two bytes": lambda: b"\xff\xd9",
}


@pytest.mark.parametrize("name", NO_PICTURE)
def test_what_is_no_picture_is_said_to_be_none(name):
    assert refusal(NO_PICTURE[name]()) is Refusal.NOT_A_PICTURE


HOSTILE = {
    "zero bytes": (lambda: b"", Refusal.EMPTY),
    "61 MB": (lambda: b"\xff\xd8" + bytes(limits.MAX_BYTES), Refusal.TOO_LARGE),
    "png of a tenth of a terapixel": (pictures.bomb, Refusal.TOO_MANY_PIXELS),
    "png of 169 megapixels": (lambda: pictures.png_claiming(13_000, 13_000), Refusal.TOO_MANY_PIXELS),
    "png that is one long line": (lambda: pictures.png_claiming(40_000, 20), Refusal.TOO_MANY_PIXELS),
    "webp of 81 megapixels": (lambda: webp_claiming(9000, 9000), Refusal.TOO_MANY_PIXELS),
    "webp whose canvas lies": (lambda: webp_canvas(16000, 16000), Refusal.DAMAGED),
    "jpeg of 4 gigapixels": (lambda: jpeg_claiming(65_000, 65_000), Refusal.TOO_MANY_PIXELS),
    "progressive jpeg of 100 megapixels": (lambda: jpeg_claiming(10_000, 10_000, True), Refusal.TOO_MANY_PIXELS),
    "heic of 400 megapixels": (lambda: heic_claiming(20_000, 20_000), Refusal.TOO_MANY_PIXELS),
    "one pixel": (lambda: pictures.png_claiming(1, 1), Refusal.TOO_SMALL),
    "no pixel": (lambda: pictures.png_claiming(0, 0), Refusal.TOO_SMALL),
    "one pixel jpeg": (lambda: jpeg_claiming(1, 1), Refusal.TOO_SMALL),
    "2000 passes": (pictures.jpeg_of_scans, Refusal.TOO_MUCH_METADATA),
    "58 MB of exif": (pictures.jpeg_of_exif, Refusal.TOO_MUCH_METADATA),
    "101 comments": (lambda: jpeg_with(b"\xff\xfe\0\2" * 101), Refusal.TOO_MUCH_METADATA),
    "5 MB of png text": (lambda: png_with(b"tEXt", bytes(5_000_000)), Refusal.TOO_MUCH_METADATA),
    "101 png texts": (lambda: png_with(b"tEXt", b"a\0b", 101), Refusal.TOO_MUCH_METADATA),
    "animated png": (lambda: pictures.animated("PNG"), Refusal.ANIMATED),
    "animated webp": (lambda: pictures.animated("WEBP"), Refusal.ANIMATED),
    "animated avif": (lambda: pictures.animated("AVIF"), Refusal.ANIMATED),
    "lossless jpeg": (lambda: jpeg_claiming(320, 240, frame=0xC3), Refusal.UNSUPPORTED_FORMAT),
    "arithmetic jpeg": (lambda: jpeg_claiming(320, 240, frame=0xC9), Refusal.UNSUPPORTED_FORMAT),
    "two frames in a jpeg": (lambda: two_frames(), Refusal.DAMAGED),
    "cut jpeg": (pictures.truncated, Refusal.DAMAGED),
    "jpeg without its last two bytes": (lambda: pictures.encoded("JPEG")[:-2], Refusal.DAMAGED),
    "jpeg of two bytes": (lambda: b"\xff\xd8", Refusal.DAMAGED),
    "jpeg without pixels": (lambda: b"\xff\xd8\xff\xd9", Refusal.DAMAGED),
    "cut png": (lambda: pictures.png()[:-13], Refusal.DAMAGED),
    "cut webp": (lambda: pictures.webp()[:-40], Refusal.DAMAGED),
    "cut heic": (lambda: pictures.heic()[:-40], Refusal.DAMAGED),
    "cut avif": (lambda: pictures.avif()[:-40], Refusal.DAMAGED),
}


def jpeg_claiming(width, height, progressive=False, frame=None):
    data = bytearray(pictures.encoded("JPEG", progressive=progressive))
    at = next(data.index(bytes((0xFF, code))) for code in (0xC0, 0xC2) if bytes((0xFF, code)) in data)
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    if frame:
        data[at + 1] = frame
    return bytes(data)


def two_frames():
    data = pictures.encoded("JPEG")
    at = data.index(b"\xff\xc0")
    return data[:at] + data[at : at + 19] * 2 + data[at + 19 :]


def jpeg_with(segments):
    data = pictures.encoded("JPEG")
    return data[:2] + segments + data[2:]


def png_with(kind, content, times=1):
    data = pictures.encoded("PNG")
    return data[:33] + pictures.chunk(kind, content) * times + data[33:]


def webp_claiming(width, height):
    data = bytearray(pictures.encoded("WEBP", lossless=True))
    data[21:25] = struct.pack("<I", (width - 1) | (height - 1) << 14)
    return bytes(data)


def webp_canvas(width, height):
    data = bytearray(pictures.webp())
    data[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def heic_claiming(width, height):
    data = bytearray(pictures.heic())
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_for_its_own_reason(name):
    make, expected = HOSTILE[name]
    data = make()
    started = time.perf_counter()
    assert refusal(data) is expected
    assert time.perf_counter() - started < 0.5


def test_the_walk_is_linear():
    whole = pictures.encoded("JPEG")
    scan = whole.rindex(b"\xff\xda")

    def seconds(times):
        data = whole[:-2] + whole[scan + 14 : -2] * times + b"\xff\xd9"
        best = 9.0
        for _ in range(3):
            started = time.perf_counter()
            prescan(data)
            best = min(best, time.perf_counter() - started)
        return best / len(data)

    assert seconds(4000) < 5 * seconds(400)


def test_bytes_between_segments_are_skipped_as_decoders_do_and_counted():
    assert prescan(jpeg_with(b"\0" * 10)).width == 320
    assert refusal(jpeg_with(b"\0" * (limits.MAX_METADATA_BYTES + 1))) is Refusal.TOO_MUCH_METADATA


def test_a_second_picture_behind_the_end_is_not_part_of_the_first():
    data = pictures.jpeg()
    segments = prescan(data).container.segments
    assert segments[-1].end == data.index(b"\xff\xd9\xff\xd8")


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp, pictures.heic_tiled, pictures.avif])
def test_any_cut_is_refused_or_harmless(make):
    data = make()
    for end in range(0, len(data), max(1, len(data) // 300)):
        try:
            structure = prescan(data[:end])
        except Refused:
            continue
        assert (structure.width, structure.height) == (320, 240)

"""What is kept of a picture: facts, a cleaned original, and fresh copies that are upright and plain."""

from __future__ import annotations

import hashlib
import io
import struct
from datetime import datetime, timedelta

import pytest
from PIL import Image, ImageChops, ImageCms

from companion.domain.pictures import PictureFormat, Refusal, TimeSource
from companion.imaging.intake import reduction, take_in
from companion.imaging.limits import Refused
from tests.support import pictures


def opened(rendition):
    with Image.open(io.BytesIO(rendition.data)) as picture:
        picture.load()
        return picture


def difference(a, b):
    """Return the mean difference of two pictures of one shape, 0 to 255, after a look from some distance."""
    far = [picture.convert("RGB").resize((80, 60), Image.Resampling.BOX) for picture in (a, b)]
    channels = ImageChops.difference(*far).resize((1, 1), Image.Resampling.BOX)
    return max(channels.getpixel((0, 0)))


def test_a_phone_picture_is_taken_in_whole():
    data = pictures.jpeg(width=1200, height=900)
    taken_in = take_in(data)
    assert taken_in.format is PictureFormat.JPEG
    assert (taken_in.width, taken_in.height) == (1200, 900)
    assert taken_in.taken.local == datetime(2026, 6, 1, 8, 0)
    assert taken_in.taken.offset == timedelta(hours=2)
    assert taken_in.taken.source is TimeSource.EXIF
    assert taken_in.raw_sha256 == hashlib.sha256(data).hexdigest()
    assert taken_in.original_sha256 == hashlib.sha256(taken_in.original).hexdigest()
    assert (taken_in.display.width, taken_in.display.height) == (1200, 900)
    assert (taken_in.thumbnail.width, taken_in.thumbnail.height) == (256, 192)
    for rendition in (taken_in.display, taken_in.thumbnail):
        picture = opened(rendition)
        assert picture.size == (rendition.width, rendition.height)
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"CANARY" not in rendition.data
    assert b"CANARY" not in taken_in.original


def test_a_picture_without_a_date_says_so():
    assert take_in(pictures.jpeg(taken="")).taken.source is TimeSource.NONE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation):
    taken_in = take_in(pictures.jpeg(orientation=orientation))
    assert (taken_in.width, taken_in.height) == (320, 240)
    assert difference(pictures.scene(), opened(taken_in.display)) < 3
    assert difference(opened(taken_in.thumbnail), pictures.scene()) < 4


@pytest.mark.parametrize(
    "make", [pictures.heic, pictures.heic_turned, pictures.heic_tiled, pictures.avif, pictures.webp, pictures.png]
)
def test_every_format_comes_out_the_same(make):
    taken_in = take_in(make())
    assert (taken_in.width, taken_in.height) == (320, 240)
    assert taken_in.taken.local == datetime(2026, 6, 1, 8, 0)
    assert difference(pictures.scene(), opened(taken_in.display)) < 8
    assert (taken_in.fingerprint ^ take_in(pictures.jpeg()).fingerprint).bit_count() <= 6


def test_of_several_pictures_in_a_heic_the_main_one_is_taken():
    taken_in = take_in(pictures.heic_of_two())
    assert (taken_in.width, taken_in.height) == (320, 240)
    assert difference(pictures.scene(), opened(taken_in.display)) < 8


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_formats_that_turn_by_exif_come_out_upright(form):
    stored = io.BytesIO()
    pictures.scene().transpose(Image.Transpose.ROTATE_90).save(stored, form, exif=pictures.exif(orientation=6))
    taken_in = take_in(stored.getvalue())
    assert (taken_in.width, taken_in.height) == (320, 240)
    assert difference(pictures.scene(), opened(taken_in.display)) < 8


MODES = {
    "grey": ("PNG", "L"),
    "grey with alpha": ("PNG", "LA"),
    "black and white": ("PNG", "1"),
    "palette": ("PNG", "P"),
    "transparent": ("PNG", "RGBA"),
    "transparent webp": ("WEBP", "RGBA"),
    "cmyk": ("JPEG", "CMYK"),
    "grey jpeg": ("JPEG", "L"),
}


@pytest.mark.parametrize("name", MODES)
def test_every_colour_mode_becomes_plain_rgb(name):
    form, mode = MODES[name]
    display = opened(take_in(pictures.encoded(form, mode)).display)
    assert display.mode == "RGB"
    assert difference(pictures.scene().convert(mode).convert("RGB"), display) < 8


def test_sixteen_bits_are_halved_and_not_clipped():
    out = io.BytesIO()
    Image.new("I;16", (64, 64), 128 * 256).save(out, "PNG")
    assert abs(opened(take_in(out.getvalue()).display).getpixel((5, 5))[0] - 128) <= 1


def test_transparent_pixels_lie_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(take_in(out.getvalue()).display).getpixel((5, 5)) == (255, 255, 255)


def wide_profile():
    """Return the sRGB profile with the primaries of Display P3 (as seen from D50), under another name."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for number in range(int.from_bytes(profile[128:132])):
        tag, at = profile[132 + 12 * number : 136 + 12 * number], 132 + 12 * number
        start = int.from_bytes(profile[at + 4 : at + 8])
        if bytes(tag) in primaries:
            values = (round(value * 65536) for value in primaries[bytes(tag)])
            profile[start + 8 : start + 20] = struct.pack(">3i", *values)
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_wider_colour_space_is_brought_to_srgb(form):
    colour = (200, 120, 100)
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, form, icc_profile=wide_profile())
    red, green, blue = opened(take_in(out.getvalue()).display).getpixel((20, 20))
    assert red > 206
    assert green < 119
    assert abs(blue - 96) < 8


def test_a_profile_that_says_srgb_changes_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain, same = take_in(pictures.encoded("PNG")), take_in(pictures.encoded("PNG", icc_profile=profile))
    assert plain.display.data == same.display.data


def test_a_colour_profile_that_is_nonsense_is_left_aside():
    plain = take_in(pictures.encoded("JPEG"))
    assert take_in(pictures.encoded("JPEG", icc_profile=b"nonsense" * 30)).display.data == plain.display.data


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4032, 3024), 2), ((3024, 4032), 2), ((8064, 6048), 4), ((16320, 12240), 8), ((3264, 2448), 1), ((320, 240), 1)],
)
def test_the_display_size_is_a_power_of_two_below_the_original(size, expected):
    assert reduction(*size) == expected


def test_a_large_jpeg_is_not_resampled():
    out = io.BytesIO()
    pictures.scene(4032, 3024).save(out, "JPEG", quality=80)
    with Image.open(io.BytesIO(out.getvalue())) as picture:
        picture.draft("RGB", (2016, 1512))
        expected = picture.convert("RGB")
    taken_in = take_in(out.getvalue())
    assert (taken_in.width, taken_in.height) == (4032, 3024)
    assert (taken_in.display.width, taken_in.display.height) == (2016, 1512)
    assert difference(expected, opened(taken_in.display)) < 2


@pytest.mark.parametrize("size", [(6000, 20), (20, 6000)])
def test_a_strip_is_no_trap(size):
    out = io.BytesIO()
    pictures.scene(*size).save(out, "PNG")
    taken_in = take_in(out.getvalue())
    assert (taken_in.width, taken_in.height) == size
    assert min(taken_in.display.width, taken_in.display.height) >= 16
    assert sorted((taken_in.thumbnail.width, taken_in.thumbnail.height)) == [16, 256]


def test_other_formats_are_reduced_by_the_same_rule():
    out = io.BytesIO()
    pictures.scene(4032, 3024).save(out, "PNG", compress_level=1)
    taken_in = take_in(out.getvalue())
    assert (taken_in.display.width, taken_in.display.height) == (2016, 1512)


def test_the_fingerprint_tells_near_copies_from_other_pictures():
    first = take_in(pictures.jpeg()).fingerprint
    smaller = take_in(pictures.jpeg(width=200, height=150)).fingerprint
    turned = io.BytesIO()
    pictures.scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(turned, "PNG")
    assert (first ^ smaller).bit_count() <= 6
    assert (first ^ take_in(turned.getvalue()).fingerprint).bit_count() > 6


def flipped_in_the_middle(data):
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0x55 for byte in data[middle : middle + 200]) + data[middle + 200 :]


BROKEN = {
    "png": lambda: flipped_in_the_middle(pictures.png()),
    "heic": lambda: pictures.heic().replace(b"hvcC", b"hvcX"),
    "avif": lambda: pictures.avif().replace(b"av1C", b"av1X"),
    "jpeg": lambda: pictures.jpeg().replace(b"\xff\xc4", b"\xff\xfd", 1),
    "webp": lambda: pictures.webp()[:60] + b"\xff" * 4000 + pictures.webp()[4060:],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_broken_inside_is_called_damaged(name):
    with pytest.raises(Refused) as refused:
        take_in(BROKEN[name]())
    assert refused.value.reason is Refusal.DAMAGED

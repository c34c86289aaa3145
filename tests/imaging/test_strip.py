"""What is taken out of a picture file, and that its pixels stay as they are."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from companion.imaging import exif
from companion.imaging.prescan import prescan
from companion.imaging.strip import strip
from tests.support import pictures

TELLTALES = (b"CANARY", b"GPS", b"45,27", b"xmpmeta", b"2026:06:01", b"Exif\0\0MM", b"MPF\0", b"Photoshop", b"Location")


def stripped(data):
    return strip(data, prescan(data))


def pixels(data):
    if data[4:8] == b"ftyp" and b"hvc1" in data:
        import pi_heif

        opened = pi_heif.open_heif(data)  # must outlive its pixels
        return bytes(opened.data)
    if data.startswith(b"\xff\xd8"):  # not Image.open, which looks for further pictures behind the first
        with JpegImageFile(io.BytesIO(data)) as picture:
            return picture.tobytes()
    with Image.open(io.BytesIO(data)) as picture:
        return picture.tobytes()


def jpeg_with_everything():
    data = pictures.jpeg()

    def segment(code, content):
        return bytes((0xFF, code)) + (2 + len(content)).to_bytes(2) + content

    extras = (
        segment(0xE0, b"JFXX\0\x10CANARY")
        + segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0CANARY")
        + segment(0xE2, b"MPF\0CANARY")
        + segment(0xE3, b"CANARY")
        + segment(0xED, b"Photoshop 3.0\0CANARY")
        + segment(0xEF, b"CANARY")
        + segment(0xFE, b"CANARY")
    )
    return data[:20] + extras + data[20:]


FILES = {
    "jpeg": pictures.jpeg,
    "jpeg turned": lambda: pictures.jpeg(orientation=6),
    "jpeg progressive": lambda: pictures.jpeg(progressive=True),
    "jpeg with everything": jpeg_with_everything,
    "jpeg cmyk": lambda: pictures.encoded("JPEG", "CMYK", exif=pictures.exif(), comment=pictures.CANARY),
    "png": pictures.png,
    "png turned": lambda: pictures.encoded("PNG", exif=pictures.exif(orientation=8)),
    "png palette": lambda: pictures.encoded("PNG", "P", exif=pictures.exif()),
    "webp": pictures.webp,
    "webp lossless": lambda: pictures.encoded("WEBP", "RGBA", lossless=True, exif=pictures.exif(), xmp=pictures.XMP),
    "webp turned": lambda: pictures.encoded("WEBP", exif=pictures.exif(orientation=3), quality=80),
    "heic": pictures.heic,
    "heic turned": pictures.heic_turned,
    "heic tiled": pictures.heic_tiled,
    "avif": pictures.avif,
    "avif turned": lambda: pictures.encoded("AVIF", exif=pictures.exif(orientation=6)),
}


@pytest.mark.parametrize("name", FILES)
def test_nothing_identifying_is_left_and_no_pixel_changes(name):
    data = FILES[name]()
    assert b"CANARY" in data
    clean = stripped(data)
    for telltale in TELLTALES:
        assert telltale not in clean
    assert pixels(clean) == pixels(data)
    with Image.open(io.BytesIO(clean)) if b"hvc1" not in clean else Image.new("L", (1, 1)) as picture:
        assert set(picture.getexif()) <= {0x0112}


@pytest.mark.parametrize("name", FILES)
def test_stripping_twice_changes_nothing_more(name):
    clean = stripped(FILES[name]())
    assert stripped(clean) == clean


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_which_way_is_up_is_kept(form, orientation):
    clean = stripped(pictures.encoded(form, exif=pictures.exif(orientation=orientation)))
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.getexif().get(0x0112, 1) == orientation


@pytest.mark.parametrize("make", [pictures.heic, pictures.heic_turned, pictures.avif])
def test_a_file_that_finds_its_parts_by_position_keeps_its_length(make):
    data = make()
    assert len(stripped(data)) == len(data)


def test_a_film_inside_a_heic_is_blanked_and_a_foreign_tail_is_cut():
    data = pictures.heic_tiled()
    assert data.endswith(b"CANARY-TAIL")
    assert len(stripped(data)) == len(data) - len(b"CANARY-TAIL")


def test_pixels_in_a_place_nobody_expects_stay_too():
    data = bytearray(pictures.heic())
    meta = data.index(b"meta") - 4
    data[meta : meta + 4] = (len(data) - meta).to_bytes(4)  # the payload now lies inside meta
    clean = stripped(bytes(data))
    assert b"CANARY" not in clean
    (pixels_at,) = [item.extents[0] for item in prescan(clean).container.items if item.kind == b"hvc1"]
    assert clean[slice(*pixels_at)] == data[slice(*pixels_at)]


def test_a_colour_profile_stays_for_without_it_colours_shift():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        with Image.open(io.BytesIO(stripped(pictures.encoded(form, icc_profile=profile)))) as picture:
            assert picture.info["icc_profile"] == profile


def test_a_thumbnail_in_the_jfif_head_goes():
    data = pictures.encoded("JPEG")
    with_thumbnail = data[:2] + b"\xff\xe0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1ABC" + data[20:]
    clean = stripped(with_thumbnail)
    assert b"ABC" not in clean[:40]
    assert pixels(clean) == pixels(data)


def test_exif_that_makes_no_sense_reads_as_nothing():
    for nonsense in (
        None,
        b"",
        b"Exif\0\0",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff" + bytes(40),
    ):
        assert exif.read(nonsense).orientation == 1


def test_the_smallest_exif_says_one_thing():
    assert exif.read(exif.orientation_only(7)) == exif.Exif(orientation=7)


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2026:06:01 08:00:00", "+02:00", "2026-06-01T08:00:00 2:00:00"),
        ("2026:06:01 08:00:00", "-03:30", "2026-06-01T08:00:00 -1 day, 20:30:00"),
        ("2026:06:01 08:00:00", "", "2026-06-01T08:00:00 None"),
        ("2026:06:01 08:00:00", "+99:00", "2026-06-01T08:00:00 None"),
        ("2026-06-01T08:00:00", "", "2026-06-01T08:00:00 None"),
        ("0000:00:00 00:00:00", "+02:00", "none"),
        ("1970:01:01 00:00:00", "", "none"),
        ("2026:02:31 08:00:00", "", "none"),
        ("    :  :     :  :  ", "", "none"),
        ("", "", "none"),
    ],
)
def test_when_a_picture_was_taken(taken, offset, expected):
    found = exif.read(pictures.exif(taken=taken, offset=offset)).taken
    assert (f"{found.local.isoformat()} {found.offset}" if found.local else found.source.value) == expected

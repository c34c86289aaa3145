"""``companion photos measure`` on plain files: no record is there, and none is made."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from tests.support import pictures
from tests.support.visits import sets
from tests.support.visits.light import Day
from tests.support.visits.skin import Kind


@pytest.fixture(scope="module")
def visit():
    return sets.pair(91, Kind(tone=4), sets.EASY, Day(), 0.5, "visit", 1100)


@pytest.fixture
def files(tmp_path, visit):
    """The two pictures and the outline. The first is stored sideways, as a phone does, and so is to be turned."""
    sideways = Image.fromarray(visit.base).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    packed = io.BytesIO()
    sideways.save(packed, "JPEG", quality=92, exif=exif.tobytes())
    (tmp_path / "base.jpg").write_bytes(packed.getvalue())
    Image.fromarray(visit.follow).save(tmp_path / "follow.png")
    (tmp_path / "outline.json").write_text(json.dumps(visit.outline.tolist()))
    return tmp_path


def test_the_areas_are_told_without_a_record(files, visit, ask, run, tmp_path):
    words = ("photos", "measure", files / "base.jpg", files / "follow.png", "--outline", files / "outline.json")
    result = ask(*words)
    assert (result.code, result.err) == (0, "")
    value = result.value
    assert value["accepted"] is True
    assert value["change"] == pytest.approx(visit.change, abs=0.03)
    assert value["low"] <= visit.change <= value["high"]
    assert value["area_base"] == pytest.approx(visit.area_base, abs=0.02)
    assert value["alignment"]["method"] == "features"
    assert value["alignment"]["residual"] < 0.3
    assert len(value["alignment"]["matrix"]) == 3
    assert not (tmp_path / "record").exists()
    english, italian = run(*words).out, run("--language", "it", *words).out
    assert "smaller (likely between" in english
    assert "più piccola del" in italian


def test_points_placed_by_hand(files, visit, ask):
    spots = visit.outline[:: len(visit.outline) // 4][:4]
    rows = [[*a, *b] for a, b in zip(spots.tolist(), visit.view.to_photo(spots).tolist(), strict=True)]
    (files / "points.json").write_text(json.dumps(rows))
    words = ("photos", "measure", files / "base.jpg", files / "follow.png", "--outline", files / "outline.json")
    value = ask(*words, "--points", files / "points.json").value
    assert value["accepted"] is True
    assert value["alignment"]["method"] in ("points", "points-refined")


def test_a_refusal_says_why_and_gives_no_number(files, visit, ask, run):
    Image.new("RGB", (900, 700), (180, 140, 120)).save(files / "other.jpg")
    words = ("photos", "measure", files / "base.jpg", files / "other.jpg", "--outline", files / "outline.json")
    result = ask(*words)
    assert result.code == 1
    assert result.value["reasons"] == ["nothing-in-common"]
    assert [result.value[name] for name in ("area_base", "area_follow", "change", "low", "high")] == [None] * 5
    told = run(*words)
    assert told.code == 1
    assert "cannot be told" in told.out


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not-a-list"),
        ("{}", "not-a-list"),
        ("[[1, 2], [3, 4], [5, true]]", "not-a-list"),
        ("[[1, 2], [3, 4], [5, 1e999]]", "not-a-list"),
        ("[" * 50_000, "not-a-list"),
        ("[[1, 2], [3, 4]]", "too-few"),
        ("[[1, 2], [300, 4], [50, 9999]]", "outside"),
        ("[[100, 100], [300, 300], [300, 100], [100, 300]]", "crosses"),
        ("[[100, 100], [101, 100], [101, 101]]", "no-area"),
        (json.dumps([[n % 700, n % 500] for n in range(3000)]), "too-many"),
    ],
)
def test_a_bad_outline_is_named(files, ask, text, fault):
    (files / "bad.json").write_text(text)
    result = ask("photos", "measure", files / "base.jpg", files / "follow.png", "--outline", files / "bad.json")
    assert (result.code, result.out) == (1, "")
    assert result.error["error"] == f"outline-{fault}"
    assert result.error["file"] == "bad.json"


def test_a_bad_picture_is_named(files, ask):
    (files / "list.jpg").write_bytes(pictures.text_named_jpg())
    outline = files / "outline.json"
    result = ask("photos", "measure", files / "base.jpg", files / "list.jpg", "--outline", outline)
    assert (result.code, result.error["error"]) == (1, "not-a-picture")
    result = ask("photos", "measure", files / "gone.jpg", files / "base.jpg", "--outline", outline)
    assert (result.code, result.error["error"]) == (1, "unreadable")
    result = ask("photos", "measure", files / "base.jpg", files / "base.jpg", "--outline", files / "gone.json")
    assert (result.code, result.error["error"]) == (1, "outline-unreadable")

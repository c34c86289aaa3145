"""The drawn photographs of the example data: true to what they are asked for, and the same each time."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from companion.domain.pictures import PictureFormat
from companion.imaging.intake import take_in
from companion.imaging.skin.fields import Canvas, cells
from companion.imaging.skin.forms import SkinPlace
from companion.imaging.skin.patch import uncoloured
from companion.imaging.skin.surface import make_surface
from companion.imaging.synthetic import draw_skin

SMALL = (400, 300)
PLACES = list(SkinPlace)


def drawn(place, tone, share, **options):
    with Image.open(io.BytesIO(draw_skin(place, tone, share, size=SMALL, **options))) as picture:
        return np.asarray(picture.convert("RGB"), np.float32)


def test_the_same_arguments_give_the_same_picture():
    assert draw_skin("hand", 3, 0.7, size=SMALL) == draw_skin("hand", 3, 0.7, size=SMALL)
    assert draw_skin("hand", 3, 0.7, size=SMALL) != draw_skin("hand", 3, 0.7, size=SMALL, visit=1)
    assert draw_skin("hand", 3, 0.7, size=SMALL) != draw_skin("hand", 3, 0.7, size=SMALL, seed=6)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("share", [1.0, 0.9, 0.6, 0.3, 0.05, 0.0])
def test_the_area_without_colour_is_the_share_asked_for(place, share):
    patch = make_surface(place, 3, 5, Canvas(*SMALL)).patch
    whole = np.count_nonzero(patch.depth > 0)
    left, _ = uncoloured(patch, share)
    assert np.count_nonzero(left > 0) == pytest.approx(share * whole, abs=max(2, 0.002 * whole))


@pytest.mark.parametrize("place", PLACES)
def test_colour_comes_back_and_never_leaves(place):
    patch = make_surface(place, 3, 5, Canvas(*SMALL)).patch
    before = patch.depth > 0
    for share in (0.9, 0.75, 0.6, 0.4, 0.2):
        now = uncoloured(patch, share)[0] > 0
        assert np.count_nonzero(now & ~before) < 0.002 * now.size
        before = now


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tone", range(1, 7))
def test_the_patch_is_seen_on_every_skin_tone(place, tone):
    whole, none = (drawn(place, tone, share, unsteadiness=0) for share in (1.0, 0.0))
    paler = (whole - none).mean(axis=2)
    patch = paler > 6
    assert 0.05 < patch.mean() < 0.35
    assert paler[patch].mean() > 14
    assert np.abs(paler[~patch]).mean() < 2


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tone", [1, 3, 6])
def test_half_the_patch_looks_like_half_the_patch(place, tone):
    whole, half, none = (drawn(place, tone, share, unsteadiness=0) for share in (1.0, 0.5, 0.0))
    shown = (half - none).mean(axis=2).clip(0).sum() / (whole - none).mean(axis=2).clip(0).sum()
    assert shown == pytest.approx(0.5, abs=0.08)


def test_skin_tones_run_from_fair_to_deep():
    brightness = [drawn("knee", tone, 0.0)[100:200, 100:300].mean() for tone in range(1, 7)]
    assert brightness == sorted(brightness, reverse=True)
    assert min(a - b for a, b in pairwise(brightness)) > 8


@pytest.mark.parametrize("place", PLACES)
def test_no_visit_looks_beyond_what_was_drawn(place):
    for visit in range(6):
        picture = drawn(place, 2, 0.8, visit=visit)
        frame = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
        assert frame.min() > 8


def test_the_moment_is_written_as_a_phone_writes_it():
    taken = datetime(2026, 6, 1, 8, 30, tzinfo=timezone(timedelta(hours=2)))
    taken_in = take_in(draw_skin("cheek", 4, 1.0, size=SMALL, taken=taken))
    assert (taken_in.format, taken_in.width, taken_in.height) == (PictureFormat.JPEG, *SMALL)
    assert taken_in.taken.local == datetime(2026, 6, 1, 8, 30)
    assert taken_in.taken.offset == timedelta(hours=2)
    assert take_in(draw_skin("cheek", 4, 1.0, size=SMALL)).taken.local is None


def test_a_size_that_is_odd_is_drawn_all_the_same():
    with Image.open(io.BytesIO(draw_skin("hand", 2, 0.5, size=(413, 311)))) as picture:
        assert picture.size == (413, 311)


@pytest.mark.parametrize("wrong", [{"tone": 0}, {"tone": 7}, {"share": 1.1}, {"share": -0.1}, {"place": "elbow"}])
def test_what_cannot_be_drawn_is_said(wrong):
    with pytest.raises(ValueError, match=r"no such picture|not a valid SkinPlace"):
        draw_skin(**({"place": "hand", "tone": 3, "share": 0.5} | wrong))


def test_cells_repeat_without_a_seam():
    border, _, _ = cells(np.random.default_rng(1), 64, 8)
    inner = np.abs(np.diff(border, axis=0)).mean()
    assert np.abs(border[0] - border[-1]).mean() < 1.5 * inner

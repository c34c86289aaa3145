"""Areas are told with a range, or refused with a reason; judged by exact areas."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from companion.domain.measuring import Reason
from companion.imaging.aligning.align import LinedUp, line_up
from companion.imaging.contrast import depigmentation_contrast
from companion.imaging.measuring import checks
from companion.imaging.measuring.measure import half_width, measure
from tests.support.visits import sets
from tests.support.visits.camera import Hand
from tests.support.visits.light import Day
from tests.support.visits.skin import Kind

WIDTH = 1000
STILL = Hand(2, 1, 0.02, 0.01, 0.001)


def visit(seed, share=0.5, tone=4, **day):
    return sets.pair(seed, Kind(tone=tone), STILL, Day(**day), share, "visit", WIDTH)


def measured(pair):
    return measure(pair.base, pair.follow, pair.outline, line_up(pair.base, pair.follow, pair.outline))


@pytest.fixture(scope="module")
def halved():
    return visit(51)


@pytest.fixture(scope="module")
def lined_up(halved):
    return line_up(halved.base, halved.follow, halved.outline)


@pytest.fixture(scope="module")
def found(halved, lined_up):
    return measure(halved.base, halved.follow, halved.outline, lined_up)


@pytest.mark.parametrize(("share", "tone"), [(0.5, 4), (1.0, 3), (0.08, 5), (1.1, 4)])
def test_the_change_is_told_and_its_range_holds_the_truth(share, tone):
    pair = visit(60 + tone, share, tone)
    value = measured(pair).value
    assert value.accepted
    assert value.change == pytest.approx(pair.change, abs=0.03)
    assert value.low <= pair.change <= value.high
    assert value.high - value.low < 0.15
    assert value.area_base == pytest.approx(pair.area_base, abs=0.02)


def test_other_light_and_other_white_make_no_change():
    pair = visit(71, 1.0, light=2.0, white=2.5)
    value = measured(pair).value
    assert value.change == pytest.approx(0, abs=0.03)
    assert not value.clear


def test_colour_that_came_back_everywhere_is_not_invented_as_a_patch():
    pair = visit(72, 0.0)
    value = measured(pair).value
    assert value.area_follow is not None
    assert value.area_follow < 0.04


def test_edges_lie_round_the_patch_in_base_pixels(halved, found):
    low, high = halved.outline.min(0), halved.outline.max(0)
    for edges in (found.value.edges_base, found.value.edges_follow):
        assert edges
        points = np.array([point for line in edges for point in line])
        assert (points >= low - 3).all()
        assert (points <= high + 3).all()
    assert found.mask_base.sum() > found.mask_follow.sum()


def test_one_seed_gives_one_answer(halved, found):
    assert measured(halved).value == found.value


def test_nothing_is_measured_where_nothing_is_lined_up(halved):
    blank = np.zeros_like(halved.follow)
    value = measure(halved.base, blank, halved.outline, line_up(halved.base, blank, halved.outline)).value
    assert (value.change, value.low, value.area_base) == (None, None, None)
    assert value.reasons == (Reason.NOTHING_IN_COMMON,)


def test_an_outline_without_patch_or_too_small_is_refused(halved, lined_up):
    tiny = halved.outline.mean(0) + np.array(((0, 0), (9, 0), (9, 9)))
    assert measure(halved.base, halved.follow, tiny, lined_up).value.reasons == (Reason.OUTLINE_TOO_SMALL,)
    beside = halved.outline * 0.4 + (0.02 * WIDTH, 0.3 * WIDTH)
    value = measure(halved.base, halved.follow, beside, lined_up).value
    assert not value.accepted


SOUND = checks.Figures(
    separation=15, contrast=1, containment=1, spread=0.005, bright=0, dark=0, red=0, clipped=0, skin_clipped=0,
    patch_level=220, gloom=180, slope=0.5, blur=0.9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"separation": 3}, Reason.LOW_CONTRAST),
        ({"contrast": 3}, Reason.HIGHLIGHT),
        ({"clipped": 0.05}, Reason.HIGHLIGHT),
        ({"bright": 0.2}, Reason.HIGHLIGHT),
        ({"bright": 0.2, "dark": 0.2}, Reason.SHADOW),
        ({"red": 0.5}, Reason.REDNESS),
        ({"gloom": 20}, Reason.LIGHT),
        ({"skin_clipped": 0.2}, Reason.LIGHT),
        ({"slope": 3}, Reason.LIGHT),
        ({"blur": 0.1}, Reason.FOCUS),
        ({"containment": 0.5}, Reason.DISPLACED),
        ({"spread": 0.2}, Reason.UNSTEADY),
    ],
)
def test_each_figure_has_its_refusal(spoilt, reason):
    assert checks.reasons(SOUND) == ()
    assert checks.reasons(dataclasses.replace(SOUND, **spoilt)) == (reason,)


@pytest.mark.parametrize(
    ("trouble", "reasons"),
    [
        ("highlight", {Reason.HIGHLIGHT}),
        ("shadow", {Reason.SHADOW, Reason.HIGHLIGHT}),
        ("erythema", {Reason.REDNESS}),
    ],
)
def test_trouble_is_refused_or_makes_no_great_error(trouble, reasons):
    pair = visit(81, 1.0, tone=3, trouble=trouble)
    value = measured(pair).value
    if value.accepted:
        assert value.change == pytest.approx(0, abs=0.05)
    else:
        assert reasons & set(value.reasons) or not value.alignment.accepted


def test_a_picture_in_the_dark_or_out_of_focus_is_refused(halved, lined_up):
    dark = (halved.follow // 12).astype(np.uint8)
    assert Reason.LIGHT in measure(halved.base, dark, halved.outline, lined_up).value.reasons
    import cv2

    blurred = cv2.GaussianBlur(halved.follow, (0, 0), 7)
    assert Reason.FOCUS in measure(halved.base, blurred, halved.outline, lined_up).value.reasons


def test_the_range_grows_with_what_makes_it_uncertain(halved, lined_up, found):
    plain = half_width(-0.3, 0.002, 0.5, 200, None, 0.6)
    assert half_width(-0.3, 0.05, 0.5, 200, None, 0.6) > plain
    assert half_width(-0.3, 0.002, 9.0, 200, None, 0.6) > plain
    assert half_width(-0.3, 0.002, 0.5, 200, 0.03, 0.6) > plain
    shaky = measure(halved.base, halved.follow, halved.outline, lined_up, 0.03).value
    steady = found.value
    assert shaky.high - shaky.low > steady.high - steady.low


def test_hand_made_alignments_can_be_measured_too(halved, lined_up):
    bare = LinedUp(lined_up.alignment, dataclasses.replace(lined_up.evidence, error=0.0))
    assert measure(halved.base, halved.follow, halved.outline, bare).value.accepted


def test_the_contrast_view_brings_out_the_patch_and_changes_nothing(halved, found):
    before = halved.base.copy()
    view = depigmentation_contrast(halved.base)
    assert np.array_equal(halved.base, before)
    assert (view.shape, view.dtype) == (halved.base.shape, np.uint8)
    middle = halved.outline.mean(0).astype(int)
    inside = view[middle[1] - 20 : middle[1] + 20, middle[0] - 20 : middle[0] + 20].mean()
    assert found.mask_base.any()
    assert inside > np.median(view[:, :, 0]) + 25
    with pytest.raises(ValueError, match="RGB"):
        depigmentation_contrast(halved.base[..., 0])

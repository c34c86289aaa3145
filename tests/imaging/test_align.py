"""Photographs are lined up, by their skin or by hand, or refused; judged by exact transforms."""

from __future__ import annotations

import numpy as np
import pytest

from companion.domain.measuring import Method, Quality, Reason
from companion.imaging.aligning.align import line_up
from companion.imaging.aligning.points import line_up_by_points, preview, similarity
from companion.imaging.aligning.texture import Prepared
from companion.imaging.aligning.warp import Warp, resized
from tests.support.visits import sets
from tests.support.visits.light import Day
from tests.support.visits.skin import Kind

WIDTH = 1000
SEED = 31


@pytest.fixture(scope="module")
def visit():
    """A patch that lost a tenth of its area between two careful photographs: its edge moved a little, everywhere."""
    return sets.pair(SEED, Kind(tone=4, islands=0), sets.EASY, Day(), 0.9, "visit", WIDTH)


@pytest.fixture(scope="module")
def stranger():
    return sets.pair(SEED, Kind(tone=4), sets.EASY, Day(), 1.0, "stranger", WIDTH, other=SEED + 1)


def test_the_generator_is_deterministic_and_exact(visit):
    again = sets.pair(SEED, Kind(tone=4, islands=0), sets.EASY, Day(), 0.9, "visit", WIDTH)
    assert np.array_equal(again.follow, visit.follow)
    assert visit.change == pytest.approx(-0.1, abs=1e-4)
    there = visit.view.to_photo(visit.outline)
    assert np.abs(visit.view.to_base(there) - visit.outline).max() < 1e-2


def test_photographs_are_lined_up_and_the_moving_edge_has_no_say(visit):
    found = line_up(visit.base, visit.follow, visit.outline).alignment
    errors = visit.errors(Warp.of(found).find)
    assert (found.accepted, found.method, found.quality) == (True, Method.FEATURES, Quality.CLOSE)
    assert np.median(errors) < 0.15
    assert np.percentile(errors, 95) < 0.3
    point = tuple(visit.outline[0])
    assert found.find(*point) == pytest.approx(tuple(Warp.of(found).find(visit.outline[:1])[0]))


def test_without_an_outline_the_whole_picture_counts(visit):
    found = line_up(visit.base, visit.follow).alignment
    assert np.median(visit.errors(Warp.of(found).find)) < 1


def test_two_people_are_not_lined_up(stranger):
    found = line_up(stranger.base, stranger.follow, stranger.outline).alignment
    assert not found.accepted
    assert found.quality is Quality.NONE
    assert set(found.reasons) <= {Reason.NOTHING_IN_COMMON, Reason.POOR_FIT, Reason.OUT_OF_FRAME}


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_blank_picture_is_refused(visit, shade):
    found = line_up(visit.base, np.full_like(visit.base, shade), visit.outline).alignment
    assert found.reasons == (Reason.NOTHING_IN_COMMON,)


def test_what_is_out_of_the_frame_is_said(visit):
    cut = visit.follow.copy()
    middle = int(visit.view.to_photo(visit.outline).mean(0)[0])
    found = line_up(visit.base, np.ascontiguousarray(cut[:, : middle + 60]), visit.outline).alignment
    assert not found.accepted


def placed(visit, noise=3.0, count=4):
    rng = np.random.default_rng(5)
    spots = visit.outline.mean(0) + WIDTH * 0.17 * np.array(((-1, -0.6), (1, -0.6), (1, 0.7), (-1, 0.6)))[:count]
    return spots.tolist(), (visit.view.to_photo(spots) + rng.normal(0, noise, spots.shape)).tolist()


@pytest.mark.parametrize("count", [3, 4])
def test_points_are_refined_by_the_skin(visit, count):
    base, follow = placed(visit, count=count)
    found = line_up_by_points(visit.base, visit.follow, base, follow, visit.outline).alignment
    assert (found.accepted, found.method) == (True, Method.POINTS_REFINED)
    assert np.median(visit.errors(Warp.of(found).find)) < 0.2


def test_points_alone_tell_their_residual(visit):
    sizes = (WIDTH, WIDTH * 3 // 4), (WIDTH, WIDTH * 3 // 4)
    near, far = (preview(*placed(visit, noise), *sizes) for noise in (0.5, 60))
    assert near.residual < far.residual
    assert near.method is Method.POINTS
    assert far.reasons == (Reason.POINTS_DISAGREE,)


def test_points_that_cannot_do_are_refused(visit):
    sizes = (WIDTH, WIDTH), (WIDTH, WIDTH)
    two = [(0, 0), (500, 500)]
    line = [(0, 0), (300, 300), (600, 600)]
    assert preview(two, two, *sizes).reasons[0] is Reason.TOO_FEW_POINTS
    assert preview(line, line, *sizes).reasons[0] is Reason.POINTS_TOO_CLOSE
    found = line_up_by_points(visit.base, visit.follow, two, two)
    assert found.alignment.reasons == (Reason.TOO_FEW_POINTS,)
    with pytest.raises(ValueError, match="pairs"):
        preview(two, line, *sizes)


def test_a_similarity_is_found_exactly_and_never_mirrored():
    points = np.array(((0, 0), (10, 0), (3, 8)), float)
    turn = 1.5 * np.array(((0, -1), (1, 0)))
    matrix = similarity(points, points @ turn.T + (4, 5))
    assert matrix[:2, :2] == pytest.approx(turn)
    assert matrix[:2, 2] == pytest.approx((4, 5))
    mirrored = similarity(points, points * (-1, 1))
    assert np.linalg.det(mirrored[:2, :2]) > 0


def test_a_warp_is_the_same_at_every_size():
    bend = np.random.default_rng(1).normal(0, 3, (15, 2))
    warp = Warp(np.array(((1.1, 0.1, 5), (-0.1, 0.9, 7), (1e-5, 2e-5, 1))), bend, (400.0, 300.0), 250.0)
    points = np.array(((380.0, 290.0), (500.0, 410.0)))
    small = (points + 0.5) / 2 - 0.5
    assert (warp.scaled(0.5, 0.5).find(small) + 0.5) * 2 - 0.5 == pytest.approx(warp.find(points), abs=1e-6)
    x, y = warp.maps(640, 480)
    assert (x[290, 380], y[290, 380]) == pytest.approx(tuple(warp.find(points[:1])[0]), abs=0.05)
    assert resized(2) @ (0, 0, 1) == pytest.approx((0.5, 0.5, 1))


def test_each_size_is_worked_out_once(visit):
    prepared = Prepared(visit.base)
    assert prepared.at(640)[0] is prepared.at(640)[0]

"""Areas, ranges and repeatability as values."""

from __future__ import annotations

import math

import pytest

from companion.domain.measuring import (
    Alignment,
    Measurement,
    Method,
    Quality,
    Reason,
    Scale,
    crosses_itself,
    polygon_area,
    repeatability,
    square_centimetres,
)

SQUARE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def alignment(**more):
    return Alignment(Method.FEATURES, SAME, 0.1, Quality.CLOSE, accepted=True, **more)


def test_an_alignment_finds_points_with_and_without_a_bend():
    moved = Alignment(Method.POINTS, (2, 0, 10, 0, 2, -4, 0, 0, 1), 0.1, Quality.CLOSE, accepted=True)
    assert moved.find(3, 5) == (16, 6)
    bent = alignment(bend=((1.0, 0.0), (2.0, 0.0), (0.0, 3.0)), centre=(50.0, 50.0), reach=50.0)
    assert bent.find(50, 50) == (51, 50)
    assert bent.find(100, 100) == (103, 103)


def test_a_refusal_has_a_reason_and_an_acceptance_none():
    with pytest.raises(ValueError, match="reason"):
        Alignment(Method.FEATURES, SAME, None, Quality.NONE, accepted=False)
    with pytest.raises(ValueError, match="reason"):
        alignment(reasons=(Reason.POOR_FIT,))


@pytest.mark.parametrize(
    ("low", "high", "clear"), [(-0.3, -0.1, True), (-0.1, 0.2, False), (0.1, 0.3, True), (None, None, False)]
)
def test_a_change_is_clear_where_its_range_leaves_none_out(low, high, clear):
    found = Measurement(alignment(), 0.5, 0.4, -0.2, low, high, accepted=True, reasons=())
    assert found.clear is clear


def test_two_shots_a_visit_say_how_far_chance_goes():
    assert repeatability([]) is None
    steady, shaky = repeatability([(0.5, 0.501)] * 8), repeatability([(0.5, 0.56), (0.4, 0.35)] * 4)
    assert steady.deviation < shaky.deviation
    assert shaky.smallest_change == pytest.approx(1.96 * math.sqrt(2) * shaky.deviation)
    assert repeatability([(0.5, 0.52)]).deviation > repeatability([(0.5, 0.52)] * 20).deviation


def test_an_absolute_size_needs_a_scale():
    scale = Scale((0, 0), (0, 50), 10)
    assert square_centimetres(0.5, SQUARE, scale) == pytest.approx(2.0)
    with pytest.raises(ValueError, match="length"):
        Scale((0, 0), (0, 5), 10)


def test_polygons():
    assert polygon_area(SQUARE) == 10_000
    assert not crosses_itself(SQUARE)
    assert crosses_itself((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]))

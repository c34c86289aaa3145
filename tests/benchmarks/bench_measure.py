"""How near the told change of area comes to the truth, on material that served no tuning; Otsu's threshold beside it.

Run it by hand: ``python -m tests.benchmarks.bench_measure [pairs a set] [tuning]``. Errors are in points of % change.
"""

from __future__ import annotations

import time

import numpy as np

from companion.imaging.aligning.align import line_up
from companion.imaging.aligning.warp import Warp
from companion.imaging.measuring.measure import measure
from tests.benchmarks.bench_align import arguments
from tests.support.visits import sets

SETS = ("easy", "hard", "unchanged", "troubled")
WRONG = 5.0


def main(trials: int, start: int) -> None:
    """Print the figures of ``trials`` pairs in all whose seeds begin at ``start``."""
    held = []
    for name in SETS:
        ours, otsus, told, took, missed, wrong, halves = [], [], 0, [], 0, 0, []
        count = max(1, trials // len(SETS))
        for pair in getattr(sets, name)(start, count):
            lined_up = line_up(pair.base, pair.follow, pair.outline)
            began = time.perf_counter()
            value = measure(pair.base, pair.follow, pair.outline, lined_up).value
            took.append(time.perf_counter() - began)
            if value.change is None:
                continue
            error = 100 * abs(value.change - pair.change)
            wrong += error > WRONG
            if not value.accepted:
                continue
            told += 1
            missed += error > WRONG
            ours.append(error)
            otsus.append(100 * abs(otsu(pair, Warp.of(lined_up.alignment)) - pair.change))
            held.append(value.low <= pair.change <= value.high)
            halves.append(50 * (value.high - value.low))
        print(f"{name:10} pairs {count:3}  told {told:3}  s a pair {np.median(took):.2f}", end="")
        if told:
            for method, errors in (("ours", ours), ("Otsu L*", otsus)):
                print(f"  {method} median {np.median(errors):.2f} p90 {np.percentile(errors, 90):.2f}", end="")
            print(f"  half range {np.median(halves):.1f}", end="")
        print(f"  wrong by over {WRONG:.0f} points {wrong}, of those told {missed}")
    if held:
        print(f"the range holds the truth in {100 * np.mean(held):.1f} % of {len(held)}")


def otsu(pair: sets.Pair, warp: Warp) -> float:
    """Return the change that Otsu's threshold of L* inside the outline tells, each photograph for itself."""
    import cv2

    height, width = pair.base.shape[:2]
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [np.round(pair.outline).astype(np.int32)], 1)
    areas = []
    for picture in (pair.base, warp.pulled(pair.follow, width, height)[0]):
        values = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)[..., 0][inside > 0]
        level, _ = cv2.threshold(values, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        areas.append(float(np.mean(values > level)))
    return areas[1] / max(areas[0], 1e-6) - 1


if __name__ == "__main__":
    main(*arguments())

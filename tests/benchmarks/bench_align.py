"""How exactly photographs are lined up, and how seldom two people are, on material that served no tuning.

Run it by hand: ``python -m tests.benchmarks.bench_align [trials] [tuning]``. Errors are in % of the width, inside the
outline. ``align_image_stack`` (of Hugin) is asked for the same pairs where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from companion.imaging.aligning.align import line_up
from companion.imaging.aligning.warp import Warp
from tests.support.visits import sets

TRIALS = 200
SHARES = {"easy": 0.3, "hard": 0.3, "unchanged": 0.1, "strangers": 0.3}
HUGIN, HUGIN_PAIRS = "align_image_stack", 6


def main(trials: int, start: int) -> None:
    """Print the figures of ``trials`` pairs whose seeds begin at ``start``."""
    found = defaultdict(list)
    wrong, hugin = 0, []
    for name, share in SHARES.items():
        for pair in getattr(sets, name)(start, max(1, round(trials * share))):
            began = time.perf_counter()
            alignment = line_up(pair.base, pair.follow, pair.outline).alignment
            took = time.perf_counter() - began
            errors = pair.errors(Warp.of(alignment).find) if pair.view is not None else np.array((np.inf,))
            found[name].append((alignment.accepted, np.median(errors), np.percentile(errors, 95), took))
            wrong += alignment.accepted and np.median(errors) > 1
            if name in ("easy", "hard") and len(hugin) < HUGIN_PAIRS and shutil.which(HUGIN):
                hugin.append(by_hugin(pair))
    for name, rows in found.items():
        accepted, median, high, took = np.array(rows, float).T
        kept = accepted > 0
        print(f"{name:10} pairs {len(rows):3}  accepted {int(kept.sum()):3}  s a pair {np.median(took):.2f}", end="")
        if name != "strangers" and kept.any():
            print(f"  median {np.median(median[kept]):.3f} %  p95 {np.percentile(high[kept], 95):.3f} %", end="")
        print()
    print(f"accepted and wrong by more than 1 %: {wrong} of {sum(map(len, found.values()))}")
    if hugin:
        good = [each for each in hugin if each is not None]
        print(f"{HUGIN}: {len(hugin)} pairs, no answer {len(hugin) - len(good)}", end="")
        print(f", median errors {', '.join(f'{each:.2f} %' for each in good)}" if good else "")
    else:
        print(f"{HUGIN} is not installed (Debian: hugin-tools): not compared")


def by_hugin(pair: sets.Pair) -> float | None:
    """Return the median error of ``align_image_stack`` in % of the width, or None where it gives up."""
    import cv2

    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name, picture in (("a.jpg", pair.base), ("b.jpg", pair.follow)):
            cv2.imwrite(str(here / name), picture[..., ::-1], (cv2.IMWRITE_JPEG_QUALITY, 92))
        options = ["-p", "o.pto", "-m", "-i", "-x", "-y", "-z", "-c", "24", "-g", "6", "-f", "50", "a.jpg", "b.jpg"]
        try:
            done = subprocess.run([HUGIN, *options], cwd=here, capture_output=True, timeout=180, check=False)
            if done.returncode or not (here / "o.pto").exists():
                return None
            # To the panorama from the first picture, and back from there to the second.
            low, high = pair.outline.min(0), pair.outline.max(0)
            x, y = np.meshgrid(np.linspace(low[0], high[0], 8), np.linspace(low[1], high[1], 8))
            points = np.stack((x.ravel(), y.ravel()), 1)
            middle = transformed(here, points, "0")
            there = transformed(here, middle, "1", "-r")
        except (subprocess.SubprocessError, ValueError):
            return None
        away = pair.view.to_base(there) - points
        return float(100 * np.median(np.hypot(*away.T)) / pair.base.shape[1])


def transformed(folder: Path, points: np.ndarray, picture: str, *back: str) -> np.ndarray:
    """Return points sent through a Hugin project, by its own tool; ``-r`` goes from panorama to picture."""
    words = "\n".join(f"{x} {y}" for x, y in points)
    done = subprocess.run(
        ["pano_trafo", *back, "o.pto", picture], cwd=folder, input=words, capture_output=True, text=True, check=True
    )
    rows = [[float(value) for value in line.split()[:2]] for line in done.stdout.splitlines() if line.strip()]
    if len(rows) != len(points):
        raise ValueError(done.stdout)
    return np.array(rows)


def arguments() -> Iterator[int]:
    """Yield how many trials, and where the seeds begin."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    yield numbers[0] if numbers else TRIALS
    yield sets.TUNING if "tuning" in sys.argv else sets.FINAL


if __name__ == "__main__":
    main(*arguments())

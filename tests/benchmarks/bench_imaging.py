"""How long a picture takes, against the quickest decode there is: every eighth pixel, in the same process.

Run it by hand: ``python -m tests.benchmarks.bench_imaging``. Ratios are printed, not judged: the machine is shared.
"""

from __future__ import annotations

import io
import statistics
import sys
import threading
import time

import pytest

from companion.imaging.workers import IntakePool

ROUNDS = 9


@pytest.fixture(scope="module")
def phone_jpeg():
    """Return a JPEG of 12 megapixels at a phone's bit rate."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(1)
    coarse = Image.effect_noise((504, 378), 60).resize((4032, 3024), Image.Resampling.BICUBIC)
    light = np.asarray(coarse, np.float32)[..., None] + rng.normal(0, 4.2, (3024, 4032, 1))
    pixels = np.clip(light + np.array((30, 0, -20)), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=93, subsampling="4:2:0")
    return out.getvalue()


def interleaved(**works):
    """Return the median milliseconds of each work, run in turns so that a busy moment hits them all."""
    seconds = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    return {name: 1000 * statistics.median(values) for name, values in seconds.items()}


def test_ratios_to_the_quickest_decode(phone_jpeg):
    from PIL import Image

    from companion.imaging import intake
    from companion.imaging.prescan import prescan
    from companion.imaging.strip import strip

    def reduced(size):
        with Image.open(io.BytesIO(phone_jpeg)) as picture:
            picture.draft("RGB", size)
            picture.load()
            return picture

    with IntakePool() as pool:
        pool.take_in(phone_jpeg)
        took = interleaved(
            limit=lambda: reduced((504, 378)),
            thumbnail=lambda: intake._jpeg(intake._thumbnail(reduced((504, 378))), 85),
            structure=lambda: strip(phone_jpeg, prescan(phone_jpeg)),
            whole=lambda: intake.take_in(phone_jpeg),
            through_a_worker=lambda: pool.take_in(phone_jpeg),
        )
    limit = took.pop("limit")
    print(f"\n12 megapixels, {len(phone_jpeg) / 1e6:.1f} MB, eighth-size decode {limit:.0f} ms")
    for name, milliseconds in took.items():
        print(f"  {name.replace('_', ' '):17} {milliseconds:6.0f} ms  {milliseconds / limit:5.2f}x")


def test_two_workers_against_one(phone_jpeg):
    def seconds(size, count=12):
        with IntakePool(size) as pool:
            share = count // size

            def work():
                for _ in range(share):
                    pool.take_in(phone_jpeg)

            barrier = [threading.Thread(target=lambda: pool.take_in(phone_jpeg)) for _ in range(size)]
            for threads in (barrier, [threading.Thread(target=work) for _ in range(size)]):
                started = time.perf_counter()
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            return time.perf_counter() - started

    print(f"\n  two workers do {seconds(1) / seconds(2):.2f}x the pictures of one")


@pytest.mark.skipif(sys.platform == "win32", reason="reads what the system says of a process")
def test_memory_of_a_worker():
    from pathlib import Path

    from PIL import Image

    def peak(pool):
        status = Path(f"/proc/{pool._workers[0]._process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    print()
    picture = Image.effect_noise((504, 378), 60).resize((8064, 6048)).convert("RGB")
    for name, options in (("one pass", {}), ("in passes", {"progressive": True})):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=90, **options)
        with IntakePool() as pool:
            pool.take_in(b"not a picture")
            empty = peak(pool)
            pool.take_in(out.getvalue())
            print(f"  48 megapixels, {name:9}: {peak(pool) - empty:4.0f} MiB over an empty worker of {empty:.0f}")


def test_drawing_skin():
    from companion.imaging.synthetic import draw_skin

    started = time.perf_counter()
    for visit in range(6):
        draw_skin("hand", 3, 1 - visit / 10, visit=visit)
    print(f"\n  six drawn photographs of a place: {(time.perf_counter() - started) / 6:.2f} s each")


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-s", "-q"]))

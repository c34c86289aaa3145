"""Mutated files: every one is taken in or refused, in time, and none brings a worker down."""

from __future__ import annotations

import os
import random
import time

import pytest

from companion.domain.pictures import Refusal, TakenIn
from companion.imaging import workers
from companion.imaging.limits import Refused
from companion.imaging.prescan import prescan
from companion.imaging.strip import strip
from companion.imaging.workers import IntakePool
from tests.support import pictures

CASES = int(os.environ.get("COMPANION_FUZZ_CASES", "600"))
SEEDS = {
    "jpeg": lambda: pictures.jpeg(64, 48),
    "progressive": lambda: pictures.jpeg(64, 48, progressive=True),
    "png": pictures.png,
    "webp": pictures.webp,
    "heic": pictures.heic,
    "tiled": pictures.heic_tiled,
    "avif": pictures.avif,
}


def mutated(data, random_source):
    changed = bytearray(data)
    for _ in range(random_source.choice((1, 1, 2, 8))):
        head = random_source.random() < 0.6
        at = random_source.randrange(min(len(changed), 1200) if head else len(changed))
        kind = random_source.random()
        if kind < 0.45:
            changed[at] = random_source.choice((0, 1, 0x7F, 0x80, 0xFF, random_source.randrange(256)))
        elif kind < 0.6:
            changed[at : at + 4] = random_source.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, len(data))).to_bytes(4)
        elif kind < 0.75:
            del changed[at : at + random_source.randint(1, 40)]
        elif kind < 0.9:
            changed[at:at] = random_source.randbytes(8)
        else:
            del changed[max(8, at) :]
        if len(changed) < 16:
            break
    return bytes(changed)


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files_never_bring_a_worker_down(name, monkeypatch):
    monkeypatch.setattr(workers, "_PICTURES_PER_WORKER", CASES)
    random_source, seed = random.Random(name), SEEDS[name]()
    taken = 0
    with IntakePool() as pool:
        pool.warm()
        (worker,) = pool._workers
        first = worker._process
        for number in range(CASES // len(SEEDS)):
            answer = pool.take_in(mutated(seed, random_source), deadline_s=5)
            assert isinstance(answer, TakenIn | Refusal), number
            assert answer is not Refusal.TIMED_OUT, number
            assert worker._process is first, number
            taken += isinstance(answer, TakenIn)
    assert taken, "mutations so coarse that no decoder ever saw one prove little"


@pytest.mark.parametrize("name", SEEDS)
def test_the_structure_of_a_mutated_file_is_read_or_refused_and_stripping_is_final(name):
    random_source, seed = random.Random(f"structure of {name}"), SEEDS[name]()
    for _ in range(CASES * 3 // len(SEEDS)):
        data = mutated(seed, random_source)
        started = time.perf_counter()
        try:
            clean = strip(data, prescan(data))
            again = prescan(clean)
        except Refused:
            continue
        assert strip(clean, again) == clean
        assert time.perf_counter() - started < 1

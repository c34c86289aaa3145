"""The worker processes: what kills one costs one picture, and nothing of them is left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from companion.domain.pictures import Refusal, TakenIn
from companion.imaging import frames, limits, workers
from companion.imaging.workers import IntakePool, PoolClosed
from tests.support import pictures

ROOT = str(Path(workers.__file__).parents[2])
DECODERS = ("PIL", "numpy", "pi_heif", "cv2")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the limits are those of POSIX systems")


@pytest.fixture(scope="module")
def shared_pool():
    with IntakePool() as pool:
        yield pool


@pytest.fixture
def pool():
    with IntakePool() as made:
        yield made


def process_of(pool):
    (worker,) = pool._workers
    return worker._process


@pytest.fixture
def struck(pool, monkeypatch):
    """Return a way to do something to the worker once it has a whole picture and before it has answered."""
    pool.take_in(pictures.jpeg())
    process = process_of(pool)
    write = frames.write_question

    def arrange(blow, times=1):
        struck = []

        def write_and_strike(pipe, data, seconds):
            strike = len(struck) < times
            if strike:
                struck.append(process_of(pool))
                struck[-1].send_signal(signal.SIGSTOP)
            write(pipe, data, seconds)
            if strike:
                blow(struck[-1])

        monkeypatch.setattr(frames, "write_question", write_and_strike)
        return process

    return arrange


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "in vain"
        threading.Event().wait(0.01)


@pytest.mark.parametrize(
    "make", [pictures.jpeg, pictures.heic, pictures.heic_tiled, pictures.png, pictures.webp, pictures.avif]
)
def test_a_picture_comes_back_whole(shared_pool, make):
    from companion.imaging.intake import take_in

    data = make()
    assert shared_pool.take_in(data) == take_in(data)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"", Refusal.EMPTY),
        (lambda: b"\xff\xd8" + bytes(limits.MAX_BYTES), Refusal.TOO_LARGE),
        (pictures.text_named_jpg, Refusal.NOT_A_PICTURE),
        (pictures.truncated, Refusal.DAMAGED),
        (pictures.bomb, Refusal.TOO_MANY_PIXELS),
        (lambda: pictures.animated("GIF"), Refusal.UNSUPPORTED_FORMAT),
        (lambda: pictures.animated("WEBP"), Refusal.ANIMATED),
        (pictures.jpeg_of_scans, Refusal.TOO_MUCH_METADATA),
    ],
)
def test_a_refusal_comes_back_with_its_reason_and_the_worker_lives_on(shared_pool, make, expected):
    assert isinstance(shared_pool.take_in(pictures.jpeg()), TakenIn)
    before = process_of(shared_pool)
    assert shared_pool.take_in(make()) is expected
    assert process_of(shared_pool) is before
    assert before.poll() is None


def test_one_process_serves_the_whole_batch(pool):
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)
    first = process_of(pool)
    for _ in range(5):
        assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)
    assert process_of(pool) is first


def test_a_worn_process_is_replaced(pool, monkeypatch):
    monkeypatch.setattr(workers, "_PICTURES_PER_WORKER", 2)
    served = set()
    for _ in range(5):
        assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)
        served.add(process_of(pool).pid)
    assert len(served) == 3


@posix
def test_a_picture_that_takes_too_long_is_refused_and_the_pool_goes_on(pool, struck):
    process = struck(lambda process: None)  # it stands still, as one caught in a decoder would
    started = time.monotonic()
    assert pool.take_in(pictures.jpeg(), deadline_s=0.1) is Refusal.TIMED_OUT
    assert time.monotonic() - started < 5
    assert process.returncode is not None
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


@posix
def test_a_worker_that_does_not_even_read_cannot_hold_the_app(pool):
    pool.take_in(pictures.jpeg())
    process_of(pool).send_signal(signal.SIGSTOP)
    assert pool.take_in(b"\xff\xd8" + bytes(20_000_000), deadline_s=0.1) is Refusal.TIMED_OUT
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


def test_the_time_to_start_a_process_is_not_the_pictures(pool):
    # A fresh interpreter with Pillow takes longer than this to come up, a small picture never does.
    assert isinstance(pool.take_in(pictures.jpeg(64, 48), deadline_s=0.09), TakenIn)


def test_a_worker_killed_while_idle_costs_nothing(pool):
    pool.take_in(pictures.jpeg())
    process_of(pool).kill()
    process_of(pool).wait()
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


@posix
@pytest.mark.parametrize(
    ("blow", "expected"),
    [
        (signal.SIGSEGV, Refusal.DAMAGED),
        (signal.SIGABRT, Refusal.DAMAGED),
        (signal.SIGXCPU, Refusal.TIMED_OUT),
        (signal.SIGKILL, Refusal.OUT_OF_MEMORY),
    ],
)
def test_a_picture_that_kills_its_worker_is_refused_and_the_pool_goes_on(pool, struck, blow, expected):
    def strike(process):
        process.send_signal(blow)
        process.send_signal(signal.SIGCONT)

    struck(strike, times=2)
    assert pool.take_in(pictures.jpeg()) is expected
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit for certain")
def test_a_memory_bomb_is_refused_and_the_pool_goes_on():
    with IntakePool(memory_bytes=320 << 20) as small:
        assert isinstance(small.take_in(pictures.jpeg()), TakenIn)
        assert small.take_in(pictures.hungry()) is Refusal.OUT_OF_MEMORY
        assert isinstance(small.take_in(pictures.jpeg()), TakenIn)
    with IntakePool() as ample:
        assert isinstance(ample.take_in(pictures.hungry()), TakenIn)


def limits_of(pid):
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return {line[:26].strip(): line[26:].split()[0] for line in lines}


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_a_worker_has_given_away_what_it_does_not_need(pool, monkeypatch):
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a secret")
    pool.take_in(pictures.jpeg())
    pid = process_of(pool).pid
    kept = limits_of(pid)
    assert kept["Max address space"] == str(workers.MEMORY_BYTES)
    assert kept["Max file size"] == "0"
    assert kept["Max core file size"] == "0"
    assert int(kept["Max open files"]) <= 16
    assert int(kept["Max cpu time"]) <= workers.DEADLINE_S + 10
    assert b"COMPANION" not in Path(f"/proc/{pid}/environ").read_bytes()
    opened = {int(link.name): str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    assert [opened[stream] for stream in (0, 1, 2)] == [os.devnull] * 3
    assert len(opened) == 5
    assert os.getsid(pid) != os.getsid(0)


def test_two_threads_use_two_processes():
    done, together = [], threading.Barrier(2)
    with IntakePool(size=2) as pair:

        def work():
            together.wait()
            done.extend(pair.take_in(pictures.jpeg(1200, 900)) for _ in range(3))

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 6
        assert all(isinstance(one, TakenIn) for one in done)
        assert all(worker._process is not None for worker in pair._workers)


def test_more_threads_than_workers_wait_their_turn(shared_pool):
    done = []
    threads = [threading.Thread(target=lambda: done.append(shared_pool.take_in(pictures.jpeg()))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(one) for one in done] == [TakenIn] * 6


@posix
def test_a_picture_is_not_blamed_for_what_an_earlier_one_may_have_broken(struck, pool):
    struck(lambda process: process.kill(), times=1)
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


def test_closing_ends_every_process_and_refuses_further_pictures():
    pool = IntakePool(size=2)
    pool.warm()
    pool.take_in(pictures.jpeg())
    processes = [worker._process for worker in pool._workers if worker._process]
    assert processes
    pool.close()
    pool.close()
    assert all(process.returncode is not None for process in processes)
    with pytest.raises(PoolClosed):
        pool.take_in(pictures.jpeg())
    with pytest.raises(PoolClosed):
        pool.warm()


@posix
def test_closing_while_a_picture_is_in_work_returns_at_once(pool, struck):
    process = struck(lambda process: threading.Thread(target=pool.close).start())
    with pytest.raises(PoolClosed):
        pool.take_in(pictures.jpeg())
    until(lambda: process.returncode is not None)


def test_a_pool_that_is_forgotten_leaves_no_process():
    pool = IntakePool()
    pool.take_in(pictures.jpeg())
    process = process_of(pool)
    del pool
    until(lambda: process.returncode is not None)


@posix
def test_a_worker_ends_with_the_app_even_when_the_app_is_killed():
    script = (
        "import sys, threading\n"
        "from companion.imaging.workers import IntakePool\n"
        "pool = IntakePool(); pool.take_in(sys.stdin.buffer.read())\n"
        "print(pool._workers[0]._process.pid, flush=True)\n"
        "threading.Event().wait()\n"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=dict(os.environ)
    )
    with app:
        app.stdin.write(pictures.jpeg())
        app.stdin.close()
        worker = int(app.stdout.readline())
        assert alive(worker)
        app.kill()
    until(lambda: not alive(worker))


def test_a_process_that_cannot_start_is_not_the_pictures_fault(pool, monkeypatch):
    monkeypatch.setattr(workers, "_BOOT", "raise SystemExit(3)")
    with pytest.raises(OSError, match="did not start"):
        pool.take_in(pictures.jpeg())
    monkeypatch.undo()
    assert isinstance(pool.take_in(pictures.jpeg()), TakenIn)


def test_no_worker_runs_again_what_started_the_app(tmp_path):
    script = tmp_path / "app.py"
    script.write_text(
        "print('started', flush=True)\n"
        "import sys\n"
        "from companion.imaging.workers import IntakePool\n"
        "with IntakePool() as pool:\n"
        "    print(type(pool.take_in(sys.stdin.buffer.read())).__name__)\n"
    )
    ran = subprocess.run(
        [sys.executable, str(script)],
        input=pictures.jpeg(),
        capture_output=True,
        env=os.environ | {"PYTHONPATH": ROOT},
        cwd=tmp_path,
        check=True,
    )
    assert ran.stdout.split() == [b"started", b"TakenIn"]


def test_asking_for_workers_loads_no_decoder():
    script = (
        "import sys, companion.imaging.workers; print(sorted({'PIL', 'numpy', 'pi_heif', 'cv2'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == b"[]"


class TestAnswersOfAWorkerThatWasTakenOver:
    def said(self, taken_in, **changes):
        fields = frames._fields(taken_in) | changes
        head = frames.json.dumps(fields).encode()
        parts = taken_in.original, taken_in.display.data, taken_in.thumbnail.data
        return io.BytesIO(frames._ANSWER.pack(len(head), *map(len, parts)) + head + b"".join(parts))

    @pytest.fixture
    def taken_in(self, shared_pool):
        return shared_pool.take_in(pictures.jpeg())

    def test_an_honest_answer_is_read(self, taken_in):
        assert frames.read_answer(self.said(taken_in)) == taken_in

    @pytest.mark.parametrize(
        "lie",
        [
            {"size": [320]},
            {"size": [320, "240"]},
            {"size": [-320, 240]},
            {"format": "exe"},
            {"raw": "../../x"},
            {"original": 7},
            {"fingerprint": 1 << 64},
            {"fingerprint": True},
            {"local": "yesterday"},
            {"local": "2026-06-01T08:00:00+02:00"},
            {"offset": "2"},
            {"offset": 1e300},
            {"refusal": "because"},
        ],
    )
    def test_nonsense_is_not_believed(self, taken_in, lie):
        with pytest.raises(frames.Garbled):
            frames.read_answer(self.said(taken_in, **lie))

    def test_a_copy_that_is_no_plain_jpeg_is_not_shown(self, taken_in):
        from dataclasses import replace

        for data in (b"<svg/>", pictures.png(), pictures.jpeg_of_scans(), b""):
            with pytest.raises(frames.Garbled):
                frames.read_answer(self.said(replace(taken_in, display=replace(taken_in.display, data=data))))

    def test_a_length_beyond_bounds_is_not_waited_for(self):
        with pytest.raises(frames.Garbled):
            frames.read_answer(io.BytesIO(frames._ANSWER.pack(10, 1 << 40, 0, 0)))

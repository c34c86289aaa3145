"""Garbage goes in the window's thread only: a Qt object that a worker collects ends the program."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from companion.desktop.collecting import Collector, collect_due


class Knot:
    """Something only the collector of cycles can free."""

    def __init__(self, ends: list[str]) -> None:
        self.me = self
        self.end = weakref.finalize(self, lambda: ends.append(threading.current_thread().name))


@pytest.fixture
def collector(qapp):
    was, thresholds = gc.isenabled(), gc.get_threshold()
    made = Collector()
    made.start()
    yield made
    made.deleteLater()
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.enable() if was else gc.disable()


def allocate() -> None:
    kept = [[number] for number in range(5000)]
    assert kept


def test_a_worker_never_collects_what_the_window_left(collector):
    ends: list[str] = []
    Knot(ends)
    worker = threading.Thread(target=allocate, name="worker")
    worker.start()
    worker.join()
    assert ends == []
    gc.set_threshold(1, 1, 1)
    collector.look()
    assert ends == [threading.main_thread().name]


def test_nothing_is_collected_before_it_is_due(collector):
    gc.set_threshold(1_000_000, 10, 10)
    ends: list[str] = []
    Knot(ends)
    assert collect_due() == -1
    assert ends == []

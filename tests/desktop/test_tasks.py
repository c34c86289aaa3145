"""Background work: results on the GUI thread, one writer, stopping, and an end that waits."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from companion.desktop.tasks import Tasks


class Ear(QObject):
    """Somebody who waits for work."""

    def __init__(self):
        super().__init__()
        self.values, self.errors, self.moves, self.threads = [], [], [], []

    def then(self, value):
        self.values.append(value)
        self.threads.append(threading.current_thread())

    def failed(self, error):
        self.errors.append(error)

    def moved(self, done, of):
        self.moves.append((done, of))


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.shutdown()


def test_each_job_delivers_its_own_result_on_the_gui_thread(tasks, qtbot):
    ears = [Ear() for _ in range(200)]
    with qtbot.waitSignal(tasks.idle):
        for number, ear in enumerate(ears):
            tasks.run(lambda job, n=number: n * n, ear.then, ear.failed, writes=number % 2 == 0)
    assert [ear.values for ear in ears] == [[n * n] for n in range(200)]
    assert {thread for ear in ears for thread in ear.threads} == {threading.main_thread()}


def test_an_error_arrives_whole(tasks, qtbot):
    ear = Ear()

    def work(job):
        raise KeyError("x")

    with qtbot.waitSignal(tasks.idle):
        tasks.run(work, ear.then, ear.failed)
    assert ear.values == []
    assert isinstance(ear.errors[0], KeyError)


def test_writers_never_meet(tasks, qtbot):
    inside, met = [], []

    def work(job):
        inside.append(1)
        met.append(len(inside))
        threading.Event().wait(0.002)
        inside.pop()

    ear = Ear()
    with qtbot.waitSignal(tasks.idle):
        for _ in range(20):
            tasks.run(work, ear.then, ear.failed)
    assert max(met) == 1


def test_a_reader_does_not_wait_for_a_writer(tasks, qtbot):
    gate = threading.Event()
    slow, quick = Ear(), Ear()
    tasks.run(lambda job: gate.wait(10), slow.then, slow.failed)
    tasks.run(lambda job: "read", quick.then, quick.failed, writes=False)
    qtbot.waitUntil(lambda: quick.values == ["read"])
    assert slow.values == []
    with qtbot.waitSignal(tasks.idle):
        gate.set()


def test_work_tells_how_far_it_is_and_hears_that_it_should_stop(tasks, qtbot):
    ear, begun = Ear(), threading.Event()

    def work(job):
        done = 0
        while not job.stopped():
            done += 1
            job.progress(done, 100)
            begun.set()
        return "stopped"

    handle = tasks.run(work, ear.then, ear.failed, ear.moved)
    assert begun.wait(10)
    with qtbot.waitSignal(tasks.idle):
        handle.stop()
    assert ear.values == ["stopped"]
    assert ear.moves[0] == (1, 100)


def test_nobody_is_told_who_is_gone(tasks, qtbot):
    gate, ear = threading.Event(), Ear()
    tasks.run(lambda job: gate.wait(10), ear.then, ear.failed)
    delete(ear)
    with qtbot.waitSignal(tasks.idle):
        gate.set()
    assert ear.__dict__["values"] == []


def test_the_end_asks_to_stop_and_waits(qapp):
    tasks, ended, ear, begun = Tasks(), [], Ear(), threading.Event()

    def work(job):
        begun.set()
        while not job.stopped():
            threading.Event().wait(0.001)
        ended.append(True)

    tasks.run(work, ear.then, ear.failed)
    assert begun.wait(10)
    tasks.shutdown()
    assert ended == [True]
    tasks.run(work, ear.then, ear.failed)
    assert not tasks.busy()


def test_work_that_is_held_waits_and_keeps_its_order(tasks, qtbot, qapp):
    ear, ran = Ear(), []
    tasks.hold()
    for number in range(3):
        tasks.run(lambda job, n=number: ran.append(n), ear.then, ear.failed)
    qapp.processEvents()
    assert ran == []
    assert tasks.busy()
    with qtbot.waitSignal(tasks.idle):
        tasks.release()
    assert ran == [0, 1, 2]

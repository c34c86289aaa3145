"""The heartbeat: when it looks at the clock, and what it makes of what it sees."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.desktop.heartbeat import Beat, Heartbeat
from companion.schedule.clock import FixedClock, RunningClock

START = datetime(2026, 11, 21, 11, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


class World:
    """A wall clock, a steady clock and a place, each of which can go its own way."""

    def __init__(self):
        self.clock = FixedClock(START)
        self.steady = 100.0
        self.zone = "Europe/Rome"
        self.beats = []
        self.heart = Heartbeat(self.clock, self.where, self.ticks)
        self.heart.beat.connect(self.beats.append)
        self.heart.start()

    def where(self):
        return self.zone

    def ticks(self):
        return self.steady

    def passes(self, wall, steady=None):
        self.clock.advance(wall)
        self.steady += (wall if steady is None else steady).total_seconds()
        self.heart.poke()
        return self.beats[-1]


@pytest.fixture
def world(qapp):
    world = World()
    yield world
    world.heart.stop()


def test_an_ordinary_half_minute_is_no_gap(world):
    assert world.passes(30 * SECOND) is Beat.ASKED
    assert world.passes(31 * SECOND, 30 * SECOND) is Beat.ASKED


@pytest.mark.parametrize("hours", [1, 9, 24 * 30])
def test_sleep_is_seen_whether_or_not_the_steady_clock_slept_too(world, hours):
    assert world.passes(hours * HOUR, SECOND) is Beat.GAP
    assert world.passes(30 * SECOND) is Beat.ASKED
    assert world.passes(hours * HOUR) is Beat.GAP


def test_a_clock_set_back_is_seen_and_then_forgotten(world):
    assert world.passes(-HOUR, 30 * SECOND) is Beat.BACK
    assert world.passes(30 * SECOND) is Beat.ASKED


def test_another_zone_is_seen_once(world):
    world.zone = "Asia/Tokyo"
    assert world.passes(30 * SECOND) is Beat.ZONE
    assert world.passes(30 * SECOND) is Beat.ASKED


def test_it_looks_every_thirty_seconds_and_at_what_is_expected(world):
    assert world.heart.wait_ms() == 30_000
    world.heart.expect(START + 10 * SECOND)
    assert world.heart.wait_ms() == 10_020
    world.heart.expect(START + 300 * SECOND)
    assert world.heart.wait_ms() == 30_000
    world.heart.expect(START - SECOND)  # it was announced, or cannot be: no busy loop
    assert world.heart.wait_ms() == 30_000


def test_stopped_it_does_not_beat(world):
    world.heart.stop()
    world.heart.poke()
    assert world.beats == []


def test_a_moment_is_met_in_real_time(qtbot):
    clock = RunningClock(START)
    heart = Heartbeat(clock, lambda: "UTC")
    moment = clock.now() + timedelta(milliseconds=60)
    heart.start()
    heart.expect(moment)
    with qtbot.waitSignal(heart.beat, timeout=5000) as seen:
        pass
    late = clock.now() - moment
    heart.stop()
    assert seen.args == [Beat.TICK]
    assert timedelta(0) <= late < SECOND

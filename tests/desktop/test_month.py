"""Weeks of idling: the heart beats every half minute, reminders come and are answered, and memory does not grow."""

import gc
import tracemalloc
from datetime import timedelta

import pytest

from companion.desktop import notices
from companion.domain.moments import Part
from companion.wording.when import moment
from tests.desktop.test_reminder_engine import Day
from tests.support.home import ROME, TODAY, at

MOST_PER_BEAT = 12
"""Bytes. The smallest thing that a beat could leave behind is an object of some thirty."""
SELDOM, OFTEN = timedelta(minutes=12), timedelta(minutes=3)


def live(day, days, beat):
    """Let days pass, beat by beat. Mornings are applied; evenings are put off, skipped, or not answered."""
    for _ in range(days):
        today = day.clock.now().date()
        for _ in range(timedelta(days=1) // beat):
            day.clock.advance(beat)
            day.engine.look()
            for key in list(day.notifier.up):
                slot = notices.slot_of(key)
                if slot is None or isinstance(key, notices.AskedLater):
                    continue
                if slot.part is Part.MORNING:
                    day.notifier.acted.emit(key, notices.APPLIED)
                elif today.day % 3 == 0:
                    day.notifier.acted.emit(key, notices.LATER)
                elif today.day % 3 == 1:
                    day.notifier.acted.emit(key, notices.SKIP)
        day.notifier.sent.clear()
        day.face.changes.clear()


def grown(day, days, beat):
    """Return by how many bytes the memory grew while ``days`` passed, with that beat."""
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    live(day, days, beat)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] - before


@pytest.mark.parametrize("days", [3, pytest.param(30, marks=pytest.mark.long)])
def test_a_beat_leaves_nothing_behind(tmp_path, qapp, days):
    """Days themselves are kept, in the record and in caches that have an end: so few beats are set against many."""
    day = Day(tmp_path / "record")
    day.clock.set(at(5, day=TODAY + timedelta(days=1)))
    moment(at(5), ROME, at(5))  # a room of words, which is read once
    tracemalloc.start()
    live(day, 2, SELDOM)
    few, many = grown(day, days, SELDOM), grown(day, days, OFTEN)
    tracemalloc.stop()
    more = days * (timedelta(days=1) // OFTEN - timedelta(days=1) // SELDOM)
    assert day.rows(), "nothing happened"
    assert (many - few) / more < MOST_PER_BEAT
    day.close()

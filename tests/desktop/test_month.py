"""Weeks of idling: the heart beats every half minute, reminders come and are answered, and memory does not grow."""

import gc
import tracemalloc
from datetime import timedelta

import pytest

from companion.desktop import notices
from companion.domain.moments import Part
from tests.desktop.test_reminder_engine import Day
from tests.support.home import TODAY, at

MOST_PER_DAY = 15_000
"""Bytes: a third of it is kept of each day, in caches that have an end. Fifty left by every beat would be 18,000."""
HALF_MINUTE, FOUR_MINUTES = timedelta(seconds=30), timedelta(minutes=4)


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


@pytest.mark.parametrize(
    ("days", "beat"), [(3, FOUR_MINUTES), pytest.param(30, HALF_MINUTE, marks=pytest.mark.long)], ids=["days", "month"]
)
def test_memory_does_not_grow(tmp_path, qapp, days, beat):
    day = Day(tmp_path / "record")
    day.clock.set(at(5, day=TODAY + timedelta(days=1)))
    tracemalloc.start()
    live(day, 2, beat)
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    live(day, days, beat)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert day.rows(), "nothing happened"
    assert (after - before) / days < MOST_PER_DAY
    day.close()

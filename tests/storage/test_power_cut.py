"""The power goes at any moment: nothing acknowledged is lost, and what is found is whole.

A kill cannot show this, because what the system had taken over outlives the process; so a recording of what the
program asked the disk for is cut anywhere, and everything that was not asked to be kept may be missing or torn (see
``power``). ``COMPANION_CUTS`` sets how often; the long one does it 10,000 times.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter

import pytest

from companion.domain.errors import CompanionError, PersonError
from companion.storage.keys import KeyFile
from companion.storage.record import RecordState, create, inspect, open_record
from tests.storage.power import Disk, build_recorder, recorded
from tests.support.records import PASSPHRASE, QUICK, begin, open_again

FEW = int(os.environ.get("COMPANION_CUTS", "150"))
MANY = int(os.environ.get("COMPANION_CUTS", "10000"))
TIMES = 24


@pytest.fixture(scope="session")
def recorder(tmp_path_factory):
    built = build_recorder(tmp_path_factory.mktemp("recorder"))
    if built is None:
        pytest.skip("needs Linux and a C compiler")
    return built


class Story:
    """A record, what a child did with it, and what may be left of it after a cut."""

    def __init__(self, recorder, folder, careless=""):
        record, self.recovery = create(folder / "record", passphrase=PASSPHRASE, cost=QUICK)
        with record.unit_of_work() as work:
            begin(work)
        record.close()
        self.before = folder / "before"
        shutil.copytree(record.folder, self.before)
        words = [record.folder, self.recovery, TIMES, *([careless] if careless else [])]
        self.steps = recorded(recorder, record.folder, folder / "log", "log_some", *words)
        self.target = folder / "after"

    def cut(self, chance):
        """Cut at a moment nobody chose; return what had been acknowledged."""
        disk = Disk(self.before)
        said = []
        for step in self.steps[: chance.randrange(len(self.steps) + 1)]:
            if step.what == "a":
                said += step.data.decode().splitlines()
            else:
                disk.do(step)
        disk.after_the_cut(self.target, chance)
        return said

    def look(self, said):
        """Return what is wrong with what is left, or nothing."""
        logged = sum(each.startswith("logged") for each in said)
        try:
            record = open_record(self.target, lambda keys: keys.unlock_recovery(self.recovery))
        except CompanionError as error:
            return error.key
        try:
            figures = record.check(read_photos=True)
        except CompanionError as error:
            return error.key
        finally:
            record.close()
        there = figures.database.rows["application"]
        if there not in (logged, logged + 1):
            return "lost"
        if figures.database.rows["photo"] != there:
            return "half a unit of work"
        return "" if figures.sound else "unsound"


def cut_often(story, times, seed=1):
    chance = random.Random(seed)
    return Counter(story.look(story.cut(chance)) for _ in range(times))


def test_nothing_acknowledged_is_lost(recorder, tmp_path):
    assert set(cut_often(Story(recorder, tmp_path), FEW)) == {""}


@pytest.mark.long
def test_nothing_acknowledged_is_lost_for_long(recorder, tmp_path):
    assert set(cut_often(Story(recorder, tmp_path), MANY, seed=2)) == {""}


def test_one_passphrase_opens(recorder, tmp_path):
    """The new one once that was acknowledged, the old one before, and never none."""
    story = Story(recorder, tmp_path)
    chance = random.Random(3)
    for _ in range(max(10, FEW // 8)):
        said = story.cut(chance)
        acknowledged = [each for each in said if each.startswith("passphrase")]
        keys = KeyFile.load(story.target)
        assert opens(keys, story.recovery)
        choices = [PASSPHRASE, *(f"passphrase {number}" for number in range(5, TIMES, 6))]
        least = len(acknowledged)
        assert any(opens(keys, None, text) for text in choices[least : least + 2])


def opens(keys, recovery, text=""):
    try:
        return bool(keys.unlock_recovery(recovery) if recovery else keys.unlock_passphrase(text))
    except PersonError:
        return False


@pytest.mark.parametrize("careless", ["database", "photos"])
def test_the_simulator_sees_carelessness(recorder, tmp_path, careless):
    """Keeps the tests above honest: without the flushes the same cuts must find loss."""
    found = cut_often(Story(recorder, tmp_path, careless), 80)
    assert sum(number for what, number in found.items() if what) > 20, found


def test_a_record_is_made_whole_or_not_at_all(recorder, tmp_path):
    folder = tmp_path / "record"
    folder.mkdir(mode=0o700)
    shutil.copytree(folder, tmp_path / "before")
    steps = recorded(recorder, folder, tmp_path / "log", "make_one", folder)
    chance = random.Random(4)
    seen = Counter()
    for _ in range(FEW):
        disk = Disk(tmp_path / "before")
        said = False
        for step in steps[: chance.randrange(len(steps) + 1)]:
            said = said or step.what == "a"
            if step.what != "a":
                disk.do(step)
        target = tmp_path / "after"
        disk.after_the_cut(target, chance)
        state = inspect(target)
        seen[state] += 1
        assert state is RecordState.READY or (state is RecordState.ABSENT and not said)
        if state is RecordState.ABSENT:
            create(target, example=True)[0].close()
        record = open_again(target)
        assert record.check().sound
        record.close()
    assert seen[RecordState.ABSENT]
    assert seen[RecordState.READY]

"""The example record: plausible, repeatable, plainly marked, quick, and never in the place of anything."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from companion.domain.care import check as check_fact
from companion.domain.dosing import Outcome
from companion.domain.errors import PersonError, SurroundingsError
from companion.domain.leaflet import SPACING, Leaflet
from companion.domain.moments import Part, local_day
from companion.domain.timeline import EntryKind
from companion.schedule.clock import FixedClock
from companion.services import demonstration, example_life
from companion.services.journal import help_for_symptom, help_for_text, symptoms
from companion.services.opened import services_of
from companion.services.opening import look, open_record
from companion.services.safekeeping import check
from companion.wording import phrasebook, use_language
from tests.support.home import ROME, TODAY, at

ROOT = Path(__file__).resolve().parents[2]
CLOCK = FixedClock(at(15, 48), ROME)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """One example of thirty weeks for all tests that only look."""
    use_language("en")
    folder = tmp_path_factory.mktemp("example") / "record"
    steps = []
    demonstration.build(folder, CLOCK, progress=lambda done, of: steps.append((done, of)))
    opened = services_of(open_record(folder), CLOCK)
    yield opened, steps
    opened.close()


def everything(opened):
    first = opened.care.current().started_on
    photos = [
        (each.place_id, each.taken_at, each.taken_source, each.raw_hash, each.width, each.height)
        for each in opened.album.page(limit=1000)
    ]
    return (
        opened.care.current(),
        opened.care.places(),
        opened.care.tubes(),
        opened.applications.between(first, TODAY),
        opened.journal.page(limit=1000),
        photos,
    )


def test_it_is_plainly_an_example(example):
    opened, _ = example
    assert opened.example
    assert opened.care.setting("example") == "yes"
    assert look(opened.record.folder).ways == ("example",)
    assert opened.care.name() == "Example"


def test_it_is_whole(example):
    opened, steps = example
    report = check(opened.record)
    assert report.sound
    assert (report.rows["photo"], report.photo_files, report.strays) == (18, 54, 0)
    assert steps == [(n, 18) for n in range(1, 19)]


def test_today_is_worth_looking_at(example):
    opened, _ = example
    view = opened.applications.today()
    assert (view.week, view.treatment.leaflet) == (30, Leaflet.EU)
    assert [card.state.value for card in view.cards] == ["applied", "ahead"]
    assert view.carried is None
    assert [(slot.part, state.value) for slot, state in view.week_view.gaps] == [(Part.EVENING, "missed")]
    assert view.photo_day.due == TODAY + timedelta(days=1)
    assert len(view.photo_day.photos) == 3
    assert 0.3 < view.tube.estimate.share < 0.8
    assert not view.tube.past_discard
    assert not view.handprints_over_cap
    assert view.last_symptom.code == "spots"
    assert view.last_symptom.ended_on == TODAY - timedelta(days=5)


def test_two_slots_a_day_about_nine_in_ten_applied_never_within_eight_hours(example):
    opened, _ = example
    start = opened.care.current().started_on
    rows = opened.applications.between(start, TODAY)
    slots = 2 * ((TODAY - start).days + 1) - 1  # this evening is still ahead
    counts = Counter(row.outcome for row in rows)
    assert 0.90 <= counts[Outcome.APPLIED] / slots <= 0.94
    assert counts[Outcome.MISSED] >= 5
    assert counts[Outcome.SKIPPED] >= 3
    assert slots - len(rows) >= 5  # never written down: unknown, not missed
    applied = [row for row in rows if row.outcome is Outcome.APPLIED]
    assert all(other.at - one.at >= SPACING for one, other in pairwise(applied))
    assert all(row.at <= CLOCK.now() and row.slot.day - local_day(row.at, ROME) <= timedelta(0) for row in rows)
    assert len({row.at.minute for row in applied}) > 40


def test_there_is_one_week_in_which_much_was_forgotten(example):
    opened, _ = example
    start = opened.care.current().started_on
    rows = opened.applications.between(start, TODAY)
    weeks = Counter((row.slot.day - start).days // 7 for row in rows if row.outcome is Outcome.APPLIED)
    assert min(weeks.values()) <= 9
    assert sum(count <= 9 for count in weeks.values()) <= 2


def test_the_tubes_last_as_long_as_the_cream(example):
    opened, _ = example
    second, first = opened.care.tubes()
    assert first.opened_on == opened.care.current().started_on
    assert first.finished_on is not None
    assert second.opened_on == first.finished_on + timedelta(days=1)
    assert second.finished_on is None


def test_nothing_in_it_is_urgent_and_all_of_it_mild(example):
    opened, _ = example
    entries = opened.journal.page(limit=100)
    known = {each.code for each in symptoms()}
    for entry in entries:
        assert help_for_text(getattr(entry, "text", "") + entry.note if hasattr(entry, "note") else entry.text) == ()
        if hasattr(entry, "code"):
            assert entry.code in known
            assert help_for_symptom(entry.code) is None
            assert entry.bad <= 1
            assert entry.ended_on > local_day(entry.at, ROME)
    assert {entry.code for entry in entries if hasattr(entry, "code")} >= {"spots", "itch", "redness"}


def test_its_words_are_harmless_in_both_languages():
    for language in ("en", "it"):
        book = phrasebook(language)
        for key in book.room("example"):
            assert help_for_text(book.say(f"example.{key}")) == ()


def test_the_face_changes_most_and_the_hand_least():
    life = example_life.live(CLOCK.now(), ROME, TODAY, 30, 1)
    assert len(life.photo_sets) == 6
    last = {place: left for place, _, left in life.photo_sets[-1].photos}
    first = {place: left for place, _, left in life.photo_sets[0].photos}
    assert set(first.values()) == {1.0}
    assert last[example_life.FACE] < last[example_life.KNEE] < last[example_life.HAND] < 1
    for one, other in pairwise(life.photo_sets):
        for (_, before, more), (_, after, less) in zip(one.photos, other.photos, strict=True):
            assert (before < after, more >= less) == (True, True)


def test_the_same_clock_gives_the_same_life_and_another_skin_another_picture(tmp_path):
    found = []
    for name, skin in (("one", 2), ("two", 2), ("three", 6)):
        demonstration.build(tmp_path / name, CLOCK, skin=skin, weeks=2)
        opened = services_of(open_record(tmp_path / name), CLOCK)
        found.append(everything(opened))
        opened.close()
    assert found[0] == found[1]
    assert found[0][:-1] == found[2][:-1]
    assert found[0][-1] != found[2][-1]


@pytest.mark.parametrize("weeks", [1, 2, 4, 5, 60, 520])
@pytest.mark.parametrize("hour", [0, 7, 9, 21])
def test_a_life_of_any_length_at_any_hour(weeks, hour):
    now = at(hour, 1)
    life = example_life.live(now, ROME, TODAY, weeks, 1)
    assert life.treatment.started_on == TODAY - timedelta(days=7 * weeks - 1)
    assert all(row.at <= told <= now + timedelta(minutes=1) for row, told in life.applications)
    assert all(entry.at <= now for entry in (*life.symptoms, *(note for note, _ in life.notes)))
    assert all(moment <= now for each in life.photo_sets for _, moment, _ in each.photos)
    assert len({(row.slot, row.ordinal) for row, _ in life.applications}) == len(life.applications)
    assert all(tube.opened_on <= TODAY + timedelta(days=1) for tube in life.tubes)


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/Nuuk", "Australia/Lord_Howe"])
def test_a_life_through_clock_changes(zone):
    life = example_life.live(at(12, day=date(2026, 4, 20)), zone, date(2026, 4, 20), 60, 1)
    rows = [row for row, _ in life.applications if row.outcome is Outcome.APPLIED]
    assert all(other.at - one.at >= SPACING for one, other in pairwise(rows))


def test_it_speaks_the_language_it_was_made_in(tmp_path):
    use_language("it")
    demonstration.build(tmp_path / "esempio", CLOCK, weeks=1)
    opened = services_of(open_record(tmp_path / "esempio"), CLOCK)
    assert opened.care.name() == "Esempio"
    assert any("tubetto" in getattr(each, "text", "") for each in opened.journal.page())
    opened.close()


def test_it_never_takes_the_place_of_anything(example, tmp_path):
    opened, _ = example
    (tmp_path / "mine.txt").write_text("mine")
    for folder in (tmp_path, opened.record.folder):
        before = sorted(each.name for each in folder.iterdir())
        with pytest.raises(PersonError) as error:
            demonstration.build(folder, CLOCK)
        assert error.value.key == "folder_not_empty"
        assert sorted(each.name for each in folder.iterdir()) == before


@pytest.mark.parametrize("there", [False, True])
def test_when_it_is_stopped_nothing_is_left(tmp_path, there):
    class Stop(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stop

    folder = tmp_path / "example"
    if there:
        folder.mkdir()
    with pytest.raises(Stop):
        demonstration.build(folder, CLOCK, weeks=1, progress=stop)
    assert folder.exists() is there
    assert not there or list(folder.iterdir()) == []


@pytest.mark.parametrize("weeks", [0, 521, -1])
def test_a_length_that_makes_no_life_is_refused(tmp_path, weeks):
    with pytest.raises(PersonError) as error:
        demonstration.build(tmp_path / "example", CLOCK, weeks=weeks)
    assert error.value.key == "weeks_range"
    assert not (tmp_path / "example").exists()


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from companion.schedule.clock import FixedClock
from companion.services import demonstration

clock = FixedClock(datetime.fromisoformat("2026-11-21T15:48+01:00"), "Europe/Rome")
demonstration.build(Path(sys.argv[1]), clock, weeks=1, progress=lambda done, of: os._exit(9))
"""


@pytest.mark.parametrize("there", [False, True])
def test_a_process_that_is_killed_leaves_no_half_of_one_and_the_next_clears_up(tmp_path, there):
    folder = tmp_path / "example"
    if there:
        folder.mkdir()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == 9
    assert look(folder).absent
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(demonstration.PART)] == [
        f"{demonstration.PART}example"
    ]
    demonstration.build(folder, CLOCK, weeks=1)
    assert [each.name for each in tmp_path.iterdir()] == ["example"]
    record = open_record(folder)
    assert check(record).sound
    record.close()


def test_a_link_to_a_folder_is_filled_where_it_leads(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    demonstration.build(tmp_path / "link", CLOCK, weeks=1)
    assert look(tmp_path / "real").ready
    assert (tmp_path / "link").is_symlink()


def test_a_place_that_was_taken_meanwhile_is_left_alone(tmp_path):
    folder = tmp_path / "example"

    def take(done: int, of: int) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "mine.txt").write_text("mine")

    with pytest.raises(SurroundingsError):
        demonstration.build(folder, CLOCK, weeks=1, progress=take)
    assert [each.name for each in tmp_path.iterdir()] == ["example"]
    assert [each.name for each in folder.iterdir()] == ["mine.txt"]


def test_it_holds_every_kind_of_entry_but_light(example):
    opened, _ = example
    there = {kind for kind, count in opened.timeline.counts().items() if count}
    assert there >= set(EntryKind) - {EntryKind.LIGHT, EntryKind.APPLICATION}
    for entry in opened.care_entries.of_kinds():
        check_fact(entry.what)
        assert entry.day < TODAY
        assert "example." not in f"{entry.what}{entry.note}"

"""Rows of photos: found by place, day and hash, thrown away, fetched back, removed with the names of their files."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from companion.domain.errors import PersonError
from companion.domain.photos import PhotoKind, TakenSource
from companion.domain.treatment import Place
from tests.support.records import NOON, a_photo

DAY = timedelta(days=1)
NAMES = ("0" * 32, "1" * 32, "2" * 32)


def names_of(number):
    return tuple(f"{number * 3 + n:032x}" for n in range(3))


@pytest.fixture
def places(record):
    with record.unit_of_work() as work:
        return [work.places.add(Place(0, region, "", Decimal(1), False)) for region in ("face", "neck", "chest")]


def hashed(number):
    return f"{number:064x}"


def test_a_photo_comes_back_in_full(record, places):
    full = replace(
        a_photo(NAMES, places[0]), kind=PhotoKind.WOODS_LAMP, taken_source=TakenSource.PERSON, note="by the window"
    )
    bare = a_photo(names_of(7), None, raw_hash=hashed(7))
    with record.unit_of_work() as work:
        for each in (full, bare):
            number = work.photos.add(each)
            assert work.photos.get(number) == replace(each, id=number)
        assert work.photos.get(99) is None


def test_the_same_picture_is_taken_in_once(record):
    with record.unit_of_work() as work:
        first = work.photos.add(a_photo(NAMES, None))
        assert work.photos.by_hash("a" * 64).id == first
        with pytest.raises(PersonError, match="already_there"):
            work.photos.add(a_photo(names_of(7), None))
        work.photos.mark_deleted(first, NOON)
        assert work.photos.by_hash("a" * 64) is None
        second = work.photos.add(a_photo(names_of(7), None))
        with pytest.raises(PersonError, match="already_there"):
            work.photos.restore(first)
        assert work.photos.by_hash("a" * 64).id == second


def test_a_photo_is_of_a_place_that_is_there(record, places):
    with pytest.raises(Exception, match="FOREIGN KEY"), record.unit_of_work() as work:
        work.photos.add(a_photo(NAMES, max(places) + 1))


def test_a_photo_is_moved_to_another_place_and_day(record, places):
    with record.unit_of_work() as work:
        number = work.photos.add(a_photo(NAMES, None))
        changed = replace(work.photos.get(number), place_id=places[1], taken_at=NOON - DAY, note="moved")
        work.photos.update(changed)
        assert work.photos.get(number) == changed
        with pytest.raises(PersonError, match="entry_gone"):
            work.photos.update(replace(changed, id=99))


@pytest.fixture
def album(record, places):
    """Eighty photos of three places and of none, many of one instant, some thrown away."""
    chance = random.Random(3)
    with record.unit_of_work() as work:
        for number in range(80):
            place = chance.choice([*places, None])
            new = a_photo(names_of(number), place, at=NOON + DAY * chance.randrange(15), raw_hash=hashed(number))
            identity = work.photos.add(new)
            if chance.random() < 0.2:
                work.photos.mark_deleted(identity, NOON + DAY * chance.randrange(3))
    return record


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_pages_show_every_photo_once_newest_first(album, places, limit):
    with album.unit_of_work() as work:
        for place in (None, places[0]):
            shown, before = [], None
            while found := work.photos.page(place, limit, before):
                shown += found
                before = found[-1].taken_at
            expected = [each for each in work.photos.all() if place in (None, each.place_id)]
            assert shown == expected
            assert len(shown) > 10


def test_places_are_counted_and_their_newest_found(album):
    with album.unit_of_work() as work:
        everything = work.photos.all()
        counts = {}
        newest = {}
        for each in everything:
            counts[each.place_id] = counts.get(each.place_id, 0) + 1
            newest.setdefault(each.place_id, each)
        assert work.photos.counts() == counts
        assert list(work.photos.latest_per_place()) == [each for each in everything if each in newest.values()]


def test_the_bin_gives_the_names_of_the_files_that_may_go(album):
    with album.unit_of_work() as work:
        every = work.photos.all_names()
        away = work.photos.all(deleted=True)
        assert len(every) == 240
        gone = set(work.photos.purge(NOON + DAY))
        assert gone
        assert work.photos.all_names() == every - gone
        assert len(work.photos.all(deleted=True)) == len(away) - len(gone) // 3
        work.photos.purge(NOON + 9 * DAY)
        assert work.photos.all(deleted=True) == ()
        assert work.photos.all_names() == {
            name for each in work.photos.all() for name in (each.original, each.display, each.thumbnail)
        }

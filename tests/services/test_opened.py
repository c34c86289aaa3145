"""What the window does for a record in the background, once it is open."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from tests.support.home import Home, keep


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    yield home
    home.services.close()


def files(home: Home) -> set[str]:
    return {path.stem for path in (home.services.record.folder / "photos").rglob("*.bin")}


def age(home: Home, names: set[str], hours: int) -> None:
    for path in (home.services.record.folder / "photos").rglob("*.bin"):
        if path.stem in names:
            then = (home.clock.now() - timedelta(hours=hours)).timestamp()
            os.utime(path, (then, then))


def test_a_stray_picture_is_put_aside_and_the_known_ones_stay(home):
    keep(home.services.album, b"one")
    known = files(home)
    stray = home.services.record.vault.put(b"left by a cut import", "original")
    age(home, {*known, stray}, hours=2)
    home.services.tidy()
    assert files(home) == known


def test_a_picture_that_is_being_brought_in_is_left_alone(home):
    fresh = home.services.record.vault.put(b"its row is on the way", "original")
    age(home, {fresh}, hours=0)
    home.services.tidy()
    assert fresh in files(home)


def test_what_was_deleted_is_kept_thirty_days_and_then_destroyed(home):
    photo = keep(home.services.album, b"one")
    home.services.album.delete([photo])
    home.clock.advance(timedelta(days=29))
    home.services.tidy()
    assert len(files(home)) == 3
    home.clock.advance(timedelta(days=2))
    home.services.tidy()
    assert files(home) == set()

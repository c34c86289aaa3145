"""The computer's zone where nothing names it: a plain copy of a zone's file, or nothing at all."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import tzlocal

from companion.desktop.heartbeat import Heartbeat
from companion.schedule import clock, nameless
from companion.schedule.clock import FixedClock, SystemClock, fresh_zone, system_zone, zone_exists, zone_is_guessed
from tests.support.home import at

ZONES = Path("/usr/share/zoneinfo")


@pytest.fixture
def unnamed(tmp_path, monkeypatch):
    """A computer that has ``localtime`` and no name for it."""
    file = tmp_path / "localtime"
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: None)
    monkeypatch.setattr(tzlocal, "reload_localzone", lambda: None)
    monkeypatch.setattr(nameless, "LOCALTIME", file)
    monkeypatch.delenv("TZ", raising=False)
    return file


def east(monkeypatch, seconds):
    monkeypatch.setattr(time, "timezone", -seconds)
    monkeypatch.setattr(time, "altzone", -seconds)


@pytest.mark.skipif(not ZONES.is_dir(), reason="this system keeps its zones elsewhere")
@pytest.mark.parametrize("name", ["Europe/Rome", "Asia/Tokyo", "America/New_York", "UTC"])
def test_a_copy_of_a_zone_is_that_zone(unnamed, monkeypatch, name):
    shutil.copyfile(ZONES / name, unnamed)
    east(monkeypatch, 3600)
    assert system_zone() == fresh_zone() == SystemClock().zone() == name
    assert not zone_is_guessed()


@pytest.mark.skipif(not ZONES.is_dir(), reason="this system keeps its zones elsewhere")
def test_who_travels_without_a_name_is_followed_and_the_files_are_read_once(unnamed, monkeypatch):
    shutil.copyfile(ZONES / "Europe/Rome", unnamed)
    assert fresh_zone() == "Europe/Rome"
    with monkeypatch.context() as reading:
        reading.setattr(nameless, "_same", lambda *_: pytest.fail("read again"))
        assert fresh_zone() == "Europe/Rome"
    unnamed.unlink()
    shutil.copyfile(ZONES / "Asia/Tokyo", unnamed)
    assert fresh_zone() == "Asia/Tokyo"


@pytest.mark.parametrize("content", [None, b"", b"TZif of nobody"])
def test_what_nobody_knows_is_called_utc_and_a_guess_where_the_clock_shows_another_time(unnamed, monkeypatch, content):
    if content is not None:
        unnamed.write_bytes(content)
    assert system_zone() == fresh_zone() == "UTC"
    east(monkeypatch, 3600)
    assert zone_is_guessed()
    east(monkeypatch, 0)
    assert not zone_is_guessed()


def test_a_rule_in_the_environment_is_not_what_the_file_says(unnamed, monkeypatch):
    unnamed.write_bytes(b"TZif")
    monkeypatch.setattr(nameless, "_search", lambda content: "Europe/Rome")
    monkeypatch.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
    assert system_zone() == "UTC"


def test_the_heart_beats_without_a_name(unnamed, qapp):
    heart = Heartbeat(FixedClock(at(8)))
    heart.start()
    heart.poke()
    assert heart.running()
    heart.stop()


def test_a_name_costs_no_search(monkeypatch):
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Europe/Rome")
    monkeypatch.setattr(clock, "_nameless_zone", lambda: pytest.fail("searched"))
    assert system_zone() == "Europe/Rome"
    assert not zone_is_guessed()


@pytest.mark.parametrize("name", ["posixrules", "localtime", "Factory"])
def test_a_zone_that_is_no_place_is_nobodys_home(name):
    assert not zone_exists(name)

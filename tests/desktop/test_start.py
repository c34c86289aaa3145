"""Before there is a window: the words on the command line, the display, and a Qt that can be used."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.__main__ import first_word
from companion.desktop import ground, options
from companion.schedule.clock import RunningClock, SystemClock
from companion.services import folders
from companion.wording import phrasebook


def test_nothing_asks_for_the_usual_record(tmp_path):
    found = options.read([])
    assert found.folder == folders.record_folder()
    assert isinstance(found.clock, SystemClock)
    assert (found.demo, found.ready, found.passphrase) == (False, "", None)


def test_everything_that_can_be_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a secret of some length")
    found = options.read(["--demo", f"--record={tmp_path}", "--clock", "2026-11-21T15:48:00+01:00", "--ready-exit"])
    assert (found.folder, found.demo, found.ready) == (tmp_path, True, "exit")
    assert isinstance(found.clock, RunningClock)
    assert timedelta(0) <= found.clock.now() - datetime(2026, 11, 21, 14, 48, tzinfo=UTC) < timedelta(minutes=1)
    assert not found.hidden
    assert options.read(["--hidden"]).hidden
    assert found.passphrase == "a secret of some length"
    assert options.read([]).passphrase is None, "the secret stays in the environment for children to read"


def test_the_example_lies_apart_from_the_record():
    example = options.read(["--demo"]).folder
    assert example == folders.example_folder()
    assert example not in folders.record_folder().parents
    assert folders.record_folder() not in example.parents


def test_the_environment_names_a_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COMPANION_RECORD", str(tmp_path / "mine"))
    assert options.read([]).folder == tmp_path / "mine"
    assert options.read(["--record", "relative"]).folder == Path.cwd() / "relative"


@pytest.mark.parametrize("args", [["--record"], ["--nonsense"], ["--clock", "noon"], ["--clock", "2026-11-21T12:00"]])
def test_nonsense_is_said(args):
    with pytest.raises(options.UsageError) as error:
        options.read(args)
    for language in ("en", "it"):
        assert phrasebook(language).say(error.value.key, word=error.value.word)


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ([], None),
        (["--demo"], None),
        (["tour", "x"], "tour"),
        (["--record", "tour"], None),
        (["--record=x", "log"], "log"),
    ],
)
def test_the_value_of_an_option_is_no_subcommand(args, word):
    assert first_word(args) == word


@pytest.mark.parametrize(
    ("environ", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_looked_for(environ, platform, there):
    refusal = ground.display_refusal(environ, platform)
    assert (refusal is None) == there
    if refusal is not None:
        assert "companion tour" in phrasebook("en").say(refusal.key)
        assert "companion tour" in phrasebook("it").say(refusal.key)


def test_a_missing_library_is_named_with_the_package_that_brings_it():
    refusal = ground.import_refusal(ImportError("libEGL.so.1: cannot open shared object file: No such file"))
    assert refusal.values == {"library": "libEGL.so.1", "package": "libegl1"}
    assert "libegl1" in phrasebook("it").say(refusal.key, **refusal.values)
    assert ground.import_refusal(ImportError("No module named 'PySide6'")).key == "shell.start.qt_missing"


@pytest.mark.parametrize(
    ("qt", "python", "safe"),
    [
        ("6.11.3", (3, 11), True),
        ("6.12.0", (3, 11), False),
        ("6.13.1", (3, 11), False),
        ("6.12.0", (3, 12), True),
        ("7.0.0", (3, 11), False),
    ],
)
def test_a_qt_that_would_die_is_refused(qt, python, safe):
    assert (ground.version_refusal(qt, python) is None) == safe


def test_this_qt_keeps_its_references_to_none(qapp):
    import sys

    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(300):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 50
    assert ground.qt_refusal() is None

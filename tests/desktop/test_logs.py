"""The log holds ids, type names and places in the code, and never a word of the person's."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning

from companion.desktop import logs
from companion.domain.errors import PersonError
from companion.domain.leaflet import Leaflet
from companion.services import logbook

CANARY = "itching on my left elbow since the wedding"


@pytest.fixture
def folder(tmp_path):
    end = logs.write_to(tmp_path / "log")
    yield tmp_path / "log"
    end()


def text(folder):
    return "".join(file.read_text(encoding="utf-8") for file in logs.files(folder))


def test_arguments_are_written_only_when_they_say_nothing(folder, logged):
    logging.getLogger("companion.x").warning(
        "photo %s of %s: %s, %s, %s", 7, CANARY, Leaflet.EU, "record_damaged", ["a note"]
    )
    assert "photo 7 of <str>: EU, record_damaged, <list>" in text(folder)
    assert CANARY not in text(folder)


def test_an_error_is_its_type_and_place(folder, logged):
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise PersonError("note_too_long", count=3) from error
    except PersonError:
        logging.getLogger("companion.x").exception("not caught")
    written = text(folder)
    assert "companion.domain.errors.PersonError" in written
    assert "builtins.ValueError" in written
    assert "test_logs.py:" in written
    assert CANARY not in written


def test_qt_messages_lose_quoted_words_and_paths(folder, qapp, logged, monkeypatch):
    seen = []
    monkeypatch.setattr(logs, "qInstallMessageHandler", seen.append)
    logs.hear_qt()()
    assert seen[1] is None

    class Context:
        category = "default"

    seen[0](logs.QtMsgType.QtWarningMsg, Context, f'cannot open "{CANARY}" at /home/maria/record/photos 50%')
    assert "maria" not in text(folder)
    assert CANARY not in text(folder)
    assert "cannot open <…> at <…> 50%" in text(folder)
    assert qWarning


def test_it_is_put_aside_when_it_grows(folder, logged, monkeypatch):
    monkeypatch.setattr(logbook, "MAX_BYTES", 2000)
    for number in range(200):
        logging.getLogger("companion.x").warning("entry %s", number)
    files = list(logs.files(folder))
    assert len(files) == logbook.KEPT + 1
    assert all(file.stat().st_size < 3000 for file in files)
    assert "entry 199" in text(folder)


def test_a_log_that_cannot_be_written_is_no_error(tmp_path, logged):
    (tmp_path / "log").write_text("in the way")
    end = logs.write_to(tmp_path / "log")
    logging.getLogger("companion.x").warning("still here")
    end()
    assert "still here" in logged.messages()


@pytest.fixture
def sentinel():
    shown = []
    made = logs.Sentinel(shown.append)
    made.shown = shown
    made.install()
    yield made
    made.remove()


def test_what_nobody_caught_is_logged_and_shown_once_at_a_time(sentinel, logged):
    def fail():
        raise RuntimeError(CANARY)

    def nested(lines):
        sentinel.shown.append(lines)
        sys.excepthook(RuntimeError, RuntimeError("again"), None)

    sentinel._show = nested
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(sentinel.shown) == 1
    assert sentinel.shown[0][0] == "builtins.RuntimeError"
    assert not any(CANARY in line for line in sentinel.shown[0])
    assert logged.messages() == ["not caught", "not caught"]


def test_an_error_on_a_thread_is_logged_and_opens_no_window_there(sentinel, logged):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert sentinel.shown == []
    assert logged.messages() == ["not caught"]


def test_the_hooks_are_given_back():
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = logs.Sentinel(print)
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before

"""An error of the program's own on the command line: one sentence, its place in a log, and no word of the person's."""

from __future__ import annotations

import json

import pytest

from companion import cli
from companion.services import folders, logbook
from companion.wording import phrasebook

CANARY = "itching on my left elbow since the wedding"


@pytest.fixture
def log(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "log_folder", lambda: tmp_path / "log")
    return tmp_path / "log" / logbook.COMMANDS


@pytest.fixture
def failing(monkeypatch):
    """Every agenda meets an error that quotes what the person wrote."""

    def fail(desk):
        raise ZeroDivisionError(CANARY)

    monkeypatch.setattr("companion.cli.agenda.run", fail)


def test_one_sentence_is_said_and_its_place_is_noted(home, run, log, failing):
    result = run("--record", home.services.record.folder, "agenda")
    assert (result.code, result.out) == (1, "")
    assert len(result.err.splitlines()) == 1
    assert str(log) in result.err
    assert "Traceback" not in result.err
    written = log.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in written
    assert "test_broken.py:" in written
    assert "cli/program.py:" in written
    assert CANARY not in written + result.err
    assert str(home.services.record.folder) not in written
    assert log.stat().st_mode & 0o077 == 0


def test_programs_get_it_as_json(run, log, failing):
    result = run("--json", "agenda")
    assert result.code == 1
    assert json.loads(result.err)["error"] == "broken"


def test_a_log_that_cannot_be_written_is_no_second_trouble(run, log, failing):
    log.parent.write_text("a file where the folder should be")
    result = run("--language", "it", "agenda")
    assert result.code == 1
    assert result.err.strip() == phrasebook("it").say("cli.broken_unnoted", kind="ZeroDivisionError")


def test_what_the_person_stops_is_no_error(run, log, monkeypatch):
    def stop(desk):
        raise KeyboardInterrupt

    monkeypatch.setattr("companion.cli.agenda.run", stop)
    assert "Stopped" in run("agenda").err
    assert not log.exists()


def test_the_tour_has_the_same_net(capsys, log):
    assert cli.broken(RuntimeError(CANARY)) == 1
    assert CANARY not in capsys.readouterr().err + log.read_text(encoding="utf-8")


def test_the_log_does_not_grow_for_ever(log, monkeypatch):
    monkeypatch.setattr(logbook, "MAX_BYTES", 2_000)
    for _ in range(200):
        assert logbook.note(log.parent, ValueError(CANARY)) == log
    files = list(log.parent.iterdir())
    assert len(files) <= logbook.KEPT + 1
    assert all(each.stat().st_size < 3_000 for each in files)

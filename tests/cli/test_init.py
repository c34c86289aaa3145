"""``companion init``: the passphrase, the recovery key, and nothing half made."""

from __future__ import annotations

import re

import pytest

from companion.domain.errors import SurroundingsError
from companion.services import opening
from companion.services.treatment import Care
from tests.support.home import Home

SECRET = "caffè nero 42"
KEY = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}")
LEAFLET = ("init", "--leaflet", "eu")


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("COMPANION_PASSPHRASE", SECRET)


@pytest.fixture
def no_keychain(monkeypatch):
    monkeypatch.setattr("companion.storage.keys.keychain_available", lambda: False)


@pytest.fixture
def keychain(monkeypatch):
    """A keychain in memory."""
    held = {}
    monkeypatch.setattr("companion.storage.keys.keychain_available", lambda: True)
    monkeypatch.setattr("companion.storage.keychain.write", held.__setitem__)
    monkeypatch.setattr("companion.storage.keychain.read", held.__getitem__)
    return held


def test_a_record_is_made_set_up_and_opens_with_both_keys(run, secret, tmp_path):
    result = run(
        *LEAFLET, "--start", "2026-11-01", "--morning", "7:15", "--evening", "19:45", "--name", "Anna",
        "--place", "face:1", "--place", "Mano destra:0,5", "--place", "knee_left",
    )  # fmt: skip
    assert (result.code, result.err) == (0, "")
    (recovery,) = re.findall(r"^    (\S+)$", result.out, re.M)
    assert SECRET not in result.out
    assert "Since 1 November 2026, mornings at 07:15 and evenings at 19:45." in result.out
    assert "Right hand: ½ handprint" in result.out
    record = opening.open_record(tmp_path / "record", recovery=recovery)
    record.close()
    record = opening.open_record(tmp_path / "record", SECRET)
    care = Care(record, None)
    assert [(each.region, str(each.handprints)) for each in care.places()] == [
        ("face", "1"), ("hand_right", "0.5"), ("knee_left", "0.5"),
    ]  # fmt: skip
    assert care.name() == "Anna"
    record.close()


def test_in_json_the_recovery_key_is_only_there_when_asked_for(ask, secret, tmp_path):
    hidden = ask("--record", tmp_path / "one", *LEAFLET)
    assert hidden.value["recovery_key"] is None
    assert "was not shown" in hidden.err
    shown = ask("--record", tmp_path / "two", *LEAFLET, "--show-recovery")
    assert shown.err == ""
    assert set(shown.value["opens_with"]) == {"passphrase", "recovery"}
    assert shown.value["started_on"] == "2026-11-21"
    opening.open_record(tmp_path / "two", recovery=shown.value["recovery_key"]).close()
    assert shown.value["recovery_key"] not in hidden.out + hidden.err


def test_italian(run, secret):
    result = run("--language", "it", *LEAFLET, "--place", "viso:1")
    assert "Viso: 1 palmo." in result.out
    assert "Scriva ora su un foglio" in result.out


def test_with_neither_passphrase_nor_terminal_nor_keychain_nothing_is_made(run, ask, no_keychain, tmp_path):
    result = run(*LEAFLET)
    assert (result.code, result.out) == (1, "")
    assert "COMPANION_PASSPHRASE" in result.err
    assert ask(*LEAFLET).error["error"] == "no_keychain"
    assert list(tmp_path.iterdir()) == []


def test_a_keychain_is_used_when_there_is_no_passphrase_and_the_other_key_is_always_seen(run, ask, keychain, tmp_path):
    unseen = ask(*LEAFLET)
    assert unseen.code == 2
    assert list(tmp_path.iterdir()) == []
    result = run(*LEAFLET)
    assert result.code == 0
    assert len(re.findall(r"^    (\S+)$", result.out, re.M)) == 1
    assert run("agenda").code == 0


def test_the_passphrase_is_asked_twice_on_a_terminal(run, terminal, no_keychain, tmp_path):
    terminal(secrets=[SECRET, "something else"])
    result = run(*LEAFLET)
    assert result.code == 1
    assert "not the same" in result.err
    terminal(secrets=["short"])
    assert run(*LEAFLET).code == 1
    terminal(secrets=[""])
    assert run(*LEAFLET).code == 1  # wants none, and there is no keychain
    assert list(tmp_path.iterdir()) == []
    terminal(secrets=[SECRET, SECRET])
    assert run(*LEAFLET).code == 0
    opening.open_record(tmp_path / "record", SECRET).close()


def test_a_wrong_passphrase_can_be_tried_again_on_a_terminal(run, terminal, secret, monkeypatch):
    run(*LEAFLET)
    monkeypatch.delenv("COMPANION_PASSPHRASE")
    terminal(secrets=["wrong one", "wrong two", SECRET])
    result = run("agenda")
    assert result.code == 0
    assert result.err.count("does not open the record") == 2
    terminal(secrets=["wrong one", "wrong two", "wrong three"])
    assert run("agenda").code == 1


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["--morning", "10:00", "--evening", "12:00"], "times_too_close"),
        (["--morning", "20:00", "--evening", "8:00"], "morning_after_evening"),
        (["--start", "2026-11-22"], "start_in_future"),
        (["--start", "1999-01-01"], "start_too_early"),
        (["--place", "face:0.1"], "handprints_range"),
        (["--place", "face", "--place", "viso"], "place_twice"),
    ],
)
def test_answers_that_cannot_be_make_no_record(ask, secret, tmp_path, words, key):
    result = ask(*LEAFLET, *words)
    assert (result.code, result.out, result.error["error"]) == (1, "", key)
    assert list(tmp_path.iterdir()) == []


def test_a_short_passphrase_makes_no_record(ask, monkeypatch, tmp_path):
    monkeypatch.setenv("COMPANION_PASSPHRASE", "short")
    assert ask(*LEAFLET).error["error"] == "passphrase_short"
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_made_over_something(ask, secret, home, tmp_path):
    before = (tmp_path / "record" / "record.db").read_bytes()
    assert ask(*LEAFLET).error["error"] == "record_exists"
    assert (tmp_path / "record" / "record.db").read_bytes() == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    assert ask("--record", tmp_path / "other", *LEAFLET).error["error"] == "folder_not_empty"
    assert [each.name for each in (tmp_path / "other").iterdir()] == ["mine.txt"]


def test_a_record_that_is_open_elsewhere_is_left_alone(ask, tmp_path):
    open_one = Home(tmp_path)
    assert ask("log", "apply").error["error"] == "record_in_use"
    open_one.close()
    assert ask("log", "apply").code == 0


def test_a_making_that_was_cut_short_is_taken_up(run, ask, secret, tmp_path, monkeypatch):
    folder = tmp_path / "record"
    with monkeypatch.context() as power:
        power.setattr(Care, "set_up", _gone)
        assert run(*LEAFLET).code == 1
    assert run("agenda").code == 1
    hidden = ask(*LEAFLET, "--morning", "05:00", "--evening", "06:00")
    assert hidden.error["error"] == "times_too_close"
    with monkeypatch.context() as other:
        other.setenv("COMPANION_PASSPHRASE", "not the one it has")
        assert ask(*LEAFLET).error["error"] == "record_exists"
    taken = ask(*LEAFLET, "--show-recovery", "--place", "chin:1")
    assert taken.code == 0
    opening.open_record(folder, recovery=taken.value["recovery_key"]).close()
    assert ask("agenda", "--days", "1").code == 0
    assert ask(*LEAFLET).error["error"] == "record_exists"


def _gone(*_):
    raise KeyError


@pytest.fixture
def paper(run, secret, monkeypatch):
    """The recovery key of a record that was just made; nothing else is known of it any more."""
    made = run(*LEAFLET)
    monkeypatch.delenv("COMPANION_PASSPHRASE")
    (recovery,) = re.findall(r"^    (\S+)$", made.out, re.M)
    return recovery


def test_the_recovery_key_opens_where_the_passphrase_is_asked_for(run, terminal, paper, monkeypatch):
    terminal(secrets=["wrong one", paper.lower().replace("-", " ")])
    result = run("agenda")
    assert result.code == 0
    assert result.err.count("nor as its recovery key") == 1
    monkeypatch.setenv("COMPANION_PASSPHRASE", paper)
    assert run("agenda").code == 0
    monkeypatch.setenv("COMPANION_PASSPHRASE", paper[:-1])
    refused = run("agenda")
    assert (refused.code, refused.out) == (1, "")


def test_what_opens_the_record_is_said(run, ask, terminal, paper, monkeypatch):
    asked = []
    terminal(secrets=[paper])
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or paper)
    assert "with its passphrase, or with the recovery key" in run("check").out
    assert asked == ["Passphrase or recovery key of the record: "]
    monkeypatch.setenv("COMPANION_PASSPHRASE", paper)
    assert set(ask("check").value["opens_with"]) == {"passphrase", "recovery"}


def test_where_the_keychain_knows_nothing_of_the_record_the_paper_opens_it(run, terminal, keychain, monkeypatch):
    (recovery,) = re.findall(r"^    (\S+)$", run(*LEAFLET).out, re.M)

    def gone(name):
        raise SurroundingsError("keychain_gone")

    monkeypatch.setattr("companion.storage.keychain.read", gone)
    alone = run("agenda")
    assert (alone.code, alone.out) == (1, "")
    terminal(secrets=[recovery])
    result = run("agenda")
    assert result.code == 0
    assert "keychain" in result.err

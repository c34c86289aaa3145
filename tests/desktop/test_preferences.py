"""Preferences: kept at once, never trusted, never in the way of a start."""

import json

import pytest

from companion.desktop import translation
from companion.desktop.preferences import Preferences


def test_kept_at_once_and_read_again(tmp_path, qtbot):
    file = tmp_path / "deep" / "preferences.json"
    first = Preferences(file)
    with qtbot.waitSignal(first.changed) as told:
        first.theme = "dark"
    assert told.args == ["theme"]
    first.text_scale = 1.5
    again = Preferences(file)
    assert (again.theme, again.text_scale, again.language) == ("dark", 1.5, "")


def test_the_same_value_is_not_told_again(qapp, qtbot):
    preferences = Preferences()
    preferences.theme = "dark"
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.theme = "dark"


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("text_scale", 9.0), ("text_scale", "big"), ("language", "xx"), ("reduced_motion", 1)],
)
def test_nonsense_is_refused_and_in_a_file_is_the_default(name, value, tmp_path, qapp):
    with pytest.raises(ValueError, match=name):
        setattr(Preferences(), name, value)
    file = tmp_path / "preferences.json"
    file.write_text(json.dumps({name: value}))
    assert getattr(Preferences(file), name) == getattr(Preferences(), name)


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "\x00\x01"])
def test_a_damaged_file_costs_the_preferences_only(content, tmp_path, qapp, logged):
    file = tmp_path / "preferences.json"
    file.write_text(content)
    preferences = Preferences(file)
    assert preferences.theme == "system"
    preferences.theme = "light"
    assert Preferences(file).theme == "light"


def test_a_folder_that_cannot_be_written_costs_the_keeping_only(tmp_path, qapp, logged):
    (tmp_path / "file").write_text("in the way")
    preferences = Preferences(tmp_path / "file" / "preferences.json")
    preferences.theme = "light"
    assert preferences.theme == "light"
    assert all("file" not in message for message in logged.messages())


@pytest.mark.parametrize(
    ("preference", "system", "spoken"),
    [
        ("it", ["en-GB"], "it"),
        ("", ["it-IT", "en-GB"], "it"),
        ("", ["it_CH.UTF-8"], "it"),
        ("", ["de-DE", "it-IT"], "it"),
        ("", ["de-DE"], "en"),
        ("", [], "en"),
        ("", ["C.UTF-8"], "en"),
        ("xx", ["it"], "it"),
    ],
)
def test_the_language_spoken(preference, system, spoken):
    assert translation.chosen(preference, system) == spoken


def test_the_environment_says_the_language():
    assert translation.of_environment({"LANGUAGE": "it:en", "LANG": "de_DE"}) == ["it", "en", "de_DE"]
    assert translation.of_environment({"LC_ALL": "it_IT.UTF-8", "LANG": "en_US"}) == ["it_IT.UTF-8"]
    assert translation.of_environment({}) == []


def test_hours_follow_the_choice(qapp):
    preferences = Preferences()
    preferences.hours = "12"
    assert preferences.twelve_hours()
    preferences.hours = "24"
    assert not preferences.twelve_hours()

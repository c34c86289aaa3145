"""Every language says the same things, every phrase that is asked for exists, and no word is there that must not be."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from companion.wording import LANGUAGES, phrasebook, resources
from companion.wording.completeness import gaps, placeholders
from companion.wording.phrases import Phrasebook

ROOT = Path(__file__).resolve().parents[2]
WORDING = ROOT / "resources" / "wording"
SOURCES = sorted(path for path in (ROOT / "companion").rglob("*.py") if "versions" not in path.parts)
ROOMS = sorted(path.stem for path in (WORDING / "en").glob("*.json"))
ERRORS = ("PersonError", "SurroundingsError", "NeedsAnswer", "CompanionError")


# --- both languages -------------------------------------------------------------------------------------------------


def test_both_languages_say_the_same_things():
    assert gaps(WORDING) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda room: room.pop("undo"), "not in it"),
        (lambda room: room.update(extra="x"), "not in en"),
        (lambda room: room.update(undo=" "), "empty"),
        (lambda room: room.update(undo="{what}"), "differs"),
        (lambda room: room.update(undo={"one": "{count}", "other": "{count}"}), "differs"),
        (lambda room: room.update(undo={"one": "{count}"}), "neither"),
        (lambda room: room.update(undo="{open"), "differs"),
        (lambda room: room.update(undo=3), "neither"),
    ],
)
def test_a_gap_between_languages_is_found(tmp_path, spoil, said):
    shutil.copytree(WORDING, tmp_path / "wording")
    path = tmp_path / "wording" / "it" / "common.json"
    room = json.loads(path.read_text("utf-8"))
    spoil(room)
    path.write_text(json.dumps(room), "utf-8")
    assert any(said in gap for gap in gaps(tmp_path / "wording"))


def test_a_missing_or_broken_room_is_found(tmp_path):
    shutil.copytree(WORDING, tmp_path / "wording")
    (tmp_path / "wording" / "it" / "common.json").unlink()
    (tmp_path / "wording" / "en" / "dates.json").write_text("{")
    found = gaps(tmp_path / "wording")
    assert any(each.startswith("common.json") for each in found)
    assert any(each.startswith("dates.json") for each in found)
    assert gaps(tmp_path / "nothing") == ["no rooms"]


# --- what the program asks for --------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """One ``say(...)``: the key as a pattern, the values it is given, or ``None`` when they are not written there."""

    where: str
    pattern: str
    exact: bool
    given: set[str] | None


def patterns(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """The keys a first argument can be: ``(key, True)``, or ``(pattern, False)`` where a part is only known later."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, True
    elif isinstance(node, ast.IfExp):
        yield from patterns(node.body)
        yield from patterns(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(each.value) if isinstance(each, ast.Constant) else ".+" for each in node.values]
        yield "".join(parts), False


def asked(source: str, name: str = "") -> list[Asked]:
    """Every phrase that ``source`` asks for with a key that can be read there."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called != "say":
            continue
        open_ended = any(each.arg is None for each in node.keywords)
        given = None if open_ended else {str(each.arg) for each in node.keywords}
        found += [
            Asked(f"{name}:{node.lineno}", key, exact, given)
            for key, exact in patterns(node.args[0])
            if exact or "." in key.replace(r"\.", ".").partition(".+")[0]
        ]
    return found


EVERY_KEY = {f"{room}.{key}": phrase for room in ROOMS for key, phrase in phrasebook("en").room(room).items()}


def missing(each: Asked) -> list[str]:
    """What is wrong with one request."""
    keys = [each.pattern] if each.exact else [key for key in EVERY_KEY if re.fullmatch(each.pattern, key)]
    if not keys or (each.exact and each.pattern not in EVERY_KEY):
        return [f"{each.where} {each.pattern}: no such phrase"]
    if not each.exact or each.given is None:
        return []
    wanted = placeholders(EVERY_KEY[each.pattern]) | ({"count"} if isinstance(EVERY_KEY[each.pattern], dict) else set())
    return [f"{each.where} {each.pattern}: wants {sorted(wanted - each.given)}"] if wanted - each.given else []


def test_a_phrase_that_is_not_there_is_found():
    source = 'say("common.undo"); say("common.nothing"); say(f"dates.month.{n}"); say(f"dates.moon.{n}")'
    assert [missing(each) != [] for each in asked(source)] == [False, True, False, True]
    assert missing(asked('say("common.undo_offer")')[0]) == [":1 common.undo_offer: wants ['text']"]
    assert missing(asked('say("common.undo_offer", text=1)')[0]) == []
    assert missing(asked('say("a.b" if x else "common.undo")')[0]) != []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_phrase_that_is_asked_for_exists_and_gets_its_values(path):
    name = path.relative_to(ROOT).as_posix()
    assert [gap for each in asked(path.read_text("utf-8"), name) for gap in missing(each)] == []


def raised(source: str) -> set[str]:
    """The keys of the errors that ``source`` makes."""
    keys = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
            first = node.args[0]
            firsts = first.elts if isinstance(first, ast.Tuple) else [first]
            keys |= {key for each in firsts for key, exact in patterns(each) if exact}
    return keys


def test_every_error_has_words():
    assert raised('raise PersonError("a" if x else "b", at=1)\nNeedsAnswer(("c", "d"))') == {"a", "b", "c", "d"}
    keys = {key for path in SOURCES for key in raised(path.read_text("utf-8"))}
    assert len(keys) > 50
    for language in LANGUAGES:
        book = phrasebook(language)
        assert sorted(key for key in keys if not (book.has(f"errors.{key}") or book.has(f"cli.error.{key}"))) == []


def test_every_question_and_refusal_has_words():
    from companion.domain.dosing import Question
    from companion.domain.pictures import Refusal
    from companion.storage import faults

    keys = [f"errors.{each}" for each in (*Question, "get_help", *faults._BY_CODE.values(), *faults._BY_ERRNO.values())]
    keys += [f"cli.refused.{each}" for each in Refusal]
    assert [key for key in keys if key not in EVERY_KEY] == []


def test_no_phrase_of_the_command_line_is_left_over():
    """A phrase nobody asks for is one nobody corrects."""
    wanted = [
        each
        for path in SOURCES
        for each in asked(path.read_text("utf-8"))
        if each.pattern.startswith(("cli", "example"))
    ]
    exact = {each.pattern for each in wanted if each.exact}
    open_ended = [re.compile(each.pattern) for each in wanted if not each.exact and each.pattern != r"cli\..+"]
    # These come from tables: what argparse says, and what goes wrong.
    tables = {f"cli.{key}" for path in (ROOT / "companion" / "cli").glob("*.py") for key in _texts(path)}
    left = [
        key
        for key in EVERY_KEY
        if key.startswith(("cli.", "example."))
        and key not in exact | tables
        and not key.startswith("cli.error.")
        and not any(each.fullmatch(key) for each in open_ended)
    ]
    assert left == []


def _texts(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


# --- words ----------------------------------------------------------------------------------------------------------

BANNED = {
    "en": re.compile(
        r"\b(damag\w*|flaw\w*|cure[sd]?|success\w*|miracle\w*|congratulat\w*|well done|streaks?|defect\w*|suffer\w*"
        r"|before and after|risk score)\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b((?<!le )danno|danni|danneggi\w*|difett\w*|guari\w*|miracol\w*|soffr\w*|con successo|complimenti"
        r"|congratulazioni|prima e dopo)\b",
        re.IGNORECASE,
    ),
}


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text of a language with its key."""
    for room in ROOMS:
        for key, phrase in phrasebook(language).room(room).items():
            for text in phrase.values() if isinstance(phrase, dict) else [phrase]:
                yield f"{room}.{key}", text


@pytest.mark.parametrize("language", LANGUAGES)
def test_banned_words_are_absent(language):
    assert BANNED["en"].search("It was a Success")
    assert BANNED["it"].search("La pelle è guarita")
    assert not BANNED["it"].search("quello che è successo, e le danno")
    assert [(key, text) for key, text in texts(language) if BANNED[language].search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_tidy(language):
    untidy = re.compile(r"^\s|\s$|  |\s[,;:!?.](?!\w)|\.\.\.|!!|<\w+>")
    allowed = {"cli.photos.line", "shell.start.usage", "learn.numbered"}  # columns
    found = [
        (key, text)
        for key, text in texts(language)
        if untidy.search(text) and key not in allowed and not key.endswith("_join")  # what stands between two words
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_typographic(language):
    """One apostrophe in all texts; the straight one only where a command is to be typed as it stands."""
    straight = re.compile(r"\w'|'\w")
    assert straight.search("the computer's")
    assert straight.search("un po' di spazio")
    typed = {"shell.start.qt_unsafe"}
    assert [(key, text) for key, text in texts(language) if straight.search(text) and key not in typed] == []


def test_italian_is_polite():
    """The person is addressed with Lei or not at all, never with tu."""
    familiar = re.compile(r"\b(tuo|tua|tuoi|tue|tu|puoi|devi|vuoi|hai|sei sicur[oa])\b", re.IGNORECASE)
    assert familiar.search("Se vuoi, puoi")
    assert [(key, text) for key, text in texts("it") if familiar.search(text)] == []


def test_names_of_side_effects_are_in_both_languages():
    listed = json.loads(resources.read_text("content/symptoms.json"))
    assert all(line[language].strip() for line in listed for language in LANGUAGES)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("8 novembre", "Lo fa dal giorno dopo, l’8 novembre."),
        ("11 marzo", "Lo fa dal giorno dopo, l’11 marzo."),
        ("18 marzo", "Lo fa dal giorno dopo, il 18 marzo."),
        ("1100", "Lo fa dal giorno dopo, il 1100."),
    ],
)
def test_italian_articles_are_elided_before_eight_and_eleven(monkeypatch, day, said):
    book = Phrasebook("it")
    monkeypatch.setitem(book.room("common"), "probe", "Lo fa dal giorno dopo, il {day}.")
    assert book.say("common.probe", day=day) == said


def test_elision_touches_prepositions_and_nothing_a_person_typed(monkeypatch):
    book = Phrasebook("it")
    monkeypatch.setitem(book.room("common"), "probe", "Dal {first} al {last}: «{note}»")
    said = book.say("common.probe", first="8 maggio", last="11 maggio", note="il 8 ho usato {last}")
    assert said == "Dall’8 maggio all’11 maggio: «il 8 ho usato {last}»"


def test_english_is_left_alone(monkeypatch):
    book = Phrasebook("en")
    monkeypatch.setitem(book.room("common"), "probe", "il {day}")
    assert book.say("common.probe", day="8") == "il 8"

"""A command that is carried out by the program that has the record: the same words, and nothing left behind there."""

import json

import pytest

from companion.cli.visited import NOBODY, serve
from companion.domain.moments import Part, Slot
from companion.services import neighbour
from companion.wording import language, use_language
from tests.support.home import TODAY, Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "record")
    yield made
    made.close()


def asked(*argv, spoken="en"):
    return neighbour.RUN + json.dumps({"argv": argv, "language": spoken}).encode() + b"\n"


def test_it_is_recorded_here_and_said_there(home, capsys):
    words, changed = serve(asked("log", "apply", "--slot", "morning", "--json"), home.services)
    reply = json.loads(words)
    assert (reply["code"], reply["err"], changed) == (0, "", True)
    assert json.loads(reply["out"])
    (row,) = home.services.applications.between(TODAY, TODAY)
    assert row.slot == Slot(TODAY, Part.MORNING)
    assert capsys.readouterr() == ("", "")


def test_a_question_is_an_answer_with_no_because_nobody_can_be_asked_here(home):
    serve(asked("log", "apply", "--slot", "morning"), home.services)
    words, changed = serve(asked("log", "apply", "--slot", "evening"), home.services)
    assert json.loads(words)["code"] == 1
    assert "--yes" in json.loads(words)["err"]
    assert not changed


def test_the_language_is_that_of_the_terminal_and_then_again_that_of_the_window(home):
    words, _ = serve(asked("log", "nonsense", spoken="it"), home.services)
    english, _ = serve(asked("log", "nonsense"), home.services)
    assert json.loads(words)["code"] == 2
    assert json.loads(words)["err"] != json.loads(english)["err"]
    assert language() == "en"
    use_language("en")


@pytest.mark.parametrize("words", [b"run \n", b"run [1]\n", b'run {"argv": 3}\n', b"run {nonsense\n"])
def test_nonsense_is_nobodys(home, words):
    assert serve(words, home.services) == (NOBODY, False)


def test_a_locked_record_is_nobodys_and_long_work_is_refused(home):
    assert serve(asked("agenda"), None) == (NOBODY, False)
    words, changed = serve(asked("export", "csv", "x"), home.services)
    assert (json.loads(words)["code"], changed) == (1, False)


def test_where_nobody_is_met_nothing_is_handed_over(tmp_path):
    assert neighbour.ask(tmp_path / "record", ["agenda"], "en") is None

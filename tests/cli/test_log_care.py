"""``companion log`` for everything else, on a real record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from companion.domain.care import CareKind, OnSkin, SkinDay
from companion.services.treatment import NewTube
from companion.wording import use_language
from tests.support.home import TODAY

NOW = "2026-11-21T08:00:00+01:00"
PAST = "2026-11-01T12:00:00+01:00"


def kept(home):
    home.reopen()
    entries = home.services.care_entries.of_kinds()
    home.close()
    return entries


CALLS = [
    (
        ["light", "--device", "excimer", "--minutes", "1,5", "--place", "face", "--note", "ok"],
        {"kind": "light", "device": "excimer", "minutes": "1.5", "places": ["Face"], "note": "ok", "at": NOW},
    ),
    (
        ["treatment", "Tacrolimus", "--form", "cream", "--day", "2026-11-01", "--until", "2026-12-01"],
        {"kind": "treatment", "name": "Tacrolimus", "form": "cream", "at": PAST, "ended_on": "2026-12-01"},
    ),
    (["sun", "--what", "make_up"], {"kind": "skin_day", "what": "make_up", "day": "2026-11-21"}),
    (
        ["estimate", "ring finger", "0,25"],
        {
            "kind": "estimate",
            "handprints": "0.25",
            "places": ["Ring finger (Right hand)"],
            "treated": "1.25",
            "cap": 10,
        },
    ),
    (["noticing", "3"], {"kind": "noticing", "level": 3, "places": []}),
    (
        ["visit", "--asked", "how long?", "--said", "carry on", "--next", "2027-05-01"],
        {"kind": "visit", "asked": "how long?", "said": "carry on", "next_on": "2027-05-01"},
    ),
]


@pytest.mark.parametrize(("words", "told"), CALLS, ids=lambda value: value[0] if isinstance(value, list) else "")
def test_every_kind_is_noted_and_told_in_json(home, ask, words, told):
    result = ask("log", *words)
    assert (result.code, result.err) == (0, "")
    assert {name: result.value[name] for name in told} == told
    assert (result.value["id"], result.value["help"]) == (1, None)
    (entry,) = kept(home)
    assert entry.kind.value == told["kind"]


def test_a_score_shows_its_arithmetic(home, run, ask):
    words = ("log", "score", "--region", "arms:3:50", "--region", "legs:4:75%", "--face", "no", "--by", "Dr. B")
    result = run(*words)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "Noted: Doctor’s area score, 21 November 2026.",
        "Arms, without hands: 3 × 50% = 1.5",
        "Legs, without feet: 4 × 75% = 3",
        "Sum, face not counted in: 4.5",
        "Each share is one of seven steps, so the sum can mean anything from 3.62 to 5.18."
        " A small difference between two scores need not be a change of the skin.",
    ]
    value = ask(*words).value
    assert (value["total"], value["low"], value["high"]) == ("4.5", "3.625", "5.175")
    assert value["regions"][0] == {"region": "arms", "handprints": "3", "percent": 50, "points": "1.5"}
    assert (value["face_included"], value["by"]) == (False, "Dr. B")
    assert [entry.kind for entry in kept(home)] == [CareKind.SCORE] * 2


def test_an_estimate_above_the_leaflets_line_says_so(home, run):
    assert "leaflet" not in run("log", "estimate", "face", "9.5").out
    result = run("log", "estimate", "face", "9.75")
    assert result.out.splitlines() == [
        "Noted: Face, about 9¾ handprints, 21 November 2026.",
        "The treated places together are now about 10¼ handprints. Your leaflet speaks of at most 10 handprints, 10%"
        " of the skin: ask your doctor or pharmacist.",
    ]


def test_an_estimate_of_a_place_that_was_not_there_adds_it_untreated(home, ask):
    assert ask("log", "estimate", "elbow_left", "1").value["treated"] == "1.5"
    home.reopen()
    assert not home.services.care.places()[-1].treated


def test_a_tube(home, run, ask):
    result = run("log", "tube", "--grams", "60", "--opened", "2026-11-20", "--lot", "L9", "--expires", "2028-06-30")
    assert result.out == "Noted: a tube with 60 g, opened on 20 November 2026.\n"
    asked = ask("log", "tube", "--grams", "60")
    assert (asked.code, asked.error["error"]) == (1, "three_tubes_open")
    assert ask("log", "tube", "--grams", "60", "--last-finished").value["finished"] == 2
    assert ask("log", "tube", "--grams", "100", "--yes").code == 0
    home.reopen()
    tubes = home.services.care.tubes()
    assert [tube.grams for tube in tubes if tube.finished_on is None] == [100, 60, 100]
    assert tubes[-2].lot == "L9"
    assert NewTube(60, date(2026, 11, 20)).as_tube().lot == ""


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["light", "--minutes", "0"], "light_minutes"),
        (["tube", "--grams", "0"], "tube_grams"),
        (["tube", "--grams", "60", "--opened", "2014-01-01"], "opened_too_early"),
        (["treatment", " "], "treatment_name_empty"),
        (["treatment", "x", "--until", "2026-11-20"], "end_before_start"),
        (["estimate", "face", "101"], "estimate_range"),
        (["score", "--region", "hands:20:50", "--face", "no"], "score_units"),
        (["score", "--region", "arms:3:60", "--face", "no"], "score_percent"),
        (["score", "--region", "arms:3:50", "--region", "arms:3:50", "--face", "no"], "score_region_twice"),
        (["sun", "--day", "2026-11-22"], "in_future"),
        (["noticing", "2", "--place", "face,ring finger"], "one_place"),
        (["visit", "--next", "2026-11-20"], "next_before_visit"),
        (["visit", "--note", "x" * 100_001], "note_too_long"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_noted(home, ask, words, key):
    result = ask("log", *words)
    assert (result.code, result.error["error"]) == (1, key)
    assert kept(home) == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["score", "--region", "arms-3-50", "--face", "no"], "arms-3-50"),
        (["score", "--region", "leg:3:50", "--face", "no"], "leg:3:50"),
        (["score", "--region", "arms:3:50"], "--face"),
        (["noticing", "5"], "5"),
        (["light", "--minutes", "soon"], "soon"),
        (["light", "--device", "sun"], "sun"),
        (["sun", "--day", "2026-11-20", "--at", NOW], "--at"),
    ],
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_wrong_usage_is_said_in_the_persons_words(home, run, words, said, language):
    result = run("--language", language, "log", *words)
    assert result.code == 2
    assert said in result.err or "--" in result.err


def test_what_is_urgent_shows_the_help_list_first(home, run):
    result = run("log", "visit", "--said", "chest pain and trouble breathing: call at once")
    assert result.code == 0
    assert "911" in result.err or "112" in result.err or "112" in result.out
    (entry,) = kept(home)
    assert entry.help_shown_at is not None


def test_it_speaks_italian(home, run):
    result = run("--language", "it", "log", "estimate", "viso", "0,5")
    assert result.out.splitlines()[0] == "Annotato: Viso, circa ½ palmo, 21 novembre 2026."
    use_language("en")
    (entry,) = kept(home)
    assert entry.what.handprints == Decimal("0.5")
    assert entry.day == TODAY


def test_a_day_in_the_sun_is_the_usual_one(home, run):
    assert run("log", "sun", "--day", "2026-07-01").out == "Noted: Sun, tan or make-up, 1 July 2026.\n"
    assert kept(home)[0].what == SkinDay(OnSkin.SUN)

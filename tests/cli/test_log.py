"""``companion log`` and ``companion agenda`` on a real record."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest

from companion.domain.dosing import Outcome
from companion.domain.moments import Part, Slot
from companion.domain.reminders import ReminderSettings
from companion.services.treatment import NewPlace
from tests.support.home import TODAY, at

EIGHT = "2026-11-21T08:00:00+01:00"


def kept(home):
    home.reopen()
    rows = home.services.applications.between(date(2026, 11, 1), date(2026, 11, 30))
    home.close()
    return rows


def test_apply_says_what_it_recorded(home, run, ask):
    result = run("log", "apply")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "Recorded: Saturday, 21 November, morning, applied at 08:00. Places: Face, Ring finger (Right hand).\n"
    )
    (row,) = kept(home)
    assert (row.slot, row.at, row.places) == (Slot(TODAY, Part.MORNING), at(8), (1, 2))


def test_apply_in_json(home, ask):
    result = ask("log", "apply", "--slot", "morning", "--places", "viso, ring FINGER", "--grams", "0,5", "--note", "x")
    assert result.value == {
        "kind": "application",
        "id": 1,
        "slot": "morning",
        "day": "2026-11-21",
        "further": 0,
        "outcome": "applied",
        "at": EIGHT,
        "places": ["Face", "Ring finger (Right hand)"],
        "grams": 0.5,
        "help": None,
    }
    (row,) = kept(home)
    assert (row.grams, row.note) == (0.5, "x")


@pytest.mark.parametrize(
    ("when", "slot"),
    [
        ("2026-11-20T20:15+01:00", Slot(date(2026, 11, 20), Part.EVENING)),
        ("2026-11-21T00:30+01:00", Slot(date(2026, 11, 20), Part.EVENING)),
        ("2026-11-21T06:30:00Z", Slot(TODAY, Part.MORNING)),
        ("2026-11-20T23:30-05:00", Slot(TODAY, Part.MORNING)),
    ],
)
def test_apply_at_another_time(home, ask, when, slot):
    result = ask("log", "apply", "--at", when)
    assert result.code == 0
    (row,) = kept(home)
    assert row.slot == slot
    assert row.at == datetime.fromisoformat(when)


def test_a_named_slot_in_the_night_is_the_evening_before(home, ask):
    assert ask("log", "apply", "--slot", "evening", "--at", "2026-11-21T01:00+01:00").value["day"] == "2026-11-20"
    assert ask("log", "missed", "--slot", "evening", "--day", "2026-11-19").value["day"] == "2026-11-19"
    assert ask("log", "missed", "--day", "2026-11-19").code == 2


def test_the_future_is_refused(home, ask):
    for words in (
        ["apply", "--at", "2026-11-21T08:30+01:00"],
        ["apply", "--slot", "morning", "--day", "2026-11-22"],
        ["skip", "--slot", "evening", "--day", "2026-11-22"],
        ["skip", "--at", "2026-11-21T20:00+01:00"],
        ["missed", "--slot", "evening"],
        ["symptom", "itch", "--at", "2026-11-21T08:30+01:00"],
        ["note", "x", "--at", "2026-11-21T08:30+01:00"],
    ):
        result = ask("log", *words)
        assert (result.code, result.out, result.error["error"]) == (1, "", "in_future"), words
    assert kept(home) == ()


def test_questions_are_named_where_nobody_can_be_asked_and_yes_answers_them(home, run, ask):
    run("log", "apply", "--at", "2026-11-21T07:00+01:00")
    told = ask("log", "apply", "--slot", "evening")
    assert (told.code, told.out) == (1, "")
    assert told.error["error"] == "within_eight_hours"
    assert told.error["questions"] == ["within_eight_hours"]
    said = run("log", "apply", "--slot", "evening")
    assert "07:00 on 21 Nov" in said.err
    assert "--yes" in said.err
    assert len(kept(home)) == 1
    assert run("log", "apply", "--slot", "evening", "--yes").code == 0
    assert len(kept(home)) == 2


def test_a_third_one_is_asked_about(home, run, ask):
    run("log", "apply", "--at", "2026-11-20T07:00+01:00")
    run("log", "apply", "--at", "2026-11-20T15:00+01:00", "--slot", "evening")
    late = ("log", "apply", "--at", "2026-11-20T23:30+01:00")
    assert ask(*late).error["questions"] == ["third_in_a_day"]
    assert ask(*late, "--yes").value["further"] == 1


@pytest.mark.parametrize(
    ("language", "reply", "recorded"),
    [
        ("en", "y", True),
        ("en", "Yes", True),
        ("en", "", False),
        ("en", "n", False),
        ("it", "sì", True),
        ("it", "x", False),
    ],
)
def test_questions_are_asked_on_a_terminal(home, run, terminal, language, reply, recorded):
    run("log", "apply", "--at", "2026-11-21T07:00+01:00")
    terminal(answers=[reply])
    result = run("--language", language, "log", "apply", "--slot", "evening")
    assert (result.code == 0) is recorded
    assert ("Nothing was recorded" in result.err) is (not recorded and language == "en")
    assert len(kept(home)) == 1 + recorded


def test_a_slot_is_recorded_once(home, run, ask):
    run("log", "apply", "--slot", "morning")
    again = ask("log", "apply", "--slot", "morning")
    assert (again.code, again.error["error"]) == (1, "already_recorded")
    assert "08:00 on 21 Nov" in again.error["message"]
    assert ask("log", "missed", "--slot", "morning").error["error"] == "already_recorded"


def test_skip_and_missed(home, run, ask):
    assert ask("log", "skip").value["outcome"] == "skipped"
    result = run("log", "missed", "--slot", "evening", "--day", "2026-11-20", "--note", "asleep")
    assert result.out == ("Recorded: Friday, 20 November, evening, missed.\nNothing to make up: carry on as usual.\n")
    missed, skipped = sorted(kept(home), key=lambda row: row.slot)
    assert (missed.outcome, missed.note, skipped.outcome) == (Outcome.MISSED, "asleep", Outcome.SKIPPED)


@pytest.mark.parametrize("text", ["chin", "Chin", "mento"])
def test_a_side_effect_where_nothing_is_treated(home, ask, text):
    assert ask("log", "symptom", "itch", "--place", f"face, {text}").code == 0
    assert ask("log", "symptom", "itch", "--place", text).code == 0
    assert ask("log", "apply").value["places"] == ["Face", "Ring finger (Right hand)"]
    home.reopen()
    (chin,) = [place for place in home.services.care.places() if place.region == "chin"]
    assert not chin.treated
    assert home.services.journal.get_symptom(1).places == (1, chin.id)
    assert home.services.journal.get_symptom(2).places == (chin.id,)
    home.close()


def test_a_place_that_is_no_region_adds_nothing(home, ask):
    result = ask("log", "symptom", "itch", "--place", "chin,frob")
    assert (result.code, result.error["error"]) == (1, "unknown_place")
    home.reopen()
    assert "chin" not in {place.region for place in home.services.care.places()}
    home.close()


@pytest.mark.parametrize(
    ("text", "place"),
    [("face", 1), ("VISO", 1), ("hand_right", 2), ("right hand", 2), ("mano destra", 2), ("ring finger", 2)],
)
def test_a_place_by_code_by_either_name_or_by_the_persons_own(home, ask, text, place):
    assert ask("log", "apply", "--places", text).code == 0
    assert kept(home)[0].places == (place,)


def test_a_place_that_is_unknown_or_unclear_is_said_with_those_there_are(home, run, ask):
    unknown = ask("log", "apply", "--places", "nose")
    assert (unknown.code, unknown.error["error"]) == (1, "unknown_place")
    assert "Face, Ring finger (Right hand), Left knee" in unknown.error["message"]
    home.reopen()
    home.services.care.add_place(NewPlace("face", label="Chin"))
    home.services.care.add_place(NewPlace("neck", label="Шея"))
    home.close()
    assert ask("log", "apply", "--places", "chin").value["places"] == ["Chin (Face)"]
    unclear = ask("log", "apply", "--slot", "evening", "--places", "face", "--yes")
    assert unclear.error["error"] == "place_ambiguous"
    assert "Face, Chin (Face)" in unclear.error["message"]
    assert ask("log", "symptom", "itch", "--place", "шея").code == 0


# --- side effects and notes -----------------------------------------------------------------------------------------


def test_a_side_effect(home, run, ask):
    result = ask("log", "symptom", "itch", "--place", "face", "--bad", "1", "--bothers", "2", "--at", EIGHT)
    assert result.value == {"kind": "symptom", "id": 1, "code": "itch", "at": EIGHT, "help": None}
    assert result.err == ""
    home.reopen()
    entry = home.services.journal.get_symptom(1)
    home.close()
    assert (entry.bad, entry.bothers, entry.places) == (1, 2, (1,))
    assert run("--language", "it", "log", "symptom", "redness").out == "Annotato: Rossore, sabato 21 novembre, 08:00.\n"


@pytest.mark.parametrize(
    "words",
    [["symptom", "leg_swelling"], ["symptom", "itch", "--note", "and chest pain"], ["note", "chest pain all day"]],
)
def test_what_is_urgent_shows_the_list_first_and_is_then_recorded(home, run, ask, words):
    result = run("log", *words)
    assert result.code == 0
    title, number, *_, last = result.out.splitlines()
    assert title == "WHEN TO GET HELP"
    assert number == "Emergency number: 112"
    assert last.startswith("Noted: ")
    told = ask("log", *words)
    assert told.value["help"] in ("clot", "heart")
    assert "WHEN TO GET HELP" in told.err
    home.reopen()
    entries = home.services.journal.page()
    assert len(entries) == 2
    assert all(entry.help_shown_at is not None for entry in entries)


def test_the_section_that_is_meant_stands_first_and_the_others_follow(home, run):
    lines = run("log", "symptom", "bruising").out.splitlines()
    titles = [line.partition(":")[0] for line in lines if line.endswith(("now.", "visit.")) or "Call your" in line]
    assert titles[0] == "Low blood counts"
    assert {"Heart attack", "Stroke", "Infection"} <= set(titles)


def test_a_note_from_standard_input(home, ask, monkeypatch):
    text = "<b>così</b> 🧴 שלום\n" + "x" * 99_000
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert ask("log", "note", "-").code == 0
    home.reopen()
    assert home.services.journal.get_note(1).text == text
    home.close()
    assert ask("log", "note", "  ").error["error"] == "note_empty"


# --- agenda ---------------------------------------------------------------------------------------------------------


def test_the_agenda_in_json(home, run, ask):
    run("log", "apply", "--at", "2026-11-21T07:50+01:00")
    items = ask("agenda", "--days", "2").value
    assert items == [
        {
            "kind": "application", "slot": "morning", "day": "2026-11-21", "due": "2026-11-21T07:30:00+01:00",
            "state": "applied", "not_before": None, "recorded_at": "2026-11-21T07:50:00+01:00", "announced": [],
        },
        {
            "kind": "photo_day", "slot": None, "day": "2026-11-21", "due": "2026-11-21T10:00:00+01:00",
            "state": "ahead", "not_before": None, "recorded_at": None, "announced": ["2026-11-21T10:00:00+01:00"],
        },
        {
            "kind": "application", "slot": "evening", "day": "2026-11-21", "due": "2026-11-21T20:00:00+01:00",
            "state": "ahead", "not_before": None, "recorded_at": None, "announced": [
                "2026-11-21T20:00:00+01:00", "2026-11-21T20:30:00+01:00", "2026-11-21T22:00:00+01:00",
            ],
        },
        {
            "kind": "application", "slot": "morning", "day": "2026-11-22", "due": "2026-11-22T07:30:00+01:00",
            "state": "ahead", "not_before": None, "recorded_at": None, "announced": [
                "2026-11-22T07:30:00+01:00", "2026-11-22T08:00:00+01:00", "2026-11-22T09:30:00+01:00",
            ],
        },
        {
            "kind": "application", "slot": "evening", "day": "2026-11-22", "due": "2026-11-22T20:00:00+01:00",
            "state": "ahead", "not_before": None, "recorded_at": None, "announced": [
                "2026-11-22T20:00:00+01:00", "2026-11-22T20:30:00+01:00", "2026-11-22T22:00:00+01:00",
            ],
        },
    ]  # fmt: skip


def test_the_agenda_elsewhere_and_through_the_clock_change(home, ask):
    items = ask("agenda", "--from", "2027-03-27", "--days", "2").value
    assert [item["announced"][0] for item in items] == [item["due"] for item in items]
    assert [item["due"][-6:] for item in items] == ["+01:00", "+01:00", "+02:00", "+02:00"]
    tokyo = ask("agenda", "--tz", "Asia/Tokyo", "--from", "2026-12-01", "--days", "1").value
    assert tokyo[0]["due"] == "2026-12-01T07:30:00+09:00"
    assert ask("agenda", "--tz", "Mars").error["error"] == "unknown_zone"
    assert ask("agenda", "--days", "0").error["error"] == "days_range"
    assert ask("agenda", "--from", "2020-01-01", "--days", "3").value == []


def test_the_agenda_for_people(home, run):
    run("log", "apply", "--at", "2026-11-20T23:50+01:00", "--slot", "evening")
    lines = run("agenda", "--from", "2026-11-20", "--days", "2").out.splitlines()
    assert lines == [
        "Friday, 20 November",
        "  Morning, 07:30: not recorded",
        "  Evening, 20:00: applied at 23:50",
        "Saturday, 21 November",
        "  Morning, 07:30: due now",
        "    Reminders, until answered: 08:00, 08:30, 10:00",
        "  Photo day, reminder at 10:15",
        "  Evening, 20:00: still to come",
        "    Reminders, until answered: 20:00, 20:30, 22:00",
    ]
    early = run("agenda", "--days", "1", clock="2026-11-21T07:00+01:00[Europe/Rome]").out.splitlines()
    assert early[1] == "  Morning, 07:30: can go on from 07:50, eight hours after the last one"
    home.reopen()
    home.services.reminding.change(ReminderSettings(on=False))
    home.close()
    assert run("agenda").out.startswith("Reminders are switched off.\n")
    assert "Reminders, until" not in run("agenda").out
    assert run("--language", "it", "agenda", "--from", "2020-01-01").out == "Nessuna applicazione in questi giorni.\n"


@pytest.mark.parametrize("words", [("apply",), ("skip", "--slot", "evening"), ("missed", "--slot", "morning")])
def test_an_urgent_note_beside_an_application_prints_the_help_list(run, ask, home, words):
    said = run("log", *words, "--note", "chest pain", clock="2026-11-21T21:00+01:00[Europe/Rome]")
    assert said.code == 0
    assert "WHEN TO GET HELP" in said.out
    assert said.out.index("Chest pain") < said.out.index(", 21 November, ")
    assert len(kept(home)) == 1
    again = ask(
        "log",
        *words,
        "--note",
        "chest pain",
        "--day",
        "2026-11-20",
        *([] if "--slot" in words else ["--slot", "morning"]),
    )
    assert again.value["help"] == "heart"
    assert "WHEN TO GET HELP" in again.err


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "1492-10-12T08:00+01:00"])
@pytest.mark.parametrize("words", [("apply",), ("skip",), ("symptom", "itch"), ("note", "x")])
def test_a_time_at_the_edge_of_the_calendar_is_wrong_usage(run, home, words, moment):
    said = run("log", *words, "--at", moment)
    assert (said.code, said.out) == (2, "")
    assert moment in said.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_edge_of_the_calendar_is_wrong_usage(run, home, day):
    for words in (("log", "apply", "--slot", "morning", "--day", day), ("agenda", "--from", day)):
        said = run(*words)
        assert (said.code, said.out) == (2, "")
        assert day in said.err


def test_a_day_of_another_year_is_said_with_its_year(run, home):
    assert run("log", "note", "x", "--at", "1970-01-01T12:00Z").out == "Noted: 1 January 1970, 13:00.\n"
    assert "Noted: Itch, 31 December 2025, 12:00" in run("log", "symptom", "itch", "--at", "2025-12-31T12:00+01:00").out

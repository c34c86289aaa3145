"""Everything in one list: no entry lost between pages, and found by what was written and what was chosen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from companion.domain.care import (
    Device,
    Estimate,
    Form,
    LightSession,
    Noticing,
    OnSkin,
    OtherTreatment,
    RegionScore,
    Score,
    ScoreRegion,
    SkinDay,
    Visit,
)
from companion.domain.moments import Part, Slot
from companion.domain.reactions import NoteEntry
from companion.domain.timeline import EntryKind, Filter
from companion.services.applications import Log
from companion.services.care_entries import NewCare
from companion.services.journal import NewSymptom
from companion.services.timeline import Timeline
from companion.wording import use_language
from tests.support.growth import grow
from tests.support.home import ROME, TODAY, at, keep

DAY = timedelta(days=1)
SCORE = Score((RegionScore(ScoreRegion.ARMS, Decimal(3), 50),), True, "Dr. Bianchi")


@pytest.fixture
def line(home):
    """A record with one entry of each kind, the first of them ten days ago; and a tube of 1 October."""
    journal, care = home.services.journal, home.services.care_entries
    day = iter(range(10, 0, -1))

    def when():
        return TODAY - next(day) * DAY

    care.add(NewCare(LightSession(Device.EXCIMER, Decimal(2)), day=when(), places=(1,), note="po’ di rossore"))
    care.add(NewCare(OtherTreatment("Tacrolimus", Form.CREAM), day=when(), places=(1, 2)))
    care.add(NewCare(SkinDay(OnSkin.MAKE_UP), day=when()))
    care.add(NewCare(Estimate(2, Decimal("0.5")), day=when()))
    care.add(NewCare(SCORE, day=when()))
    care.add(NewCare(Noticing(3), day=when()))
    care.add(NewCare(Visit("Quanto dura?", "Perché no, Straße"), day=when()))
    journal.add_symptom(NewSymptom("itch", at=at(9, day=when()), places=(1,), note="on the chin", action="Cold WATER"))
    journal.add_note("Brown dots near the thumb", at=at(9, day=when()))
    slot = Slot(TODAY - DAY, Part.EVENING)
    home.services.applications.log(Log(slot=slot, at=at(21, day=TODAY - DAY), note="after a shower"))
    home.services.applications.log(Log(slot=Slot(TODAY, Part.MORNING), at=at(7, 50)))  # without a note
    return home.services.timeline


IN_ORDER = ["application", "note", "symptom", "visit", "noticing", "score", "estimate", "skin_day", "treatment"]


def kinds(page):
    return [item.kind.value for item in page.items]


def test_every_kind_is_there_newest_first(line):
    page = line.page()
    assert kinds(page) == [*IN_ORDER, "light", "tube"]
    assert page.before is None
    assert [item.day for item in page.items][-2:] == [TODAY - 10 * DAY, date(2026, 10, 1)]
    assert all(item.entry.id == item.id for item in page.items)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BROWN", ["note"]),
        ("dots thumb", ["note"]),
        ("thumb dots", ["note"]),
        ("thumb absent", []),
        ("perche", ["visit"]),
        ("STRASSE", ["visit"]),
        ("quanto", ["visit"]),
        ("po' di", ["light"]),
        ("excimer", ["light"]),
        ("light session", ["light"]),
        ("itch", ["symptom"]),
        ("water", ["symptom"]),
        ("tacro", ["treatment"]),
        ("make-up", ["skin_day"]),
        ("camouflage", ["skin_day"]),
        ("bianchi", ["score"]),
        ("clearly", ["noticing"]),
        ("shower", ["application"]),
        ("L42", ["tube"]),
        ("ring finger", ["application", "estimate", "treatment"]),
        ("face chin", ["symptom"]),
        ("handprints", []),
        ("device", []),
        ("%", []),
        ("_", []),
        ("\x00", []),
    ],
)
def test_an_entry_is_found_by_what_was_written_and_chosen(line, text, found):
    assert kinds(line.page(Filter(text))) == found
    assert {kind.value: count for kind, count in line.counts(Filter(text)).items()} == {kind: 1 for kind in found}


def test_it_is_searched_in_the_language_that_is_spoken(line):
    assert kinds(line.page(Filter("prurito"))) == []
    use_language("it")
    assert kinds(line.page(Filter("prurito"))) == ["symptom"]
    assert kinds(line.page(Filter("eccimeri"))) == ["light"]


def test_a_search_knows_what_was_written_a_moment_ago(home, line):
    assert kinds(line.page(Filter("yesterday"))) == []
    done = home.services.journal.add_note("Yesterday it was fine")
    assert kinds(line.page(Filter("yesterday"))) == ["note"]
    home.services.journal.edit_note(NoteEntry(done.id, at(8), ROME, "Today it was fine"))
    assert kinds(line.page(Filter("yesterday"))) == []
    home.services.journal.delete_note(done.id)
    assert kinds(line.page(Filter("today it was"))) == []
    place = next(place for place in home.services.care.places() if place.id == 2)
    home.services.care.archive_place(place.id)
    assert kinds(line.page(Filter("ring finger"))) == ["application", "estimate", "treatment"]


def test_kinds_places_and_days_narrow_it_alike_with_and_without_a_text(line):
    light, tube, symptom = EntryKind.LIGHT, EntryKind.TUBE, EntryKind.SYMPTOM
    assert kinds(line.page(Filter(kinds=frozenset({light, tube})))) == ["light", "tube"]
    assert kinds(line.page(Filter("e", frozenset({light, symptom})))) == ["symptom", "light"]
    assert kinds(line.page(Filter(places=frozenset({2})))) == ["application", "estimate", "treatment"]
    assert kinds(line.page(Filter(kinds=frozenset({EntryKind.NOTE}), places=frozenset({1})))) == []
    span = Filter(first=TODAY - 3 * DAY, last=TODAY - 2 * DAY)
    assert kinds(line.page(span)) == ["note", "symptom"]
    assert kinds(line.page(Filter(first=date(2026, 10, 1), last=date(2026, 10, 1)))) == ["tube"]
    assert kinds(line.page(Filter(last=date.max, first=date.min))) == [*IN_ORDER, "light", "tube"]


def test_counts_are_of_every_kind_whatever_kinds_are_wanted(line):
    everything = {kind.value: 1 for kind in EntryKind}
    assert {kind.value: count for kind, count in line.counts().items()} == everything
    chosen = Filter(kinds=frozenset({EntryKind.NOTE}), places=frozenset({1}))
    counts = {kind.value: count for kind, count in line.counts(chosen).items()}
    assert counts == {"application": 1, "symptom": 1, "treatment": 1, "light": 1}


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_leave_nothing_out_and_repeat_nothing(home, line, limit):
    for number in range(5):  # several at one instant
        home.services.journal.add_note(f"n{number}", at=at(8, day=TODAY - 5 * DAY))
        home.services.care_entries.add(NewCare(SkinDay(OnSkin.SUN), at=at(8, day=TODAY - 5 * DAY)))
    whole = line.page(limit=1000).items
    for text in ("", "n"):
        wanted = Filter(text)
        found, before = [], None
        while True:
            page = line.page(wanted, before, limit)
            found += page.items
            assert len(page.items) <= limit + 9
            if (before := page.before) is None:
                break
        assert len(set(found)) == len(found)
        if not text:
            assert sorted(found, key=str) == sorted(whole, key=str)
        assert [item.at for item in found] == sorted((item.at for item in found), reverse=True)


def test_a_page_has_at_least_one_item(line):
    with pytest.raises(ValueError, match="at least one"):
        line.page(limit=0)


def test_an_empty_record_has_an_empty_timeline(bare):
    assert bare.services.timeline.page().items == ()
    assert bare.services.timeline.counts() == {}
    assert bare.services.timeline.page(Filter("x")).items == ()


def test_a_search_finds_what_reading_everything_finds(home):
    """On a year of made-up entries: the kept texts and the tables agree on every filter."""
    keep(home.services.album, b"one")
    grow(home.services.record, TODAY - DAY, years=1)
    timeline = Timeline(home.services.record, home.clock)
    everything = timeline.page(limit=10_000).items
    chance = Random(1)
    for _ in range(40):
        wanted = Filter(
            kinds=frozenset(chance.sample(tuple(EntryKind), chance.randrange(0, 4))),
            places=frozenset(chance.sample((1, 2, 3), chance.randrange(0, 2))),
            first=chance.choice((None, TODAY - chance.randrange(400) * DAY)),
            last=chance.choice((None, TODAY - chance.randrange(200) * DAY)),
        )
        mine = [item for item in everything if _answers(item, wanted)]
        assert list(timeline.page(wanted, limit=10_000).items) == mine
        searched = timeline.page(Filter(" e ", wanted.kinds, wanted.places, wanted.first, wanted.last), limit=10_000)
        assert set(searched.items) <= set(mine)
        assert sum(timeline.counts(wanted).values()) >= len(mine)


def _answers(item, wanted):
    places = set(getattr(item.entry, "places", ()))
    return (
        (not wanted.kinds or item.kind in wanted.kinds)
        and (not wanted.places or bool(places & wanted.places))
        and (wanted.first is None or item.day >= wanted.first)
        and (wanted.last is None or item.day <= wanted.last)
    )

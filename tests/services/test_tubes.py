"""Tubes as a person may type them: slips are said, a third one in use is asked about, corrections are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.history import Noun
from companion.services.journal import KEEP_DELETED
from companion.services.tubes import THREE_OPEN, NewTube
from tests.support.home import TODAY

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("tube", "key"),
    [
        (NewTube(0, TODAY), "tube_grams"),
        (NewTube(-5, TODAY), "tube_grams"),
        (NewTube(501, TODAY), "tube_grams"),
        (NewTube(60, TODAY + DAY), "opened_in_future"),
        (NewTube(60, date(1026, 11, 1)), "opened_too_early"),
        (NewTube(60, TODAY, expires_on=date(26, 6, 1)), "day_too_early"),
        (NewTube(60, TODAY, expires_on=date(2206, 6, 1)), "day_too_late"),
    ],
)
def test_a_slip_is_said_and_nothing_is_noted(home, tube, key):
    before = home.services.care.tubes()
    with pytest.raises(PersonError, match=key):
        home.services.care.open_tube(tube)
    (first,) = before
    with pytest.raises(PersonError, match=key):
        home.services.care.change_tube(
            replace(first, grams=tube.grams, opened_on=tube.opened_on, expires_on=tube.expires_on)
        )
    assert home.services.care.tubes() == before


def test_a_tube_is_not_finished_tomorrow(home):
    (first,) = home.services.care.tubes()
    with pytest.raises(PersonError, match="in_future"):
        home.services.care.change_tube(replace(first, finished_on=TODAY + DAY))


def test_an_expired_tube_may_be_noted_as_it_is(home):
    number = home.services.care.open_tube(NewTube(60, TODAY, expires_on=TODAY - 90 * DAY)).id
    assert home.services.care.tubes()[0].id == number


def test_a_third_tube_in_use_is_asked_about_and_then_noted(home):
    care = home.services.care
    care.open_tube(NewTube(60, TODAY))
    with pytest.raises(NeedsAnswer) as asked:
        care.open_tube(NewTube(60, TODAY, "third"))
    assert (asked.value.questions, asked.value.values) == ((THREE_OPEN,), {"count": 2})
    assert len(care.tubes()) == 2
    # One that is finished with it is not in use any more.
    done = care.open_tube(NewTube(60, TODAY, "third"), care.tubes()[0])
    care.undo(done.undo)
    care.open_tube(NewTube(60, TODAY, "third"), answered=(THREE_OPEN,))
    assert sum(tube.finished_on is None for tube in care.tubes()) == 3


def test_a_corrected_tube_keeps_what_was_said_of_it(home):
    care, entries = home.services.care, home.services.care_entries
    (first,) = care.tubes()
    done = care.change_tube(replace(first, lot="L43"))
    assert [edit.before for edit in entries.history(Noun.TUBE, first.id)] == [first]
    care.change_tube(replace(first, lot="L43"))  # the same again is no correction
    assert len(entries.history(Noun.TUBE, first.id)) == 1
    care.undo(done.undo)
    assert entries.history(Noun.TUBE, first.id) == ()
    assert care.tubes() == (first,)
    opened = care.open_tube(NewTube(60, TODAY), first)
    assert [edit.before for edit in entries.history(Noun.TUBE, first.id)] == [first]
    care.undo(opened.undo)
    assert entries.history(Noun.TUBE, first.id) == ()


def test_a_tube_that_is_gone_is_said(home):
    (first,) = home.services.care.tubes()
    with pytest.raises(PersonError, match="entry_gone"):
        home.services.care.change_tube(replace(first, id=99))


def test_tubes_are_purged_with_the_others(home):
    care, entries = home.services.care, home.services.care_entries
    (first,) = care.tubes()
    care.change_tube(replace(first, lot="L43"))
    care.delete_tube(first.id)
    home.clock.advance(KEEP_DELETED - DAY)
    entries.purge()
    assert entries.history(Noun.TUBE, first.id) != ()
    home.clock.advance(2 * DAY)
    entries.purge()
    assert entries.history(Noun.TUBE, first.id) == ()
    with home.services.record.unit_of_work() as work:
        assert work.tubes.get(first.id) is None

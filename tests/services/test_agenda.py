"""The agenda of a real record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from companion.domain.dosing import Outcome, SlotState
from companion.domain.errors import PersonError
from companion.domain.moments import Part, Slot
from companion.services.agenda import MAX_DAYS, Agenda
from companion.services.applications import Log
from tests.support.home import START, TODAY, at


@pytest.fixture
def agenda(home):
    return Agenda(home.services.record, home.clock)


def test_a_week_ahead_with_what_is_known(home, agenda):
    home.services.applications.log(Log())
    home.services.applications.set_outcome(Slot(TODAY, Part.EVENING), Outcome.SKIPPED)
    items = agenda.days()
    assert len(items) == 14
    assert [item.state for item in items[:3]] == [SlotState.APPLIED, SlotState.SKIPPED, SlotState.AHEAD]
    assert items[2].due == at(7, 30, TODAY + timedelta(days=1))


def test_a_late_morning_is_carried_into_the_evening(home, agenda):
    home.clock.set(at(14))
    home.services.applications.log(Log())
    assert agenda.days(days=1)[1].not_before == at(22)


def test_another_zone_has_its_own_days(agenda):
    assert agenda.days(date(2026, 12, 1), 1, "Asia/Tokyo")[0].due == datetime(2026, 11, 30, 22, 30, tzinfo=UTC)


def test_only_days_of_the_treatment(agenda):
    assert len(agenda.days(START - timedelta(days=3), 5)) == 4


@pytest.mark.parametrize(
    ("first", "days", "zone", "key"),
    [
        (None, 0, None, "days_range"),
        (None, MAX_DAYS + 1, None, "days_range"),
        (date(9999, 12, 30), 30, None, "days_range"),
        (None, 1, "Mars/Olympus", "unknown_zone"),
        (None, 1, "../etc/passwd", "unknown_zone"),
        (None, 1, "", None),
    ],
)
def test_what_makes_no_agenda_is_refused(agenda, first, days, zone, key):
    if key is None:
        assert agenda.days(first, days, zone)
        return
    with pytest.raises(PersonError) as error:
        agenda.days(first, days, zone)
    assert error.value.key == key


def test_before_the_set_up_there_is_none(bare):
    with pytest.raises(PersonError) as error:
        Agenda(bare.services.record, bare.clock).days()
    assert error.value.key == "not_set_up"

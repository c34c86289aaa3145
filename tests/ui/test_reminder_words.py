"""When and what, in words: moments near and far, and what people call a zone."""

from datetime import timedelta

import pytest

from companion.domain.moments import Part
from companion.domain.reminders import Key, Kind
from companion.ui import reminder_words
from companion.wording import phrasebook
from companion.wording.zones import city
from tests.support.home import ROME, TODAY, at

NOW = at(9, 30)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today at 20:00"),
        (1, "tomorrow at 20:00"),
        (-1, "yesterday at 20:00"),
        (3, "Tuesday at 20:00"),
        (40, "31 Dec 2026 at 20:00"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(days, said):
    assert reminder_words.moment(at(20, day=TODAY + timedelta(days=days)), ROME, NOW) == said


def test_a_moment_is_that_of_the_clock_there():
    assert reminder_words.moment(at(20), "Asia/Tokyo", NOW) == "tomorrow at 04:00"


def test_every_kind_has_its_line():
    keys = [Key(Kind.APPLICATION, TODAY, part) for part in Part]
    keys += [Key(kind, TODAY) for kind in Kind if kind is not Kind.APPLICATION]
    said = {reminder_words.line(key, at(20), ROME, NOW) for key in keys}
    assert len(said) == len(keys)
    assert "Today at 20:00: the evening application." in said


@pytest.mark.parametrize(
    ("zone", "english", "italian"),
    [
        ("Europe/Rome", "Rome", "Roma"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("America/Los_Angeles", "Los Angeles", "Los Angeles"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city(zone, english, italian):
    assert city(zone, phrasebook("en")) == english
    assert city(zone, phrasebook("it")) == italian

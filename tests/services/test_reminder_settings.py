"""Whatever lies in the record, settings come out of it, field by field."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.errors import PersonError
from companion.domain.reminders import Quiet, ReminderSettings
from companion.services.reminder_settings import sensible, settings_in, settings_out, zone_in

DEFAULT = ReminderSettings()
NAMES = [each.name for each in fields(ReminderSettings)]
CHOSEN = ReminderSettings(
    on=False,
    quiet=Quiet(time(23), time(7, 15)),
    follow_ups=(timedelta(minutes=10),),
    later=timedelta(hours=1),
    sound=True,
    discreet=False,
    home="Asia/Tokyo",
    photo_day=False,
    tube_order=False,
)
HALF = timedelta(minutes=30)


@pytest.mark.parametrize(
    "settings", [DEFAULT, CHOSEN, replace(DEFAULT, quiet=None), replace(DEFAULT, follow_ups=(), home="Europe/Rome")]
)
def test_what_is_kept_comes_back(settings):
    assert settings_in(settings_out(settings)) == settings
    assert sensible(settings) == settings


def test_nothing_kept_is_the_default():
    assert settings_in(None) == settings_in("") == settings_in("{}") == DEFAULT


@pytest.mark.parametrize("text", ["{", "[]", "3", "null", '"on"', "\0", '{"on": tru', "[" * 100_000, '{"on": NaN}'])
def test_what_is_no_settings_is_the_default(text):
    assert settings_in(text) == DEFAULT


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("on", "yes"),
        ("on", 1),
        ("quiet", ["25:99", "06:30"]),
        ("quiet", ["22:30"]),
        ("quiet", {"start": "22:30"}),
        ("quiet", ["7:00", "8:00"]),
        ("quiet", ["٠٧:٣٠", "08:00"]),
        ("quiet", [7, 8]),
        ("follow_ups", 30),
        ("follow_ups", [-30]),
        ("follow_ups", [30, "x"]),
        ("follow_ups", [10**30]),
        ("follow_ups", [1, 2, 3, 4, 5, 6]),
        ("later", 0),
        ("later", 1.5),
        ("later", True),
        ("later", 10**9),
        ("sound", None),
        ("discreet", "no"),
        ("home", "Mars/Olympus"),
        ("home", "../../etc/passwd"),
        ("home", "/etc/localtime"),
        ("home", "localtime"),
        ("home", "posixrules"),
        ("home", "Factory"),
        ("home", "right/Europe/Rome"),
        ("home", ""),
        ("home", 3),
        ("home", "\0"),
        ("photo_day", []),
        ("tube_order", {}),
    ],
)
def test_one_wrong_field_costs_no_other(name, wrong):
    kept = {**json.loads(settings_out(CHOSEN)), name: wrong}
    assert settings_in(json.dumps(kept)) == replace(CHOSEN, **{name: getattr(DEFAULT, name)})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["07:30", "25:99"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_nothing_that_was_written_by_hand_raises(kept):
    found = settings_in(json.dumps(kept))
    assert sensible(found) == found


def test_what_cannot_be_kept_is_brought_within_bounds():
    odd = replace(
        DEFAULT,
        quiet=Quiet(time(22, 30, 15, tzinfo=UTC), time(6)),
        follow_ups=(timedelta(hours=3), timedelta(0), timedelta(seconds=20), -HALF, timedelta(days=9)),
        later=timedelta(days=2),
    )
    kept = sensible(odd)
    assert kept.quiet == Quiet(time(22, 30), time(6))
    assert kept.follow_ups == (timedelta(minutes=1), timedelta(hours=3), timedelta(hours=24))
    assert kept.later == timedelta(hours=24)
    assert sensible(replace(DEFAULT, quiet=Quiet(time(5), time(5)))).quiet is None
    for nowhere in ("Mars/Olympus", "localtime", "posixrules", "right/Europe/Rome", ""):
        with pytest.raises(PersonError, match="unknown_zone"):
            sensible(replace(DEFAULT, home=nowhere))


def test_a_zone_that_is_none_was_never_seen():
    assert (zone_in("Europe/Rome"), zone_in("Europe/Atlantis"), zone_in(""), zone_in(None)) == (
        "Europe/Rome",
        None,
        None,
        None,
    )

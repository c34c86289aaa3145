"""What stands on the prescription, kept as it was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.domain.care import Prescription
from companion.domain.errors import NeedsAnswer, PersonError
from companion.services.prescription import KEY
from tests.support.home import TODAY

FULL = Prescription("Dr. È. Rossi 🙂", "Farmacia, via Po 3", "RX-1 <b>", date(2026, 8, 1), "2 of 3", "none; '--")


def test_it_is_empty_at_first_and_there_after_a_restart(home):
    assert home.services.prescription.get() == Prescription()
    spaced = replace(FULL, pharmacy=f"  {FULL.pharmacy}\n")
    assert home.services.prescription.put(spaced).changes.settings
    home.reopen()
    assert home.services.prescription.get() == FULL


def test_it_is_taken_back(home):
    facts = home.services.prescription
    first, second = facts.put(FULL), facts.put(Prescription("Dr. B"))
    facts.undo(second.undo)
    assert facts.get() == FULL
    facts.undo(first.undo)
    assert facts.get() == Prescription()
    assert home.services.care.setting(KEY) is None


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (replace(FULL, insurance="x" * 201), "name_too_long"),
        (replace(FULL, started_on=TODAY + timedelta(days=1)), "in_future"),
        (replace(FULL, started_on=date(206, 8, 1)), "day_too_early"),
    ],
)
def test_a_slip_is_said(home, facts, key):
    with pytest.raises(PersonError, match=key):
        home.services.prescription.put(facts)
    assert home.services.prescription.get() == Prescription()


def test_urgent_words_show_the_help_page_first(home):
    urgent = Prescription(refills="dolore al petto da stamattina")
    with pytest.raises(NeedsAnswer, match="get_help"):
        home.services.prescription.put(urgent)
    assert home.services.prescription.put(urgent, help_shown=True).help


@pytest.mark.parametrize(
    "stored", ["", "[]", "{", '{"prescriber": 3, "number": null}', '{"started_on": "soon"}', '{"started_on": 5}']
)
def test_what_makes_no_sense_is_empty(home, stored):
    home.services.care.put_setting(KEY, stored)
    assert home.services.prescription.get() == Prescription()

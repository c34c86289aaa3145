"""Errors in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from companion.domain.dosing import Question
from companion.domain.errors import NeedsAnswer, PersonError, SurroundingsError
from companion.wording import phrasebook
from companion.wording.problems import words, words_of

EN, IT = phrasebook("en"), phrasebook("it")
MOMENT = datetime(2026, 11, 21, 6, 42, tzinfo=UTC)


def test_a_moment_is_written_as_the_person_reads_it():
    error = PersonError("already_recorded", at=MOMENT)
    assert "07:42 on 21 Nov" in words(error, "Europe/Rome", EN)
    assert "01:42" in words(error, "America/New_York", EN)
    assert "07:42 del 21 nov" in words(error, "Europe/Rome", IT)


def test_questions_have_words_of_their_own():
    asked = NeedsAnswer((Question.WITHIN_EIGHT_HOURS, Question.THIRD_IN_A_DAY), at=MOMENT, part="morning")
    for question in asked.questions:
        assert words_of(question, asked.values, "Europe/Rome", IT) != words(SurroundingsError("disk_full"), "UTC", IT)


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2026, 3, 1), "1 marzo 2026"), (time(7, 5), "07:05"), (1.5, "1,5"), (8, "8"), ("x", "x")],
)
def test_other_values(value, text):
    assert text in words_of("tube_grams", {"most": value}, "UTC", IT)

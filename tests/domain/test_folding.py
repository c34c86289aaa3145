"""What a search takes for the same text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.folding import folded


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Perché", "perche"),
        ("PERCHE\u0301", "perche"),
        ("dall’una", "dall'una"),
        ("Straße", "STRASSE"),
        ("Ångström", "angstrom"),
        ("ŽLUŤ", "zlut"),
        ("Привет", "ПРИВЕТ"),
        ("皮膚", "皮膚"),
        ("🙂 ok", "🙂 OK"),
        ("ﬁne", "fine"),
    ],
)
def test_case_and_accents_make_no_difference(text, same):
    assert folded(text) == folded(same)


def test_other_letters_stay_other():
    assert len({folded(each) for each in ("и", "i", "皮", "膚", "🙂")}) == 5


def by_the_letter(text):
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).replace("\u2019", "'").lower()


@given(st.text())
def test_it_is_what_looking_at_every_letter_gives(text):
    assert folded(text) == by_the_letter(text)


@given(st.text(), st.text())
def test_what_was_typed_is_found_in_what_was_written_around_it(text, more):
    assert folded(text) in folded(f"{more} {text} {more}")

"""Every test of this room works on a real record in a temporary folder."""

from __future__ import annotations

import pytest

from companion.wording import language, use_language
from tests.support.home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def bare(tmp_path):
    """A record without a treatment."""
    made = Home(tmp_path, None)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _same_language():
    before = language()
    use_language("en")
    yield
    use_language(before)

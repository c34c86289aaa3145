"""Every test here begins in the light theme at 100% in English and leaves it so."""

import pytest

from companion.ui import theme
from companion.wording import use_language


@pytest.fixture(autouse=True)
def _plain_look(qapp):
    use_language("en")
    theme.apply(qapp, theme.load("light"))
    yield
    use_language("en")
    theme.apply(qapp, theme.load("light"))

"""Every test here begins in the light theme at 100% in English and leaves it so, with no widget left behind."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from companion.ui import theme
from companion.wording import dates, use_language


@pytest.fixture(autouse=True)
def _plain_look(qapp):
    _begin(qapp)
    yield
    # Without a running event loop nothing deletes what was put away: a widget left over is styled anew every time.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _begin(qapp)


@pytest.fixture
def stage(tmp_path, qapp):
    """A record that is set up, and all that a page needs."""
    from tests.support.stage import Stage

    made = Stage(tmp_path)
    yield made
    made.close()


def _begin(qapp):
    use_language("en")
    dates.use_twelve_hours(False)
    if theme.current().name != "light" or theme.current().scale != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, theme.load("light"))

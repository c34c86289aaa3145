"""What holds for every test: no display, folders of its own, no unexpected log record, nothing left running."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _variable in ("COMPANION_RECORD", "COMPANION_PASSPHRASE", "COMPANION_LANGUAGE"):
    os.environ.pop(_variable, None)

from companion.schedule.clock import FixedClock  # noqa: E402 - Qt reads the platform when it is first loaded

WITHOUT_DISPLAY = "This plugin does not support"
"""Said by Qt's platform without a display; see ``qt_log_ignore`` in ``pyproject.toml``."""
NOON_IN_ROME = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a Qt application, so that ``-m "not gui"`` runs the rest."""
    for item in items:
        if {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the folders of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for variable, name in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("APPDATA", "roaming"),
        ("LOCALAPPDATA", "local"),
    ):
        monkeypatch.setenv(variable, str(home / name))
    for variable in ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):  # and from their notifications
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home / 'no-bus'}")


class Logged(logging.Handler):
    """Keeps what is logged at WARNING or above. A test that expects some asks for ``logged`` or ``caplog``."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected = False

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith(WITHOUT_DISPLAY):
            self.records.append(record)

    def messages(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture(autouse=True)
def _log_guard(request: pytest.FixtureRequest) -> Iterator[Logged]:
    guard = Logged()
    guard.expected = "caplog" in request.fixturenames
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    if guard.records and not guard.expected:
        pytest.fail(f"unexpected log records: {guard.messages()}")


@pytest.fixture
def logged(_log_guard: Logged) -> Logged:
    """The records of this test at WARNING or above, which it expects and looks at."""
    _log_guard.expected = True
    return _log_guard


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Collect garbage between the tests, in this thread: a worker that collects a widget ends the whole run."""
    from companion.desktop.collecting import collect_due

    gc.disable()
    yield
    collect_due()


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a worker thread, or a window, behind."""
    threads = set(threading.enumerate())
    windows = _windows(request)
    yield
    left = [each.name for each in threading.enumerate() if each not in threads and each.name.startswith("companion")]
    if left:
        pytest.fail(f"threads left: {left}")
    more = _windows(request) - windows
    if more:
        gc.collect()
        more = _windows(request) - windows
    if more:
        pytest.fail(f"windows left: {sorted(type(each).__name__ for each in more)}")


def _windows(request: pytest.FixtureRequest) -> set[object]:
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {each for each in QApplication.topLevelWidgets() if each.isVisible()} if QApplication.instance() else set()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still at noon of 21 November 2026 in Rome."""
    return FixedClock(NOON_IN_ROME, "Europe/Rome")

"""The Learn page on a record that is only a dictionary, for its tests and its benchmark."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from PySide6.QtCore import QObject

from companion.desktop.preferences import Preferences
from companion.domain.leaflet import Leaflet
from companion.services.changes import Changes, Done
from companion.ui.context import Bus, Context

TODAY = date(2026, 11, 21)


class FakeCare:
    """Keeps settings in memory."""

    def __init__(self, today: date = TODAY) -> None:
        self.kept: dict[str, str] = {}
        self.day = today

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def put_setting(self, key: str, value: str) -> Done:
        self.kept[key] = value
        return Done(Changes(settings=True))

    def today(self) -> date:
        return self.day


class FakeHost(QObject):
    """Remembers what the page asked the window for, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, object]] = []

    def go(self, page: str, argument: object = None) -> None:
        self.calls.append(("go", (page, argument)))

    def show_help(self, *categories: str) -> None:
        self.calls.append(("help", " ".join(categories) or None))

    def say_problem(self, error: Exception) -> None:
        self.calls.append(("problem", error))


class FakeTasks:
    """Does the work at once."""

    def run(self, work, then, failed, progress=None, *, writes=True) -> None:
        then(work(None))


def context(leaflet: Leaflet = Leaflet.EU, care: FakeCare | None = None, *, example: bool = False) -> Context:
    """Return what a page is handed."""
    return Context(
        care=care or FakeCare(),
        applications=SimpleNamespace(leaflet=lambda: leaflet),
        journal=None,
        album=None,
        clock=None,
        tasks=FakeTasks(),
        preferences=Preferences(),
        bus=Bus(),
        host=FakeHost(),
        example=example,
    )

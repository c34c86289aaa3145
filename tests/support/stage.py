"""A page on its own: a real record and its services, a fixed clock, and a host that remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.services.changes import Done, Undo
from companion.services.treatment import SetupAnswers
from companion.ui.context import Bus, Context, Page
from companion.ui.widgets.sheet import Sheet
from tests.support.home import ANSWERS, Home
from tests.support.reminding import StageResident


class StageHost:
    """What the window does for a page, remembered. ``on_help`` is called while the get-help page would be open."""

    def __init__(self) -> None:
        self.went: list[tuple[str, object]] = []
        self.offers: list[tuple[str, Undo, Callable[[Undo], object]]] = []
        self.helped: list[str | None] = []
        self.problems: list[Exception] = []
        self.on_help: Callable[[], None] | None = None

    def go(self, page: str, argument: object = None) -> None:
        """Remember where the page wanted to go."""
        self.went.append((page, argument))

    def offer_undo(self, text: str, undo: Undo, take_back: Callable[[Undo], object]) -> None:
        """Remember the offer."""
        self.offers.append((text, undo, take_back))

    def show_help(self, *categories: str) -> None:
        """Remember that the get-help page was asked for."""
        self.helped.append(" ".join(categories) or None)
        if self.on_help is not None:
            self.on_help()

    def say_problem(self, error: Exception) -> None:
        """Remember the error."""
        self.problems.append(error)


class Stage:
    """Everything a page needs; with ``reminds`` also what reminds. Call :meth:`close` at the end."""

    def __init__(
        self, folder: Path, answers: SetupAnswers | None = ANSWERS, *, reminds: bool = False, begins_now: bool = False
    ) -> None:
        self.home = Home(folder, answers, begins_now)
        self.clock = self.home.clock
        self.host = StageHost()
        self.bus = Bus()
        self.tasks = Tasks()
        self.preferences = Preferences()
        self.resident = StageResident()
        services = self.home.services
        self.context = Context(
            care=services.care,
            applications=services.applications,
            journal=services.journal,
            album=services.album,
            clock=services.clock if reminds else self.clock,
            tasks=self.tasks,
            preferences=self.preferences,
            bus=self.bus,
            host=self.host,
            example=False,
            reminding=services.reminding if reminds else None,
            resident=self.resident if reminds else None,
            timeline=services.timeline,
            care_entries=services.care_entries,
            prescription=services.prescription,
            progress=services.progress,
        )

    def take_back(self) -> None:
        """Press Undo on the last offer, as the window does."""
        _, undo, take = self.host.offers.pop()
        done = take(undo)
        if isinstance(done, Done):
            self.bus.announce(done.changes)

    def close(self) -> None:
        """End background work and close the record."""
        self.tasks.shutdown()
        self.home.close()


# A page on the stage, and what stands on it

_P = TypeVar("_P", bound=Page)


def entered(kind: Callable[[Context], _P], stage: Stage, size: tuple[int, int] = (1085, 832)) -> _P:
    """Build a page, enter and show it. The test hands it to ``qtbot.addWidget``."""
    made = kind(stage.context)
    made.resize(*size)
    made.enter()
    made.show()
    settle()
    return made


def settle(_application: object = None) -> None:
    """Let the layouts, which wait for one another, come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def texts(root: QWidget) -> str:
    """Return the words of all labels that are seen."""
    return " ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def named(root: QWidget, text: str) -> QWidget:
    """Return the first control in sight that bears exactly these words."""
    return next(
        each for each in root.findChildren(QWidget) if each.isVisible() and getattr(each, "text", str)() == text
    )


def open_sheet(page: QWidget) -> Sheet:
    """Return the sheet that lies over the window of a page."""
    return next(each for each in page.window().findChildren(Sheet) if each.isVisible())

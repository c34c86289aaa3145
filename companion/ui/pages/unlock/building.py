"""Drawing the example record, the first time it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from companion.desktop.tasks import Job, Tasks
from companion.domain.errors import CompanionError
from companion.domain.moments import Clock
from companion.services import example, opening
from companion.services.opened import Opened, services_of
from companion.ui.messages import explain
from companion.ui.widgets.entry import EntryFrame
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.progress import ProgressStrip
from companion.wording import say


class BuildingPage(EntryFrame):
    """Makes the example in ``folder`` on a worker and opens it."""

    opened = Signal(object)
    """Emits the :class:`Opened` example."""
    given_up = Signal()
    """The person stopped it, or it could not be made and they want to leave."""
    broken = Signal(object)
    """Emits an error that is the program's own."""

    def __init__(self, folder: Path, clock: Clock, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(say("shell.example.building_title"), say("shell.example.building"), parent=parent)
        self._strip = ProgressStrip(say("shell.example.drawing"))
        self._strip.stopped.connect(self._stop)
        self.add(self._strip)
        self._failed = InlineMessage("", "attention", action=say("shell.example.leave"))
        self._failed.acted.connect(self.given_up)
        self._failed.hide()
        self.add(self._failed)
        self._handle = tasks.run(_building(folder, clock), self._on_built, self._on_failed, self._on_progress)

    @Slot()
    def _stop(self) -> None:
        self._handle.stop()

    def _on_progress(self, done: int, of: int) -> None:
        self._strip.show_progress(done, of)

    def _on_built(self, opened: Opened | None) -> None:
        if opened is None:
            self.given_up.emit()
        else:
            self.opened.emit(opened)

    def _on_failed(self, error: Exception) -> None:
        self._strip.hide()
        words = explain(error) if isinstance(error, CompanionError) else say("shell.example.failed")
        self._failed.show_message(words, "attention")
        self._failed.show()
        if not isinstance(error, CompanionError):
            self.broken.emit(error)


class _Stopped(Exception):
    """The person pressed Stop."""


def _building(folder: Path, clock: Clock) -> Callable[[Job], Opened | None]:
    def work(job: Job) -> Opened | None:
        def told(done: int, of: int) -> None:
            if job.stopped():
                raise _Stopped
            job.progress(done, of)

        try:
            example.make(folder, clock, told)
        except _Stopped:
            return None
        return services_of(opening.open_record(folder), clock)

    return work

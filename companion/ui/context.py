"""What a page is handed: the services of the open record, and a few things the window does for every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from companion.services.changes import EVERYTHING, Changes, Undo

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from companion.desktop.preferences import Preferences
    from companion.desktop.tasks import Tasks
    from companion.domain.moments import Clock
    from companion.domain.reminders import Announcement
    from companion.services.album import Album
    from companion.services.applications import Applications
    from companion.services.care_entries import CareEntries
    from companion.services.custody import Custody
    from companion.services.journal import Journal
    from companion.services.opened import Opened
    from companion.services.prescription import PrescriptionFacts
    from companion.services.progress import Progress
    from companion.services.reminding import Reminding
    from companion.services.timeline import Timeline
    from companion.services.treatment import Care
    from companion.ui.standing import Standing, Trial


class Host(Protocol):
    """What the main window does for a page."""

    def go(self, page: str, argument: object = None) -> None:
        """Show another page; ``argument`` is for it (a slot, a photo id, an article)."""
        ...

    def offer_undo(self, text: str, undo: Undo, take_back: Callable[[Undo], object]) -> None:
        """Show the undo bar; ``take_back`` is a service's ``undo`` method."""
        ...

    def show_help(self, *categories: str) -> None:
        """Show the get-help page at once, above everything, ``categories`` first; return when the person closes it."""
        ...

    def say_problem(self, error: Exception) -> None:
        """Say an error that has no place on the page."""
        ...


class Resident(Protocol):
    """What the program is beyond its window: the way to the desktop's notifications, the tray, the start at login."""

    @property
    def changed(self) -> SignalInstance:
        """Sent without arguments when :meth:`health` or :meth:`catch_up` says something else."""
        ...

    def health(self) -> Standing:
        """Return what is known now; asks nobody, so it may be called at every paint."""
        ...

    def refresh(self) -> None:
        """Ask the desktop again; ``changed`` follows when something is different."""
        ...

    def test(self, then: Callable[[Trial], None]) -> None:
        """Send a test reminder the way a real one goes. ``then`` is called as it gets further, last with ``SEEN``."""
        ...

    def catch_up(self) -> Announcement | None:
        """Return the reminder that came late in this session, if one did."""
        ...

    def away_at(self, moment: datetime) -> bool:
        """Return whether at ``moment`` the computer slept or no record was open, as far as that was seen."""
        ...

    def start_at_login(self, on: bool) -> None:
        """Switch the start at login. Raises ``SurroundingsError``."""
        ...

    def stay_when_closed(self, on: bool) -> None:
        """Choose whether closing the window leaves the program in the tray."""
        ...


class Bus(QObject):
    """Tells every page what changed, whoever changed it."""

    changed = Signal(object)
    """Emits a :class:`Changes`."""

    def announce(self, changes: Changes) -> None:
        """Tell the pages."""
        if changes.any:
            self.changed.emit(changes)


@dataclass(frozen=True, slots=True)
class Context:
    """The services of the open record and the window's helpers; handed to each page when it is built."""

    care: Care
    applications: Applications
    journal: Journal
    album: Album
    clock: Clock
    tasks: Tasks
    preferences: Preferences
    bus: Bus
    host: Host
    example: bool
    custody: Custody | None = None
    reminding: Reminding | None = None
    resident: Resident | None = None
    """``None`` where nothing runs beyond the window: the tour, tests."""
    care_entries: CareEntries | None = None
    timeline: Timeline | None = None
    prescription: PrescriptionFacts | None = None
    progress: Progress | None = None


class _OfOpened(Context):
    """A context whose services are made when a page first asks for them: the start pays for those of Today only."""

    __slots__ = ("_opened", "_resident")
    _opened: Opened
    _resident: Callable[[], Resident] | None

    def __init__(
        self,
        opened: Opened,
        tasks: Tasks,
        preferences: Preferences,
        bus: Bus,
        host: Host,
        resident: Callable[[], Resident] | None = None,
    ) -> None:
        values = {
            "_opened": opened,
            "clock": opened.clock,
            "tasks": tasks,
            "preferences": preferences,
            "bus": bus,
            "host": host,
            "example": opened.example,
            "_resident": resident,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def care(self) -> Care:
        """The treatment."""
        return self._opened.care

    @property
    def applications(self) -> Applications:
        """The applications."""
        return self._opened.applications

    @property
    def journal(self) -> Journal:
        """Side effects and notes."""
        return self._opened.journal

    @property
    def album(self) -> Album:
        """The photos."""
        return self._opened.album

    @property
    def care_entries(self) -> CareEntries:
        """Light, other treatments, estimates, scores, visits and what else there is."""
        return self._opened.care_entries

    @property
    def timeline(self) -> Timeline:
        """Everything that was noted, in one list."""
        return self._opened.timeline

    @property
    def prescription(self) -> PrescriptionFacts:
        """What stands on the prescription."""
        return self._opened.prescription

    @property
    def progress(self) -> Progress:
        """The months on one page."""
        return self._opened.progress

    @property
    def custody(self) -> Custody:
        """The record as a whole."""
        return self._opened.custody

    @property
    def resident(self) -> Resident | None:
        """What the program is beyond its window; ``None`` where it is nothing."""
        return self._resident() if self._resident is not None else None

    @property
    def reminding(self) -> Reminding | None:
        """The reminders; ``None`` where the record can not plan any."""
        return getattr(self._opened, "reminding", None)


def context_of(
    opened: Opened,
    tasks: Tasks,
    preferences: Preferences,
    bus: Bus,
    host: Host,
    resident: Callable[[], Resident] | None = None,
) -> Context:
    """Return what the pages of an open record are handed; ``resident`` is asked when a page first wants it."""
    return _OfOpened(opened, tasks, preferences, bus, host, resident)


class Page(QWidget):
    """One room of the window. A subclass builds its widgets in ``__init__`` and fills them in :meth:`reload`."""

    name = ""
    """The page's key: ``today``, ``photos``, ..."""
    covering = Signal()
    """:meth:`covers` may say something else now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = EVERYTHING
        context.bus.changed.connect(self._on_changed)

    def concerns(self, changes: Changes) -> bool:
        """Return whether the page shows anything of ``changes``."""
        return changes.any

    def reload(self) -> None:
        """Read the record again and show it."""

    def enter(self, argument: object = None) -> None:
        """Called when the page comes to the front, with what :meth:`Host.go` was given."""
        if self._stale.any:
            self._stale = Changes()
            self.reload()

    def covers(self, reminder: object) -> bool:
        """Return whether the page itself says what the reminder with this key does."""
        return False

    def focus_start(self) -> None:
        """Put the keyboard where work on the page begins."""
        self.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if not self.concerns(changes):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = self._stale | changes

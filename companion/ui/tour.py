"""Pictures of every page, made from an example record without a display. The README's own pictures come from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.errors import SurroundingsError
from companion.domain.leaflet import Leaflet
from companion.domain.moments import Clock
from companion.schedule.clock import FixedClock
from companion.services import demonstration, opening
from companion.services.opened import Opened, services_of
from companion.services.treatment import NewPlace
from companion.ui.context import Bus, Context, context_of
from companion.ui.look import Look, make_application
from companion.ui.main_window import MainWindow

NOW = datetime(2026, 11, 21, 14, 48, tzinfo=UTC)
ZONE = "Europe/Rome"
"""The afternoon the pictures are taken: the morning was applied, the evening is still to come."""
LONGEST_MS = 20_000


@dataclass(frozen=True, slots=True)
class View:
    """How the pictures are to look. ``text_scale`` is 1.0 to 2.0."""

    language: str = "en"
    theme: str = "light"
    width: int = 1280
    height: int = 832
    text_scale: float = 1.0
    skin: int = 3


def take(folder: Path, view: View) -> list[Path]:
    """Write a PNG of every page into ``folder`` (made if needed) and return the files in order.

    Needs no display when ``QT_QPA_PLATFORM`` is ``offscreen``.

    Raises:
        SurroundingsError: ``target_not_writable``, ``disk_full``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SurroundingsError("target_not_writable") from None
    app = make_application()
    preferences = Preferences()
    preferences.kept.update(
        language=view.language, theme=view.theme, text_scale=view.text_scale, reduced_motion=True, hours="24"
    )
    look = Look(app, preferences)
    with TemporaryDirectory() as temporary:
        clock = FixedClock(NOW, ZONE)
        record = Path(temporary) / "example"
        demonstration.build(record, clock, skin=view.skin)
        tour = Tour(folder, view, preferences, clock, services_of(opening.open_record(record), clock))
        try:
            tour.walk(Path(temporary) / "new")
        finally:
            tour.end()
            look.deleteLater()
    return tour.files


class Tour(QObject):
    """One walk through the window, a picture at each stop."""

    def __init__(self, folder: Path, view: View, preferences: Preferences, clock: Clock, opened: Opened) -> None:
        super().__init__()
        self.files: list[Path] = []
        self._folder = folder
        self._preferences = preferences
        self._clock = clock
        self._opened = opened
        self._tasks = Tasks(self)
        self._bus = Bus(self)
        self.window = MainWindow(preferences)
        self.window.resize(view.width, view.height)

    def walk(self, empty: Path) -> None:
        """Go through the pages of the record, then through what stands before one (``empty`` is a free folder)."""
        self.window.show_house(self._context)
        self.window.show()
        for name, go in self._stops():
            go()
            self._picture(name)
            self._close_sheets()
        self._entries(empty)

    def end(self) -> None:
        """Close everything."""
        self._tasks.shutdown()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._opened.close()

    def _context(self, window: MainWindow) -> Context:
        return context_of(self._opened, self._tasks, self._preferences, self._bus, window)

    def _stops(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield the name of each picture and what brings it about: every page, and more than one view of some."""
        house = self.window.house()
        if house is None:
            raise RuntimeError("no pages")
        more: dict[str, tuple[tuple[str, object], ...]] = {
            "learn": (("article", "the-loop"),),
            "photos": (("compare", "compare"),),
            "journal": (("add", "add"),),
            "progress": (("applications", "applications"), ("photos", "photos")),
        }
        for key in house.pages():
            yield key, _going(self.window, key, None)
            for name, argument in more.get(key, ()):
                yield f"{key}-{name}", _going(self.window, key, argument)
        yield "get-help", self._show_help

    def _show_help(self) -> None:
        from companion.ui.pages.get_help import GetHelpSheet

        GetHelpSheet(self.window, number="").open()

    def _close_sheets(self) -> None:
        for sheet in self.window.findChildren(QDialog):
            sheet.reject()

    def _entries(self, empty: Path) -> None:
        """Show the first start, step by step, and the lock."""
        from companion.ui.pages.setup import SetupPage
        from companion.ui.pages.setup.state import SetupState, Step
        from companion.ui.pages.setup.step import Desk
        from companion.ui.pages.unlock import UnlockPage

        places = [NewPlace("face"), NewPlace("hand_right"), NewPlace("hand_left"), NewPlace("knee_left")]
        for step in Step:
            state = SetupState(step=step, leaflet=Leaflet.EU, places=list(places))
            desk = Desk(empty, self._clock, self._tasks, self._preferences, state, recovery="0000-" * 8 + "0")
            page = SetupPage(empty, self._clock, self._tasks, self._preferences, None, desk)
            self.window.show_entry(page, "")
            self._picture(f"setup-{step.value}")
        self.window.show_entry(UnlockPage(empty, ("passphrase", "recovery"), self._clock, self._tasks), "")
        self._picture("unlock")

    def _picture(self, name: str) -> None:
        self._settle()
        file = self._folder / f"{len(self.files) + 1:02d}-{name}.png"
        if not self.window.grab().save(str(file), "PNG"):
            raise SurroundingsError("target_not_writable")
        self.files.append(file)

    def _settle(self) -> None:
        """Let the window lay itself out and the background work (thumbnails) end."""
        end = QDeadlineTimer(LONGEST_MS)
        quiet = 0
        while quiet < 3 and not end.hasExpired():
            loop = QEventLoop()
            QTimer.singleShot(30, loop.quit)
            loop.exec()
            quiet = 0 if self._tasks.busy() else quiet + 1


def _going(window: QWidget, key: str, argument: object) -> Callable[[], None]:
    def go() -> None:
        if isinstance(window, MainWindow):
            window.go(key, argument)

    return go

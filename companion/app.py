"""The composition root: the one place that builds everything and wires it together.

The order is that of the clock: what the first window needs comes first, everything else waits until it has been
painted. A start that imports one module more than Today needs is a slower start.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from companion.desktop.early import Early
from companion.desktop.options import Options
from companion.desktop.session import Session, runtime_folder
from companion.domain.errors import CompanionError
from companion.services import folders
from companion.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication

    from companion.desktop.tasks import Tasks
    from companion.services.opened import Opened
    from companion.ui.context import Bus, Context
    from companion.ui.look import Look
    from companion.ui.main_window import MainWindow
    from companion.ui.pages.setup import SetupPage
    from companion.ui.resident import Residence

READY_LINE = "companion: ready"
AT_LATEST_MS = 3000
"""When background work begins even if the window was not painted yet."""
A_MOMENT_MS = 1500
"""How long to wait for the window of a record that was opened by another start just now."""


class Program(QObject):
    """One run of the program with its window."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self._options = options
        self._folder = options.folder
        self._own = None if options.demo else options.folder
        self._opened: Opened | None = None
        self._recovered = False
        self._awake = False
        self._code = 0
        self._end_log: Callable[[], None] | None = None
        self._bus: Bus
        self._tasks: Tasks
        self.window: MainWindow
        self._residence: Residence | None = None
        self._look: Look
        self._app: QGuiApplication

    def run(self) -> int:
        """Show the window, work until it is closed, and return the exit code."""
        if not self.begin():
            return self._code
        code = self._app.exec()
        self.end()
        return code

    def begin(self) -> bool:
        """Open the record as far as it opens by itself and show the window, unless it is to stay hidden.

        Return false when another process has the record's window, or a hidden start finds no record.
        """
        early = Early(self._options, self._folder)
        early.start()
        self._session_folder = runtime_folder(folders.preferences_folder() / "run")
        self._session = Session(self._folder, self._session_folder, self)
        self._build()
        self._tasks.hold()
        QTimer.singleShot(AT_LATEST_MS, self._tasks.release)  # a window that starts minimized is not painted
        early.join()
        if early.opened is None and self._is_elsewhere(early.error):
            self.end()
            return False
        if self._options.hidden and early.absent:
            self.end()
            return False
        self._enter_or_ask(early)
        if self._options.hidden:
            QTimer.singleShot(0, self._after_paint)  # nothing will be painted
        else:
            self.window.show()
        return True

    def _is_elsewhere(self, error: Exception | None) -> bool:
        """Return whether another process has the window; it shows it then, or is said not to answer.

        A record that opened needs no asking: its own lock says that nobody else has it. The claim of such a window is
        made after the first paint, because it waits for the disk; so one that is in use may get its window any moment.
        """
        in_use = isinstance(error, CompanionError) and error.key == "record_in_use"
        show = not self._options.hidden
        if in_use and self._session.hand_over(A_MOMENT_MS, show=show):
            return True
        if self._session.take():
            return False  # in use, and no window answers: a command has it, which the window says
        if self._session.hand_over(show=show):
            return True
        sys.stderr.write(say("shell.start.not_answering") + "\n")
        self._code = 1
        return True

    def end(self) -> None:
        """Close everything; the record last."""
        if self._residence is not None:
            self._residence.end()
        self._close_record()
        self._session.release()
        self._sentinel.remove()
        self._unhear()
        signal.signal(signal.SIGINT, self._interrupt)
        if self._end_log is not None:
            self._end_log()

    # Building

    def _build(self) -> None:
        from companion.desktop import ground, logs
        from companion.desktop.preferences import Preferences

        self._sentinel = logs.Sentinel(self._show_bug)
        self._sentinel.install()
        self._unhear = logs.hear_qt(ground.end_without_display)
        from companion.ui.look import Look, make_application
        from companion.ui.main_window import MainWindow

        self._app = make_application()
        self._app.setQuitOnLastWindowClosed(False)  # the window may go while the reminders stay
        self.preferences = Preferences(folders.preferences_folder() / "preferences.json", self)
        self._look = Look(self._app, self.preferences, self)
        self._look.reworded.connect(self._reword)
        self._new_tasks()
        self.window = MainWindow(self.preferences)
        self.window.painted.connect(self._after_paint)
        self.window.quit_wanted.connect(self._leave)
        self.window.closed.connect(self._app.quit)
        self.window.leave_wanted.connect(self._leave_example)
        self.window.broken.connect(self._sentinel.report)
        self._hear_session()
        # Python would hear Ctrl+C only at the next event; what was noted is on the disk already.
        self._interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)

    def residence(self) -> Residence:
        """Return what the program is beyond its window, made when it is first asked for: after the first paint."""
        if self._residence is None:
            from companion.ui.resident import Residence

            self._residence = Residence(self.window, self.preferences, self._options.clock, self)
            self._residence.quit_wanted.connect(self._app.quit)
        return self._residence

    @Slot()
    def _leave(self) -> None:
        self.residence().leave()

    def _hear_session(self) -> None:
        self._session.asked_to_show.connect(self.window.come_to_front)
        self._session.serve = self._serve

    def _serve(self, words: bytes) -> bytes:
        """Carry out a command of a terminal on the record that is open here, and return what to answer."""
        from companion.cli.visited import serve
        from companion.services.changes import EVERYTHING

        answer, changed = serve(words, self._opened)
        if changed:
            self._bus.announce(EVERYTHING)
        return answer

    def _new_tasks(self) -> None:
        from companion.desktop.tasks import Tasks

        self._tasks = Tasks(self)

    def _enter_or_ask(self, early: Early) -> None:
        if early.opened is not None:
            self._enter(early.opened)
        elif early.error is not None:
            self._ask(early.error)
        else:
            self._ask()

    # What the window shows

    def _enter(self, opened: Opened) -> None:
        """Show the pages of an open record, or go on with its set-up where it was left."""
        self._opened = opened
        if not opened.is_set_up():
            self._show_setup()
            return
        from companion.ui.context import Bus

        self._bus = Bus(self)
        self.window.show_house(self._context)

    def _context(self, window: MainWindow) -> Context:
        from companion.ui.context import context_of

        opened = self._opened
        if opened is None:
            raise RuntimeError("no record is open")
        resident = None if opened.example else self.residence
        return context_of(opened, self._tasks, self.preferences, self._bus, window, resident)

    def _ask(self, error: Exception | None = None) -> None:
        """Show what stands before the record: the example being drawn, set-up, unlocking, or what is in the way."""
        from companion.services import opening

        if error is not None and not isinstance(error, CompanionError):
            self._sentinel.report(error)
        if self._folder == folders.example_folder():
            self._draw_example()
            return
        try:
            found = opening.look(self._folder)
        except CompanionError as trouble:
            self._show_unlock((), trouble)
            return
        if found.absent and error is None:
            self._draw_example() if self._options.demo else self._show_setup()
        else:
            self._show_unlock(found.ways, error if isinstance(error, CompanionError) else None)

    def _show_setup(self, before: SetupPage | None = None) -> None:
        """Show the first start; ``before`` is the page whose answers go on in another language."""
        from companion.ui.pages.setup import SetupPage

        desk = before.desk if before is not None else None
        page = SetupPage(self._folder, self._options.clock, self._tasks, self.preferences, self._opened, desk)
        page.created.connect(self._keep)
        page.finished.connect(self._on_opened)
        page.example_wanted.connect(self._go_to_example)
        page.broken.connect(self._sentinel.report)
        self.window.show_entry(page, say("setup.title"))

    def _show_unlock(self, ways: tuple[str, ...], trouble: CompanionError | None) -> None:
        from companion.ui.pages.unlock import UnlockPage

        page = UnlockPage(self._folder, ways, self._options.clock, self._tasks, trouble)
        page.recovered.connect(self._on_recovered)
        page.opened.connect(self._on_opened)
        page.example_wanted.connect(self._go_to_example)
        page.folder_wanted.connect(self._move)
        page.broken.connect(self._sentinel.report)
        self.window.show_entry(page, say("unlock.title"))

    @Slot(object)
    def _keep(self, opened: Opened) -> None:
        """Hold a record that set-up just made, so that it is closed however the program ends."""
        self._opened = opened

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self._enter(opened)
        self._warm()
        if self._recovered and opened.is_set_up():
            self.window.go("settings", "after_recovery")
        self._recovered = False

    @Slot()
    def _on_recovered(self) -> None:
        """Remember that the recovery key was used: the passphrase may be lost, so offer to set a new one."""
        self._recovered = True

    # The example record

    def _draw_example(self) -> None:
        from companion.ui.pages.unlock import BuildingPage

        page = BuildingPage(self._folder, self._options.clock, self._tasks)
        page.opened.connect(self._on_opened)
        page.broken.connect(self._sentinel.report)
        page.given_up.connect(self._leave_example)
        self.window.show_entry(page, say("shell.example.building_title"))

    @Slot()
    def _go_to_example(self) -> None:
        self._move(folders.example_folder())

    @Slot()
    def _leave_example(self) -> None:
        """Go to the person's own record; an example somewhere else was opened by name and is left for it, too."""
        self._move(folders.record_folder() if not self._own else self._own)

    @Slot(object)
    def _move(self, folder: Path) -> None:
        """Close the record that is open and open the one in ``folder``, or the window that has it."""
        session = Session(folder, self._session_folder, self)
        if not session.take():
            session.hand_over()
            return
        self._close_record()
        self._session.release()
        self._session = session
        self._hear_session()
        self._session.listen()
        self._folder = folder
        self._new_tasks()
        early = Early(self._options, folder)
        early.run()
        self._enter_or_ask(early)
        self._warm()

    # Afterwards

    @Slot()
    def _after_paint(self) -> None:
        """Do what the first window did not need, once: one that was hidden at first is painted later."""
        if self._awake:
            return
        self._awake = True
        if self._options.ready:
            sys.stdout.write(READY_LINE + "\n")
            sys.stdout.flush()
        self._tasks.release()
        if self._options.ready == "exit":
            self.window.close()
            return
        from companion.desktop import logs
        from companion.desktop.collecting import Collector

        Collector(self).start()
        self._end_log = logs.write_to(folders.log_folder())
        self._look.speak_qt()
        self._session.take()
        self._session.listen()
        self.residence().settle(self._named_record(), hidden=self._options.hidden)
        if self._options.hidden and self._opened is None:
            self.residence().tell_locked()
        self._warm()

    def _warm(self) -> None:
        """Load in the background what the first write and the other pages need."""
        if self._opened is not None and self._opened.is_set_up():
            from companion.ui.warming import warming

            self._tasks.run(warming(self._opened), self._on_warm, self._on_cold)

    def _remind(self) -> None:
        if self._opened is not None:
            self.residence().enter(self._opened, self._bus)

    def _named_record(self) -> Path | None:
        """Return the folder of the record where it is not the usual one, for the start at login to name."""
        return None if self._folder == folders.record_folder(None, {}) else self._folder

    def _on_warm(self, value: object) -> None:
        self._remind()
        house = self.window.house()
        if house is not None:
            house.build_ahead()

    def _on_cold(self, error: Exception) -> None:
        """A record that cannot be read or written says so when it is used; anything else is the program's own."""
        self._remind()
        if not isinstance(error, CompanionError):
            self._sentinel.report(error)

    @Slot()
    def _reword(self) -> None:
        """Build what is on the screen anew, in the other words."""
        self.residence().reword()
        from companion.ui.pages.setup import SetupPage

        entry = self.window.entry()
        if isinstance(entry, SetupPage):
            self._show_setup(entry)
        else:
            self.window.rebuild()

    def _show_bug(self, lines: list[str]) -> None:
        if not self.window.isVisible():
            sys.stderr.write("\n".join([say("shell.problem.at_start"), *lines]) + "\n")
            return
        from companion.ui.messages import ProblemSheet

        ProblemSheet(self.window, lines).open()

    # The end

    def _close_record(self) -> None:
        if self._residence is not None:
            self._residence.depart()
        self._tasks.shutdown()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

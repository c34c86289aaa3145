"""The program beyond its window: the tray icon, what closing means, the start at login, the reminders.

Made with the window and handed to the pages; everything that costs time is made in :meth:`Residence.settle`, after the
first paint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from companion.domain.errors import CompanionError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from companion.desktop.autostart import Autostart
    from companion.desktop.heartbeat import Heartbeat
    from companion.desktop.notifier import Notice, Notifier
    from companion.desktop.preferences import Preferences
    from companion.desktop.reminder_engine import ReminderEngine
    from companion.desktop.waking import Waking
    from companion.domain.moments import Clock
    from companion.domain.moments import Slot as DaySlot
    from companion.domain.reminders import Announcement
    from companion.services.changes import Changes
    from companion.services.opened import Opened
    from companion.ui.context import Bus
    from companion.ui.main_window import MainWindow
    from companion.ui.standing import Login, Standing, Trial
    from companion.ui.tray import Tray

TRAY_AT_LATEST_MS = 20_000
"""How long the panel of a desktop may take, after the login, to offer a place for the tray icon."""


class Residence(QObject):
    """Implements :class:`companion.ui.context.Resident` for the pages and ``reminder_engine.Face`` for reminders."""

    changed = Signal()
    """:meth:`health` or :meth:`catch_up` says something else."""
    quit_wanted = Signal()
    """The person wants the program to end, in so many words."""

    def __init__(
        self, window: MainWindow, preferences: Preferences, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._preferences = preferences
        self._clock = clock
        self._hidden = False
        self._leaving = False
        self.settled = False
        self._record: Path | None = None
        self._opened: Opened | None = None
        self._bus: Bus | None = None
        self._login: Login | None = None
        self._told_locked = False
        self.notifier: Notifier
        self.engine: ReminderEngine
        self.tray: Tray
        self._heart: Heartbeat
        self._waking: Waking
        self._autostart: Autostart

    # Beginning and end

    def settle(self, record: Path | None, *, hidden: bool = False) -> None:
        """Make everything, once, after the first paint; ``record`` is its folder when it is not the usual one.

        ``hidden``: no window was shown. It comes if the desktop turns out to have no other place for the program.
        """
        if self.settled:
            return
        from companion.desktop.autostart import make_autostart
        from companion.desktop.heartbeat import Heartbeat
        from companion.desktop.notifiers import make_notifier
        from companion.desktop.reminder_engine import ReminderEngine
        from companion.desktop.waking import Waking
        from companion.ui.tray import Tray
        from companion.wording import say

        self.settled, self._record, self._hidden = True, record, hidden
        self._autostart = make_autostart(record, say("shell.name"))
        self.notifier = make_notifier(self)
        self._heart = Heartbeat(self._clock, parent=self)
        self.engine = ReminderEngine(self.notifier, self._heart, self, self)
        self._waking = Waking(parent=self)
        self.tray = Tray(self)
        self._connect()
        self.tray.appear()
        self.notifier.open()
        self._waking.open()
        if hidden:
            QTimer.singleShot(TRAY_AT_LATEST_MS, self._show_if_nowhere)

    def _connect(self) -> None:
        from PySide6.QtGui import QGuiApplication

        self._window.may_close = self.may_close
        self._window.reminder_acted.connect(self.engine.act)
        self.notifier.changed.connect(self._on_channel)
        self.engine.changed.connect(self._on_engine)
        self._heart.beat.connect(self._on_beat)
        self._waking.woke.connect(self._heart.poke)
        self.tray.open_wanted.connect(self._window.come_to_front)
        self.tray.quit_wanted.connect(self.leave)
        self.tray.acted.connect(self.engine.act)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def enter(self, opened: Opened, bus: Bus) -> None:
        """Begin to remind of the record that was opened. An example reminds of nothing."""
        if not self.settled or opened.example or self._opened is opened:
            return
        plan = getattr(opened, "reminding", None)
        if plan is None:
            return
        self._opened, self._bus = opened, bus
        self.notifier.withdraw("locked")
        bus.changed.connect(self.engine.heed)
        self.engine.start(plan, opened.applications)

    def depart(self) -> None:
        """Remind no more: the record is being closed."""
        if self._opened is None:
            return
        if self._bus is not None:
            self._bus.changed.disconnect(self.engine.heed)
        self._opened = self._bus = None
        self.engine.stop()
        self.tray.offer(None, ())

    def end(self) -> None:
        """Take the icon and every notification away: the program ends."""
        if not self.settled:
            return
        self.depart()
        self._waking.close()
        self.notifier.close()
        self.tray.disappear()
        self._window.may_close = None

    def tell_locked(self) -> None:
        """Say once, discreetly, that the record has to be opened for reminders: nobody saw the start."""
        if not self._told_locked and self.settled:
            self._told_locked = True
            from companion.desktop import notices
            from companion.wording import say

            self.engine.show(notices.of_locked())
            self.tray.tell(say("resident.locked.title"))

    # For the pages

    def health(self) -> Standing:
        """Return what is known now."""
        from companion.desktop.notifier import Channel, ChannelState
        from companion.ui.standing import Login, Standing

        stays = self._preferences.close_to_tray
        if not self.settled:
            return Standing(Channel(ChannelState.UNKNOWN), False, Login.OFF, stays)
        if self._login is None:
            self._login = self._read_login()
        return Standing(self.notifier.channel(), self.tray.has_place(), self._login, stays)

    def refresh(self) -> None:
        """Ask the desktop again."""
        if not self.settled:
            return
        self.notifier.refresh()
        self.tray.appear()
        before, self._login = self._login, self._read_login()
        if before is not self._login:
            self.changed.emit()

    def test(self, then: Callable[[Trial], None]) -> None:
        """Send a test reminder the way a real one goes."""
        from companion.ui.standing import Trial

        if not self.settled:
            return

        def told(how_far: str) -> None:
            then(Trial(how_far))

        self.notifier.refresh()
        self.engine.test(told)

    def catch_up(self) -> Announcement | None:
        """Return the reminder that came late in this session, while it is not answered."""
        return self.engine.catch_up() if self.settled else None

    def away_at(self, moment: datetime) -> bool:
        """Return whether at ``moment`` the computer slept or no record was open."""
        return self.engine.away_at(moment) if self.settled else False

    def start_at_login(self, on: bool) -> None:
        """Switch the start at login. Raises ``SurroundingsError``."""
        if self.settled:
            self._autostart.switch(on)
            self._login = self._read_login()
            self.changed.emit()

    def stay_when_closed(self, on: bool) -> None:
        """Choose whether closing the window leaves the program running."""
        self._preferences.close_to_tray = on
        self.changed.emit()

    def _read_login(self) -> Login:
        from companion.desktop.autostart import AutostartState
        from companion.ui.standing import Login

        states = {
            AutostartState.ON: Login.ON,
            AutostartState.OFF_ELSEWHERE: Login.OFF_ELSEWHERE,
            AutostartState.MOVED: Login.STALE,
        }
        return states.get(self._autostart.state(), Login.OFF)

    # Closing

    @Slot()
    def leave(self) -> None:
        """End the program, because the person said so."""
        self._leaving = True
        self._window.close()
        self.quit_wanted.emit()  # a window that is hidden is not closed a second time

    def may_close(self) -> bool:
        """Return whether closing the window ends the program; otherwise put it away, or ask."""
        from PySide6.QtGui import QGuiApplication

        application = QGuiApplication.instance()
        saving = isinstance(application, QGuiApplication) and application.isSavingSession()
        if self._leaving or saving or not self._has_reason():
            return True
        tray = self.tray.appear()
        kind = "tray" if tray else "no_tray"
        if self._preferences.close_said != kind:
            self._say_closing(kind)
        else:
            self._put_away()
        return False

    def _has_reason(self) -> bool:
        """Return whether there is something to stay for, and the person wants it."""
        if not self._preferences.close_to_tray:
            return False
        return self._hidden if self._opened is None else self.engine.wanted()

    def _put_away(self) -> None:
        if self.tray.appear():
            self._window.hide()
        else:
            self._window.showMinimized()

    def _say_closing(self, kind: str) -> None:
        from companion.ui.closing import ClosingSheet

        sheet = ClosingSheet(self._window, kind)
        sheet.setProperty("kind", kind)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.stay.connect(self._on_stay)
        sheet.leave.connect(self.leave)
        sheet.open()

    @Slot()
    def _on_stay(self) -> None:
        self._preferences.close_said = "tray" if self.tray.appear() else "no_tray"
        self._put_away()

    @Slot()
    def _show_if_nowhere(self) -> None:
        """Come out, small, where a hidden program could not be found again."""
        if not self.tray.appear() and not self._window.isVisible():
            self._window.showMinimized()

    # For the reminders

    def balloon(self, notice: Notice) -> bool:
        """Show a notice at the tray icon, where that can be trusted.

        On a Linux desktop with a modern tray Qt hands balloons to the very server that is missing, and they are lost
        without a word; only without a bus does Qt draw them itself.
        """
        from companion.desktop.notifier import ChannelState

        if not self.tray.balloon(notice):
            return False
        elsewhere = sys.platform in ("win32", "darwin")
        return elsewhere or self.notifier.channel().state is ChannelState.NO_BUS

    def in_window(self, notice: Notice, *, last: bool) -> bool:
        """Say a notice in the window; ``last``: there was no other way, so the window has to be seen."""
        from PySide6.QtWidgets import QApplication

        window = self._window
        if not window.isVisible() or window.isMinimized():
            window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
            window.showNormal() if last else window.showMinimized()
            window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        shown = window.remind(notice)
        QApplication.alert(window)
        return shown

    def unsay(self, key: object) -> None:
        """Take away what the balloon or the window says of a notice."""
        self.tray.unsay(key)
        self._window.withdraw(key)

    def open(self, slot: DaySlot | None, *, ask: bool = False) -> None:
        """Bring Today to the front; with ``ask`` the sheet in which this slot is recorded."""
        self._window.come_to_front()
        self._window.go("today", slot if ask else None)

    def announce(self, changes: Changes) -> None:
        """Tell the pages what changed."""
        if self._bus is not None:
            self._bus.announce(changes)

    def problem(self, error: CompanionError) -> None:
        """Say, in the window, what could not be done."""
        self._window.say_problem(error)

    @Slot()
    def reword(self) -> None:
        """Speak the other language from now on."""
        if self.settled:
            self.tray.reword()
            self.engine.look()
            self._on_engine()

    @Slot()
    def _on_channel(self) -> None:
        self.changed.emit()
        self._heart.poke()

    @Slot()
    def _on_beat(self) -> None:
        self.tray.appear()
        self.notifier.retry()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._heart.poke()

    @Slot()
    def _on_engine(self) -> None:
        from companion.wording import say

        key = self.engine.current_key()
        self.tray.offer(key, self.engine.answers() if key is not None else ())
        self.tray.tell(say("shell.name"))
        self.changed.emit()

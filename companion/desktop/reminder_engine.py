"""The reminders at work: asks the plan at every heartbeat, shows what is due, and carries out what is answered.

Shown first and noted then: between the two the power may fail, and a reminder that comes twice is better than one that
never came. Noted is only what somebody took: the desktop, the tray icon, or the window on the screen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from companion.desktop import notices
from companion.desktop.heartbeat import Heartbeat
from companion.desktop.notifier import OPEN, Notice, Notifier
from companion.domain.errors import CompanionError, NeedsAnswer, PersonError
from companion.domain.moments import Slot as DaySlot
from companion.domain.moments import local_day
from companion.domain.reminders import Announcement, Key, Nudge, Outlook, ReminderSettings, Silence

if TYPE_CHECKING:
    from companion.domain.dosing import Application
    from companion.services.applications import Applications
    from companion.services.changes import Changes, Done

log = logging.getLogger(__name__)

SOURCE = "notification"
NOTHING_TO_COME = frozenset({Silence.NOT_SET_UP, Silence.OFF, Silence.ENDED})


class Plan(Protocol):
    """What is asked of ``services.reminding``."""

    def outlook(self) -> Outlook:
        """Return everything about reminders now."""
        ...

    def told(self, what: Announcement) -> None:
        """Note that it was announced."""
        ...

    def later(self, key: Key, span: timedelta) -> Done:
        """Announce it again after ``span``."""
        ...

    def settings(self) -> ReminderSettings:
        """Return what the person chose."""
        ...


class Face(Protocol):
    """The tray icon and the window, as far as reminders need them."""

    def balloon(self, notice: Notice) -> bool:
        """Show a notice at the tray icon; return whether there is one that can."""
        ...

    def in_window(self, notice: Notice, *, last: bool) -> bool:
        """Say a notice in the window; return whether it is seen there. ``last``: there was no other way."""
        ...

    def unsay(self, key: object) -> None:
        """Take away what the balloon or the window says of a notice."""
        ...

    def open(self, slot: DaySlot | None, *, ask: bool = False) -> None:
        """Bring Today to the front; with ``ask`` the sheet in which this slot is recorded."""
        ...

    def announce(self, changes: Changes) -> None:
        """Tell the pages what changed."""
        ...

    def problem(self, error: CompanionError) -> None:
        """Say, in the window, what could not be done."""
        ...


class ReminderEngine(QObject):
    """The reminders of one open record, from :meth:`start` to :meth:`stop`."""

    changed = Signal()
    """:meth:`outlook` or :meth:`catch_up` says something else."""

    def __init__(self, notifier: Notifier, heart: Heartbeat, face: Face, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._heart = heart
        self._face = face
        self._plan: Plan | None = None
        self._applications: Applications | None = None
        self._outlook: Outlook | None = None
        self._waiting: dict[object, tuple[Notice, Announcement | None]] = {}
        self._shown: dict[object, Announcement | None] = {}
        self._unnoted: dict[Key, Announcement] = {}
        self._late: Announcement | None = None
        self._trial: Callable[[str], None] | None = None
        heart.beat.connect(self.look)
        notifier.taken.connect(self._on_taken)
        notifier.refused.connect(self._on_refused)
        notifier.acted.connect(self.act)

    def start(self, plan: Plan, applications: Applications) -> None:
        """Begin to remind of the record that was opened."""
        self._plan, self._applications = plan, applications
        self._heart.start()
        self.look()

    def stop(self) -> None:
        """Remind no more: the record is being closed. What is shown is taken away, its buttons press nothing now."""
        self._heart.stop()
        for key in list(self._shown) + list(self._waiting):
            self._withdraw(key)
        self._plan = self._applications = self._outlook = self._late = None
        self._unnoted.clear()

    def outlook(self) -> Outlook | None:
        """Return what was found at the last look."""
        return self._outlook

    def wanted(self) -> bool:
        """Return whether a reminder may still come, so that there is a reason to stay when the window is closed."""
        return self._outlook is not None and self._outlook.silence not in NOTHING_TO_COME

    def catch_up(self) -> Announcement | None:
        """Return the reminder that came late, because the computer slept or was off, while it is not answered."""
        return self._late

    # Looking

    @Slot()
    def look(self) -> None:
        """Ask the plan what there is to announce now, and withdraw what has been answered."""
        found = self._read()
        if found is None or self._plan is None or found.announce is None or self._is_known(found.announce):
            return
        self._announce(found.announce, found, self._plan.settings())

    def _read(self) -> Outlook | None:
        """Ask the plan and withdraw what has been answered; announce nothing."""
        if self._plan is None:
            return None
        try:
            found = self._plan.outlook()
            self._clear_answered(found)
        except CompanionError as error:
            log.warning("no outlook: %s", error.key)
            return None
        before, self._outlook = self._outlook, found
        self._heart.expect(found.next_moment)
        if before is None or (before.silence, before.current) != (found.silence, found.current):
            self.changed.emit()
        return found

    def _is_known(self, what: Announcement) -> bool:
        """Return whether it is on its way, or came and could not be noted; of all others the plan knows."""
        if what.key in self._waiting:
            return True
        told = self._unnoted.get(what.key)
        return told is not None and told.stage == what.stage and what.nudge is not Nudge.SNOOZED

    def _clear_answered(self, found: Outlook) -> None:
        """Withdraw what was recorded meanwhile, whoever did it, and what the next one has taken the place of."""
        today = local_day(found.now, found.zone)
        for key in [*self._shown, *self._waiting]:
            slot = notices.slot_of(key)
            day = slot.day if slot is not None else (key.day if isinstance(key, Key) else None)
            over = day is not None and slot is None and day < today
            if slot is not None:
                newer = found.announce is not None and found.announce.key.slot not in (None, slot)
                over = newer or self._recorded(slot) is not None
            if over:
                self._withdraw(key)
        late = self._late.key.slot if self._late is not None else None
        if late is not None and (self._recorded(late) is not None or _is_past(late, found)):
            self._late = None
            self.changed.emit()

    def _recorded(self, slot: DaySlot) -> Application | None:
        if self._applications is None:
            return None
        rows = self._applications.between(slot.day, slot.day)
        return next((row for row in rows if row.slot == slot and row.ordinal == 0), None)

    # Showing

    def _announce(self, what: Announcement, found: Outlook, settings: ReminderSettings) -> None:
        notice = notices.of_reminder(what, found, settings, urgent=what.stage > 1)
        self.show(notice, what)
        disturb = self._notifier.channel().do_not_disturb
        if what.nudge is Nudge.FOLLOW_UP and disturb is not False:
            self._face.in_window(notice, last=False)  # nobody can know whether the others were seen

    def show(self, notice: Notice, what: Announcement | None = None) -> None:
        """Show a notice in the best way there is."""
        self._waiting[notice.key] = (notice, what)
        if not self._notifier.show(notice):
            self._fall_back(notice.key)

    @Slot(object)
    def _on_refused(self, key: object) -> None:
        if key in self._waiting:
            self._fall_back(key)

    def _fall_back(self, key: object) -> None:
        notice, _ = self._waiting[key]
        if self._face.balloon(notice):
            self._settle(key, "balloon")
        elif self._face.in_window(notice, last=True):
            self._settle(key, "window")
        else:
            del self._waiting[key]  # tried again at the next beat

    @Slot(object)
    def _on_taken(self, key: object) -> None:
        if key in self._waiting:
            self._settle(key, "taken")

    def _settle(self, key: object, how: str) -> None:
        """Note that somebody took a notice."""
        _, what = self._waiting.pop(key)
        self._shown[key] = what
        self._tell_trial(how, key)
        if what is None or self._plan is None:
            return
        if what.nudge is Nudge.CATCH_UP:
            self._late = what
        try:
            self._plan.told(what)
            self._unnoted.clear()  # what can be written again is known to the plan
        except CompanionError as error:
            self._unnoted[what.key] = what
            log.warning("announced, and not noted: %s", error.key)
        self._read()  # whatever else there is comes at the next beat: not two at once, and never one after the other
        self.changed.emit()

    def _withdraw(self, key: object) -> None:
        self._shown.pop(key, None)
        self._waiting.pop(key, None)
        self._notifier.withdraw(key)
        self._face.unsay(key)

    # Answers

    @Slot(object, str)
    def act(self, key: object, action: str) -> None:
        """Carry out what was pressed. A second press of the same, anywhere, finds it done and changes nothing."""
        if key == notices.TEST:
            self._tell_trial("seen", key)
            self._withdraw(key)
            return
        about = key.about if isinstance(key, notices.AskedLater) else key
        if action == OPEN or not isinstance(about, Key) or self._plan is None:
            self._withdraw(key)
            self._face.open(notices.slot_of(key))
            return
        try:
            self._carry_out(about, action)
        except NeedsAnswer:
            self._face.open(about.slot, ask=True)
        except PersonError as error:
            if error.key != "already_recorded":
                self._face.open(about.slot)
                self._face.problem(error)
        except CompanionError as error:
            self._face.open(about.slot)
            self._face.problem(error)
        self.look()

    def _carry_out(self, key: Key, action: str) -> None:
        span = notices.later_span(action)
        if action == notices.LATER and self._plan is not None:
            span = self._plan.settings().later
        if span is not None:
            self._put_off(key, span)
            return
        slot, applications = key.slot, self._applications
        if slot is None or applications is None or self._recorded(slot) is not None:
            self._withdraw(key)
            return
        from companion.domain.dosing import Outcome
        from companion.services.applications import Log

        if action == notices.APPLIED:
            done = applications.log(Log(slot=slot, source=SOURCE))
        elif action == notices.SKIP:
            done = applications.set_outcome(slot, Outcome.SKIPPED, source=SOURCE)
        else:
            return
        self._withdraw(key)
        self._withdraw(notices.AskedLater(key))
        self._face.announce(done.changes)

    def _put_off(self, key: Key, span: timedelta) -> None:
        plan, slot = self._plan, key.slot
        self._withdraw(key)
        self._withdraw(notices.AskedLater(key))
        if plan is None or (slot is not None and self._recorded(slot) is not None):
            return
        done = plan.later(key, span)
        self._face.announce(done.changes)
        found = plan.outlook()
        again = next((each.at for each in found.ahead if each.key == key), found.now + span)
        self.show(notices.of_later(key, again, found.zone, plan.settings()))

    # From elsewhere

    def current_key(self) -> Key | None:
        """Return the reminder that the tray's menu would answer: the slot that is open now."""
        found = self._outlook
        if found is None or found.current is None:
            return None
        from companion.domain.reminders import Kind

        slot = found.current.slot
        return Key(Kind.APPLICATION, slot.day, slot.part)

    def answers(self) -> tuple[tuple[str, str], ...]:
        """Return the buttons of a reminder, as ids and labels, for the tray's menu; none when there is no plan."""
        key = self.current_key()
        if key is None or self._plan is None:
            return ()
        try:
            return notices.buttons(key, self._plan.settings())
        except CompanionError as error:
            log.warning("no settings: %s", error.key)
            return ()

    def test(self, then: Callable[[str], None]) -> None:
        """Show the test notice and tell how far it comes: ``sent``, ``taken``, ``balloon``, ``window``, ``seen``."""
        self._trial = then
        then("sent")
        self.show(notices.of_test())

    def _tell_trial(self, how_far: str, key: object) -> None:
        if key == notices.TEST and self._trial is not None:
            self._trial(how_far)
            if how_far == "seen":
                self._trial = None


def _is_past(slot: DaySlot, found: Outlook) -> bool:
    """Return whether another slot has taken the place of this one."""
    today: date = local_day(found.now, found.zone)
    if found.current is not None:
        return slot < found.current.slot
    return slot.day < today - timedelta(days=1)

"""The reminders at work: asks the plan at every heartbeat, shows what is due, and carries out what is answered.

Shown first and noted then: between the two the power may fail, and a reminder that comes twice is better than one that
never came. Noted is only what somebody took: the desktop, the tray icon, or the window on the screen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from companion.desktop import notices
from companion.desktop.heartbeat import Heartbeat
from companion.desktop.notifier import OPEN, Notice, Notifier
from companion.desktop.roles import Face, Plan
from companion.desktop.shown import Absence, Shown, settled_by
from companion.domain.dosing import MissedAdvice
from companion.domain.errors import CompanionError, NeedsAnswer, PersonError
from companion.domain.moments import Slot as DaySlot
from companion.domain.reminders import Announcement, Key, Kind, Nudge, Outlook, ReminderSettings, Silence

if TYPE_CHECKING:
    from companion.domain.dosing import Application
    from companion.services.applications import Applications
    from companion.services.changes import Changes

log = logging.getLogger(__name__)

SOURCE = "notification"
PATIENCE = timedelta(seconds=15)
"""How long a notice may be on its way before it goes another way, whoever has it."""
OUTCOMES = {notices.APPLIED: "applied", notices.SKIP: "skipped"}
NOTHING_TO_COME = frozenset({Silence.NOT_SET_UP, Silence.OFF, Silence.ENDED})


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
        self._waiting: dict[object, Shown] = {}
        self._shown: dict[object, Shown] = {}
        self._unnoted: dict[Key, tuple[Announcement, datetime]] = {}
        self._absence = Absence()
        self._late: Announcement | None = None
        self._trial: Callable[[str], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(PATIENCE.total_seconds() * 1000))
        self._patience.timeout.connect(self._on_patience)
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
        self._patience.stop()
        for key in list(self._shown) + list(self._waiting):
            self._withdraw(key)
        self._note_again()
        self._plan = self._applications = self._outlook = self._late = None
        self._unnoted.clear()

    def outlook(self) -> Outlook | None:
        """Return what was found at the last look."""
        return self._outlook

    def wanted(self) -> bool:
        """Return whether a reminder may still come, so that there is a reason to stay when the window is closed."""
        return self._outlook is not None and self._outlook.silence not in NOTHING_TO_COME

    def catch_up(self) -> Announcement | None:
        """Return the reminder that came late, while it is not answered."""
        return self._late

    def away_at(self, moment: datetime) -> bool:
        """Return whether at ``moment`` the computer slept or no record was open, as far as was seen."""
        return self._absence.covers(moment)

    # Looking

    @Slot()
    def look(self) -> None:
        """Ask the plan what there is to announce now, and withdraw what has been answered."""
        self._note_again()
        self._hurry()
        found = self._read()
        if found is None or self._plan is None or found.announce is None or self._is_known(found.announce):
            return
        self._announce(found.announce, found, self._plan.settings())

    @Slot(object)
    def heed(self, changes: Changes) -> None:
        """Look at once, because something changed; what it asked for was seen to."""
        for key in [each for each in (*self._shown, *self._waiting) if settled_by(each, changes)]:
            self._withdraw(key)
        self.look()

    def _read(self) -> Outlook | None:
        """Ask the plan and withdraw what has been answered; announce nothing."""
        if self._plan is None:
            return None
        try:
            found = self._plan.outlook()
            self._absence.looked(found.now)
            self._clear_answered(found)
            self._reword(self._plan)
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
        return told is not None and told[0].stage == what.stage and what.nudge is not Nudge.SNOOZED

    def _clear_answered(self, found: Outlook) -> None:
        """Withdraw what was recorded meanwhile, whoever did it, and what is not to be answered any more."""
        for key, shown in [*self._shown.items(), *self._waiting.items()]:
            if shown.over(key, found):
                self._withdraw(key)
        late = self._late.key.slot if self._late is not None else None
        current = found.current.slot if found.current is not None else None
        if late not in (None, current) and found.silence is not Silence.CLOCK:
            self._late = None
            self.changed.emit()

    def _reword(self, plan: Plan) -> None:
        """Say in other words what stands on the screen, if others were chosen since."""
        shown = [each for each in self._shown.values() if each.what is not None]
        settings = plan.settings() if shown else None
        for each in shown:
            if settings is None or (notice := each.reworded(settings)) is None:
                continue
            each.notice = notice
            if not self._notifier.show(notice):
                self._notifier.withdraw(notice.key)
            if each.in_window:
                each.in_window = self._face.in_window(notice, last=False)

    def _recorded(self, slot: DaySlot) -> Application | None:
        if self._applications is None:
            return None
        rows = self._applications.between(slot.day, slot.day)
        return next((row for row in rows if row.slot == slot and row.ordinal == 0), None)

    # Showing

    def _announce(self, what: Announcement, found: Outlook, settings: ReminderSettings) -> None:
        away = self._absence.covers(notices.due_of(what, found))
        notice = notices.of_reminder(what, found, settings, urgent=what.stage > 1, away=away)
        self._withdraw(notices.AskedLater(what.key))
        self._hand_over(Shown(notice, what, found, self._heart.seconds(), away))
        disturb = self._notifier.channel().do_not_disturb
        if what.nudge is Nudge.FOLLOW_UP and disturb is not False:
            # Nobody can know whether the others were seen.
            said = self._face.in_window(notice, last=False)
            shown = self._shown.get(what.key) or self._waiting.get(what.key)
            if shown is not None:
                shown.in_window = said

    def show(self, notice: Notice) -> None:
        """Show a notice that announces nothing in the best way there is."""
        self._hand_over(Shown(notice, None, self._outlook, self._heart.seconds()))

    def _hand_over(self, shown: Shown) -> None:
        key = shown.notice.key
        self._waiting[key] = shown
        if not self._notifier.show(shown.notice):
            self._fall_back(key)
        elif key in self._waiting:
            self._patience.start()

    @Slot(object)
    def _on_refused(self, key: object) -> None:
        if key in self._waiting:
            self._fall_back(key)
        elif key in self._shown:
            self._notifier.withdraw(key)  # it was to be reworded, and must not stand there in the words before

    @Slot()
    def _on_patience(self) -> None:
        self._hurry()
        if self._waiting:
            self._patience.start()

    def _hurry(self) -> None:
        """Send another way what nobody took in time: a notifier may be silent for ever."""
        limit = self._heart.seconds() - PATIENCE.total_seconds()
        for key in [key for key, each in self._waiting.items() if each.since <= limit]:
            log.info("a notice was not taken in time")
            self._fall_back(key)

    def _fall_back(self, key: object) -> None:
        shown = self._waiting[key]
        if self._face.balloon(shown.notice):
            self._settle(key, "balloon")
        elif self._face.in_window(shown.notice, last=True):
            shown.in_window = True
            self._settle(key, "window")
        else:
            del self._waiting[key]  # tried again at the next beat

    @Slot(object)
    def _on_taken(self, key: object) -> None:
        if key in self._waiting:
            self._settle(key, "taken")

    def _settle(self, key: object, how: str) -> None:
        """Note that somebody took a notice."""
        self._shown[key] = shown = self._waiting.pop(key)
        what = shown.what
        self._tell_trial(how, key)
        if what is None or self._plan is None:
            return
        if what.nudge is Nudge.CATCH_UP and what.key.slot is not None:
            self._late = what
        try:
            self._plan.told(what)
            self._unnoted.pop(what.key, None)
        except CompanionError as error:
            if shown.outlook is not None:
                self._unnoted[what.key] = (what, shown.outlook.now)
            log.warning("announced, and not noted: %s", error.key)
        self._read()  # whatever else there is comes at the next beat: not two at once, and never one after the other
        self.changed.emit()

    def _note_again(self) -> None:
        """Note what could not be noted when it was shown, as of then: else what follows on it would never come."""
        for key, (what, at) in list(self._unnoted.items()):
            if self._plan is None:
                return
            try:
                self._plan.told(what, at)
            except CompanionError as error:
                log.debug("still not noted: %s", error.key)
                return
            del self._unnoted[key]

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
        if action in (OPEN, notices.SHOW) or not isinstance(about, Key) or self._plan is None:
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
        plan, slot = self._plan, key.slot
        if plan is None:
            return
        span = plan.settings().later if action == notices.LATER else notices.later_span(action)
        if slot is None:
            if span is not None:
                self._put_off(key, span)
        elif not self._is_answered(key, slot, action):
            if span is not None:
                self._put_off(key, span)
            else:
                self._record(key, slot, action)

    def _is_answered(self, key: Key, slot: DaySlot, action: str) -> bool:
        """Return whether there is nothing to carry out: recorded already, or not what is open now.

        A button is pressed long after, from a list or after a sleep, and "now" would be untrue then: Today asks.
        """
        found, recorded = self._read(), self._recorded(slot)
        current = found.current if found is not None else None
        if recorded is not None:
            self._withdraw(key)
            if action in OUTCOMES and recorded.outcome.value != OUTCOMES[action]:
                self._face.open(slot, ask=True)
            return True
        if current is None or current.slot != slot:
            self._withdraw(key)
            self._face.open(slot, ask=True)
            return True
        if action == notices.APPLIED and current.advice is MissedAdvice.SKIP_IT:
            self._face.open(slot, ask=True)
            return True
        return False

    def _record(self, key: Key, slot: DaySlot, action: str) -> None:
        from companion.domain.dosing import Outcome
        from companion.services.applications import Log

        if self._applications is None:
            return
        if action == notices.APPLIED:
            done = self._applications.log(Log(slot=slot, source=SOURCE))
        elif action == notices.SKIP:
            done = self._applications.set_outcome(slot, Outcome.SKIPPED, source=SOURCE)
        else:
            return
        self._withdraw(key)
        self._withdraw(notices.AskedLater(key))
        self._face.announce(done.changes)

    def _put_off(self, key: Key, span: timedelta) -> None:
        plan = self._plan
        if plan is None:
            return
        self._withdraw(key)
        self._withdraw(notices.AskedLater(key))
        done = plan.later(key, span)
        self._face.announce(done.changes)
        self.show(notices.of_later(key, done.again, plan.outlook(), plan.settings()))

    # From elsewhere

    def current_key(self) -> Key | None:
        """Return the reminder that the tray's menu would answer: the slot that is open now."""
        found = self._outlook
        if found is None or found.current is None:
            return None
        slot = found.current.slot
        return Key(Kind.APPLICATION, slot.day, slot.part)

    def answers(self) -> tuple[tuple[str, str], ...]:
        """Return the buttons of a reminder, as ids and labels, for the tray's menu; none when there is no plan."""
        key, found = self.current_key(), self._outlook
        if key is None or self._plan is None or found is None or found.current is None:
            return ()
        try:
            offered = notices.buttons(key, self._plan.settings(), found.current.advice)
            return tuple(each for each in offered if each[0] != notices.SHOW)  # the menu can open the window anyway
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

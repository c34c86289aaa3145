"""The steps that make the record: what opens it from now on, and the recovery key on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from companion.desktop.tasks import Job
from companion.domain.errors import CompanionError
from companion.domain.moments import Clock
from companion.services import opening
from companion.services.opened import Opened, services_of
from companion.ui import labels
from companion.ui.messages import explain
from companion.ui.pages.setup.state import SETTING, SetupState, Step
from companion.ui.pages.setup.step import Desk, SetupStep
from companion.ui.widgets.card import Card
from companion.ui.widgets.choice_card import ChoiceCards
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.passphrase import NewPassphrase
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.recovery import RecoveryCard
from companion.wording import say


class LockStep(SetupStep):
    """A passphrase, or the computer's keychain where there is one. Going on makes the record."""

    step = Step.LOCK
    made = Signal(object)
    """Emits the :class:`Opened` record that was just made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._keychain = False
        self.ways = ChoiceCards(
            [
                ("passphrase", say("setup.lock.passphrase"), say("setup.lock.passphrase.hint")),
                ("keychain", say("setup.lock.keychain"), say("setup.lock.keychain.hint")),
            ],
            self.title,
        )
        self.ways.choose("passphrase")
        self.ways.changed.connect(self._on_way)
        self.ways.hide()
        self.no_keychain = InlineMessage(say("setup.lock.no_keychain"), "info")
        self.no_keychain.hide()
        self.column.addWidget(self.ways)
        self.card = Card()
        self.secret = NewPassphrase()
        self.secret.changed.connect(self.ready_changed)
        self.secret.entered.connect(self.go_on)
        self.card.add(self.secret)
        self.column.addWidget(self.card)
        self.column.addWidget(self.no_keychain)
        self.problem = InlineMessage("", "attention")
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.busy = ProgressStrip(say("setup.lock.making"))
        self.busy.set_stoppable(False)
        self.busy.hide()
        self.column.addWidget(self.busy)
        self.column.addWidget(labels.caption(say("setup.lock.honest")))
        desk.tasks.run(_ask_keychain, self._on_keychain, self._on_no_keychain, writes=False)

    def _on_keychain(self, there: bool) -> None:
        self._keychain = there
        self.ways.setVisible(there)
        self.no_keychain.setVisible(not there)

    def _on_no_keychain(self, error: Exception) -> None:
        self._on_keychain(False)

    @Slot(str)
    def _on_way(self, key: str) -> None:
        self.card.setVisible(key == "passphrase")
        self.ready_changed.emit()

    def ready(self) -> bool:
        """Go on when the passphrase is long enough, or the keychain was chosen; not while the record is made."""
        return self.busy.isHidden() and (self.ways.chosen() == "keychain" or bool(self.secret.text()))

    def take(self) -> bool:
        """Begin to make the record; the step goes on by itself when it is there."""
        by_keychain = self.ways.chosen() == "keychain"
        if not by_keychain and not self.secret.check():
            return False
        self.problem.hide()
        self.busy.show()
        self.secret.setEnabled(False)
        self.ready_changed.emit()
        passphrase = None if by_keychain else self.secret.text()
        work = _making(self.desk.folder, passphrase, self.desk.clock, self.desk.state)
        self.desk.tasks.run(work, self._on_made, self._on_failed)
        return False

    def _on_made(self, made: tuple[Opened, str]) -> None:
        opened, recovery = made
        self.secret.clear()
        self.desk.opened = opened
        self.desk.recovery = recovery
        self.made.emit(opened)

    def _on_failed(self, error: Exception) -> None:
        self.busy.hide()
        self.secret.setEnabled(True)
        self.ready_changed.emit()
        if isinstance(error, CompanionError):
            self.problem.show_message(explain(error), "attention")
            self.problem.show()
        else:
            self.broken.emit(error)

    def focus_start(self) -> None:
        """Begin in the passphrase."""
        self.secret.setFocus()


class RecoveryStep(SetupStep):
    """The recovery key, shown once, and two of its groups typed back from the paper."""

    step = Step.RECOVERY

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        if not desk.recovery and desk.opened is not None:
            # Set-up was broken off before the key was on paper. Nobody has it, so a new one takes its place.
            desk.recovery = desk.opened.custody.new_recovery_key()
        self.key = RecoveryCard(desk.recovery, desk.today())
        self.key.confirmed_changed.connect(self.ready_changed)
        self.key.done.connect(self.go_on)
        self.key.asked.connect(self.ready_changed)
        self.column.addWidget(self.key)

    def next_text(self) -> str:
        """Return what is to be done now: write the key down, then go on."""
        return super().next_text() if self.key.is_asking() else say("unlock.written")

    def ready(self) -> bool:
        """Go on once two groups were typed back."""
        return not self.key.is_asking() or self.key.confirmed()

    def take(self) -> bool:
        """Ask for the two groups; then forget the key: from here on it is on paper only."""
        if not self.key.is_asking():
            self.key.ask()
            return False
        self.desk.recovery = ""
        return True

    def focus_start(self) -> None:
        """Begin at the key."""
        self.key.focus_start()


def _ask_keychain(job: Job) -> bool:
    return opening.keychain_available()


def _making(
    folder: Path, passphrase: str | None, clock: Clock, state: SetupState
) -> Callable[[Job], tuple[Opened, str]]:
    kept = replace(state, step=Step.RECOVERY).to_json()

    def work(job: Job) -> tuple[Opened, str]:
        record, recovery = opening.create_record(folder, passphrase=passphrase)
        opened = services_of(record, clock)
        opened.care.put_setting(SETTING, kept)
        return opened, recovery

    return work

"""The sheets of the lock: another passphrase, a new recovery key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.ui.messages import explain
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.passphrase import NewPassphrase
from companion.ui.widgets.recovery import RecoveryCard
from companion.ui.widgets.secret import SecretField
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.tasks import Job, Tasks
    from companion.services.custody import Custody


class PassphraseSheet(Sheet):
    """Asks for the present passphrase, or the recovery key in its place, and for a new one."""

    changed = Signal()

    def __init__(self, over: QWidget, custody: Custody, tasks: Tasks) -> None:
        super().__init__(over, say("settings.passphrase_change"), say("settings.passphrase_text"))
        self._custody = custody
        self._tasks = tasks
        self.current = SecretField(say("settings.passphrase_now"), say("settings.passphrase_now_hint"), "present")
        self._needed = "passphrase" in custody.ways()
        self.current.setVisible(self._needed)
        self.secret = NewPassphrase()
        self.secret.entered.connect(self._save)
        self._problem = InlineMessage("", "attention")
        self._problem.hide()
        for widget in (self.current, self.secret, self._problem):
            self.add(widget)
        self.save = self.add_button(say("settings.passphrase_save"), "primary")
        self.save.clicked.connect(self._save)
        self.add_button(say("common.cancel")).clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    @Slot()
    def _save(self) -> None:
        if self._needed and not self.current.text():
            self.current.set_error(say("errors.passphrase_needed"))
            self.current.select_all()
            return
        if not self.save.isEnabled() or not self.secret.check():
            return
        self.save.setEnabled(False)
        self.save.setText(say("settings.passphrase_saving"))
        work = _changing(self._custody, self.current.text(), self.secret.text())
        self._tasks.run(work, self._on_changed, self._on_failed)

    def _on_changed(self, value: object) -> None:
        self.current.clear()
        self.secret.clear()
        self.changed.emit()
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.save.setText(say("settings.passphrase_save"))
        if not isinstance(error, CompanionError):
            raise error
        if error.key == "wrong_passphrase":
            self.current.set_error(explain(error))
            self.current.select_all()
        else:
            self._problem.show_message(explain(error), "attention")
            self._problem.show()


class RecoverySheet(Sheet):
    """Shows the new recovery key once and has two of its groups typed back."""

    def __init__(self, over: QWidget, key: str, day: date) -> None:
        super().__init__(over, say("unlock.recovery"), say("settings.recovery_new"), width=720, closable=False)
        self.key = RecoveryCard(key, day)
        self.key.asked.connect(self._refresh)
        self.key.confirmed_changed.connect(self._refresh)
        self.key.done.connect(self._on_next)
        self.add(self.key)
        self.next = self.add_button(say("unlock.written"), "primary")
        self.next.clicked.connect(self._on_next)
        self.finished.connect(self.deleteLater)

    @Slot()
    def _refresh(self) -> None:
        self.next.setText(say("common.done" if self.key.is_asking() else "unlock.written"))
        self.next.setEnabled(not self.key.is_asking() or self.key.confirmed())
        self.restyle()

    @Slot()
    def _on_next(self) -> None:
        if not self.key.is_asking():
            self.key.ask()
        elif self.key.confirmed():
            self.accept()


def _changing(custody: Custody, current: str, new: str) -> Callable[[Job], None]:
    def work(job: Job) -> None:
        custody.change_passphrase(current or None, new)

    return work

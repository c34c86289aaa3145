"""Unlock the record: the passphrase, the recovery key, or in words what is in the way and how to get past it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from companion.desktop.tasks import Job, Tasks
from companion.domain.errors import CompanionError, PersonError
from companion.domain.moments import Clock
from companion.services import opening
from companion.services.opened import Opened, services_of
from companion.ui.messages import explain
from companion.ui.widgets import buttons
from companion.ui.widgets.entry import EntryFrame
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.secret import SecretField
from companion.wording import say

SECRETS = ("wrong_passphrase", "wrong_recovery_key", "passphrase_needed")
"""Errors that are said at the field itself."""
ELSEWHERE = ("not_a_record", "record_missing", "folder_unreadable", "keys_missing")
"""Errors another folder may be the answer to."""


class UnlockPage(EntryFrame):
    """Opens the record in ``folder`` by one of ``ways``; ``trouble`` is what a first try met.

    The record is never touched by a wrong try, and there is no limit to the tries.
    """

    opened = Signal(object)
    """Emits the :class:`Opened` record."""
    recovered = Signal()
    """Sent before ``opened`` when the recovery key was used: a new passphrase is wanted then."""
    example_wanted = Signal()
    folder_wanted = Signal(object)
    """Emits another folder (a ``Path``) the person chose."""
    broken = Signal(object)
    """Emits an error that is the program's own."""

    def __init__(
        self,
        folder: Path,
        ways: tuple[str, ...],
        clock: Clock,
        tasks: Tasks,
        trouble: CompanionError | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(say("unlock.title"), say("unlock.text"), parent=parent)
        self._folder = folder
        self._ways = ways
        self._clock = clock
        self._tasks = tasks
        self._by_recovery = False
        self._message = InlineMessage("", "attention")
        self._message.hide()
        self.add(self._message)
        self._trouble_actions()
        self.passphrase = SecretField(say("unlock.passphrase"))
        self.passphrase.entered.connect(self._try)
        self.add(self.passphrase)
        self.recovery = TextField(say("unlock.recovery"))
        self.recovery.setMaxLength(80)
        self.recovery.returnPressed.connect(self._try)
        self._recovery_field = Field(say("unlock.recovery"), self.recovery, say("unlock.recovery_hint"))
        self.add(self._recovery_field)
        self._busy = ProgressStrip(say("unlock.opening"))
        self._busy.set_stoppable(False)
        self._busy.hide()
        self.add(self._busy)
        self._add_buttons()
        self._show_way("passphrase" if "passphrase" in ways else "recovery" if "recovery" in ways else "")
        if trouble is not None:
            self._say(trouble)

    def _trouble_actions(self) -> None:
        self._again = self._message.add_action(say("unlock.again"))
        self._again.clicked.connect(self._try_silently)
        self._show_folder = self._message.add_action(say("unlock.show_folder"), "quiet")
        self._show_folder.clicked.connect(self._open_folder)
        self._other = self._message.add_action(say("unlock.other_folder"), "quiet")
        self._other.clicked.connect(self._choose_folder)

    def _add_buttons(self) -> None:
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        self.open_button = buttons.primary(say("unlock.open"), "lock")
        self.open_button.clicked.connect(self._try)
        self.switch_button = buttons.quiet(say("unlock.use_recovery"), main=True)
        self.switch_button.clicked.connect(self._switch)
        flow.addWidget(self.open_button)
        flow.addWidget(self.switch_button)
        self.add(row)
        self.example_button = buttons.quiet(say("unlock.example"))
        self.example_button.clicked.connect(self.example_wanted)
        self.below(self.example_button)

    # Which way in

    def _show_way(self, way: str) -> None:
        self._by_recovery = way == "recovery"
        self.passphrase.setVisible(way == "passphrase")
        self._recovery_field.setVisible(way == "recovery")
        self.open_button.setVisible(bool(way))
        both = "passphrase" in self._ways and "recovery" in self._ways
        self.switch_button.setVisible(both)
        self.switch_button.setText(say("unlock.use_passphrase" if self._by_recovery else "unlock.use_recovery"))
        self.text.setText(say("unlock.text_recovery" if self._by_recovery else "unlock.text"))
        self.text.setVisible(bool(way))
        self.focus_start()

    def focus_start(self) -> None:
        """Put the keyboard into the field."""
        (self.recovery if self._by_recovery else self.passphrase).setFocus()

    def setFocus(self, *args: object) -> None:
        """Hand the keyboard to the field."""
        self.focus_start()

    @Slot()
    def _switch(self) -> None:
        self._show_way("passphrase" if self._by_recovery else "recovery")

    # Opening

    @Slot()
    def _try(self) -> None:
        if self._busy.isVisible():
            return
        text = self.recovery.text() if self._by_recovery else self.passphrase.text()
        if not text.strip():
            self._say(PersonError("passphrase_needed"))
            return
        if self._by_recovery:
            self._run(_opening(self._folder, self._clock, None, text))
        else:
            self._run(_opening(self._folder, self._clock, text, None))

    @Slot()
    def _try_silently(self) -> None:
        """Try again what needs no word from the person; where one is needed, put the keyboard there."""
        try:
            found = opening.look(self._folder)
        except CompanionError as error:
            self._say(error)
            return
        self._ways = found.ways
        if found.ready and found.needs_secret:
            self._message.hide()
            self._show_way("passphrase" if "passphrase" in found.ways else "recovery")
            if self.passphrase.text() or self.recovery.text():
                self._try()
            return
        self._run(_opening(self._folder, self._clock, None, None))

    def _run(self, work: Callable[[Job], Opened]) -> None:
        self._set_busy(True)
        self._tasks.run(work, self._on_opened, self._on_failed)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self.passphrase.set_error("")
            self._recovery_field.set_error("")
            self._message.hide()
        self._busy.setVisible(busy)
        for each in (self.passphrase, self._recovery_field, self.open_button, self.switch_button, self.example_button):
            each.setEnabled(not busy)

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.passphrase.clear()
        self.recovery.clear()
        if self._by_recovery:
            self.recovered.emit()
        self.opened.emit(opened)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, CompanionError):
            self._say(error)
        else:
            self.broken.emit(error)

    def _say(self, error: CompanionError) -> None:
        words = explain(error)
        if error.key not in SECRETS:
            self._other.setVisible(error.key in ELSEWHERE)
            self._message.show_message(words, "attention")
            self._message.show()
        elif self._by_recovery:
            self._recovery_field.set_error(words)
            self.recovery.setFocus()
            self.recovery.selectAll()
        else:
            self.passphrase.set_error(words)
            self.passphrase.select_all()

    # Folders

    @Slot()
    def _open_folder(self) -> None:
        place = self._folder if self._folder.is_dir() else self._folder.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    @Slot()
    def _choose_folder(self) -> None:
        from companion.ui.widgets import file_choice

        chosen = file_choice.choose_folder(self, say("unlock.other_folder"), self._folder.parent)
        if chosen is not None:
            self.folder_wanted.emit(chosen)


def _opening(folder: Path, clock: Clock, passphrase: str | None, recovery: str | None) -> Callable[[Job], Opened]:
    def work(job: Job) -> Opened:
        return services_of(opening.open_record(folder, passphrase, recovery), clock)

    return work

"""Settings of the record as a whole: what opens it, where it lies, whether it is sound, and taking the data out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from companion.desktop.tasks import Handle, Job, Tasks
from companion.domain.errors import CompanionError
from companion.services.custody import Custody, Health
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons, file_choice
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.passphrase import NewPassphrase
from companion.ui.widgets.progress import ProgressStrip
from companion.ui.widgets.recovery import RecoveryCard
from companion.ui.widgets.secret import SecretField
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

if TYPE_CHECKING:
    from companion.services.exporting import Exported


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


class LockSection(Section):
    """What opens the record, a new passphrase, a new recovery key."""

    def __init__(self, context: Context, custody: Custody) -> None:
        super().__init__(context, say("settings.lock"))
        self._custody = custody
        self._ways = labels.body("")
        self.add(self._ways)
        row = FlowLayout(gap=8)
        self.passphrase = buttons.secondary(say("settings.passphrase_change"), "lock")
        self.passphrase.clicked.connect(self._on_passphrase)
        self.recovery = buttons.secondary(say("settings.recovery_make"), "print")
        self.recovery.clicked.connect(self._on_recovery)
        row.addWidget(self.passphrase)
        row.addWidget(self.recovery)
        self.add_layout(row)

    def reload(self) -> None:
        """Say what opens the record."""
        ways = self._custody.ways()
        key = "example" if "example" in ways else "keychain" if "keychain" in ways else "passphrase"
        self._ways.setText(say(f"settings.ways.{key}"))
        self.passphrase.setVisible(key != "example")
        self.recovery.setVisible(key != "example")
        self.passphrase.setText(
            say("settings.passphrase_change" if "passphrase" in ways else "settings.passphrase_set")
        )

    @Slot()
    def _on_passphrase(self) -> None:
        self.hush()
        sheet = PassphraseSheet(self, self._custody, self.context.tasks)
        sheet.changed.connect(self._on_changed)
        sheet.open()

    @Slot()
    def _on_changed(self) -> None:
        self.reload()
        self.tell(say("settings.passphrase_done"))

    @Slot()
    def _on_recovery(self) -> None:
        sheet = Sheet(self, say("settings.recovery_make"), say("settings.recovery_ask"))
        sheet.add_button(say("settings.recovery_yes"), "primary").clicked.connect(sheet.accept)
        sheet.add_button(say("common.cancel")).clicked.connect(sheet.reject)
        sheet.accepted.connect(self._make_recovery)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @Slot()
    def _make_recovery(self) -> None:
        try:
            key = self._custody.new_recovery_key()
        except CompanionError as error:
            self.refuse(error)
            return
        RecoverySheet(self, key, self.context.care.today()).open()


class RecordSection(Section):
    """Where the record lies; check it; take the data out as tables."""

    def __init__(self, context: Context, custody: Custody) -> None:
        super().__init__(context, say("settings.record"))
        self._custody = custody
        self._handle: Handle | None = None
        if context.example:
            self.add(labels.body(say("settings.record_example")))
        else:
            self.add(labels.small(say("settings.record_where")))
            place = labels.user_text(str(custody.folder))
            place.set_selectable()
            place.setWordWrap(True)
            place.setAccessibleName(say("settings.record_where"))
            self.add(place)
        row = FlowLayout(gap=8)
        self.folder = buttons.quiet(say("settings.record_show"))
        self.folder.clicked.connect(self._on_folder)
        self.check = buttons.secondary(say("settings.check"), "check")
        self.check.clicked.connect(self._on_check)
        self.export = buttons.secondary(say("settings.export"), "export")
        self.export.clicked.connect(self._on_export)
        for button in (self.check, self.export, self.folder):
            row.addWidget(button)
        self.folder.setVisible(not context.example)
        self.add_layout(row)
        self.add(labels.small(say("settings.export_hint")))
        self.strip = ProgressStrip(say("settings.checking"))
        self.strip.stopped.connect(self._on_stop)
        self.strip.hide()
        self.add(self.strip)

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._custody.folder)))

    @Slot()
    def _on_check(self) -> None:
        self.hush()
        self.check.setEnabled(False)
        self.strip.restart()
        self.strip.show_progress(0, 0)
        self.strip.show()
        self._handle = self.context.tasks.run(
            _checking(self._custody), self._on_checked, self._on_failed, self._on_progress, writes=False
        )

    @Slot()
    def _on_stop(self) -> None:
        if self._handle is not None:
            self._handle.stop()

    def _on_progress(self, done: int, of: int) -> None:
        self.strip.show_progress(done, of)

    def _on_checked(self, figures: Health) -> None:
        self._rest()
        if not figures.sound:
            key = "settings.check_photos" if figures.database_sound else "settings.check_database"
            self.tell(say(key, count=figures.faults), "attention")
        elif figures.read < figures.files:
            self.tell(say("settings.check_stopped"), "info")
        else:
            self.tell(say("settings.check_sound"))

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, CompanionError):
            self.tell(self.words_of(error), "attention")
        else:
            self.context.host.say_problem(error)

    def _rest(self) -> None:
        self.check.setEnabled(True)
        self.export.setEnabled(True)
        self.strip.hide()

    @Slot()
    def _on_export(self) -> None:
        self.hush()
        chosen = file_choice.choose_folder(self, say("settings.export_choose"))
        if chosen is not None:
            self.export_to(chosen / say("settings.export_folder", day=self.context.care.today().isoformat()))

    def export_to(self, folder: Path) -> None:
        """Write the tables into ``folder``, which may not exist yet."""
        self.export.setEnabled(False)
        self.context.tasks.run(_exporting(self._custody, folder), self._on_exported, self._on_failed)

    def _on_exported(self, exported: Exported) -> None:
        self._rest()
        self.tell(say("settings.exported", count=len(exported.files), folder=exported.folder.name))


def _changing(custody: Custody, current: str, new: str) -> Callable[[Job], None]:
    def work(job: Job) -> None:
        custody.change_passphrase(current or None, new)

    return work


def _checking(custody: Custody) -> Callable[[Job], Health]:
    def work(job: Job) -> Health:
        return custody.check(job.progress, job.stopped)

    return work


def _exporting(custody: Custody, folder: Path) -> Callable[[Job], Exported]:
    def work(job: Job) -> Exported:
        return custody.export_csv(folder)

    return work

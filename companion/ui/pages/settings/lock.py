"""Settings of the lock: what opens the record, a new passphrase, a new recovery key."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.wording import say


class LockSection(Section):
    """What opens the record, a new passphrase, a new recovery key."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.lock"))
        self._custody = self.custody_of(context)
        self._why: InlineMessage | None = None
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

    def begins_at(self) -> QWidget:
        """Begin at the passphrase."""
        return super().begins_at() if self.passphrase.isHidden() else self.passphrase

    def after_recovery(self) -> None:
        """Say, above everything else here, why the person is shown this: the recovery key opened the record."""
        key = "settings.after_recovery" if "passphrase" in self._custody.ways() else "settings.after_recovery_keychain"
        if self._why is None:
            self._why = InlineMessage(say(key), "info", closable=True)
            self.body.insertWidget(1, self._why)
        self._why.show_message(say(key), "info")
        self._why.show()

    @Slot()
    def _on_passphrase(self) -> None:
        from companion.ui.pages.settings.lock_sheets import PassphraseSheet

        self.hush()
        sheet = PassphraseSheet(self, self._custody, self.context.tasks)
        sheet.changed.connect(self._on_changed)
        sheet.open()

    @Slot()
    def _on_changed(self) -> None:
        if self._why is not None:
            self._why.hide()
        self.reload()
        self.tell(say("settings.passphrase_done"))

    @Slot()
    def _on_recovery(self) -> None:
        from companion.ui.widgets.sheet import Sheet

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
        from companion.ui.pages.settings.lock_sheets import RecoverySheet

        RecoverySheet(self, key, self.context.care.today()).open()

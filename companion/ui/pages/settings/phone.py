"""The same times in the person's phone: a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from companion.desktop.tasks import Job
from companion.domain.errors import CompanionError
from companion.services.custody import Custody
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons, file_choice
from companion.ui.widgets.flow import FlowLayout
from companion.wording import say

if TYPE_CHECKING:
    from companion.services.phone import Written


class PhoneSection(Section):
    """Saves the calendar file, in discreet words."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("reminding.phone.title"))
        self._custody = self.custody_of(context)
        self.add(labels.body(say("reminding.phone.text")))
        self.save = buttons.secondary(say("reminding.phone.save"), "calendar")
        self.save.clicked.connect(self._on_save)
        row = FlowLayout(gap=8)
        row.addWidget(self.save)
        self.add_layout(row)
        self.add(labels.small(say("reminding.phone.hint", example=say("reminders.calendar.application"))))

    @Slot()
    def _on_save(self) -> None:
        self.hush()
        first = Path.home() / say("reminding.phone.file")
        chosen = file_choice.choose_target(self, say("reminding.phone.choose"), first, say("reminding.phone.kind"))
        if chosen is not None:
            self.save_to(chosen)

    def save_to(self, file: Path) -> None:
        """Write the calendar into ``file``."""
        self.save.setEnabled(False)
        self.context.tasks.run(_saving(self._custody, file), self._on_saved, self._on_failed, writes=False)

    def _on_saved(self, written: Written) -> None:
        self.save.setEnabled(True)
        said = "saved" if written.events else "saved_none"
        self.tell(say(f"reminding.phone.{said}", file=written.file.name))

    def _on_failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if isinstance(error, CompanionError):
            self.tell(self.words_of(error), "attention")
        else:
            self.context.host.say_problem(error)


def _saving(custody: Custody, file: Path) -> Callable[[Job], Written]:
    def work(job: Job) -> Written:
        return custody.export_ics(file)

    return work

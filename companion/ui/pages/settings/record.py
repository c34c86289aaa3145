"""Settings of the record as a whole: where it lies, whether it is sound, and taking the data out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.progress import ProgressStrip
from companion.wording import say

if TYPE_CHECKING:
    from companion.desktop.tasks import Handle, Job
    from companion.services.custody import Custody, Health
    from companion.services.exporting import Exported


class RecordSection(Section):
    """Where the record lies; check it; take the data out as tables."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.record"))
        self._custody = self.custody_of(context)
        self._handle: Handle | None = None
        if context.example:
            self.add(labels.body(say("settings.record_example")))
        else:
            self.add(labels.small(say("settings.record_where")))
            place = labels.user_text(str(self._custody.folder))
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

    def begins_at(self) -> QWidget:
        """Begin at the check."""
        return self.check

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
        from companion.ui.widgets import file_choice

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


def _checking(custody: Custody) -> Callable[[Job], Health]:
    def work(job: Job) -> Health:
        return custody.check(job.progress, job.stopped)

    return work


def _exporting(custody: Custody, folder: Path) -> Callable[[Job], Exported]:
    def work(job: Job) -> Exported:
        return custody.export_csv(folder)

    return work

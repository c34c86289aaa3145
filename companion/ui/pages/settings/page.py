"""The settings: what travels with the record at the left; the program, the lock and the record itself at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.services.changes import Changes
from companion.ui.context import Context, Page
from companion.ui.pages.settings.about import AboutSection
from companion.ui.pages.settings.look import LookSection
from companion.ui.pages.settings.places import PlacesSection
from companion.ui.pages.settings.record import LockSection, RecordSection
from companion.ui.pages.settings.section import Section
from companion.ui.pages.settings.treatment import TimesSection, TreatmentSection
from companion.ui.pages.settings.tubes import TubesSection
from companion.ui.widgets.scaffold import Columns, PageScaffold
from companion.wording import say

LOCK = "lock"
"""The argument of :meth:`SettingsPage.enter` that goes to the lock, after the recovery key was used."""


class SettingsPage(Page):
    """Every setting acts at once; what can be taken back is offered in the undo bar."""

    name = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._frame = PageScaffold(say("settings.title"), say("settings.subtitle"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.times = TimesSection(context)
        self.treatment = TreatmentSection(context)
        self.places = PlacesSection(context)
        self.tubes = TubesSection(context)
        self.look = LookSection(context)
        self.about = AboutSection(context)
        left: list[Section] = [self.times, self.places, self.tubes, self.treatment]
        right: list[Section] = [self.look]
        self.lock: LockSection | None = None
        self.record: RecordSection | None = None
        if context.custody is not None:
            self.lock = LockSection(context, context.custody)
            self.record = RecordSection(context, context.custody)
            right += [self.lock, self.record]
        right.append(self.about)
        columns = Columns()
        for number, side in enumerate((left, right)):
            for section in side:
                columns.add(section, number)
        self._frame.add(columns)
        self._sections = left + right

    def concerns(self, changes: Changes) -> bool:
        """Return whether a change is shown here."""
        return changes.treatment or changes.places or changes.tubes or changes.settings

    def reload(self) -> None:
        """Read everything again."""
        for section in self._sections:
            section.reload()

    def enter(self, argument: object = None) -> None:
        """Show the settings, at the lock when that is asked for."""
        super().enter(argument)
        if argument == LOCK and self.lock is not None:
            self.lock.tell(say("settings.after_recovery"), "info")
            self._frame.reveal(self.lock)
            self.lock.passphrase.setFocus()

    def focus_start(self) -> None:
        """Begin at the times, unless the keyboard was put somewhere on the page already."""
        focus = self.focusWidget()
        if focus is None or not focus.hasFocus():
            self.times.times.setFocus()

"""Opens the sheet of each kind over the page, and passes on what was done there."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from companion.domain.care import CareEntry
from companion.domain.dosing import Application
from companion.domain.reactions import NoteEntry, SymptomEntry
from companion.domain.timeline import EntryKind, Item
from companion.domain.treatment import Tube
from companion.services.changes import Done
from companion.ui.context import Context
from companion.ui.pages.journal.add_menu import PRESCRIPTION
from companion.ui.pages.journal.care_sheet import CareSheet, Draft

OWN = (EntryKind.SYMPTOM, EntryKind.NOTE)


def sheet_of(kind: EntryKind) -> type[CareSheet]:
    """Return the sheet of a kind that is kept among the care entries. Raises ``KeyError`` for another."""
    from companion.ui.pages.journal import small_sheets

    if kind is EntryKind.SCORE:
        from companion.ui.pages.journal.score_sheet import ScoreSheet

        return ScoreSheet
    if kind is EntryKind.ESTIMATE:
        from companion.ui.pages.journal.estimate_sheet import EstimateSheet

        return EstimateSheet
    return {
        EntryKind.LIGHT: small_sheets.LightSheet,
        EntryKind.TREATMENT: small_sheets.TreatmentSheet,
        EntryKind.SKIN_DAY: small_sheets.SkinDaySheet,
        EntryKind.NOTICING: small_sheets.NoticingSheet,
        EntryKind.VISIT: small_sheets.VisitSheet,
    }[kind]


class Sheets(QObject):
    """Opens sheets over ``over``. What was begun and closed unsaved is there again when the same kind is opened."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._over = context, over
        self._note = ""
        self._drafts: dict[str, Draft] = {}

    def add(self, kind: str) -> None:
        """Open the sheet for a new entry of ``kind``: the value of an :class:`EntryKind`, or ``prescription``."""
        if kind == PRESCRIPTION:
            self.prescription()
        elif EntryKind(kind) in OWN:
            self._own(kind)
        elif EntryKind(kind) is EntryKind.TUBE:
            self._tube(None)
        else:
            made = sheet_of(EntryKind(kind))(self._context, self._over, draft=self._drafts.get(kind))
            made.left.connect(self._keep_draft)
            made.accepted.connect(self._forget_draft)
            made.open()

    def edit(self, item: Item) -> None:
        """Open the sheet that corrects an entry."""
        entry = item.entry
        if isinstance(entry, SymptomEntry | NoteEntry):
            from companion.ui.pages.entry_sheet import EntrySheet

            EntrySheet(self._context, self._over, entry).open()
        elif isinstance(entry, Tube):
            self._tube(entry)
        elif isinstance(entry, Application):
            self._application(entry)
        elif isinstance(entry, CareEntry):
            sheet_of(item.kind)(self._context, self._over, entry).open()

    def history(self, item: Item) -> None:
        """Show what an entry said before."""
        from companion.ui.pages.journal.history_sheet import HistorySheet

        HistorySheet(self._context, self._over, item.entry).open()

    def prescription(self) -> None:
        """Open the sheet of the prescription."""
        from companion.ui.pages.journal.prescription import PrescriptionSheet

        PrescriptionSheet(self._context, self._over).open()

    # Side effects and notes

    def _own(self, kind: str) -> None:
        from companion.ui.pages.entry_sheet import EntrySheet

        sheet = EntrySheet(self._context, self._over, draft=self._note, kind=kind)
        sheet.left.connect(self._keep_note)
        sheet.accepted.connect(self._forget_note)
        sheet.open()

    def _keep_note(self, text: str) -> None:
        self._note = text

    def _forget_note(self) -> None:
        self._note = ""

    # Tubes and applications, with the sheets of Today

    def _tube(self, tube: Tube | None) -> None:
        from companion.ui.pages.today.tube_sheet import TubeSheet

        sheet = TubeSheet(self._context, tube, self._over)
        sheet.stored.connect(self._tube_stored)
        sheet.open()

    def _tube_stored(self, done: Done, text: str) -> None:
        if done.undo is not None:
            self._context.host.offer_undo(text, done.undo, self._context.care.undo)
        self._context.bus.announce(done.changes)

    def _application(self, row: Application) -> None:
        from companion.ui.pages.today.actions import SlotActions

        deeds = SlotActions(self._context, self._over)
        deeds.know(self._context.applications.today())
        deeds.edit(row)

    # Drafts

    def _keep_draft(self, typed: Draft) -> None:
        sender = self.sender()
        if isinstance(sender, CareSheet):
            self._drafts[sender.kind.value] = typed

    def _forget_draft(self) -> None:
        sender = self.sender()
        if isinstance(sender, CareSheet):
            self._drafts.pop(sender.kind.value, None)

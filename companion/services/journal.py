"""Side effects and notes: add, correct, list, delete and undo. What is urgent is never noted silently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from companion.content import reactions as lists
from companion.domain.errors import NeedsAnswer, PersonError
from companion.domain.moments import Clock, as_utc, local_day
from companion.domain.nouns import Noun
from companion.domain.reactions import SCALE, NoteEntry, Symptom, SymptomEntry
from companion.services import corrections
from companion.services.changes import Changes, Done, Undo
from companion.wording import language, resources

if TYPE_CHECKING:
    from companion.content.reactions import HelpCategory
    from companion.storage.record import Record

MAX_TEXT = 100_000
KEEP_DELETED = timedelta(days=30)
GET_HELP = "get_help"
"""The question of :class:`NeedsAnswer` that is answered by showing the get-help page."""

KINDS = ("symptom", "note")

Entry = SymptomEntry | NoteEntry


@dataclass(frozen=True, slots=True)
class NewSymptom:
    """A side effect to be noted; ``at`` is now when absent. ``help_shown`` says the get-help page was shown first."""

    code: str
    at: datetime | None = None
    bad: int | None = None
    bothers: int | None = None
    places: tuple[int, ...] = ()
    ended_on: date | None = None
    action: str = ""
    told_doctor: bool = False
    note: str = ""
    help_shown: bool = False


def symptoms() -> tuple[Symptom, ...]:
    """Return the program's own list of side effects."""
    return lists.symptoms(resources.root())


def symptom_name(code: str) -> str:
    """Return the plain name of a side effect in the language spoken now; an unknown code stands for itself."""
    return lists.symptom_names(resources.root(), language()).get(code, code)


def help_categories() -> tuple[HelpCategory, ...]:
    """Return the static get-help list in the language spoken now, the same for everyone."""
    return lists.help_categories(resources.root(), language())


def help_checked_on() -> date:
    """Return the day the get-help list was last compared with its sources."""
    return date.fromisoformat(lists.help_checked_on(resources.root()))


def help_for_text(text: str) -> tuple[str, ...]:
    """Return the get-help categories a typed text calls for, most urgent first."""
    return lists.help_needed(resources.root(), text)


def help_for_symptom(code: str) -> str | None:
    """Return the get-help category of a side effect, or ``None``."""
    return next((each.category for each in symptoms() if each.code == code), None)


class Journal:
    """The entries of one open record."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    def add_symptom(self, new: NewSymptom) -> Done:
        """Note a side effect, durably.

        Raises:
            PersonError: ``unknown_symptom``, ``scale``, ``in_future``, ``end_before_start``, ``note_too_long``,
                ``unknown_place``.
            NeedsAnswer: ``get_help`` with ``category``: show the page, then call again with ``help_shown``.
        """
        category = self._checked(new)
        now, zone = self._clock.now(), self._clock.zone()
        at = as_utc(new.at) if new.at is not None else now
        row = SymptomEntry(
            id=0,
            code=new.code,
            at=at,
            zone=zone,
            bad=new.bad,
            bothers=new.bothers,
            places=new.places,
            ended_on=new.ended_on,
            action=new.action,
            told_doctor=new.told_doctor,
            note=new.note,
            help_shown_at=now if category and new.help_shown else None,
        )
        self._check_times(row)
        with self._record.unit_of_work() as work:
            known = {place.id for place in work.places.all(include_archived=True)} if row.places else set()
            if not set(row.places) <= known:
                raise PersonError("unknown_place")
            number = work.symptoms.add(row)
        undo = Undo("symptom_added", (), (number,))
        return Done(Changes(symptoms=True), id=number, undo=undo, help=category)

    def edit_symptom(self, row: SymptomEntry, help_shown: bool = False) -> Done:
        """Store a corrected entry whole; the page must be shown for what it newly calls for.

        Raises as :meth:`add_symptom`, and ``entry_gone``.
        """
        known = self.get_symptom(row.id)
        called = _categories(row.code, row.note, row.action)
        new = called - (_categories(known.code, known.note, known.action) if known is not None else set())
        shown = help_shown or (row.help_shown_at is not None and not new)
        category = self._checked(
            NewSymptom(row.code, bad=row.bad, bothers=row.bothers, note=row.note, action=row.action, help_shown=shown)
        )
        self._check_times(row)
        if category and (new or row.help_shown_at is None):
            row = replace(row, help_shown_at=self._clock.now())
        with self._record.unit_of_work() as work:
            before = work.symptoms.get(row.id)
            if before is None:
                raise PersonError("entry_gone")
            corrections.keep(work, Noun.SYMPTOM, before, replace(row, deleted=before.deleted), self._clock.now())
            work.symptoms.update(row)
        return Done(Changes(symptoms=True), id=row.id, undo=Undo("symptom", (before,), (row,)), help=category)

    def end_symptom(self, entry_id: int, day: date | None = None) -> Done:
        """Note that a side effect is gone, since ``day`` (today when absent)."""
        with self._record.unit_of_work() as work:
            row = work.symptoms.get(entry_id)
            if row is None:
                raise PersonError("entry_gone")
            ended = replace(row, ended_on=day or self._today())
            self._check_times(ended)
            corrections.keep(work, Noun.SYMPTOM, row, ended, self._clock.now())
            work.symptoms.update(ended)
        return Done(Changes(symptoms=True), id=entry_id, undo=Undo("symptom", (row,), (ended,)))

    def delete_symptom(self, entry_id: int) -> Done:
        """Delete a side effect; undo brings it back for thirty days."""
        with self._record.unit_of_work() as work:
            work.symptoms.mark_deleted(entry_id, self._clock.now())
        return Done(Changes(symptoms=True), id=entry_id, undo=Undo("symptom_deleted", (entry_id,), ()))

    def add_note(self, text: str, at: datetime | None = None, help_shown: bool = False) -> Done:
        """Note a free text.

        Raises:
            PersonError: ``note_empty``, ``note_too_long``, ``in_future``.
            NeedsAnswer: ``get_help``: the text sounds urgent; show the page, then call again with ``help_shown``.
        """
        category = self._check_text(text, help_shown)
        now = self._clock.now()
        row = NoteEntry(
            id=0,
            at=as_utc(at) if at is not None else now,
            zone=self._clock.zone(),
            text=text,
            help_shown_at=now if category else None,
        )
        self._check_times(row)
        with self._record.unit_of_work() as work:
            number = work.notes.add(row)
        return Done(Changes(notes=True), id=number, undo=Undo("note_added", (), (number,)), help=category)

    def edit_note(self, row: NoteEntry, help_shown: bool = False) -> Done:
        """Store a corrected note whole; the page must be shown for what it newly calls for.

        Raises as :meth:`add_note`, and ``entry_gone``.
        """
        known = self.get_note(row.id)
        new = set(help_for_text(row.text)) - set(help_for_text(known.text) if known is not None else ())
        category = self._check_text(row.text, help_shown or (row.help_shown_at is not None and not new))
        self._check_times(row)
        if category and (new or row.help_shown_at is None):
            row = replace(row, help_shown_at=self._clock.now())
        with self._record.unit_of_work() as work:
            before = work.notes.get(row.id)
            if before is None:
                raise PersonError("entry_gone")
            corrections.keep(work, Noun.NOTE, before, replace(row, deleted=before.deleted), self._clock.now())
            work.notes.update(row)
        return Done(Changes(notes=True), id=row.id, undo=Undo("note", (before,), (row,)), help=category)

    def delete_note(self, entry_id: int) -> Done:
        """Delete a note; undo brings it back for thirty days."""
        with self._record.unit_of_work() as work:
            work.notes.mark_deleted(entry_id, self._clock.now())
        return Done(Changes(notes=True), id=entry_id, undo=Undo("note_deleted", (entry_id,), ()))

    def undo(self, undo: Undo) -> Done:
        """Take back an addition, a change or a deletion; doing it twice changes nothing more."""
        now = self._clock.now()
        with self._record.unit_of_work() as work:
            store = work.symptoms if undo.what.startswith("symptom") else work.notes
            if undo.what.endswith("_added"):
                store.mark_deleted(_number(undo.after[0]), now)
            elif undo.what.endswith("_deleted"):
                store.restore(_number(undo.before[0]))
            for before in undo.before:
                if isinstance(before, SymptomEntry):
                    corrections.take_back(work, Noun.SYMPTOM, before, work.symptoms.get(before.id))
                    work.symptoms.update(before)
                elif isinstance(before, NoteEntry):
                    corrections.take_back(work, Noun.NOTE, before, work.notes.get(before.id))
                    work.notes.update(before)
        return Done(Changes(symptoms=True, notes=True))

    def page(
        self,
        limit: int = 50,
        before: datetime | None = None,
        text: str = "",
        kinds: tuple[str, ...] = (),
        place: int | None = None,
    ) -> tuple[Entry, ...]:
        """Return entries newest first, older than ``before``; ``kinds`` of ``symptom`` and ``note``, all when empty.

        ``text`` is looked for in what the person wrote and in the names of side effects, without case and accents.
        """
        wanted = text.strip()
        with self._record.unit_of_work() as work:
            return work.journal.page(
                limit=limit,
                before=before,
                text=wanted,
                kinds=kinds or KINDS,
                place=place,
                codes=_named(wanted) if wanted else (),
            )

    def get_symptom(self, entry_id: int) -> SymptomEntry | None:
        """Return one side effect, or ``None`` when it is gone."""
        with self._record.unit_of_work() as work:
            return work.symptoms.get(entry_id)

    def get_note(self, entry_id: int) -> NoteEntry | None:
        """Return one note, or ``None`` when it is gone."""
        with self._record.unit_of_work() as work:
            return work.notes.get(entry_id)

    def purge(self) -> None:
        """Remove for good what was deleted more than thirty days ago."""
        limit = self._clock.now() - KEEP_DELETED
        with self._record.unit_of_work() as work:
            work.symptoms.purge(limit)
            work.notes.purge(limit)

    def _today(self) -> date:
        return local_day(self._clock.now(), self._clock.zone())

    def _checked(self, new: NewSymptom) -> str | None:
        """Check the values and return the get-help category, for which the page must have been shown."""
        if new.code not in {each.code for each in symptoms()}:
            raise PersonError("unknown_symptom")
        if any(value is not None and value not in SCALE for value in (new.bad, new.bothers)):
            raise PersonError("scale")
        for text in (new.note, new.action):
            self._check_length(text)
        typed = self._urgent(f"{new.note}\n{new.action}", new.help_shown)
        category = help_for_symptom(new.code) or typed
        if category and not new.help_shown:
            raise NeedsAnswer((GET_HELP,), category=category)
        return category

    def _check_text(self, text: str, help_shown: bool) -> str | None:
        self._check_length(text)
        if not text.strip():
            raise PersonError("note_empty")
        return self._urgent(text, help_shown)

    @staticmethod
    def _check_length(text: str) -> None:
        if len(text) > MAX_TEXT:
            raise PersonError("note_too_long", count=MAX_TEXT)

    @staticmethod
    def _urgent(text: str, help_shown: bool) -> str | None:
        """Return the get-help category a text calls for, for which the page must have been shown."""
        called = help_for_text(text)
        if called and not help_shown:
            raise NeedsAnswer((GET_HELP,), category=called[0])
        return called[0] if called else None

    def _check_times(self, row: Entry) -> None:
        if row.at > self._clock.now() + timedelta(minutes=2):
            raise PersonError("in_future")
        if isinstance(row, SymptomEntry) and row.ended_on is not None:
            if row.ended_on < local_day(row.at, row.zone):
                raise PersonError("end_before_start")
            if row.ended_on > self._today():
                raise PersonError("in_future")


def _categories(code: str, note: str, action: str) -> set[str]:
    own = help_for_symptom(code)
    return {*help_for_text(f"{note}\n{action}"), *([own] if own else [])}


def _named(text: str) -> tuple[str, ...]:
    """Return the codes of the side effects whose name holds ``text``, as people search."""
    needle = " ".join(lists.fold(text))
    if not needle:
        return ()
    return tuple(each.code for each in symptoms() if needle in " ".join(lists.fold(symptom_name(each.code))))


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("entry id")
    return value

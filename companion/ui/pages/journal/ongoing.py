"""A side effect that has not ended is asked about, gently and at most once a day. Only what is true is stored."""

from __future__ import annotations

import json
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError, NeedsAnswer
from companion.domain.reactions import SymptomEntry
from companion.services.changes import Done
from companion.services.journal import symptom_name
from companion.ui import labels, rooms
from companion.ui.context import Context
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import words
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.chips import ActionChip
from companion.ui.widgets.once import OnceRow
from companion.wording import dates, say

ASKED = "ongoing_asked"
"""The setting that remembers on which day each side effect was last asked about."""
RECENT = timedelta(days=60)
_READ = 60
ANSWERS = ("gone", "same", "less", "more")


class OngoingCard(Card):
    """Asks about the side effect noted last that is still there. Gone ends it; the other answers are kept as notes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self.entry: SymptomEntry | None = None
        self._what = ""
        self._ask = labels.small("")
        self.add(self._ask)
        row = OnceRow(row_gap=2)
        row.setAccessibleName(say("journal.ongoing.answers"))
        self._chips: dict[str, ActionChip] = {}
        for answer in ANSWERS:
            chip = ActionChip(say(f"journal.ongoing.{answer}"))
            chip.setProperty("answer", answer)
            chip.clicked.connect(self._on_answer)
            self._chips[answer] = chip
            row.put(chip)
        self.add(row)
        if any(room.key == "learn" for room in rooms.standing()):
            learn = buttons.quiet(say("journal.ongoing.learn"), "learn")
            learn.clicked.connect(self._on_learn)
            self.add(learn)
        self.hide()

    def chip(self, answer: str) -> ActionChip:
        """Return the chip of one of ``ANSWERS``."""
        return self._chips[answer]

    def reload(self) -> None:
        """Look for what is to be asked about, and show or hide the card."""
        today = self._context.care.today()
        self.entry = self._wanted(today)
        self.setVisible(self.entry is not None)
        if self.entry is None:
            return
        names = symptom_words.names_inside(self._context.care.places(include_archived=True))
        self._what = symptom_words.headline(self.entry, names)
        self.set_title(self._what)
        ago = dates.days_ago((today - words.day_of(self.entry)).days)
        self._ask.setText(say("journal.ongoing.ask_since", ago=ago))
        for answer, chip in self._chips.items():
            text = say(f"journal.ongoing.{answer}")
            chip.setAccessibleName(say("journal.action_of", action=text, text=self._what))

    def _wanted(self, today: date) -> SymptomEntry | None:
        asked = self._asked()
        for entry in self._context.journal.page(limit=_READ, kinds=("symptom",)):
            if not isinstance(entry, SymptomEntry):
                continue
            day = words.day_of(entry)
            if today - day > RECENT:
                return None
            if entry.ended_on is None and day < today and asked.get(str(entry.id)) != today.isoformat():
                return entry
        return None

    def _asked(self) -> dict[str, str]:
        try:
            found = json.loads(self._context.care.setting(ASKED) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    # Answering

    def _on_answer(self) -> None:
        sender, entry = self.sender(), self.entry
        if sender is None or entry is None:
            return
        answer = str(sender.property("answer"))
        try:
            done = self._gone(entry) if answer == "gone" else self._kept(answer)
            today = self._context.care.today().isoformat()
            kept = {number: day for number, day in self._asked().items() if day == today}
            asked = self._context.care.put_setting(ASKED, json.dumps({**kept, str(entry.id): today}))
        except CompanionError as error:
            self._context.host.say_problem(error)
            return
        said = say("journal.undo.ongoing")
        if answer == "gone":
            said = say("journal.undo.gone", name=symptom_name(entry.code))
        if done.undo is not None:
            self._context.host.offer_undo(said, done.undo, self._context.journal.undo)
        self._context.bus.announce(done.changes | asked.changes)

    def _gone(self, entry: SymptomEntry) -> Done:
        return self._context.journal.end_symptom(entry.id)

    def _kept(self, answer: str) -> Done:
        """Keep an answer as a note of today; a strength noted earlier stays what it was then."""
        text = say(f"journal.ongoing.note_{answer}", what=self._what)
        try:
            return self._context.journal.add_note(text)
        except NeedsAnswer as question:
            self._context.host.show_help(str(question.values["category"]))
            return self._context.journal.add_note(text, help_shown=True)

    def _on_learn(self) -> None:
        self._context.host.go("learn", "side-effects")

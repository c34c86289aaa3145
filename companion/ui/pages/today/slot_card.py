"""The card of one slot: what is known of it, what the leaflet says of it, and what can be done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.domain.dosing import Application, Outcome
from companion.domain.moments import Slot
from companion.domain.today import SlotCard, TodayView
from companion.services.treatment import rules_of
from companion.ui import labels, theme
from companion.ui.pages.today import words
from companion.ui.pages.today.turn import actions_of
from companion.ui.widgets import buttons
from companion.ui.widgets.buttons import Button
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.once import OnceRow
from companion.ui.widgets.order import tab_after
from companion.ui.widgets.tag import TagLabel
from companion.wording import say

if TYPE_CHECKING:
    from companion.ui.widgets.message import InlineMessage

ACTIONS = ("apply", "apply_at", "other_time", "edit", "missed", "skip", "undo")


class SlotCardView(Card):
    """Shows one slot. It never writes: it says with ``wanted`` what the person pressed.

    ``wanted`` carries one of :data:`ACTIONS` and the slot; ``extra_wanted`` the application of a further use that is
    to be edited; ``answered`` whether the question asked with :meth:`ask` was answered with yes;
    ``grown`` the question, to be scrolled into view.
    """

    wanted = Signal(str, object)
    extra_wanted = Signal(object)
    answered = Signal(object, bool)
    grown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tag = TagLabel("")
        super().__init__(" ", trailing=self._tag, parent=parent)
        self.slot: Slot | None = None
        self.row: Application | None = None
        self._lines = labels.body("", "soft")
        self._rule = labels.body("")
        self._source = labels.caption("")
        for label in (self._lines, self._rule, self._source):
            self.add(label)
        self._extras = QVBoxLayout()
        self._extras.setSpacing(4)
        self._extras_shown: tuple[Application, ...] = ()
        self.add_layout(self._extras)
        self._question: InlineMessage | None = None
        self._problem: InlineMessage | None = None
        self._row = OnceRow()
        self._buttons: dict[str, Button] = {}
        self._primary = self._button("apply", "primary")
        for key in ACTIONS:
            self._button(key, "quiet" if key in ("skip", "missed", "undo") else "secondary")
        # Where skipping is all there is to do, the button has its box, to stand flush with the words above it.
        self._alone = self._button("skip", "secondary")
        self.add(self._row)
        self.body.addStretch(1)

    def _button(self, key: str, kind: str) -> Button:
        made = Button("", kind, main=True)
        made.setProperty("action", key)
        made.clicked.connect(self._pressed)
        self._row.put(made)
        if kind != "primary":
            self._buttons.setdefault(key, made)
        return made

    # Showing

    def show_slot(self, card: SlotCard, view: TodayView, main: bool, above: bool = False) -> None:
        """Show a slot; ``main`` makes its first action the filled one of the page.

        ``above`` leaves the leaflet's word and the buttons to the card of the late reminder that stands over it.
        """
        if self.slot != card.slot:
            self.leave_question()
        keyboard = self._has_keyboard()
        self.slot, self.row = card.slot, card.application
        name = words.slot_name(card.slot, view.day)
        text, tone = words.tag(card, view)
        self.set_title(name)
        self.set_tint(card.slot.part.value)
        self.setAccessibleName(say("today.card_name", slot=name, state=text))
        self._tag.setText(text)
        self._tag.set_tone(tone)
        self._show_lines(card, view, above)
        self._show_extras(tuple(each for each in view.extras if each.slot == card.slot))
        self._show_actions(() if above else self._offered(card, view), card, view, main)
        if keyboard and not self._has_keyboard():
            self.focus_first()

    def _show_lines(self, card: SlotCard, view: TodayView, above: bool) -> None:
        said = words.rule(card, view) if not above else None
        lines = (say("reminding.late.above"),) if above else words.lines(card, view)
        for label, text in (
            (self._lines, " ".join(lines)),
            (self._rule, said.text if said else ""),
            (self._source, said.source if said else ""),
        ):
            if label.text() != text:
                label.setText(text)
            label.setVisible(bool(text))

    def _show_extras(self, rows: tuple[Application, ...]) -> None:
        if rows == self._extras_shown:
            return
        self._extras_shown = rows
        while (item := self._extras.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._extras.addWidget(_ExtraRow(row, self))

    def _offered(self, card: SlotCard, view: TodayView) -> tuple[str, ...]:
        return actions_of(card, view)

    def _show_actions(self, offered: tuple[str, ...], card: SlotCard, view: TodayView, main: bool) -> None:
        name = words.slot_name(card.slot, view.day)
        due = words.clock(card.due, view.zone) if card.due is not None else ""
        for key, button in self._buttons.items():
            text = say(f"today.do.{key}", time=due) if key == "apply_at" else say(f"today.do.{key}")
            button.setText(text)
            button.setAccessibleName(say("today.do.of_slot", action=text, slot=name))
            button.setVisible(key in offered and not (key == "apply" and main) and offered != ("skip",))
        self._alone.setText(self._buttons["skip"].text())
        self._alone.setAccessibleName(self._buttons["skip"].accessibleName())
        self._alone.setVisible(offered == ("skip",))
        self._primary.setText(say("today.do.apply"))
        self._primary.setAccessibleName(say("today.do.of_slot", action=say("today.do.apply"), slot=name))
        self._primary.setVisible("apply" in offered and main)
        self._row.setVisible(bool(offered) and self._question is None)

    # Asking, and saying what went wrong

    def ask(self, questions: tuple[str, ...], at: datetime | None, view: TodayView) -> None:
        """Ask before something unusual is recorded; the answer comes with ``answered``."""
        from companion.ui.widgets.message import InlineMessage

        self.leave_question()
        said = words.asked(questions, at, rules_of(view.treatment.leaflet), view.zone)
        panel = InlineMessage("\n".join(filter(None, (said.text, said.source))), "attention", say("today.ask.title"))
        panel.add_action(say("today.ask.anyway")).clicked.connect(self._yes)
        stay = panel.add_action(say("today.ask.not_now"), "quiet")
        stay.clicked.connect(self._no)
        self._question = panel
        self.body.insertWidget(self.body.indexOf(self._row), panel)
        self._row.hide()
        panel.show()
        tab_after(self._alone, panel)
        stay.setFocus()
        self.grown.emit(panel)

    def leave_question(self) -> None:
        """Take the question and what went wrong away."""
        for panel in (self._question, self._problem):
            if panel is not None:
                self.body.removeWidget(panel)
                panel.hide()
                panel.deleteLater()
        self._question = self._problem = None
        self._row.show()

    def say_problem(self, text: str) -> None:
        """Say beside the buttons why something was not recorded."""
        from companion.ui.widgets.message import InlineMessage

        self.leave_question()
        self._problem = InlineMessage(text, "attention", closable=True)
        self.body.insertWidget(self.body.indexOf(self._row) + 1, self._problem)
        self._problem.show()

    def _yes(self) -> None:
        self._answer(True)

    def _no(self) -> None:
        self._answer(False)

    def _answer(self, anyway: bool) -> None:
        self.leave_question()
        self.focus_first()
        self.answered.emit(self.slot, anyway)

    # Keyboard

    def focus_first(self) -> None:
        """Put the keyboard on the first button shown."""
        for button in (self._primary, *self._buttons.values(), self._alone):
            if not button.isHidden():
                button.setFocus()
                return

    def button(self, action: str) -> Button:
        """Return the button of an action as it is shown now. Raises ``KeyError``."""
        if action == "apply" and not self._primary.isHidden():
            return self._primary
        return self._alone if action == "skip" and not self._alone.isHidden() else self._buttons[action]

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and self.slot is not None:
            self.wanted.emit(sender.property("action"), self.slot)

    def edit_extra(self, row: Application) -> None:
        """Pass on that a further application is to be edited."""
        self.extra_wanted.emit(row)


class _ExtraRow(QWidget):
    """One further application of the same part of the day, with a button to change it."""

    def __init__(self, row: Application, card: SlotCardView) -> None:
        super().__init__()
        self._application, self._card = row, card
        line = BesideLayout(self, least=theme.px(120))
        line.addWidget(labels.body(words.extra_line(row), "soft"))
        edit = buttons.quiet(say("today.do.edit"))
        edit.setAccessibleName(say("today.extra_edit", time=words.clock(row.at, row.zone)))
        edit.clicked.connect(self._edit)
        line.addWidget(edit)

    def _edit(self) -> None:
        self._card.edit_extra(self._application)


def outcome_of(action: str) -> Outcome:
    """Return what an action says of a slot."""
    return Outcome.SKIPPED if action == "skip" else Outcome.MISSED

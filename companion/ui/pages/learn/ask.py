"""Ask in your own words: the box for the question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.chips import ActionChip
from companion.ui.widgets.fields import SearchField
from companion.ui.widgets.flow import FlowLayout
from companion.wording import say

EXAMPLES = ("works", "inhibitors", "forgot")
MAX_QUESTION = 500


class AskBox(Card):
    """The question. It asks nobody: the page hears ``asked`` and shows the answer below."""

    asked = Signal(str)
    began = Signal()
    """The person has begun to type, for the first time."""
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("learn.ask.title"), parent=parent)
        self.add(labels.body(say("learn.ask.text"), "soft"))
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_TIGHT)
        self.field = SearchField(say("learn.ask.field"), say("learn.ask.hint"))
        self.field.setMaxLength(MAX_QUESTION)
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self._on_ask)
        self.field.textChanged.connect(self._on_text)
        self.field.textEdited.connect(self._on_edit)
        self.button = buttons.primary(say("learn.ask.button"), main=False)
        self.button.clicked.connect(self._on_ask)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.add_layout(row)
        self._examples = QWidget()
        flow = FlowLayout(self._examples, gap=8)
        for key in EXAMPLES:
            chip = ActionChip(say(f"learn.ask.example.{key}"))
            chip.setProperty("key", key)
            chip.clicked.connect(self._on_example)
            flow.addWidget(chip)
        self.add(self._examples, gap=4)

    def question(self) -> str:
        """Return the question as typed."""
        return self.field.text().strip()

    def show_examples(self, shown: bool) -> None:
        """Offer the questions others ask, or not."""
        self._examples.setVisible(shown)

    def _on_ask(self) -> None:
        if self.question():
            self.asked.emit(self.question())

    def _on_example(self) -> None:
        sender = self.sender()
        if isinstance(sender, ActionChip):
            self.field.setText(say(f"learn.ask.example.{sender.property('key')}"))
            self._on_ask()

    def _on_edit(self) -> None:
        self.field.textEdited.disconnect(self._on_edit)
        self.began.emit()

    def _on_text(self, text: str) -> None:
        if not text:
            self.cleared.emit()

"""The steps before there is a record: welcome, the leaflet, and what to talk over with a doctor first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from companion.domain.leaflet import Leaflet
from companion.services.citing import cited, topics
from companion.services.treatment import rules_of
from companion.ui import labels
from companion.ui.pages.setup.state import Step
from companion.ui.pages.setup.step import Desk, SetupStep
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.choice_card import ChoiceCards
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.points import Points
from companion.ui.widgets.scaffold import Columns
from companion.ui.widgets.sourced import SourceLine
from companion.ui.widgets.switches import SegmentedControl
from companion.wording import language, say

LANGUAGES = (("en", "English"), ("it", "Italiano"))
"""A language is written in itself, so that the one who needs it can find it."""


class WelcomeStep(SetupStep):
    """The language, what this is, what it is not, and the way to the example."""

    step = Step.WELCOME
    example_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        row = FlowLayout(gap=12)
        self.languages = SegmentedControl(LANGUAGES, say("setup.language"))
        self.languages.choose(language())
        self.languages.changed.connect(self._on_language)
        row.addWidget(self.languages)
        self.column.addLayout(row)
        columns = Columns(even=True)
        for number, key in enumerate(("is", "is_not")):
            card = Card(say(f"setup.welcome.{key}"))
            card.add(Points([say(f"setup.welcome.{key}.{n}") for n in (1, 2, 3)], "check" if key == "is" else "close"))
            columns.add(card, number)
        self.column.addWidget(columns)
        self.example = buttons.quiet(say("setup.example"), "eye")
        self.example.clicked.connect(self.example_wanted)
        foot = FlowLayout(gap=8)
        foot.addWidget(self.example)
        self.column.addLayout(foot)

    @Slot(str)
    def _on_language(self, code: str) -> None:
        self.desk.preferences.language = code

    def focus_start(self) -> None:
        """Begin at the language."""
        self.languages.segment(self.languages.chosen()).setFocus()


class LeafletStep(SetupStep):
    """Which leaflet came with the tube, and how the box tells."""

    step = Step.LEAFLET

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.choices = ChoiceCards([_leaflet(each) for each in Leaflet], self.title)
        if desk.state.leaflet is not None:
            self.choices.choose(desk.state.leaflet.value)
        self.choices.changed.connect(self._on_choice)
        self.column.addWidget(self.choices)
        for each in (Leaflet.US, Leaflet.EU):
            self.column.addWidget(SourceLine(cited(each, "tube_sizes")))

    @Slot(str)
    def _on_choice(self, key: str) -> None:
        self.desk.state.leaflet = Leaflet(key)
        self.ready_changed.emit()

    def ready(self) -> bool:
        """Go on once one is chosen."""
        return self.desk.state.leaflet is not None

    def focus_start(self) -> None:
        """Begin at the choices."""
        self.choices.focus_chosen()


def _leaflet(leaflet: Leaflet) -> tuple[str, str, str]:
    key = f"setup.leaflet.{leaflet.value}"
    return leaflet.value, say(key), say(f"{key}.hint")


class BeforeStep(SetupStep):
    """One question about what the leaflet wants to be talked over first. The answer is kept nowhere."""

    step = Step.BEFORE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        leaflet = desk.state.leaflet or Leaflet.OTHER
        age = rules_of(leaflet).minimum_age
        card = Card(say("setup.before.question"))
        card.add(Points([say(f"setup.topic.{topic}", age=age) for topic in topics(leaflet)], "", columns=2))
        self.source = SourceLine(cited(leaflet, "talk_first_topics"))
        card.add(self.source)
        self.column.addWidget(card)
        self.answers = ChoiceCards(
            [("no", say("setup.before.no"), ""), ("yes", say("setup.before.yes"), "")], say("setup.before.question")
        )
        self.answers.changed.connect(self._on_answer)
        self.column.addWidget(self.answers)
        self.talk = InlineMessage(say("setup.before.talk.text"), "attention", say("setup.before.talk.title"))
        self.talk.hide()
        self.column.addWidget(self.talk)
        self.column.addWidget(labels.caption(say("setup.before.not_kept")))

    @Slot(str)
    def _on_answer(self, key: str) -> None:
        self.talk.setVisible(key == "yes")
        self.ready_changed.emit()
        if key == "yes":
            self.reveal_wanted.emit(self.talk)

    def ready(self) -> bool:
        """Go on once it was answered, either way."""
        return bool(self.answers.chosen())

    def focus_start(self) -> None:
        """Begin at the answers."""
        self.answers.focus_chosen()

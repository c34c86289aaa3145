"""What every step of the first start is: a title, a line below it, a body, and what it adds to the answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.preferences import Preferences
from companion.desktop.tasks import Tasks
from companion.domain.moments import Clock, local_day
from companion.ui import theme
from companion.ui.pages.setup.state import SetupState, Step
from companion.wording import say

if TYPE_CHECKING:
    from datetime import date

    from companion.services.opened import Opened


@dataclass(slots=True)
class Desk:
    """What the steps share: the answers, and what they may ask. ``opened`` is the record once it exists."""

    folder: Path
    clock: Clock
    tasks: Tasks
    preferences: Preferences
    state: SetupState
    opened: Opened | None = None
    recovery: str = ""
    """The recovery key, in memory only, between being made and being written down."""

    def today(self) -> date:
        """Return the local day."""
        return local_day(self.clock.now(), self.clock.zone())


class SetupStep(QWidget):
    """One step. A subclass builds its parts in ``__init__`` and says in :meth:`take` whether one may go on."""

    step = Step.WELCOME
    widest = 760
    """The width of the column in px at 100% text size."""
    fills = False
    """Whether the step takes the whole height there is."""
    ready_changed = Signal()
    """Whether one may go on, or how the button is named, has changed."""
    broken = Signal(object)
    """Emits an error that is the program's own."""
    reveal_wanted = Signal(object)
    """Emits a widget that has to be seen now."""
    go_on = Signal()
    """The step is done by itself (Enter was pressed)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GAP)

    @property
    def title(self) -> str:
        """Return what is asked."""
        return say(f"setup.{self.step}.title")

    @property
    def subtitle(self) -> str:
        """Return the line below the title."""
        return say(f"setup.{self.step}.subtitle")

    def next_text(self) -> str:
        """Return the words on the button that goes on."""
        return say(f"setup.{self.step}.next")

    def skippable(self) -> bool:
        """Return whether the step may be left out."""
        return False

    def ready(self) -> bool:
        """Return whether the button that goes on can be pressed."""
        return True

    def enter(self) -> None:
        """Called when the step comes to the front."""

    def take(self) -> bool:
        """Put the answers into the state and return whether one may go on; if not, say why beside the thing."""
        return True

    def leave_out(self) -> None:
        """Put "not answered" into the state."""

    def focus_start(self) -> None:
        """Put the keyboard where the step begins."""
        self.setFocus()

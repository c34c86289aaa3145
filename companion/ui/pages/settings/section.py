"""What every card of the settings is: it reads, it changes one thing at once, and it says what went wrong beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from companion.domain.errors import CompanionError, PersonError
from companion.services.changes import Done, Undo
from companion.ui.context import Context
from companion.ui.messages import explain
from companion.ui.widgets.card import Card
from companion.ui.widgets.message import InlineMessage

if TYPE_CHECKING:
    from companion.services.custody import Custody


class Section(Card):
    """One card of the settings."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title)
        if parent is not None:
            self.setParent(parent)
        self.context = context
        self._message: InlineMessage | None = None

    @staticmethod
    def custody_of(context: Context) -> Custody:
        """Return what a card about the record as a whole works with; without it there is no such card."""
        if context.custody is None:
            raise RuntimeError("no custody of the record")
        return context.custody

    def reload(self) -> None:
        """Read and show again."""

    def begins_at(self) -> QWidget:
        """Return where the keyboard goes when somebody is sent here; nothing that a stray key would change."""
        return self.heading or self

    def parts(self) -> list[QWidget]:
        """Return what Tab visits, in that order."""
        return [self]

    def tell(self, text: str, kind: str = "done") -> None:
        """Say something at the end of the card."""
        if self._message is None:
            self._message = InlineMessage(text, kind, closable=True)
            self.add(self._message)
        self._message.show_message(text, kind)
        self._message.show()

    def hush(self) -> None:
        """Take the message away."""
        if self._message is not None:
            self._message.hide()

    def done(
        self, done: Done, text: str = "", undo: Undo | None = None, take_back: Callable[[Undo], object] | None = None
    ) -> None:
        """Tell the pages what changed and offer to undo it, by ``undo`` or by what the service returned."""
        self.hush()
        offered = undo or done.undo
        self.context.bus.announce(done.changes)
        if text and offered is not None:
            self.context.host.offer_undo(text, offered, take_back or self.context.care.undo)

    def words_of(self, error: CompanionError) -> str:
        """Return the words of an error."""
        return explain(error, self.context.clock.zone())

    def refuse(self, error: CompanionError) -> None:
        """Say an error: what the person can put right here, anything else above the page."""
        if isinstance(error, PersonError):
            self.tell(self.words_of(error), "attention")
        else:
            self.context.host.say_problem(error)

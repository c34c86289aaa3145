"""Two quiet boxes above the slots: that the treatment is paused, and that reminders may not reach the person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.treatment import Pause
from companion.domain.values import value
from companion.ui.widgets.message import InlineMessage
from companion.wording import dates, say


@value
class Said:
    """What is wrong (``clock``, ``zone``, ``channel``, ``disturb``, ``stale``), in lines."""

    kind: str
    lines: tuple[str, ...]


class PausedNote(InlineMessage):
    """Says until when the treatment is paused here. ``acted`` is sent when the person goes on."""

    def __init__(self, pause: Pause, parent: QWidget | None = None) -> None:
        self.pause = pause
        if pause.last is None:
            title, text = say("reminding.paused.title"), say("reminding.paused.text")
        else:
            title = say("reminding.paused.title_until", day=dates.long_day(pause.last))
            text = say("reminding.paused.text_until")
        super().__init__(text, "info", title, action=say("reminding.paused.end"), parent=parent)


class HealthNote(InlineMessage):
    """Says what keeps reminders away and what to do.

    ``again`` asks to look again, ``mended`` to put the start at login right, ``more`` for the settings.
    """

    again = Signal()
    mended = Signal()
    more = Signal()

    def __init__(self, said: Said, parent: QWidget | None = None) -> None:
        quiet = said.kind == "disturb"
        title = say("reminding.health.disturb" if quiet else "reminding.health.title")
        super().__init__(" ".join(said.lines), "info" if quiet else "attention", title, parent=parent)
        self.said = said
        if said.kind == "stale":
            self.add_action(say("reminding.health.stale_do")).clicked.connect(self.mended)
        elif said.kind == "channel":
            self.add_action(say("reminding.health.again")).clicked.connect(self.again)
        if said.kind not in ("clock", "zone"):
            self.add_action(say("reminding.health.settings"), "quiet").clicked.connect(self.more)

"""What an error says to the person, and the one sheet for errors that are the program's own."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from companion.domain.errors import CompanionError
from companion.ui.widgets.sheet import Sheet
from companion.wording import say
from companion.wording.problems import words


def explain(error: CompanionError, zone: str = "UTC") -> str:
    """Return the words of an error: what happened, why, and the way out. Instants are written in ``zone``."""
    return words(error, zone)


class ProblemSheet(Sheet):
    """Says that something in the program did not work, that it runs on, and offers the details to copy."""

    def __init__(self, over: QWidget | None, lines: list[str]) -> None:
        super().__init__(over, say("shell.problem.title"), say("shell.problem.text"))
        self._details = QPlainTextEdit("\n".join(lines))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(say("shell.problem.details"))
        self._details.setFixedHeight(140)
        self.add(self._details)
        self.add_button(say("common.close"), "primary").clicked.connect(self.accept)
        self.add_button(say("shell.problem.copy")).clicked.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())

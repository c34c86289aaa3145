"""The recovery key: shown once, printed or written down, and two of its groups typed back from the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons, file_choice
from companion.ui.widgets.card import Card
from companion.ui.widgets.fields import Field, TextField
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.painting import Painted, painter_for, text_width, words
from companion.wording import dates, say

if TYPE_CHECKING:
    from random import Random

ASKED_BACK = 2
"""How many groups are asked back."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def same_group(typed: str, group: str) -> bool:
    """Return whether a typed group is the one meant; letters that look alike are taken as meant."""
    kept = "".join(each for each in typed.upper().translate(_ALIKE) if each.isalnum())
    return kept == group


def paper(key: str, day: date) -> str:
    """Return the text that is printed or saved."""
    return say("unlock.paper", key=key, day=dates.long_day(day))


class _Group(Painted, QLabel):
    """One group of the key, in letters of one width, with its number above it."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self._number = str(number)
        self.setAccessibleName(say("unlock.group", number=number, letters=" ".join(text)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @staticmethod
    def _letters() -> QFont:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(23))
        fixed.setWeight(QFont.Weight.DemiBold)
        return fixed

    def sizeHint(self) -> QSize:
        """Return room for the letters and the number above."""
        return QSize(int(text_width("WWWW", self._letters()) + 2), theme.px(50))

    def minimumSizeHint(self) -> QSize:
        """Return the same: no letter of the key is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number and letters."""
        painter = painter_for(self)
        left = Qt.AlignmentFlag.AlignLeft
        area = QRectF(self.rect())
        number = QRectF(area.left(), area.top(), area.width(), theme.px(17))
        words(painter, number, self._number, theme.font("caption"), theme.colour("ink_soft"), left)
        area.setTop(number.bottom())
        words(painter, area, self.text(), self._letters(), theme.colour("ink"), left | Qt.AlignmentFlag.AlignVCenter)
        painter.end()


def drawn(groups: Sequence[str], dice: Random | None = None) -> tuple[int, ...]:
    """Return which groups of a key are asked back, counted from 0, in their order; other ones every time.

    The check letter at the end, a group of its own, says too little to be asked for.
    """
    from random import SystemRandom

    whole = [number for number, group in enumerate(groups) if len(group) > 1]
    return tuple(sorted((dice or SystemRandom()).sample(whole, ASKED_BACK)))


class RecoveryCard(QWidget):
    """The key in groups, ways to put it on paper, and two groups drawn by lot that are typed back.

    They are drawn anew whenever the key was shown again; ``dice`` makes the draw one that can be repeated.
    """

    confirmed_changed = Signal()
    asked = Signal()
    """The key is hidden now and asked back, or shown again."""
    done = Signal()
    """Enter was pressed with both groups right."""

    def __init__(self, key: str, day: date, dice: Random | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._day = day
        self._dice = dice
        self._groups = key.split("-")
        self.wanted: tuple[int, ...] = ()
        """Which groups are asked back now, counted from 0."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._shown = self._make_shown()
        self._asked = self._make_asked()
        self._asked.hide()
        column.addWidget(self._shown)
        column.addWidget(self._asked)

    def _make_shown(self) -> QWidget:
        card = Card()
        card.add(labels.body(say("unlock.recovery_why")))
        box = Card(tint="sunken")
        box.setAccessibleName(say("unlock.recovery"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP_PAGE)
        grid.setVerticalSpacing(theme.GAP_SMALL)
        for number, group in enumerate(self._groups):
            grid.addWidget(_Group(number + 1, group), number // 3, number % 3)
        grid.setColumnStretch(3, 1)
        box.add_layout(grid)
        card.add(box)
        row = FlowLayout(gap=8)
        self.print_button = buttons.secondary(say("unlock.print"), "print")
        self.print_button.clicked.connect(self._print)
        self.save_button = buttons.secondary(say("unlock.save"), "save")
        self.save_button.clicked.connect(self._save)
        for button in (self.print_button, self.save_button):
            row.addWidget(button)
        card.add_layout(row)
        self.message = InlineMessage("", "info")
        self.message.hide()
        card.add(self.message)
        return card

    def _make_asked(self) -> QWidget:
        card = Card(say("unlock.ask_back"))
        card.add(labels.body(say("unlock.ask_back_why")))
        self.answers: list[TextField] = []
        self._fields: list[Field] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.GAP_TIGHT)
        card.add_layout(self._rows)
        row = FlowLayout(gap=8)
        again = buttons.quiet(say("unlock.show_again"), "eye")
        again.clicked.connect(self._on_again)
        row.addWidget(again)
        card.add_layout(row)
        return card

    def _draw(self) -> None:
        """Ask for groups that were not to be learnt by heart a moment ago."""
        for field in self._fields:
            self._rows.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.answers, self._fields = [], []
        self.wanted = drawn(self._groups, self._dice)
        for group in self.wanted:
            name = say("unlock.group_asked", number=group + 1)
            line = TextField(name)
            line.setMaxLength(12)
            line.textChanged.connect(self._on_typed)
            line.returnPressed.connect(self._on_return)
            self.answers.append(line)
            self._fields.append(Field(name, line))
            self._rows.addWidget(self._fields[-1])

    def confirmed(self) -> bool:
        """Return whether both groups were asked for and typed back right."""
        return bool(self.wanted) and all(
            same_group(line.text(), self._groups[group]) for line, group in zip(self.answers, self.wanted, strict=True)
        )

    def focus_start(self) -> None:
        """Begin at what is to be done now."""
        (self.print_button if self._asked.isHidden() else self.answers[0]).setFocus()

    def is_asking(self) -> bool:
        """Return whether the key is hidden and its groups are asked back."""
        return not self._asked.isHidden()

    def ask(self) -> None:
        """Hide the key and ask two of its groups back."""
        self._draw()
        self._shown.hide()
        self._asked.show()
        self.answers[0].setFocus()
        self.asked.emit()

    @Slot()
    def _on_again(self) -> None:
        self._asked.hide()
        self._shown.show()
        self.print_button.setFocus()
        self.asked.emit()

    @Slot()
    def _on_typed(self) -> None:
        for line, field, group in zip(self.answers, self._fields, self.wanted, strict=True):
            typed = "".join(each for each in line.text() if each.isalnum())
            wrong = len(typed) >= len(self._groups[group]) and not same_group(line.text(), self._groups[group])
            if bool(field.error()) != wrong:
                field.set_error(say("unlock.group_wrong") if wrong else "")
        self.confirmed_changed.emit()

    @Slot()
    def _on_return(self) -> None:
        if self.confirmed():
            self.done.emit()
        elif self.focusWidget() is self.answers[0]:
            self.answers[1].setFocus()

    @Slot()
    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setPlainText(paper(self._key, self._day))
            document.print_(printer)
            self._tell("unlock.printed", "done")

    @Slot()
    def _save(self) -> None:
        first = Path.home() / say("unlock.file_name")
        place = file_choice.choose_target(self, say("unlock.save"), first, "*.txt")
        if place is None:
            return
        try:
            place.write_text(paper(self._key, self._day), encoding="utf-8")
        except OSError:
            self._tell("unlock.not_saved", "attention")
        else:
            self._tell("unlock.saved", "attention")

    def _tell(self, key: str, kind: str) -> None:
        self.message.show_message(say(key), kind)
        self.message.show()

"""When to get help: one static list, the same for everyone, with the emergency number above it.

It opens at once and above everything, also where no treatment is set up. It scores nothing, names no diagnosis and
never says that a sign is harmless.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from companion.domain.errors import CompanionError
from companion.domain.leaflet import Leaflet
from companion.services.journal import help_categories, help_checked_on
from companion.services.treatment import rules_of
from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.announce import announce
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.painting import painter_for, ringed
from companion.ui.widgets.sheet import Sheet
from companion.ui.widgets.tag import TagLabel
from companion.wording import dates, say

if TYPE_CHECKING:
    from companion.content.reactions import HelpCategory
    from companion.services.treatment import Care

log = logging.getLogger(__name__)

NUMBER = "emergency_number"
"""The setting that holds the person's own emergency number."""
_TONES = {"emergency": "urgent", "call-today": "attention", "tell-doctor": "accent"}
_WIDTH = 680


def emergency_number(care: Care | None, leaflet: Leaflet | None = None) -> str:
    """Return the number to call: the person's own setting, or else that of the leaflet's region.

    A record that cannot be read must not keep the list from opening: the number is then that of no particular region.
    """
    if care is not None:
        try:
            own = (care.setting(NUMBER) or "").strip()
            return own or care.rules().emergency_number
        except CompanionError as error:
            log.warning("emergency number not read: %s", type(error).__name__)
    return rules_of(leaflet or Leaflet.OTHER).emergency_number


def show_help(parent: QWidget | None, asked: Sequence[str] = (), care: Care | None = None) -> None:
    """Show the list at once, the sections ``asked`` for first, and return when the person has closed it.

    ``care`` knows the emergency number of the record; without it, it is that of no particular region.
    """
    GetHelpSheet(parent, asked, number=emergency_number(care)).exec()


class GetHelpSheet(Sheet):
    """The list over the window. :meth:`exec` returns when it is closed.

    Args:
        over: any widget of the window, or ``None`` for a window of its own.
        asked: the sections asked for; they come first, in that order, and are open. Without any, every emergency is.
        leaflet: whose emergency number to show when ``number`` is empty.
        number: the emergency number.
    """

    def __init__(
        self, over: QWidget | None, asked: Sequence[str] = (), leaflet: Leaflet | None = None, number: str = ""
    ) -> None:
        super().__init__(over, say("help.title"), width=_WIDTH)
        self.number = number or emergency_number(None, leaflet)
        sections = help_categories()
        first = [each for name in asked for each in sections if each.id == name]
        self.lead = _Lead(first[0] if first else None, self.number)
        self.add(self.lead)
        self.sections: dict[str, HelpSection] = {}
        for each in first:
            self._put(each, opened=True)
        if first:
            self.add(labels.heading(say("help.others")))
        for each in sections:
            if each not in first:
                self._put(each, opened=not first and each.urgency == "emergency")
        if first:
            self.add(labels.small(say("help.intro")))
        self.add_button(say("help.close"), "primary").clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)

    def _put(self, category: HelpCategory, opened: bool) -> None:
        section = HelpSection(category, opened)
        section.toggled_open.connect(self.restyle)
        self.sections[category.id] = section
        self.add(section)

    def open(self) -> None:
        """Show the list, put the keyboard on its first words and have them spoken."""
        super().open()
        self.lead.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self.lead, QAccessible.Event.Alert))
        announce(self.lead, self.lead.accessibleName())

    def exec(self) -> int:
        """Show the list and return when the person has closed it."""
        loop = QEventLoop()
        self.finished.connect(loop.quit)
        self.open()
        loop.exec()
        return self.result()


class _Lead(Card):
    """The first words: what to do, and the number, large, to be read out, marked or copied."""

    def __init__(self, asked: HelpCategory | None, number: str) -> None:
        super().__init__(tint="urgent")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        action = asked.action if asked is not None else say("help.intro")
        spoken = (say("help.title"), asked.title if asked else "", action, say("help.number_of", number=number))
        self.setAccessibleName(" ".join(filter(None, spoken)))
        if asked is None:
            self.add(labels.body(action, "ink"))
        else:
            self.add(labels.strong(action, "urgent"))
            self.add(labels.body(say("help.asked"), "ink"))
        row = BesideLayout(least=theme.px(160))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(labels.small(say("help.number"), "ink"))
        self.number = labels.figure(number, "urgent")
        self.number.set_selectable()
        self.number.setAccessibleName(say("help.number_of", number=number))
        words.addWidget(self.number)
        row.add_inner(words)
        self._copy = buttons.secondary(say("help.copy"), "phone", main=True)
        self._copy.set_urgent()
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self._copy)
        self.add_layout(row)
        self.add(labels.caption(say("help.number_change"), "ink"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())
        self._copy.setText(say("help.copied"))
        announce(self, say("help.copied"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, with the ring while the keyboard is on it."""
        super().paintEvent(event)
        if self.ring_visible():
            painter = painter_for(self)
            ringed(painter, QRectF(self.rect()), theme.CARD_RADIUS, True)
            painter.end()


class HelpSection(QFrame):
    """One section: its name and how urgent it is; opened, the signs, what to do, why it is here, and its sources."""

    toggled_open = Signal(bool)
    """Emits whether the section is open, when the person has opened or closed it."""

    def __init__(self, category: HelpCategory, opened: bool) -> None:
        super().__init__()
        self.category = category
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_TIGHT)
        urgency = say(f"help.urgency.{category.urgency}")
        row = BesideLayout(least=theme.px(200))
        self.head = buttons.quiet(category.title, "down")
        self.head.setAutoDefault(False)
        self.head.setAccessibleName(say("help.more_name", title=category.title, urgency=urgency))
        self.head.clicked.connect(self._turn)
        row.addWidget(self.head)
        row.addWidget(TagLabel(urgency, _TONES[category.urgency]))
        self._column.addLayout(row)
        self._body: QWidget | None = None
        self._column.addWidget(Divider())
        self._opened = False
        self._show(opened)

    def is_open(self) -> bool:
        """Return whether the signs are shown."""
        return self._opened

    def set_open(self, opened: bool) -> None:
        """Open or close the section."""
        if opened != self._opened:
            self._show(opened)
            self.toggled_open.emit(opened)

    @Slot()
    def _turn(self) -> None:
        self.set_open(not self._opened)
        announce(self.head, self.head.accessibleDescription())

    def _show(self, opened: bool) -> None:
        self._opened = opened
        self.head.setAccessibleDescription(say("help.opened" if opened else "help.closed"))
        self.head.set_icon_name("up" if opened else "down")
        if opened and self._body is None:
            self._body = _signs(self.category)
            self._column.insertWidget(1, self._body)
        if self._body is not None:
            self._body.setVisible(opened)


def _signs(category: HelpCategory) -> QWidget:
    """Return the open part of a section."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(14, 0, 14, theme.GAP_SMALL)
    column.setSpacing(4)
    for sign in category.signs:
        column.addWidget(labels.body(say("help.sign", text=sign)))
    column.addSpacing(4)
    tone = _TONES[category.urgency]
    column.addWidget(labels.strong(category.action, tone))
    column.addSpacing(4)
    column.addWidget(labels.small(say("help.why", why=category.why)))
    column.addWidget(labels.caption(source_words(category)))
    return body


def source_words(category: HelpCategory) -> str:
    """Return the sources of a section and when the list was last compared with them."""
    from companion.services.learning import sources

    known = sources()
    named = [
        say("help.source", title=known[each].title, publisher=known[each].publisher)
        for each in category.sources
        if each in known
    ]
    return say("help.sources", sources="; ".join(named), day=dates.long_day(help_checked_on()))


class HelpCard(Card):
    """A short card that leads to the list, for the Journal. ``wanted`` is the button's ``clicked``."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(say("help.card.title"), "urgent", parent=parent)
        self.add(labels.body(say("help.card.text"), "ink"))
        self._number = labels.strong("", "urgent")
        self.add(self._number)
        self.show_number(number)
        self.button = buttons.danger(say("help.card.open"))
        self.wanted = self.button.clicked
        self.add(self.button)
        self.add(labels.caption(say("help.card.checked", day=dates.long_day(help_checked_on())), "ink"))

    def show_number(self, number: str) -> None:
        """Show the emergency number."""
        self._number.setText(say("help.number_of", number=number))

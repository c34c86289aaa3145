"""Says what came of bringing pictures in: how many, which were left out and why, and which place they show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from companion.domain.pictures import Refusal
from companion.ui import labels, theme
from companion.ui.pages.photos import words
from companion.ui.pages.photos.bring_in import Account
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card, Divider
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.places import PlaceChips
from companion.ui.widgets.sheet import Sheet
from companion.wording import say

NAMED = 4
"""How many files are named on the card of each reason; all of them are in the sheet."""


def groups(account: Account) -> list[tuple[str, list[str]]]:
    """Return each reason in words with the files it concerns, in the order the files came."""
    found: dict[Refusal, list[str]] = {}
    for each in account.refused:
        found.setdefault(each.reason, []).append(each.name)
    said = [(say(f"photos.refused.{reason.value}"), names) for reason, names in found.items()]
    if account.duplicates:
        said.append((say("photos.duplicates"), list(account.duplicates)))
    return said


def title(account: Account) -> str:
    """Return what happened, in a few words."""
    if account.added:
        return say("photos.added", count=len(account.added))
    return say("photos.added_stopped" if account.stopped else "photos.added_none")


class AccountCard(Card):
    """The account of an import. ``place_wanted`` emits a place id for the new photos; ``closed``: put it away."""

    place_wanted = Signal(int)
    closed = Signal()

    def __init__(
        self, account: Account, places: Sequence[tuple[str, str]], place: str, parent: QWidget | None = None
    ) -> None:
        close = buttons.icon_button("close", say("common.close"))
        super().__init__(title(account), "" if account.refused or account.duplicates else "accent", close, parent)
        close.clicked.connect(self.closed)
        self._account = account
        for line in self._lines(place):
            self.add(labels.body(line))
        if account.added and account.place_id is None and places:
            self.add(labels.strong(say("photos.which_place")), gap=4)
            chips = PlaceChips(places, say("photos.which_place"), multi=False)
            chips.changed.connect(self._on_place)
            self.add(chips)
        hidden = 0
        left_out = len(account.refused) + len(account.duplicates)
        if left_out:
            self.add(Divider(), gap=4)
            self.add(labels.strong(say("photos.left_out_count", count=left_out), "attention"), gap=4)
        for reason, names in groups(account):
            shown, more = words.listed(names, NAMED)
            hidden += more
            self.add(labels.user_text(shown, "strong"), gap=6)
            self.add(labels.body(reason, "soft"))
        if hidden:
            row = FlowLayout(gap=theme.GAP_TIGHT)
            every = buttons.secondary(say("photos.every_name", count=hidden))
            every.clicked.connect(self._show_all)
            row.addWidget(every)
            self.add_layout(row)

    def _lines(self, place: str) -> list[str]:
        account = self._account
        lines = []
        if account.added and account.place_id is not None:
            lines.append(say("photos.went_to", place=place))
        if account.stopped and account.left:
            lines.append(say("photos.stopped", count=account.left))
        if not account.added and not account.refused and not account.duplicates and not account.stopped:
            lines.append(say("photos.nothing_there"))
        return lines

    def _on_place(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            self.place_wanted.emit(int(chosen[0]))

    def _show_all(self) -> None:
        sheet = Sheet(self, say("photos.left_out"), say("photos.left_out_text"), width=640)
        for reason, names in groups(self._account):
            sheet.add(labels.strong(reason))
            text = labels.user_text("\n".join(names), "body")
            text.set_selectable()
            sheet.add(text)
        sheet.add_button(say("common.close"), "primary").clicked.connect(sheet.accept)
        sheet.open()

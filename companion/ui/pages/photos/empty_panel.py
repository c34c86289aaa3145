"""What stands on the page before the first photo: what photos are good for, how to begin, how to take them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui import theme
from companion.ui.pages.photos.checklist import Checklist
from companion.ui.widgets.buttons import Button
from companion.ui.widgets.card import Card
from companion.ui.widgets.empty import EmptyState
from companion.wording import say


class EmptyPanel(QWidget):
    """``acted`` is sent when the person wants to add photos."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        state = EmptyState("photos", say("photos.empty.title"), say("photos.empty.text"), say("photos.add.button"))
        state.acted.connect(self.acted)
        assert state.button is not None
        self.button: Button = state.button
        state.setMaximumWidth(theme.px(660))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(state, 100)
        row.addStretch(1)
        column.addLayout(row)
        card = Card(say("photos.checklist.title"))
        card.add(Checklist())
        column.addWidget(card)

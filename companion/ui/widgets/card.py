"""The card: a calm box with a thin line that holds one subject."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.painting import Painted, box, painter_for

TINTS = ("", "morning", "evening", "attention", "urgent", "accent", "sunken")
_WASHED = ("morning", "evening")
_TONES = {"": "", "sunken": "", "accent": "accent"}


class Card(Painted, QFrame):
    """A card. Put what it holds into ``card.body`` (a ``QVBoxLayout``) with :meth:`add`.

    Args:
        title: the words at its top, also its accessible name.
        tint: one of ``TINTS``.
        trailing: a widget at the right of the title.
    """

    def __init__(
        self, title: str = "", tint: str = "", trailing: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tint = tint
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 18, 20, 20)
        self.body.setSpacing(theme.GAP_TIGHT)
        self.heading: labels.Label | None = None
        if title:
            self.heading = labels.heading(title, _TONES.get(tint, tint))
            self.setAccessibleName(title)
            if trailing is None:
                self.body.addWidget(self.heading)
            else:
                row = BesideLayout(least=theme.px(150))
                row.addWidget(self.heading)
                row.addWidget(trailing)
                self.body.addLayout(row)

    def add(self, widget: QWidget, stretch: int = 0, gap: int = 0) -> None:
        """Put a widget below what is there, ``gap`` px further down than usual."""
        if gap:
            self.body.addSpacing(gap)
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Put a layout below what is there."""
        self.body.addLayout(layout, stretch)

    def set_title(self, title: str) -> None:
        """Change the words at the top of a card that has a title."""
        if self.heading is not None:
            self.heading.setText(title)
            self.setAccessibleName(title)

    def set_tint(self, tint: str) -> None:
        """Change the tint, and the colour of the title with it."""
        if tint != self._tint:
            self._tint = tint
            if self.heading is not None:
                self.heading.set_tone(_TONES.get(tint, tint) or "ink")
            self.update()

    def tint(self) -> str:
        """Return the tint."""
        return self._tint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        area = QRectF(self.rect())
        fill = theme.colour("surface")
        line = theme.colour("line")
        if self._tint == "sunken":
            fill = theme.colour("sunken")
        elif self._tint:
            line = theme.colour(f"{self._tint}_line")
            if self._tint not in _WASHED:
                fill = theme.colour(f"{self._tint}_soft")
        box(painter, area, theme.CARD_RADIUS, fill, line)
        if self._tint in _WASHED:
            wash = QLinearGradient(0, 0, 0, self.height())
            top = theme.colour(f"{self._tint}_soft").toRgb()
            top.setAlphaF(0.45)
            wash.setColorAt(0, top)
            top.setAlphaF(0.0)
            wash.setColorAt(1, top)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wash)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.CARD_RADIUS - 1, theme.CARD_RADIUS - 1)
        painter.end()


class Divider(Painted, QFrame):
    """A thin line between the rows of a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = painter_for(self)
        painter.fillRect(self.rect(), theme.colour("line"))
        painter.end()

"""The body on which places are chosen: the drawing, whose side is which, and the switch for private places."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.domain.body import Region
from companion.ui import labels, theme
from companion.ui.widgets.body_canvas import Canvas
from companion.ui.widgets.switches import Switch
from companion.wording import say


class BodyMap(QWidget):
    """Choose places on the body.

    ``toggled`` is sent with the region's code and whether it is chosen now. Private regions are not shown until the
    person asks with the switch below, and then keep the choice they had.
    """

    toggled = Signal(str, bool)

    def __init__(self, selected: Iterable[Region] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_TIGHT)
        self.canvas = Canvas()
        self.canvas.toggled.connect(self.toggled)
        column.addWidget(self.canvas, 1)
        note = labels.caption(say("body.sides_note"))
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.addWidget(note)
        self.private = Switch(say("body.show_private"))
        self.private.toggled.connect(self.canvas.show_private)
        column.addWidget(self.private, 0, Qt.AlignmentFlag.AlignHCenter)
        self.select(selected)

    def selected(self) -> set[Region]:
        """Return the regions chosen."""
        return self.canvas.selected()

    def select(self, regions: Iterable[Region]) -> None:
        """Set the regions chosen, without telling."""
        self.canvas.select(regions)

"""The card that says how close one looks, with buttons for those who have no wheel, and how sharp the copy is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from companion.ui import labels
from companion.ui.widgets import buttons
from companion.ui.widgets.card import Card
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.photo_view import ZoomFrame
from companion.ui.widgets.photo_view_geometry import MOST, WHOLE
from companion.wording import numbers, say


class ZoomCard(Card):
    """Zoom of a frame."""

    def __init__(self, frame: ZoomFrame, parent: QWidget | None = None) -> None:
        super().__init__(say("photos.zoom.title"), parent=parent)
        self._frame = frame
        self._sizes: list[tuple[int, int]] = []
        row = FlowLayout(gap=4)
        self.out = buttons.icon_button("minus", say("photos.zoom.out"))
        self.out.clicked.connect(frame.zoom_out)
        self._factor = labels.strong(" ")
        self._factor.set_wrapping(False)
        self.closer = buttons.icon_button("plus", say("photos.zoom.in"))
        self.closer.clicked.connect(frame.zoom_in)
        self.whole = buttons.secondary(say("photos.zoom.whole"))
        self.whole.clicked.connect(frame.show_whole)
        for widget in (self.out, self._factor, self.closer, self.whole):
            row.addWidget(widget)
        self.add_layout(row)
        self._sharp = labels.caption("")
        self.add(self._sharp)
        frame.look_changed.connect(self.refresh)
        self.refresh()

    def show_sizes(self, sizes: Sequence[tuple[int, int]]) -> None:
        """Be told how large the originals are, in pixels."""
        self._sizes = list(sizes)
        self.refresh()

    def refresh(self) -> None:
        """Say how close it is."""
        zoom = self._frame.look.zoom
        self._factor.setText(say("photos.zoom.factor", factor=numbers.decimal(zoom, 1)))
        self.out.setEnabled(zoom > WHOLE)
        self.whole.setEnabled(zoom > WHOLE)
        self.closer.setEnabled(zoom < MOST)
        largest = max(self._sizes, default=None)
        copies = [each.size[0] for each in self._frame.pictures()]
        reduced = largest is not None and bool(copies) and max(copies) < largest[0]
        if self._frame.enlarged() and reduced and largest is not None:
            self._sharp.setText(say("photos.zoom.copy", width=largest[0], height=largest[1]))
        else:
            self._sharp.setText(say("photos.zoom.keys"))

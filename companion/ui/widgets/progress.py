"""The progress strip: what is going on, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import labels, theme
from companion.ui.widgets import buttons
from companion.ui.widgets.flow import BesideLayout
from companion.ui.widgets.painting import Painted, box, painter_for
from companion.wording import say

_BAR = 10
_BEAT = 40
_ROUND = 1600


class _Bar(Painted, QProgressBar):
    """A bar; without a known end it shows a part that moves slowly, or stands still where motion is reduced."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self)
        self._clock.setInterval(_BEAT)
        self._clock.timeout.connect(self._beat)
        self._at = 0
        self._share = 0.0
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme.px(_BAR))

    def show_share(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``, for a screen reader as per cent; a total of 0 has no known end."""
        self._share = min(1.0, max(0.0, done / total)) if total else 0.0
        self.setRange(0, 100 if total else 0)
        self.setValue(round(100 * self._share))
        self.pulse()
        self.update()

    def pulse(self) -> None:
        """Start or stop moving, as the range and the window ask."""
        moving = self.maximum() == 0 and self.isVisible() and not theme.current().reduced_motion
        if moving != self._clock.isActive():
            self._clock.start() if moving else self._clock.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pulse()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _beat(self) -> None:
        self._at = (self._at + _BEAT) % _ROUND
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        area = QRectF(self.rect())
        radius = area.height() / 2
        edge = theme.colour("control") if theme.current().name == "high_contrast" else None
        box(painter, area, radius, theme.colour("track"), edge)
        if self.maximum() > 0:
            filled = area.width() * self._share
            if self._share:
                painter.setClipRect(QRectF(0, 0, max(filled, radius), area.height()))
                box(painter, area, radius, theme.colour("accent"))
        else:
            wide = area.width() * 0.3
            swing = 1 - abs(2 * self._at / _ROUND - 1)
            part = QRectF(swing * (area.width() - wide), 0, wide, area.height())
            box(painter, part, radius, theme.colour("accent"))
        painter.end()


class ProgressStrip(Painted, QFrame):
    """Words, a count, a bar and Stop. ``stopped`` is sent once, when the person presses Stop."""

    stopped = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(theme.GAP)
        column = QVBoxLayout()
        column.setSpacing(6)
        head = BesideLayout(least=theme.px(140))
        self._text = labels.body(text)
        self._count = labels.small("")
        self._count.set_wrapping(False)
        head.addWidget(self._text)
        head.addWidget(self._count)
        column.addLayout(head)
        self._bar = _Bar()
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        self.stop = buttons.secondary(say("common.stop"))
        self.stop.clicked.connect(self._stop)
        row.addWidget(self.stop)

    def show_progress(self, done: int, total: int, text: str = "") -> None:
        """Show ``done`` of ``total``; a total of 0 says that the end is not known. ``text`` replaces the words."""
        if text:
            self._text.setText(text)
            self.setAccessibleName(text)
            self._bar.setAccessibleName(text)
        self._count.setText(say("common.progress_count", done=done, total=total) if total else "")
        self._bar.setAccessibleDescription(self._count.text())
        self._bar.show_share(done, total)

    def set_stoppable(self, stoppable: bool) -> None:
        """Offer Stop or not."""
        self.stop.setVisible(stoppable)

    def restart(self) -> None:
        """Offer Stop again, for the next piece of work."""
        self.stop.setEnabled(True)
        self.stop.setText(say("common.stop"))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText(say("common.stopping"))
        self.stopped.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = painter_for(self)
        box(painter, QRectF(self.rect()), theme.RADIUS, theme.colour("surface"), theme.colour("line"))
        painter.end()
